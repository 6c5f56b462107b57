"""Obeys robots.txt per RFC 9309: status-aware, per scheme, host and port, one fetch at a time, kept
in the WARC.

What is kept of an earlier run is not asked for again while it may be used (a day, or less where the
server says so) and lets the page through: what it forbids may be allowed by now.

Scrapy's own middleware lets the first requests through while robots.txt is still on its way, reads
the body of an error page as rules, takes a failed download for permission, and never forgets. Order
**100**, Scrapy's place for it: after the guard (50), before everything that touches the request.

Meta keys: `isw_robots` marks our own request for a robots.txt, `isw_target` tells the capture
middleware what it is for, `isw_no_robots` (True, or the host it is meant for) marks a request to an
API, which robots.txt does not govern. What the site asks for between requests travels on in
`isw_crawl_delay` (seconds) to the politeness middleware.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from archive.clock import now
from archive.errors import ArchiveError
from archive.model.body import whole_body
from archive.model.fetch import Target
from archive.model.vocabulary import Kind, Outcome
from archive.warc.decode import decode_body
from archive.warc.http import status_of
from crawler.download.failures import classify
from crawler.download.refusals import HostBusy, RobotsDisallowed
from crawler.download.stopping import StoppingError
from crawler.frontier.robots_rules import (
    MAX_AGE_S,
    MAX_BYTES,
    UNREACHABLE_AGE_S,
    Rules,
    age_s,
    rules_from,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from archive.model.fetch import Exchange
    from archive.model.fetch import Headers as HeaderLines

logger = logging.getLogger(__name__)

MAX_REDIRECTS = 5  # RFC 9309, section 2.3.1.2: at least five hops; with more it counts as not there
# Authorities remembered at once; the one not used for longest is forgotten. A run rarely visits
# more hosts at a time, and parsed rules may take a hundred times the 5 kB of a usual robots.txt.
MAX_REMEMBERED = 500

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """What we know of one authority's robots.txt.

    Attributes:
        age_s: For how many seconds more it may be used.
        failed: The outcome that keeps us out, when it could not be had at all; None when a server
            answered.
        held: It was kept by an earlier run.
    """

    rules: Rules
    age_s: float
    failed: Outcome | None = None
    held: bool = False


@dataclass(slots=True)
class _Entry:
    """One authority: its lock, so that the first requests wait for one fetch, and the newest
    answer."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    answer: RobotsAnswer | None = None
    expires_at: float = 0.0

    def take(self, answer: RobotsAnswer | None, at: float) -> None:
        """Remember an answer that came, or was found, at this second of the clock."""
        self.answer = answer
        self.expires_at = at + answer.age_s if answer else 0.0


class RobotsMiddleware:
    """Lets through what robots.txt allows; everything else ends as `RobotsDisallowed`."""

    def __init__(self, crawler: Crawler, clock: Callable[[], float] = time.monotonic) -> None:
        """For one crawl.

        Args:
            crawler: Its engine fetches robots.txt, through all middlewares.
            clock: Seconds that only grow.
        """
        self._crawler = crawler
        self._clock = clock
        self._entries: OrderedDict[str, _Entry] = OrderedDict()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """The middleware of one crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for the rules, then let the request pass or refuse it.

        Raises:
            RobotsDisallowed: With the outcome `robots-disallowed`; or, when the host could not be
                reached at all, with what failed (`dns-failure`, `timeout`, …), as the page itself
                would have.
            HostBusy: The host asked us to stay away, so that not even robots.txt was asked for.
        """
        request.meta.pop("isw_crawl_delay", None)  # a redirect carries the first host's
        if request.meta.get("isw_robots") or _is_exempt(request):
            return
        authority = authority_of(request.url)
        answer = await self._answer(authority, request.url)
        if not answer.rules.allows(request.url):
            evidence = {"rule": "robots", "robots": answer.rules.why}
            message = f"{request.url}: {answer.rules.why}"
            if not answer.rules.closed:
                message = f"{request.url}: {authority}/robots.txt disallows it"
            raise RobotsDisallowed(message, outcome=answer.failed, evidence=evidence)
        if answer.rules.crawl_delay_s is not None:
            request.meta["isw_crawl_delay"] = answer.rules.crawl_delay_s

    async def _answer(self, authority: str, url: str) -> RobotsAnswer:
        """The answer of one authority, fetched when it is not known, too old, or kept from an
        earlier run and against this page."""
        entry = self._entries.setdefault(authority, _Entry())
        self._entries.move_to_end(authority)
        self._forget()
        async with entry.lock:
            if entry.answer is None:
                entry.take(await self._held(authority), self._clock())
            answer = entry.answer
            is_old = answer is None or self._clock() >= entry.expires_at
            if answer is None or is_old or (answer.held and not answer.rules.allows(url)):
                answer = await self._fetch(authority)
                entry.take(answer, self._clock())
            return answer

    def _forget(self) -> None:
        """Drop what was not used for longest, but never one that a request waits for."""
        if len(self._entries) <= MAX_REMEMBERED:
            return
        oldest = next((a for a, e in self._entries.items() if not e.lock.locked()), None)
        if oldest is not None:
            del self._entries[oldest]

    async def _held(self, authority: str) -> RobotsAnswer | None:
        """What an earlier run kept; None where nothing is kept that may still be used."""
        context = getattr(self._crawler.spider, "context", None)
        if context is None:
            return None
        at = now()
        since = at - timedelta(seconds=MAX_AGE_S)
        kept = await context.ask(context.archive.robots_txt, f"{authority}/robots.txt", since)
        return None if kept is None else still_right(kept, at)

    async def _fetch(self, authority: str) -> RobotsAnswer:
        url = f"{authority}/robots.txt"
        request = Request(
            url,
            callback=NO_CALLBACK,
            dont_filter=True,
            meta={
                "isw_robots": True,
                "isw_target": Target(url=url, kind=Kind.ROBOTS, reason="robots"),
                "isw_max_bytes": MAX_BYTES,
                "redirect_ttl": MAX_REDIRECTS,
            },
        )
        engine = self._crawler.engine
        if engine is None:
            raise AssertionError("a request before the engine started")
        try:
            response = await engine.download_async(request)
        except (ArchiveError, StoppingError, HostBusy):
            raise  # the archive cannot be written, or nothing was asked: not the site's doing
        except Exception as error:  # noqa: BLE001 - whatever failed, we may not go on to the page
            return failed(url, error)
        return answered(response)


def answered(response: Response) -> RobotsAnswer:
    """What a server's answer to robots.txt means, for as long as it may be used."""
    request = response.request
    truncated = request.meta.get("isw_truncated") if request is not None else None
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in dict.items(response.headers)
        for value in values
    )
    return meaning(response.status, headers, response.body, truncated)


def still_right(kept: Exchange, at: datetime) -> RobotsAnswer | None:
    """What an answer that was kept means at a later moment; None where it may not be used any
    more, or never said what may be fetched."""
    message, age = kept.response, (at - kept.captured_at).total_seconds()
    status = status_of(message.start_line)
    if status is None:
        return None
    found = meaning(status[0], message.headers, whole_body(message.body), kept.truncated)
    is_usable = 0 <= age < found.age_s and not found.rules.closed
    return replace(found, age_s=found.age_s - age, held=True) if is_usable else None


def meaning(status: int, headers: HeaderLines, body: bytes, truncated: str | None) -> RobotsAnswer:
    """What an answer to robots.txt means.

    Rules of which a part is missing are no rules: what was to come may be the line that keeps us
    out. Only our own limit cuts them rightly (`length`; RFC 9309, section 2.5).

    Args:
        status: After redirects.
        headers: As they stand, repeats kept.
        body: As it was sent.
        truncated: Why the body is not whole, or None.
    """
    if truncated in {"time", "disconnect"}:
        rules = Rules("robots.txt cannot be had: it broke off", closed=True)
        return RobotsAnswer(rules, UNREACHABLE_AGE_S)
    codings, control = (
        ",".join(value for name, value in headers if name.lower() == wanted)
        for wanted in ("content-encoding", "cache-control")
    )
    unpacked = decode_body(body, {"Content-Encoding": codings}, MAX_BYTES + 1)
    # What cannot be unpacked is no rules, like any other answer that is no text.
    text = unpacked.body if unpacked.flag != "unknown-encoding" else b"<"
    rules = rules_from(status, text)
    if rules.closed:
        return RobotsAnswer(rules, UNREACHABLE_AGE_S)
    return RobotsAnswer(rules, age_s(control))


def failed(url: str, error: Exception) -> RobotsAnswer:
    """What a robots.txt means that no server answered for: closed, unless it was lost in
    redirects."""
    outcome, text = classify(error)
    lost = "max redirections" in str(error) and isinstance(error, IgnoreRequest)
    if lost or outcome is Outcome.REDIRECT_LOOP:
        return RobotsAnswer(Rules(f"no robots.txt: {text}"), UNREACHABLE_AGE_S)
    logger.info("robots.txt uri_r=%s unreachable: %s", url, text)
    rules = Rules(f"robots.txt cannot be had: {text}", closed=True)
    if "refused" in getattr(error, "evidence", {}):
        # The guard passed the page's own URL, so it is a redirect that led to a forbidden place.
        return RobotsAnswer(rules, UNREACHABLE_AGE_S)
    # No answer at all: the next request tries again, until the breaker of the politeness middleware
    # stops it.
    return RobotsAnswer(rules, 0.0, failed=outcome)


def authority_of(url: str) -> str:
    """Scheme, host and port, to which one robots.txt applies (RFC 9309, section 2.3):
    `https://t.me`."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    return f"{parts.scheme}://{host}" + (
        "" if port is None or port == _PORTS.get(parts.scheme) else f":{port}"
    )


def _is_exempt(request: Request) -> bool:
    exempt = request.meta.get("isw_no_robots")
    return exempt is True or (bool(exempt) and exempt == urlsplit(request.url).hostname)
