"""Jobs as processes: how each ended, and that none runs on for ever."""

from __future__ import annotations

import sys

import pytest

from pipeline.decide.rhythm import End
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


def test_a_runner_that_was_told_to_stop_begins_nothing() -> None:
    stopped = runner()
    stopped.stop()
    assert stopped.run(["raise SystemExit(1)"]).end is End.STOPPED


def test_a_job_is_told_which_row_is_its_own() -> None:
    code = "import os, sys; sys.exit(0 if os.environ['ISW_ARCHIVE_RUN'] == 'r1' else 1)"
    assert runner().run([code], "r1").end is End.DONE
