"""The map of a day beside that of the day before: what changed, marked."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from datasette.app import Datasette
from PIL import Image, ImageDraw

from archive.config import Settings
from archive.model.reports import Figure
from archive.model.vocabulary import Kind
from archive.show.report_files import figure_name
from archive.web.map_diff import OtherMap, difference
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.factories import at, page, report
from tests.picture_pairs import map_of, photo
from tests.replica.pictures import encoded


def with_line(image: Image.Image) -> Image.Image:
    changed = image.copy()
    ImageDraw.Draw(changed).line([(100, 100), (150, 120), (180, 160)], fill=(200, 20, 20), width=5)
    return changed


def coded(image: Image.Image, quality: int) -> Image.Image:
    return Image.open(io.BytesIO(encoded(image, "JPEG", quality=quality)))


def test_a_line_that_is_new_is_framed_and_nothing_else() -> None:
    marked, [box] = difference(coded(map_of(1), 85), coded(with_line(map_of(1)), 80))
    assert box.left <= 100 <= box.right
    assert box.top <= 100
    assert box.bottom >= 160
    assert (box.right - box.left) < 120
    assert marked.size == (480, 320)
    assert marked.getpixel((box.left, box.top + 20)) == (190, 20, 30)
    assert min(marked.getpixel((400, 300))) > 170


def test_two_changes_apart_are_two_regions() -> None:
    now = with_line(map_of(1))
    ImageDraw.Draw(now).rectangle((400, 240, 440, 280), fill=(0, 0, 120))
    assert len(difference(map_of(1), now)[1]) == 2


@pytest.mark.parametrize("quality", [60, 90])
def test_coding_and_scaling_anew_change_nothing(quality: int) -> None:
    for seed in range(3):
        image = map_of(seed)
        assert difference(image, coded(image, quality))[1] == []
    smaller = map_of(1).resize((360, 240), Image.Resampling.LANCZOS)
    assert difference(map_of(1).resize((720, 480)), smaller.resize((720, 480)))[1] == []


@pytest.mark.parametrize("other", [map_of(1).resize((320, 320)), photo(1)])
def test_another_map_is_no_earlier_state(other: Image.Image) -> None:
    with pytest.raises(OtherMap):
        difference(other, map_of(1))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"caption": "Held terrain, March 2, 2026"}, {"caption": "Held Terrain March 3"}),
        ({"url": "https://a.example/DraftTolvarCoTMarch2,2026.png"},
         {"url": "https://a.example/2026/DraftTolvarCoTMarch3,2026-1.png"}),
    ],
)  # fmt: skip
def test_maps_of_a_series_are_named_alike(one: dict[str, str], other: dict[str, str]) -> None:
    empty = {"caption": None, "url": ""}
    assert figure_name({**empty, **one}) == figure_name({**empty, **other}) != ""


FIRST, SECOND = (f"https://understandingwar.org/wp-content/uploads/port{n}.png" for n in (2, 3))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports of a series, each with its map of the port."""
    root = tmp_path_factory.mktemp("maps") / "data"
    days = (("2026-03-02", FIRST, map_of(1)), ("2026-03-03", SECOND, with_line(map_of(1))))
    with Archive.open(root, Settings(), run=None) as archive:
        for number, (day, url, image) in enumerate(days):
            title = f"Iran Update, March {day[-1]}, 2026"
            address = f"https://understandingwar.org/research/iran-update-march-{day[-1]}-2026"
            made = report(
                url=address, report_date=day, title=title, figures=(Figure(url, f"Port, {day}"),)
            )
            samples.keep(archive, page(1 + number, uri_r=address, captured_at=at(number)),
                report=made)  # fmt: skip
            got = page(11 + number, kind=Kind.FILE, uri_r=url, captured_at=at(number),
                headers={"content-type": "image/png"}, body=encoded(image))  # fmt: skip
            samples.keep(archive, got)
    return root


async def test_the_report_leads_to_what_changed_since_the_day_before(datasette: Datasette) -> None:
    text = (await datasette.client.get("/-/report/iran-update/2026-03-03")).text
    assert 'src="/-/capture/12/since/11"' in text
    assert "since/" not in (await datasette.client.get("/-/report/iran-update/2026-03-02")).text
    answer = await datasette.client.get("/-/capture/12/since/11")
    assert answer.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (480, 320)
    assert (await datasette.client.get("/-/capture/12/since/1")).status_code == 404
    assert (await datasette.client.get("/-/capture/12/since/99")).status_code == 404
