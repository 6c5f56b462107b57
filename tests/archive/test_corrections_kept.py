"""What publishers edited: kept up to date whatever the order of captures, counted, shown, fed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from datasette.app import Datasette

from archive.config import Settings
from archive.show import corrections
from archive.show.atom import ATOM
from archive.show.corrections import EditsAsked
from pipeline.run.ingest import Archive
from tests import factories
from tests.factories import at, note, page
from tests.saved import rows, run
from tests.serving import in_process
from tests.web_samples import SCRIPT, keep

REPORT = "iran-update/2026-03-03"
TEXT = "Six carts burned near Zenda.[1] The mayor claimed that it rained.[2]"
LINE = "Correction: An earlier version of this report said that six carts burned."
EDITS = "SELECT at, kinds, before, after, admission, stood_least_s, stood_most_s FROM corrections"
ROWS = "SELECT * FROM sentence_edits ORDER BY version_id, position"


def _versions() -> list[tuple[int, object]]:
    """Captures by their hour: seen twice, a sentence added, a number put right, a link replaced."""
    first = factories.report(text=TEXT)
    longer = replace(first, text=f"{TEXT} Nobody drowned {SCRIPT}.")
    righted = replace(
        longer, text=f"{longer.text.replace('Six', 'Nine')}\n\n{LINE}", corrections=(LINE,)
    )
    notes = (note("1", "https://t.me/portwatch/13"), first.notes[1])
    linked = replace(
        righted, text=righted.text.replace("claimed", "said").replace("Zenda", "Hofbau"),
        notes=notes,
    )  # fmt: skip
    return [(0, first), (4, first), (6, longer), (24, righted), (48, linked)]


def _keep(archive: Archive, places: list[int]) -> None:
    made = _versions()
    for place in places:
        hour, report = made[place]
        keep(archive, page(place + 1, captured_at=at(hour)), report=report)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("corrections") / "data"
    with Archive.open(root, Settings(), run="20260304-test") as archive:
        _keep(archive, [0, 1, 2, 3, 4])
    return root


@pytest.fixture
async def datasette(kept: Path) -> AsyncIterator[Datasette]:
    async with in_process(kept) as served:
        yield served


def test_edits_are_kept_with_how_long_the_earlier_words_stood(kept: Path) -> None:
    found = rows(kept, f"{EDITS} ORDER BY version_id, position")
    assert [(json.loads(str(row[1])), row[4]) for row in found] == [
        (["added"], "silent"),
        (["number"], "named"),
        (["place", "source"], "silent"),
        (["attribution"], "silent"),
    ]
    assert [row[5:] for row in found] == [
        (None, None),
        (6 * 3600, 24 * 3600),  # the number stood in two versions
        (0, 24 * 3600),
        (24 * 3600, 48 * 3600),
    ]


@pytest.mark.parametrize("order", [[4, 3, 2, 1, 0], [0, 4, 2, 3, 1], [2, 0, 4, 1, 3]])
def test_the_order_in_which_captures_come_does_not_matter(
    kept: Path, tmp_path: Path, order: list[int]
) -> None:
    with Archive.open(tmp_path / "data", Settings(), run="20260304-test") as archive:
        _keep(archive, order)
    assert rows(tmp_path / "data", ROWS) == rows(kept, ROWS)
    assert order in [list(one) for one in permutations(range(5))]


def test_an_earlier_capture_of_the_same_words_moves_the_edit(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = factories.report(text=TEXT)
    edited = replace(first, text=TEXT.replace("Six", "Nine"))
    early = replace(edited, notes=(), complete=False)  # before its notes were printed
    with Archive.open(data, Settings(), run="20260304-test") as archive:
        keep(archive, page(1, captured_at=at(0)), report=first)
        keep(archive, page(3, captured_at=at(9)), report=edited)
        keep(archive, page(2, captured_at=at(5)), report=early)
    assert rows(data, "SELECT at FROM sentence_edits") == [("2026-03-04T07:00:00Z",)]


def test_edits_go_with_either_version(kept: Path) -> None:
    with Archive.open(kept, Settings(), run="20260304-again") as archive:
        archive.db.execute("BEGIN")
        archive.db.execute("DELETE FROM versions WHERE id = 4")
        left = archive.db.execute("SELECT version_id FROM sentence_edits").fetchall()
        archive.db.conn.rollback()
    assert left == [(3,)]


def test_what_is_withheld_of_either_version_is_not_shown(kept: Path) -> None:
    with Archive.open(kept, Settings(), run="20260304-again") as archive:
        record = archive.db.execute("SELECT record_id FROM captures WHERE id = 4").fetchone()[0]
        archive.store.withhold([(record, 4, "2026-03-05T00:00:00Z", "me", "names a witness")])
        shown = corrections.edits(archive.db.conn)
        card = corrections.of_version(archive.db.conn, 5)
        archive.store.withhold([])
    assert [row["version_id"] for row in shown] == [3]
    assert card == []


def test_the_command_counts_edits_by_kind(kept: Path) -> None:
    said = json.loads(run(kept, "report", "corrections", "--by", "kind", "--json").stdout)
    groups = {one["group"]: one for one in said["groups"]}
    assert (groups["all"]["edits"], groups["all"]["versions"], groups["all"]["silent"]) == (4, 3, 3)
    assert groups["number"]["named"] == 1
    assert (groups["number"]["stood_least_s"], groups["number"]["stood_most_s"]) == (21600, 86400)
    assert groups["added"]["replaced"] == 0
    assert said["edits"][-1]["kinds"] == ["added"]


def test_the_command_prints_each_edit_as_text_and_as_csv(kept: Path) -> None:
    text = run(kept, "report", "corrections").output
    assert "[-Six-] {+Nine+} carts burned near Zenda." in text
    assert "; the publisher says so\n" in text
    assert (
        "  the earlier words stood between 6 hours and 1 day, counted from their first capture\n"
        in text
    )
    table = list(
        csv.DictReader(io.StringIO(run(kept, "report", "corrections", "--format", "csv").stdout))
    )
    assert [row["kinds"] for row in table][-1] == '["added"]'
    only = run(kept, "report", "corrections", "--kind", "number", "--format", "csv").stdout
    assert len(only.splitlines()) == 2
    assert run(kept, "report", "corrections", "--json", "--format", "csv").exit_code == 2
    none = run(kept, "report", "corrections", "--series", "none").output
    assert none == "no such edits are held; it takes two captures of a report that differ\n"
    assert "0" not in none


async def test_the_page_shows_edits_and_figures(datasette: Datasette) -> None:
    answer = await datasette.client.get("/-/corrections")
    assert answer.status_code == 200
    assert "<del>Six</del> <ins>Nine</ins> carts burned near Zenda." in answer.text
    assert "note <bdi>[1]</bdi>" in answer.text
    assert "the earlier words stood between 6 hours and 1 day" in answer.text
    assert SCRIPT not in answer.text
    assert '<rect class="isw-fill-silent"' in answer.text, "each group as a bar, too"
    only = (await datasette.client.get("/-/corrections?kind=place&by=series")).text
    assert only.count('<p class="isw-edited"') == 1
    told = (await datasette.client.get("/-/corrections.json?kind=place")).json()
    assert [one["sources_added"] for one in told["edits"]] == [["https://t.me/portwatch/13"]]


@pytest.mark.parametrize("asked", ["kind=moon", "admission=x", "by=moon", "page=9", "page=x"])
async def test_what_there_cannot_be_is_not_found(datasette: Datasette, asked: str) -> None:
    assert (await datasette.client.get(f"/-/corrections?{asked}")).status_code == 404


async def test_a_page_of_nothing_says_so(datasette: Datasette) -> None:
    text = (await datasette.client.get("/-/corrections?series=none")).text
    assert "No edit of this kind is held" in text


async def test_the_feed_has_an_entry_for_each_edit(datasette: Datasette) -> None:
    answer = await datasette.client.get("/-/corrections.atom?kind=number")
    feed = fromstring(answer.text)
    (entry,) = feed.findall(f"{{{ATOM}}}entry")
    assert "number (named)" in str(entry.findtext(f"{{{ATOM}}}title"))
    links = {one.get("rel"): str(one.get("href")) for one in entry.findall(f"{{{ATOM}}}link")}
    assert "/changes?from=" in links["alternate"]
    assert links["enclosure"].endswith(".png")
    path = "/-/" + links["alternate"].partition("/-/")[2]
    assert "Each edit by itself" in (await datasette.client.get(path)).text
    tag = {"if-none-match": answer.headers["etag"]}
    again = await datasette.client.get("/-/corrections.atom?kind=number", headers=tag)
    assert again.status_code == 304


async def test_an_edit_has_a_card_as_svg_and_png(datasette: Datasette) -> None:
    svg = await datasette.client.get("/-/card/edit/3/0.svg")
    assert svg.headers["content-type"].startswith("image/svg+xml")
    root = fromstring(svg.text)
    assert "Nobody drowned <script>" in str(root.findtext("{http://www.w3.org/2000/svg}desc"))
    assert root.find(".//{http://www.w3.org/2000/svg}script") is None
    png = await datasette.client.get("/-/card/edit/4/0.png")
    assert png.content.startswith(b"\x89PNG\r\n")
    assert (await datasette.client.get("/-/card/edit/4/9.png")).status_code == 404
    assert (await datasette.client.get("/-/card/capture/4.svg")).status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        EditsAsked(),
        EditsAsked(kind="number"),
        EditsAsked(series="x"),
        EditsAsked(report="x"),
        EditsAsked(year="2026"),
    ],
)
def test_the_newest_edits_are_found_in_the_order_of_their_time(
    kept: Path, asked: EditsAsked
) -> None:
    values = {**asked.given, "limit": 1, "offset": 0}
    with Archive.open(kept, Settings(), run="20260304-again") as archive:
        plan = archive.db.execute(f"EXPLAIN QUERY PLAN {corrections.question(asked)}", values)
        steps = [row[3] for row in plan.fetchall()]
    assert any("sentence_edits_by_time" in step or "(version_id=?)" in step for step in steps)
    assert not [step for step in steps if step.startswith("SCAN") and "by_time" not in step]
