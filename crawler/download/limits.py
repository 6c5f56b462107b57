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

from archive.model.records import Outcome

if TYPE_CHECKING:
    from twisted.internet.defer import Deferred

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


class LimitedProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's HTTP client protocol with `LimitedParser`."""

    def request(self, request: Any) -> Deferred[Any]:
        """Send a request, and read its response within limits."""
        answer: Deferred[Any] = super().request(request)
        # Twisted names its parser's class in the middle of a method; Scrapy replaces it in this way, too.
        self._parser.__class__ = LimitedParser
        return answer
