"""One WARC record, as read."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive.model.fetch import Exchange, FetchContext, HttpMessage
from archive.model.times import parse_time
from archive.warc.digests import as_hex, digest_matches, sha256_digest
from archive.warc.http import (
    first_header,
    head_end,
    is_http,
    parse_lines,
    response_start,
    status_of,
    without_chunks,
)

if TYPE_CHECKING:
    from archive.model.body import Body
    from archive.model.fetch import Headers, Location
    from archive.warc.bodies import Measured

CONTEXT_HEADER = "ISW-Archive-Context"
CERTIFICATE_HEADER = "ISW-Archive-TLS-Certificate"
"""One certificate of the server's chain, as `archive.warc.certificates` reads it; a line each, the
server's own first."""
CERTIFICATE_URI = "urn:certificate:sha256:"
"""How the addresses of records of certificates begin; the SHA-256 in hex follows."""
CERTIFICATE_TYPE = "application/pkix-cert"
"""RFC 2585: one certificate, DER."""
CIPHER_HEADER = "WARC-Cipher-Suite"
"""As other crawlers name it (https://github.com/iipc/warc-specifications/issues/42)."""
UNKNOWN_TYPE = "application/octet-stream"
"""Of a block whose type no header names (WARC 1.1, section 5.6)."""
# The types whose block is an HTTP message (WARC 1.1 section 6).
_HTTP_TYPES = {"request", "response", "revisit"}
NO_CAPTURE = frozenset({"warcinfo", "request", "metadata"})
"""Types that hold nothing of what an address answered (WARC 1.1 section 6.2, 6.5, 6.6)."""
# `2016`, `2016-01` and so on are dates too (WARC 1.1 section 5.4): the missing part is filled from
# here.
_DATE_PATTERN = "0000-01-01T00:00:00"
# Of records of ours: from a clock's zero to where no calculation with days leaves the calendar.
_YEARS = range(1970, 9000)


@dataclass(frozen=True, slots=True)
class RecordHead:
    """What the WARC headers alone say of a record; the fields are those of `WarcRecord`."""

    type: str
    uri: str | None
    date: datetime | None
    record_id: str


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """One record of a WARC file.

    Attributes:
        type: `response`, `request`, `revisit`, `metadata`, `warcinfo`, `resource`, …; lower case.
        uri: `WARC-Target-URI`; None for a warcinfo.
        date: `WARC-Date`; None when it is missing or no date.
        record_id: `WARC-Record-ID` without its angle brackets; `""` when missing.
        location: The file name without folder, offset and length. A length of 0: the record shares
            a gzip member with others, and `read_at` cannot find it.
        warc_headers: As they stand, in order.
        http_status: None when the block holds no HTTP response.
        http_start_line: None when the block holds no HTTP message.
        http_headers: As they stand, in order.
        payload: The body with chunked transfer coding removed, content coding kept; else the block.
        payload_digest: `sha256:<hex>` of `payload`; for a revisit the digest it declares, None
            unless that is sha256.
        block: All that stands after the WARC headers.
        context: What this project wrote about the fetch; None in other people's files.
        cut: The record was larger than the reader's limit, and this is its beginning.
        truncated: Why the body is not whole: `WARC-Truncated`; `length` for a record that was cut,
            `segment` for a part of one that was divided. Of a revisit it says nothing: its body is
            the one it refers to.
        mismatch: Why it may not be what was written, as `read_through` found; None: nothing speaks
            against it, or nothing was checked.
        large: What is known of a block that was read through and not kept; `payload` is empty then,
            and `block` its beginning. Only where the reader was told to.
    """

    type: str
    uri: str | None
    date: datetime | None
    record_id: str
    location: Location
    warc_headers: Headers
    http_status: int | None
    http_start_line: str | None
    http_headers: Headers
    payload: bytes
    payload_digest: str | None
    block: bytes
    context: FetchContext | None = None
    refers_to: str | None = None
    refers_to_uri: str | None = None
    refers_to_date: datetime | None = None
    concurrent_to: str | None = None
    profile: str | None = None
    ip_address: str | None = None
    truncated: str | None = None
    cut: bool = False
    mismatch: str | None = None
    large: Measured | None = None

    @property
    def body(self) -> Body:
        """`payload`, or what stands for it where it was not read into memory."""
        return self.payload if self.large is None else self.large.body

    def header(self, name: str) -> str | None:
        """The first WARC header called `name`, in any case, or None."""
        return first_header(self.warc_headers, name.lower())

    def headers(self, name: str) -> list[str]:
        """All WARC headers called `name`, in any case and in their order."""
        return [value for known, value in self.warc_headers if known.lower() == name.lower()]

    def exchange(self, request: WarcRecord | None = None) -> Exchange | None:
        """The fetch that this response or revisit record keeps; None for other records.

        Args:
            request: The record of its request, if there is one.
        """
        if self.http_status is None or self.uri is None or self.date is None:
            return None
        asked = None
        if request is not None and request.http_start_line is not None:
            asked = HttpMessage(request.http_start_line, request.http_headers, request.payload)
        answer = HttpMessage(self.http_start_line or "", self.http_headers, self.body)
        return Exchange(self.uri, self.date, answer, asked, self.ip_address, self.truncated)

    def is_request_of(self, record_id: str) -> bool:
        """Whether this is the request that led to the record with this id."""
        return self.type == "request" and self.concurrent_to == record_id

    def digest_problems(self) -> tuple[str, ...]:
        """What its digests say against it, a sentence each; empty when they hold, or cannot be
        checked."""
        if self.cut:
            return ("too large to be checked",)
        if self.large is not None:
            return self.large.problems
        problems = []
        block_digest = self.header("warc-block-digest")
        if block_digest and digest_matches(block_digest, self.block) is False:
            problems.append(f"the block is not what {block_digest} was made from")
        payload_digest = self.header("warc-payload-digest")
        if payload_digest and self.type != "revisit" and not self.header("warc-segment-number"):
            if as_hex(payload_digest) == self.payload_digest:
                return tuple(problems)
            # Crawlers differ in whether the digest is of the chunked or of the joined body.
            bodies = (self.payload, raw_body(self))
            if all(digest_matches(payload_digest, body) is False for body in bodies):
                problems.append(f"the payload is not what {payload_digest} was made from")
        return tuple(problems)


def head_of(headers: Headers) -> RecordHead:
    """What the WARC headers of a record say."""
    named = {name.lower(): value for name, value in reversed(headers)}
    return RecordHead(
        named.get("warc-type", "").lower(),
        _bare(named.get("warc-target-uri")),
        _date(named.get("warc-date")),
        _bare(named.get("warc-record-id")) or "",
    )


def build_record(
    headers: Headers, block: bytes | Measured, location: Location, *, cut: bool
) -> WarcRecord:
    """The record made of WARC headers and the block that follows them."""
    large, block = (None, block) if isinstance(block, bytes) else (block, block.beginning)
    named = {name.lower(): value for name, value in reversed(headers)}
    date = _date(named.get("warc-date"))
    kind = named.get("warc-type", "").lower()
    start_line, http_headers, payload = _http_parts(kind, named, block)
    digest: str | None
    if large is not None:
        payload, digest = b"", large.body.digest
    elif kind == "revisit":
        digest = as_hex(named.get("warc-payload-digest"))
    else:
        digest = sha256_digest(payload)
    return WarcRecord(
        type=kind,
        uri=_bare(named.get("warc-target-uri")),
        date=date,
        record_id=_bare(named.get("warc-record-id")) or "",
        location=location,
        warc_headers=headers,
        http_status=_status(start_line),
        http_start_line=start_line,
        http_headers=http_headers,
        payload=payload,
        payload_digest=digest,
        block=block,
        context=_context(named, date),
        refers_to=_bare(named.get("warc-refers-to")),
        refers_to_uri=_bare(named.get("warc-refers-to-target-uri")),
        refers_to_date=_date(named.get("warc-refers-to-date")),
        concurrent_to=_bare(named.get("warc-concurrent-to")),
        profile=named.get("warc-profile"),
        ip_address=named.get("warc-ip-address"),
        truncated="length" if cut else _truncated(kind, named),
        cut=cut,
        large=large,
    )


def raw_body(record: WarcRecord) -> bytes:
    """What stands in the block behind the head of the (final) response, chunks and all; without a
    head, the block."""
    if record.http_start_line is None:
        return record.block
    end = head_end(record.block, _response_start(record.type, record.block))
    return record.block[end[1] :] if end else record.block


def _truncated(kind: str, named: dict[str, str]) -> str | None:
    if kind == "revisit":
        return None  # the standard's own word for "the payload stands elsewhere" is `length`
    return named.get("warc-truncated") or ("segment" if "warc-segment-number" in named else None)


def _response_start(kind: str, block: bytes) -> int:
    return 0 if kind == "request" else response_start(block)


def _http_parts(
    kind: str, named: dict[str, str], block: bytes
) -> tuple[str | None, Headers, bytes]:
    """Start line, headers and body, where the block is an HTTP message; else None, none and the
    block."""
    may_be = kind in _HTTP_TYPES and "dns" not in named.get("content-type", "")
    if not may_be or not (is_http(block) or kind == "request"):
        return None, (), block
    start = _response_start(kind, block)
    end = head_end(block, start)
    start_line, headers = parse_lines(block[start : end[0]] if end else block[start:])
    payload = block[end[1] :] if end else b""
    if "chunked" in (first_header(headers, "transfer-encoding") or "").lower():
        payload = without_chunks(payload)
    return start_line, headers, payload


def body_start(kind: str, named: dict[str, str], beginning: bytes) -> int | None:
    """Where the body begins in a block, told by the block's beginning; None where that, or a body
    as it stands, does not tell: a repeated, divided or chunked one."""
    if kind == "revisit" or "warc-segment-number" in named:
        return None
    start_line, headers, _ = _http_parts(kind, named, beginning)
    if start_line is None:
        return 0
    end = head_end(beginning, _response_start(kind, beginning))
    chunked = "chunked" in (first_header(headers, "transfer-encoding") or "").lower()
    return None if end is None or chunked else end[1]


def packed_bytes(handle: int, record: WarcRecord) -> bytes:
    """A record as it stands in its file, packed; `handle` is of the open file."""
    return os.pread(handle, record.location.length, record.location.offset)


def _status(start_line: str | None) -> int | None:
    said = status_of(start_line or "")
    return said[0] if said else None


def _bare(value: str | None) -> str | None:
    """`value` without angle brackets: ids have them, and wget 1.19 put them around URLs."""
    if value is not None and value[:1] == "<" and value[-1:] == ">":
        return value[1:-1]
    return value


def _date(value: str | None) -> datetime | None:
    if value is None:
        return None
    bare = value.strip().upper().removesuffix("Z")
    if len(bare) < len(_DATE_PATTERN):
        bare += _DATE_PATTERN[len(bare) :]
    try:
        return parse_time(bare).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _context(named: dict[str, str], date: datetime | None) -> FetchContext | None:
    """Our context; None where there is none, where someone else's text stands in its place, or in a
    record without address, time or id, which we write none of."""
    value = named.get(CONTEXT_HEADER.lower())
    if value is None or date is None or date.year not in _YEARS:
        return None
    if not (named.get("warc-target-uri") and named.get("warc-record-id")):
        return None
    try:
        fields = {"uri_r": named["warc-target-uri"], **json.loads(value)}
        return FetchContext.from_json(fields)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
