"""What all spiders do: take fetches from the frontier, settle what comes, and try again where that
may help."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Spider, signals
from scrapy.exceptions import CloseSpider

from archive.counted import counted
from archive.errors import ArchiveError, BadInputError
from archive.model.vocabulary import NO_CONNECTION, PASSING_SOON, Kind, Via
from crawler.context import open_context
from crawler.download.failures import BadTargetError, CannotKeepError, classify, describe
from crawler.download.refusals import HostBusy, RefusedError
from crawler.download.scrapy_internals.slots import Slots
from crawler.download.stopping import PutOffError, StoppingError
from crawler.frontier.clock import ClockGate
from crawler.frontier.fetches import FETCH, Fetch, request_for
from crawler.frontier.frontier import Frontier
from crawler.frontier.names import host_of, slot_of
from crawler.frontier.own_network import OwnNetwork, answers
from crawler.frontier.patience import Patience
from crawler.handle import settle_failure, settle_response
from crawler.middlewares.politeness import PolitenessMiddleware
from crawler.settings import CONCURRENT_REQUESTS_PER_DOMAIN, from_settings
from pipeline.read.platforms.views import second_view
from pipeline.read.publishers.registry import SITES
from pipeline.run.preloads import PAGES
from pipeline.run.spider_events import OverBudget

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Iterable, Sequence
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from archive.model.fetch import Target
    from crawler.context import CrawlContext
    from crawler.frontier.fetches import Settled
    from pipeline.run.job import SpiderJob

logger = logging.getLogger(__name__)

HOSTS_TO_ASK = 20
"""Hosts of which some are asked whether our network works, when a source could not be reached."""

ASKED_LATER = frozenset({Kind.REPORT, Kind.SOURCE, Kind.FILE, Kind.MEDIA, Kind.PROBE})
"""Kinds of targets that are fetched later, in this run or the next, where a host asked us to stay
away. Whoever asks for other kinds waits for them."""

RETRY_PAUSES = 5
"""Host delays before the first retry, doubled for each next one: 10 s and 20 s with the usual delay
of 2 s."""


class CaptureSpider(Spider):
    """Captures what its frontier holds; each spider fills the frontier in its own `feed`.

    Attributes:
        context: What the crawl shares.
        frontier: What waits to be fetched.
        network: False once nothing could be connected to.
        own_network: Tells whether our network works; made when first asked.
        feeder: Runs `feed`.
        patience: Says how long to wait once only busy or silent hosts are left.
        stopped: Why the run begins nothing more though something waits, for a person; None
            otherwise.
        _settling: How many captures are being read or committed.
    """

    context: CrawlContext
    frontier: Frontier
    network: bool = True
    own_network: OwnNetwork | None = None
    feeder: asyncio.Future[None] | None = None
    patience: Patience
    stopped: str | None = None
    _settling: int = 0

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
        spider.frontier = Frontier(slot_of, CONCURRENT_REQUESTS_PER_DOMAIN)
        spider.context.under_way = lambda: spider.frontier.under_way
        spider.context.clock = ClockGate(spider.hosts_to_ask, lambda host: answers(crawler, host))
        spider.patience = Patience(spider.context.settings.slow_host_wait_s)
        spider.changed, spider.taken = asyncio.Event(), asyncio.Event()
        crawler.signals.connect(spider.ended, signals.spider_closed)
        return spider

    changed: asyncio.Event
    taken: asyncio.Event

    @staticmethod
    def preload(job: SpiderJob) -> Sequence[str]:
        """The modules that worker processes begin with for this job."""
        return PAGES

    # --- what to fetch ----------------------------------------------------------------------------

    async def feed(self) -> None:
        """Fill the frontier; returns when nothing more will come."""
        raise NotImplementedError

    def add(self, targets: Iterable[Target]) -> int:
        """Queue what was not queued before in this run. Returns how many."""
        return sum(self.queue(Fetch(target)) for target in targets)

    def queue(self, fetch: Fetch) -> bool:
        """Queue one fetch, unless it was asked for before in this run; says whether."""
        self.changed.set()
        return self.frontier.add(fetch)

    async def fetch_soon(self, fetch: Fetch) -> Settled | None:
        """Fetch something before all else of its host, and wait for its last try.

        Returns:
            None when it was asked for before in this run, or when it was lost to an error of ours.
        """
        fetch.waiter = asyncio.get_running_loop().create_future()
        if not self.frontier.add(fetch, first=True):
            return None
        self.changed.set()
        return await fetch.waiter

    async def start(self) -> AsyncIterator[Request]:
        """Give requests, as many at a time as the settings allow, until nothing is left."""
        feeder = self.feeder = asyncio.ensure_future(self._fed())
        feeder.add_done_callback(lambda _: self.changed.set())
        try:
            while not (feeder.done() and not len(self.frontier) and not self.frontier.under_way):
                spent = self.context.budget.over()
                if spent is not None:
                    self._leave(*spent)
                    return
                fetch = self._take()
                if fetch is None:
                    await self._wait()
                    if self.patience.is_over(waits_only=self._waits_only()):
                        if self._is_lost():
                            self._leave_lost()
                            return
                        self._put_off()
                    continue
                if self._must_wait(fetch):
                    self._release(fetch, None)
                    continue
                self.context.expect(fetch.target)
                try:
                    yield self._request(fetch)
                except BadTargetError as error:
                    await self._end(fetch, settle_failure(self.context, fetch, fetch.uri_r, error))
            await feeder
        finally:
            feeder.cancel()

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

    async def _fed(self) -> None:
        try:
            await self.feed()
        except ArchiveError as error:
            self.context.stopped_by(str(error))
            self.frontier.drop_all()

    def _take(self) -> Fetch | None:
        if self._is_full():
            return None
        self.taken.set()
        return self.frontier.take(time.monotonic())

    def _is_full(self) -> bool:
        """Whether as many fetches are under way as the settings allow."""
        return self.frontier.under_way >= max(1, self.context.settings.concurrency)

    async def _wait(self) -> None:
        """Wait until something changes, the next retry is due, or it is time to look whether only
        hopeless hosts are left."""
        # while as many are under way as may be, a retry that is due cannot begin either
        due = None if self._is_full() else self.frontier.next_time()
        look = self.patience.look_s
        timeout = look if due is None else min(look, max(0.0, due - time.monotonic()))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.changed.wait(), timeout)
        self.changed.clear()

    def _waits_only(self) -> bool:
        """Whether nothing is left but hosts that are busy or do not answer, and retries."""
        pace = self._pace_of_hosts()
        if self._settling or pace is None or self.crawler.engine is None:
            return False
        if self._is_lost():
            return True
        urls = [
            *(request.url for request in Slots(self.crawler).asked()),
            *(one.target.url for one in self.frontier.queued()),
        ]
        if not urls and not len(self.frontier):
            return False
        return bool(len(self.frontier) or self.frontier.under_way) and all(
            pace.is_troubled(url) for url in urls
        )

    def _is_lost(self) -> bool:
        """Whether the fetches that count as under way are carried out by nobody, and no other may
        begin: a fault of ours, by which the run would never end."""
        is_stuck = self.frontier.under_way and (
            self._is_full() or self.frontier.next_time() is None
        )
        return bool(is_stuck) and not self._settling and Slots(self.crawler).is_idle()

    def _leave_lost(self) -> None:
        count = counted(self.frontier.under_way, "fetches")
        self.context.stopped_by(f"{count} came to no end, by a fault of ours; run again")

    def _pace_of_hosts(self) -> PolitenessMiddleware | None:
        found = self.crawler.get_downloader_middleware(PolitenessMiddleware)
        return found if isinstance(found, PolitenessMiddleware) else None

    def _put_off(self) -> None:
        """Leave what waits for the next run: nothing of it is recorded, so that it stays due."""
        for fetch in self.drop_waiting():
            self._left(fetch)
        if self.crawler.engine is not None:
            Slots(self.crawler).end_all_waiting(PutOffError("left for the next run"))

    def _leave(self, spent: str, until: str) -> None:
        """Begin nothing more because a budget is spent. What waits stays due; what is under way is
        still kept."""
        waiting = self.drop_waiting()
        first = f", {waiting[0].target.url} first" if waiting else ""
        left = f"{len(waiting)} pages that were queued{first}, and what was to follow"
        self.stopped = f"{spent}; {left}, {until}"

    def _must_wait(self, fetch: Fetch) -> bool:
        """Whether a host's budget holds a fetch back; what a person named is always fetched."""
        return not self.context.job.urls and self.context.budget.leaves_out(fetch)

    def _left(self, fetch: Fetch) -> None:
        if not fetch.tries:
            self.context.progress.left(host_of(fetch.target.url))

    # --- what came --------------------------------------------------------------------------------

    async def captured(self, response: Response) -> None:
        """Settle a response of whatever status, which the capture middleware has written."""
        fetch: Fetch = response.meta[FETCH]
        fetch.last_try = bool(response.meta.get("dont_retry"))
        await self._end(fetch, settle_response(self.context, fetch, response))

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
                self._left(fetch)
            self._release(fetch, None)
            return
        if isinstance(error, HostBusy) and _may_wait(fetch):
            self.frontier.done(fetch)
            self.frontier.add_later(fetch, time.monotonic() + error.seconds)
            self.changed.set()
            return
        if isinstance(error, CannotKeepError) or fetch.written is not None:
            # if its record was written, the next start finds it and takes the capture in
            self._release(fetch, None)
            self.context.stopped_by(describe(error))
            raise CloseSpider("cannot-keep")
        if not await self._counts(fetch, error):
            self._release(fetch, None)
            return
        fetch.last_try = fetch.last_try or isinstance(error, RefusedError)
        await self._end(fetch, settle_failure(self.context, fetch, request.url, error))

    async def _counts(self, fetch: Fetch, error: Exception) -> bool:
        """Whether a failure says anything about a source. Where our own network does not work the
        run ends, and none of its failures is kept."""
        of_source = fetch.target.kind in {Kind.SOURCE, Kind.MEDIA} and fetch.via is Via.LIVE
        if not of_source or classify(error)[0] not in NO_CONNECTION:
            return True
        try:
            if self.network and await (await self._own_network()).network_works():
                return True
        except StoppingError:
            return False
        except ArchiveError as failure:
            self._release(fetch, None)
            self.context.stopped_by(describe(failure))
            raise CloseSpider("cannot-keep") from None
        if self.network:
            self.network = False
            logger.error("no network: none of the hosts that answered of late could be reached")
        self.drop_waiting()
        return False

    async def _own_network(self) -> OwnNetwork:
        if self.own_network is None:
            hosts = await self.hosts_to_ask()
            if self.own_network is None:
                self.own_network = OwnNetwork(hosts, lambda host: answers(self.crawler, host))
                # The headers of any answer count, a robots.txt among them. The signal for whole
                # responses comes only once their record is written, when the network may be gone.
                self.crawler.signals.connect(self.own_network.heard, signals.headers_received)
        return self.own_network

    async def hosts_to_ask(self) -> list[str]:
        """Hosts that may be asked about ourselves (our network, our clock), the likeliest to answer
        first."""
        context = self.context
        known = await context.ask(context.archive.answering_hosts, HOSTS_TO_ASK)
        return [*known, *sorted(host for site in SITES for host in site.hosts)]

    async def _end(self, fetch: Fetch, settling: Coroutine[Any, Any, Settled | None]) -> None:
        """Wait until a fetch is settled; try again where that may help."""
        settled = None
        self._settling += 1
        try:
            settled = await settling
        except CannotKeepError:
            raise CloseSpider("cannot-keep") from None
        finally:
            self._settling -= 1
            following = None if settled is None else self._following(fetch, settled)
            if following is None:
                self._release(fetch, settled)
            else:
                self.frontier.done(fetch)
                self.frontier.add_later(*following)
                self.changed.set()

    def _following(self, fetch: Fetch, settled: Settled) -> tuple[Fetch, float] | None:
        """The next fetch of the same target, and when it may begin; None when this was the last."""
        if self.may_pass(fetch, settled):
            return fetch.again(), time.monotonic() + self._pause(fetch)
        target = fetch.target
        if target.kind is not Kind.SOURCE or fetch.via is not Via.LIVE:
            return None
        rule = settled.processed.verdict.evidence.get("rule")
        view = second_view(target.subject or target.url, target.url, settled.outcome, rule)
        return (fetch.elsewhere(view), time.monotonic()) if view else None

    def drop_waiting(self) -> list[Fetch]:
        """Begin nothing more, and give back what waited."""
        dropped = self.frontier.drop_all()
        for fetch in dropped:
            if fetch.waiter is not None and not fetch.waiter.done():
                fetch.waiter.set_result(None)
        self.changed.set()
        return dropped

    def _release(self, fetch: Fetch, settled: Settled | None) -> None:
        self.frontier.done(fetch)
        if fetch.waiter is not None and not fetch.waiter.done():
            fetch.waiter.set_result(settled)
        self.changed.set()

    def may_pass(self, fetch: Fetch, settled: Settled) -> bool:
        """Whether the failure of a fetch may pass within this run, so that it is tried again."""
        status = settled.processed.page.http_status
        if fetch.last_try or (status is not None and status < 400):
            return False  # a redirect that leads nowhere is a server's error, and will stay one
        pace = self._pace_of_hosts()
        if pace is not None and pace.is_left_alone(settled.processed.page.final_url):
            return False
        return settled.outcome in PASSING_SOON and fetch.tries < self.context.settings.retries

    def _pause(self, fetch: Fetch) -> float:
        return self.context.settings.host_delay_s * RETRY_PAUSES * 2.0**fetch.tries

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
