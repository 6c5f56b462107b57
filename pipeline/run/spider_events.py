"""What a spider tells the process that started it: events, one JSON object a line, on standard
output.

`crawler.progress` sends them and `pipeline.run.jobs.crawl` receives them; both know these records
and nothing else of one another. A line has the record's name (`event`) and its fields. Logs go to
standard error.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Captured:
    """One capture is kept and understood.

    Attributes:
        kind: What it was for; `memento` and `memento-question` for what another archive was asked.
        url: The URL asked for.
        outcome: How the fetch ended.
        status: HTTP status; None when nothing answered.
        detail: One line for a person, or None when there is nothing to add.
    """

    kind: str
    url: str
    outcome: str
    status: int | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class LeftUnread:
    """One capture is kept, and could not be read because the workers ended."""

    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class StepEnded:
    """One discovery step of a site has ended.

    Attributes:
        ok: It found reports, or knows that there is nothing new.
        count: Reports that it named.
        detail: What went wrong, in one line, or None.
    """

    step: str
    site: str
    ok: bool
    count: int
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class MementosAsked:
    """Another archive was asked for copies of sources; all numbers are of sources.

    Attributes:
        asked: About how many.
        held: Of how many a copy is kept now.
        listed: Of how many whose page is there it names one.
        none: Of how many it holds none.
        detail: Why it was left alone before all was asked, or None.
    """

    asked: int
    held: int
    listed: int
    none: int
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class PagesSubmitted:
    """Pages were handed to another archive to be saved; all numbers are of pages.

    Attributes:
        handed_in: How many.
        saved: Of how many it is known now that they were saved, of earlier runs, too.
        failed: Of how many, that they were not.
        pending: How many jobs go on.
        detail: Why it was left alone before all was handed in, or None.
        problem: That needs a person.
    """

    handed_in: int
    saved: int
    failed: int
    pending: int
    detail: str | None = None
    problem: bool = False


@dataclass(frozen=True, slots=True)
class CitedLeft:
    """Old reports that others cite were left for the next run.

    Attributes:
        count: How many.
        urls: The first of them.
    """

    count: int
    urls: list[str]


@dataclass(frozen=True, slots=True)
class OverBudget:
    """Pages were left for tomorrow because their hosts have used up their bytes of the day.

    Attributes:
        left: How many, by registered domain.
        first: The address of the first.
        limit: Bytes that each domain has.
    """

    left: dict[str, int]
    first: str
    limit: int


@dataclass(frozen=True, slots=True)
class CrawlEnded:
    """The crawl has ended; nothing of it follows.

    Attributes:
        counts: One number for each outcome, and `captures`, `versions` (new ones), `incomplete`,
            `failures` (pages kept but not understood), `unread`.
        left: Pages that were not asked for, because their host makes us wait, by host.
        network: False when no site could be connected to.
        reason: Scrapy's closing reason; `finished` when all was done.
        error: What ended it early, for a person, or None.
    """

    counts: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    network: bool = True
    reason: str = "finished"
    error: str | None = None


@dataclass(frozen=True, slots=True)
class ProcessFree:
    """The spider is gone, however it ended; its process takes the next."""


Event = (
    Captured
    | LeftUnread
    | StepEnded
    | MementosAsked
    | PagesSubmitted
    | CitedLeft
    | OverBudget
    | CrawlEnded
    | ProcessFree
)

_NAMES: dict[type[Event], str] = {
    Captured: "capture",
    LeftUnread: "unread",
    StepEnded: "discovery",
    MementosAsked: "mementos",
    PagesSubmitted: "submissions",
    CitedLeft: "cited-left",
    OverBudget: "over-budget",
    CrawlEnded: "done",
    ProcessFree: "free",
}
_BY_NAME = {name: kind for kind, name in _NAMES.items()}
_FIELDS = {kind: tuple(one.name for one in fields(kind)) for kind in _NAMES}


def to_line(event: Event) -> str:
    """The event as one line, which ends with a newline."""
    kind = type(event)
    # not `asdict`, which copies each value
    said = {"event": _NAMES[kind], **{name: getattr(event, name) for name in _FIELDS[kind]}}
    return json.dumps(said, ensure_ascii=False) + "\n"


FREE = to_line(ProcessFree())
"""Of all lines the one that says no more than its name."""


def from_line(line: str) -> Event | None:
    """The event of a line; None for a line that is none, such as what a library prints."""
    try:
        said: Any = json.loads(line)
    except ValueError:
        return None
    kind = _BY_NAME.get(str(said.get("event"))) if isinstance(said, dict) else None
    if kind is None:
        return None
    known = _FIELDS[kind]
    try:
        return kind(**{name: value for name, value in said.items() if name in known})
    except TypeError:  # a field is missing
        return None
