"""Everything that comes off the network is on disk before anything else sees it.

Records are made of what Scrapy still has: header names re-cased, the usual reason phrase, transfer
encoding undone; the warcinfo record says so.
"""

from __future__ import annotations

import http
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware as ScrapyRedirects
from scrapy.exceptions import IgnoreRequest

from archive.clock import now
from archive.model.fetch import Exchange, Hop, HttpMessage, Target
from archive.model.vocabulary import REDIRECT_STATUSES, Kind
from crawler.download.failures import (
    BadRedirectError,
    CannotKeepError,
    RedirectLoopError,
)
from crawler.download.proxies import ProxyLoginError, failure_of
from crawler.download.refusals import HostBusy
from crawler.download.scrapy_internals.tunnel import install as install_tunnel
from crawler.download.stopping import StoppingError
from crawler.download.tls import SECRET
from crawler.frontier.fetches import FETCH, robots_fetch, validators
from crawler.frontier.refresh import refresh_of
from crawler.middlewares.resume import is_part, resumed
from crawler.settling import settle_failure, settle_response

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response

    from archive.model.fetch import Headers as HeaderLines
    from crawler.context import CrawlContext
    from crawler.frontier.fetches import Fetch
    from crawler.frontier.refresh import Refresh


class CaptureMiddleware:
    """Writes each exchange to the WARC."""

    def __init__(self, context: CrawlContext) -> None:
        self._context = context

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of a crawl whose spider has a `context`."""
        install_tunnel()
        return cls(context_of(crawler))

    def process_request(self, request: Request) -> None:
        """Give a fetch to requests that no spider made."""
        if FETCH not in request.meta and not request.meta.get(SECRET):
            request.meta[FETCH] = robots_fetch(request.meta["isw_target"])

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Write the exchange; a response that ends its fetch leaves `written` and `context` there.

        Raises:
            ProxyError: The operator's proxy answered for a site that it could not reach.
            CannotKeepError: The WARC cannot be written, or the proxy lets nothing through.
        """
        if request.meta.get(SECRET):
            return response
        fetch: Fetch = request.meta[FETCH]
        failed = failure_of(request, response)
        if isinstance(failed, ProxyLoginError):
            raise self._context.stopped_by(str(failed))
        if failed:
            await settle_robots(self._context, request, failed)
            raise failed
        self._hear(request, response)
        if is_part(request, response):
            return await resumed(self._context, request, response, exchange_of(request, response))
        led_by = led_on_by(request, response)
        exchange = exchange_of(request, response)
        written, context = await self._context.write(
            fetch,
            exchange,
            led_by=led_by,
            tls_verified=request.meta.get("isw_tls_verified"),
        )
        if led_by is None:
            fetch.written, fetch.context = written, context
            fetch.captured_at, fetch.truncated = exchange.captured_at, exchange.truncated
            fetch.body = exchange.response.body
            if fetch.target.kind is Kind.ROBOTS:
                await settle_response(self._context, fetch, response)
        else:
            fetch.hops.append(Hop(exchange.uri, response.status, written.location, led_by))
        return response

    def _hear(self, request: Request, response: Response | None) -> None:
        """What an answer, or that there was none, says of our clock."""
        gate, host = self._context.clock, urlsplit(request.url).hostname or ""
        if gate is not None and response is not None:
            gate.heard(host, response)
        elif gate is not None:
            gate.silent(host)

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Keep that robots.txt could not be had; for pages the spider's errback does it."""
        if isinstance(exception, ProxyLoginError):
            raise self._context.stopped_by(str(exception)) from exception
        if isinstance(exception, CannotKeepError | StoppingError | HostBusy):
            return  # of what was not asked for there is nothing to keep
        self._hear(request, None)
        await settle_robots(self._context, request, exception)


class _Redirects(ScrapyRedirects):
    """Scrapy's, without a Referer, and without its warning that there will be none."""

    def handle_referer(self, request: Request, response: Response) -> None:
        """Send no Referer: no site is told where we come from."""
        request.headers.pop("Referer", None)

    def _engine_started(self) -> None:
        pass


class RedirectMiddleware:
    """Scrapy's, with loops seen at once and validators kept to their address."""

    def __init__(self, context: CrawlContext, redirects: _Redirects) -> None:
        self._context = context
        self._redirects = redirects

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of a crawl whose spider has a `context`."""
        return cls(context_of(crawler), _Redirects.from_crawler(crawler))

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """The next hop, or the response that ends the chain.

        Raises:
            RedirectLoopError: The chain is too long, or comes back to where it was: without cookies
                it would do so for good.
            BadRedirectError: `Location` cannot be requested.
        """
        if request.meta.get(SECRET):
            return response  # what carries keys goes nowhere else
        if not will_follow(request, response):
            refresh = refresh_of(request, response, request.meta[FETCH].target.kind)
            if refresh is None:
                return response
            response = as_redirect(response, refresh)
        try:
            return self._next_hop(request, response)
        except (RedirectLoopError, BadRedirectError) as error:
            await settle_robots(self._context, request, error)
            raise

    def _next_hop(self, request: Request, response: Response) -> Request | Response:
        try:
            result: Request | Response = self._redirects.process_response(request, response)
        except IgnoreRequest as error:
            raise RedirectLoopError(str(error)) from error
        except ValueError as error:
            raise BadRedirectError(f"redirected to no address: {error}") from error
        if not isinstance(result, Request):
            return result
        passed = {_bare(url) for url in (*request.meta.get("redirect_urls", ()), request.url)}
        if _bare(result.url) in passed:
            raise RedirectLoopError(f"redirected back to {result.url}")
        for name in ("If-None-Match", "If-Modified-Since", "Range", "If-Range"):
            result.headers.pop(name, None)
        fetch: Fetch = request.meta[FETCH]
        result.headers.update(validators(fetch.target, result.url))
        return result


async def settle_robots(context: CrawlContext, request: Request, error: Exception) -> None:
    """Keep that a robots.txt could not be had; for pages the spider's errback does it.

    Raises:
        CannotKeepError: The WARC or the database cannot be written.
    """
    fetch = request.meta.get(FETCH)
    if fetch is None:
        target: Target | None = request.meta.get("isw_target")
        fetch = robots_fetch(target) if target else None
    if fetch is not None and fetch.target.kind is Kind.ROBOTS and fetch.written is None:
        await settle_failure(context, fetch, request.url, error)


def context_of(crawler: Crawler) -> CrawlContext:
    """What the spider shares with its middlewares."""
    context: CrawlContext = crawler.spider.context  # type: ignore[union-attr]
    return context


def led_on_by(request: Request, response: Response) -> str | None:
    """What leads from this response to the next hop; None when it ends the chain."""
    if will_follow(request, response):
        return "redirect"
    refresh = refresh_of(request, response, request.meta[FETCH].target.kind)
    return refresh.led_by if refresh else None


def as_redirect(response: Response, refresh: Refresh) -> Response:
    """A page that only sends its visitor on, as the redirect that it stands for; its record keeps
    what came."""
    return response.replace(status=302, body=b"", headers={"Location": refresh.url})


def will_follow(request: Request, response: Response) -> bool:
    """Whether the redirect middleware will make another request of this response, or give up over
    it."""
    location = response.headers.get("Location")
    if response.status not in REDIRECT_STATUSES or location is None:
        return False
    if request.meta.get("dont_redirect"):
        return False
    try:
        scheme = urlsplit(urljoin(request.url, location.decode("latin-1").strip())).scheme
    except ValueError:
        return False
    return scheme in {"http", "https"}


def exchange_of(request: Request, response: Response) -> Exchange:
    """The exchange as Scrapy still has it."""
    protocol, status = response.protocol or "HTTP/1.1", response.status
    return Exchange(
        uri=_bare(request.url),
        captured_at=now(),
        request=_request_message(request),
        response=HttpMessage(
            f"{protocol} {status} {_phrase(status)}".rstrip(),
            _lines(response.headers),
            request.meta.get("isw_large") or response.body,
        ),
        ip_address=_ip_address(request, response),
        truncated=request.meta.get("isw_truncated"),
        connection=request.meta.get("isw_connection"),
    )


def _request_message(request: Request) -> HttpMessage:
    parts = urlsplit(request.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = (("Host", parts.netloc.rpartition("@")[2]),)
    lines = [line for line in _lines(request.headers) if line[0] != "Proxy-Authorization"]
    return HttpMessage(f"{request.method} {path} HTTP/1.1", (*host, *lines), request.body)


def _lines(headers: Headers) -> HeaderLines:
    """Every header line, repeats kept."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        # names are normal already; to ask for each would make them so anew
        for name, values in dict.items(headers)
        for value in values
    )


def _phrase(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return ""


def _ip_address(request: Request, response: Response) -> str | None:
    """The address connected to; behind a proxy it is the proxy's, which says nothing of the
    site."""
    if request.meta.get("proxy") or response.ip_address is None:
        return None
    return str(response.ip_address)


def _bare(url: str) -> str:
    """The URL without its fragment, which is never sent."""
    return url.partition("#")[0]


__all__: list[Any] = [
    "CaptureMiddleware", "RedirectMiddleware", "exchange_of", "will_follow",
]  # fmt: skip
