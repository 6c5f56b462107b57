"""Saved WARCs, served as the live web."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.replica.messages import Reply, Request
from tests.replica.saved import web_of_warcs
from tests.replica.world import fetch

REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "reports.warc.gz"
REPORT = "https://www.understandingwar.org/backgrounder/a-report-march-1"


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    path = tmp_path / "saved.warc.gz"
    path.write_bytes(_record("01") + _record("05"))
    return path


def _record(day: str) -> bytes:
    body = f"<p>as of {day}</p>".encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    payload = http + f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2022-03-{day}T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-0000000000{day}>\r\n"
        f"WARC-Target-URI: {REPORT}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + payload + b"\r\n\r\n")


def ask(warc: Path, url: str, day: int) -> Reply:
    host, _, path = url.removeprefix("https://").partition("/")
    site = web_of_warcs([warc]).find(host)
    assert site is not None
    request = Request("GET", "https", host, f"/{path}", at=datetime(2022, 3, day, tzinfo=UTC))
    return site.handler(request)


@pytest.mark.parametrize(("day", "text"), [(1, "as of 01"), (4, "as of 01"), (6, "as of 05")])
def test_the_newest_capture_not_later_than_the_time_is_served(
    warc: Path, day: int, text: str
) -> None:
    assert ask(warc, REPORT, day).body == f"<p>{text}</p>".encode()


@pytest.mark.parametrize(
    "url",
    [
        "https://understandingwar.org/backgrounder/a-report-march-1",
        "https://www.understandingwar.org/robots.txt",
        "https://www.understandingwar.org/backgrounder/other",
    ],
)
def test_what_was_not_captured_is_not_there(warc: Path, url: str) -> None:
    assert ask(warc, url, 6).status == 404


def test_before_the_first_capture_nothing_is_there(warc: Path) -> None:
    site = web_of_warcs([warc]).find("www.understandingwar.org")
    assert site is not None
    early = Request(
        "GET",
        "https",
        "www.understandingwar.org",
        "/backgrounder/a-report-march-1",
        at=datetime(2022, 2, 1, tzinfo=UTC),
    )
    assert site.handler(early).status == 404


def test_a_sitemap_is_made_for_the_reports_of_the_hour(warc: Path) -> None:
    index = ask(warc, "https://understandingwar.org/sitemap_index.xml", 6).body
    assert b"<loc>https://understandingwar.org/post-sitemap.xml</loc>" in index
    shard = ask(warc, "https://understandingwar.org/post-sitemap.xml", 6).body
    assert f"<loc>{REPORT}</loc>".encode() in shard
    assert b"2022-03-05T00:00:00+00:00" in shard


@pytest.mark.real
@pytest.mark.skipif(not REAL.exists(), reason="the real pages are not here")
def test_the_real_reports_are_all_named_by_the_sitemap_and_served() -> None:
    web = web_of_warcs([REAL])
    now = datetime(2026, 11, 1, tzinfo=UTC)
    shard = fetch(web, "https://understandingwar.org/post-sitemap.xml", now).body.decode()
    urls = re.findall("<loc>(.*?)</loc>", shard)
    assert len(urls) > 40
    assert all(fetch(web, url, now).status == 200 for url in urls)
