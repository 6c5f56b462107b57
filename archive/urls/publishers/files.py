"""Publishers that a user declares: a TOML file each, in the folder that the setting `publishers`
names. Data alone: nothing of it is ever run. docs/add-a-publisher.md says what may stand there."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from archive.errors import BadInputError
from archive.urls.publishers.publisher import Publisher

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = "ISW_ARCHIVE_PUBLISHERS"
"""Names the folder to every process of a command; the setting goes there."""
NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")
"""Of a publisher, and of its file: it stands in tables, addresses and file names."""
HOST = re.compile(
    r"(?=.{3,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"
)
MOST_BYTES = 100_000
_RANK = 100
"""Those of a user come after our own."""
_KNOWN = frozenset({"title", "home", "reports", "lists", "enabled", "discovery"})


@dataclass(frozen=True, slots=True)
class PublisherFile:
    """What one file declares.

    Attributes:
        discovery: How its reports are found, as `pipeline.read.publishers.declared` reads it.
    """

    path: Path
    publisher: Publisher
    discovery: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def declared_files(taken: frozenset[str] = frozenset()) -> tuple[PublisherFile, ...]:
    """All publishers of the folder that the environment names, by their names; none without one.

    Args:
        taken: Names and hosts that are ours already.

    Raises:
        BadInputError: The folder cannot be read, or a file of it is wrong.
    """
    folder = os.environ.get(FOLDER)
    if not folder:
        return ()
    found: list[PublisherFile] = []
    taken = frozenset(taken)
    for path in _paths(Path(folder)):
        one = read_publisher(path, len(found))
        if one is None:
            continue
        own = {one.publisher.name, *one.publisher.reports}
        if both := sorted(own & taken):
            raise BadInputError(f"publisher {path}: {both[0]} is another publisher's already")
        taken |= own
        found.append(one)
    return tuple(found)


def folder_digest() -> str:
    """Differs where other publishers are declared; empty without any."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return ""
    told = hashlib.sha256()
    for path in _paths(Path(folder)):
        told.update(path.name.encode() + b"\n" + path.read_bytes())
    return told.hexdigest()


def read_publisher(path: Path, number: int = 0) -> PublisherFile | None:
    """What a file declares; None: it is not enabled.

    Args:
        path: The file; its name is the publisher's.
        number: How many come before it.

    Raises:
        BadInputError: It is wrong; the message says where.
    """
    fields = _fields(path)
    if fields.get("enabled", True) is not True:
        return None
    wrong = _Wrong(path)
    if not NAME.fullmatch(path.stem):
        raise wrong.that("its name is of lower-case letters, digits and hyphens, 2 to 40 of them")
    if unknown := sorted(fields.keys() - _KNOWN):
        raise wrong.that(f"unknown entry {unknown[0]!r}; docs/add-a-publisher.md lists them")
    discovery = fields.get("discovery", {})
    if not isinstance(discovery, dict):
        raise wrong.that("discovery is a table")
    lists = fields.get("lists")
    reports = _reports(wrong, fields.get("reports"))
    publisher = Publisher(
        name=path.stem,
        title=_title(wrong, fields.get("title")),
        rank=_RANK + number,
        reports=reports,
        lists=None if lists is None else wrong.pattern("lists", lists),
        home=_home(wrong, fields.get("home"), reports),
    )
    return PublisherFile(path, publisher, MappingProxyType(discovery))


def compiled(text: Any) -> re.Pattern[str]:
    """A pattern that somebody wrote.

    Raises:
        ValueError: It is none, or too much of one.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            return re.compile(text)
    except (TypeError, re.error, OverflowError) as error:
        raise ValueError(str(error)) from error
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


@dataclass(frozen=True, slots=True)
class _Wrong:
    path: Path

    def that(self, why: str) -> BadInputError:
        return BadInputError(f"publisher {self.path}: {why}")

    def pattern(self, name: str, text: Any) -> re.Pattern[str]:
        try:
            return compiled(text)
        except ValueError as error:
            raise self.that(f"{name} is a regular expression of whole paths ({error})") from error


def _title(wrong: _Wrong, given: Any) -> str:
    if not isinstance(given, str) or not given.strip():
        raise wrong.that("title is a text")
    return given.strip()


def _home(wrong: _Wrong, given: Any, reports: Mapping[str, Any]) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str) or not HOST.fullmatch(given):
        raise wrong.that("home is the host of its own site, such as www.site.example")
    if given.removeprefix("www.") not in reports:
        raise wrong.that("home is none of the hosts in [reports]")
    return given


def _reports(wrong: _Wrong, given: Any) -> dict[str, re.Pattern[str]]:
    if not isinstance(given, dict) or not given:
        raise wrong.that("[reports] gives for each host the paths of its reports")
    for host in given:
        if not HOST.fullmatch(host) or host.startswith("www."):
            raise wrong.that(f"[reports] {host!r}: a host in lower case without www.")
    return {host: wrong.pattern(f"[reports] {host}", text) for host, text in given.items()}


def _fields(path: Path) -> dict[str, Any]:
    try:
        if not path.is_file():
            raise BadInputError(f"publisher {path}: not a file")
        if path.stat().st_size > MOST_BYTES:
            raise BadInputError(f"publisher {path}: larger than {MOST_BYTES:,} bytes")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except RecursionError as error:
        raise BadInputError(f"publisher {path}: nested too deeply") from error
    except (OSError, ValueError) as error:  # a number may be too long for Python
        raise BadInputError(f"publisher {path}: {error}") from error


def _paths(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError as error:
        raise BadInputError(
            f"publishers {folder}: {error.strerror}; make the folder, or mend the setting"
        ) from error
