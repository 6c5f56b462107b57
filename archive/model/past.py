"""What the database knows that decisions rest on, as records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from archive.model.fetch import Location
    from archive.model.reports import Change
    from archive.model.rot import Attempt
    from archive.model.understood import Memento

REASON = "memento"
"""`captures.reason` of a question, and of a copy, because the page is lost."""

EARLY = "early look"
"""`captures.reason` of a look within hours of the first capture."""

ROUND = "memento round"
"""`captures.reason` of a question because it was the source's turn, lost or not."""


@dataclass(frozen=True, slots=True)
class PastCapture:
    """One capture in a history."""

    id: int
    captured_at: str
    outcome: str
    complete: bool | None
    content_digest: str | None
    text_id: int | None


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version as it stands, without its text."""

    id: int
    version: int
    first_captured_at: str
    last_captured_at: str
    captures: int
    complete: bool
    change: Change | None
    digest: str


@dataclass(frozen=True, slots=True)
class Checked:
    """An attempt with what is only needed to compare its text.

    Attributes:
        drift_from: The text that its drift was measured against; None when none was measured.
    """

    attempt: Attempt
    text_id: int | None
    drift_from: int | None


@dataclass(frozen=True, slots=True)
class JudgedSource:
    """The source under judgement."""

    id: int
    url: str
    cited_url: str
    host: str
    platform: str
    account: str | None = None


class Sighting(NamedTuple):
    """A capture that says which account held an address: the platform's own number for it."""

    at: str
    capture_id: int
    account_id: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A text without a page's worth of words, at another address of the host; `url` as cited."""

    source_id: int
    url: str
    notice: str | None
    text_id: int


@dataclass(frozen=True, slots=True)
class PastCheck:
    """One question that was asked.

    Attributes:
        asked: Its address.
        found: Copies to try, best first; None when there was no answer.
        reason: `REASON` or `ROUND`.
    """

    capture_id: int
    checked_at: str
    asked: str
    found: tuple[Memento, ...] | None
    reason: str = REASON


@dataclass(frozen=True, slots=True)
class PastCopy:
    """One copy that was taken, whatever came of it."""

    capture_id: int
    captured_at: str
    outcome: str
    http_status: int | None
    url: str
    memento_at: str | None


@dataclass(frozen=True, slots=True)
class HeldCapture:
    """Where a capture's record stands, and what its body was."""

    id: int
    location: Location
    record_id: str
    revisit_of: str | None
    captured_at: str


@dataclass(frozen=True, slots=True)
class StepTried:
    """How a step of discovery did when it was last tried."""

    tried_at: str
    ok: bool
