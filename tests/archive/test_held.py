"""Is it held? By address, digest and words, in the database and on the page."""

from __future__ import annotations

import gzip
import hashlib
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette

from archive.config import Settings
from archive.db.database import open_readonly
from archive.model.understood import PageText
from archive.model.vocabulary import Kind
from archive.show.held.answer import HeldAnswer
from archive.show.held.find import find_held, held_file
from pipeline.cli import held_text
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.factories import at, page
from tests.serving import in_process

STORY = " ".join(
    f"On day {day} the harbour master of Osterlin counted {day * 7} barges at quay {day % 5}, and "
    f"told the council that berth {day * 3} stays shut." for day in range(1, 14)
)  # fmt: skip
MOVED = "https://bit.ly/port7"
STORY_URL = "https://harbour.example/story"
BODY = b"<p>the story</p>"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = samples.make(tmp_path_factory.mktemp("held") / "data")
    with Archive.open(folder.root, Settings(), run="20260305-test") as archive:
        fetched = page(
            20, kind=Kind.SOURCE, uri_r=MOVED, captured_at=at(20), final_url=STORY_URL, body=BODY
        )  # fmt: skip
        samples.keep(archive, fetched, text=PageText(STORY, language="en"), hop=MOVED)
    return folder.root


@pytest.fixture
def db(root: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_readonly(root / "archive.db")) as opened:
        yield opened.conn


@pytest.fixture
async def datasette(root: Path) -> AsyncIterator[Datasette]:
    async with in_process(root) as served:
        yield served


@pytest.mark.parametrize(
    "spelling",
    [
        "https://t.me/portwatch/12", "hxxps://t[.]me/s/portwatch/12?single", "t.me/portwatch/12",
        "https://telegram.me/portwatch/12",
        "https://web.archive.org/web/20260301000000/https://t.me/portwatch/12",
        "https://archive.ph/2026.03.01-000000/https://t.me/portwatch/12",
    ],
)  # fmt: skip
def test_a_cited_page_is_held_in_every_spelling(db: sqlite3.Connection, spelling: str) -> None:
    found = find_held(db, spelling)
    assert found.held
    assert samples.SOURCE_URL in {one["url"] for one in found.sources}
    assert samples.REPORT_ID in {one["report"] for one in found.sentences}


def test_where_a_short_link_was_seen_to_lead_is_told(db: sqlite3.Connection) -> None:
    for asked in (MOVED, "http://www.harbour.example/story/"):
        found = find_held(db, asked)
        assert found.held, asked
        assert MOVED in {one["url"] for one in found.sources}


def test_a_page_without_a_good_copy_is_known_and_not_held(db: sqlite3.Connection) -> None:
    found = find_held(db, "https://news.example/denied")
    assert (found.held, found.known) == (False, True)
    assert found.sentences


def test_what_is_not_held_says_what_is_beside_it(db: sqlite3.Connection) -> None:
    found = find_held(db, "https://t.me/portwatch/99")
    assert not found.known
    assert found.beside["account"]["sources"] == 1
    assert find_held(db, "https://nowhere.example/").beside == {}


def test_a_report_is_held_by_its_address_and_by_its_id(db: sqlite3.Connection) -> None:
    for asked in (samples.REPORT_ID, samples.REPORT_URL):
        assert [one["report"] for one in find_held(db, asked).reports] == [samples.REPORT_ID]


def test_bytes_are_held_by_their_digest(db: sqlite3.Connection) -> None:
    sent = gzip.compress(samples.HTML_BODY, mtime=0)
    found = find_held(db, hashlib.sha256(sent).hexdigest())
    assert [one["id"] for one in found.captures] == [4]
    assert found.sentences
    assert not find_held(db, hashlib.sha256(b"").hexdigest()).known
    assert not find_held(db, "0" * 64).known


def test_a_record_is_held_by_its_id(db: sqlite3.Connection) -> None:
    (record,) = db.execute("SELECT record_id FROM captures WHERE id = 4").fetchone()
    assert [one["id"] for one in find_held(db, f"<{record}>").captures] == [4]


def _texts(found: HeldAnswer) -> set[str]:
    return {one["url"] for one in found.texts}


def test_a_paragraph_is_found_in_the_page_that_has_it(db: sqlite3.Connection) -> None:
    part = STORY[STORY.index("On day 6") : STORY.index("On day 8")].upper()
    found = find_held(db, part)
    assert _texts(found) == {MOVED}
    assert found.texts[0]["share"] == 1.0


def test_a_page_that_nearly_says_the_same_is_found(db: sqlite3.Connection) -> None:
    changed = STORY.replace("barges at quay 3", "tugs by pier 3").replace("On day 1 ", "Once ")
    assert _texts(find_held(db, changed)) == {MOVED}
    assert _texts(held_file(db, "a.txt", "0" * 64, changed)) == {MOVED}


def test_a_sentence_is_found_in_the_report(db: sqlite3.Connection) -> None:
    found = find_held(db, "A depot burned near the port.")
    assert {one["report"] for one in found.sentences} == {samples.REPORT_ID}


def test_a_report_is_held_by_its_series_and_newest_and_else_the_nearest_are_named(
    db: sqlite3.Connection,
) -> None:
    series = samples.REPORT_ID.partition("/")[0]
    found = find_held(db, f"{series}/newest")
    assert found.held
    assert found.asked.told == f"the report {series}/newest: {found.reports[0]['report']}"
    for asked in (f"{series}/2020-01-01", f"{series}x/newest"):
        missing = find_held(db, asked)
        assert not missing.held
        assert samples.REPORT_ID in missing.beside["nearest"], asked
    assert find_held(db, "moon/newest").beside == {}


def test_what_is_not_held_says_how_to_capture_it(db: sqlite3.Connection) -> None:
    told = held_text.lines(find_held(db, "https://nowhere.example/a?b=1&c=2"))
    assert (
        told[-1] == "  to capture it now: isw-archive recrawl 'https://nowhere.example/a?b=1&c=2'"
    )
    assert not any("recrawl" in one for one in held_text.lines(find_held(db, MOVED)))


@pytest.mark.parametrize(
    "words",
    [
        "The council of Osterlin met on a sunny morning to speak about bread and nothing else.",
        STORY.translate(str.maketrans("aeiou", "eioua")), "a b", '"', "AND OR NOT NEAR(", "* ^ : -",
        "\u0000\ud800 x y z w", "船 只 停 在 港 口",
    ],
)  # fmt: skip
def test_other_words_are_not_held_and_nothing_typed_is_an_error(
    db: sqlite3.Connection, words: str
) -> None:
    assert not find_held(db, words).known


def test_what_is_withheld_is_not_told(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "archive.db"
    with closing(sqlite3.connect(root / "archive.db")) as db, closing(sqlite3.connect(copy)) as to:
        db.backup(to)
        to.execute(
            "INSERT INTO withheld (record_id, capture_id, at, who, reason) "
            "SELECT record_id, id, '2026-03-06T00:00:00Z', 'ana', 'a witness' FROM captures "
            "WHERE id = 20"
        )
        to.commit()
        digest = hashlib.sha256(BODY).hexdigest()
        assert find_held(db, digest).held
        for asked in (MOVED, digest, STORY):
            assert not find_held(to, asked).held, asked


async def test_the_page_answers_and_hands_over_nothing_but_an_address(datasette: Datasette) -> None:
    empty = (await datasette.client.get("/-/held")).text
    assert "encodeURIComponent(location.href)" in empty
    assert '<h2 id="answer"' not in empty
    shown = (
        await datasette.client.get("/-/held", params={"q": "hxxps://t[.]me/portwatch/12"})
    ).text
    assert '<h2 id="answer">Held</h2>' in shown
    assert "A depot burned near the port." in shown
    told = (await datasette.client.get("/-/held.json?q=https://nowhere.example/")).json()
    assert (told["held"], told["asked"]["what"]) == (False, "address")


async def test_what_was_asked_is_inert(datasette: Datasette) -> None:
    for evil in samples.EVIL:
        shown = (await datasette.client.get("/-/held", params={"q": evil})).text
        assert samples.SCRIPT not in shown
        assert "<img src=x" not in shown
