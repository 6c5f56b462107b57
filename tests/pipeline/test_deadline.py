"""A worker's time is its own: what a busy machine keeps it from does not count."""

import os

import pytest

from pipeline.run.deadline import Deadline, waited_s


class Machine:
    """A clock, and how long a core was waited for."""

    def __init__(self) -> None:
        self.at, self.waited = 100.0, 7.0

    def deadline(self, limit_s: float) -> Deadline:
        return Deadline(limit_s, lambda: self.waited, lambda: self.at)

    def goes_on(self, seconds: float, waiting: float = 0.0) -> None:
        self.at += seconds
        self.waited += waiting


def test_who_hangs_has_the_time_of_the_clock() -> None:
    machine = Machine()
    deadline = machine.deadline(30)
    machine.goes_on(29)
    assert deadline.left_s() == 1
    machine.goes_on(1)
    with pytest.raises(TimeoutError):
        deadline.left_s()


def test_the_time_in_which_there_was_no_core_is_given_back() -> None:
    machine = Machine()
    deadline = machine.deadline(30)
    machine.goes_on(100, waiting=90)
    assert deadline.left_s() == 20
    machine.goes_on(25, waiting=5)
    with pytest.raises(TimeoutError):
        deadline.left_s()


def test_where_the_system_does_not_count_the_clock_does() -> None:
    gone = os.spawnlp(os.P_NOWAIT, "true", "true")
    os.waitpid(gone, 0)
    assert waited_s(gone) == 0.0
    assert waited_s(os.getpid()) >= 0.0
