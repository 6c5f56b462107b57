"""What is due: tables of moments, on both days on which New York's clocks change, after crashes,
sleep and wrong clocks."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from archive.config import Settings
from archive.errors import BadInputError
from archive.model.operations import Planned
from pipeline.decide.rhythm import Rhythm, due, last_moment, next_moments
from pipeline.read.publishers.registry import SITES
from pipeline.run import plan
from pipeline.run.jobs.choose import publisher_here

NEW_YORK = ZoneInfo("America/New_York")
EVENING = Rhythm("evening", ("collect",), (time(19, 15), time(21, 15)), NEW_YORK)
NIGHT = Rhythm("night", ("check",), (time(1, 30),), NEW_YORK)
LEAPT = Rhythm("leapt", ("check",), (time(2, 30),), NEW_YORK)
SUNDAYS = Rhythm("sundays", ("verify",), (time(9),), NEW_YORK, frozenset({6}))
NOW = datetime(2026, 7, 10, 2, 0, tzinfo=UTC)
"""22:00 of July 9 in New York."""
MOMENT = datetime(2026, 7, 10, 1, 15, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def hours(rhythm: Rhythm, since: str, count: int) -> list[str]:
    return [f"{m:%m-%d %H:%M}" for m in islice(next_moments(rhythm, at(since)), count)]


@pytest.mark.parametrize(
    ("rhythm", "since", "moments"),
    [
        # March 8, 2026: 2 o'clock is leapt over; evenings come an hour earlier by UTC from then on
        (EVENING, "2026-03-07T12:00", ["03-08 00:15", "03-08 02:15", "03-08 23:15", "03-09 01:15"]),
        (LEAPT, "2026-03-07T12:00", ["03-08 07:30", "03-09 06:30"]),
        # November 1, 2026: half past one comes twice
        (NIGHT, "2026-10-31T12:00", ["11-01 05:30", "11-02 06:30"]),
        (EVENING, "2026-10-31T12:00", ["10-31 23:15", "11-01 01:15", "11-02 00:15", "11-02 02:15"]),
        (SUNDAYS, "2026-03-02T00:00", ["03-08 13:00", "03-15 13:00"]),
    ],
)
def test_moments_follow_new_yorks_clock(rhythm: Rhythm, since: str, moments: list[str]) -> None:
    assert hours(rhythm, since, len(moments)) == moments


def test_a_year_has_every_moment_once_both_changes_of_the_clock_included() -> None:
    for rhythm in (EVENING, NIGHT, LEAPT):
        begin, end = at("2026-01-01T12:00"), at("2027-01-01T12:00")
        found = list(islice(next_moments(rhythm, begin), 365 * len(rhythm.times)))
        assert len(set(found)) == len(found)
        assert found == sorted(found)
        assert begin < found[0]
        assert found[-1] <= end < next(next_moments(rhythm, found[-1]))


def test_the_last_moment_is_the_newest_that_is_not_to_come() -> None:
    assert last_moment(EVENING, NOW) == MOMENT
    assert last_moment(EVENING, MOMENT) == MOMENT
    assert last_moment(EVENING, MOMENT - timedelta(seconds=1)) == MOMENT - timedelta(hours=2)
    assert last_moment(SUNDAYS, NOW) == at("2026-07-05T13:00")


def test_a_rhythm_without_a_day_is_never_due() -> None:
    never = Rhythm("never", ("x",), (time(9),), NEW_YORK, frozenset())
    assert due([never], [], NOW) == []


ENDS = ["done", "problems", "failed", "queued", None]


@pytest.mark.parametrize(
    ("ends", "is_due"),
    [
        ([], True),
        *(([end], False) for end in ENDS),
        (["lost"], True),
        (["killed"], True),
        (["lost", "lost"], False),
        (["lost", "done"], False),
        (["lost", "stopped"], True),
        (["stopped", "stopped", "stopped"], True),
    ],
)
def test_a_moment_is_attended_to_once_and_what_was_lost_is_made_up_once(
    ends: list[str | None], is_due: bool
) -> None:
    runs = [Planned("evening", MOMENT, end) for end in ends]
    assert bool(due([EVENING], runs, NOW)) is is_due


def test_of_a_week_off_each_job_is_made_up_once() -> None:
    week_ago = [Planned(r.name, NOW - timedelta(days=7), "done") for r in (EVENING, NIGHT, SUNDAYS)]
    found = due([EVENING, NIGHT, SUNDAYS], week_ago, NOW)
    assert [one.rhythm.name for one in found] == ["sundays", "night", "evening"]
    assert found[-1].moment == MOMENT


def test_a_run_of_another_job_is_not_this_ones() -> None:
    assert due([EVENING], [Planned("night", MOMENT, "done")], NOW)


@pytest.mark.parametrize("back", [timedelta(minutes=30), timedelta(hours=1), timedelta(hours=3)])
def test_a_clock_that_is_set_back_repeats_nothing(back: timedelta) -> None:
    runs = [
        Planned("evening", MOMENT - timedelta(hours=2), "done"),
        Planned("evening", MOMENT, "done"),
    ]
    runs.append(Planned("evening", MOMENT - timedelta(hours=24), "done"))
    for minutes in range(0, 240, 5):
        now = NOW - back + timedelta(minutes=minutes)
        if now < MOMENT + timedelta(hours=22):
            assert due([EVENING], runs, now) == []


def test_runs_of_a_clock_that_was_years_ahead_do_not_stop_the_schedule() -> None:
    ahead = [Planned("evening", MOMENT + timedelta(days=1_500), "done")]
    assert due([EVENING], ahead, NOW)


def test_new_times_in_the_configuration_do_not_repeat_what_a_later_moment_did() -> None:
    later = Planned("evening", MOMENT + timedelta(minutes=20), "done")
    assert due([EVENING], [later], NOW) == []


# --- the plan -------------------------------------------------------------------------------------

COMMANDS = frozenset({"collect", "check", "fixity", "backup", "recrawl"})


def test_each_publisher_has_its_times_and_none_is_in_an_hour_that_clocks_double_or_leap_over() -> (
    None
):
    found = plan.rhythms(Settings(backup_to="/mnt/copy"), COMMANDS)
    names = ["collect-isw", "collect-ctp", "check", "requests", "early-looks", "fixity", "backup"]
    assert [rhythm.name for rhythm in found] == names
    by_new_york = [rhythm for rhythm in found if rhythm.zone is plan.NEW_YORK]
    assert not [t for rhythm in by_new_york for t in rhythm.times if 1 <= t.hour < 3]
    assert found[0].arguments == ("collect", "--publisher", "isw")


def test_every_publisher_has_its_times_and_can_be_named() -> None:
    for site in SITES:
        publisher_here(site.name)
        assert site.looks
    for name in ("aei", "ISW", ""):
        with pytest.raises(BadInputError, match="no such publisher; nothing was fetched"):
            publisher_here(name)


def test_what_this_version_cannot_do_is_not_planned() -> None:
    settings = Settings(early_looks="off")
    assert [r.name for r in plan.rhythms(settings, {"collect", "check"})][-1] == "check"


def test_a_time_that_the_operator_chose_is_utc_and_comes_four_times_a_day() -> None:
    looks, check, *_ = plan.rhythms(Settings(daily_at="21:40"), COMMANDS)
    assert hours(looks, "2026-11-01T00:00", 4) == [
        "11-01 03:40",
        "11-01 09:40",
        "11-01 15:40",
        "11-01 21:40",
    ]
    assert hours(check, "2026-11-01T00:00", 2) == ["11-01 00:40", "11-02 00:40"]


@pytest.mark.parametrize("text", ["6", "25:00", "06:60", "six", "06:1O"])
def test_a_wrong_time_of_day_is_said_so(text: str) -> None:
    with pytest.raises(BadInputError, match="daily_at"):
        plan.rhythms(Settings(daily_at=text), COMMANDS)
