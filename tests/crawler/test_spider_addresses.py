"""Addresses that are cited in odd forms: other schemes, a script's routes, wrappers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.replica.citing_report import web_citing
from tests.replica.messages import html
from tests.replica.server import Replica
from tests.replica.sites import Site, by_path
from tests.spider_runs import AT, Crawl

FTP = "ftp://ftp.quay-replica.net/pub/a.txt"
LAMPS = "https://lamps-replica.net"
ROUTES = (f"{LAMPS}/#!/a", f"{LAMPS}/#/b")


def test_odd_forms_are_cited_and_fetched_as_far_as_they_can_be(tmp_path: Path) -> None:
    text = "<p>The lamps on the quay were lit an hour earlier than in the year before.</p>" * 9
    site = Site(("lamps-replica.net",), by_path({"/": html(text), "/c": html(f"{text}c")}))
    web, report = web_citing((FTP, *ROUTES, f"https://href.li/?{LAMPS}/c"), site)
    with Replica(at=AT, world=web) as replica:
        crawl = Crawl(tmp_path / "data", replica)
        crawl.run("reports", urls=(report.url,))
        crawl.move_to(AT + timedelta(minutes=5))
        crawl.run("sources")
        asked = [seen.host for seen in replica.requests]
    rows = crawl.rows(
        "SELECT s.url, s.status, c.outcome, c.url FROM sources s "
        "JOIN captures c ON c.source_id = s.id ORDER BY s.url"
    )
    assert rows == [
        (FTP, "refused", "unsupported", FTP),
        (ROUTES[0], "alive", "ok", f"{LAMPS}/"),
        (ROUTES[1], "alive", "ok", f"{LAMPS}/"),
        (f"{LAMPS}/c", "alive", "ok", f"{LAMPS}/c"),
    ]
    assert "href.li" not in asked
    cited = crawl.rows("SELECT url FROM citations ORDER BY position, id")
    assert (f"https://href.li/?{LAMPS}/c",) in cited
