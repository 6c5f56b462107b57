"""What is known of a source's copies in other archives, and when they are asked for again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.model.past import ROUND
from archive.model.rows import MementoRow
from archive.model.times import format_time, parse_time
from archive.model.vocabulary import Outcome
from pipeline.read.mementos import STAMP, page_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.past import PastCheck, PastCopy

AGAIN = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
"""Pauses before a lost source's copies are asked for again, after each answer that led to no copy;
then the slow round takes over. The Wayback shows most captures within a day, some after weeks; a
page that it does not have by then was never saved."""

ROUND_AGAIN = (timedelta(days=60), timedelta(days=180), timedelta(days=365))
"""Pauses on the slow round, for any source, after each answer that named no copy; the last of them
repeats. Once an answer named one, it is not asked again."""

SILENT_AGAIN = 3
"""Unanswered questions in a row after which the next waits as long as after one more answer: one
run's three tries."""


def sum_up(source_id: int, checks: Sequence[PastCheck], copies: Sequence[PastCopy]) -> MementoRow:
    """What is known of a source's copies, from all questions about it and all copies taken.

    Args:
        source_id: The source.
        checks: In time order.
        copies: In time order.
    """
    held = [copy for copy in copies if copy.outcome == Outcome.OK]
    answers = [check for check in checks if check.found is not None]
    row = MementoRow(
        source_id=source_id,
        url=None,
        memento_at=None,
        http_status=None,
        outcome="unanswered",
        checked_at=checks[-1].checked_at if checks else None,
        checks=len(checks),
        capture_id=None,
        next_due_at=None if held else _lost_again(checks),
        answered_at=answers[-1].checked_at if answers else None,
        round_due_at=None if held else _round_again(checks),
    )
    if held:
        last = held[-1]
        return replace(
            row,
            outcome="held",
            url=page_url(last.url),
            memento_at=last.memento_at,
            http_status=last.http_status,
            capture_id=last.capture_id,
        )
    return _without_copy(row, answers[-1], tried=bool(copies)) if answers else row


def _without_copy(row: MementoRow, answer: PastCheck, *, tried: bool) -> MementoRow:
    if not answer.found:
        return replace(row, outcome="none")
    best = answer.found[0]
    stamp = f"{parse_time(best.at):{STAMP}}"
    root = answer.asked.partition("/cdx/")[0]
    return replace(
        row,
        outcome="not-kept" if tried else "listed",
        url=f"{root}/web/{stamp}/{best.url}",
        memento_at=best.at,
        http_status=best.http_status,
    )


def _lost_again(checks: Sequence[PastCheck]) -> str | None:
    """When to ask again about a source whose page is lost: at once, if it was still there when last
    asked about."""
    if not checks:
        return None
    silent = _after_silence(checks)
    if silent is not None:
        return silent
    answers = [check for check in checks if check.found is not None and check.reason != ROUND]
    if not answers:
        return checks[-1].checked_at
    if len(answers) > len(AGAIN):
        return None
    return format_time(parse_time(answers[-1].checked_at) + AGAIN[len(answers) - 1])


def _round_again(checks: Sequence[PastCheck]) -> str | None:
    """When the source has its next turn on the slow round."""
    if not checks:
        return None
    silent = _after_silence(checks)
    if silent is not None:
        return silent
    if checks[-1].found:
        return None
    gap = ROUND_AGAIN[min(len([c for c in checks if c.found is not None]), len(ROUND_AGAIN)) - 1]
    return format_time(parse_time(checks[-1].checked_at) + gap)


def _after_silence(checks: Sequence[PastCheck]) -> str | None:
    """When to ask again after no answer. Silence says nothing, however often it comes, so the
    question stays open."""
    silent = 0
    for check in reversed(checks):
        if check.found is not None:
            break
        silent += 1
    if not silent:
        return None
    gap = AGAIN[min((silent - 1) // SILENT_AGAIN, len(AGAIN) - 1)]
    return format_time(parse_time(checks[-1].checked_at) + gap)
