"""Limits that Scrapy has not: total time with what arrived kept, length of the head, and what a body unpacks to.

| limit | number | why |
| --- | --- | --- |
| one request, from connecting to its last byte | `timeout_s` (60 s) | a drip of one byte a second never trips a read timeout |
| body as sent, and as unpacked | `max_bytes` (30 MB) | a page is 100 kB, a long PDF 20 MB; memory is shared by 16 requests |
| head of a response | 256 KiB | what Chrome accepts; Twisted limits a line, not their number |
| nested content codings | 3 | each layer multiplies by up to 1,000; two are seen in the wild |
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)

from archive.errors import ArchiveError
from archive.records import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twisted.internet.defer import Deferred

MAX_HEAD_BYTES = 256 * 1024  # Chrome's limit (net::HttpStreamParser::kMaxHeaderBufSize)
MAX_CODINGS = 3

_CHUNK = 64 * 1024  # unpacked at a time: what a bomb may cost beyond the limit


class TooManyBytesError(ArchiveError):
    """A body unpacks to more than the limit.

    Attributes:
        partial: The first bytes of it, as many as the limit.
    """

    outcome = Outcome.TOO_LARGE

    def __init__(self, message: str, partial: bytes) -> None:
        super().__init__(message)
        self.partial = partial


class UnreadableCodingError(ArchiveError):
    """A content coding that is unknown, too deep, or broken before its first byte."""

    outcome = Outcome.UNSUPPORTED


class HeadTooLargeError(Exception):
    """A response's status line and headers are over `MAX_HEAD_BYTES`."""

    outcome = Outcome.TOO_LARGE


def codings_of(headers: Iterable[str]) -> list[str]:
    """The content codings of all `Content-Encoding` headers, in the order they were applied."""
    names = (name.strip().lower() for header in headers for name in header.split(","))
    return [name for name in names if name not in {"", "identity"}]


def decoded(body: bytes, content_encoding: Iterable[str], max_bytes: int) -> bytes:
    """The body with its content codings undone.

    Args:
        body: As sent. A body that ends too early gives what it holds.
        content_encoding: Values of the header, repeats kept.
        max_bytes: No layer may unpack to more.

    Raises:
        TooManyBytesError: It does. No more than `max_bytes` and one chunk are ever unpacked.
        UnreadableCodingError: A coding that we do not read, more than `MAX_CODINGS`, or bytes that are not it.
    """
    codings = codings_of(content_encoding)
    if len(codings) > MAX_CODINGS:
        raise UnreadableCodingError(f"{len(codings)} content codings, one inside the other")
    for coding in reversed(codings):
        body = _undo(coding, body, max_bytes)
    return body


def _undo(coding: str, body: bytes, max_bytes: int) -> bytes:
    unpack = {
        "gzip": _gunzip,
        "x-gzip": _gunzip,
        "deflate": _inflate,
        "br": _unbrotli,
        "zstd": _unzstd,
    }.get(coding)
    if unpack is None:
        raise UnreadableCodingError(f"content coding {coding!r} is not read")
    whole = bytearray()
    try:
        for chunk in unpack(body):
            whole += chunk
            if len(whole) > max_bytes:
                raise TooManyBytesError(
                    f"{coding}: unpacks to more than {max_bytes} bytes", bytes(whole[:max_bytes])
                )
    except _BROKEN as error:
        if not whole and body:
            raise UnreadableCodingError(f"not {coding}: {error}") from error
    return bytes(whole)


class _BrokenError(Exception):
    """Bytes that do not fit their coding."""


_BROKEN = (_BrokenError, zlib.error, EOFError)


def _zlib(body: bytes, wbits: int) -> Iterator[bytes]:
    """One zlib stream, then the next where several follow each other (gzip members)."""
    view = memoryview(body)
    machine = zlib.decompressobj(wbits)
    fed = 0
    rest = b""
    while True:
        if not rest and fed < len(view):
            # Fed in slices: zlib copies what it leaves over, each time.
            rest = bytes(view[fed : fed + _CHUNK])
            fed += len(rest)
        chunk = machine.decompress(rest, _CHUNK)
        yield chunk
        ended = not rest and not chunk
        rest = machine.unconsumed_tail
        if machine.eof and wbits > 15:
            rest = machine.unused_data.lstrip(b"\0")  # some servers pad
            machine = zlib.decompressobj(wbits)
            ended = not rest and fed == len(view)
        if ended or machine.eof:
            return


def _gunzip(body: bytes) -> Iterator[bytes]:
    return _zlib(body, 31)


def _inflate(body: bytes) -> Iterator[bytes]:
    """zlib as RFC 9110 (8.4.1.2) has it, or the raw deflate that some servers send."""
    try:
        zlib.decompressobj().decompress(body, 1)
    except zlib.error:
        return _zlib(body, -15)
    return _zlib(body, 15)


def _unbrotli(body: bytes) -> Iterator[bytes]:
    import brotli  # type: ignore[import-untyped]  # a dependency of Scrapy; we never ask for br

    machine = brotli.Decompressor()
    try:
        chunk = machine.process(body, output_buffer_limit=_CHUNK)
        while chunk:
            yield chunk
            if machine.is_finished():
                return
            chunk = machine.process(b"", output_buffer_limit=_CHUNK)
    except brotli.error as error:
        raise _BrokenError(error) from error


def _unzstd(body: bytes) -> Iterator[bytes]:
    from backports import zstd  # a dependency of Scrapy; we never ask for zstd

    try:
        machine = zstd.ZstdDecompressor()
        chunk = machine.decompress(body, max_length=_CHUNK)
        while chunk:
            yield chunk
            if machine.eof or machine.needs_input:
                return
            chunk = machine.decompress(b"", max_length=_CHUNK)
    except zstd.ZstdError as error:
        raise _BrokenError(error) from error


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
