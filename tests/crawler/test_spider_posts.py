"""Posts of Bluesky, Threads and Rutube: the real engine over a small web."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.replica.messages import Reply, Request, as_json, html, not_found, typed
from tests.replica.sites import Site
from tests.spider_runs import Crawl, Run, crawl_citing

pytestmark = pytest.mark.minutes(1)

FIXTURES = Path(__file__).parents[1] / "fixtures" / "platforms"
PROFILE = "https://bsky.app/profile/ilma-watch.example/post/"
VIDEO = "https://rutube.ru/video/3eac00b4561676c17df9132a9a1e6{:03}"
THREAD = "https://threads.com/@ilma.watch/post/DVxk_cTgT"
CITED = (
    f"{PROFILE}3lriverwatch2a",
    f"{PROFILE}3lriverwatch2b",
    f"{PROFILE}3lriverwatch2c",
    f"{PROFILE}3lriverwatch2d",
    f"{THREAD}QF",
    f"{THREAD}QG",
    VIDEO.format(200),
    VIDEO.format(201),
    VIDEO.format(202),
)


def case(platform: str, name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FIXTURES / platform / "cases.json").read_text())[name]
    return loaded


def bluesky(request: Request) -> Reply:
    """Post a is there, b is gone, c is for members; of d the API fails and the quotation
    answers."""
    if request.path == "/robots.txt":
        return typed("User-agent: *\nAllow: /\n", "text/plain")
    asked = request.query.get("uri", "")
    if asked.endswith("2b"):
        return as_json(case("bluesky", "removed")["json"], 400)
    if asked.endswith("2d"):
        return as_json({"error": "InvalidRequest", "message": "Unable to resolve handle"}, 400)
    return as_json(case("bluesky", "closed" if asked.endswith("2c") else "there")["json"])


def quotations(request: Request) -> Reply:
    if request.path == "/robots.txt":
        return not_found()
    return as_json(case("bluesky", "there, quoted")["json"])


def threads(request: Request) -> Reply:
    if request.path == "/robots.txt":
        return not_found()
    name = "there" if request.bare_path.endswith("QF") else "closed, a login"
    return html(case("threads", name)["body"])


def rutube(request: Request) -> Reply:
    """One video is there; of the others the API knows nothing, and the player is told why."""
    if request.path == "/robots.txt":
        return not_found()
    if "/api/video/" in request.path:
        there = "200/" in request.bare_path
        return as_json(case("rutube", "there")["json"]) if there else as_json({"detail": "No"}, 404)
    name = "removed" if "201/" in request.bare_path else "closed"
    return as_json(case("rutube", name)["json"])


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    folder = tmp_path_factory.mktemp("posts")
    with crawl_citing(
        folder,
        CITED,
        Site(("public.api.bsky.app",), bluesky),
        Site(("embed.bsky.app",), quotations),
        Site(("threads.com", "www.threads.com"), threads),
        Site(("rutube.ru",), rutube),
    ) as crawl:
        yield crawl


@pytest.fixture(scope="module")
def run(crawl: Crawl) -> Run:
    return crawl.run("sources")


def outcomes(crawl: Crawl, cited: str) -> list[str]:
    rows = crawl.rows(
        "SELECT c.outcome FROM captures c JOIN sources s ON s.id = c.source_id "
        f"WHERE s.url = '{cited}' ORDER BY c.id"
    )
    return [outcome for (outcome,) in rows]


@pytest.mark.parametrize(
    ("cited", "ended"),
    [
        (CITED[0], ["ok"]),
        (CITED[1], ["removed"]),
        (CITED[2], ["login-wall"]),
        (CITED[3], ["forbidden", "ok"]),
        (CITED[4], ["ok"]),
        (CITED[5], ["login-wall"]),
        (CITED[6], ["ok"]),
        (CITED[7], ["gone", "removed"]),
        (CITED[8], ["gone", "forbidden"]),
    ],
)
def test_a_post_ends_as_its_platform_says(
    run: Run, crawl: Crawl, cited: str, ended: list[str]
) -> None:
    assert outcomes(crawl, cited) == ended


def test_what_was_posted_is_kept(run: Run, crawl: Crawl) -> None:
    rows = crawl.rows(
        "SELECT DISTINCT s.platform, t.author, t.published FROM texts t "
        "JOIN captures c ON c.text_id = t.id JOIN sources s ON s.id = c.source_id "
        "WHERE c.outcome = 'ok' AND s.platform != 'isw' ORDER BY 1, 2, 3"
    )
    assert rows == [
        ("bluesky", "Ilma Watch", "2026-03-12"),
        ("rutube", "Речной дозор", "2026-03-10"),
        ("threads", "Ilma Watch", "2026-03-12"),
    ]


def test_nothing_is_left_waiting(run: Run, crawl: Crawl) -> None:
    assert run.done["reason"] == "finished"
    assert crawl.rows("SELECT url FROM sources WHERE captures = 0") == []
