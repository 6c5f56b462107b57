"""How citing sentences speak: kept, exported, shown beside them and counted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlite_utils
from datasette.app import Datasette

from archive.config import Settings
from archive.db.database import open_readonly
from archive.db.schema.large import HEDGES_OF
from archive.model.reports import Marker
from archive.show.export import report_object
from archive.show.plain import speech_told
from pipeline.read.speech import with_speech
from pipeline.run.ingest import Archive
from tests import factories
from tests.serving import in_process, text_of
from tests.web_samples import keep

REPORT = "iran-update/2026-03-03"
CLAIM, DENIAL = "Milbloggers claimed that a depot burned.", "Officials denied that it burned."


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("speech") / "data"
    markers = (
        Marker("1", CLAIM),
        Marker("2", DENIAL),
        Marker("1", "The port is shut."),
    )
    text = f"{CLAIM}[1] {DENIAL}[2] The port is shut.[1]"
    made = replace(factories.report(), text=text, markers=with_speech(markers, text))
    with Archive.open(root, Settings(), run="20260304-test") as archive:
        keep(archive, factories.page(1, captured_at=factories.at(1)), report=made)
    return root / "archive.db"


@pytest.fixture
async def datasette(kept: Path) -> AsyncIterator[Datasette]:
    async with in_process(kept.parent) as served:
        yield served


def test_each_marker_keeps_how_its_sentence_speaks(kept: Path) -> None:
    db = sqlite_utils.Database(kept)
    found = db.execute("SELECT hedge, role FROM markers ORDER BY position").fetchall()
    db.close()
    assert found == [("claimed", "milblogger"), ("denied", "official"), ("none", None)]


def test_the_counts_of_a_version_are_those_of_its_markers(kept: Path) -> None:
    db = sqlite_utils.Database(kept)
    found = db.execute("SELECT * FROM version_hedges").fetchall()
    assert sorted(found) == sorted(db.execute(HEDGES_OF).fetchall())
    db.close()
    assert [row[1:] for row in found] == [
        ("claimed", "milblogger", 1), ("denied", "official", 1), ("none", "", 1),
    ]  # fmt: skip


def test_the_export_names_hedge_and_role(kept: Path) -> None:
    db = open_readonly(kept)
    markers = report_object(db, REPORT)["markers"]
    db.close()
    assert [(one["hedge"], one["role"]) for one in markers[:2]] == [
        ("claimed", "milblogger"),
        ("denied", "official"),
    ]


async def test_the_report_says_beside_the_note_how_its_first_sentence_speaks(
    datasette: Datasette,
) -> None:
    text = await text_of(datasette, f"/-/report/{REPORT}")
    assert text.count('<span class="isw-speech">claimed: milbloggers</span>') == 1
    assert "the sentence: denied: officials" in text


async def test_a_claim_beside_its_source_says_how_it_speaks(datasette: Datasette) -> None:
    text = await text_of(datasette, f"/-/report/{REPORT}/check")
    assert "claimed: milbloggers" in text


@pytest.mark.parametrize(
    "path", ["/-/account?platform=telegram&account=portwatch", "/-/series/iran-update"]
)
async def test_accounts_and_series_count_how_sentences_speak(
    datasette: Datasette, path: str
) -> None:
    text = await text_of(datasette, path)
    assert "<strong>1</strong> claimed" in text
    assert "milbloggers <strong>1</strong>" in text


@pytest.mark.parametrize("query", ["hedges_by_series", "hedges_by_account"])
async def test_the_questions_count_the_same(datasette: Datasette, query: str) -> None:
    answer = await datasette.client.get(f"/archive/{query}.json?_shape=array")
    found = {(row["hedge"], row["role"]): row["markers"] for row in answer.json()}
    assert found["claimed", "milblogger"] == 1


def test_what_an_older_parser_read_and_what_is_plain_has_no_words() -> None:
    assert speech_told(None, None) is None
    assert speech_told("none", None) is None
    assert speech_told("unverified", "authors") == "not verified: the authors"
