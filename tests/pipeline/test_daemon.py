"""The daemon and `run-due`: what each looks after, and that an archive has one of them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from archive import clock
from archive.config import Settings
from archive.db.database import open_database
from archive.db.tables import planned_rows
from archive.errors import BadInputError
from archive.folder import DataFolder
from archive.model.operations import QueuedRun
from pipeline.cli.main import main
from pipeline.decide.rhythm import End
from pipeline.run import notices
from pipeline.run.daemon import INDEX, PLAN, WATCH, Daemon
from pipeline.run.process import Ended, Runner
from pipeline.run.schedule import only_one
from tests.schedule_world import Fake, World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


def attend_to_all(data: Path) -> DataFolder:
    """An archive whose schedule has nothing due for the next minutes."""
    folder = DataFolder(data)
    folder.make()
    db, now = open_database(folder.database), clock.now()
    for name in ("collect-isw", "collect-ctp", "check", "fixity", "collect"):
        planned_rows.queue(db, [QueuedRun(name, name, (), name, now, now)])
        planned_rows.finish(db, name, now, "done", None)
    db.close()
    return folder


def test_the_daemon_reads_its_configuration_again_and_ends_in_seconds(tmp_path: Path) -> None:
    config = tmp_path / "isw-archive.toml"
    config.write_text("")
    attend_to_all(tmp_path / "data")
    words = [sys.executable, "-m", "pipeline", "--data", str(tmp_path / "data"), "daemon"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as daemon:
        said = iter(daemon.stderr or ())
        until(said, "daemon started")
        config.write_text("daily_at = '25:99'")
        daemon.send_signal(signal.SIGHUP)
        until(said, "configuration not taken, the one of before stays")
        config.write_text("daily_at = '06:10'")
        daemon.send_signal(signal.SIGHUP)
        until(said, "configuration read again")
        daemon.send_signal(signal.SIGTERM)
        assert daemon.wait(60) == 0


def until(lines: Iterator[str], words: str) -> None:
    assert any(words in line for line in lines), words


def run_cli(tmp_path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(tmp_path / "data"), *words])


def test_run_due_runs_what_is_due_once_and_then_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, ...]] = []

    def run(_self: Runner, words: Sequence[str], run: str | None = None) -> Ended:
        ran.append(tuple(words))
        return Ended(End.PROBLEMS if words[0] == "check" else End.DONE)

    monkeypatch.setattr(Runner, "run", run)
    assert run_cli(tmp_path, "run-due").exit_code == 1
    assert {words[0] for words in ran} >= {"collect", "check", "alarms"}
    ran.clear()
    assert run_cli(tmp_path, "daemon", "--once").exit_code == 0
    assert ran == [WATCH]


def test_with_a_cluster_workers_are_attended_to_and_their_work_is_left_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, ...]] = []

    def run(_self: Runner, words: Sequence[str], run: str | None = None) -> Ended:
        ran.append(tuple(words))
        return Ended(End.DONE)

    monkeypatch.setattr(Runner, "run", run)
    monkeypatch.setenv("ISW_ARCHIVE_QUEUE", "dbname=nowhere")
    monkeypatch.setenv("ISW_ARCHIVE_DEPOT", str(tmp_path / "depot"))
    assert run_cli(tmp_path, "daemon", "--once", "--cluster").exit_code == 0
    assert ran[-3:] == [INDEX, PLAN, WATCH]
    assert ("check", "--elsewhere") in ran
    assert all("--no-sources" in words for words in ran if words[0] == "collect")


class Clock:
    """Runs at once what is to be run, and keeps in mind where."""

    def __init__(self) -> None:
        self.executors: list[str] = []

    def add_job(self, do: Any, trigger: str = "", args: Any = (), **how: Any) -> None:
        # a long job before it is no reason to leave it out
        assert how["misfire_grace_time"] is None
        if not trigger:
            do(*args)
            self.executors.append(how["executor"])


@pytest.mark.parametrize("cluster", [True, False])
def test_workers_are_planned_for_beside_whatever_job_is_under_way(
    world: World, cluster: bool
) -> None:
    world.folder.make()
    open_database(world.folder.database).close()
    own, beside, clock = Fake(world.clock), Fake(world.clock), Clock()
    daemon = Daemon(world.scheduler, own, tuple, beside if cluster else None, _clock=clock)  # type: ignore[arg-type]
    daemon._attend_workers()
    assert [words for _, words in own.ran] == ([INDEX] if cluster else [])
    assert [words for _, words in beside.ran] == ([PLAN] if cluster else [])
    assert clock.executors == (["default", "beside"] if cluster else [])


def test_while_the_configuration_is_wrong_what_is_due_stays_due(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = ["isw-archive.toml: retries is a whole number"]

    def check() -> None:
        if wrong:
            raise BadInputError(wrong[0])

    world.clock[0] += timedelta(days=1)
    told: list[str] = []
    daemon = Daemon(world.scheduler, world.fake, tuple, check=check, tell=told.append)  # type: ignore[arg-type]
    daemon._look()
    daemon._look()
    assert (world.fake.ran, len(world.scheduler.due())) == ([], 2)
    assert caplog.text.count("nothing is begun until this is mended") == 1
    assert told == [f"nothing is begun until this is mended: {wrong[0]}"]
    wrong.clear()
    daemon._look()
    assert [words[0] for _, words in world.fake.ran] == ["collect", "check", "alarms"]
    assert "it is mended" in told[1]


@pytest.mark.parametrize("command", ["run-due", "daemon"])
def test_a_configuration_under_which_nothing_begins_is_told_once_and_so_is_its_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    attend_to_all(tmp_path / "data")
    told: list[tuple[tuple[str, ...], str]] = []

    def tell(settings: Settings, _: object, what: str) -> None:
        told.append((settings.alarm_networks, what))

    monkeypatch.setattr(notices, "tell_of_configuration", tell)
    config = tmp_path / "isw-archive.toml"
    allowed = "alarm_networks = ['127.0.0.0/8']\n"
    words = [command, "--list"] if command == "daemon" else [command]
    for text in ("retries = 'many'", "retries = 'many'", "retrise = 1", "", ""):
        config.write_text(allowed + text)
        result = run_cli(tmp_path, *words)
        assert ("isw-archive.toml" in result.output) == bool(text)
    assert [said.partition(":")[0] for _, said in told] == [
        "nothing is begun until this is mended", "nothing is begun until this is mended",
        "it is mended",
    ]  # fmt: skip
    assert {networks for networks, _ in told} == {("127.0.0.0/8",)}
    assert "retrise" in told[1][1]


def test_a_cluster_needs_a_queue_and_a_depot(tmp_path: Path) -> None:
    result = run_cli(tmp_path, "daemon", "--cluster")
    assert result.exit_code == 2
    assert "daemon --cluster: the setting queue is empty" in result.output


def test_the_list_says_what_is_due_when_next_and_how_it_ended(tmp_path: Path) -> None:
    attend_to_all(tmp_path / "data")
    jobs = json.loads(run_cli(tmp_path, "daemon", "--list", "--json").stdout)["jobs"]
    [isw] = [job for job in jobs if job["job"] == "collect-isw"]
    assert (isw["due_since"], isw["last_outcome"]) == (None, "done")
    assert isw["next_local"].split()[-1] in {"EST", "EDT"}


def test_a_second_daemon_of_an_archive_is_refused(tmp_path: Path) -> None:
    with only_one(attend_to_all(tmp_path / "data")):
        assert run_cli(tmp_path, "daemon").exit_code == 3
        assert run_cli(tmp_path, "run-due").exit_code == 3
