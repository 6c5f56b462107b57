"""Made-up fetches with fixed ids and times, for the tests of WARC files."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.model.fetch import Exchange, FetchContext, Headers, HttpMessage, PayloadRef, Written
from archive.model.vocabulary import Kind
from archive.warc.writer import WarcWriter

NOW = datetime(2026, 3, 16, 22, 5, 13, tzinfo=UTC)
URI = "https://news.example/story?a=1&b=2"
CONTEXT = FetchContext(7, Kind.SOURCE, URI)
HTML: Headers = (("Content-Type", "text/html; charset=utf-8"),)


def numbered_uuids() -> Iterator[uuid.UUID]:
    """00000000-0000-4000-8000-000000000001 and on."""
    number = 0
    while True:
        number += 1
        yield uuid.UUID(f"00000000-0000-4000-8000-{number:012}")


def writer(folder: Path, **changes: Any) -> WarcWriter:
    """A writer whose bytes are always the same."""
    ids = numbered_uuids()
    given = {"software": "isw-archive/test", "max_bytes": 10**9, **changes}
    return WarcWriter(folder, now=lambda: NOW, new_uuid=lambda: next(ids), **given)


def exchange(
    body: bytes = b"<p>hello</p>",
    headers: Headers = HTML,
    *,
    line: str = "HTTP/1.1 200 OK",
    uri: str = URI,
    **more: Any,
) -> Exchange:
    return Exchange(uri, more.pop("at", NOW), HttpMessage(line, headers, body), **more)


def request() -> HttpMessage:
    return HttpMessage(
        "GET /story?a=1&b=2 HTTP/1.1", (("Host", "news.example"), ("User-Agent", "test"))
    )


def ref(written: Written, *, uri: str = URI, at: datetime = NOW) -> PayloadRef:
    assert written.payload_digest is not None
    return PayloadRef(written.record_id, uri, at, written.payload_digest)


def only_file(folder: Path) -> Path:
    (path,) = folder.glob("*.warc.gz")
    return path


def three_captures(folder: Path) -> tuple[Path, list[Written]]:
    """A file with a response and its request, a revisit and a failure."""
    with writer(folder) as warc:
        first = warc.write(exchange(request=request()), CONTEXT)
        again = warc.write(exchange(), CONTEXT, ref(first))
        failed = warc.write_failure(
            "https://gone.example/",
            NOW,
            FetchContext(8, Kind.SOURCE, "https://gone.example/", error=("timeout", "60 s")),
        )
    return only_file(folder), [first, again, failed]


def put(path: Path, *parts: bytes) -> Path:
    """A file of these parts, one behind the other."""
    path.write_bytes(b"".join(parts))
    return path


def bare_response(
    body: bytes = b"hi",
    *,
    head: str = "HTTP/1.1 200 OK\r\n\r\n",
    extra: str = "",
    version: str = "1.0",
) -> bytes:
    """A response record of a WARC that is not compressed."""
    block = head.encode() + body
    return (
        (
            f"WARC/{version}\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            f"WARC-Target-URI: https://a.example/\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n{extra}"
            "Content-Type: application/http;msgtype=response\r\nContent-Length: "
            f"{len(block)}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )
