from __future__ import annotations

from typing import Any

import pytest

from archive.model.past import PastCapture
from archive.model.times import format_time
from archive.model.vocabulary import Outcome
from pipeline.decide import due
from tests.factories import at


def past(
    hours: float, outcome: Outcome = Outcome.OK, *, digest: str | None = "d", **changes: Any
) -> PastCapture:
    return PastCapture(
        int(hours * 10) + 1, format_time(at(hours)), outcome, changes.get("complete"), digest, None
    )


@pytest.mark.parametrize(
    ("captured", "expected"),
    [([0], 1), ([0, 1.2], 3), ([0, 5], 6), ([0, 30], 48), ([0, 719], 720), ([0, 721], None)],
)
def test_a_report_is_due_again_after_hours_then_days_then_never(
    captured: list[float], expected: float | None
) -> None:
    found = due.publication_history([past(h) for h in captured])
    assert found.next_due_at == (format_time(at(expected)) if expected is not None else None)


def test_an_incomplete_report_is_due_again_within_the_hour() -> None:
    found = due.publication_history([past(0), past(30, complete=False)])
    assert found.next_due_at == format_time(at(31))


def test_failures_in_a_row_wait_longer_each_time() -> None:
    failed = [past(h, Outcome.FORBIDDEN, digest=None) for h in (1, 3, 7)]
    found = due.publication_history([past(0), *failed])
    assert (found.failures, found.next_due_at) == (3, format_time(at(7 + 8)))
