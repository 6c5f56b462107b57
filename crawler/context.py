"""What all parts of a crawl share: settings, job, archive, process pool, progress.
`crawler.opening` makes it, the spider closes it at its end."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from archive.errors import DataFolderError, WarcWriteError
from archive.model.vocabulary import NO_CONNECTION, Kind
from archive.warc.digests import sha256_digest
from crawler.commits import Commits
from crawler.download.failures import CannotKeepError
from crawler.download.refusals import HostBusy
from crawler.frontier.names import host_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import ThreadPoolExecutor
    from datetime import datetime

    from archive.config import Settings
    from archive.model.fetch import Exchange, FetchContext, Target, Written
    from archive.model.understood import FetchedPage, Processed
    from archive.model.vocabulary import Outcome
    from crawler.frontier.budget import Budget
    from crawler.frontier.clock import ClockGate
    from crawler.frontier.fetches import Fetch
    from crawler.frontier.media_budget import MediaBudget
    from crawler.progress import Progress
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
        under_way: Tells how many fetches are under way; set by the spider, which has the queue.
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
            self.give_number(fetch)
            context = fetch.make_context(
                run=self.job.run, final=led_by is None, tls_verified=tls_verified, led_by=led_by
            )
            return self._write(fetch, exchange, context), context

        return await self.keep(write)

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

        return await self.keep(write)

    async def write_failure(
        self, fetch: Fetch, uri: str, at: datetime, error: tuple[Outcome, str]
    ) -> tuple[Written, FetchContext]:
        """Write a record that nothing answered, and why.

        Raises:
            CannotKeepError: As `ask`.
        """

        def write() -> tuple[Written, FetchContext]:
            self.give_number(fetch)
            context = fetch.make_context(run=self.job.run, final=True, error=error)
            return self.archive.writer.write_failure(uri, at, context), context

        return await self.keep(write, failed=error[0] in NO_CONNECTION)

    async def keep(
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

    def give_number(self, fetch: Fetch) -> None:
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
