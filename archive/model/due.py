"""What waits to be captured, asked for or handed in, as the database names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model.past import REASON

if TYPE_CHECKING:
    from archive.model.fetch import PayloadRef


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request needs."""

    etag: str | None
    last_modified: str | None
    payload: PayloadRef


@dataclass(frozen=True, slots=True)
class DuePublication:
    """A publication to be captured now."""

    url: str
    reason: str
    series: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class PendingSource:
    """A source to be captured now."""

    cited_url: str
    host: str
    cited_at: str | None
    captures: int


@dataclass(frozen=True, slots=True)
class WantedMemento:
    """A source to ask about.

    Attributes:
        cited_on: `YYYY-MM-DD` of the first report that cites it.
        lost: Its live page cannot be had, so that a copy is wanted, too.
        reason: `REASON` or `ROUND`.
    """

    source_id: int
    cited_url: str
    cited_on: str
    lost: bool = True
    reason: str = REASON


@dataclass(frozen=True, slots=True)
class Submittable:
    """A page to hand in."""

    source_id: int
    url: str


@dataclass(frozen=True, slots=True)
class Submission:
    """One row of `submissions`."""

    source_id: int
    submitted_at: str
    url: str
    job_id: str | None
    outcome: str
    asked_at: str
    memento_at: str | None = None
    memento_url: str | None = None
    detail: str | None = None
    run: str | None = None
