"""What people may write into an archive: checked words, and what they are about."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from archive.errors import BadInputError

SOURCE, CAPTURE, REPORT = "source", "capture", "report"
NOTED = (SOURCE, CAPTURE, REPORT)
"""What a note can be on."""
ASKED = (SOURCE, REPORT)
"""What can be asked to be captured again."""

LONGEST_NOTE = 2_000
LONGEST_REASON = 300
"""Characters; a reason is kept with each capture in the WARC files."""
LONGEST_NAME = 100

_REFUSED = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Unicode's categories of what no keyboard types; marks that turn text are shown as what they
are."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a note or a request is about, by a name that a rebuild of the database keeps.

    Attributes:
        kind: One of `NOTED`.
        name: A source's address as it is held, a capture's record, a report's id.
        sentence: Of the report, if the note is on one.
    """

    kind: str
    name: str
    sentence: str | None = None


class StoodVerdict(NamedTuple):
    """A verdict by what a rebuild keeps: the source's address, and what was thought of it when."""

    name: str
    status: str
    rule: str
    decided_at: str


RIGHT, WRONG, UNSURE = "right", "wrong", "unsure"
LABELS = {
    **dict.fromkeys(("yes", "y", "1", "true", RIGHT), RIGHT),
    **dict.fromkeys(("no", "n", "0", "false", WRONG), WRONG),
    **dict.fromkeys((UNSURE, "?"), UNSURE),
}
"""What may be written of a verdict, and what it means."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a person found of a verdict: one of the values of `LABELS`, and why."""

    verdict: StoodVerdict
    label: str
    note: str


def checked(text: str, longest: int, what: str) -> str:
    """Words of a person as they are kept, without blanks around them.

    Args:
        text: As it was sent; lines may end as forms send them.
        longest: Characters.
        what: Names it in the message.

    Raises:
        BadInputError: It is empty, too long, or has control characters in it; one line where it is
            no note.
    """
    found = text.replace("\r\n", "\n").strip()
    if not found:
        raise BadInputError(f"{what}: empty")
    if len(found) > longest:
        raise BadInputError(f"{what}: {len(found):,} characters; at most {longest:,}")
    lines = "\n" if longest == LONGEST_NOTE else ""
    if any(unicodedata.category(one) in _REFUSED and one not in lines for one in found):
        raise BadInputError(f"{what}: has control characters in it")
    return found
