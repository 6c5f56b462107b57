"""The schedule as it runs: rows from queued to their end, crashes, a full disk, a year."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from archive import clock
from archive.config import Settings
from archive.db import people
from archive.db.database import open_database
from archive.db.tables import planned_rows
from archive.errors import DataFolderError, LockedError
from archive.folder import DataFolder
from archive.model.operations import AlarmState
from archive.model.people import SOURCE, Subject
from archive.model.times import format_time
from pipeline.cli.main import main
from pipeline.decide.alarms import Measured, alarms, changes
from pipeline.decide.rhythm import End, Rhythm, next_moments
from pipeline.run import schedule
from pipeline.run.plan import rhythms
from pipeline.run.process import Ended
from pipeline.run.schedule import Scheduler, only_one
from tests import web_samples
from tests.schedule_world import BEGIN, EVENING, NIGHT, Fake, World, make_world


class Crash(BaseException):
    """The process that runs the schedule is gone: nothing after it is done."""


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


def test_what_is_due_gets_a_row_and_is_run_and_ends(world: World) -> None:
    assert world.scheduler.tick() == ["evening", "night"]
    assert world.rows() == [("evening", "done"), ("night", "done")]
    [(words, moment, reason)] = world.rows(
        "SELECT arguments, planned_for, reason FROM runs WHERE planned_as = 'night'"
    )
    assert (words, moment, reason) == (
        '{"words": ["check", "--all-due"]}',
        "2026-03-01T08:30:00Z",
        "schedule",
    )


def test_what_people_asked_for_is_taken_at_once_then_each_hour_and_only_while_it_waits(
    world: World,
) -> None:
    [asked] = [r for r in rhythms(Settings(), {"recrawl"}) if r.on_request]
    world.scheduler.rhythms = (asked,)
    assert world.scheduler.tick() == []
    assert not world.folder.database.exists()
    world.folder.make()
    path, at = world.folder.people, "2026-03-01T12:00:00Z"
    for name in ("https://a.example/", "https://b.example/"):
        people.request_capture(path, Subject(SOURCE, name), who="ana", at=at, reason="gone?")
    assert world.scheduler.tick() == ["requests"]
    assert world.fake.ran[-1][1] == ("recrawl", "--queued")
    assert world.scheduler.tick() == []
    world.clock[0] += timedelta(hours=1)
    assert world.scheduler.tick() == ["requests"]
    for request in people.open_requests(path):
        people.answer(path, request["id"], run="r", at=at, outcome="ok")
    world.clock[0] += timedelta(hours=1)
    assert world.scheduler.tick() == []


def test_early_looks_run_each_hour_and_only_while_a_post_is_young(world: World) -> None:
    [early] = [r for r in rhythms(Settings(), {"check"}) if r.early]
    world.scheduler.rhythms = (early,)
    assert world.scheduler.tick() == []
    world.folder.make()
    first = format_time(BEGIN - timedelta(hours=2))
    with closing(open_database(world.folder.database)) as db:
        db.execute(
            "INSERT INTO sources (id, url, cited_url, host, domain, platform, account, status, "
            "report_count, captures, first_captured_at, last_captured_at, first_seen_at) "
            "VALUES (1, "
            "'https://t.me/r/1', 'https://t.me/r/1', 't.me', 't.me', 'telegram', 'r', 'alive', "
            "1, 1, ?, ?, ?)",
            [first, first, first],
        )
    assert world.scheduler.tick() == ["early-looks"]
    assert world.fake.ran[-1][1] == ("check", "--early")
    assert world.scheduler.tick() == []
    world.clock[0] += timedelta(hours=60)
    assert world.scheduler.tick() == []


def test_a_minute_in_which_nothing_is_due_takes_no_lock_and_writes_nothing(world: World) -> None:
    world.scheduler.tick()
    before = len(world.rows())
    with (world.folder.root / "lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert world.scheduler.tick() == []
    assert len(world.rows()) == before


def test_while_another_run_holds_the_archive_what_is_due_waits(world: World) -> None:
    world.folder.make()
    with world.folder.locked(), pytest.raises(LockedError):
        world.scheduler.tick()
    assert world.fake.ran == []
    assert world.scheduler.tick() == ["evening", "night"]


def test_a_run_whose_end_nobody_saw_is_lost_and_made_up_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(number: int) -> None:
        world.fake.ends = [Crash]
        with monkeypatch.context() as broken:
            broken.setattr(Scheduler, "_finish", lambda *_: None)
            with pytest.raises(Crash):
                world.scheduler.tick()
        assert world.rows()[number] == ("evening", "queued")

    world.scheduler.rhythms = (EVENING,)
    crash(0)
    crash(1)
    assert world.scheduler.tick() == []
    assert world.rows() == [("evening", "lost"), ("evening", "lost")]
    world.clock[0] += timedelta(days=1)
    assert world.scheduler.tick() == ["evening"]


def test_what_was_queued_behind_a_run_that_was_stopped_is_run_at_the_next_start(
    world: World,
) -> None:
    world.fake.ends = [KeyboardInterrupt]
    with pytest.raises(KeyboardInterrupt):
        world.scheduler.tick()
    assert world.rows() == [("evening", "stopped"), ("night", "stopped")]
    assert world.scheduler.tick() == ["evening", "night"]


def test_a_full_disk_leaves_due_what_is_due(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise DataFolderError("archive.db: database or disk is full; free disk space and run again")

    with monkeypatch.context() as disk:
        disk.setattr(schedule, "open_database", full)
        with pytest.raises(DataFolderError, match="full"):
            world.scheduler.tick()
    assert world.fake.ran == []
    world.clock[0] += timedelta(days=2)
    assert world.scheduler.tick() == ["evening", "night"]
    assert world.scheduler.tick() == []


def test_an_end_that_could_not_be_noted_is_lost_to_the_next_look(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.scheduler.rhythms = (EVENING,)

    def disk_fills(arguments: Sequence[str], run: str | None = None) -> Ended:
        monkeypatch.setattr(schedule, "open_database", _full)
        return Ended(End.DONE)

    def _full(*_: object, **__: object) -> None:
        raise DataFolderError("full")

    monkeypatch.setattr(world.fake, "run", disk_fills)
    assert world.scheduler.tick() == ["evening"]
    monkeypatch.undo()
    assert world.scheduler.tick() == ["evening"]
    assert world.rows() == [("evening", "lost"), ("evening", "done")]


def test_what_the_schedule_writes_is_sealed_for_verify(tmp_path: Path) -> None:
    folder = web_samples.make(tmp_path / "data")
    CliRunner().invoke(main, ["--data", str(folder.root), "rebuild"])
    fake = Fake([clock.now()])
    Scheduler(folder, (EVENING, NIGHT), fake, now=lambda: fake.clock[0]).tick()
    assert fake.ran
    found = CliRunner().invoke(main, ["--data", str(folder.root), "verify", "--json"])
    faults = [
        f for f in json.loads(found.stdout)["faults"] if "database" in str(f) or "run" in str(f)
    ]
    assert faults == []


def test_one_archive_has_one_schedule(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    with only_one(folder), pytest.raises(LockedError, match="one is enough"), only_one(folder):
        pass


def test_run_logs_with_plans_outlast_a_rebuild_from_a_database_without_them(tmp_path: Path) -> None:
    from archive.db.store import Store

    old = tmp_path / "old.db"
    db = open_database(old)
    db.execute(
        "INSERT INTO runs (id, job, arguments, started_at) VALUES ('r', 'collect', '{}', "
        "'2026-01-01T00:00:00Z')"
    )
    db.execute("DROP INDEX runs_by_plan")
    for column in ("planned_as", "planned_for", "queued_at", "detail"):
        db.execute(f"ALTER TABLE runs DROP COLUMN {column}")
    db.close()
    with Store(tmp_path / "archive.db") as store:
        store.copy_run_logs(old)
        assert store.db.execute("SELECT id, planned_as FROM runs").fetchall() == [("r", None)]


SCHEDULE = """
import sys
from datetime import UTC, datetime, time
from pathlib import Path
from archive.folder import DataFolder
from pipeline.decide.rhythm import Rhythm
from pipeline.run.process import Runner
from pipeline.run.schedule import Scheduler

code = "import os, sys; print(os.getpid(), flush=True); os.close(1); sys.stderr.close(); import time; time.sleep(600)"
rhythm = Rhythm("evening", (code,), (time(19, 15),), UTC)
runner = Runner((sys.executable, "-c"), 600)
Scheduler(DataFolder(Path(sys.argv[1])), (rhythm,), runner, now=lambda: datetime(2026, 3, 1, 12, tzinfo=UTC)).tick()
"""  # noqa: E501


def test_a_schedule_that_is_killed_in_the_middle_of_a_job_makes_it_up(world: World) -> None:
    words = [sys.executable, "-c", SCHEDULE, str(world.folder.root)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as killed:
        job = int(killed.stdout.readline() if killed.stdout else 0)
        killed.kill()
        killed.wait()
        os.kill(job, signal.SIGKILL)
    world.scheduler.rhythms = (EVENING,)
    assert world.rows() == [("evening", "queued")]
    assert world.scheduler.tick() == ["evening"]
    assert world.rows() == [("evening", "lost"), ("evening", "done")]


# --- a year ---------------------------------------------------------------------------------------

OFF = (datetime(2026, 8, 3, tzinfo=UTC), datetime(2026, 8, 10, tzinfo=UTC))
FULL = (datetime(2026, 5, 20, 10, tzinfo=UTC), datetime(2026, 5, 22, 10, tzinfo=UTC))
MISSED = {"evening": 8 - 1 + 2 - 1, "night": 7 - 1 + 2 - 1}
"""Of a week one is made up, of two days one."""
CRASHES = {
    datetime(2026, 4, 2, 23, 0, tzinfo=UTC),
    datetime(2026, 6, 14, 7, 0, tzinfo=UTC),
    datetime(2026, 12, 24, 0, 0, tzinfo=UTC),
}


class Held:
    """The database, opened once for a year of looks: opening it is most of what a look costs."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def __getattr__(self, name: str) -> object:
        return getattr(self._db, name)

    def close(self) -> None:
        pass


# Thrice a day, one look soon after each moment in summer as in winter; the daemon's are each
# minute.
LOOKS = [BEGIN + timedelta(days=n, hours=h) for n in range(365) for h in (0, 12.5, 20.75)]


def test_a_year_has_the_right_runs_no_double_and_no_gap(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From March to March: both changes of the clock, three crashes, a week off, a full disk."""
    crashed: set[datetime] = set()
    states: list[AlarmState] = []
    world.folder.make()
    held = Held(open_database(world.folder.database))

    def disk(_path: Path) -> Held:
        if FULL[0] <= world.clock[0] < FULL[1]:
            raise DataFolderError("database or disk is full")
        return held

    monkeypatch.setattr(schedule, "open_database", disk)
    monkeypatch.setattr(schedule, "open_readonly", lambda _path: held)
    for look in LOOKS:
        world.clock[0] = look
        now = world.clock[0]
        waiting = [moment for moment in CRASHES if moment <= now and moment not in crashed]
        if not OFF[0] <= now < OFF[1]:
            _look(world, monkeypatch, waiting, crashed)
            states += _alarmed(world, held, states)
    assert crashed == CRASHES
    held._db.close()
    for rhythm in (EVENING, NIGHT):
        _no_double_and_no_gap(world, rhythm)
    told = [(state.alarm.name, state.at[:10], state.raised) for state in states]
    assert told == [
        ("lost/evening", "2026-04-03", True), ("lost/evening", "2026-04-04", False),
        ("space", "2026-05-20", True), ("space", "2026-05-22", False),
        ("lost/night", "2026-06-14", True), ("lost/night", "2026-06-16", False),
        ("lost/evening", "2026-12-24", True), ("lost/evening", "2026-12-25", False),
    ]  # fmt: skip


def _alarmed(world: World, held: Held, before: list[AlarmState]) -> list[AlarmState]:
    now = world.clock[0]
    full = "no room" if FULL[0] <= now < FULL[1] else None
    lost = tuple(planned_rows.lost_since(held, now - timedelta(days=1)))
    seen = alarms(Measured(low_space=full, broken_off=lost))
    return changes(seen, {state.alarm.name: state for state in before}, f"{now:%Y-%m-%dT%H:%M:%SZ}")


def _look(world: World, monkeypatch: pytest.MonkeyPatch, waiting: list, crashed: set) -> None:
    if waiting and world.scheduler.due():
        world.fake.ends = [Crash]
        with monkeypatch.context() as broken:
            broken.setattr(Scheduler, "_finish", lambda *_: None)
            with pytest.raises(Crash):
                world.scheduler.tick()
        crashed.update(waiting)
        return
    try:
        world.scheduler.tick()
    except DataFolderError:
        assert FULL[0] <= world.clock[0] < FULL[1]


def _no_double_and_no_gap(world: World, rhythm: Rhythm) -> None:
    rows = world.rows(f"SELECT planned_for, outcome FROM runs WHERE planned_as = '{rhythm.name}'")
    done = Counter(moment for moment, outcome in rows if outcome == "done")
    assert set(done.values()) == {1}
    wanted = []
    for moment in next_moments(rhythm, BEGIN - timedelta(days=1)):
        if moment > LOOKS[-1]:
            break
        wanted.append(moment)
    # a moment is the run's whose look comes next; of several that were missed the last is made up
    looks = [look for look in LOOKS if not any(a <= look < b for a, b in (OFF, FULL))]
    by_look = {next(look for look in looks if look >= moment): moment for moment in wanted}
    assert set(done) == {f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in by_look.values()}
    assert len(wanted) - len(by_look) == MISSED[rhythm.name]
