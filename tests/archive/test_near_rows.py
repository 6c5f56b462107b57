"""Pairs of sources that hold the same or nearly the same text, as the tables have them."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

import pytest
import sqlite_utils

from archive import near_duplicates
from archive.config import Settings
from archive.db import folding
from archive.db.database import APPLICATION_ID, open_database
from archive.db.schema.migrations import migrations
from archive.model.rows import NearPair
from archive.model.understood import FetchedPage, PageText, Processed
from archive.model.vocabulary import Kind, Outcome
from archive.urls import normal as urls
from pipeline.read.platforms.views import fetch_url
from pipeline.read.process import Limits, process
from pipeline.run import ingest
from tests.factories import page, processed, written
from tests.near_texts import ENGLISH, TEXTS, english, family, shelf
from tests.replica.world import SMALL, build_world, fetch, sources

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)


def keep(archive: ingest.Archive, number: int, url: str, text: str, title: str = "A title") -> None:
    fetched = page(number, kind=Kind.SOURCE, uri_r=url, final_url=url)
    archive.commit(
        processed(
            fetched, text=PageText(text, title=title), signature=near_duplicates.signature(text)
        ),
        written(fetched),
    )


def same_texts(archive: ingest.Archive) -> dict[frozenset[str], float]:
    rows = archive.db.execute("SELECT url, other_url, resemblance FROM same_texts").fetchall()
    found = {frozenset(row[:2]): row[2] for row in rows}
    assert len(found) == len(rows), "a pair is named twice"
    return found


def test_pairs_of_sources_are_named_once_with_the_best_resemblance(archive: ingest.Archive) -> None:
    first, second = family(1, 2)
    keep(archive, 1, "https://a.example/1", first)
    keep(archive, 2, "https://b.example/1", first, title="Another title")
    keep(archive, 3, "https://c.example/1", second)
    keep(archive, 4, "https://c.example/1", first + " end")
    keep(archive, 5, "https://d.example/1", english(77))
    near_one = near_duplicates.resemblance(first, first + " end")
    assert same_texts(archive) == {
        frozenset({"https://a.example/1", "https://b.example/1"}): 1.0,
        frozenset({"https://a.example/1", "https://c.example/1"}): near_one,
        frozenset({"https://b.example/1", "https://c.example/1"}): near_one,
    }
    assert archive.db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_source_is_no_copy_of_itself(archive: ingest.Archive) -> None:
    for number, text in enumerate(family(1, 3), 1):
        keep(archive, number, "https://a.example/1", text)
    assert same_texts(archive) == {}


def test_equal_posts_count_from_a_length_on(archive: ingest.Archive) -> None:
    post = " ".join(ENGLISH.split()[:20])
    for number, (host, text) in enumerate(
        [("a", post), ("b", post), ("c", post + " twice"), ("d", "Alert."), ("e", "Alert.")], 1
    ):
        keep(archive, number, f"https://{host}.example/1", text)
    assert same_texts(archive) == {frozenset({"https://a.example/1", "https://b.example/1"}): 1.0}


def test_words_on_over_a_hundred_sources_pair_none_of_them(archive: ingest.Archive) -> None:
    for number in range(101):
        keep(archive, number, f"https://h{number}.example/1", english(5, 60))
    assert same_texts(archive) == {}
    sizes = archive.db.execute("SELECT count(*) FROM source_texts").fetchone()
    assert sizes == (101,)


@pytest.mark.parametrize("seed", range(4))
def test_tables_are_equal_in_whatever_order_captures_come(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near_duplicates, "CROWD", 4)
    captures = [(n, f"https://h{n % 7}.example/{n % 11}", text) for n, text in enumerate(TEXTS * 2)]
    tables = []
    for name in ("one", "other"):
        with ingest.Archive.open(tmp_path / name, Settings(), run="test") as opened:
            for number, url, text in captures:
                keep(opened, number, url, text)
            tables.append(
                [
                    opened.db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
                    for table in ("source_texts", "text_bands", "near_texts", "same_texts")
                ]
            )
        random.Random(seed).shuffle(captures)
    assert tables[0] == tables[1]
    assert all(tables[0])


def test_near_pairs_are_what_the_pure_stage_decides(archive: ingest.Archive) -> None:
    for number, text in enumerate(TEXTS):
        keep(archive, number, f"https://h{number}.example/", text)
    ids = dict(archive.db.execute("SELECT text, id FROM texts").fetchall())
    expected = {
        NearPair(*sorted((ids[TEXTS[a]], ids[TEXTS[b]])), share)
        for (a, b), share in shelf(range(len(TEXTS))).pairs.items()
    }
    held = archive.db.execute("SELECT text_id, other_id, resemblance FROM near_texts").fetchall()
    assert {NearPair(*row) for row in held} == expected


def test_an_archive_from_before_keeps_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with open_database(path) as db:
        empty = {view["name"]: view["sql"] for view in db.query(_NAMES)}
    assert len(empty) > 3
    before = sqlite_utils.Database(tmp_path / "before.db")
    before.execute(f"PRAGMA application_id={APPLICATION_ID}")
    folding.register(before.conn)
    migrations.apply(before, stop_before="m003_near_texts")
    before.execute("INSERT INTO texts (id, text, digest) VALUES (1, 'Kept.', '1:0')")
    before.close()
    with open_database(tmp_path / "before.db") as after:
        assert after.execute("SELECT text FROM texts").fetchall() == [("Kept.",)]
        assert {view["name"]: view["sql"] for view in after.query(_NAMES)} == empty


_NAMES = "SELECT name, sql FROM sqlite_master WHERE name LIKE '%_texts%' OR name = 'text_bands'"


# --- over the replica -----------------------------------------------------------------------------


def test_the_replicas_groups_are_found_and_nothing_else(archive: ingest.Archive) -> None:
    web = build_world(SMALL)
    facts = [fact for fact in sources(SMALL) if fact.outcome(AT) is Outcome.OK]
    groups: dict[str, set[str]] = {}
    for number, fact in enumerate(facts):
        done = captured(number, fact.url, lambda url: fetch(web, url, AT))
        archive.commit(done, written(done.page))
        # a redirect, another spelling, a memento, and a file under two names are copies that the
        # facts name otherwise
        inner = fact.url.split("/", 5)[5] if fact.platform == "wayback" else None
        same = fact.group or fact.same_as or inner or done.page.final_url
        groups.setdefault(PDF if "river-office" in same else same, set()).add(
            urls.source_key(fact.url)
        )
    expected = {
        frozenset(pair) for found in groups.values() for pair in itertools.combinations(found, 2)
    }
    found = same_texts(archive)
    stories = groups["agency story"]
    assert len(stories) == 4
    assert {pair for pair in found if pair & stories} == {
        frozenset(pair) for pair in itertools.combinations(stories, 2)
    }
    assert {pair for pair in found if pair not in expected} == set()


PDF = "the file of the river office"
WALLS = frozenset(
    {Outcome.CONSENT_WALL, Outcome.CHALLENGE, Outcome.LOGIN_WALL, Outcome.PAYWALL, Outcome.PARKED,
        Outcome.SOFT_404}
)  # fmt: skip


def test_what_a_wall_says_is_not_looked_for_elsewhere() -> None:
    web = build_world(SMALL)
    walls = [f for f in sources(SMALL) if f.platform == "web" and f.outcome(AT) in WALLS]
    found = [captured(1, fact.url, lambda url: fetch(web, url, AT)) for fact in walls]
    seen = [done for done in found if done.verdict.outcome in WALLS]
    assert len(seen) > 3
    assert [done.page.final_url for done in seen if done.signature] == []


def captured(number: int, cited: str, get: object) -> Processed:
    """A source as the crawler would bring it, redirects followed."""
    address = urls.fetchable(cited)
    first = final = fetch_url(urls.identify(address))
    assert callable(get)
    for _ in range(5):
        reply = get(final)
        if not 300 <= reply.status < 400:
            break
        final = urljoin(final, reply.header("location"))
    fetched: FetchedPage = page(
        number,
        kind=Kind.SOURCE,
        uri_r=first,
        subject=address if address != first else None,
        final_url=final,
        captured_at=AT,
        http_status=reply.status,
        headers={name.lower(): value for name, value in reply.headers},
        body=reply.body,
    )
    return process(fetched, Limits())
