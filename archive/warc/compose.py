"""The parts of WARC records as bytes; pure functions."""

from __future__ import annotations

import errno
import functools
import hashlib
import ipaddress
import json
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from isal import isal_zlib

from archive.errors import WarcError
from archive.model.body import LARGE_BYTES, whole_body
from archive.model.times import format_time
from archive.warc.digests import sha256_digest
from archive.warc.http import head_bytes, safe_name, safe_value, status_of
from archive.warc.packing.origins import GZIP_WINDOW
from archive.warc.record import (
    CERTIFICATE_TYPE,
    CERTIFICATE_URI,
    CIPHER_HEADER,
    CONTEXT_HEADER,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from archive.model.body import LargeBody
    from archive.model.fetch import Exchange, FetchContext, Headers, HttpMessage, PayloadRef

IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

# isal's best. On 157 report pages of 64 kB: 6,400 records a second, 27 % of their size; zlib's 6
# makes 1,060 a second of 25 %, isal's 1 makes 11,800 of 28 %.
_LEVEL = 3
_END = b"\r\n\r\n"
# Longest of the context's free texts (reason, error): long header lines trouble other readers.
_MAX_CONTEXT_TEXT = 2000
# In a URI: what would end the header line or be taken for its delimiters.
_UNSAFE_IN_URI = re.compile(r"[\x00-\x20\x7f<>]")
_STATUS_LINE = re.compile(r"HTTP/(?P<version>\d(?:\.\d)?) +(?P<rest>\d{3}(?: .*)?)", re.DOTALL)
# warcio and others read these versions only; the one spoken goes into WARC-Protocol.
_READ_BY_ALL = {"1.0", "1.1"}


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """A record that only lacks the file it goes into.

    Attributes:
        block: What stands behind its headers; its beginning where there is a `large` body.
        large: The rest of the block.
    """

    kind: str
    record_id: str
    fields: Headers
    block: bytes
    large: LargeBody | None = None

    def member(self, info_id: str) -> bytes:
        """The gzip member, whole; `info_id` is the record id of its file's warcinfo. It is `""` for
        a warcinfo itself, and for what belongs to another record, which names it."""
        return b"".join(self.pieces(info_id))

    def pieces(self, info_id: str) -> Iterator[bytes]:
        """The gzip member in pieces, none larger than those of the body; raises as
        `LargeBody.pieces`."""
        packer = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, GZIP_WINDOW)
        head = self._head(info_id)
        if self.large is not None:
            parts: Iterable[bytes] = chain((head, self.block), _as_it_came(self.large), (_END,))
        elif len(self.block) < LARGE_BYTES:
            parts = (b"".join((head, self.block, _END)),)  # one call is quicker than three
        else:
            parts = (head, self.block, _END)
        yield from map(packer.compress, parts)
        yield packer.flush()

    def _head(self, info_id: str) -> bytes:
        fields = (
            ("WARC-Type", self.kind),
            ("WARC-Record-ID", bracketed(self.record_id)),
            *((("WARC-Warcinfo-ID", bracketed(info_id)),) if info_id else ()),
            *self.fields,
            ("WARC-Block-Digest", self._digest()),
            ("Content-Length", str(len(self.block) + len(self.large or b""))),
        )
        lines = ["WARC/1.1", *(f"{name}: {safe_value(value)}" for name, value in fields)]
        return "\r\n".join(lines).encode("utf-8", "backslashreplace") + b"\r\n\r\n"

    def _digest(self) -> str:
        if self.large is None:
            return sha256_digest(self.block)
        found = hashlib.sha256(self.block)
        for piece in _as_it_came(self.large):
            found.update(piece)
        return f"sha256:{found.hexdigest()}"


def _as_it_came(body: LargeBody) -> Iterator[bytes]:
    """Its pieces.

    Raises:
        OSError: They are not those that came: the disk lost some meanwhile.
    """
    found = hashlib.sha256()
    for piece in body.pieces():
        found.update(piece)
        yield piece
    if f"sha256:{found.hexdigest()}" != body.digest:
        raise OSError(errno.EIO, "the disk gives back other bytes of a body than it took")


def draft_warcinfo(record_id: str, name: str, date: str, fields: Headers) -> RecordDraft:
    """The record that begins a file."""
    lines = (f"{safe_name(key)}: {safe_value(value)}\r\n" for key, value in fields)
    return RecordDraft(
        "warcinfo",
        record_id,
        (("WARC-Date", date), ("WARC-Filename", name), ("Content-Type", "application/warc-fields")),
        "".join(lines).encode("utf-8", "backslashreplace"),
    )


def draft_response(
    record_id: str,
    exchange: Exchange,
    context: FetchContext,
    digest: str,
    revisit: PayloadRef | None,
) -> RecordDraft:
    """The response record, or with `revisit` the revisit record that stands for it.

    Raises:
        WarcError: The response has no status line.
    """
    line, protocol = _status_line(exchange)
    body = exchange.response.body
    headers = fitting_headers(
        exchange.response.headers, None if _is_304(line) and revisit else len(body)
    )
    fields = [*_about(exchange, exchange.captured_at)]
    if protocol:
        fields.append(("WARC-Protocol", protocol))
    if revisit:
        fields += _revisit_fields(NOT_MODIFIED if _is_304(line) else IDENTICAL, revisit)
    fields.append(("WARC-Payload-Digest", digest))
    if exchange.truncated:
        fields.append(("WARC-Truncated", exchange.truncated))
    if exchange.connection is not None and exchange.connection.cipher:
        fields.append((CIPHER_HEADER, exchange.connection.cipher))
    fields += _part_of(context)
    fields.append((CONTEXT_HEADER, context_json(context, exchange.uri)))
    fields.append(("Content-Type", "application/http; msgtype=response"))
    head = head_bytes(line, headers)
    if revisit:
        return RecordDraft("revisit", record_id, tuple(fields), head)
    block, large = (head + body, None) if isinstance(body, bytes) else (head, body)
    return RecordDraft("response", record_id, tuple(fields), block, large)


def draft_request(
    record_id: str, exchange: Exchange, request: HttpMessage, response_id: str
) -> RecordDraft:
    """The record of the request that led to the response with the id `response_id`."""
    sent = exchange.connection
    at = exchange.captured_at if sent is None else sent.sent_at
    fields = (
        *_about(exchange, at),
        ("WARC-Concurrent-To", bracketed(response_id)),
        *((("WARC-Payload-Digest", sha256_digest(request.body)),) if request.body else ()),
        ("Content-Type", "application/http; msgtype=request"),
    )
    headers = fitting_headers(request.headers, len(request.body))
    block = head_bytes(request.start_line, headers) + whole_body(request.body)
    return RecordDraft("request", record_id, fields, block)


def _part_of(context: FetchContext) -> Headers:
    """What a browser kept of one page stands together."""
    page = context.browser.page if context.browser else None
    return (("WARC-Concurrent-To", bracketed(page)),) if page else ()


def draft_certificate(record_id: str, name: str, der: bytes, at: datetime) -> RecordDraft:
    """The record of one certificate that a server showed, by its SHA-256."""
    fields = (
        ("WARC-Target-URI", CERTIFICATE_URI + name),
        ("WARC-Date", format_time(at)),
        ("Content-Type", CERTIFICATE_TYPE),
    )
    return RecordDraft("metadata", record_id, fields, der)


def draft_failure(record_id: str, uri: str, at: datetime, context: FetchContext) -> RecordDraft:
    """The metadata record of a fetch that brought no response.

    Its block is `application/warc-fields`: pywb and cdxj-indexer leave that out of their indexes,
    while they would replay JSON as if it were the page.
    """
    words = context_json(context, uri)
    fields = (
        ("WARC-Target-URI", safe_uri(uri)),
        ("WARC-Date", format_time(at)),
        (CONTEXT_HEADER, words),
        ("Content-Type", "application/warc-fields"),
    )
    block = f"{CONTEXT_HEADER}: {words}\r\n".encode("ascii")
    return RecordDraft("metadata", record_id, fields, block)


def draft_resource(
    record_id: str, exchange: Exchange, context: FetchContext, content_type: str
) -> RecordDraft:
    """The record of something that came without HTTP, such as a pasted text; its body is the
    block."""
    fields = (
        ("WARC-Target-URI", safe_uri(exchange.uri)),
        ("WARC-Date", format_time(exchange.captured_at)),
        ("WARC-Payload-Digest", sha256_digest(exchange.response.body)),
        *((("WARC-Truncated", exchange.truncated),) if exchange.truncated else ()),
        *_part_of(context),
        (CONTEXT_HEADER, context_json(context, exchange.uri)),
        ("Content-Type", content_type),
    )
    body = exchange.response.body
    block, large = (body, None) if isinstance(body, bytes) else (b"", body)
    return RecordDraft("resource", record_id, fields, block, large)


def matching(exchange: Exchange, digest: str, earlier: PayloadRef | None) -> PayloadRef | None:
    """`earlier`, if a revisit record of it can stand for this response; else None.

    A cut body is always kept itself; an empty one costs less than a reference.
    """
    if earlier is None or exchange.truncated:
        return None
    if not exchange.response.body:
        return earlier if _is_304(exchange.response.start_line) else None
    return earlier if earlier.payload_digest == digest else None


def fitting_headers(headers: Headers, body_length: int | None) -> Headers:
    """The headers with those renamed that contradict the body as kept.

    Transfer coding is gone, so its header would make readers look for chunks; a Content-Length that
    is not the body's would make them wait for the rest. Heritrix and Common Crawl use the same
    prefix.

    Args:
        headers: As seen.
        body_length: Bytes of the body; None leaves Content-Length alone.
    """
    return tuple(
        (f"X-Crawler-{name}" if _contradicts(name.lower(), value, body_length) else name, value)
        for name, value in headers
    )


def _contradicts(name: str, value: str, body_length: int | None) -> bool:
    if name == "content-length":
        return body_length is not None and value.strip() != str(body_length)
    return name == "transfer-encoding"


def context_json(context: FetchContext, uri: str) -> str:
    """The context of a record of `uri` on one line of ASCII; that this is what was asked for goes
    without saying."""
    fields = {name: _shortened(value) for name, value in context.to_json().items()}
    if fields["uri_r"] == safe_uri(uri) and uri.isascii():
        del fields["uri_r"]
    # json leaves DEL alone, which no header may hold.
    words = json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return words.replace("\x7f", "\\u007f")


def _shortened(value: object) -> object:
    """Over-long texts cut. URLs are no shorter than what was fetched, and Scrapy limits those."""
    if isinstance(value, str) and not value.startswith(("http:", "https:")):
        return value[:_MAX_CONTEXT_TEXT]
    if isinstance(value, tuple):
        return [_shortened(item) for item in value]
    return value


def safe_uri(uri: str) -> str:
    """`uri` with blanks, control characters and angle brackets percent-encoded."""
    return _UNSAFE_IN_URI.sub(lambda found: f"%{ord(found[0]):02X}", uri)


def bracketed(record_id: str) -> str:
    """A record id between angle brackets, as the standard writes URIs of records."""
    return f"<{safe_uri(record_id.removeprefix('<').removesuffix('>'))}>"


def _is_304(start_line: str) -> bool:
    said = status_of(start_line)
    return said is not None and said[0] == 304


def _status_line(exchange: Exchange) -> tuple[str, str | None]:
    """The status line as all readers take it, and the protocol spoken where that is another."""
    line = exchange.response.start_line.strip()
    match = _STATUS_LINE.fullmatch(line)
    if match is None:
        said = status_of(line)
        if said is None:
            raise WarcError(
                f"{exchange.uri}: the response begins with {line[:80]!r}, no status line"
            )
        return f"HTTP/1.1 {said[0]} {said[1]}".rstrip(), None
    version = match["version"]
    if version in _READ_BY_ALL:
        return line, None
    return f"HTTP/1.1 {match['rest']}", f"h{version[0]}" if version[
        0
    ] in "23" else f"http/{version}"


def _about(exchange: Exchange, at: datetime) -> Headers:
    """The headers that request and response records share."""
    address = _address(exchange.ip_address)
    return (
        ("WARC-Target-URI", safe_uri(exchange.uri)),
        ("WARC-Date", format_time(at)),
        *((("WARC-IP-Address", address),) if address else ()),
    )


@functools.lru_cache(maxsize=1_000)
def _address(text: str | None) -> str | None:
    """An address without a zone, or None for what is none: it came from another file, or is a
    proxy's name."""
    try:
        return str(ipaddress.ip_address((text or "").partition("%")[0]))
    except ValueError:
        return None


def _revisit_fields(profile: str, revisit: PayloadRef) -> Headers:
    return (
        ("WARC-Profile", profile),
        ("WARC-Refers-To", bracketed(revisit.record_id)),
        ("WARC-Refers-To-Target-URI", safe_uri(revisit.uri)),
        ("WARC-Refers-To-Date", format_time(revisit.captured_at)),
    )
