"""Numbers of captures grow, whatever the clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.capture_numbers import CaptureNumbers, of_record
from archive.db.tables.report_rows import CITATIONS_PER_NOTE, NOTES_PER_VERSION

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)


@given(st.lists(st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)), min_size=2))  # noqa: DTZ001
def test_they_grow_whatever_the_clock_says(clock: list[datetime]) -> None:
    times = iter([moment.replace(tzinfo=UTC) for moment in clock])
    numbers = CaptureNumbers(0, lambda: next(times))
    given_out = [numbers.next() for _ in clock]
    assert given_out == sorted(set(given_out))


def test_they_stand_above_those_that_older_versions_counted() -> None:
    assert CaptureNumbers(1_000_000, lambda: AT).next() > 1_000_000


def test_they_go_on_above_a_number_from_the_future() -> None:
    ahead = CaptureNumbers(0, lambda: AT + timedelta(days=365)).next()
    assert CaptureNumbers(ahead, lambda: AT).next() == ahead + 1


def test_what_is_made_of_them_fits_into_the_database() -> None:
    number = CaptureNumbers(0, lambda: datetime(2300, 1, 1, tzinfo=UTC)).next()
    last_note = (number + 1_000_000) * NOTES_PER_VERSION + NOTES_PER_VERSION - 1
    assert last_note * CITATIONS_PER_NOTE + CITATIONS_PER_NOTE - 1 < 2**63


def test_one_hears_of_anothers() -> None:
    numbers = CaptureNumbers(0, lambda: AT)
    numbers.heard(2**35)
    assert numbers.next() == 2**35 + 1


@pytest.mark.parametrize("at", [AT, datetime(1990, 1, 1, tzinfo=UTC)])
def test_a_number_made_of_a_record_is_always_the_same(at: datetime) -> None:
    assert of_record(at, "urn:uuid:a") == of_record(at, "urn:uuid:a") != of_record(at, "urn:uuid:b")
