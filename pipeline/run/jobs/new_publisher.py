"""`isw-archive new-publisher`: a file that declares it, a page saved, and a test that fails until a
person has said what the page cites."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive import clock
from archive.advice import error_with_advice
from archive.db.database import open_readonly
from archive.errors import BadInputError
from archive.urls.platforms.registry import taken
from archive.urls.publishers.files import NAME, read_publisher
from archive.urls.publishers.registry import BY_HOST, PUBLISHERS
from pipeline.read.publishers.saved_page import PageFacts, page_facts
from pipeline.run.documents import bytes_of, in_a_worker
from pipeline.run.jobs.auditing import capture_one, held_body
from pipeline.run.publisher_page import read_page

if TYPE_CHECKING:
    from pathlib import Path

    from archive.config import Settings
    from pipeline.run.jobs.session import Session

_TEST = '''"""Is a page of {name} read as a person reads it? Written by `isw-archive new-publisher`.

Fill in `references` of {name}/expected.json by hand, from the page as a browser shows it: of each
reference its label, its words and its addresses, in their order.
"""

import json
from pathlib import Path

from pipeline.run.publisher_page import read_page

HERE = Path(__file__).parent


def test_the_references_are_those_that_a_person_counted():
    expected = json.loads((HERE / "{name}" / "expected.json").read_text(encoding="utf-8"))
    assert expected["references"] is not None, "fill in {name}/expected.json"
    page = HERE / "{name}" / "page.html"
    found = read_page(HERE.parent / "{name}.toml", page, expected["address"])
    assert found.get("references") == expected["references"], found
'''


@dataclass(frozen=True, slots=True)
class Made:
    """What was made.

    Attributes:
        files: Paths, the publisher's own first.
        read: What the parser makes of the page, as `publisher_page.read_page`.
    """

    files: tuple[Path, ...]
    read: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a publisher stand."""

    folder: Path
    name: str

    @property
    def declared(self) -> Path:
        """The publisher's file."""
        return self.folder / f"{self.name}.toml"

    @property
    def page(self) -> Path:
        """The page that was saved."""
        return self.folder / "tests" / self.name / "page.html"

    @property
    def expected(self) -> Path:
        """What a person says that the page cites."""
        return self.page.with_name("expected.json")

    @property
    def test(self) -> Path:
        """The test, for pytest."""
        return self.folder / "tests" / f"test_{self.name.replace('-', '_')}.py"

    def require_free(self) -> None:
        """Refuse names that are none, and those that something stands under.

        Raises:
            BadInputError: So it is.
        """
        if not NAME.fullmatch(self.name):
            raise BadInputError(
                f"new-publisher {self.name!r}: a name is of lower-case letters, digits and "
                "hyphens, 2 to 40 of them, and begins with a letter"
            )
        for path in (self.declared, self.page, self.expected, self.test):
            if path.exists():
                raise BadInputError(f"new-publisher: {path} is there already; nothing was written")


def from_file(settings: Settings, places: Places, file: Path, address: str) -> Made:
    """Make a publisher from a page that somebody saved.

    Raises:
        BadInputError: The page cannot be read, or something is there already.
    """
    return _made(settings, places, bytes_of(file), address)


def from_web(session: Session, places: Places, address: str, config: Path | None) -> Made:
    """Make a publisher from a page that is captured for it, as any page is.

    Raises:
        BadInputError: The page could not be had, or something is there already.
    """
    capture_one(session, address, f"new-publisher: {places.name}", config)
    with closing(open_readonly(session.folder.database)) as db:
        body, found = held_body(session.folder, db, address)
    return _made(session.settings, places, body, found.final_url)


def _made(settings: Settings, places: Places, body: bytes, address: str) -> Made:
    facts = in_a_worker(settings, places.name, page_facts, body, address, clock.now())
    _require_nobodys(places.name, str(urlsplit(facts.address).hostname).removeprefix("www."))
    expected = {"address": facts.address, "references": None}
    try:
        places.page.parent.mkdir(parents=True, exist_ok=True)
        _write(places.declared, _declaration(facts))
        _write(places.page, body)
        _write(places.expected, json.dumps(expected, indent=2) + "\n")
        _write(places.test, _TEST.format(name=places.name))
    except OSError as error:
        raise BadInputError(f"{places.folder}: {error_with_advice(error)}") from error
    read_publisher(places.declared)
    read = read_page(places.declared, places.page, facts.address)
    return Made((places.declared, places.page, places.expected, places.test), read)


def _require_nobodys(name: str, host: str) -> None:
    others = {one.name for one in PUBLISHERS} | set(BY_HOST)
    theirs = taken(name, [host]) or next((one for one in (name, host) if one in others), None)
    if theirs is not None:
        raise BadInputError(
            f"new-publisher: {theirs} is a platform's or another publisher's; nothing was written"
        )


def _write(path: Path, content: str | bytes) -> None:
    """Write a file that was not there."""
    with path.open("xb") as file:
        file.write(content.encode() if isinstance(content, str) else content)


def _declaration(facts: PageFacts) -> str:
    """The publisher's file, off until somebody has looked at it."""
    home = str(urlsplit(facts.address).hostname)
    lines = [
        "# Off until you have looked at it: docs/add-a-publisher.md",
        "enabled = false",
        f"title = {_text(facts.title)}",
        f"home = {_text(home)}",
        "",
        "[reports]",
        "# whole paths, decoded, in lower case: those of reports, and of nothing else",
        f"{_text(home.removeprefix('www.'))} = {_text(facts.paths)}",
        "",
        "[discovery]",
        "# times of day in New York",
        'looks = ["07:15", "19:15"]',
    ]
    steps = [("rest", facts.rest), ("feed", facts.feed)]
    for name, page in [one for one in steps if one[1]] or [("feed", None)]:
        guess = page or f"https://{home}/feed/"
        lines += ["", "[[discovery.steps]]", *([] if page else ["# a guess: the page names none"])]
        lines += [f'name = "{name}"', f"pages = [{_text(guess)}]"]
        lines += ["depth = 20"] if name == "rest" else []
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    """A TOML string; JSON's are such, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
