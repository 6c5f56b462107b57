"""What a reader judges an archive by, and what a source said before it was gone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from datasette.app import Datasette

from archive.config import Settings
from archive.fixity.ledger import newest
from archive.folder import DataFolder
from archive.model.vocabulary import Outcome, Status
from archive.show.badge_words import OUTCOME_WORDS, badge_words
from pipeline.run.ingest import Archive
from tests.marked_up import read
from tests.rot_samples import DIED, make, number
from tests.serving import in_process


async def words_of(datasette: Datasette, path: str) -> str:
    answer = await datasette.client.get(path)
    assert answer.status_code == 200, answer.text[:500]
    return " ".join(" ".join(read(answer.text).words).split())


async def test_an_archive_says_what_it_can_be_checked_by(
    datasette: Datasette, folder: Path
) -> None:
    said = await words_of(datasette, "/-/about")
    note = newest(DataFolder(folder))
    if note is None:
        assert "No ledger stands beside this database" in said
    else:
        assert note.split("\n")[2] in said
    assert "No damage is known" in said
    assert "Nothing is withheld" in said
    assert 'name="as_of"' not in (await datasette.client.get("/-/about")).text


async def test_every_word_of_the_tables_is_explained(datasette: Datasette) -> None:
    text = (await datasette.client.get("/-/about")).text
    for word in (*Status, *Outcome):
        assert f"<code>{word}</code>" in text
        assert f">{badge_words(word)}</span>" in text


def test_every_outcome_has_words_of_its_own() -> None:
    assert set(OUTCOME_WORDS) == set(Outcome)
    assert len(set(OUTCOME_WORDS.values())) == len(OUTCOME_WORDS)


async def test_every_page_leads_to_what_is_said_of_the_archive(datasette: Datasette) -> None:
    for path in ("/", "/-/rot", "/archive/sources", f"/-/source/{number(DIED)}"):
        assert 'href="/-/about"' in (await datasette.client.get(path)).text, path


async def test_a_page_says_in_its_head_what_it_is(datasette: Datasette) -> None:
    text = (await datasette.client.get(f"/-/source/{number(DIED)}")).text
    assert '<meta name="description" content="It is gone; that is proved. Cited by' in text
    assert f'<meta property="og:title" content="Source: {DIED}">' in text


async def test_a_source_that_is_gone_still_says_what_it_said(datasette: Datasette) -> None:
    text = (await datasette.client.get(f"/-/source/{number(DIED)}")).text
    said = text.partition('id="said"')[2].partition("</section>")[0]
    assert "In our first good copy" in said
    assert "the library stays open" in said


async def test_what_is_withheld_is_not_said(tmp_path: Path) -> None:
    make(tmp_path / "data")
    with closing(sqlite3.connect(tmp_path / "data" / "archive.db")) as db:
        names = db.execute(
            "SELECT record_id, id FROM captures WHERE source_id = ?", [number(DIED)]
        ).fetchall()
    with Archive.open(tmp_path / "data", Settings(), run="20260402-test") as archive:
        archive.store.withhold(
            [(name, capture, "2026-03-30T00:00:00Z", "me", "private") for name, capture in names]
        )
    async with in_process(tmp_path / "data") as served:
        said = await words_of(served, f"/-/source/{number(DIED)}")
        assert "What it said" not in said
        assert "the library stays open" not in said
        assert "What became of what is cited" not in await words_of(
            served, "/-/host?host=news.example"
        )
        assert f"{len(names)} captures are kept but not shown" in await words_of(served, "/-/about")


async def test_a_host_tells_what_became_of_its_pages(datasette: Datasette) -> None:
    text = (await datasette.client.get("/-/host?host=news.example")).text
    story = text.partition('id="happened"')[2].partition("</section>")[0]
    assert f'href="/-/source/{number(DIED)}"' in story
    assert "It is gone, proved over days." in story
    assert 'href="/-/atom?host=news.example"' in text.partition("<main")[2], "to be followed"
