"""What posts refer to: kept with each capture, captured within a budget, shown both ways."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from datasette.app import Datasette

from archive.config import Settings
from archive.db.database import open_database
from archive.db.tables import related_rows
from archive.model.times import format_time
from archive.model.understood import PageText
from archive.model.vocabulary import Kind
from pipeline.cli.main import main
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.factories import at, note, page, report
from tests.saved import rows
from tests.serving import in_process

POST, ALSO = "https://t.me/shore/42", "https://t.me/shore/43"
ASKED, FAR = "https://t.me/quay/7", "https://t.me/gate/1"
SAID = "The bridge over the river is closed to all cars since this morning, the city says."


def come(archive: Archive, number: int, url: str, hours: float, reason: str = "cited",
         **facts: str) -> None:  # fmt: skip
    told = PageText(f"{SAID} {number}", language="en", facts=tuple(facts.items()))
    fetched = page(
        number, kind=Kind.SOURCE, uri_r=url, captured_at=at(hours), reason=reason,
        body=f"{number}".encode(),
    )  # fmt: skip
    samples.keep(archive, fetched, text=told)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cited post that answers one that nobody cites, which answers another in turn; a second
    cited post that forwards the same and a channel."""
    root = tmp_path_factory.mktemp("links") / "data"
    with Archive.open(root, Settings(), run="20260304-test") as archive:
        cited = report(notes=(note("1", POST), note("2", ALSO)))
        samples.keep(archive, page(1, captured_at=at(0)), report=cited)
        come(archive, 2, POST, 1, reply_to=ASKED, reply_text=samples.SCRIPT, reply_author="Quay")
        come(archive, 3, ALSO, 2, forwarded_url=ASKED, album="https://t.me/shore/44")
        with_channel = {"forwarded_url": "https://t.me/harbour", "reply_to": POST}
        come(archive, 4, ALSO, 3, **with_channel)
        come(archive, 5, POST, 4, reply_to=ASKED)
        assert [one.url for one in archive.wanted.context_wanted(at(5), 10)] == [
            "https://t.me/quay/7?embed=1&mode=tme"
        ]
        come(archive, 6, ASKED, 5, "context", reply_to=FAR)
    return root


def test_links_are_kept_once_with_the_first_capture_that_shows_them(folder: Path) -> None:
    found = rows(
        folder, "SELECT source_id, relation, url, capture_id, wanted FROM post_links ORDER BY 4, 3"
    )
    assert [one[1:] for one in found] == [
        ("replies-to", ASKED, 2, 0),
        ("forwards", ASKED, 3, 0),
        ("album", "https://t.me/shore/44", 3, 0),
        ("forwards", "https://t.me/harbour", 4, 0),
        ("replies-to", POST, 4, 0),
        ("replies-to", FAR, 6, 1),
    ]


def test_what_context_refers_to_is_never_followed_and_the_days_budget_is_kept(
    folder: Path, tmp_path: Path
) -> None:
    with Archive.open(tmp_path / "data", Settings(context_per_day=1), run="test") as archive:
        samples.keep(archive, page(1, captured_at=at(0)), report=report(notes=(note("1", POST),)))
        come(archive, 2, POST, 1, reply_to=ASKED, quoted_url="https://t.me/quay/8")
        assert len(archive.wanted.context_wanted(at(2), 10)) == 1
        come(archive, 3, ASKED, 2, "context", reply_to=FAR)
        assert archive.wanted.context_wanted(at(3), 10) == []  # of this day
        assert [one.subject for one in archive.wanted.context_wanted(at(30), 10)] == [
            "https://t.me/quay/8"
        ]
        come(archive, 4, "https://t.me/quay/8", 30, "context")
        assert archive.wanted.context_wanted(at(60), 10) == []
    with closing(open_database(folder / "archive.db")) as db:
        assert related_rows.wanted(db, 10) == []


def test_the_order_of_captures_does_not_matter(tmp_path: Path) -> None:
    kept = []
    for order in ((2, 3, 4), (4, 3, 2)):
        folder = tmp_path / str(order[0])
        with Archive.open(folder, Settings(), run="test") as archive:
            samples.keep(
                archive, page(1, captured_at=at(0)), report=report(notes=(note("1", POST),))
            )
            for number in order:
                come(archive, number, {4: ASKED}.get(number, POST), number, reply_to=ASKED)
        kept.append(rows(folder, "SELECT * FROM post_links"))
    assert kept[0] == kept[1]
    assert kept[0][0][-2:] == (2, 0)


def test_the_export_names_what_a_post_refers_to(folder: Path) -> None:
    words = ["--data", str(folder), "export", "iran-update/2026-03-03", "--format", "json"]
    done = CliRunner().invoke(main, words)
    notes = json.loads(done.stdout)["notes"]
    [found] = notes[0]["urls"][0]["refers_to"]
    assert (found["relation"], found["url"], found["captures"]) == ("replies-to", ASKED, 1)
    assert {one["relation"] for one in notes[1]["urls"][0]["refers_to"]} == {
        "replies-to", "forwards", "album",
    }  # fmt: skip


@pytest.fixture
async def served(folder: Path) -> AsyncIterator[Datasette]:
    async with in_process(folder) as datasette:
        yield datasette


def number_of(folder: Path, url: str) -> int:
    return int(rows(folder, f"SELECT id FROM sources WHERE url = '{url}'")[0][0])


async def test_a_post_shows_what_it_answers_apart_from_its_own_words(
    folder: Path, served: Datasette
) -> None:
    shown = (await served.client.get(f"/-/source/{number_of(folder, POST)}")).text
    assert "Answers <a" in shown
    assert "by <bdi>Quay</bdi>" in shown
    assert samples.SCRIPT not in shown
    assert "kept as context" in shown
    assert "Is answered by" in shown  # the other cited post does


async def test_a_post_kept_as_context_shows_who_refers_to_it_and_where_that_is_cited(
    folder: Path, served: Datasette
) -> None:
    shown = (await served.client.get(f"/-/source/{number_of(folder, ASKED)}")).text
    assert "Is answered by" in shown
    assert "Is forwarded by" in shown
    assert 'href="/-/report/iran-update/2026-03-03"' in shown
    told = (await served.client.get(f"/-/source/{number_of(folder, ASKED)}.json")).json()
    assert [one["relation"] for one in told["related"]["by"]] == ["forwards", "replies-to"]


def test_what_only_a_withheld_capture_shows_is_left_out(folder: Path, tmp_path: Path) -> None:
    from archive.show import related_reading

    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        come(archive, 2, POST, 1, reply_to=ASKED)
        record = archive.db.execute("SELECT record_id FROM captures").fetchone()[0]
        archive.store.withhold([(record, 2, format_time(at(2)), "ana", "private")])
        found = related_reading.of_source(archive.db.conn, number_of(tmp_path / "data", POST))
        assert found == {"to": [], "by": []}
        assert related_reading.exported(archive.db.conn, [number_of(tmp_path / "data", POST)]) == {}
