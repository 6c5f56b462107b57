"""What posts show, on the pages of reports and sources, in the export and the dossier; and nothing
of it where the post is withheld."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from PIL import Image

from archive.config import Settings
from archive.dossier.contents import contents
from archive.model.media import MediaKind, ShownMedia
from archive.model.vocabulary import Kind, Outcome
from archive.show.export import report_object
from archive.show.withheld import without_hidden
from pipeline.read.fetched_media import own_picture
from pipeline.read.sources import source_row
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.factories import at, note, page, report
from tests.marked_up import read
from tests.replica import pictures

POST, LATER = "https://t.me/portwatch/12", "https://t.me/tolvar/7"
URL = "https://cdn.example/pier.png"
CLIP = ShownMedia(MediaKind.VIDEO, "video 1", duration_s=65, missing="too-big")
PIER = pictures.encoded(pictures.scene("pier", (900, 600)), exif=pictures.camera("<b>Lumen</b>"))
REPORT = "iran-update/2026-03-03"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report that cites two posts with one picture; the second shows a video, too."""
    root = tmp_path_factory.mktemp("media") / "data"
    with Archive.open(root, Settings(), run=None) as archive:
        samples.keep(
            archive, page(1), report=report(notes=(note("1", POST), note("2", LATER)))
        )  # fmt: skip
        shown = ShownMedia(MediaKind.PICTURE, "picture 1", URL, alt=samples.SCRIPT)
        _post(archive, 2, POST, shown)
        _post(archive, 3, LATER, shown, CLIP)
        made = page(
            4, kind=Kind.MEDIA, uri_r=URL, subject=POST, step="picture 1", captured_at=at(4),
            headers={"content-type": "text/html"}, body=PIER,
        )  # fmt: skip
        samples.keep(archive, made, media_facts=own_picture(URL, PIER)[1])
    return root


def _post(archive: Archive, number: int, url: str, *shown: ShownMedia) -> None:
    made = page(number, kind=Kind.SOURCE, uri_r=url, captured_at=at(number))
    samples.keep(archive, made, media=shown)


def path_of(url: str) -> str:
    return f"/-/source/{source_row(url).id}"


def images(html: str) -> list[dict[str, Any]]:
    return [attributes for tag, attributes in read(html).elements if tag == "img"]


@pytest.mark.parametrize("path", [path_of(POST), "/-/capture/4"])
async def test_what_the_file_says_of_itself_is_told_as_its_own_words(
    datasette: Datasette, path: str
) -> None:
    answer = await datasette.client.get(path)
    assert "what the file says of itself" in answer.text
    assert "&lt;b&gt;Lumen&lt;/b&gt;" in answer.text
    assert "48.510000° north, 31.200000° west" in answer.text


@pytest.mark.parametrize("path", [f"/-/report/{REPORT}", path_of(POST), path_of(LATER)])
async def test_a_picture_stands_there_behind_its_shield(datasette: Datasette, path: str) -> None:
    answer = await datasette.client.get(path)
    assert answer.status_code == 200, answer.text[:500]
    assert {image["src"] for image in images(answer.text)} == {"/-/capture/4/thumb"}
    assert 'class="isw-shielded"' in answer.text
    assert samples.SCRIPT not in answer.text


async def test_a_thumbnail_is_drawn_by_us_whatever_the_server_said(datasette: Datasette) -> None:
    answer = await datasette.client.get("/-/capture/4/thumb")
    assert answer.headers["content-type"] == "image/png"
    assert max(Image.open(io.BytesIO(answer.content)).size) == 320


async def test_a_source_says_who_shows_the_same_and_who_had_it_first(datasette: Datasette) -> None:
    text = " ".join((await datasette.client.get(path_of(LATER))).text.split())
    assert "the same is shown by 1 other source" in text
    assert f'href="{path_of(POST)}"' in text


async def test_what_has_no_file_says_why(datasette: Datasette) -> None:
    text = (await datasette.client.get(path_of(LATER))).text
    assert "the platform says that it is too big for browsers" in text
    assert "1:05" in text


def exported(archive: Archive) -> dict[str, list[dict[str, Any]]]:
    with without_hidden(archive.db.conn):
        told = report_object(archive.db, REPORT)
    return {one["url"]: one["media"] for note in told["notes"] for one in note["urls"]}


def test_the_export_says_of_each_citation_what_it_shows(folder: Path) -> None:
    with Archive.open(folder, Settings(), run=None) as archive:
        [picture, clip] = exported(archive)[LATER]
    assert (picture["outcome"], picture["capture_id"], picture["width"]) == ("ok", 4, 900)
    assert (clip["kind"], clip["outcome"], clip["reason"]) == ("video", None, "too-big")


def test_the_dossier_holds_the_files(folder: Path) -> None:
    with Archive.open(folder, Settings(), run=None) as archive:
        assert contents(archive.db, REPORT).captures.keys() == {1, 2, 3, 4}


@pytest.fixture
def withheld(folder: Path) -> Any:
    """The first post's only capture is withheld."""
    with samples.withheld(folder, capture=2):
        yield


@pytest.mark.usefixtures("withheld")
@pytest.mark.parametrize("path", ["/-/capture/4/thumb", "/-/capture/4/picture", "/-/capture/4"])
async def test_a_withheld_posts_picture_is_withheld(datasette: Datasette, path: str) -> None:
    assert (await datasette.client.get(path)).status_code == 451


@pytest.mark.usefixtures("withheld")
async def test_a_withheld_posts_picture_is_on_no_page(datasette: Datasette) -> None:
    for path in (f"/-/report/{REPORT}", path_of(POST)):
        text = (await datasette.client.get(path)).text
        assert "isw-shielded" not in text
    for name in ("media", "media_sights"):
        table = (await datasette.client.get(f"/archive/{name}.json?_shape=array")).json()
        assert table
        assert all(row["source_id"] != source_row(POST).id for row in table)


@pytest.mark.usefixtures("withheld")
def test_a_withheld_posts_picture_is_in_no_export(folder: Path) -> None:
    with Archive.open(folder, Settings(), run=None) as archive:
        found = exported(archive)
        assert (found[POST], len(found[LATER])) == ([], 1), "the video alone"
        held = contents(archive.db, REPORT)
    assert 4 not in held.captures
    assert {left.capture for left in held.withheld} == {2, 4}


def test_an_outcome_is_one_of_the_vocabulary(folder: Path) -> None:
    with Archive.open(folder, Settings(), run=None) as archive:
        found = archive.db.execute("SELECT DISTINCT outcome FROM media WHERE outcome IS NOT NULL")
        assert {Outcome(row[0]) for row in found.fetchall()} == {Outcome.OK}
