"""`isw-archive work`: jobs of the queue are carried out, each by the spider that `collect` uses.

A job has a folder of its own below the worker's. When its spider has ended, the pause of its domain
is waited for, its WARC files are handed over, and only then the job is over. A worker that was
killed hands over what it finds in its folders when it starts again; its jobs are put back meanwhile
and may be done twice: then there are two captures.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive import clock
from archive.capture_numbers import number_at
from archive.config import ENV_PREFIX
from archive.counted import counted
from archive.errors import ArchiveError, WarcError
from archive.folder import DataFolder
from archive.warc.recover import cut_torn_tail, set_aside
from pipeline.run.cluster.depot import Depot
from pipeline.run.cluster.order import BatchOrder
from pipeline.run.cluster.postgres import opened
from pipeline.run.job import SpiderJob
from pipeline.run.jobs.cluster.spiders import JobSession, Spiders
from pipeline.run.jobs.crawl import run_spider
from pipeline.run.jobs.session import run_id

if TYPE_CHECKING:
    from pathlib import Path

    from archive.config import Settings
    from pipeline.decide.batches import Batch
    from pipeline.run.cluster.queue import Queue
    from pipeline.run.jobs.say import Say

NUMBERS, SPARE = 8, 8
"""Numbers of captures for each target, and targets more than there are: a page by two views, each
tried again, with robots.txt of each host on the way. What is left when they are used up stays
due."""

REST_S = 3600.0
"""Of a domain that asked to wait, or did not answer, nothing is planned for an hour."""


@dataclass(slots=True)
class Worker:
    """One worker at work.

    Attributes:
        spiders: Their processes.
        done: Jobs.
        failed: Those of them that had something for a person.
        stopping: A signal came, or the depot is away.
        working: What carries the jobs out.
    """

    post: WorkPlace
    say: Say
    queue: Queue
    depot: Depot
    spiders: Spiders
    done: int = 0
    failed: int = 0
    stopping: bool = False
    working: asyncio.Future[None] | None = None

    async def fetch(self, number: int, batch: Batch) -> None:
        """Carry out one job, from its targets to its files in the depot.

        Raises:
            ArchiveError, OSError: The depot does not answer, or this machine's disk takes nothing;
            the files stay for the next start, and this one takes no further job.
        """
        try:
            await self._carry_out(number, batch)
        except (ArchiveError, OSError) as error:
            # to go on would be to fill this machine's disk, or to spend jobs on one that is full
            self.say.failure(f"job {number} {batch.domain}: {error}")
            self.failed += 1
            self.stop()
            raise

    def strange(self, number: int, why: str) -> None:
        """A job that this version cannot read: the others go on."""
        self.say.failure(f"job {number}: {why}")
        self.failed += 1

    async def _carry_out(self, number: int, batch: Batch) -> None:
        numbers = (len(batch.targets) + SPARE) * NUMBERS
        first = await self.queue.numbers(2 * numbers + 2, number_at(clock.now()))
        order = BatchOrder(batch, first | 1, numbers)
        session = await asyncio.to_thread(self._crawl, number, order)
        settings = self.post.settings
        await asyncio.sleep(max(settings.host_delay_s, settings.report_host_delay_s))
        if session.counts.get("left for the next run"):
            await self.queue.rest(batch.domain, REST_S)
        files = await asyncio.to_thread(hand_over, session.folder, self.depot)
        self.done += 1
        self.failed += bool(session.problems)
        captures = sum(session.counts.values())
        self.say.line(
            f"job {number} {batch.domain}: {counted(captures, 'captures')} of "
            f"{counted(len(batch.targets), 'targets')}, {counted(files, 'files')} handed over"
        )

    def _crawl(self, number: int, order: BatchOrder) -> JobSession:
        run = run_id(clock.now(), "work")
        folder = DataFolder(self.post.root / f"{number}-{run}")
        folder.make()
        told = folder.root / "order.json"
        order.write(told)
        config = str(self.post.config.absolute()) if self.post.config else None
        job = SpiderJob(
            data=str(folder.root.absolute()), run=run, config=config, discover=False,
            order=str(told.absolute()),
        )  # fmt: skip
        quiet, lock = replace(self.say, quiet=True), self.spiders.lock
        session = JobSession(folder, self.post.settings, run, quiet, lock, spiders=self.spiders)
        session.crawling = self.spiders.take()
        try:
            run_spider(session, "sources", job)
        finally:
            session.end_crawling()
        return session

    def stop(self) -> None:
        """Take no further job, and let each spider finish what is under way."""
        if self.working is not None and not self.stopping:
            self.working.cancel()  # a second time it would not wait for what is under way
        self.stopping = True
        self.spiders.stop()


@dataclass(frozen=True, slots=True)
class WorkPlace:
    """Where a worker stands, and how it works.

    Attributes:
        root: The worker's own folder.
        settings: Name queue and depot, and how to fetch.
        config: Where they were read from, for the spiders.
        at_once: Jobs side by side.
        wait: False: end when no job is left.
    """

    root: Path
    settings: Settings
    config: Path | None
    at_once: int
    wait: bool


def work(post: WorkPlace, say: Say) -> Worker:
    """Carry out jobs until a signal, or until none is left.

    Raises:
        ArchiveError: The queue or the depot does not answer.
        LockedError: Another worker has this folder.
    """
    place = DataFolder(post.root)
    place.make()
    # a spider reads with one process of its own: a job has one host's pace
    os.environ.setdefault(f"{ENV_PREFIX}WORKERS", "1")
    with place.locked() as lock:
        depot = Depot.at(post.settings.depot)
        depot.place.require()
        left = leftovers(post.root, depot)
        if left:
            say.line(f"{counted(left, 'files')} of a worker that broke off handed over")
        spiders = Spiders(lock, post.root / "logs")
        try:
            return asyncio.run(_work(post, say, depot, spiders))
        finally:
            spiders.end()


async def _work(post: WorkPlace, say: Say, depot: Depot, spiders: Spiders) -> Worker:
    # what goes wrong in a job is said once, by us
    asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)
    async with opened(post.settings.queue) as queue:
        await queue.revive()
        worker = Worker(post, say, queue, depot, spiders)
        working = asyncio.ensure_future(
            queue.work(worker.fetch, at_once=post.at_once, wait=post.wait, strange=worker.strange)
        )
        worker.working = working
        _stop_at_signals(worker)
        with suppress(asyncio.CancelledError):
            await working
        return worker


def _stop_at_signals(worker: Worker) -> None:
    """The first signal lets what is under way end, a second one ends all at once."""

    def stop() -> None:
        if worker.stopping:
            os._exit(1)  # spiders end with us; what they wrote is handed over by the next start
        worker.stop()

    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, stop)


def leftovers(root: Path, depot: Depot) -> int:
    """Hand over what a killed worker left; says how many files.

    The caller holds the worker's folder, so none of them is being written.
    """
    files = 0
    for path in sorted(root.iterdir()):
        if path.is_dir() and (path / "order.json").is_file():
            folder = DataFolder(path)
            # a spider that outlived its worker by a moment still writes
            with folder.locked():
                files += hand_over(folder, depot)
    return files


def hand_over(folder: DataFolder, depot: Depot) -> int:
    """Hand over all files of a job, then remove its folder; says how many.

    Raises:
        ArchiveError: The depot does not take them; they stay.
    """
    # the kill came before the first whole record: nothing is in it
    files = [path for path in folder.warc_files() if _mended(path)]
    for path in files:
        depot.hand_over(path)
    shutil.rmtree(folder.root)
    return len(files)


def _mended(path: Path) -> bool:
    """Cut off a torn end; says whether anything is in the file."""
    try:
        cut_torn_tail(path)
    except WarcError as error:
        if not path.exists() or "no WARC" not in str(error):
            raise ArchiveError(str(error)) from error
        set_aside(path)
    return path.exists() and path.stat().st_size > 0
