"""WARC files as other people's tools write them, and what an import makes of them."""

from __future__ import annotations

import base64
import gzip
import hashlib
from pathlib import Path

from tests.saved import answer, rows

REPORT = "https://understandingwar.org/research/middle-east/iran-update-march-16-2026/"
TITLE = "Iran Update, March 16, 2026"

DAY = "2026-03-18T04:00:00Z"
LATER = "2026-03-25T04:00:00Z"
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


def story(name: str) -> bytes:
    words = "".join(
        f"<p>Paragraph {n} of {name} tells how the ferry over the wide river was mended in "
        "spring.</p>"
        for n in range(1, 8)
    )
    return f"<html><head><title>{name}</title></head><body><article>{words}</article></body></html>".encode()  # noqa: E501


def http(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    lines = "".join(f"{line}\r\n" for line in ("Content-Type: text/html; charset=utf-8", *headers))
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def sha1(body: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()


def warc(url: str | None, block: bytes, *, at: str | None = DAY, **fields: str | None) -> bytes:
    """One record in a gzip member."""
    named = {
        "WARC-Type": "response",
        "WARC-Target-URI": url,
        "WARC-Date": at,
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value is not None)
    return gzip.compress(f"WARC/1.1\r\n{lines}\r\n".encode() + block + b"\r\n\r\n")


def report(*urls: str) -> bytes:
    """A capture of a report that cites some addresses, and two more."""
    return warc(REPORT, http(report_page(*urls)), at="2026-03-17T04:00:00Z")


def report_page(*urls: str) -> bytes:
    """The report itself."""
    urls = (*urls, "https://more.example/1", "https://more.example/2")
    prose = "".join(
        f"<p>Sentence number {n} of the report says that forces moved near the river in the "
        f"morning.[{n}]</p>"
        for n in range(1, len(urls) + 1)
    )
    notes = "".join(f"<p>[{n}] {url}</p>" for n, url in enumerate(urls, 1))
    page = (
        f'<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>{TITLE} | '
        f'ISW</title><link rel="canonical" href="{REPORT}"><meta property="og:title" '
        f'content="{TITLE}"><meta property="article:published_time" '
        'content="2026-03-16T21:00:00+00:00"></head>'
        f"<body><article><h1>{TITLE}</h1>{prose}<hr>{notes}</article></body></html>"
    )
    return page.encode()


def imported(data: Path, *files: Path) -> tuple[int, dict[str, int], list[str]]:
    return answer(data, "import", *files)


def sources(data: Path) -> list[tuple[object, ...]]:
    return rows(
        data,
        "SELECT url, final_url, outcome, hops FROM (SELECT url, final_url, outcome, captured_at, "
        "(SELECT count(*) FROM hops WHERE capture_id = captures.id) AS hops "
        "FROM captures WHERE kind = 'source') ORDER BY url, captured_at",
    )


A, B, C = (f"https://src.example/{name}" for name in "abc")
BODY = story("a")
