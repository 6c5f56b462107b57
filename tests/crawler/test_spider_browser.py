"""Cited pages in a real Chromium: the real engine over a small web with a map made by scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from archive.urls.normal import source_key
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
            "ISW_ARCHIVE_BROWSER_SANDBOX": "false",
            "ISW_ARCHIVE_BROWSER_PDF": "true",
            "ISW_ARCHIVE_RETRIES": "0",
        }
        crawl = Crawl(tmp_path_factory.mktemp("browser") / "data", replica, env)
        crawl.run("reports", urls=(report.url,))
        crawl.move_to(AT + timedelta(minutes=5))
        crawl.run("sources")
        yield crawl


@pytest.fixture(scope="module")
def run(crawl: Crawl) -> Run:
    return crawl.run("browser")


def of(crawl: Crawl, cited: str) -> dict[str, Any]:
    [row] = crawl.query(
        "SELECT captures.*, browser_pages.*, plain.outcome AS plain_outcome, texts.text, "
        "texts.title FROM browser_pages JOIN captures ON captures.id = browser_pages.capture_id "
        "LEFT JOIN captures AS plain ON plain.id = plain_capture_id "
        "LEFT JOIN texts ON texts.id = captures.text_id "
        "JOIN sources ON sources.id = browser_pages.source_id WHERE sources.url = ?",
        [source_key(cited)],
    )
    return row


def test_a_page_made_by_scripts_is_read_as_the_browser_showed_it(crawl: Crawl, run: Run) -> None:
    page = of(crawl, MAP)
    assert (page["outcome"], page["via"], page["http_status"]) == ("ok", "browser", 200)
    assert page["title"] == "The crossings of the Ilma"
    assert "while the bridge is being mended" in page["text"]
