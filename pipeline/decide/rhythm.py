"""When which job is due: a pure function of its rhythm, of the runs in the database, and of now.

A rhythm names times of day in a zone. Each is one moment of each day, also on days when clocks
change: of a time that a clock shows twice the first counts, and one that it skips is as long after
midnight as on any other day. A moment is served by a run that was planned for it or for a later
one. Of several that were missed (the machine slept, was off, its disk was full) only the last is
made up. So nothing has to be remembered but the runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, time, tzinfo

    from archive.model.operations import Planned

EVERY_DAY = frozenset(range(7))

LOOK_BACK_DAYS = 8
"""A weekly rhythm has a moment in any of these."""

MAX_LOST = 2
"""A run that was lost is repeated once. If that is lost as well, the job waits for its next moment:
it may be what crashes the machine."""


class End(StrEnum):
    """How a planned run stands, in `runs.outcome`."""

    QUEUED = "queued"
    DONE = "done"
    PROBLEMS = "problems"
    FAILED = "failed"
    STOPPED = "stopped"
    """Ended by who runs the machine; made up at the next start."""
    LOST = "lost"
    """Nobody saw its end: a crash, a power cut, a kill."""


BROKEN_OFF = frozenset({End.LOST, "killed"})
"""Nothing says that the work was done; `killed` is how a run calls one before it that held the
archive."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A job and when it is to run.

    Attributes:
        name: Unique; kept with each run as `runs.planned_as`.
        arguments: Of `isw-archive`, after the global options.
        times: Of the day, by clocks of `zone`.
        weekdays: On which, Monday 0.
        on_request: Only while a request of a person waits.
        early: Only while an early look is due.
    """

    name: str
    arguments: tuple[str, ...]
    times: tuple[time, ...]
    zone: tzinfo
    weekdays: frozenset[int] = EVERY_DAY
    on_request: bool = False
    early: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A job that is to run now, for a moment that has passed."""

    rhythm: Rhythm
    moment: datetime


def due(rhythms: Iterable[Rhythm], runs: Sequence[Planned], now: datetime) -> list[Due]:
    """What is to run now, in the order of its moments.

    Runs that were planned for a time to come, by a clock that was ahead and has been set back,
    count for nothing.

    Args:
        rhythms: All jobs.
        runs: Those planned for the last `LOOK_BACK_DAYS` or later, in any order.
        now: UTC.
    """
    found = [
        Due(rhythm, moment)
        for rhythm in rhythms
        if (moment := last_moment(rhythm, now)) is not None
        and not _attended([r for r in runs if r.name == rhythm.name and moment <= r.moment <= now])
    ]
    return sorted(found, key=lambda one: one.moment)


def _attended(runs: Sequence[Planned]) -> bool:
    """Whether these runs, all for the newest moment, have served it."""
    lost = sum(run.end in BROKEN_OFF for run in runs)
    return lost >= MAX_LOST or any(run.end not in {*BROKEN_OFF, End.STOPPED} for run in runs)


def last_moment(rhythm: Rhythm, now: datetime) -> datetime | None:
    """The newest moment up to now, UTC; None for a rhythm without any."""
    today = now.astimezone(rhythm.zone).date()
    days = (today - timedelta(days=n) for n in range(-1, LOOK_BACK_DAYS + 1))
    past = (moment for day in days for moment in reversed(_moments(rhythm, day)))
    return next((moment for moment in past if moment <= now), None)


def next_moments(rhythm: Rhythm, now: datetime) -> Iterator[datetime]:
    """The moments after now, UTC, without end."""
    day = now.astimezone(rhythm.zone).date() - timedelta(days=1)
    while rhythm.times and rhythm.weekdays:
        yield from (moment for moment in _moments(rhythm, day) if moment > now)
        day += timedelta(days=1)


def _moments(rhythm: Rhythm, day: date) -> list[datetime]:
    """The moments of one day, in order, UTC."""
    if day.weekday() not in rhythm.weekdays:
        return []
    # the first of two equal times (fold 0), and by the offset before for one that is leapt over
    # (PEP 495)
    return sorted(
        datetime.combine(day, time, tzinfo=rhythm.zone).astimezone(UTC) for time in rhythm.times
    )
