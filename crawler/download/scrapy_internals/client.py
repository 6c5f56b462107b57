"""Scrapy's HTTP/1.1 client with limits that it has not: all the time of a request, keeping what
arrived, and the length of a response's head.

| limit | number | why |
| --- | --- | --- |
| one request, from connecting to its last byte | `timeout_s` (60 s) | a drip of one byte a second never trips a read timeout |
| body as sent | `max_bytes` (30 MB) | a page is 100 kB, a long PDF 20 MB |
| head of a response | 256 KiB | what Chrome accepts; Twisted limits a line, not their number |

What a body unpacks to, in whichever coding and however deep, is limited where it is unpacked:
`archive.warc.decode`.
"""  # noqa: E501

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    TunnelError,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
    _ScrapyAgent,
)
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import CancelledError
from twisted.web._newclient import (
    RequestNotSent,
    RequestTransmissionFailed,
    ResponseNeverReceived,
)

from archive.clock import now
from archive.model.vocabulary import Outcome
from crawler.download.scrapy_internals.spool import Spool, spool
from crawler.download.scrapy_internals.tls import connection_of

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred
    from twisted.python.failure import Failure

    from archive.bodies import FileBody
    from archive.model.fetch import Connection

__all__ = ["Client", "HeadTooLargeError", "StaleConnectionError", "TunnelError"]

APART = "isw_apart"
"""In a request's meta: whoever asks takes a large body as a file."""

# What Twisted itself takes for a reason to ask again, without a word and without a pause.
_UNANSWERED = (RequestNotSent, RequestTransmissionFailed, ResponseNeverReceived)

MAX_HEAD_BYTES = 256 * 1024  # Chrome's limit (net::HttpStreamParser::kMaxHeaderBufSize)


class HeadTooLargeError(Exception):
    """A response's status line and headers are over `MAX_HEAD_BYTES`."""

    outcome = Outcome.TOO_LARGE


class LimitedParser(_LenientHTTPClientParser):
    """Scrapy's response parser, with a limit for the whole head: interim responses (1xx) count
    towards it."""

    head_bytes = 0

    def lineReceived(self, line: bytes) -> None:
        """One line of the head.

        Raises:
            HeadTooLargeError: The connection is closed then.
        """
        self.head_bytes += len(line) + 1
        if self.head_bytes > MAX_HEAD_BYTES:
            raise HeadTooLargeError(f"the response's head is over {MAX_HEAD_BYTES} bytes")
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:
        """One line over Twisted's limit (16 KiB).

        Raises:
            HeadTooLargeError: The connection is closed then.
        """
        raise HeadTooLargeError(f"a header line of {len(line)} bytes or more")


class StaleConnectionError(Exception):
    """A connection that was kept for reuse had been closed by the other side: the request was not
    answered there."""


class LimitedProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's HTTP client protocol with `LimitedParser`."""

    _used = False

    def request(self, request: Any) -> Deferred[Any]:
        """Send a request, and read its response within limits.

        The answer fails with `StaleConnectionError` where nothing came over a connection that was
        used before.
        """
        used, self._used = self._used, True
        sent_at = now()
        answer: Deferred[Any] = super().request(request)
        answer.addCallback(self._with_connection, sent_at)
        # Twisted names its parser's class in the middle of a method; Scrapy replaces it in this
        # way, too.
        if self._parser is not None:
            self._parser.__class__ = LimitedParser
        return answer.addErrback(_stale) if used else answer

    def _with_connection(self, response: Any, sent_at: datetime) -> Any:
        """Note on a response what it came over: once its body was read, the connection is gone."""
        response.isw_connection = connection_of(self.transport, sent_at)
        return response


def _stale(failure: Failure) -> Failure:
    error = failure.value
    reasons = getattr(error, "reasons", None) or ()
    cancelled = any(reason.check(CancelledError) for reason in reasons)
    if isinstance(error, _UNANSWERED) and not cancelled:
        raise StaleConnectionError("a kept connection was closed") from error
    return failure


@dataclass(frozen=True, slots=True)
class Fetched:
    """A download.

    Attributes:
        response: With the body, or what arrived of it; empty where that is `large`.
        cut: Why its body is not whole; None when it is.
        connection: What it came over.
        large: The body, where it stands in a file.
    """

    response: Response
    cut: str | None
    connection: Connection | None
    large: FileBody | None = None


class Client(HTTP11DownloadHandler):
    """Scrapy's handler with one TLS policy, connections of its own, and our protocol."""

    def __init__(self, crawler: Crawler, policy: Any) -> None:
        """For one crawl; `policy` is an `IPolicyForHTTPS` (zope's interfaces are no types)."""
        super().__init__(crawler)
        self._contextFactory = policy
        # Twisted would ask again at once; we ask again, too, but in our turn.
        self._pool.retryAutomatically = False
        self._pool._factory = _LimitedFactory  # noqa: SLF001 - as Scrapy does; no public way

    async def fetch(self, request: Request, timeout_s: float) -> Fetched:
        """One download."""
        agent = _Agent(
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            fail_on_dataloss=False,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            response = await maybe_deferred_to_future(agent.fetch(request, timeout_s))
        cut = _why_cut(response, in_time=not agent.out_of_time)
        held = agent.spool.held if agent.spool is not None else None
        return Fetched(response, cut, agent.connection, held)


def _reactor() -> Any:
    """Twisted's reactor, which can be imported only once it runs."""
    from twisted.internet import reactor

    return reactor


def _why_cut(response: Response, *, in_time: bool) -> str | None:
    if "download_stopped" in response.flags:
        return "length"
    if not in_time:
        return "time"
    return "disconnect" if "dataloss" in response.flags else None


class _Agent(_ScrapyAgent):
    """Scrapy's agent, which throws away what arrived when time is up; this one keeps it."""

    out_of_time = False
    connection: Connection | None = None
    spool: Spool | None = None
    _timeout_cl: Any

    def fetch(self, request: Request, timeout_s: float) -> Deferred[Response]:
        """As `download_request`, which it extends, with the time given here."""
        # Scrapy's own timer would cancel everything, so it is set beyond ours and then replaced.
        answer = self.download_request(request)
        if self._timeout_cl.active():
            self._timeout_cl.cancel()
            self._timeout_cl = _reactor().callLater(timeout_s, self._cut, answer)
        return answer

    def _cb_bodyready(self, txresponse: Any, request: Request) -> Any:
        self.connection = getattr(txresponse, "isw_connection", None)
        answer = super()._cb_bodyready(txresponse, request)
        folder, stays = self._crawler.settings.get("ISW_SPOOL"), bool(request.meta.get(APART))
        self.spool = spool(txresponse, folder, stays=stays)
        return answer

    def _cut(self, answer: Deferred[Response]) -> None:
        self.out_of_time = True
        transport: Any = getattr(self._txresponse, "_transport", None)
        connection = getattr(transport, "_producer", None)
        if connection is None:
            answer.cancel()  # nothing of a body yet
        else:
            # The reader then finishes with what it has, as after any broken connection.
            connection.abortConnection()

    def _cb_timeout(self, result: Any, request: Request, url: str, timeout: float) -> Any:
        if self.out_of_time and self._txresponse is not None and hasattr(result, "status"):
            return result
        return super()._cb_timeout(result, request, url, timeout)


class _LimitedFactory(_LenientHTTP11ClientFactory):
    """Makes `LimitedProtocol` connections."""

    def buildProtocol(self, addr: Any) -> LimitedProtocol:
        return LimitedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
