"""SIGTERM, Ctrl-C and a closed terminal: they end a command as an exception, but not in the middle
of what must not be left half done."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


@dataclass(slots=True)
class _Shield:
    """How many blocks that hold an interruption back are under way, and whether one is to be raised
    at their end.

    It is to be also when it was raised before: where that happened in a finalizer, Python has
    ignored it.
    """

    depth: int = 0
    waiting: bool = False


_shield = _Shield()


@contextmanager
def stoppable() -> Iterator[list[int]]:
    """SIGTERM, Ctrl-C and a terminal that closes end a command the same way, with its doors closed.

    Yields:
        Names what came. A terminal that closes is nothing to a command that was told so (nohup).
    """
    came: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        came.append(number)
        _shield.waiting = True
        if not _shield.depth:
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield came
        return
    heard = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        heard.append(signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in heard}
    try:
        yield came
    finally:
        _shield.waiting = False
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def shielded() -> Iterator[None]:
    """Hold an interruption back until the end of the block, which has to be short.

    For calls that wake another thread: an exception out of a signal handler in the middle of
    `queue.Queue.put` leaves its condition with a waiter that is gone, and the next wake-up is lost
    on it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are handled in the main thread only
        return
    _shield.depth += 1
    try:
        yield
    finally:
        _shield.depth -= 1
    if _shield.waiting and not _shield.depth:
        _shield.waiting = False
        raise KeyboardInterrupt
