"""Addresses that are cited in odd forms: other schemes, a script's routes, wrappers."""

from __future__ import annotations

from pathlib import Path

from tests.replica.messages import html
from tests.replica.sites import Site, by_path
from tests.spider_runs import crawl_citing

FTP = "ftp://ftp.quay-replica.net/pub/a.txt"
LAMPS = "https://lamps-replica.net"
ROUTES = (f"{LAMPS}/#!/a", f"{LAMPS}/#/b")


def test_odd_forms_are_cited_and_fetched_as_far_as_they_can_be(tmp_path: Path) -> None:
    text = "<p>The lamps on the quay were lit an hour earlier than in the year before.</p>" * 9
    site = Site(("lamps-replica.net",), by_path({"/": html(text), "/c": html(f"{text}c")}))
    cited = (FTP, *ROUTES, f"https://href.li/?{LAMPS}/c")
    with crawl_citing(tmp_path, cited, site) as crawl:
        crawl.run("sources")
        asked = [seen.host for seen in crawl.replica.requests]
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
    printed = crawl.rows("SELECT url FROM citations ORDER BY position, id")
    assert (f"https://href.li/?{LAMPS}/c",) in printed
