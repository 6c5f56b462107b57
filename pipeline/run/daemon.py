"""The daemon: every minute APScheduler looks whether a job is due. Signals stop it, or have it read
its configuration again."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from archive.errors import ArchiveError, LockedError
from archive.model.times import format_time
from pipeline.decide.rhythm import End, next_moments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from types import FrameType

    from pipeline.decide.rhythm import Rhythm
    from pipeline.run.process import Runner
    from pipeline.run.schedule import Scheduler

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 60
"""So that a machine that slept, or whose clock was set, catches up within a minute; a look reads
one small index."""

WATCH_EVERY = timedelta(hours=1)
"""How often alarms are looked for, besides after every job."""

WATCH = ("alarms", "--notify", "--quiet")
"""The command that looks for alarms, keeps what changed, and tells of it."""

CLUSTER_EVERY = timedelta(minutes=5)
"""How often the captures of workers are taken in, and what is due planned for them: a job of a
large platform keeps a worker busy for seven minutes."""

INDEX, PLAN = ("index",), ("plan",)

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass(slots=True)
class Daemon:
    """A schedule that goes on until it is told to stop.

    Attributes:
        reload: Reads the configuration again; gives the rhythms, and a runner of commands.
        beside: Runs the planner of a cluster, which only reads, while other jobs hold the archive;
            None without a cluster.
        check: Reads the configuration as each command does when it begins; raises `ArchiveError`
            with what is wrong.
        tell: Sends a notice of what is wrong, by the settings for notices that were read last.
    """

    scheduler: Scheduler
    runner: Runner
    reload: Callable[[], tuple[Rhythm, ...]]
    beside: Runner | None = None
    check: Callable[[], object] = tuple
    tell: Callable[[str], object] = logger.debug
    _unread: str = ""
    _watched: datetime | None = None
    _again: bool = False
    _clock: BackgroundScheduler = field(
        default_factory=lambda: BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1), "beside": ThreadPoolExecutor(1)},
        )
    )

    def serve(self, first: tuple[tuple[str, ...], ...] = ()) -> None:
        """Run until SIGTERM or Ctrl-C.

        Args:
            first: Commands to run at once, whatever is due.
        """
        with _woken() as signals:
            for words in first:
                self._clock.add_job(self.runner.run, args=(words,))
            self._clock.add_job(
                self._look, "interval", seconds=LOOK_EVERY_S, id="look", replace_existing=True,
                coalesce=True, max_instances=1, misfire_grace_time=None,
            )  # fmt: skip
            self._clock.add_job(self._look)
            self._attend_workers()
            self._clock.start()
            say_next_runs(self.scheduler)
            logger.info("daemon started, process %d", os.getpid())
            try:
                self._until_stopped(signals)
            finally:
                logger.info("stopping")
                for one in filter(None, (self.runner, self.beside)):
                    one.stop()
                self._clock.shutdown(wait=True)

    def _attend_workers(self) -> None:
        """Take in what the workers captured, as one job among others, and plan for them while other
        jobs run."""
        if self.beside is None:
            return
        for runner, words, executor in (
            (self.runner, INDEX, "default"), (self.beside, PLAN, "beside"),
        ):  # fmt: skip
            self._clock.add_job(
                self._attend, "interval", args=(runner, words), executor=executor, id=words[0],
                seconds=CLUSTER_EVERY.total_seconds(), coalesce=True, max_instances=1,
                misfire_grace_time=None,
            )  # fmt: skip
            # however long another job lasts: it is not late, it waits for its turn
            self._clock.add_job(
                self._attend, args=(runner, words), executor=executor, misfire_grace_time=None
            )

    def _attend(self, runner: Runner, words: tuple[str, ...]) -> None:
        if self._unread or not self.scheduler.folder.database.exists():
            return
        ended = runner.run(words)
        if ended.end is not End.DONE:
            logger.warning("%s %s%s", ended.end, words[0], f": {ended.why}" if ended.why else "")

    def _until_stopped(self, signals: Iterator[int]) -> None:
        for number in signals:
            if number != signal.SIGHUP:
                return
            # in the thread that looks: never in the middle of a job
            self._again = True
            self._clock.add_job(self._look)

    def _look(self) -> None:
        if self._again:
            self._again = False
            self._read_again()
        if not self._is_readable():
            return
        ran: list[str] = []
        try:
            ran = self.scheduler.tick()
        except LockedError as error:
            logger.info("waiting: %s", error)
        except ArchiveError as error:
            logger.error("%s", error)
        if not self.runner.stopping and (ran or self._is_time()):
            self._watched = self.scheduler.now()
            self.runner.run(WATCH)

    def _is_readable(self) -> bool:
        """Whether commands can read the configuration as it is now. Otherwise each job that is due
        would fail at once, and then wait for its next day."""
        try:
            self.check()
        except ArchiveError as error:
            if self._unread != str(error):
                self._unread = str(error)
                logger.error("nothing is begun until this is mended: %s", error)
                self.tell(f"nothing is begun until this is mended: {error}")
            return False
        if self._unread:
            self._unread = ""
            self.tell("it is mended: what is due is begun again")
        return True

    def _is_time(self) -> bool:
        """Whether it is time to look for alarms again; also where the clock was set back."""
        now = self.scheduler.now()
        return self._watched is None or abs(now - self._watched) >= WATCH_EVERY

    def _read_again(self) -> None:
        try:
            self.scheduler.rhythms = self.reload()
        except ArchiveError as error:
            logger.error("configuration not taken, the one of before stays: %s", error)
            return
        logger.info("configuration read again")
        say_next_runs(self.scheduler)


def say_next_runs(scheduler: Scheduler) -> None:
    """Say when each job runs next."""
    now = scheduler.now()
    for rhythm in scheduler.rhythms:
        moment = next(next_moments(rhythm, now))
        logger.info("%s next at %s", rhythm.name, format_time(moment))


def listed(scheduler: Scheduler, newest: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Each job: whether it is due, when next, and how its newest run ended.

    Args:
        scheduler: Knows the rhythms, and what is due.
        newest: By rhythm, from `archive.db.tables.planned_rows.newest`.
    """
    now = scheduler.now()
    due = {one.rhythm.name: one.moment for one in scheduler.due()}
    rows = []
    for rhythm in scheduler.rhythms:
        moment, last = next(next_moments(rhythm, now)), newest.get(rhythm.name, {})
        rows.append({
            "job": rhythm.name, "command": " ".join(rhythm.arguments),
            "due_since": format_time(due[rhythm.name]) if rhythm.name in due else None,
            "next_at": format_time(moment),
            "next_local": f"{moment.astimezone(rhythm.zone):%a %H:%M %Z}",
            "last_planned_for": last.get("planned_for"), "last_outcome": last.get("outcome"),
            "last_detail": last.get("detail"), "on_request": rhythm.on_request,
            "early": rhythm.early,
        })  # fmt: skip
    return rows


@contextlib.contextmanager
def _woken() -> Iterator[Iterator[int]]:
    """The signals that come, in their order. Their handlers do nothing: which signal came is read
    from the pipe by which Python wakes us."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    before = {number: signal.signal(number, _nothing) for number in SIGNALS}
    waker = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        yield _numbers(reading)
    finally:
        signal.set_wakeup_fd(waker)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reading)
        os.close(writing)


def _numbers(reading: int) -> Iterator[int]:
    while got := os.read(reading, 1):
        yield got[0]


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """The handler of a signal: Python writes to the wake-up pipe only for signals that have one."""
