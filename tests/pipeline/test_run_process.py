"""Jobs as processes: how each ended, and that none runs on for ever."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pipeline.decide.rhythm import End
from pipeline.run import process
from pipeline.run.interrupts import stoppable
from pipeline.run.process import Runner


def runner(limit_s: float = 60, memory_bytes: int = 0) -> Runner:
    return Runner((sys.executable, "-c"), limit_s, memory_bytes)


@pytest.mark.parametrize(
    ("code", "end"),
    [(0, End.DONE), (1, End.PROBLEMS), (2, End.FAILED), (3, End.STOPPED), (70, End.FAILED)],
)
def test_the_exit_code_says_how_a_job_ended(code: int, end: End) -> None:
    assert runner().run([f"raise SystemExit({code})"]).end is end


def test_a_job_that_is_killed_is_lost_and_the_signal_named() -> None:
    ended = runner().run(["import os; os.kill(os.getpid(), 9)"])
    assert (ended.end, "SIGKILL" in ended.why) == (End.LOST, True)


def test_a_job_that_takes_too_long_is_ended() -> None:
    ended = runner(limit_s=0.3).run(["import time; time.sleep(60)"])
    assert (ended.end, "job_hours" in ended.why) == (End.FAILED, True)


def test_a_job_that_takes_too_much_memory_is_ended() -> None:
    code = "import sys; sys.stdin.read(); x = bytearray(900_000_000)"
    assert runner(memory_bytes=400_000_000).run([code]).end is End.PROBLEMS
    assert runner().run([code]).end is End.DONE


def test_a_job_is_not_left_behind_by_a_second_signal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first makes us end it; the second comes while that is waited for."""
    monkeypatch.setattr(process, "STOP_S", 0.5)
    told = tmp_path / "pid"
    code = (
        "import os, pathlib, signal, sys\n"
        "again = lambda *_: os.kill(os.getppid(), signal.SIGTERM)\n"
        "signal.signal(signal.SIGTERM, again)\n"
        "pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))\n"
        "again()\n"
        "while True: signal.pause()"
    )
    with stoppable(), pytest.raises(KeyboardInterrupt):
        runner().run([code, str(told)])
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)


def test_a_runner_that_was_told_to_stop_begins_nothing() -> None:
    stopped = runner()
    stopped.stop()
    assert stopped.run(["raise SystemExit(1)"]).end is End.STOPPED


def test_a_job_is_told_which_row_is_its_own() -> None:
    code = "import os, sys; sys.exit(0 if os.environ['ISW_ARCHIVE_RUN'] == 'r1' else 1)"
    assert runner().run([code], "r1").end is End.DONE
