"""When something is to be captured next, as a pure function of its history. Times are ISO 8601
UTC."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archive.model.rows import History
from archive.model.times import format_time, parse_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.past import PastCapture
    from archive.model.rot import Attempt

REPORT_SCHEDULE_H = (1, 3, 6, 12, 24, 48, 96, 168, 336, 720)
"""Hours after the first capture. Of the real edits seen, most corrections came within two days
(June 30 → July 2, 2026; July 24 → 27, 2026), notes that were missing at first within hours; later
ones are found by the sitemap's lastmod."""

YOUNG = timedelta(hours=REPORT_SCHEDULE_H[-1] + 24)
"""Older publications are captured again only when discovery says that they changed."""

INCOMPLETE_AGAIN = timedelta(hours=1)
"""An empty note list was seen filled within hours of publication."""

FAILED_AGAIN_H = 2
MAX_FAILED_WAIT = timedelta(days=7)


def publication_history(captures: Sequence[PastCapture]) -> History:
    """What the captures of a publication add up to.

    Args:
        captures: In time order, at least one.
    """
    first, last = captures[0], captures[-1]
    failures = 0
    for past in reversed(captures):
        if past.content_digest is not None:
            break
        failures += 1
    return History(
        captures=len(captures),
        first_captured_at=first.captured_at,
        last_captured_at=last.captured_at,
        next_due_at=_report_due(first.captured_at, last, failures),
        last_outcome=last.outcome,
        failures=failures,
    )


def _report_due(first: str, last: PastCapture, failures: int) -> str | None:
    begun, ended = parse_time(first), parse_time(last.captured_at)
    if failures:
        return format_time(ended + min(timedelta(hours=FAILED_AGAIN_H**failures), MAX_FAILED_WAIT))
    if last.complete is False and ended - begun < MAX_FAILED_WAIT:
        return format_time(ended + INCOMPLETE_AGAIN)
    times: list[datetime] = [begun + timedelta(hours=hours) for hours in REPORT_SCHEDULE_H]
    return next((format_time(moment) for moment in times if moment > ended), None)


def source_history(tries: Sequence[Attempt]) -> History:
    """What the captures of a source add up to; when it is due again, its verdicts say.

    Args:
        tries: In any order, at least one.
    """
    ordered = sorted(tries, key=lambda one: (one.at, one.capture_id))
    return History(
        captures=len(ordered),
        first_captured_at=ordered[0].at,
        last_captured_at=ordered[-1].at,
        next_due_at=None,
        last_outcome=ordered[-1].outcome,
    )
