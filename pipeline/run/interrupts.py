"""SIGTERM, Ctrl-C and a closed terminal: they end a command as an exception, but not in the middle
of what must not be left half done."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from traceback import clear_frames
from types import GeneratorType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

AGAIN_S = 0.01
"""After an interruption came in a finalizer, which cannot be left by an exception."""


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
        with _raised_again(came):
            yield came
    finally:
        _shield.waiting = False
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _raised_again(came: list[int]) -> Iterator[None]:
    """What is raised while Python finalizes something (a generator that nobody reads on) is printed
    as a traceback and forgotten: it is to end the command a moment later instead.

    A generator that an interruption left where it stood may find closed what it wanted to tidy up:
    that is nothing to anybody.
    """
    usual = sys.unraisablehook
    main = threading.get_ident()
    again: list[threading.Timer] = []

    def raise_it() -> None:
        if _shield.waiting:  # or the end of a shielded block has raised it
            # to that thread, so that a wait of it ends at once
            signal.pthread_kill(main, came[-1])

    def hook(args: sys.UnraisableHookArgs) -> None:
        if not came or not issubclass(args.exc_type, KeyboardInterrupt):
            if not (came and isinstance(args.object, GeneratorType)):
                usual(args)
            return
        timer = threading.Timer(AGAIN_S, raise_it)
        timer.daemon = True
        again.append(timer)
        timer.start()

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = usual
        for timer in again:
            timer.cancel()


def let_go(error: BaseException) -> None:
    """Finalize now what an interruption left in the frames it came through, not when the
    interpreter ends and nobody hears any more."""
    told: BaseException | None = error
    while told is not None:
        clear_frames(told.__traceback__)
        told = told.__context__


@contextmanager
def shielded() -> Iterator[None]:
    """Hold an interruption back until the end of the block, which has to be short, or to end by
    itself soon.

    For what ends others, and for calls that wake another thread: an exception out of a signal
    handler in the middle of `queue.Queue.put` leaves its condition with a waiter that is gone, and
    the next wake-up is lost on it.
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


@contextmanager
def interrupts_held() -> Iterator[None]:
    """A process started meanwhile has a Ctrl-C held until it says what is to become of it
    (`crawler.__main__`): in its first imports Python would answer with a traceback."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
