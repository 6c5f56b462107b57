"""Cited pages in a real Chromium: the real engine over a small web with a map made by scripts."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import CHROMIUM
from tests.replica import pictures
from tests.replica.citing_report import web_citing
from tests.replica.messages import Reply, Request, as_json, html, not_found, typed
from tests.replica.server import Replica
from tests.replica.sites import Site
from tests.spider_runs import AT, Crawl, Run

pytestmark = [
    pytest.mark.minutes(1),
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium"),
]

MAP = "https://maps.ilma-river.example/story/7"
ARTICLE = "http://ilma-news.example/ferry"
WALLED = "https://maps.ilma-river.example/members"
WORDS = "The ferry crosses in the morning and in the evening while the bridge is being mended. "

SHELL = """<html><head><title>Story</title></head><body><div id="root"></div>
<noscript>You need to enable JavaScript to run this app.</noscript>
<script src="/app.js"></script></body></html>"""
APP = """fetch("/data.json").then(found => found.json()).then(data => {
  document.title = data.title;
  const root = document.getElementById("root");
  root.innerHTML = "<article><h1></h1><img src='/tile.png'></article>";
  root.querySelector("h1").textContent = data.title;
  for (const text of data.texts) {
    const p = document.createElement("p");
    p.textContent = text;
    root.firstChild.append(p);
  }
  fetch("http://169.254.169.254/latest/meta-data/").catch(() => 0);
});"""


def maps(request: Request) -> Reply:
    path = request.bare_path
    if path == "/data.json":
        return as_json({"title": "The crossings of the Ilma", "texts": [WORDS * 3] * 4})
    if path == "/app.js":
        return typed(APP.encode(), "text/javascript")
    if path == "/tile.png":
        return typed(pictures.encoded(pictures.scene("tile")), "image/png")
    if path == "/members":
        return Reply(403, (("Content-Type", "text/html"),), b"<h1>Members only</h1>")
    return html(SHELL) if path == "/story/7" else not_found()


def news(request: Request) -> Reply:
    if request.bare_path != "/ferry":
        return not_found()
    paragraphs = f"<p>{WORDS * 3}</p>" * 4
    return html(
        f"<html><head><title>The ferry</title></head><body><article><h1>The ferry</h1>{paragraphs}"
        "</article></body></html>"
    )


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    web, report = web_citing(
        (MAP, ARTICLE, WALLED),
        Site(("maps.ilma-river.example",), maps),
        Site(("ilma-news.example",), news),
    )
    with Replica(at=AT, world=web) as replica:
        env = {
            "ISW_ARCHIVE_BROWSER_HOSTS": "ilma-river.example ilma-news.example",
            "ISW_ARCHIVE_BROWSER_SANDBOX": "false" if os.geteuid() == 0 else "true",
            "ISW_ARCHIVE_BROWSER_PDF": "true",
            "ISW_ARCHIVE_RETRIES": "0",
        }
        crawl = Crawl(tmp_path_factory.mktemp("browser") / "data", replica, env)
        with crawl.in_one_process():
            crawl.run("reports", urls=(report.url,))
            crawl.move_to(AT + timedelta(minutes=5))
            crawl.run("sources")
            yield crawl


@pytest.fixture(scope="module")
def run(crawl: Crawl) -> Run:
    return crawl.run("browser")


def looked_at(crawl: Crawl, cited: str) -> list[Any]:
    """Capture, outcome, via and status of the browser's page, its title and words, its plain
    capture's outcome and words, whether it is better."""
    found = crawl.rows(
        "SELECT captures.id, captures.outcome, captures.via, captures.http_status, texts.title, "
        "words, plain.outcome, plain_words, better FROM browser_pages "
        "JOIN captures ON captures.id = browser_pages.capture_id "
        "JOIN captures AS plain ON plain.id = plain_capture_id "
        "JOIN texts ON texts.id = captures.text_id "
        "JOIN sources ON sources.id = browser_pages.source_id "
        f"WHERE sources.cited_url = '{cited}'"
    )
    return list(found[0]) if found else []


def test_a_page_made_by_scripts_is_read_as_the_browser_showed_it(crawl: Crawl, run: Run) -> None:
    _, outcome, via, status, title, words, plain, plain_words, better = looked_at(crawl, MAP)
    assert (outcome, via, status) == ("ok", "browser", 200)
    assert title == "The crossings of the Ilma"
    assert (plain, better) == ("thin", 1)
    assert words > plain_words


def test_a_page_that_shows_no_more_is_told_to_be_no_better(crawl: Crawl, run: Run) -> None:
    _, outcome, *_, words, plain, plain_words, better = looked_at(crawl, ARTICLE)
    assert (outcome, plain, words, better) == ("ok", "ok", plain_words, 0)


def test_a_wall_is_none_of_the_browsers_business(crawl: Crawl, run: Run) -> None:
    assert looked_at(crawl, WALLED) == []
    assert run.captures("browser") == {MAP: "ok", ARTICLE: "ok"}


def test_what_the_page_got_its_picture_and_its_print_are_captures_tied_to_it(
    crawl: Crawl, run: Run
) -> None:
    parts = crawl.rows(
        "SELECT part, captures.url, captures.outcome, captures.content_type FROM browser_parts "
        "JOIN captures ON captures.id = browser_parts.capture_id JOIN captures AS pages ON "
        f"pages.record_id = page_record_id WHERE pages.id = {looked_at(crawl, MAP)[0]} ORDER BY 2"
    )
    host = "https://maps.ilma-river.example"
    assert [(part, url) for part, url, *_ in parts] == [
        ("response", f"{host}/app.js"),
        ("response", f"{host}/data.json"),
        ("response", MAP),
        ("response", f"{host}/tile.png"),
        ("pdf", f"urn:print:{MAP}"),
        ("screenshot", f"urn:view:{MAP}"),
    ]
    assert {outcome for _, _, outcome, _ in parts} == {"ok"}


def test_the_records_say_what_they_are(crawl: Crawl, run: Run) -> None:
    [page] = [r for r in crawl.records() if r.uri == f"urn:dom:{MAP}"]
    assert page.type == "resource"
    assert b"while the bridge is being mended" in page.payload
    parts = [r for r in crawl.records() if r.concurrent_to == page.record_id]
    # what the plain capture had already is not kept twice
    assert sorted(r.type for r in parts) == ["resource"] * 2 + ["response"] * 3 + ["revisit"]
    assert parts[-2].payload.startswith(b"\x89PNG")
    assert parts[-1].payload.startswith(b"%PDF-")


def test_a_forbidden_address_is_not_reached_and_named(crawl: Crawl, run: Run) -> None:
    [(refused,)] = crawl.rows("SELECT refused FROM browser_pages WHERE better = 1")
    assert list(json.loads(refused)) == ["169.254.169.254:80"]
    assert crawl.replica.violations == []


def test_no_verdict_rests_on_it(crawl: Crawl, run: Run) -> None:
    sql = f"SELECT status, captures, last_outcome FROM sources WHERE cited_url = '{MAP}'"
    assert crawl.rows(sql) == [("blocked", 1, "thin")]


def test_a_second_run_looks_at_nothing_again(crawl: Crawl, run: Run) -> None:
    assert crawl.run("browser").captures("browser") == {}


def test_rebuild_gives_equal_tables_without_a_browser(
    crawl: Crawl, run: Run, tmp_path: Path
) -> None:
    again = Crawl(tmp_path / "data", crawl.replica)
    shutil.copytree(crawl.data / "warc", again.data / "warc")
    again.recover()
    for table in ("captures", "browser_pages", "browser_parts", "texts", "sources", "verdicts"):
        assert again.rows(f"SELECT * FROM {table} ORDER BY 1") == crawl.rows(
            f"SELECT * FROM {table} ORDER BY 1"
        )
