"""A year of the real plan, one look a minute after each of its moments, in memory: both changes of
the clock, three crashes, a week off, two days of a full disk, half a day of a long command."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from archive.config import Settings
from archive.model.operations import Planned
from pipeline.cli.main import main
from pipeline.decide.rhythm import LOOK_BACK_DAYS, End, Rhythm, due, next_moments
from pipeline.read.publishers.registry import SITES
from pipeline.run import plan

BEGIN, FINISH = datetime(2026, 1, 5, tzinfo=UTC), datetime(2027, 1, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def span(begin: str, days: float) -> tuple[datetime, datetime]:
    first = datetime.fromisoformat(f"{begin}+00:00")
    return first, first + timedelta(days=days)


WEEK_OFF = span("2026-08-03T00:00", 7)
DISK_FULL = span("2026-05-20T10:00", 2)
HELD = span("2026-09-09T12:00", 0.5)
SHUT = (WEEK_OFF, DISK_FULL, HELD)
CRASHES = [
    datetime.fromisoformat(f"{text}+00:00")
    # the night of a change of clocks, a collect, a Sunday's verify
    for text in ("2026-03-08T07:00", "2026-06-14T21:00", "2026-11-01T13:00")
]


def is_shut(now: datetime) -> bool:
    return any(begin <= now < end for begin, end in SHUT)


def moments(rhythm: Rhythm) -> list[datetime]:
    found = []
    for moment in next_moments(rhythm, BEGIN):
        if moment >= FINISH:
            break
        found.append(moment)
    return found


def simulated(rhythms: tuple[Rhythm, ...]) -> list[Planned]:
    """All runs of the year."""
    looks = sorted({moment + MINUTE for rhythm in rhythms for moment in moments(rhythm)})
    looks = sorted({*looks, *(end + MINUTE for _, end in SHUT)})
    runs, recent, waiting = [], [], list(CRASHES)
    for now in looks:
        if is_shut(now):
            continue
        since = now - timedelta(days=LOOK_BACK_DAYS)
        recent = [run for run in recent if run.moment >= since]
        found = due(rhythms, recent, now)
        for one in found:
            crashed = bool(waiting) and waiting[0] <= now
            if crashed:
                waiting.pop(0)
            ended = Planned(one.rhythm.name, one.moment, End.LOST if crashed else End.DONE)
            recent.append(ended)
            runs.append(ended)
            if crashed:  # what was behind it is due at the next look, as is the lost one
                break
    assert waiting == []
    return runs


@pytest.fixture(scope="module")
def rhythms() -> tuple[Rhythm, ...]:
    return plan.rhythms(Settings(backup_to="/mnt/copy"), frozenset(main.commands))


@pytest.fixture(scope="module")
def runs(rhythms: tuple[Rhythm, ...]) -> list[Planned]:
    return simulated(rhythms)


def test_no_moment_is_attended_to_twice(runs: list[Planned]) -> None:
    done = Counter((run.name, run.moment) for run in runs if run.end == End.DONE)
    assert set(done.values()) == {1}


def test_no_moment_is_left_out_but_those_that_a_later_one_stands_for(
    rhythms: tuple[Rhythm, ...], runs: list[Planned]
) -> None:
    first = min(run.moment for run in runs)
    for rhythm in rhythms:
        wanted = [one for one in moments(rhythm) if one >= first]
        missed = {one for one in wanted if is_shut(one + MINUTE)}
        made_up = {
            max((one for one in wanted if begin <= one + MINUTE < end), default=None)
            for begin, end in SHUT
        } - {None}
        done = {run.moment for run in runs if run.name == rhythm.name and run.end == End.DONE}
        left_out = set(wanted) - done
        assert left_out <= missed - made_up | _behind_a_crash(wanted)
        assert made_up <= done


def _behind_a_crash(wanted: list[datetime]) -> set[datetime]:
    """A moment whose run was lost, where the next had come before the next look."""
    return {one for one in wanted for at in CRASHES if at <= one + MINUTE <= at + timedelta(days=1)}


def test_what_was_lost_is_made_up_once(runs: list[Planned]) -> None:
    lost = [run for run in runs if run.end == End.LOST]
    assert len(lost) == len(CRASHES)
    for run in lost:
        later = [r for r in runs if r.name == run.name and r.moment >= run.moment and r is not run]
        assert later[0].end == End.DONE


def test_both_changes_of_the_clock_keep_new_yorks_hours(runs: list[Planned]) -> None:
    local = {
        f"{run.moment.astimezone(plan.NEW_YORK):%H:%M}" for run in runs if run.name == "collect-isw"
    }
    assert local == set(SITES[0].looks)
