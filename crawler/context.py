"""What all parts of a crawl share: settings, job, archive, process pool, progress. The spider makes
it, and closes it at its end."""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from archive.clock import now
from archive.config import load
from archive.errors import DataFolderError, WarcWriteError
from archive.folder import DataFolder
from archive.model.player import VIDEO_PREFIX
from archive.model.vocabulary import NO_CONNECTION, Kind
from archive.warc.digests import sha256_digest
from crawler.commits import Commits
from crawler.download.failures import CannotKeepError
from crawler.download.refusals import MAX_PAUSE_S, HostBusy
from crawler.frontier.budget import Budget
from crawler.frontier.media_budget import MediaBudget
from crawler.frontier.names import host_of
from crawler.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from archive.config import Settings
    from archive.model.fetch import Exchange, FetchContext, FetchedPage, Processed, Target, Written
    from archive.model.vocabulary import Outcome
    from crawler.frontier.clock import ClockGate
    from crawler.frontier.fetches import Fetch
    from pipeline.read.process import Limits
    from pipeline.run.cluster.shared_pace import Turns
    from pipeline.run.ingest import Archive, Committed
    from pipeline.run.job import SpiderJob
    from pipeline.run.pool import WorkerPool
    from pipeline.run.unread import Unread

READ = frozenset({Kind.REPORT, Kind.SOURCE, Kind.MEDIA, Kind.PROBE})
"""Kinds of targets whose pages worker processes read."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True, eq=False)
class CrawlContext:
    """One crawl.

    The archive has a thread of its own: packing, flushing and committing happen there, one after
    the other, and never hold up the network. Pages are read by the process pool.

    Attributes:
        archive: Only to be used through `ask`.
        error: What must end the crawl, for a person; None while all is well.
        budget: Bytes that may still be written.
        media: Bytes that may still be written of what pages show.
        clock: Tells whether anything may be kept under our clock; None: it is not checked.
        turns: The pace that is shared with other machines; None where nobody else fetches.
        under_way: Tells how many fetches are under way; set by the spider, which has the frontier.
    """

    settings: Settings
    job: SpiderJob
    archive: Archive
    pool: WorkerPool
    limits: Limits
    progress: Progress
    thread: ThreadPoolExecutor
    budget: Budget
    media: MediaBudget
    error: str | None = None
    clock: ClockGate | None = None
    turns: Turns | None = None
    under_way: Callable[[], int] = int
    _open: set[int] = field(default_factory=set)
    _told: set[asyncio.Task[None]] = field(default_factory=set)
    _workers: asyncio.Future[None] | None = None
    _commits: Commits = field(default_factory=Commits)

    async def ask(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Have the archive's thread call a method of the archive, and wait for what it gives.

        Raises:
            CannotKeepError: The disk or the database failed. The next start finds in the WARC files
                what was written.
        """
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self.thread, partial(call, *args, **kwargs))
        except WarcWriteError as error:
            raise self.stopped_by(str(error)) from error
        except (DataFolderError, OSError) as error:
            raise self.stopped_by(f"the archive cannot be written: {error}") from error

    async def write(
        self, fetch: Fetch, exchange: Exchange, *, led_by: str | None, tls_verified: bool | None
    ) -> tuple[Written, FetchContext]:
        """Write one exchange to the WARC file; a payload that is held already becomes a revisit
        record.

        Args:
            fetch: What it belongs to; its first record gives the capture its number.
            exchange: What went over the network.
            led_by: What leads on to the next hop; None for what ends the fetch.
            tls_verified: Whether the server was who it says; None without TLS.

        Returns:
            Where the record stands, and the context that is kept in it.

        Raises:
            CannotKeepError: As `ask`.
        """

        def write() -> tuple[Written, FetchContext]:
            self.number(fetch)
            context = fetch.make_context(
                run=self.job.run, final=led_by is None, tls_verified=tls_verified, led_by=led_by
            )
            return self._write(fetch, exchange, context), context

        return await self.kept(write)

    async def write_joined(
        self, fetch: Fetch, exchange: Exchange, content_type: str, joined: str
    ) -> tuple[Written, FetchContext]:
        """Write a body that was put together from two downloads, whose own records are written by
        now.

        Args:
            fetch: As in `write`.
            exchange: The body is all of it, or what there is.
            content_type: Of the body, as the server says.
            joined: The ids of the two records.

        Raises:
            CannotKeepError: As `ask`.
        """

        def write() -> tuple[Written, FetchContext]:
            context = fetch.make_context(run=self.job.run, final=True, joined=joined)
            return self.archive.writer.write_resource(exchange, context, content_type), context

        return await self.kept(write)

    async def write_failure(
        self, fetch: Fetch, uri: str, at: datetime, error: tuple[Outcome, str]
    ) -> tuple[Written, FetchContext]:
        """Write a record that nothing answered, and why.

        Raises:
            CannotKeepError: As `ask`.
        """

        def write() -> tuple[Written, FetchContext]:
            self.number(fetch)
            context = fetch.make_context(run=self.job.run, final=True, error=error)
            return self.archive.writer.write_failure(uri, at, context), context

        return await self.kept(write, failed=error[0] in NO_CONNECTION)

    async def kept(
        self, write: Callable[[], tuple[Written, FetchContext]], *, failed: bool = False
    ) -> tuple[Written, FetchContext]:
        """Call `write` in the archive's thread, and count the capture as open until it is
        committed.

        Raises:
            CannotKeepError: As `ask`; or our clock is wrong.
        """
        if self.clock is not None:
            objection = await self.clock.objection(failed=failed)
            if objection is not None:
                raise self.stopped_by(objection)
        written, context = await self.ask(write)
        self.budget.add(context.uri_r, written.location.length)
        if context.kind is Kind.MEDIA:
            self.media.add(context.uri_r, written.location.length)
        self._open.add(context.capture_id)
        return written, context

    def number(self, fetch: Fetch) -> None:
        """Give the capture its number; in the archive's thread."""
        if fetch.capture_id is None:
            fetch.capture_id = self.archive.next_capture_id()

    def expect(self, target: Target) -> None:
        """Start the workers if this page will have to be read; a page that was captured before is
        mostly unchanged."""
        if target.previous is None and target.kind in READ:
            self._start_workers()

    def _start_workers(self) -> asyncio.Future[None]:
        """Have the workers load what they begin with, once; in a thread, since it takes a second or
        two and the network must not wait."""
        if self._workers is None:
            self._workers = asyncio.get_running_loop().run_in_executor(None, self.pool.start)
        return self._workers

    async def understand(self, page: FetchedPage) -> Processed:
        """Read a page, in a worker process where there is something to read.

        Raises:
            Exception: Whatever went wrong in the worker, or ended it.
        """
        from pipeline.read.process import is_unread, process, process_apart

        if is_unread(page):
            return process(page, self.limits)
        # shielded: where one page is given up, the start that all wait for must go on
        await asyncio.shield(self._start_workers())
        found = await asyncio.wrap_future(self.pool.submit(process_apart, page, self.limits))
        return replace(found, page=replace(found.page, body=page.body))

    async def commit(self, processed: Processed | Unread, fetch: Fetch) -> Committed | None:
        """Put one capture into the database; None for a page that stays unread.

        Raises:
            CannotKeepError: As `ask`.
        """
        if fetch.written is None:
            raise AssertionError(f"a capture without a record: {fetch.uri_r}")
        capture = (processed, fetch.written, tuple(fetch.hops))
        committed = await self._commits.take_in(self.ask, self.archive, capture, self.under_way)
        self._open.discard(processed.page.context.capture_id)
        return committed

    def stopped_by(self, message: str) -> CannotKeepError:
        """Remember why the crawl must end, and give the error to raise."""
        self.error = self.error or message
        return CannotKeepError(message)

    async def close(self) -> None:
        """Finish what is being written, and let everything go.

        Where a capture was begun and not committed (a kill, an error), the next start looks through
        our files.
        """
        try:
            await self.ask(self.archive.abandon if self._open or self.error else self.archive.close)
            if self._workers is not None:
                await asyncio.wait([self._workers])
        finally:
            self.thread.shutdown(wait=True)
            self.pool.close(wait=False)
            if self.turns is not None:
                await asyncio.gather(*self._told)
                await self.turns.close()

    async def turn(self, url: str, pace_s: float) -> None:
        """Wait until the site of a URL may be asked, by a pace that is shared with other machines.

        Raises:
            CannotKeepError: The pace cannot be asked for.
            HostBusy: Its host asked one of them to stay away for longer than a request waits.
        """
        if self.turns is None:
            return
        from pipeline.decide.batches import name_of
        from pipeline.run.cluster.shared_pace import NoTurnError, RestingError

        host = host_of(url)
        try:
            await self.turns.take(name_of(url), host, pace_s)
        except NoTurnError as error:
            raise self.stopped_by(f"nobody is asked: {error}") from error
        except RestingError as error:
            raise HostBusy(host, error.seconds) from error

    def tell_rest(self, host: str, seconds: float) -> None:
        """Tell the other machines that a host asked to be left alone for so long."""
        if self.turns is not None:
            told = asyncio.create_task(self.turns.rest(host, seconds))
            self._told.add(told)
            told.add_done_callback(self._told.discard)

    def _write(self, fetch: Fetch, exchange: Exchange, context: FetchContext) -> Written:
        revisit = None
        if exchange.response.start_line.split(" ", 2)[1] == "304":
            revisit = fetch.target.previous
        elif exchange.response.body:
            revisit = self.archive.find_payload(sha256_digest(exchange.response.body))
        return self.archive.writer.write(exchange, context, revisit)


def open_context(
    job_file: Path,
    preload: Callable[[SpiderJob], Sequence[str]],
    domain: Callable[[str], str],
) -> CrawlContext:
    """The context of the crawl that `job_file` describes.

    Args:
        job_file: A `SpiderJob`.
        preload: Tells what the worker processes begin with (`pipeline.run.preloads.PAGES`).
        domain: The name under which a URL has its budget.

    Raises:
        ArchiveError: The settings or the data folder cannot be used.
        OSError: The job cannot be read.
    """
    from pipeline.read.process import Limits
    from pipeline.run.job import SpiderJob
    from pipeline.run.pool import WorkerPool

    job = SpiderJob.read(job_file)
    data = Path(job.data)
    settings = load(data, Path(job.config) if job.config else None)
    pool = WorkerPool(settings.workers, settings.extract_timeout_s, preload=preload(job))
    thread = ThreadPoolExecutor(1, thread_name_prefix="archive")
    archive = thread.submit(_opened, job, settings).result()
    budget = thread.submit(_budget, archive, settings, domain).result()
    media = thread.submit(_media_budget, archive, settings, domain).result()
    return CrawlContext(
        settings=settings,
        job=job,
        archive=archive,
        budget=budget,
        media=media,
        pool=pool,
        limits=Limits(max_bytes=settings.max_bytes, extract_max_bytes=settings.extract_max_bytes),
        progress=Progress(sys.stdout),
        thread=thread,
        turns=_turns(job, settings),
    )


def _turns(job: SpiderJob, settings: Settings) -> Turns | None:
    """Turns shared with a cluster's workers, where there are any."""
    if not settings.queue:
        return None
    from pipeline.run.cluster.shared_pace import Turns, turn_store_at

    return Turns(turn_store_at(settings.queue), MAX_PAUSE_S, alone=job.order is None)


def _opened(job: SpiderJob, settings: Settings) -> Archive:
    """What the spider writes to: the archive; or, for an order of a cluster's queue, WARC files
    alone."""
    from pipeline.run.cluster.order import BatchOrder
    from pipeline.run.cluster.worker_archive import WorkerArchive
    from pipeline.run.ingest import Archive

    if job.order is None:
        return Archive.open(Path(job.data), settings, run=job.run)
    folder = DataFolder(Path(job.data))
    folder.make()
    return WorkerArchive(folder, settings, job.run, BatchOrder.read(Path(job.order)))


def _budget(archive: Archive, settings: Settings, domain: Callable[[str], str]) -> Budget:
    """The budgets, with what of them is spent already; database and disk are asked only where there
    are any."""
    daily = settings.max_bytes_per_day or settings.max_bytes_per_host_per_day
    today = archive.bytes_today(now()) if daily else ()
    files = archive.folder.warc_files() if settings.max_bytes_in_all else ()
    return Budget.of(settings, domain, today, sum(path.stat().st_size for path in files))


def _media_budget(
    archive: Archive, settings: Settings, domain: Callable[[str], str]
) -> MediaBudget:
    """The budgets for what pages show, with what of them is spent already."""
    daily = settings.media_bytes_per_day or settings.media_bytes_per_host_per_day
    asked = settings.media != "none"
    today = archive.bytes_today(now(), Kind.MEDIA) if daily and asked else ()
    held = archive.media_bytes() if settings.media_bytes_in_all and asked else 0
    return MediaBudget.of(settings, by_page(domain), today, held)


def by_page(domain: Callable[[str], str]) -> Callable[[str], str]:
    """A form of `domain` that knows the addresses of video records, too, which are named after
    their pages."""
    return lambda url: domain(url.removeprefix(VIDEO_PREFIX))
