"""What all spiders do: take fetches from the queue, and settle what comes. Everything that needs no
Scrapy around it is a part of its own, in `crawler.frontier`."""

from __future__ import annotations

import asyncio
import logging
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy import Spider, signals
from scrapy.exceptions import CloseSpider

from archive.counted import counted
from archive.errors import ArchiveError, BadInputError
from archive.model.vocabulary import NO_CONNECTION, Kind, Via
from crawler.download.failures import BadTargetError, CannotKeepError, classify, describe
from crawler.download.refusals import HostBusy, RefusedError
from crawler.download.scrapy_internals.slots import Slots
from crawler.download.stopping import PutOffError, StoppingError
from crawler.frontier.clock import ClockGate
from crawler.frontier.fetch_queue import FetchQueue
from crawler.frontier.fetches import FETCH, Fetch, request_for
from crawler.frontier.frontier import Frontier
from crawler.frontier.names import host_of, slot_of
from crawler.frontier.own_network import OwnNetwork, answers
from crawler.frontier.patience import Patience
from crawler.frontier.tries import Tries
from crawler.middlewares.politeness import is_left_alone
from crawler.opening import open_context
from crawler.settings import CONCURRENT_REQUESTS_PER_DOMAIN, from_settings
from crawler.settling import settle_failure, settle_response
from crawler.spiders.standstill import Standstill
from pipeline.read.publishers.registry import SITES
from pipeline.run.preloads import PAGES
from pipeline.run.spider_events import OverBudget

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Sequence
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.context import CrawlContext
    from crawler.frontier.fetches import Settled
    from pipeline.run.job import SpiderJob

logger = logging.getLogger(__name__)

HOSTS_TO_ASK = 20
"""Hosts of which some are asked whether our network works, when a source could not be reached."""

ASKED_LATER = frozenset({Kind.REPORT, Kind.SOURCE, Kind.FILE, Kind.MEDIA, Kind.PROBE})
"""Kinds of targets that are fetched later, in this run or the next, where a host asked us to stay
away. Whoever asks for other kinds waits for them."""


class CaptureSpider(Spider):
    """Captures what its queue holds. A spider of ours says in its own `feed` what that is, and
    where it must in `must_wait`, `retries` and `preload`; all else is done by the parts named here.

    Attributes:
        context: What the crawl shares.
        queue: What is to be fetched, and who waits for it.
        tries: Says what follows a fetch that has ended.
        standstill: Looks whether only busy or silent hosts are left.
        own_network: Tells whether our network works.
        network: False once nothing could be connected to.
        feeder: Runs `feed`.
        stopped: Why the run begins nothing more though something waits, for a person; None
            otherwise.
        retries: How many further tries a target has; None: as many as the settings say.
    """

    retries: ClassVar[int | None] = None

    context: CrawlContext
    queue: FetchQueue
    tries: Tries
    standstill: Standstill
    own_network: OwnNetwork
    network: bool = True
    feeder: asyncio.Future[None] | None = None
    stopped: str | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """A spider for the job in the file that `-a job=FILE` names.

        Raises:
            ArchiveError: The data folder or the settings cannot be used.
        """
        job = kwargs.pop("job", None)
        if job is None:
            raise BadInputError(f"spider {cls.name}: give its job with -a job=FILE")
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.context = open_context(Path(job), cls.preload, slot_of)
        for name, value in from_settings(spider.context.settings).items():
            crawler.settings.set(name, value, priority="spider")
        folder = spider.context.archive.folder.root
        crawler.settings.set("ISW_SPOOL", folder, priority="spider")
        spider.compose(crawler)
        crawler.signals.connect(spider.ended, signals.spider_closed)
        return spider

    def compose(self, crawler: Crawler) -> None:
        """Make the parts of a crawl, once its context is there."""
        context, settings = self.context, self.context.settings
        frontier = Frontier(slot_of, CONCURRENT_REQUESTS_PER_DOMAIN)
        self.queue = FetchQueue(frontier, settings.concurrency)
        context.under_way = lambda: frontier.under_way
        hosts, ask = partial(_hosts_to_ask, context), partial(answers, crawler)
        context.clock = ClockGate(hosts, ask)
        self.own_network = OwnNetwork(hosts, ask)
        # The headers of any answer count, a robots.txt among them. The signal for whole responses
        # comes only once their record is written, when the network may be gone.
        crawler.signals.connect(self.own_network.heard, signals.headers_received)
        retries = settings.retries if self.retries is None else self.retries
        self.tries = Tries(retries, settings.host_delay_s, partial(is_left_alone, crawler))
        self.standstill = Standstill(crawler, self.queue, Patience(settings.slow_host_wait_s))

    @staticmethod
    def preload(job: SpiderJob) -> Sequence[str]:
        """The modules that worker processes begin with for this job."""
        return PAGES

    # --- what to fetch ----------------------------------------------------------------------------

    async def feed(self) -> None:
        """Fill the frontier; returns when nothing more will come."""
        raise NotImplementedError

    def must_wait(self, fetch: Fetch) -> bool:
        """Whether a host's budget holds a fetch back; what a person named is always fetched."""
        return not self.context.job.urls and self.context.budget.leaves_out(fetch)

    async def start(self) -> AsyncIterator[Request]:
        """Give requests, as many at a time as the settings allow, until nothing is left."""
        feeder = self.feeder = asyncio.ensure_future(self._run_feed())
        feeder.add_done_callback(lambda _: self.queue.wake())
        try:
            while not (feeder.done() and self.queue.is_empty):
                spent = self.context.budget.over()
                if spent is not None:
                    self.leave_rest(*spent)
                    return
                fetch = self.queue.take()
                if fetch is None:
                    if await self._is_lost_after_waiting():
                        return
                elif self.must_wait(fetch):
                    self.queue.release(fetch, None)
                else:
                    self.context.expect(fetch.target)
                    try:
                        yield self._request(fetch)
                    except BadTargetError as error:
                        failed = settle_failure(self.context, fetch, fetch.uri_r, error)
                        await self._settle(fetch, failed)
            await feeder
        finally:
            feeder.cancel()

    async def _is_lost_after_waiting(self) -> bool:
        """Wait until another fetch may begin. Whether none ever will, by a fault of ours; where
        only busy or silent hosts are left for too long, what waits is put off."""
        await self.queue.wait(self.standstill.look_s)
        if not self.standstill.is_long():
            return False
        if self.standstill.is_lost():
            self._leave_lost()
            return True
        self._put_off()
        return False

    def _request(self, fetch: Fetch) -> Request:
        """The first request of a fetch.

        Raises:
            BadTargetError: As `request_for`.
        """
        request = request_for(fetch, callback=self.captured, errback=self.failed)
        if fetch.target.kind is Kind.MEDIA:
            held = fetch.target.part.size if fetch.target.part else 0
            request.meta["isw_file_bytes"] = max(1, self.context.media.per_file - held)
        return request

    async def _run_feed(self) -> None:
        try:
            await self.feed()
        except ArchiveError as error:
            self.context.stopped_by(str(error))
            self.queue.frontier.drop_all()

    def _leave_lost(self) -> None:
        count = counted(self.queue.frontier.under_way, "fetches")
        self.context.stopped_by(f"{count} came to no end, by a fault of ours; run again")

    def _put_off(self) -> None:
        """Leave what waits for the next run: nothing of it is recorded, so that it stays due."""
        for fetch in self.queue.drop_waiting():
            self._count_left(fetch)
        if self.crawler.engine is not None:
            Slots(self.crawler).end_all_waiting(PutOffError("left for the next run"))

    def leave_rest(self, spent: str, until: str) -> None:
        """Begin nothing more because a budget is spent. What waits stays due; what is under way is
        still kept."""
        waiting = self.queue.drop_waiting()
        first = f", {waiting[0].target.url} first" if waiting else ""
        left = f"{len(waiting)} pages that were queued{first}, and what was to follow"
        self.stopped = f"{spent}; {left}, {until}"

    def _count_left(self, fetch: Fetch) -> None:
        if not fetch.tries:
            self.context.progress.left(host_of(fetch.target.url))

    # --- what came --------------------------------------------------------------------------------

    async def captured(self, response: Response) -> None:
        """Settle a response of whatever status, which the capture middleware has written."""
        fetch: Fetch = response.meta[FETCH]
        fetch.last_try = bool(response.meta.get("dont_retry"))
        await self._settle(fetch, settle_response(self.context, fetch, response))

    async def failed(self, failure: Failure) -> None:
        """Settle a fetch without a response: the network failed, we refused it, or a disk is
        full."""
        request: Request = failure.request  # type: ignore[attr-defined]
        fetch: Fetch = request.meta[FETCH]
        error = failure.value
        if not isinstance(error, Exception):
            raise TypeError(f"no exception: {error!r}")
        if isinstance(error, StoppingError):
            if isinstance(error, PutOffError):
                self._count_left(fetch)
            self.queue.release(fetch, None)
            return
        if isinstance(error, HostBusy) and _may_wait(fetch):
            self.queue.put_back(fetch, fetch, time.monotonic() + error.seconds)
            return
        if isinstance(error, CannotKeepError) or fetch.written is not None:
            # if its record was written, the next start finds it and takes the capture in
            self.queue.release(fetch, None)
            self.context.stopped_by(describe(error))
            raise CloseSpider("cannot-keep")
        if not await self._is_of_source(fetch, error):
            self.queue.release(fetch, None)
            return
        fetch.last_try = fetch.last_try or isinstance(error, RefusedError)
        await self._settle(fetch, settle_failure(self.context, fetch, request.url, error))

    async def _is_of_source(self, fetch: Fetch, error: Exception) -> bool:
        """Whether a failure says anything about a source. Where our own network does not work the
        run ends, and none of its failures is kept."""
        of_source = fetch.target.kind in {Kind.SOURCE, Kind.MEDIA} and fetch.via is Via.LIVE
        if not of_source or classify(error)[0] not in NO_CONNECTION:
            return True
        try:
            if self.network and await self.own_network.network_works():
                return True
        except StoppingError:
            return False
        except ArchiveError as failure:
            self.queue.release(fetch, None)
            self.context.stopped_by(describe(failure))
            raise CloseSpider("cannot-keep") from None
        if self.network:
            self.network = False
            logger.error("no network: none of the hosts that answered of late could be reached")
        self.queue.drop_waiting()
        return False

    async def _settle(self, fetch: Fetch, settling: Coroutine[Any, Any, Settled | None]) -> None:
        """Wait until a fetch is settled; try again where that may help."""
        settled = None
        try:
            with self.queue.being_settled():
                settled = await settling
        except CannotKeepError:
            raise CloseSpider("cannot-keep") from None
        finally:
            following = None if settled is None else self.tries.following(fetch, settled)
            if following is None:
                self.queue.release(fetch, settled)
            else:
                self.queue.put_back(fetch, *following)

    async def ended(self, reason: str) -> None:
        """Close the archive, then tell the process that started us, which may open it."""
        error = self.context.error or self.stopped
        if error is None and reason == "start_error":
            error = "an error of ours; the log says which"
        if self.crawler.engine is not None:
            Slots(self.crawler).remember(time.monotonic())
        try:
            if self.feeder is not None:
                # a stopped engine leaves `start` suspended, and nothing may ask a closed archive
                self.feeder.cancel()
            await self.context.close()
        except CannotKeepError as failure:
            error = error or str(failure)
        budget = self.context.budget
        if budget.first is not None:
            left = dict(budget.left.most_common())
            self.context.progress.tell(OverBudget(left, budget.first, budget.per_host))
        self.context.progress.done(network=self.network, reason=reason, error=error)


def _may_wait(fetch: Fetch) -> bool:
    """Whether a fetch can be put off without a record: nothing has been asked for it yet."""
    return fetch.target.kind in ASKED_LATER and fetch.via is Via.LIVE and fetch.capture_id is None


async def _hosts_to_ask(context: CrawlContext) -> list[str]:
    """Hosts that may be asked about ourselves (our network, our clock), the likeliest to answer
    first.

    Raises:
        CannotKeepError: As `CrawlContext.ask`.
    """
    known = await context.ask(context.archive.answering_hosts, HOSTS_TO_ASK)
    return [*known, *sorted(host for site in SITES for host in site.hosts)]
