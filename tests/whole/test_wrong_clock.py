"""A machine whose clock is decades off: nothing is kept under it, and what once was is mended by a
rebuild."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.clock import TEST_CLOCK, offset_to
from archive.config import Settings
from archive.model.fetch import Exchange, FetchContext, HttpMessage
from archive.model.times import format_time
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind
from pipeline.read.process import process
from pipeline.run.ingest import Archive
from tests import saved
from tests.replica.citing_report import web_citing
from tests.replica.messages import Reply, Request, html, http_date, not_found
from tests.replica.server import Replica
from tests.replica.sites import Site
from tests.spider_runs import AT, Crawl, command

PAGES = ("https://one-replica.net/page", "https://two-replica.net/page")
TEXT = "<p>" + "The lock at the lower quay was opened again on Monday. " * 30 + "</p>"
QUIET = {"ISW_ARCHIVE_WAYBACK": "", "ISW_ARCHIVE_CONTACT": "a@example.org"}
STRANGE = [datetime(1970, 1, 1, 0, 10, tzinfo=UTC), datetime(2107, 2, 3, tzinfo=UTC)]


def page(request: Request) -> Reply:
    return not_found() if request.path == "/robots.txt" else html(TEXT)


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Crawl]:
    web, report = web_citing(PAGES, Site(tuple(url.split("/")[2] for url in PAGES), page))
    with Replica(at=AT, world=web) as replica:
        crawl = Crawl(tmp_path / "data", replica, QUIET)
        crawl.run("reports", urls=(report.url,))
        yield crawl


def believe(crawl: Crawl, at: datetime) -> None:
    """Our clock says so; the servers' clocks stay right."""
    crawl.env[TEST_CLOCK] = offset_to(at)


@pytest.mark.parametrize("at", STRANGE, ids=["1970", "2107"])
@pytest.mark.parametrize("words", [("collect",), ("recrawl", *PAGES)], ids=["collect", "recrawl"])
def test_a_clock_that_every_server_contradicts_ends_a_run_before_anything_is_kept(
    crawl: Crawl, words: tuple[str, ...], at: datetime
) -> None:
    held, files = crawl.rows("SELECT count(*) FROM captures"), warcs(crawl)
    believe(crawl, at)
    done = command(crawl, *words)
    assert done.returncode == 1
    assert "days apart" in done.stderr
    assert "set the machine's clock" in done.stderr
    assert crawl.rows("SELECT count(*) FROM captures") == held
    assert crawl.rows("SELECT * FROM discovery_steps WHERE NOT ok") == [], "no word about the sites"
    assert warcs(crawl) == files
    entered = [entry for entry in saved.ledger(crawl.data) if entry["kind"] == "capture"]
    assert [(len(entered),)] == held
    assert "Traceback" not in done.stderr


def test_one_server_whose_own_clock_is_wrong_stops_nobody(crawl: Crawl) -> None:
    strange = (("Date", "Thu, 01 Jan 1970 00:10:00 GMT"),)
    crawl.replica.web.add(Site(("odd-replica.net",), lambda _: html(TEXT, headers=strange)))
    done = command(crawl, "recrawl", "https://odd-replica.net/page", PAGES[0])
    assert done.returncode == 0, done.stderr
    kept = {url for (url,) in crawl.rows("SELECT url FROM captures")}
    assert {"https://odd-replica.net/page", PAGES[0]} <= kept


def test_what_was_kept_under_a_wrong_clock_is_told_and_mended_by_a_rebuild(crawl: Crawl) -> None:
    ahead = timedelta(days=29_000, hours=3)
    with Archive.open(crawl.data, Settings(), run="old") as archive:
        for number, url in enumerate(PAGES):
            moment = AT + timedelta(minutes=number)
            keep(archive, url, moment + ahead, moment)
    told = command(crawl, "status").stdout
    assert "run old: 2 captures are dated 2105-" in told
    assert "isw-archive rebuild" in told
    done = command(crawl, "rebuild")
    assert done.returncode == 0, done.stderr
    assert "days ahead of every server's; its captures have the servers' time" in done.stderr
    mended = crawl.rows("SELECT captured_at FROM captures WHERE reason = 'old' ORDER BY 1")
    assert [at for (at,) in mended] == [format_time(AT + timedelta(minutes=n)) for n in range(2)]
    assert "by a clock that was wrong" not in command(crawl, "status").stdout


def keep(archive: Archive, url: str, ours: datetime, theirs: datetime) -> None:
    """A capture as it was kept before anybody asked the servers."""
    context = FetchContext(archive.next_capture_id(), Kind.SOURCE, url, reason="old", run="old")
    headers = (("Content-Type", "text/html"), ("Date", http_date(theirs)))
    answer = HttpMessage("HTTP/1.1 200 OK", headers, TEXT.encode())
    written = archive.writer.write(Exchange(url, ours, answer), context, None)
    lowered = {name.lower(): value for name, value in headers}
    fetched = FetchedPage(context, url, ours, 200, lowered, answer.body)
    archive.commit(process(fetched, archive.limits), written)


def warcs(crawl: Crawl) -> list[tuple[str, int]]:
    return [(path.name, path.stat().st_size) for path in saved.warcs(crawl.data)]
