"""Running what is due, as the database says: each job is a process of its own, with limits, and has
a row of `runs` from when it is queued to its end.

All of it is `Scheduler.tick`, which the daemon calls every minute and `run-due` once. It remembers
nothing between two ticks.
"""

from __future__ import annotations

import fcntl
import logging
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from archive import clock
from archive.db import people
from archive.db.database import open_readonly, writing
from archive.db.tables import planned_rows
from archive.errors import ArchiveError, LockedError
from archive.model.operations import QueuedRun
from archive.model.times import format_time
from pipeline.decide.rhythm import LOOK_BACK_DAYS, Due, End, due
from pipeline.run.choose import is_early_look_due
from pipeline.run.jobs.ledger_keeper import LedgerKeeper, unseal
from pipeline.run.jobs.session import run_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import sqlite_utils

    from archive.folder import DataFolder
    from archive.model.operations import Planned
    from pipeline.decide.rhythm import Rhythm
    from pipeline.run.process import Ended

logger = logging.getLogger(__name__)

LOOK_BACK = timedelta(days=LOOK_BACK_DAYS)

LOST = "its end was not seen: the daemon, or the machine, went down"


class Runs(Protocol):
    """What runs a command, and can be told to end it."""

    def run(self, arguments: Sequence[str], run: str | None = None) -> Ended:
        """Run it to its end."""

    @property
    def stopping(self) -> bool:
        """Whether nothing more is to be begun."""


@dataclass(slots=True)
class Scheduler:
    """Runs what is due.

    Attributes:
        rhythms: All jobs; replaced when the configuration is read again.
        now: Tells the time; read once a tick.
    """

    folder: DataFolder
    rhythms: tuple[Rhythm, ...]
    runner: Runs
    now: Callable[[], datetime] = clock.now
    worst: int = field(default=0, init=False)

    def tick(self) -> list[str]:
        """Run what is due, one after the other; names of the rhythms that were run.

        Raises:
            LockedError: Another run holds the archive, and something is due.
            ArchiveError: The database cannot be written: what is due stays due.
        """
        if not self._anything_to_do():
            return []
        waiting, done = self._queue(), []
        try:
            while waiting and not self.runner.stopping:
                run = waiting.pop(0)
                self._run(run)
                done.append(run.planned_as)
        finally:
            for run in waiting:
                self._finish(run, End.STOPPED, None)
        return done

    def due(self) -> list[Due]:
        """What is due now, without doing anything about it."""
        return due(self._wanted(), self._planned()[0], self.now())

    def _anything_to_do(self) -> bool:
        """Whether a tick has anything to do; this only reads, so that an idle minute needs no
        lock."""
        planned, unfinished = self._planned()
        return unfinished or bool(due(self._wanted(), planned, self.now()))

    def _wanted(self) -> tuple[Rhythm, ...]:
        """All rhythms but those whose job would find nothing to do: an hourly row of `runs` would
        say nothing."""
        is_asked = bool(people.open_requests(self.folder.people))
        is_early = any(one.early for one in self.rhythms) and self._early_look_is_due()
        return tuple(
            one
            for one in self.rhythms
            if (is_asked or not one.on_request) and (is_early or not one.early)
        )

    def _early_look_is_due(self) -> bool:
        if not self.folder.database.exists():
            return False
        with closing(open_readonly(self.folder.database)) as db:
            return is_early_look_due(db, self.now())

    def _planned(self) -> tuple[list[Planned], bool]:
        """The planned runs of late, and whether one of them has no end yet."""
        if not self.folder.database.exists():
            return [], False
        with closing(open_readonly(self.folder.database)) as db:
            since = self.now() - LOOK_BACK
            return planned_rows.planned_since(db, since), planned_rows.has_unfinished(db)

    def _queue(self) -> list[QueuedRun]:
        """Note what is due in `runs`; runs of which no end was noted are marked as lost."""
        with self._writing() as db:
            now = self.now()
            for run in planned_rows.lose_unfinished(db, now, LOST):
                logger.error("lost %s: %s", run, LOST)
            found = due(self._wanted(), planned_rows.planned_since(db, now - LOOK_BACK), now)
            queued = [_queued(one, now) for one in found]
            planned_rows.queue(db, queued)
        return queued

    @contextmanager
    def _writing(self) -> Iterator[sqlite_utils.Database]:
        self.folder.begin()
        with self.folder.locked():
            unseal(self.folder)
            with writing(self.folder.database) as db:
                yield db
            seal_database(self.folder)

    def _run(self, run: QueuedRun) -> None:
        logger.info("start %s, planned for %s", run.planned_as, format_time(run.planned_for))
        try:
            ended = self.runner.run(run.arguments, run.id)
        except BaseException:
            self._finish(run, End.STOPPED, None)
            raise
        level = logging.INFO if ended.end is End.DONE else logging.WARNING
        logger.log(
            level, "%s %s%s", ended.end, run.planned_as, f": {ended.why}" if ended.why else ""
        )
        self.worst = max(self.worst, ended.end is not End.DONE)
        self._finish(run, ended.end, ended.why or None)

    def _finish(self, run: QueuedRun, end: End, why: str | None) -> None:
        """Note how a run ended; where that fails, the next tick marks it as lost."""
        try:
            with self._writing() as db:
                planned_rows.finish(db, run.id, self.now(), end, why)
        except ArchiveError as error:
            logger.error("the end of %s could not be noted: %s", run.planned_as, error)


def seal_database(folder: DataFolder) -> None:
    """Enter the database's digest in the ledger. The caller holds the lock and has closed the
    database."""
    book = LedgerKeeper(folder)
    book.seal()
    for problem in (book.problem, book.damage):
        if problem:
            logger.error("%s", problem)


def _queued(one: Due, now: datetime) -> QueuedRun:
    arguments = one.rhythm.arguments
    return QueuedRun(
        run_id(now, arguments[0]), arguments[0], arguments, one.rhythm.name, one.moment, now
    )


@contextmanager
def only_one(folder: DataFolder) -> Iterator[None]:
    """Allow one schedule for an archive: a second would take the first one's runs for lost.

    Raises:
        LockedError: Another daemon, or `run-due`, is running.
    """
    folder.begin()
    with (folder.root / "schedule.lock").open("a", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise LockedError(
                f"data folder {folder.root}: another daemon or run-due is at its schedule; one is "
                "enough"
            ) from None
        yield
