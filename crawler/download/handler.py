"""How one request goes over the network: Scrapy's own HTTP/1.1 handler, with our guard, limits and
TLS around it.

Put it in `DOWNLOAD_HANDLERS` for `http` and `https`. What it tells by `request.meta`, which it
clears at the start of each download, so that a redirect never carries an earlier hop's:

| key | value |
| --- | --- |
| `isw_tls_verified` | https: True, or False when only a try without verification succeeded; absent for http |
| `isw_tls_problem` | why verification failed, in words |
| `isw_connection` | `Connection`: when the request was sent, and the server's certificates |
| `isw_large` | the body, where it stands in a file; the response's is empty then |
| `isw_truncated` | `length`, `time` or `disconnect` when the body is not whole; what arrived is in the response |

What it reads there: `isw_apart`, that a large body may stay in a file; `isw_max_bytes`, another
size limit than `max_bytes`, of which the first part is wanted however long the rest;
`isw_file_bytes`, another limit for a whole; `download_timeout`, as Scrapy sets it;
`crawler.download.tls.SECRET`, with which nothing is sent unverified.
"""  # noqa: E501

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import StopDownload

from archive.config import Settings
from crawler.download.guard import is_refusal
from crawler.download.refusals import AddressRefused
from crawler.download.scrapy_internals.client import Client, StaleConnectionError
from crawler.download.scrapy_internals.slots import PACE, Slots
from crawler.download.tls import SECRET, UnverifiedPolicy, VerifiedPolicy, verification_problem
from crawler.settings import CONCURRENT_REQUESTS_PER_DOMAIN

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response

logger = logging.getLogger(__name__)

_OURS = ("isw_tls_verified", "isw_tls_problem", "isw_connection", "isw_truncated", "isw_large")


class DownloadHandler(BaseDownloadHandler):
    """Downloads, verified if that can be; keeps the part of a body that a limit cuts off."""

    lazy = False  # both are made at the start: a crawl that cannot verify must not begin

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings.get("ISW_SETTINGS") or Settings()
        self._max_bytes: int = settings.max_bytes
        self._timeout_s: float = settings.timeout_s
        self._verified = Client(crawler, VerifiedPolicy())
        self._unverified = Client(crawler, UnverifiedPolicy())
        self._received: dict[Request, int] = {}
        self._crawler = crawler
        self._slots = Slots(crawler)
        crawler.signals.connect(self._on_headers, signals.headers_received)
        crawler.signals.connect(self._on_bytes, signals.bytes_received)

    async def download_request(self, request: Request) -> Response:
        """Fetch one request.

        Raises:
            AddressRefused: The address connected to is forbidden.
            CannotKeepError: Others may ask the site, and nobody says when.
            Exception: What Scrapy's handler raises; `crawler.download.failures.classify` names it.
        """
        await self._shared(request)
        # one more than there may be kept connections that have gone stale
        for _ in range(CONCURRENT_REQUESTS_PER_DOMAIN):
            try:
                return await self._attempt(request)
            except StaleConnectionError:
                logger.info(
                    "stale connection uri_r=%s: asked again at its host's pace", request.url
                )
                await self._turn(request)
        return await self._attempt(request)

    async def _turn(self, request: Request) -> None:
        """Wait as another request to the same host would, and have all others wait for this one."""
        await asyncio.sleep(self._slots.turn(request, time.monotonic()))
        await self._shared(request)

    async def _shared(self, request: Request) -> None:
        """Wait until nobody else asks the site, where others may (`CrawlContext.turn`)."""
        context = getattr(self._crawler.spider, "context", None)
        if context is not None and (pace_s := request.meta.get(PACE)):
            await context.turn(request.url, pace_s)

    async def _attempt(self, request: Request) -> Response:
        for key in _OURS:
            request.meta.pop(key, None)
        started = time.monotonic()
        self._received[request] = 0
        try:
            return await self._try(self._verified, request, self._left(request, started))
        except Exception as error:
            problem = verification_problem(error)
            if problem is None or SECRET in request.meta or not request.url.startswith("https:"):
                raise
            logger.info("tls uri_r=%s unverified: %s", request.url, problem)
            request.meta["isw_tls_problem"] = problem
            self._received[request] = 0
            return await self._try(self._unverified, request, self._left(request, started))
        finally:
            del self._received[request]

    async def close(self) -> None:
        """Close the connections that wait for reuse."""
        await self._verified.close()
        await self._unverified.close()

    def _left(self, request: Request, started: float) -> float:
        """Seconds left for this request. Both tries share its time."""
        whole = float(request.meta.get("download_timeout") or self._timeout_s)
        return max(0.001, whole - (time.monotonic() - started))

    async def _try(self, handler: Client, request: Request, timeout_s: float) -> Response:
        try:
            fetched = await handler.fetch(request, timeout_s)
        except Exception as error:
            if is_refusal(error):
                message = f"{request.url}: its host leads to an address that is not public"
                raise AddressRefused(
                    message, evidence={"rule": "address", "at": "connect"}
                ) from error
            raise
        if request.url.startswith("https:"):
            request.meta["isw_tls_verified"] = handler is self._verified
        if fetched.connection is not None:
            request.meta["isw_connection"] = fetched.connection
        if fetched.large is not None:
            request.meta["isw_large"] = fetched.large
        if fetched.cut is not None:
            request.meta["isw_truncated"] = fetched.cut
        return fetched.response

    def _limit(self, request: Request) -> int:
        limits = (request.meta.get(name) for name in ("isw_max_bytes", "isw_file_bytes"))
        return int(next(filter(None, limits), self._max_bytes))

    def _on_headers(self, request: Request, headers: Headers, body_length: Any) -> None:
        """End a download whose length is announced and too large: its head is kept, its body not
        begun."""
        too_long = isinstance(body_length, int) and body_length > self._limit(request)
        if request in self._received and too_long and "isw_max_bytes" not in request.meta:
            raise StopDownload(fail=False)

    def _on_bytes(self, request: Request, data: bytes) -> None:
        """End a download that has grown too large; what arrived is kept."""
        if request not in self._received:
            return
        self._received[request] += len(data)
        if self._received[request] > self._limit(request):
            raise StopDownload(fail=False)
