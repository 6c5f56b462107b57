"""What every job that writes begins and ends with: the archive's lock, recovery, and the run's
row."""

from __future__ import annotations

import json
import os
import resource
import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from archive import clock
from archive.counted import counted
from archive.errors import ArchiveError, DataFolderError
from archive.folder import DataFolder
from archive.kept_code import code_kept
from archive.model.times import format_time
from archive.writable import writable
from pipeline.run import preload_choice

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from archive.config import Settings
    from pipeline.run.jobs.ledger_keeper import LedgerKeeper
    from pipeline.run.jobs.say import Say
    from pipeline.run.jobs.spider_process import SpiderProcess


ENV_RUN = "ISW_ARCHIVE_RUN"
"""The environment variable that names the row of `runs` to a process that the schedule started."""

LIVE = {"collect": "reports", "recrawl": "reports", "check": "checks", "submit": "submissions"}
"""Jobs that ask other people's servers, each with the spider that it runs first."""

OPEN_FILES = 256
"""Sixteen requests at once with robots.txt and a proxy each, workers, WARC and database take under
a hundred."""


@dataclass(slots=True)
class Session:
    """A job under way.

    Attributes:
        lock: The file descriptor of the archive's lock; a child that is handed it holds the
            archive, too.
        counts: What it did, shown at the end and kept in `runs`.
        problems: What needs a person; any makes the exit code 1.
        crawling: The process that runs spiders, while there is one.
    """

    folder: DataFolder
    settings: Settings
    run: str
    say: Say
    lock: int
    counts: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    crawling: SpiderProcess | None = None

    def count(self, name: str, by: int = 1) -> None:
        """Add to a count."""
        self.counts[name] = self.counts.get(name, 0) + by

    def started(self, spider: subprocess.Popen[str]) -> None:
        """A spider was started for this job; overridden by whoever has to end jobs from outside."""

    def begin_crawling(self, spider: str, preload: Callable[[], Sequence[str]] = tuple) -> None:
        """Start the process that runs spiders, if there is none: it takes a second to load what
        they need.

        Args:
            spider: Its first, most likely; its log has the name.
            preload: Tells what workers load meanwhile, for pages will have to be read; asked once
                the process has begun.
        """
        from pipeline.run.jobs.spider_process import SpiderProcess

        if self.crawling is None:
            (self.folder.root / "runs").mkdir(exist_ok=True)
            self.crawling = SpiderProcess.start(self.log_of(spider), self.lock, spider)
            self.started(self.crawling.process)
            self.crawling.prepare(preload())

    def log_of(self, spider: str) -> Path:
        """The file into which the process that runs a spider logs."""
        return self.folder.root / "runs" / f"{self.run}-{spider}.log"

    def dismiss_crawling(self) -> None:
        """Have the process of spiders end, without waiting until it is gone: it has closed the
        archive, and holds only its lock until then."""
        if self.crawling is not None:
            self.crawling.dismiss()

    def end_crawling(self) -> None:
        """Have the process of spiders end: no further spider is run."""
        if self.crawling is not None:
            self.crawling.end()
            self.crawling = None

    def left_unread(self, url: str, why: str = "its worker processes ended") -> None:
        """Count and report a page that is kept and could not be read."""
        self.count("unread")
        self.say.failure(f"{url}: kept, but not read: {why}; the next run reads it")

    def recover(self, whose: str = "a run that broke off") -> None:
        """Take in what a run that broke off had written, and report what was found damaged.

        Args:
            whose: Who wrote what is taken in, for the message.
        """
        from pipeline.run.jobs.mending.damage import NUMBERS, told
        from pipeline.run.jobs.mending.recover import recover

        found = recover(self.folder, self.settings)
        if found.captures:
            self.say.line(f"recovered {counted(found.captures, 'captures')} of {whose}")
        if found.moved:
            self.say.line(
                f"{counted(found.moved, 'captures')} stood elsewhere than the tables said, who "
                "know better now"
            )
        if found.read:
            self.say.line(f"read {counted(found.read, 'pages')} that had been kept unread")
        for text in found.problems:
            self.problem(text)
        for damage in found.damages:
            if damage.kind in NUMBERS:
                self.say.line(told(damage))
            else:
                self.problem(told(damage))
        if found.doubled:
            self.say.line(
                "two captures have one number: the database is made anew from the WARC files"
            )
            self._number_again()

    def _number_again(self) -> None:
        from pipeline.run.jobs.mending.rebuild import rebuild

        try:
            _, problems = rebuild(self.folder, self.settings, self.say)
        except DataFolderError as error:
            # other damage is in the way; the later captures have numbers of their own already
            problems = [f"{error}; the next command that writes tries again"]
        for text in problems:
            self.problem(text)

    def problem(self, text: str) -> None:
        """Note and report what needs a person."""
        self.problems.append(text)
        self.say.failure(text)


@contextmanager
def session(
    data: Path,
    settings: Settings,
    say: Say,
    job: str,
    arguments: dict[str, Any],
    reason: str | None = None,
) -> Iterator[Session]:
    """Hold the archive for one job inside the block.

    For a job that asks other people's servers, the process of its spiders loads while the archive
    is checked.

    Raises:
        LockedError: Another run holds it.
        DataFolderError: The folder cannot be used.
    """
    folder = DataFolder(data)
    folder.begin()
    _allow_open_files()
    with folder.locked() as lock:
        started = clock.now()
        # one that the schedule planned has its row, and its name, already
        run = os.environ.get(ENV_RUN) or run_id(started, job)
        _sweep_runs(folder)
        current = Session(folder, settings, run, say, lock)
        try:
            with code_kept(f"load-{job}"):
                if job in LIVE and preload_choice.is_likely(folder, settings, job, arguments):
                    current.begin_crawling(
                        LIVE[job], partial(preload_choice.early_preload, folder, job, arguments)
                    )
                if job == "import":
                    preload_choice.begin_import(folder, arguments)
                _load()
            book = _begun(current, job, arguments, started, reason)
            with _ending(current, book):
                yield current
        finally:
            current.end_crawling()


def _load() -> None:
    """Load what every job begins with."""
    from pipeline.run.jobs.mending import rebuild, recover, reparse  # noqa: F401


def _begun(
    current: Session, job: str, arguments: dict[str, Any], started: datetime, reason: str | None
) -> LedgerKeeper:
    """Do what earlier runs left undone, and begin the run's row."""
    from archive.db.integrity import require_sound
    from archive.db.store import Store
    from archive.model.rows import RunRow
    from pipeline.run.jobs.ledger_keeper import LedgerKeeper, compare_sealed, who
    from pipeline.run.jobs.mending.places import REBUILD, clear_target
    from pipeline.run.jobs.mending.reparse import reparse_stale

    folder, settings = current.folder, current.settings
    compare_sealed(folder)
    changed = require_sound(folder.database)
    if changed is not None:
        current.problem(changed)
    clear_target(DataFolder(folder.root / REBUILD))
    current.recover()
    reparse_stale(folder, settings, current.say)
    arguments = json.loads(writable(json.dumps(arguments, ensure_ascii=False)))  # names of files
    row = RunRow(current.run, job, arguments, format_time(started), who=who(), reason=reason)
    if not folder.checkpoint.exists():
        current.say.progress("the ledger is begun with what the WARC files hold")
    book = LedgerKeeper(folder)
    with Store(folder.database) as store:
        store.close_killed_runs(format_time(started))
        book.begin(row, settings)
        store.start_run(row)
    if book.problem:
        current.problem(book.problem)
    return book


@contextmanager
def _ending(current: Session, book: LedgerKeeper) -> Iterator[None]:
    """Record the run's end, however the block ends."""
    outcome = "failed"
    try:
        yield
        outcome = "problems" if current.problems else "done"
    except KeyboardInterrupt:
        outcome = "stopped"
        raise
    finally:
        current.dismiss_crawling()  # it takes a while to go, and the ledger a while to be written
        _finish(current, book, outcome)


def _finish(current: Session, book: LedgerKeeper, outcome: str) -> None:
    """End the run: first its captures are entered in the ledger, then its end is recorded, then the
    database's digest is entered."""
    from archive.db.store import Store

    book.catch_up()
    with Store(current.folder.database) as store:
        store.finish_run(
            current.run, at=format_time(clock.now()), outcome=outcome, counts=current.counts
        )
    book.end(current.run, outcome, current.counts)
    for problem in (book.problem, book.damage):
        if problem and problem not in current.problems:
            current.problem(problem)


def run_id(started: datetime, job: str) -> str:
    """A name for a run that no other has: when it began, what it does, and chance."""
    return f"{started:%Y%m%dT%H%M%SZ}-{job}-{secrets.token_hex(3)}"


def _allow_open_files() -> None:
    """Raise the limit of open files to what a crawl needs; below it sites would seem to refuse us.

    Raises:
        ArchiveError: The system does not allow them.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft >= OPEN_FILES or soft == resource.RLIM_INFINITY:
        return
    if hard != resource.RLIM_INFINITY and hard < OPEN_FILES:
        raise ArchiveError(
            f"only {hard} files may be open at once, and {OPEN_FILES} may be needed: raise the "
            f"limit (ulimit -n {OPEN_FILES})"
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, hard))


def remove_leftovers(folder: DataFolder) -> None:
    """Remove what a killed run left behind: jobs of its spiders, empty logs, a half-made database.

    The caller holds the lock.
    """
    from pipeline.run.jobs.mending.places import REBUILD, clear_target

    _sweep_runs(folder)
    clear_target(DataFolder(folder.root / REBUILD))


def _sweep_runs(folder: DataFolder) -> None:
    runs = folder.root / "runs"
    silent = [log for log in runs.glob("*.log") if log.is_file() and not log.stat().st_size]
    for path in (*runs.glob("*.json"), *silent):
        path.unlink(missing_ok=True)
