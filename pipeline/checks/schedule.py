"""When a source is checked again: dense after it is first captured, sparse later, denser where something happens. Pure."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.judging import Status
from archive.records import format_time, parse_time
from pipeline.verdicts.rules import STRIKES, STRIKES_OVER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from archive.judging import Attempt, Judgement

SLACK = timedelta(hours=4)
"""A daily run comes a little earlier or later than the day before; what is due in a day must not wait for two."""
FIRST = timedelta(days=1)
SPARSE = timedelta(days=6)
"""A week's look: with three strikes over six days each death is decided within two weeks of dying."""
SPARSEST = timedelta(days=28)
OLD = timedelta(days=365)
"""A source that stood for a year stands for long (survival flattens): from then on the gap grows with its age."""
AGE_SHARE = 4
"""A quarter of the time since its first capture: posts vanish in their first weeks (Pew 2024: one in five within three
months), so the first month has eight looks, each later one one a week."""
OLD_SHARE = 52
STRUCK = timedelta(days=3)
BLOCKED_MOST = timedelta(days=14)
REFUSED = timedelta(days=28)
DEAD = timedelta(days=21)
"""What is dead comes back seldom; one in three that do is seen within a week, all within three."""
UNREACHED = timedelta(days=1)
_SPREAD = 0.1  # of a gap, taken off by the source's number, so that a day's citations are not one day's checks for ever


def next_check(source_id: int, attempts: Sequence[Attempt], last: Judgement) -> str:
    """When to check a source again.

    Args:
        source_id: Spreads sources over the days.
        attempts: Its own, in time order, at least one.
        last: What is thought of it since the newest of all.

    Returns:
        ISO 8601 UTC.
    """
    begun, ended = parse_time(attempts[0].at), parse_time(max(last.at, attempts[-1].at))
    return format_time(_due(source_id, attempts, last, begun, ended))


def _due(
    source_id: int, attempts: Sequence[Attempt], last: Judgement, begun: datetime, ended: datetime
) -> datetime:
    if last.status is Status.SUSPECT and last.rule == "absent":
        return _next_strike(last, ended)
    if last.rule in {"unreached", "unreached-once"} or last.status is Status.SUSPECT:
        doubled: int = 2 ** min(_in_row(attempts) - 1, 3)
        return ended + min(UNREACHED * doubled, SPARSE) - SLACK
    if last.status is Status.DEAD:
        return ended + _spread(source_id, DEAD)
    if last.status is Status.REFUSED:
        return ended + _spread(source_id, REFUSED)
    age = ended - begun
    gap = max(FIRST, min(age / AGE_SHARE, SPARSE))
    if last.status is Status.BLOCKED:
        gap = max(FIRST, min(age / AGE_SHARE, BLOCKED_MOST))
    elif age > OLD:
        gap = min(max(age / OLD_SHARE, SPARSE), SPARSEST)
    if _changed_lately(attempts):
        gap = max(FIRST, gap / 2)
    return ended + _spread(source_id, gap) - SLACK


def _next_strike(last: Judgement, ended: datetime) -> datetime:
    """Strikes so that the last needed one comes when the time for them is over."""
    strikes = last.evidence["strikes"]
    first = parse_time(strikes[0]["at"])
    if len(strikes) >= STRIKES - 1:
        return max(first + STRIKES_OVER, ended + FIRST - SLACK)
    return ended + STRUCK - SLACK


def _in_row(attempts: Sequence[Attempt]) -> int:
    """Equal outcomes at the end."""
    count = 0
    for attempt in reversed(attempts):
        if attempt.outcome != attempts[-1].outcome:
            break
        count += 1
    return count


def _changed_lately(attempts: Sequence[Attempt]) -> bool:
    digests = [attempt.digest for attempt in attempts[-2:] if attempt.digest is not None]
    return len(digests) > 1 and digests[0] != digests[1]


def _spread(source_id: int, gap: timedelta) -> timedelta:
    if gap <= FIRST:
        return gap
    share = hashlib.sha256(str(source_id).encode()).digest()[0] / 255
    return gap * (1 - _SPREAD * share)
