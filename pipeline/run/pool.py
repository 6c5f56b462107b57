"""Processes for work that is slow, greedy or may hang: each task has a time limit, and a worker
that exceeds it is ended.

Workers come from a fork server, never from a fork of this process, whose reactor and threads would
not survive a fork. Each has a thread that looks after it and a connection of its own
(`pipeline.run.worker`): pools whose workers share a pipe wait for ever when one of them is killed
in the middle of it.
"""

from __future__ import annotations

import os
import pickle
import threading
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Self, TypeVar

from archive.errors import ArchiveError, MachineError
from pipeline.run.interrupts import shielded
from pipeline.run.preloads import PAGES
from pipeline.run.worker import ERROR, TOO_LARGE, Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import TracebackType

T = TypeVar("T")

# A worker is replaced after this many tasks, so that what extraction libraries leak is given back.
# A start costs about half a second of one core (imports), so at 20 ms a page the price is 3 %.
TASKS_PER_WORKER = 1_000
# Address space of one worker. Extraction of the largest allowed page stays below 0.5 GB; a bomb
# should not take the machine.
WORKER_MEMORY_BYTES = 2 * 1024**3
TRIES = 2
"""A task whose worker ended is tried once more with a fresh one: something else may have ended
it."""
AHEAD = 2
"""With so many tasks waiting per worker, a worker is handed its next task during the one before, so
that it does not wait until this process, which has other threads, gets round to it. With fewer, a
task goes to whichever worker is free first."""


class TaskTooHeavy(ArchiveError):
    """A task exceeded its limits with every worker that tried it."""


class WorkerTimeout(TaskTooHeavy):
    """A task took longer than its time; its worker was ended."""


class WorkerMemory(TaskTooHeavy):
    """A task needs more memory than a worker may have."""


class WorkerDied(ArchiveError):
    """Every worker that tried a task was killed or crashed meanwhile, or the machine refused it
    what it needed. That says nothing about the task."""


@dataclass(frozen=True, slots=True)
class _Task:
    fn: Callable[..., Any]
    args: tuple[Any, ...]
    timeout_s: float
    future: Future[Any] = field(default_factory=Future)


class WorkerPool:
    """A process pool whose tasks end in time.

    Functions and arguments must be picklable and at the top level of a module. Use as a context
    manager, or `close`.
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
            timeout_s: Seconds a task may run, not counting its wait, unless `submit` says
                otherwise.
            preload: Modules that workers begin with; they may begin with more, where an earlier
                pool of this process named that.
            tasks_per_worker: Tasks until a worker is replaced.
            memory_bytes: Address space of one worker; a task that asks for more ends as
                `WorkerMemory`.
        """
        self.preload = preload
        self.tasks_per_worker = tasks_per_worker
        self.memory_bytes = memory_bytes
        self.workers = workers or os.cpu_count() or 1
        self.timeout_s = timeout_s
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._lanes: list[_Lane] = []
        self._closed = False

    def start(self) -> None:
        """Start the workers, and wait until they have loaded what they begin with: a second or two.

        Raises:
            ArchiveError: No worker can be started.
        """
        self._begin()
        for lane in self._lanes:
            lane.begun.wait()
            if lane.refusal is not None:
                raise lane.refusal

    def submit(self, fn: Callable[..., T], *args: Any, timeout_s: float | None = None) -> Future[T]:
        """Run `fn(*args)` in a worker.

        Returns:
            A future. Its exception is `TaskTooHeavy`, `WorkerDied`, what `fn` raised, or an
            `ArchiveError` when no worker can be started. Cancelling it takes back what has not
            begun.

        Raises:
            ArchiveError: The pool is closed.
        """
        if self._closed:
            raise ArchiveError(f"worker pool: {_name(fn)} was submitted after the pool closed")
        task = _Task(fn, args, self.timeout_s if timeout_s is None else timeout_s)
        with shielded():
            self._begin()
            self._tasks.put(task)
        return task.future

    def map_ordered(
        self,
        fn: Callable[..., T],
        items: Iterable[tuple[Any, ...]],
        window: int,
        on_failure: Callable[[tuple[Any, ...], ArchiveError], T] | None = None,
        known: Callable[..., T | None] | None = None,
    ) -> Iterator[T]:
        """Run `fn(*item)` for every item, at most `window` of them read ahead; results in the order
        of `items`.

        Args:
            fn: A function at the top level of a module.
            items: Its arguments, read only as results are taken.
            window: How many items may be under way; bounds the memory.
            on_failure: What stands for the result of a task that ended its workers. Without it the
                error is raised, and the tasks that were under way are given up. What `fn` itself
                raises is always raised.
            known: Asked about each item first: the result where it is there already, else None.
        """
        waiting: deque[tuple[tuple[Any, ...], Future[T]]] = deque()
        try:
            for item in items:
                value = known(*item) if known is not None else None
                future = self.submit(fn, *item) if value is None else _ready(value)
                waiting.append((item, future))
                if len(waiting) >= max(window, 1):
                    yield _settled(*waiting.popleft(), on_failure)
            while waiting:
                yield _settled(*waiting.popleft(), on_failure)
        finally:
            for _, future in waiting:
                future.cancel()

    def close(self, *, wait: bool = True) -> None:
        """End the workers: after their tasks, or at once where `wait` is False. A second call does
        nothing."""
        self._closed = True
        lanes, self._lanes = self._lanes, []
        if not wait:
            self._drop_waiting()
            for lane in lanes:
                lane.stop()
        for _ in lanes:
            self._tasks.put(None)
        for lane in lanes:
            lane.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close(wait=kind is None)

    def _begin(self) -> None:
        if not self._lanes:
            self._lanes = [_Lane(self, self._tasks) for _ in range(self.workers)]
            for lane in self._lanes:
                lane.start()

    def _drop_waiting(self) -> None:
        while True:
            try:
                task = self._tasks.get_nowait()
            except Empty:
                return
            if task is not None:
                task.future.cancel()


class _Lane(threading.Thread):
    """Gives tasks to one worker, one after the other, and replaces it when it ends.

    Attributes:
        begun: Set once the first worker is ready, or could not be started.
        refusal: Why no worker can be started, or None.
    """

    def __init__(self, pool: WorkerPool, tasks: SimpleQueue[_Task | None]) -> None:
        # a daemon: whatever happens, the end of the program never waits for it
        super().__init__(name="worker", daemon=True)
        self.begun = threading.Event()
        self.refusal: ArchiveError | None = None
        self._pool = pool
        self._tasks = tasks
        self._worker: Worker | None = None
        self._ahead: tuple[_Task, bytes] | None = None
        self._stopping = False

    def stop(self) -> None:
        """End at once; a task under way ends as `WorkerDied`."""
        self._stopping = True
        if (worker := self._worker) is not None:
            worker.kill()

    def run(self) -> None:
        """Run tasks until the pool has no more."""
        try:
            self._have_worker()
        except ArchiveError as error:
            self.refusal = error
        except Exception as error:  # noqa: BLE001 - a lane that ends leaves its tasks waited for, for ever
            self.refusal = ArchiveError(f"worker processes cannot be started: {error!r}")
        finally:
            self.begun.set()
        while (following := self._following()) is not None:
            self._run_task(*following)
        self._end_worker()

    def _following(self) -> tuple[_Task, bytes] | None:
        """The next task, and it as it travels; None when there will be none."""
        following, self._ahead = self._ahead, None
        while following is None:
            task = self._tasks.get()
            if task is None:
                return None
            following = _begun(task)
        return following

    def _handed(self) -> bytes | None:
        """What the worker is handed beside the task under way; None where it is to wait."""
        is_last = self._worker is None or self._worker.tasks >= self._pool.tasks_per_worker
        enough = self._tasks.qsize() >= AHEAD * self._pool.workers
        if self._ahead is not None or is_last or not enough:
            return None
        try:
            task = self._tasks.get_nowait()
        except Empty:
            return None
        if task is None:
            self._tasks.put(None)  # the end, for whoever comes to it
            return None
        self._ahead = _begun(task)
        return None if self._ahead is None else self._ahead[1]

    def _run_task(self, task: _Task, message: bytes) -> None:
        try:
            value = self._tried(task, message)
        except BaseException as error:  # noqa: BLE001 - whoever waits for it must hear of it
            task.future.set_exception(error)
        else:
            task.future.set_result(value)

    def _tried(self, task: _Task, message: bytes) -> Any:
        for _ in range(TRIES - 1):
            try:
                return self._once(task, message)
            except (TaskTooHeavy, WorkerDied):
                if self._stopping:
                    raise
        return self._once(task, message)

    def _once(self, task: _Task, message: bytes) -> Any:
        worker, name = self._have_worker(), _name(task.fn)
        try:
            how, value = worker.ask(message, task.timeout_s, self._handed)
        except TimeoutError as error:
            self._end_worker()
            raise WorkerTimeout(
                f"{name}: took longer than {task.timeout_s:g} s; its worker was ended"
            ) from error
        except (EOFError, OSError) as error:
            raise WorkerDied(
                f"{name}: its worker ended with exit code {self._end_worker()}"
            ) from error
        if how == TOO_LARGE or worker.tasks >= self._pool.tasks_per_worker:
            self._end_worker()
        if how == TOO_LARGE:
            raise WorkerMemory(f"{name}: needs more memory than a worker may have")
        if how == ERROR and isinstance(value, MachineError):
            self._end_worker()  # it may have another task in hand, and be asked for this one again
            raise WorkerDied(f"{name}: {value}") from value
        if how == ERROR:
            raise value
        return value

    def _have_worker(self) -> Worker:
        if self._stopping:
            raise WorkerDied("the pool is closing")
        if self._worker is None:
            try:
                self._worker = Worker(self._pool.preload, self._pool.memory_bytes)
            except (EOFError, OSError) as error:
                raise ArchiveError(
                    "worker processes cannot be started; check the machine's memory, its limits "
                    "of processes and open files, and the room in its temporary folder"
                ) from error
            if self._stopping:
                self._worker.kill()
        return self._worker

    def _end_worker(self) -> int | None:
        worker, self._worker = self._worker, None
        return None if worker is None else worker.end()


def _begun(task: _Task) -> tuple[_Task, bytes] | None:
    """A task that was not cancelled, and it as it travels; what cannot travel ends here."""
    if not task.future.set_running_or_notify_cancel():
        return None
    try:
        return task, pickle.dumps((task.fn, task.args), pickle.HIGHEST_PROTOCOL)
    except BaseException as error:  # noqa: BLE001 - whoever waits for it must hear of it
        task.future.set_exception(error)
        return None


def _name(fn: Callable[..., Any]) -> str:
    return getattr(fn, "__qualname__", repr(fn))


def _ready(value: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(value)
    return future


def _settled(
    item: tuple[Any, ...],
    future: Future[T],
    on_failure: Callable[[tuple[Any, ...], ArchiveError], T] | None,
) -> T:
    try:
        return future.result()
    except (TaskTooHeavy, WorkerDied) as error:
        if on_failure is None:
            raise
        return on_failure(item, error)
