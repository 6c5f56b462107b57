"""Processes for work that is slow, greedy or may hang: each task has its time, and its worker dies with it.

pebble does the killing. Workers come from a fork server, never from a fork of this process: a reactor and its threads do
not survive a fork.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import multiprocessing
import os
import resource
import signal
from collections import deque
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver, resource_tracker
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from archive.errors import ArchiveError
from pipeline.run.interrupts import shielded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import TracebackType

T = TypeVar("T")

# A worker is replaced after this many tasks, so that what extraction libraries leak is given back. A start costs about
# half a second of one core (imports), so at 20 ms a page the price is 3 %.
TASKS_PER_WORKER = 1_000
# Imported once by the fork server; workers begin with them.
REPORTS = ("pipeline.read.process", "pipeline.read.parse")
"""For work that is mostly reports: workers are ready 0.5 s sooner; one that meets a cited page loads the rest itself."""
PAGES = ("pipeline.read.text.warm", *REPORTS)
"""For cited pages: the extraction libraries and the language model, 100 MB that all workers then share."""
# Address space of one worker. Extraction of the largest allowed page stays below 0.5 GB; a bomb should not take the machine.
WORKER_MEMORY_BYTES = 2 * 1024**3
# New objects until the collector looks for cycles. A page makes tens of thousands and hardly a cycle: with the default of 700
# the collector takes 8 % of a worker's time.
COLLECT_EVERY = 50_000


class WorkerTimeout(ArchiveError):
    """A task took longer than its time; its worker was ended."""


class WorkerDied(ArchiveError):
    """A worker ended in the middle of a task: killed, out of memory, or crashed."""


class WorkerPool:
    """A process pool whose tasks end in time.

    Functions and arguments must be picklable and at the top level of a module. Use as a context manager, or `close`.
    """

    def __init__(
        self,
        workers: int,
        timeout_s: float,
        *,
        preload: Sequence[str] = PAGES,
        tasks_per_worker: int = TASKS_PER_WORKER,
        memory_bytes: int = WORKER_MEMORY_BYTES,
    ) -> None:
        """Start nothing yet; workers start with the first task, or with `start`.

        Args:
            workers: Processes; 0 for one a core.
            timeout_s: Seconds a task may run, not counting its wait, unless `submit` says otherwise.
            preload: Modules that workers begin with; what the first pool of a process names counts for all.
            tasks_per_worker: Tasks until a worker is replaced.
            memory_bytes: Address space of one worker; a task that asks for more ends as `WorkerDied`.
        """
        self.preload = preload
        self.tasks_per_worker = tasks_per_worker
        self.memory_bytes = memory_bytes
        self.workers = workers or os.cpu_count() or 1
        self.timeout_s = timeout_s
        self._pool: Any = None  # a ProcessPool; pebble's types are partial
        self._closed = False

    def start(self) -> None:
        """Start the workers, and wait until they have loaded what they begin with: a second or two.

        Without it the first `submit` waits for that.

        Raises:
            ArchiveError: No worker can be started.
        """
        with _starting():
            self._running_pool()

    def _set_up(self) -> Any:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(self.preload))
        _start_forkserver()
        return context

    def submit(self, fn: Callable[..., T], *args: Any, timeout_s: float | None = None) -> Future[T]:
        """Run `fn(*args)` in a worker.

        Returns:
            A future. Its exception is `WorkerTimeout`, `WorkerDied`, or what `fn` raised. Cancelling it ends the worker.

        Raises:
            ArchiveError: The pool is closed, or no worker can be started.
        """
        if self._closed:
            raise ArchiveError(f"worker pool: {_name(fn)} was submitted after the pool closed")
        outer: Future[T] = Future()
        limit = self.timeout_s if timeout_s is None else timeout_s
        with _starting(), shielded():
            inner = self._running_pool().schedule(fn, args=args, timeout=limit)
        inner.add_done_callback(functools.partial(_pass_on, outer, _name(fn), limit))
        outer.add_done_callback(lambda done: inner.cancel() if done.cancelled() else None)
        return outer

    def map_ordered(
        self,
        fn: Callable[..., T],
        items: Iterable[tuple[Any, ...]],
        window: int,
        on_failure: Callable[[tuple[Any, ...], ArchiveError], T] | None = None,
    ) -> Iterator[T]:
        """Run `fn(*item)` for every item, at most `window` of them read ahead; results in the order of `items`.

        Args:
            fn: A function at the top level of a module.
            items: Its arguments, read only as results are taken.
            window: How many items may be under way; bounds the memory.
            on_failure: What stands for the result of a task that ended its worker. Without it the error is raised, and the
                tasks that were under way are given up. What `fn` itself raises is always raised.
        """
        waiting: deque[tuple[tuple[Any, ...], Future[T]]] = deque()
        try:
            for item in items:
                waiting.append((item, self.submit(fn, *item)))
                if len(waiting) >= max(window, 1):
                    yield _settled(*waiting.popleft(), on_failure)
            while waiting:
                yield _settled(*waiting.popleft(), on_failure)
        finally:
            for _, future in waiting:
                future.cancel()

    def close(self, wait: bool = True) -> None:
        """End the workers: after their tasks, or at once where `wait` is False. A second call does nothing."""
        self._closed = True
        pool, self._pool = self._pool, None
        if pool is None:
            return
        if wait:
            pool.close()
        else:
            pool.stop()
        pool.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close(wait=kind is None)

    def _running_pool(self) -> Any:
        """The pool; a new one where the last broke (every worker killed at once, say by the kernel's memory killer)."""
        if self._pool is not None and not self._pool.active:
            self._pool.stop()
            self._pool.join()
            self._pool = None
        if self._pool is None:
            self._pool = ProcessPool(
                self.workers,
                max_tasks=self.tasks_per_worker,
                initializer=_prepare_worker,
                initargs=(self.memory_bytes,),
                context=self._set_up(),
            )
            self._pool.active  # noqa: B018 - asked, it starts
        return self._pool


@contextlib.contextmanager
def _starting() -> Iterator[None]:
    try:
        yield
    except (BrokenProcessPool, OSError) as error:
        raise ArchiveError(
            "worker processes cannot be started; check the machine's memory and the room in its temporary folder"
        ) from error


def _start_forkserver() -> None:
    """Start it, and with it all workers, deaf to Ctrl-C: that goes to the whole terminal, and we end them ourselves."""
    # first, for it ends by unblocking SIGINT itself
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _name(fn: Callable[..., Any]) -> str:
    return getattr(fn, "__qualname__", repr(fn))


def _settled(
    item: tuple[Any, ...],
    future: Future[T],
    on_failure: Callable[[tuple[Any, ...], ArchiveError], T] | None,
) -> T:
    try:
        return future.result()
    except (WorkerTimeout, WorkerDied) as error:
        if on_failure is None:
            raise
        return on_failure(item, error)


def _prepare_worker(limit_bytes: int) -> None:
    """Let allocation fail in this worker before the kernel ends somebody else, and look for garbage less often."""
    gc.freeze()  # the modules: they stay
    gc.set_threshold(COLLECT_EVERY)
    resource.setrlimit(resource.RLIMIT_AS, (limit_bytes, limit_bytes))


def _pass_on(outer: Future[T], name: str, limit_s: float, inner: Future[T]) -> None:
    """Give the result of pebble's future to ours, its errors in our words."""
    if inner.cancelled() or not outer.set_running_or_notify_cancel():
        outer.cancel()
        return
    error = inner.exception()
    if error is None:
        outer.set_result(inner.result())
        return
    named: BaseException = error
    # A TimeoutError that `fn` itself raised comes with a remote traceback; pebble's own has two arguments.
    if isinstance(error, FutureTimeoutError) and error.args[:1] == ("Task timeout",):
        named = WorkerTimeout(f"{name}: took longer than {limit_s:g} s; its worker was ended")
    elif isinstance(error, MemoryError):
        named = WorkerDied(f"{name}: needs more memory than a worker may have")
    elif isinstance(error, ProcessExpired):
        named = WorkerDied(f"{name}: its worker ended with exit code {error.exitcode}")
    elif isinstance(error, BrokenProcessPool):
        named = WorkerDied(f"{name}: all workers ended: {error}")
    if named is not error:
        named.__cause__ = error
    outer.set_exception(named)
