"""`rebuild --dask`: others read the WARC files, one writer takes them in, into the same tables."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.config import Settings
from archive.errors import BadInputError
from archive.folder import DataFolder
from pipeline.run import dask_workers
from pipeline.run.dask_workers import DaskAddress, DaskWorkers, dask_address, open_workers
from pipeline.run.jobs.mending import ahead as reading
from pipeline.run.jobs.mending.ahead import Ahead
from pipeline.run.jobs.mending.readings import Readings, ReadRequest
from pipeline.run.jobs.mending.rebuild import rebuild
from pipeline.run.jobs.say import Say
from tests.crash.holding import tables
from tests.fixity_samples import make_archive
from tests.saved import run

pytestmark = pytest.mark.minutes(1)
SETTINGS = Settings(workers=1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("ahead"))


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data"))


class Here(DaskWorkers):
    """Workers that do each task at once, in this process."""

    def __init__(self, change: Callable[[ReadRequest], ReadRequest] = lambda asked: asked) -> None:
        super().__init__(None)
        self.change = change
        self.read: list[int] = []

    def submit(self, fn: Callable[..., Any], given: object, *, turn: int) -> Any:
        assert isinstance(given, ReadRequest)
        future: Future[int] = Future()
        try:
            self.read.append(fn(self.change(given)))
            future.set_result(self.read[-1])
        except Exception as error:  # noqa: BLE001 - as Dask hands it on
            future.set_exception(error)
        return future


def rebuilt(data: Path, workers: DaskWorkers) -> None:
    ahead = Ahead(workers, DataFolder(data), SETTINGS, Say(quiet=True))
    _, problems = rebuild(ahead.folder, SETTINGS, ahead.say, ahead=ahead)
    assert problems == []
    ahead.end(done=True)


def test_with_dask_and_a_worker_killed_the_tables_are_those_of_one_process(
    data: Path, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    killed: list[int] = []

    class Unlucky(DaskWorkers):
        def submit(self, fn: Callable[..., Any], given: object, *, turn: int) -> Any:
            future = super().submit(fn, given, turn=turn)
            if turn == 1:
                killed.append(min(self.client.run(os.getpid).values()))
                os.kill(killed[0], signal.SIGKILL)
            return future

    with open_workers(DaskAddress(workers=2)) as workers:
        rebuilt(data, Unlucky(workers.client))
        assert killed[0] not in workers.client.run(os.getpid).values()
    assert tables(data) == tables(made)
    assert "read by the writer itself" not in capsys.readouterr().err
    assert not (data / "read").exists()


def test_the_command_reads_no_page_again_that_was_read_ahead(
    data: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []

    class Counted(Readings):
        def __exit__(self, *error: object) -> None:
            taken.append(self.taken)

    workers = Here()
    monkeypatch.setattr(reading, "Readings", Counted)
    monkeypatch.setattr(dask_workers, "open_workers", lambda _at: nullcontext(workers))
    assert run(data, "rebuild", "--dask", "local:2").exit_code == 0
    assert taken == workers.read == [2, 2]
    assert tables(data) == tables(made)
    assert not (data / "read").exists()


@pytest.mark.parametrize("change", [{"key": "0" * 16}, {"size": 7}])
def test_a_worker_that_is_of_another_version_or_sees_other_files_costs_only_time(
    data: Path, made: Path, change: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    ahead = Ahead(Here(lambda asked: replace(asked, **change)), DataFolder(data), SETTINGS, Say())
    rebuild(ahead.folder, SETTINGS, ahead.say, ahead=ahead)
    ahead.end(done=True)
    assert "2 files read by the writer itself: " in capsys.readouterr().err
    assert tables(data) == tables(made)


def test_a_rebuild_that_broke_off_takes_what_was_read_before_and_no_other_version(
    data: Path, made: Path
) -> None:
    first = Here()
    Ahead(first, DataFolder(data), SETTINGS, Say()).begin(sorted((data / "warc").glob("*.gz")))
    stale = data / "read" / "x.warc.gz.0123456789abcdef.gz"
    stale.write_bytes(b"")
    kept = sorted((data / "read").glob("*.warc.gz.*"))
    kept[0].write_bytes(kept[0].read_bytes()[:-300])  # a disk that was full
    again = Here()
    rebuilt(data, again)
    assert (first.read, again.read) == ([2, 2], [0, 0])
    assert not stale.exists()
    assert tables(data) == tables(made)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("local", DaskAddress()), ("local:3", DaskAddress(workers=3)),
        ("tls://10.0.0.5:8786", DaskAddress("tls://10.0.0.5:8786")),
        ("host:8786", DaskAddress("host:8786")),
    ],
)  # fmt: skip
def test_where_tasks_run_is_said_in_a_word(given: str, meant: DaskAddress) -> None:
    assert dask_address(given) == meant


@pytest.mark.parametrize("given", ["", "local:0", "local:", "here", "file:///x", "host:port"])
def test_what_names_no_scheduler_is_refused(given: str) -> None:
    with pytest.raises(BadInputError, match="give local"):
        dask_address(given)


def test_without_the_extra_that_is_said_and_nothing_begins(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    answer = run(data, "rebuild", "--dask", "local:2")
    assert answer.exit_code == 2
    assert "pip install 'isw-archive[cluster]'" in answer.output
    assert run(data, "rebuild", "--dask", "local", "--preview").exit_code == 2
