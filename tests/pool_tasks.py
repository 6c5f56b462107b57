"""Tasks for the pool's tests: workers import them by name."""

import os
import signal
import sys
import threading


def double(number):
    return number * 2


def add(left, right):
    return left + right


def fail(text):
    raise ValueError(text)


def hang():
    threading.Event().wait()


def spin():
    while True:
        pass


def hang_deaf():
    """Hangs and does not listen to the request to end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Event().wait()


def leave(code):
    os._exit(code)


def be_killed():
    os.kill(os.getpid(), signal.SIGKILL)


def die_over(*page):
    """Whatever it is."""
    be_killed()


def die_once(mark):
    """Is killed, unless it was before."""
    if not mark.exists():
        mark.touch()
        be_killed()
    return "done"


def touch(mark):
    mark.touch()


def wait_for(mark):
    """Until it is there."""
    while not mark.exists():
        threading.Event().wait(0.005)


def pid_and_megabytes(count):
    return os.getpid(), bytes(count << 20)


def allocate(count):
    return len(bytearray(count))


def pid():
    return os.getpid()


def pid_and_parent():
    return os.getpid(), os.getppid()


def raise_timeout():
    raise TimeoutError("the task's own")


def unpicklable():
    return threading.Lock()


def loaded(*names):
    """Which of these modules a worker began with."""
    return [name for name in names if name in sys.modules]


def fail_for_the_machine():
    from archive.errors import MachineError

    raise MachineError("the disk is full")
