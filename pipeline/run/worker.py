"""One worker process, and what its parent holds of it. Contains no business logic.

Each worker has a socket of its own and shares neither pipe nor lock with another, so that its death
is seen at once and harms nobody else.
"""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import os
import pickle
import resource
import socket
import struct
import threading
import traceback
import weakref
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import connection, forkserver, resource_tracker
from signal import SIG_BLOCK, SIG_SETMASK, SIGHUP, SIGINT, SIGTERM, pthread_sigmask
from typing import TYPE_CHECKING, Any

from pipeline.run.deadline import Deadline, waited_s

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

RESULT, ERROR, TOO_LARGE = "result", "error", "too large"
"""How a task went: its value, what it raised, or that it asked for more memory than a worker may
have."""

# New objects until the collector looks for cycles. A page makes tens of thousands and hardly a
# cycle: with the default of 700 the collector takes 8 % of a worker's time, and 11 % of that of
# whoever takes its results.
COLLECT_EVERY = 50_000
# A worker loads what it begins with in a second or two; on a machine that swaps it may take this
# long.
START_S = 120.0
_LENGTH = struct.Struct("!Q")
_DEAF_TO = {SIGINT, SIGTERM, SIGHUP}
_alive: weakref.WeakSet[Worker] = weakref.WeakSet()
_preparing = threading.Lock()
_preloaded: set[str] = set()
_server: Any = forkserver._forkserver  # noqa: SLF001 - type stubs do not know its end


def _end_all() -> None:
    """End all workers when the program ends: they ignore signals, so that multiprocessing would ask
    them to end and wait for ever."""
    for worker in list(_alive):
        worker.kill()


# registered after multiprocessing's own, so that it comes before
atexit.register(_end_all)


def _nothing() -> None:
    """Stands for `following` where no task follows."""


class Worker:
    """A worker, as the process that gives it work sees it. For one thread."""

    def __init__(self, preload: Sequence[str], memory_bytes: int) -> None:
        """Start it, and wait until it has loaded what it begins with.

        Raises:
            OSError: No process can be started.
            EOFError: It ended before it was ready.
        """
        prepare(preload)
        self._socket, theirs = socket.socketpair()
        try:
            context = multiprocessing.get_context("forkserver")
            self._process = context.Process(target=_serve, args=(theirs, memory_bytes), daemon=True)
            self._process.start()
        except BaseException:
            self._socket.close()
            raise
        finally:
            theirs.close()  # so that the end of the worker ends the connection
        _alive.add(self)
        self.tasks = 0
        self._in_hand: bytes | None = None  # the task that was handed over during another
        self._unsent: list[memoryview] = []  # what of it the socket did not take yet
        try:
            _receive(self._socket, self._deadline(START_S))
        except (EOFError, OSError) as error:
            raise EOFError(f"a worker ended with exit code {self.end()} as it began") from error

    def ask(
        self, message: bytes, timeout_s: float, following: Callable[[], bytes | None] = _nothing
    ) -> tuple[str, Any]:
        """What becomes of a task: one of the words above, and the value or the exception.

        Args:
            message: A pickled pair, function and arguments.
            timeout_s: Seconds for all of it, as `pipeline.run.deadline` counts them.
            following: Gives the very message that will be asked about next, or None: the worker
                has it in hand when it is done with this one, and waits for nobody.

        Raises:
            TimeoutError: No answer in time; the worker still runs.
            EOFError: The worker is gone.
            OSError: Likewise.
        """
        until = self._deadline(timeout_s)
        self.tasks += 1
        if self._in_hand is None:
            self._unsent = _parts(message)
        elif message is not self._in_hand:
            raise AssertionError("the worker has another task in hand, and answers that first")
        _send(self._socket, self._unsent, until)
        self._hand_over(following())
        answer: tuple[str, Any] = pickle.loads(_receive(self._socket, until))  # noqa: S301 - our own process
        return answer

    def _hand_over(self, message: bytes | None) -> None:
        """Send as much of the next task as the socket takes now: the worker may read on only after
        we have taken its answer."""
        self._in_hand = message
        if message is None:
            return
        self._unsent = _parts(message)
        self._socket.settimeout(0)
        with suppress(OSError):  # it is full; or the worker is gone, which its answer tells
            while self._unsent:
                _send_some(self._socket, self._unsent)

    def _deadline(self, limit_s: float) -> Deadline:
        return Deadline(limit_s, partial(waited_s, self._process.pid or 0))

    def end(self) -> int | None:
        """End it at once, whatever it does; its exit code."""
        self._socket.close()
        self._process.kill()
        self._process.join()
        return self._process.exitcode

    def kill(self) -> None:
        """End it from another thread; the one that waits for its answer sees it go."""
        self._process.kill()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for cycles as seldom as the workers do, as long as their results are taken."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_EVERY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def prepare(preload: Sequence[str]) -> None:
    """Begin to load the modules that workers begin with, in the fork server.

    Where a running fork server has loaded less, another one takes its place; workers that were
    forked from it go on.
    """
    with _preparing:
        if not _preloaded.issuperset(preload):
            if _preloaded:
                _server._stop()  # noqa: SLF001 - no public way; it ends with its last hand, as at our end
            _preloaded.clear()
            _preloaded.update(preload)
            multiprocessing.get_context("forkserver").set_forkserver_preload(list(preload))
        _start_forkserver()


def _start_forkserver() -> None:
    """Start the fork server. It and all workers ignore signals that go to the whole process group:
    we end them ourselves, once their work is safe."""
    # first, for it ends by unblocking SIGINT itself
    resource_tracker.ensure_running()
    before = pthread_sigmask(SIG_BLOCK, _DEAF_TO)
    try:
        forkserver.ensure_running()
    finally:
        pthread_sigmask(SIG_SETMASK, before)


# --- both ends ------------------------------------------------------------------------------------


def _parts(message: bytes) -> list[memoryview]:
    """A message as it is sent, its length first."""
    return [memoryview(_LENGTH.pack(len(message))), memoryview(message)]


def _send(to: socket.socket, parts: list[memoryview], until: Deadline | None) -> None:
    """Send all of it; what is sent is taken away."""
    while parts:
        to.settimeout(_left(until))
        with suppress(TimeoutError):  # whether that is the end its deadline says
            _send_some(to, parts)


def _send_some(to: socket.socket, parts: list[memoryview]) -> None:
    sent = to.sendmsg(parts)
    while parts and sent >= len(parts[0]):
        sent -= len(parts.pop(0))
    if parts:
        parts[0] = parts[0][sent:]


def _left(until: Deadline | None) -> float | None:
    return None if until is None else until.left_s()


def _receive(source: socket.socket, until: Deadline | None) -> bytearray:
    (length,) = _LENGTH.unpack(_exactly(source, _LENGTH.size, until))
    return _exactly(source, length, until)


def _exactly(source: socket.socket, length: int, until: Deadline | None) -> bytearray:
    content = bytearray(length)
    rest = memoryview(content)
    while rest:
        source.settimeout(_left(until))
        try:
            got = source.recv_into(rest)
        except TimeoutError:
            continue  # whether that is the end its deadline says
        if not got:
            raise EOFError("the other end is gone")
        rest = rest[got:]
    return content


# --- the worker's end -----------------------------------------------------------------------------


def _memory_limits(most: int) -> tuple[int, int]:
    """The worker's limit, soft and hard: what it may have at most, or less where the machine allows
    less."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    return least, least


def _serve(parent: socket.socket, memory_bytes: int) -> None:
    """Do what the parent asks for, until it hangs up or is gone."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()  # the modules: they stay
    gc.set_threshold(COLLECT_EVERY)
    # allocation fails in this worker before the kernel ends somebody else
    resource.setrlimit(resource.RLIMIT_AS, _memory_limits(memory_bytes))
    try:
        _send(parent, _parts(b""), None)
        while True:
            _send(parent, _parts(_answer(_receive(parent, None))), None)
    except (EOFError, OSError):
        os._exit(0)  # nobody hears us


def _end_with_parent() -> None:
    """End with the parent: one that was killed cannot end us, and a task must not outlive it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _answer(message: bytearray) -> bytes:
    try:
        function, arguments = pickle.loads(message)  # noqa: S301 - our parent's words
        del message
        return pickle.dumps((RESULT, function(*arguments)), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps((TOO_LARGE, None))
    except Exception as error:  # noqa: BLE001 - whatever a task raises is its caller's business
        return _raised(error)


def _raised(error: Exception) -> bytes:
    """An exception in a form that can be sent: its traceback becomes a note, and one that cannot be
    made again its words."""
    error.add_note("in a worker process:\n" + "".join(traceback.format_exception(error)))
    try:
        packed = pickle.dumps((ERROR, error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(packed)  # noqa: S301 - just packed
    except Exception:  # noqa: BLE001 - whatever its class does
        return pickle.dumps((ERROR, RuntimeError(f"{type(error).__name__}: {error}")))
    return packed
