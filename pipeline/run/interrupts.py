"""SIGTERM, Ctrl-C and a closed terminal: each ends a command as an exception, but never in the
middle of something that must not be left half done."""

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
"""How long after an interruption it is raised again if it came in a finalizer, where Python drops
exceptions."""


@dataclass(slots=True)
class _Shield:
    """How many blocks are under way that hold an interruption back, and whether it is to be raised
    at their end: also where it was raised once already, since in a finalizer Python has dropped
    it."""

    depth: int = 0
    waiting: bool = False


_shield = _Shield()


@contextmanager
def stoppable() -> Iterator[list[int]]:
    """Have SIGTERM, Ctrl-C and a closed terminal end a command in the same way: by an exception, so
    that it closes what it has open.

    Yields:
        Where the signals that came are noted. A command that was told to ignore a closed terminal
            (nohup) ignores it.
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
    """Raise an interruption again, a moment later, that came while Python finalized something (such
    as a generator that nobody reads on): there exceptions are printed and dropped, and the command
    would go on.

    A generator that an interruption left in the middle may find closed what it wants to tidy up;
    that is of no interest to anybody.
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
    """Finalize now what an interruption left in the frames that it passed, and not when the
    interpreter ends and errors are lost."""
    told: BaseException | None = error
    while told is not None:
        clear_frames(told.__traceback__)
        told = told.__context__


@contextmanager
def shielded() -> Iterator[None]:
    """Hold an interruption back until the end of the block, which has to be short, or to end soon
    by itself.

    It is for code that ends other processes, and for calls that wake another thread: an exception
    that a signal handler raises inside `queue.Queue.put` leaves a dead waiter in the queue's
    condition, and the next wake-up is lost on it.
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
    """Have a process that is started in the block hold Ctrl-C back until it has set its own handler
    (`crawler.__main__`): in its first imports Python would answer with a traceback."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
