"""When a source is checked again: dense after it is first captured, sparse later, denser where
something happens. Pure."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.model.times import format_time, parse_time
from archive.model.vocabulary import Status
from pipeline.decide.verdicts.rules import STRIKES, STRIKES_OVER
from pipeline.decide.verdicts.sight import is_skewed, true_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from archive.model.rot import Attempt, Verdict

SLACK = timedelta(hours=4)
"""A daily run comes a little earlier or later than the day before; what is due in a day must not
wait for two."""
FIRST = timedelta(days=1)
FIRST_MOST = timedelta(days=4)
"""The first look comes after one to four days, by the source's number: what one `collect` brings,
thousands of sources at times, is not all due on the next day, nor together ever after."""
SPARSE = timedelta(days=6)
"""A week's look: with three strikes over six days each death is decided within two weeks of
dying."""
SPARSEST = timedelta(days=28)
OLD = timedelta(days=365)
"""A source that stood for a year stands for long (survival flattens): from then on the gap grows
with its age."""
AGE_SHARE = 4
"""A quarter of the time since its first capture: posts vanish in their first weeks (Pew 2024: one
in five within three months), so the first month has about ten looks, each later one one a week."""
OLD_SHARE = 52
STRUCK = timedelta(days=3)
BLOCKED_MOST = timedelta(days=14)
REFUSED = timedelta(days=28)
DEAD = timedelta(days=21)
"""What is dead comes back seldom; one in three that do is seen within a week, all within three."""
UNREACHED = timedelta(days=1)
_HERE = frozenset({Status.ALIVE, Status.MOVED, Status.DRIFTED})
_UNSURE = frozenset({"unreached", "unreached-once", "clock"})
_SPREAD = 0.2
"""So much of a gap, at most, is taken off, more or less each time: a week's look comes after five
or six days, and what came on one day is not one day's checks for ever (daily runs made whole days
of a tenth)."""


def next_check(source_id: int, attempts: Sequence[Attempt], last: Verdict) -> str:
    """When to check a source again.

    Args:
        source_id: Spreads sources over the days.
        attempts: Its own, in the order of `true_time`, at least one.
        last: What is thought of it since the newest of all.

    Returns:
        ISO 8601 UTC.
    """
    planned = _planned(attempts, last)
    begun, ended = _span(planned, last, attempts[-1].capture_id)
    return format_time(_due(source_id, planned, last, begun, ended))


def _planned(attempts: Sequence[Attempt], last: Verdict) -> Sequence[Attempt]:
    """The attempts without early looks, if the page is there: these come in addition to the checks
    and do not move them."""
    if last.status not in _HERE or last.rule in _UNSURE:
        return attempts
    return [one for one in attempts if not one.early] or attempts


def _span(attempts: Sequence[Attempt], last: Verdict, newest: int) -> tuple[datetime, datetime]:
    """When the first try was and when the newest; where our clock was wrong, by the server's."""
    begun, ended = true_time(attempts[0]), true_time(attempts[-1])
    if last.capture_id != newest:
        ended = max(ended, parse_time(last.at))  # a neighbour's failure
    return begun, ended


def _due(
    source_id: int, attempts: Sequence[Attempt], last: Verdict, begun: datetime, ended: datetime
) -> datetime:
    if last.status is Status.SUSPECT and last.rule == "absent":
        return _next_strike(last, ended)
    if last.rule in _UNSURE or last.status is Status.SUSPECT:
        doubled: int = 2 ** min(_in_row(attempts) - 1, 3)
        return ended + min(UNREACHED * doubled, SPARSE) - SLACK
    spread = 1 - _SPREAD * _share(source_id, len(attempts))
    if last.status is Status.DEAD:
        return ended + DEAD * spread
    if last.status is Status.REFUSED:
        return ended + REFUSED * spread
    if ended - begun < FIRST - SLACK:
        return ended + FIRST + (FIRST_MOST - FIRST) * _share(source_id, 0) - SLACK
    gap = _gap(ended - begun, blocked=last.status is Status.BLOCKED)
    if _changed_lately(attempts):
        gap = max(FIRST, gap / 2)
    return ended + (gap if gap <= FIRST else gap * spread) - SLACK


def _gap(age: timedelta, *, blocked: bool) -> timedelta:
    """Between two looks at what was captured first so long ago and is there, or behind a wall."""
    if age > OLD and not blocked:
        return min(max(age / OLD_SHARE, SPARSE), SPARSEST)
    return max(FIRST, min(age / AGE_SHARE, BLOCKED_MOST if blocked else SPARSE))


def _next_strike(last: Verdict, ended: datetime) -> datetime:
    """Strikes so that the last needed one comes when the time for them is over."""
    strikes = last.evidence["strikes"]
    first = parse_time(strikes[0]["at"])
    if len(strikes) >= STRIKES - 1:
        return max(first + STRIKES_OVER, ended + FIRST - SLACK)
    return ended + STRUCK - SLACK


def _in_row(attempts: Sequence[Attempt]) -> int:
    """Tries at the end that came to the same: to one outcome, or to clocks that are apart."""
    ends = [("clock" if is_skewed(one) else str(one.outcome)) for one in attempts[-4:]]
    return next((n for n, end in enumerate(reversed(ends)) if end != ends[-1]), len(ends))


def _changed_lately(attempts: Sequence[Attempt]) -> bool:
    digests = [attempt.digest for attempt in attempts[-2:] if attempt.digest is not None]
    return len(digests) > 1 and digests[0] != digests[1]


def _share(source_id: int, looks: int) -> float:
    """A number from 0.0 to 1.0, always the same for a source after so many looks."""
    return hashlib.sha256(f"{source_id} {looks}".encode()).digest()[0] / 255
