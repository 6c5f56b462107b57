"""Ctrl-C and SIGTERM: at once, but not in the middle of what must not be left half done, and never
lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pipeline.run.interrupts import interrupts_held, let_go, shielded, stoppable
from pipeline.run.pool import WorkerPool
from tests import pool_tasks as tasks

NUMBERS = [signal.SIGINT, signal.SIGTERM]


def send(number: signal.Signals) -> None:
    os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", NUMBERS)
def test_it_ends_what_is_under_way(number: signal.Signals) -> None:
    with stoppable() as came:
        with pytest.raises(KeyboardInterrupt):
            send(number)
        assert came == [number]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_shielded_block_is_finished_first(number: signal.Signals) -> None:
    reached = []

    def work() -> None:
        with shielded():
            with shielded():
                send(number)
                reached.append("inner")
            reached.append("outer")
        reached.append("after")

    with stoppable(), pytest.raises(KeyboardInterrupt):
        work()
    assert reached == ["inner", "outer"]


class Ignoring:
    def __del__(self) -> None:
        send(signal.SIGTERM)


def test_one_that_python_ignored_comes_with_the_next_shielded_block() -> None:
    with stoppable():
        Ignoring()
        with pytest.raises(KeyboardInterrupt), shielded():
            pass


def test_one_that_python_ignored_comes_a_moment_later_and_is_not_printed(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def work() -> None:
        Ignoring()
        threading.Event().wait(60)

    with stoppable(), pytest.raises(KeyboardInterrupt):
        work()
    assert capfd.readouterr().err == ""


def test_what_came_is_forgotten_with_the_command() -> None:
    with stoppable(), pytest.raises(KeyboardInterrupt):
        send(signal.SIGTERM)
    with stoppable(), shielded():
        pass


def test_without_an_interruption_errors_are_as_ever() -> None:
    with stoppable(), pytest.raises(ValueError, match="own"), shielded():
        raise ValueError("own")


def test_a_pool_has_its_task_before_it_hears_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with WorkerPool(1, 60) as pool:
        pool.start()
        begin = pool._begin

        def interrupted() -> None:
            send(signal.SIGTERM)
            begin()

        monkeypatch.setattr(pool, "_begin", interrupted)
        with stoppable(), pytest.raises(KeyboardInterrupt):
            pool.submit(tasks.double, 4)
        monkeypatch.setattr(pool, "_begin", begin)
        assert pool.submit(tasks.double, 4).result(timeout=60) == 8


def test_a_spider_in_its_first_imports_is_not_interrupted_with_a_traceback() -> None:
    with interrupts_held():
        spider = subprocess.Popen(
            [sys.executable, "-m", "crawler", "reports", "no-job.json"],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    spider.send_signal(signal.SIGINT)
    said = spider.communicate(timeout=60)[1]
    assert "KeyboardInterrupt" not in said
    assert spider.returncode > 0


def test_what_it_left_standing_is_tidied_up_without_a_word(
    capsys: pytest.CaptureFixture[str],
) -> None:
    db = sqlite3.connect(":memory:")

    @contextmanager
    def tidy() -> Iterator[None]:
        try:
            yield
        finally:
            db.execute("SELECT 1")

    def work() -> None:
        entered = tidy()
        entered.__enter__()
        try:
            send(signal.SIGTERM)
        finally:
            db.close()

    with stoppable():
        with pytest.raises(KeyboardInterrupt) as came:
            work()
        let_go(came.value)
    assert capsys.readouterr().err == ""
