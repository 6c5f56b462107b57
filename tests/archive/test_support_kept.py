"""What citing sentences rest on: kept up to date, the same after a rebuild, shown and counted."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from archive import near_duplicates
from archive.config import Settings
from archive.db.database import open_readonly
from archive.model.reports import Marker
from archive.model.understood import PageText, TextLink
from archive.model.vocabulary import Kind
from archive.show.search.find import Question, search
from archive.show.support_reading import badge, health, warnings
from pipeline.run.ingest import Archive
from tests import factories
from tests.factories import at, note
from tests.saved import rows, run
from tests.serving import in_process
from tests.web_samples import keep

REPORT = "iran-update/2026-03-03"
ORIGIN, ECHO = "https://t.me/portwatch/12", "https://t.me/echo_of_ports/5"
AGENCY, PAPER = "https://agency-north.com/a", "https://paper-south.com/b"
CLIP = "https://youtu.be/aaaaaaaaaaa"
OWN = "https://isw.pub/IranUpdate030226"
LONG = (
    "The harbour authority closed the northern lock for nine days because the water fell below "
    "the mark that pilots need, and barges now wait along the quay until the rain comes back. "
    "Its master told the town council that two pumps had failed in the night, that a third was "
    "under repair, and that nobody could say when parts from abroad would reach the workshop. "
    "Farmers upstream asked for compensation after their crates of fruit had spoiled in the sun."
)
SENTENCES = (
    "A depot burned near the port.",
    "Officials shut the lock.",
    "A clip shows it.",
    "ISW wrote of it before.",
)

_SUPPORT = "SELECT position, sources, own, voices, alive, dead, circular FROM sentence_support"
_SOURCES = """
SELECT version_id, position, source_id, voice, circular FROM sentence_sources ORDER BY 1, 2, 3
"""
_MARKERS = """
SELECT markers.position, markers.sentence, markers.section,
       (SELECT json_group_array(source_id) FROM (
            SELECT source_id FROM citations
            WHERE citations.note_id = markers.note_id AND source_id IS NOT NULL
            ORDER BY citations.position))
FROM markers WHERE markers.version_id = ? ORDER BY markers.position
"""


def _source(archive: Archive, number: int, url: str, text: PageText) -> None:
    fetched = factories.page(
        number, kind=Kind.SOURCE, uri_r=url, captured_at=at(number), final_url=url,
        body=f"<p>{number}</p>".encode(),
    )  # fmt: skip
    signature = near_duplicates.signature(text.text)
    keep(archive, fetched, text=text, signature=signature)


def _report(archive: Archive, number: int) -> None:
    text = (
        f"{SENTENCES[0]}[1][2] {SENTENCES[1]}[3]\n\n{SENTENCES[2]}[4] {SENTENCES[3]}[5] "
        f"{SENTENCES[0]} Again.[1]"
    )
    markers = (
        Marker("1", SENTENCES[0]), Marker("2", SENTENCES[0]), Marker("3", SENTENCES[1]),
        Marker("4", SENTENCES[2]), Marker("5", SENTENCES[3]), Marker("1", "Again."),
    )  # fmt: skip
    notes = (
        note("1", ORIGIN), note("2", ECHO), note("3", AGENCY, PAPER), note("4", CLIP),
        note("5", OWN),
    )  # fmt: skip
    made = factories.report(text=text, markers=markers, notes=notes)
    keep(archive, factories.page(number, captured_at=at(number)), report=made)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive in which a source was captured before the report that cites it, others after."""
    root = tmp_path_factory.mktemp("support") / "data"
    with Archive.open(root, Settings(), run="20260304-test") as archive:
        _source(archive, 1, AGENCY, PageText(LONG, language="en", published="2026-03-03"))
        _report(archive, 2)
        echoed = PageText("The lock is shut.", facts=(("forwarded_url", ORIGIN),))
        _source(archive, 3, ECHO, echoed)
        _source(archive, 4, PAPER, PageText(f"{LONG} So says an agency.", language="en"))
        linked = (TextLink("https://understandingwar.org/backgrounder/a", "a map"),)
        named = "The Institute for the Study of War wrote that a clip shows the depot."
        clip = PageText(named, author="Port Clips", published="2026-03-09", links=linked)
        _source(archive, 5, CLIP, clip)
        archive.db.execute("UPDATE sources SET status = 'dead' WHERE url LIKE '%paper-south%'")
        archive.db.conn.commit()
    return root


@pytest.fixture
async def datasette(kept: Path) -> AsyncIterator[Datasette]:
    async with in_process(kept) as served:
        yield served


def test_voices_follow_what_captures_tell_whether_before_or_after_the_report(kept: Path) -> None:
    found = {row[0]: row[1:] for row in rows(kept, _SUPPORT)}
    assert found[0] == (2, 0, 1, 1, 0, 0), "a forward and its origin"
    assert found[2] == (2, 0, 1, 1, 1, 0), "two papers with one text, of which one died"
    assert found[3] == (1, 0, 1, 1, 0, 1)
    assert found[4] == (0, 1, 0, 0, 0, 0), "an own report"
    assert found[5][:3] == (1, 0, 1)


def test_each_source_says_whose_word_it_is_and_why_it_is_circular(kept: Path) -> None:
    found = dict(
        rows(
            kept,
            "SELECT sources.url, voice || ' ' || circular FROM sentence_sources "
            "JOIN sources ON sources.id = source_id WHERE voice IS NOT NULL ORDER BY position",
        )
    )
    assert found["https://t.me/echo_of_ports/5"] == "telegram/portwatch {}"
    voice, _, circular = str(found["https://youtube.com/watch?v=aaaaaaaaaaa"]).partition(" {")
    assert voice == "youtube/port clips"
    assert json.loads("{" + circular) == {
        "after": "2026-03-09",
        "links": "https://understandingwar.org/backgrounder/a",
        "names": "institute for the study of war",
    }


def test_a_source_that_comes_back_counts_as_there_again(kept: Path, tmp_path: Path) -> None:
    with Archive.open(kept, Settings(), run="20260304-again") as archive:
        counts = "SELECT alive, dead FROM sentence_support WHERE position = 2"
        for status, wanted in (("drifted", (1, 0)), ("alive", (2, 0)), ("dead", (1, 1))):
            archive.db.execute(
                "UPDATE sources SET status = ? WHERE url LIKE '%paper-south%'", [status]
            )
            assert archive.db.execute(counts).fetchone() == wanted
        archive.db.conn.commit()


def test_sentences_go_with_their_version(kept: Path) -> None:
    with Archive.open(kept, Settings(), run="20260304-again") as archive:
        archive.db.execute("BEGIN")
        archive.db.execute("DELETE FROM versions")
        left = [
            archive.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("sentence_support", "sentence_sources")
        ]
        archive.db.conn.rollback()
    assert left == [0, 0]


def test_the_command_counts_sentences_by_series(kept: Path) -> None:
    said = json.loads(run(kept, "report", "support", "--by", "series", "--json").stdout)
    first = said["groups"][1]
    assert (first["group"], first["sentences"], first["own_only"]) == ("iran-update", 5, 1)
    assert (first["one_voice"], first["one_channel"], first["circular"]) == (4, 2, 1)
    assert said["uncounted"] == 0
    text = run(kept, "report", "support", "--by", "year").output
    assert "one voice" in text
    assert "2026" in text


def test_the_export_says_what_each_sentence_rests_on(kept: Path) -> None:
    shown = json.loads(run(kept, "export", REPORT).stdout)
    found = [one["support"] for one in shown["markers"]]
    assert found[0] == found[1], "two markers of one sentence"
    assert (found[0]["voices"], found[0]["alive"], found[0]["one_voice"]) == (1, 1, True)
    assert found[0]["platforms"] == ["telegram"]
    assert found[0]["names"] == ["telegram/portwatch"]
    assert (found[2]["alive"], found[2]["dead"], found[2]["no_live_support"]) == (1, 1, False)


@pytest.mark.parametrize(
    ("support", "status", "found"),
    [
        (
            "one-voice",
            "",
            {"A depot burned near the port.", "A clip shows it.", "Officials shut the lock."},
        ),
        ("no-live", "", set()),
        ("", "dead", {"Officials shut the lock."}),
    ],
)
def test_sentences_are_found_by_what_they_rest_on(
    kept: Path, support: str, status: str, found: set[str]
) -> None:
    db = open_readonly(kept / "archive.db")
    question = Question(
        words="depot OR clip OR lock OR ISW", support=support, status=status, kind="sentence"
    )
    answer = search(db.conn, question)
    assert {"".join(part.text for part in hit.parts) for hit in answer.hits} == found
    db.close()


async def test_the_search_offers_what_sentences_rest_on(datasette: Datasette) -> None:
    text = (await datasette.client.get("/-/search?q=depot&support=one-voice")).text
    assert '<option value="one-voice" selected>one voice</option>' in text
    assert "citing sentences alone are looked at" in text
    assert (await datasette.client.get("/-/search?q=depot&support=moon")).status_code == 200


def test_no_sentence_since_a_day_is_wrong_use(kept: Path) -> None:
    done = run(kept, "report", "support", "--since", "2030-01-01")
    assert done.exit_code == 2
    assert "no citing sentence is counted in a report dated 2030-01-01 or later" in done.output


async def test_the_report_says_behind_each_sentence_how_many_voices_it_has(
    datasette: Datasette,
) -> None:
    text = (await datasette.client.get(f"/-/report/{REPORT}")).text
    assert text.count("isw-voices") == 5
    assert text.count(">one voice</span>") == 3
    assert ">one voice · circular · dated later</span>" in text
    assert ">own reports only</span>" in text
    assert "Of 5 citing sentences <strong>4</strong> rest on one voice" in text
    assert "names the authors of the report: “institute for the study of war”" in text


async def test_a_claim_beside_its_source_says_how_many_voices_it_has(
    datasette: Datasette,
) -> None:
    text = (await datasette.client.get(f"/-/report/{REPORT}/check")).text
    assert "one voice · circular · dated later" in text
    assert "own reports only" in text


async def test_the_source_says_for_which_reports_it_is_circular(datasette: Datasette) -> None:
    found = rows(datasette_path(datasette), "SELECT id FROM sources WHERE platform = 'youtube'")
    text = (await datasette.client.get(f"/-/source/{found[0][0]}")).text
    assert "Circular, or later than what cites it" in text
    assert "is dated 2026-03-09, after the report" in text


def datasette_path(datasette: Datasette) -> Path:
    return Path(datasette.databases["archive"].path).parent


@pytest.mark.parametrize("by", ["series", "year", "report"])
async def test_the_figures_stand_on_a_page(datasette: Datasette, by: str) -> None:
    text = (await datasette.client.get(f"/-/support?by={by}")).text
    assert "What citing sentences rest on" in text
    assert "100 %" in text
    assert '<rect class="isw-fill-voices-1" x="0' in text, "each group as a bar, too"
    assert (await datasette.client.get("/-/support?by=moon")).status_code == 404
    said = (await datasette.client.get(f"/-/support.json?by={by}")).json()
    assert said["groups"][0]["sentences"] == 5


@pytest.mark.parametrize(
    ("row", "says", "warns"),
    [
        ({"sources": 3, "voices": 2, "unnamed": 0, "dead": 0, "drifted": 1}, "2 voices", []),
        (
            {"sources": 2, "voices": 1, "unnamed": 0, "dead": 1, "drifted": 1},
            "one voice",
            ["no live support left"],
        ),
        ({"sources": 2, "voices": 1, "unnamed": 1, "dead": 1, "drifted": 0},
         "voices not told apart", []),
        ({"sources": 1, "voices": 1, "unnamed": 1, "dead": 0, "drifted": 0}, "one voice", []),
        ({"sources": 0, "voices": 0, "unnamed": 0, "dead": 0, "drifted": 0},
         "own reports only", []),
    ],
)  # fmt: skip
def test_what_is_counted_is_said_in_words(row: dict[str, Any], says: str, warns: list[str]) -> None:
    assert badge(row) == says
    assert warnings(row, []) == warns


def test_what_nobody_looked_at_is_not_called_gone() -> None:
    row = {"sources": 3, "alive": 1, "drifted": 0, "dead": 1, "only_copies": 1}
    assert health(row) == (
        "1 alive, 1 dead, 1 of which nothing can be said; of 1 the only copy is kept here"
    )


def test_what_is_kept_is_what_counting_anew_gives(kept: Path) -> None:
    """Whatever came first: the rows follow from what is held alone."""
    before = rows(kept, _SOURCES)
    from archive.db.tables import support_rows
    from pipeline.decide.support.counting import sentences_of
    from pipeline.run import support

    with Archive.open(kept, Settings(), run="20260304-again") as archive:
        db = archive.db
        for (version,) in db.execute("SELECT id FROM versions").fetchall():
            markers = db.execute(_MARKERS, [version]).fetchall()
            found = sentences_of((*row[:3], json.loads(row[3])) for row in markers)
            support_rows.put(db, version, support._support(db, version, found, {}))
        again = db.execute(_SOURCES).fetchall()
        db.conn.rollback()
    assert again == before
