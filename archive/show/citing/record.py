"""What a citation says, whatever its form. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

ARCHIVE = "isw-archive"


class Work(StrEnum):
    """What is cited."""

    REPORT = "report"
    PAGE = "page"
    POST = "post"
    """Of a platform: it has an author's name, and mostly no title."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A report or a source, and our copy of it.

    Attributes:
        key: By which others know it within a list; letters, digits and hyphens.
        work: What it is.
        title: On one line; of a page without one, its address.
        authors: Names as printed.
        publisher: Who published it; of a page the site's name, or None.
        series: Of a report, in words.
        issued: Day of publication, `2026-03-16`, or None.
        url: Where it was published.
        language: As BCP 47 has it, or None.
        version: Of a report as captured, from 1.
        archived: Where the copy stands; None: there is none.
        captured_at: When it was made, ISO 8601.
        digest: SHA-256 of the bytes that came, in hex; None of another archive's copy.
    """

    key: str
    work: Work
    title: str
    authors: tuple[str, ...]
    publisher: str | None
    series: str | None
    issued: str | None
    url: str
    language: str | None = None
    version: int | None = None
    archived: str | None = None
    captured_at: str | None = None
    digest: str | None = None

    def names(self) -> list[Name]:
        """The authors in their parts; an account is called what it is called."""
        if self.work is Work.POST:
            return [Name(one, None) for one in self.authors]
        return [name_parts(one) for one in self.authors]

    def note(self, link: str = "{}") -> str:
        """Where the copy stands, when it was made and what its digest is; for forms that know no
        fields for that.

        Args:
            link: How an address is written, with `{}` for it.
        """
        if self.archived is None:
            return "No archived copy is held."
        said = [f"Archived copy: {link.format(self.archived)}", f"captured {self.captured_at}"]
        if self.version is not None:
            said.append(f"version {self.version} as captured")
        if self.digest is not None:
            said.append(f"SHA-256 {self.digest}")
        return "; ".join(said)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts; `given` is None where it has none, or cannot be told apart."""

    family: str
    given: str | None

    @property
    def whole(self) -> str:
        """As it is said."""
        return self.family if self.given is None else f"{self.given} {self.family}"

    @property
    def sorted(self) -> str:
        """As lists of names have it: the family's first."""
        return self.family if self.given is None else f"{self.family}, {self.given}"


# Words that belong to the family name that follows: van der Berg, de la Cruz, al Assad.
_PARTICLES = frozenset(
    """
    al ben bin da das de del della den der des di do dos du el ibn la le ten ter van vom von y zu
    zum zur
    """.split()  # noqa: SIM905 - as text it can be read
)
# An organisation is nobody's family name.
_BODIES = re.compile(
    r"\b(?:agency|army|center|centre|command|committee|council|department|force|forces|group|"
    r"institute|ministry|news|office|press|project|service|staff|team|times|university)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"[^\W\d_][\w.'\u2019\u2010-]*(?: [^\W\d_][\w.'\u2019\u2010-]*){1,4}")


def name_parts(name: str) -> Name:
    """A person's name as family and given names; anything else whole."""
    if not _PERSON.fullmatch(name) or _BODIES.search(name):
        return Name(name, None)
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return Name(" ".join(words[start:]), " ".join(words[:start]))


def on_one_line(text: str | None) -> str:
    """Without line ends, marks that turn or hide, and what no file of citations can hold."""
    if text is None or text.isprintable():  # none of these is
        return " ".join((text or "").split())
    kept = "".join(
        " " if c.isspace() or unicodedata.category(c) == "Cc" else c
        for c in text
        if unicodedata.category(c) not in {"Cf", "Cs"} or c in "\u200c\u200d"
    )
    return " ".join(kept.split())


def day_of(moment: str | None) -> str | None:
    """The day, month or year that a date begins with; None: it begins with none."""
    found = re.match(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?!\d)", moment or "")
    return found[0] if found else None


def parts_of(day: str | None) -> list[int]:
    """Year, month and day of a date as numbers; empty without one."""
    return [int(part) for part in day.split("-")] if day else []


def filled(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], ())}
