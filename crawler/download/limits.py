"""Limits that Scrapy has not: all the time of a request, keeping what arrived, and the length of a response's head.

| limit | number | why |
| --- | --- | --- |
| one request, from connecting to its last byte | `timeout_s` (60 s) | a drip of one byte a second never trips a read timeout |
| body as sent | `max_bytes` (30 MB) | a page is 100 kB, a long PDF 20 MB; memory is shared by 16 requests |
| head of a response | 256 KiB | what Chrome accepts; Twisted limits a line, not their number |

What a body unpacks to, in whichever coding and however deep, is limited where it is unpacked: `archive.warc.decode`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.internet.defer import CancelledError
from twisted.web._newclient import (
    RequestNotSent,
    RequestTransmissionFailed,
    ResponseNeverReceived,
)

from archive.model.vocabulary import Outcome

if TYPE_CHECKING:
    from twisted.internet.defer import Deferred
    from twisted.python.failure import Failure

# What Twisted itself takes for a reason to ask again, without a word and without a pause.
_UNANSWERED = (RequestNotSent, RequestTransmissionFailed, ResponseNeverReceived)

MAX_HEAD_BYTES = 256 * 1024  # Chrome's limit (net::HttpStreamParser::kMaxHeaderBufSize)


class HeadTooLargeError(Exception):
    """A response's status line and headers are over `MAX_HEAD_BYTES`."""

    outcome = Outcome.TOO_LARGE


class LimitedParser(_LenientHTTPClientParser):
    """Scrapy's response parser, with a limit for the whole head: interim responses (1xx) count towards it."""

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
    """A connection that was kept for reuse had been closed by the other side: the request was not answered there."""


class LimitedProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's HTTP client protocol with `LimitedParser`."""

    _used = False

    def request(self, request: Any) -> Deferred[Any]:
        """Send a request, and read its response within limits.

        The answer fails with `StaleConnectionError` where nothing came over a connection that was used before.
        """
        used, self._used = self._used, True
        answer: Deferred[Any] = super().request(request)
        # Twisted names its parser's class in the middle of a method; Scrapy replaces it in this way, too.
        if self._parser is not None:
            self._parser.__class__ = LimitedParser
        return answer.addErrback(_stale) if used else answer


def _stale(failure: Failure) -> Failure:
    error = failure.value
    reasons = getattr(error, "reasons", None) or ()
    cancelled = any(reason.check(CancelledError) for reason in reasons)
    if isinstance(error, _UNANSWERED) and not cancelled:
        raise StaleConnectionError("a kept connection was closed") from error
    return failure
