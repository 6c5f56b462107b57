"""When a source is checked again: by its age, by what is thought of it, spread over the days.
Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.rot import Attempt, Drift
from archive.model.times import format_time, parse_time
from archive.model.vocabulary import DriftClass, Outcome, Status
from pipeline.decide.checks import schedule
from pipeline.decide.checks.schedule import next_check
from pipeline.decide.verdicts import judge_source

URL = "https://news.example/2026/03/bridge-closed"
BEGIN = datetime(2026, 3, 1, 6, tzinfo=UTC)
DAY = timedelta(days=1)


def try_(day: float, outcome: Outcome = Outcome.OK, **changes: object) -> Attempt:
    good = outcome in {Outcome.OK, Outcome.NOT_MODIFIED}
    made = Attempt(
        int(day * 1000) + 1, format_time(BEGIN + timedelta(days=day)), outcome, URL, URL,
        200 if good else None,
        digest="first" if good else None, words=300,
        drift=Drift(DriftClass.SAME, 0.0) if good and day else None,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type] - fields of an attempt


def after_days(*attempts: Attempt, source: int = 7) -> float:
    """Days from the newest attempt to the next check."""
    last = judge_source(URL, attempts)[-1]
    due = parse_time(next_check(source, attempts, last))
    return (due - parse_time(attempts[-1].at)) / DAY


def live(dies: float, until: int, source: int, by: Outcome = Outcome.GONE) -> list[Attempt]:
    """The looks of a daily run at a source that dies on a day, until it is known to be dead."""
    attempts = [try_(0)]
    for day in range(1, until + 1):
        if len(attempts) == 1 or attempts[-1].at == format_time(BEGIN + (day - 1) * DAY):
            last = judge_source(URL, attempts)[-1]
            due = parse_time(next_check(source, attempts, last))
        if last.status is Status.DEAD:
            break
        if due <= BEGIN + day * DAY:
            attempts.append(try_(day, by if day >= dies else Outcome.OK))
    return attempts


def looks(until: int, source: int) -> list[float]:
    """Days on which a daily run looks at a source that stays."""
    return [(parse_time(one.at) - BEGIN) / DAY for one in live(until + 1, until, source)[1:]]


@pytest.mark.parametrize(
    ("attempts", "least", "most"),
    [
        ([try_(0)], 0.8, 4),  # the first look
        ([try_(0), try_(2)], 0.8, 1),
        ([try_(0), try_(12)], 2.2, 3),  # a quarter of its age
        ([try_(0), try_(100)], 4.6, 6),  # weekly
        ([try_(0), try_(400)], 6, 7.8),  # rarer from a year on
        ([try_(0), try_(3000)], 22, 28),
        # it changed
        ([try_(0), try_(100), try_(106, digest="other", drift=Drift(DriftClass.MINOR, 0.05))], 2.2,
            3),
        ([try_(0), try_(100, Outcome.TIMEOUT)], 0.8, 1),
        ([try_(0), try_(100, Outcome.TIMEOUT), try_(101, Outcome.TIMEOUT)], 1.8, 2),
        ([try_(0), *(try_(day, Outcome.TIMEOUT) for day in (100, 101, 103, 107))], 5.8, 6),
        ([try_(0), try_(100, Outcome.GONE)], 2.8, 3),  # the next strike
        # six days after the first
        ([try_(0), try_(100, Outcome.GONE), try_(103, Outcome.GONE)], 3, 3),
        ([try_(0), try_(100, Outcome.GONE), try_(111, Outcome.GONE)], 0.8, 1),
        ([try_(0), *(try_(day, Outcome.GONE) for day in (100, 103, 106))], 16.8, 21),  # dead
        ([try_(0), try_(8, Outcome.FORBIDDEN)], 1.4, 2),
        ([try_(0), try_(100, Outcome.FORBIDDEN)], 11, 14),  # behind a wall
        ([try_(0), try_(100, Outcome.ROBOTS_DISALLOWED)], 22, 28),
    ],
)  # fmt: skip
def test_the_gap_to_the_next_check(attempts: list[Attempt], least: float, most: float) -> None:
    for source in range(40):
        assert least <= after_days(*attempts, source=source) <= most


def test_the_first_month_is_dense_and_a_week_is_the_longest_gap_of_the_first_year() -> None:
    for source in range(8):
        days = looks(364, source)
        assert 7 <= sum(day <= 30 for day in days) <= 14
        assert max(b - a for a, b in pairwise([0.0, *days])) <= 7


def test_what_one_day_brings_is_not_due_on_one_day() -> None:
    first = [looks(5, source)[0] for source in range(200)]
    assert {day: first.count(day) for day in set(first)}.keys() == {1, 2, 3, 4}
    assert max(first.count(day) for day in set(first)) < 100


@pytest.mark.parametrize("outcome", [Outcome.GONE, Outcome.REMOVED, Outcome.DNS_FAILURE])
@pytest.mark.parametrize("dies", [1, 2, 5, 17, 60, 200, 340])
def test_each_death_is_found_within_two_weeks(dies: int, outcome: Outcome) -> None:
    for source in range(6):
        attempts = live(dies, dies + 30, source, outcome)
        assert judge_source(URL, attempts)[-1].status is Status.DEAD
        assert (parse_time(attempts[-1].at) - BEGIN) / DAY - dies <= 14


def test_of_neighbours_the_newest_failure_counts() -> None:
    own = [try_(0), try_(100)]
    near = replace(try_(103, Outcome.DNS_FAILURE), own=False)
    last = judge_source(URL, [*own, near])[-1]
    assert parse_time(next_check(7, own, last)) == BEGIN + 106 * DAY - schedule.SLACK


def test_under_a_clock_set_forward_the_next_check_is_by_the_servers_time() -> None:
    wrong = try_(400, clock_skew_s=300 * 86_400)  # in truth day 100
    due = parse_time(next_check(7, [try_(0), wrong], judge_source(URL, [try_(0), wrong])[-1]))
    assert BEGIN + 100 * DAY <= due <= BEGIN + 102 * DAY


def test_a_check_under_a_wrong_clock_takes_its_true_place_in_time() -> None:
    wrong = try_(400, clock_skew_s=300 * 86_400)
    attempts = [try_(0), wrong, *(try_(day, Outcome.GONE) for day in (110, 113, 116))]
    assert [judged.status for judged in judge_source(URL, attempts)][-3:] == [
        Status.SUSPECT, Status.SUSPECT, Status.DEAD,
    ]  # fmt: skip
    assert judge_source(URL, attempts)[1].rule == "clock"


def test_a_server_whose_clock_is_wrong_for_good_is_not_asked_daily() -> None:
    attempts = [try_(day, clock_skew_s=40 * 86_400) for day in (0, 1, 2, 4, 8)]
    assert after_days(*attempts) > 5 - 40


histories = st.lists(
    st.tuples(st.floats(0.9, 40), st.sampled_from(sorted(Outcome))), min_size=1, max_size=12
)


@given(histories, st.integers(0, 2**53))
def test_the_next_check_is_after_the_last_and_within_four_weeks(
    steps: list[tuple[float, Outcome]], source: int
) -> None:
    day, attempts = 0.0, [try_(0)]
    for gap, outcome in steps:
        day += gap
        attempts.append(try_(day, outcome))
    assert 0.5 <= after_days(*attempts, source=source) <= 28


@given(st.integers(0, 2**53), st.integers(1, 364))
def test_the_same_history_gives_the_same_time(source: int, day: int) -> None:
    attempts = [try_(0), try_(day)]
    assert after_days(*attempts, source=source) == after_days(*attempts, source=source)


def test_sources_of_one_day_drift_apart() -> None:
    last = [looks(120, source)[-1] for source in range(60)]
    assert len(set(last)) >= 5
