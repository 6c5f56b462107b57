"""What a browser showed, on the pages of sources and captures, and in the dossier; and nothing of
it where the page is withheld."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from archive.config import Settings
from archive.dossier.contents import contents
from archive.dossier.records import records
from archive.fixity.custody import custody
from archive.model.browser import PAGE, BrowserNote
from archive.model.fetch import Exchange, HttpMessage
from archive.model.understood import PageText
from archive.model.vocabulary import Kind, Via
from archive.show.record_places import of_report
from pipeline.read.sources import source_row
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.factories import at, note, page, processed, report
from tests.replica import pictures

MAP = "https://maps.example/story"
REPORT = "iran-update/2026-03-03"
PICTURE = pictures.encoded(pictures.scene("map", (600, 900)))
REFUSED = (("192.168.0.1:80", "192.168.0.1 is private (RFC 1918)"),)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report that cites a page; a plain capture of that, and a look with a picture."""
    root = tmp_path_factory.mktemp("browsed") / "data"
    with Archive.open(root, Settings(), run=None) as archive:
        samples.keep(archive, page(1), report=report(notes=(note("1", MAP),)))
        made = page(2, kind=Kind.SOURCE, uri_r=MAP, captured_at=at(2))
        samples.keep(archive, made, text=PageText("Please enable scripts"))
        shown = BrowserNote(
            final_url=MAP, http_status=200, browser="Chromium/1", requests=3, refused=REFUSED
        )
        record = look(archive, 3, PAGE, f"urn:dom:{MAP}", b"<p>A map", shown)
        part = BrowserNote(page=record)
        look(archive, 4, "screenshot", f"urn:view:{MAP}", PICTURE, part)
    return root


def look(archive: Archive, number: int, part: str, uri: str, body: bytes, told: BrowserNote) -> str:
    made = page(
        number, kind=Kind.BROWSER, uri_r=MAP if part == PAGE else uri, subject=MAP, step=part,
        via=Via.BROWSER, captured_at=at(number), http_status=None, body=body, browser=told,
        headers={"content-type": "text/html" if part == PAGE else "image/png"},
    )  # fmt: skip
    exchange = Exchange(uri, made.captured_at, HttpMessage("", (), body))
    kept = archive.writer.write_resource(exchange, made.context, made.headers["content-type"])
    said = {"text": PageText("lagoon " * 80 + samples.SCRIPT)} if part == PAGE else {}
    archive.commit(processed(replace(made, final_url=MAP), **said), kept)
    return kept.record_id


SOURCE = f"/-/source/{source_row(MAP).id}"


async def test_the_sources_page_shows_the_look_beside_the_plain_capture(
    datasette: Datasette,
) -> None:
    text = (await datasette.client.get(SOURCE)).text
    assert "via browser" in text
    assert "the browser showed more" in text
    assert "192.168.0.1" in text
    assert '<details class="isw-shielded"><summary><img src="/-/capture/4/thumb"' in text


@pytest.mark.parametrize("number", [3, 4])
async def test_a_captures_page_shows_its_picture_behind_the_shield(
    datasette: Datasette, number: int
) -> None:
    answer = await datasette.client.get(f"/-/capture/{number}")
    assert answer.status_code == 200
    assert "isw-shielded" in answer.text
    assert samples.SCRIPT not in answer.text


async def test_search_finds_what_the_browser_showed_and_whose_it_is(datasette: Datasette) -> None:
    text = (await datasette.client.get("/-/search?q=lagoon")).text
    assert SOURCE in text


async def test_the_picture_is_drawn_anew(datasette: Datasette) -> None:
    answer = await datasette.client.get("/-/capture/4/thumb")
    assert answer.status_code == 200
    assert answer.content != PICTURE


def test_the_dossier_holds_page_and_parts_each_once(folder: Path) -> None:
    with Archive.open(folder, Settings(), run=None) as archive:
        wanted = contents(archive.db, REPORT)
        places = of_report(archive.db.conn, REPORT)
        rows = archive.db.execute("SELECT warc_file, warc_offset FROM captures").fetchall()
    assert wanted.captures.keys() == {1, 2, 3, 4}
    assert places == {tuple(row) for row in rows}
    found = records(folder / "warc", wanted)
    assert len([line for line in found.lines if "urn:view:" in line]) == 1


def test_a_part_behind_its_page_is_not_taken_for_its_request(folder: Path) -> None:
    with Archive.open(folder, Settings(), run=None) as archive:
        told = custody(archive.db, archive.folder, "3")
    assert "urn:view" not in str(told)


@pytest.fixture
def withheld(folder: Path) -> Any:
    """The plain capture is withheld."""
    with samples.withheld(folder, capture=2):
        yield


@pytest.mark.usefixtures("withheld")
async def test_of_a_withheld_page_nothing_is_shown_that_a_browser_showed(
    datasette: Datasette, folder: Path
) -> None:
    assert "isw-shielded" not in (await datasette.client.get(SOURCE)).text
    for path in ("3", "3/replay", "4", "4/thumb", "4/body", "4/record"):
        assert (await datasette.client.get(f"/-/capture/{path}")).status_code == 451, path
    for table in ("browser_pages", "browser_parts"):
        assert (await datasette.client.get(f"/archive/{table}.json?_shape=array")).json() == []
    with Archive.open(folder, Settings(), run=None) as archive:
        assert contents(archive.db, REPORT).captures.keys() == {1}
