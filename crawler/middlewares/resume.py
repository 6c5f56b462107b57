"""Going on with a file whose download was cut: what came of asking for the rest.

The beginning stands in a record of its own. What the server sends of the rest is kept as it came,
as a hop of the new capture; the two are put together only where the server says by the same name
that it is the same file and that the parts meet. All of it is then a `resource` record, which
claims no head that nobody sent. Otherwise the file is asked for anew, whole.
"""

from __future__ import annotations

import re
from dataclasses import replace
from http import HTTPStatus
from itertools import chain
from typing import TYPE_CHECKING

from archive.bodies import spooled
from archive.errors import WarcError
from archive.model.body import pieces_of
from archive.model.fetch import Hop
from archive.warc.through import record_at
from crawler.frontier.fetches import FETCH

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

    from archive.model.body import Body
    from archive.model.fetch import Exchange, Headers
    from archive.model.media import Part
    from archive.warc.reader import WarcRecord
    from crawler.context import CrawlContext
    from crawler.frontier.fetches import Fetch

_ASKED = ("Range", "If-Range", "Accept-Encoding")
_ANSWERS = frozenset(
    {HTTPStatus.PARTIAL_CONTENT, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
     HTTPStatus.PRECONDITION_FAILED}
)  # fmt: skip
_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")
_WHOLE_BYTES = 2**31
"""More than any limit lets through."""
RANGE = "range"
"""What led on from such an answer (`hops.led_by`)."""


def is_part(request: Request, response: Response) -> bool:
    """Whether this answers the question for a rest, with it or by saying that there is none."""
    return "Range" in request.headers and response.status in _ANSWERS


async def resumed(
    context: CrawlContext, request: Request, response: Response, exchange: Exchange
) -> Request | Response:
    """Keep the rest of a file, and all of it.

    Returns:
        The response, whose fetch has its record and what was put together; or a request for all of
            it, where the rest does not fit.

    Raises:
        CannotKeepError: The WARC cannot be written.
    """
    fetch: Fetch = request.meta[FETCH]
    verified = request.meta.get("isw_tls_verified")
    kept, _ = await context.write(fetch, exchange, led_by=RANGE, tls_verified=verified)
    fetch.hops.append(Hop(exchange.uri, response.status, kept.location, RANGE))
    part = fetch.target.part
    begun = await context.ask(_begun, context, part) if part is not None else None
    if (
        part is None
        or begun is None
        or not fits(part, exchange, promised_bytes(begun.http_headers))
    ):
        return _anew(request, part)
    whole = await context.ask(_joined, context, begun.body, exchange.response.body)
    content_type = _header(begun.http_headers, "content-type") or "application/octet-stream"
    made = replace(exchange, response=replace(exchange.response, body=whole))
    joined = f"{part.record_id} {kept.record_id}"
    fetch.written, fetch.context = await context.write_joined(fetch, made, content_type, joined)
    fetch.captured_at, fetch.truncated = exchange.captured_at, exchange.truncated
    fetch.joined = (whole, content_type)
    return response


def _joined(context: CrawlContext, begun: Body, rest: Body) -> Body:
    """Write the record of beginning and rest together; in the archive's thread."""
    if isinstance(begun, bytes) and isinstance(rest, bytes):
        return begun + rest
    return spooled(chain(pieces_of(begun), pieces_of(rest)), context.archive.folder.root)


def _begun(context: CrawlContext, part: Part) -> WarcRecord | None:
    """The record of the beginning, where it is whole and as it was sent; in the archive's
    thread."""
    path = context.archive.folder.warcs / part.file
    try:
        record = record_at(path, part.offset, large=True)
    except (WarcError, OSError):
        return None
    coded = _header(record.http_headers, "content-encoding") not in {"", "identity"}
    sound = len(record.body) == part.size and not record.digest_problems()
    return record if sound and not coded and record.record_id == part.record_id else None


def promised_bytes(headers: Headers) -> int | None:
    """Bytes of the whole file, as the server said when it sent the beginning; None: it did not.

    Kept under another name where the body is shorter (`archive.warc.compose.fitting_headers`).
    """
    said = {name.lower().removeprefix("x-crawler-"): value.strip() for name, value in headers}
    length = said.get("content-length", "")
    is_told = re.fullmatch(r"\d{1,15}", length) and "transfer-encoding" not in said
    return int(length) if is_told else None


def fits(part: Part, exchange: Exchange, whole: int | None = None) -> bool:
    """Whether an answer is the rest of this file: it begins where the part ends, reaches to the
    end, and is called as the part was.

    Args:
        part: What is there.
        exchange: The answer to the question for the rest.
        whole: How long the file was said to be when its beginning came.
    """
    headers = exchange.response.headers
    ranges = {value.strip() for name, value in headers if name.lower() == "content-range"}
    found = _RANGE.fullmatch(ranges.pop()) if len(ranges) == 1 else None
    status = exchange.response.start_line.split(" ", 2)[1]
    if status != "206" or found is None:
        return False
    first, last, length = (int(number) for number in found.groups())
    came = len(exchange.response.body)
    right = came == last + 1 - first or (exchange.truncated is not None and came < last + 1 - first)
    coded = _header(headers, "content-encoding") not in {"", "identity"}
    return (
        first == part.size
        and length == (whole or length)
        and last + 1 == length <= _WHOLE_BYTES
        and right
        and not coded
        and _is_same(part, headers)
    )


def _is_same(part: Part, headers: Headers) -> bool:
    if part.etag:
        return _header(headers, "etag") == part.etag
    return bool(part.last_modified) and _header(headers, "last-modified") == part.last_modified


def _header(headers: Headers, name: str) -> str:
    return next((value for known, value in headers if known.lower() == name), "")


def _anew(request: Request, part: Part | None) -> Request:
    """The request for all of it."""
    again: Request = request.replace(dont_filter=True)
    for name in _ASKED:
        again.headers.pop(name, None)
    if part is not None and "isw_file_bytes" in again.meta:
        again.meta["isw_file_bytes"] += part.size
    return again
