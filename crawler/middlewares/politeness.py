"""How often one site is asked: pace per registered domain, Retry-After, back-off, and a breaker for
hosts that are down.

Order **800**: each redirect hop passes it, after robots.txt (100) said what pace the site wants.
The waiting itself is done by Scrapy's download slots: this sets which slot a request belongs to,
how long its delay is, and when it may go on.

| number | value | who asks for it |
| --- | --- | --- |
| between requests to one registered domain | `host_delay_s` (2 s) | nobody: EDGI and Media Cloud keep 1 to 5 s |
| to ISW and CTP | `report_host_delay_s` (10 s) | ISW's robots.txt, once |
| `Crawl-delay` | as asked, at most 60 s | the site; above it one report's sources would take days |
| `Retry-After` | as asked; over 300 s the host is left alone for the rest of the time | RFC 9110, 10.2.3 |
| 429, 503 without it | 30 s, doubled each time, at most 300 s | RFC 6585 and 9110 leave it to us |
| at a time | 2; 1 until a host has answered for a page | a host that never answers has one request waiting |
| breaker | 3 failures in a row, or one timeout before any answer, close a host for 600 s | Media Cloud waits 10 minutes |

AutoThrottle may slow a slot down further, for a server that answers slowly; it is never let below
these. There is no jitter: Scrapy's takes half of a delay away as often as it adds half.
"""  # noqa: E501

from __future__ import annotations

import email.utils
import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import IgnoreRequest

from archive.clock import now as wall_clock
from archive.config import Settings
from archive.errors import ArchiveError
from archive.model.vocabulary import NO_CONNECTION, Outcome
from archive.urls.publishers.registry import OWN_DOMAINS
from crawler.download.failures import classify
from crawler.download.proxies import ProxyError, failure_of
from crawler.download.refusals import MAX_PAUSE_S, HostBusy, HostDown, RefusedError
from crawler.download.scrapy_internals.slots import LEAST_DELAY_S, Slots
from crawler.frontier.names import host_of, slot_of
from crawler.settings import CONCURRENT_REQUESTS_PER_DOMAIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

CRAWL_DELAY_CAP_S = 60.0
FIRST_PAUSE_S = 30.0
BREAKER_FAILURES = 3
BREAKER_S = 600.0

BUSY = frozenset({429, 503})


def retry_after_s(value: str | None, now: datetime) -> float | None:
    """Seconds that a `Retry-After` header asks for, from 0; None when it is missing or says
    nothing.

    Args:
        value: Seconds, or an HTTP date (RFC 9110, section 10.2.3).
        now: The moment the answer came.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])  # three decades are enough
    moment = _date(text)
    return None if moment is None else max(0.0, (moment - now).total_seconds())


def _date(text: str | None) -> datetime | None:
    """An HTTP date in any of its three forms (RFC 9110, section 5.6.7); None for anything else."""
    try:
        moment = email.utils.parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return None if value is None else value.decode("latin-1")


@dataclass(slots=True)
class Host:
    """What happened with one host in this run. Times are seconds of the middleware's clock.

    Attributes:
        failures: Connections that failed, in a row.
        last_failure: How the newest of them did.
        down_until: Until when nothing is tried, but for one request that finds out.
        busy: Answers 429 or 503, in a row.
        busy_until: Until when the host asked us to stay away.
    """

    failures: int = 0
    last_failure: Outcome = Outcome.CONNECTION_FAILURE
    down_until: float = 0.0
    busy: int = 0
    busy_until: float = 0.0

    def failed(self, outcome: Outcome, at: float, *, stranger: bool) -> bool:
        """Note a failed connection; says whether the breaker is open now.

        Args:
            outcome: How it failed.
            at: When.
            stranger: The host has not answered anything in this run: then one request that waited
                in vain is enough.
        """
        self.failures += 1
        self.last_failure = outcome
        most = 1 if stranger and outcome is Outcome.TIMEOUT else BREAKER_FAILURES
        if self.failures < most:
            return False
        self.down_until = at + BREAKER_S
        return True

    def answered(self) -> None:
        """Note that it is there."""
        self.failures, self.down_until = 0, 0.0

    def is_down(self, at: float) -> bool:
        """Whether a request at this time is refused. After `BREAKER_S` the first is let through,
        and only that one."""
        if not self.down_until:
            return False
        if at < self.down_until:
            return True
        self.down_until = at + BREAKER_S
        return False

    def pause_s(self, asked_s: float | None) -> float:
        """Seconds to wait after one more busy answer: what it asks for, else longer each time."""
        self.busy += 1
        if asked_s is not None:
            return asked_s
        return float(min(MAX_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(self.busy - 1, 10)))


class PolitenessMiddleware:
    """Sets the pace of each request's slot, and ends requests to hosts that are down or asked us to
    stay away."""

    def __init__(
        self,
        crawler: Crawler,
        settings: Settings,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = wall_clock,
    ) -> None:
        """For one crawl.

        Args:
            crawler: Its downloader's slots do the waiting.
            settings: For the delays.
            clock: Seconds that only grow; the downloader's own.
            now: The time of day, for dates in `Retry-After`.
        """
        self._crawler = crawler
        self._slots = Slots(crawler)
        self._settings = settings
        self._clock = clock
        self._now = now
        self._hosts: dict[str, Host] = {}
        self._floors: dict[str, float] = {}
        self._heard: set[str] = set()
        self._answered: set[str] = set()  # for more than robots.txt

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PolitenessMiddleware:
        """The middleware of one crawl. AutoThrottle, an extension, is connected before it and so
        adjusts first."""
        middleware = cls(crawler, crawler.settings.get("ISW_SETTINGS") or Settings())
        crawler.signals.connect(middleware.response_downloaded, signals.response_downloaded)
        return middleware

    def process_request(self, request: Request) -> None:
        """Put a request into its slot, at its pace.

        Raises:
            HostDown: The breaker of its host is open.
            HostBusy: Its host asked us to stay away for longer than `MAX_PAUSE_S`.
        """
        host, slot = host_of(request.url), slot_of(request.url)
        state, at = self._hosts.get(host), self._clock()
        if state is not None and at < state.busy_until:
            raise HostBusy(host, state.busy_until - at)
        if state is not None and state.is_down(at):
            raise _down(host, state)
        delay_s = self._floor(slot, request.meta.get("isw_crawl_delay"))
        self._slots.settle(request, slot, delay_s=delay_s, width=self._width(host))

    def is_troubled(self, url: str) -> bool:
        """Whether the host of a URL answered last that it is busy, or did not answer."""
        state = self._hosts.get(host_of(url))
        return state is not None and (state.busy > 0 or state.failures > 0)

    def is_left_alone(self, url: str) -> bool:
        """Whether a request to the host of a URL would be refused now."""
        state = self._hosts.get(host_of(url))
        return state is not None and self._clock() < max(state.down_until, state.busy_until)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count what says that a host is down."""
        if not isinstance(exception, IgnoreRequest | ArchiveError):
            self._failed(request, classify(exception)[0])

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Learn from an answer. A signal, not `process_response`, because it comes before anything
        else may end it."""
        self._slots.hold(request, self._floors.get(slot_of(request.url), 0.0))
        from_proxy = failure_of(request, response)
        if from_proxy is not None:
            if isinstance(from_proxy, ProxyError):
                self._failed(request, from_proxy.outcome)
            return
        host = host_of(request.url)
        self._heard.add(host)
        if not request.meta.get("isw_robots"):
            self._answered.add(host)
        state = self._hosts.get(host)
        if state is not None:
            state.answered()
        if response.status in BUSY:
            self._pause(request, response)
        elif state is not None:
            state.busy = 0

    def _floor(self, slot: str, crawl_delay_s: float | None) -> float:
        """The slot's least delay: what the settings ask for, and what the site asked for so far."""
        settings = self._settings
        least = settings.report_host_delay_s if slot in OWN_DOMAINS else settings.host_delay_s
        asked = min(crawl_delay_s or 0.0, CRAWL_DELAY_CAP_S)
        floor = max(least, asked, self._floors.get(slot, LEAST_DELAY_S))
        self._floors[slot] = floor
        return floor

    def _width(self, host: str) -> int:
        """One request at a time until the host has answered for a page: one that never answers
        makes nobody else wait."""
        state = self._hosts.get(host)
        answers = host in self._answered and (state is None or not state.failures)
        return CONCURRENT_REQUESTS_PER_DOMAIN if answers else 1

    def _failed(self, request: Request, outcome: Outcome) -> None:
        """Count one failed connection; when it opens the breaker, what waits for the host ends,
        too."""
        if outcome not in NO_CONNECTION:
            return
        host = host_of(request.url)
        state = self._hosts.setdefault(host, Host())
        if state.failed(outcome, self._clock(), stranger=host not in self._heard):
            logger.info("breaker host=%s open after %s", host, outcome)
            self._end_waiting(request, host, _down(host, state))

    def _pause(self, request: Request, response: Response) -> None:
        """Wait as a busy host asks: a pause of its slot, or no more requests for as long."""
        host, at = host_of(request.url), self._clock()
        state = self._hosts.setdefault(host, Host())
        asked = retry_after_s(_header(response, "Retry-After"), self._moment(response))
        pause = state.pause_s(asked)
        logger.info("busy host=%s status=%s pause_s=%.0f", host, response.status, pause)
        context = getattr(self._crawler.spider, "context", None)
        if context is not None:
            context.tell_rest(host, pause)
        if pause > MAX_PAUSE_S:
            state.busy_until = at + pause
            request.meta["dont_retry"] = True
            self._end_waiting(request, host, HostBusy(host, pause))
            return
        self._slots.pause(request, at + pause)

    def _moment(self, response: Response) -> datetime:
        """When the server answered, by its own clock: a date in `Retry-After` is of that clock,
        too."""
        return _date(_header(response, "Date")) or self._now()

    def _end_waiting(self, request: Request, host: str, error: RefusedError) -> None:
        """End the requests to this host that already wait in the slot."""
        self._slots.end_waiting(request, error, lambda one: host_of(one.url) == host)


def pace_of_hosts(crawler: Crawler) -> PolitenessMiddleware | None:
    """What paces the hosts of a crawl; None before its engine is made."""
    found = crawler.get_downloader_middleware(PolitenessMiddleware)
    return found if isinstance(found, PolitenessMiddleware) else None


def is_left_alone(crawler: Crawler, url: str) -> bool:
    """Whether the host of a URL is asked nothing more in this run."""
    pace = pace_of_hosts(crawler)
    return pace is not None and pace.is_left_alone(url)


def _down(host: str, state: Host) -> HostDown:
    """The breaker's error. A name that does not resolve does so for each of its URLs; the rest we
    have not tried."""
    failure = state.last_failure
    times = "once" if state.failures == 1 else f"{state.failures} times in a row"
    outcome = failure if failure is Outcome.DNS_FAILURE else Outcome.CONNECTION_FAILURE
    evidence = {"rule": "breaker", "host": host, "after": str(failure)}
    message = f"{host} failed {times} ({failure}) and is left alone for {BREAKER_S:.0f} s"
    return HostDown(message, outcome=outcome, evidence=evidence)
