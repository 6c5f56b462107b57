"""Publishers that a user declares, collected by the real program: the examples of docs/publishers
over sites in the mark-up of WordPress, of a newspaper and of MediaWiki."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.clock import TEST_CLOCK, offset_to
from tests.replica.messages import Reply, Request, html, typed
from tests.replica.server import Replica
from tests.replica.sites import Site, Web, by_path
from tests.saved import rows
from tests.spider_runs import AT, QUICK, ROOT

EXAMPLES = ROOT / "docs" / "publishers"
PAGES = ROOT / "tests" / "fixtures" / "publishers"
THINK = "https://riverwatch.example"
NEWS = "https://harbourpost.example"
WIKI = "https://en.wikipedia.org/wiki/Lock_of_Tarrow"
FIRST, OLDER = f"{THINK}/reports/sluices-of-orrin/", f"{THINK}/reports/weirs-of-the-lower-orrin/"
STORY = f"{NEWS}/2026/03/14/lamps-on-the-quay"
ABOUT = f"{THINK}/about-us/"


def page(name: str) -> str:
    return (PAGES / f"{name}.html").read_text(encoding="utf-8")


def posts(request: Request) -> Reply:
    """Two posts a page, as WordPress gives them; beyond the last page it refuses."""
    listed = [
        [(FIRST, "The Sluices of Orrin"), (ABOUT, "About us")],
        [(OLDER, "Weirs of the lower Orrin")],
    ]
    number = int(request.path.partition("&page=")[2] or 1)
    if number > len(listed):
        return typed('{"code":"rest_post_invalid_page_number"}', "application/json", 400)
    told = [
        {"link": url, "title": {"rendered": title}, "date_gmt": "2026-03-11T09:20:00",
         "modified_gmt": "2026-03-12T10:00:00"}
        for url, title in listed[number - 1]
    ]  # fmt: skip
    return typed(json.dumps(told), "application/json")


def web() -> Web:
    older = page("think_tank").replace("sluices-of-orrin", "weirs-of-the-lower-orrin")
    older = older.replace(
        "The Sluices of Orrin: Who Opens Them, and When", "Weirs of the lower Orrin"
    )
    feed = (
        f"<rss version='2.0'><channel><title>Post</title><item><link>{STORY}</link>"
        "<pubDate>Sat, 14 Mar 2026 06:30:00 GMT</pubDate></item><item>"
        f"<link>{NEWS}/letters</link></item></channel></rss>"
    )
    found = Web()
    found.add(
        Site(("riverwatch.example",), by_path({
            "/wp-json/wp/v2/posts": posts, "/reports/sluices-of-orrin/": html(page("think_tank")),
            "/reports/weirs-of-the-lower-orrin/": html(older),
        })),
        Site(("harbourpost.example",), by_path({
            "/feed.xml": typed(feed, "application/rss+xml"),
            "/2026/03/14/lamps-on-the-quay": html(page("news_sources")),
        })),
        Site(("en.wikipedia.org",), by_path({"/wiki/Lock_of_Tarrow": html(page("wikipedia"))})),
    )  # fmt: skip
    return found


@dataclass(frozen=True)
class Collected:
    data: Path
    replica: Replica
    log: str

    def cited(self, url: str) -> list[tuple[str, str]]:
        """Label and address of each citation of a report, as printed."""
        found = rows(
            self.data,
            "SELECT notes.label, citations.url FROM citations JOIN notes ON notes.id = note_id "
            "JOIN versions ON versions.id = citations.version_id "
            "JOIN publications ON publications.id = publication_id "
            f"WHERE publications.url = '{url}' ORDER BY notes.position, citations.position",
        )
        return [(str(label), str(cited)) for label, cited in found]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collected]:
    folder = tmp_path_factory.mktemp("publishers")
    config = folder / "isw-archive.toml"
    config.write_text(f'publishers = "{EXAMPLES}"\nbackfill_days = 30\n', encoding="utf-8")
    with Replica(at=AT, world=web()) as replica:
        env = {
            **replica.env(), **QUICK, TEST_CLOCK: offset_to(AT), "ISW_ARCHIVE_WAYBACK": "",
            "ISW_ARCHIVE_RETRIES": "0",
            "ISW_ARCHIVE_CONTACT": "mailto:operator@isw-archive.example",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", "--data", str(folder / "data"), "collect",
             "--no-sources"], env=env, capture_output=True, text=True, check=False, timeout=240,
        )  # fmt: skip
        yield Collected(folder / "data", replica, done.stdout + done.stderr)


def test_each_is_found_in_its_own_way_and_no_other_page_is_taken(collected: Collected) -> None:
    found = rows(
        collected.data,
        "SELECT publisher, url FROM publications WHERE captures > 0 ORDER BY publisher, url",
    )
    assert found == [
        ("news-site", STORY), ("think-tank", FIRST), ("think-tank", OLDER), ("wikipedia", WIKI),
    ], collected.log  # fmt: skip
    steps = rows(
        collected.data,
        "SELECT site, step FROM discovery_steps WHERE ok AND site NOT IN ('isw', 'ctp')",
    )
    assert set(steps) >= {("think-tank", "rest"), ("news-site", "feed"), ("wikipedia", "pattern")}
    asked = {seen.url for seen in collected.replica.requests}
    assert not asked & {ABOUT, f"{NEWS}/letters"}
    assert collected.replica.violations == []


def test_footnotes_of_wordpress_are_read_exactly(collected: Collected) -> None:
    assert collected.cited(FIRST) == [
        ("1", "https://water.orrin.example/notices/2026-02?lang=en&ref=12"),
        ("2", "https://gazette.example/2026/03/02/wet-feet"),
        ("2", "https://t.me/orrin_valley/418"),
        ("3", "https://gauges.district.example/data/table-4.csv"),
    ]


def test_a_list_of_sources_without_labels_is_read_exactly(collected: Collected) -> None:
    assert collected.cited(STORY) == [
        ("1", "https://council.harbour.example/minutes/2026-03-12.pdf"),
        ("2", "https://dockers.example/news/lamps?utm_source=harbourpost"),
        ("4", "https://railway.example/timetable/spring"),
    ]
    assert rows(
        collected.data, "SELECT count(*) FROM notes WHERE text LIKE 'Harbour master,%'"
    ) == [(1,)]


def test_references_of_an_encyclopaedia_are_read_with_their_archived_copies(
    collected: Collected,
) -> None:
    original = "https://canals.example/tarrow/history"
    news = "https://gazette.example/1974/longer-lock"
    assert collected.cited(WIKI) == [
        ("1", f"https://web.archive.org/web/20240105030405/{original}"), ("1", original),
        ("2", news), ("2", f"https://web.archive.org/web/20230607080910/{news}"),
    ]  # fmt: skip
    named_again = rows(
        collected.data,
        "SELECT count(*) FROM markers JOIN notes ON notes.id = note_id "
        "JOIN versions ON versions.id = markers.version_id "
        "WHERE notes.label = '1' AND versions.title = 'Lock of Tarrow'",
    )
    assert named_again == [(2,)]
