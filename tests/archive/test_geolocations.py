"""Geolocations of others: taken in beside the archive, joined, shown, given, forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from archive import clock
from archive.config import Settings
from archive.db import geolocations as db
from archive.folder import DataFolder
from archive.model.times import format_time
from archive.show.export import report_object
from archive.web.geo_map import Point, picture
from pipeline.read.sources import source_row
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.factories import note, page, report
from tests.marked_up import read
from tests.saved import run

POST, X = "https://t.me/portwatch/12", "https://x.com/Tolvar/status/1234567890123"
REPORT = "iran-update/2026-03-03"


def point(longitude: float, latitude: float, **said: object) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "geometry": geometry, "properties": said}


def write(folder: Path, *made: object, name: str = "places.geojson", **about: object) -> str:
    path = folder / name
    told = {"type": "FeatureCollection", "features": made, **about}
    path.write_text(json.dumps(told), encoding="utf-8")
    return str(path)


PIER = point(37.5, 48.25, name=samples.SCRIPT, url="https://t.me/s/portwatch/12", date="2026-03-02")
STREET = point(37.75, 48.5, Link_geolocation="https://twitter.com/i/status/1234567890123")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("placed") / "data"
    with Archive.open(root, Settings(), run=None) as archive:
        samples.keep(archive, page(1), report=report(notes=(note("1", POST), note("2", X))))
    return root


@pytest.fixture
def folder(kept: Path) -> Iterator[Path]:
    yield kept
    for left in kept.glob("people.db*"):
        left.unlink()


def take_in(folder: Path, tmp_path: Path, *made: object, **more: Any) -> str:
    said = run(folder, "geolocations", write(tmp_path, *made, **more))
    assert said.exit_code == 0, said.output
    return said.stdout


def in_force(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(folder, "geolocations", "--json").stdout)["files"]
    return found


def test_a_file_is_kept_with_its_digest_and_licence_and_once(folder: Path, tmp_path: Path) -> None:
    told = take_in(folder, tmp_path, PIER, point(1, 2), license="CC BY 4.0")
    assert "1 of 2 places, layout geojson, licence CC BY 4.0" in told
    assert "left out 1: no address of a source" in told
    assert "taken in before" in take_in(folder, tmp_path, PIER, point(1, 2), license="CC BY 4.0")
    [row] = in_force(folder)
    assert (row["name"], len(row["sha256"]), row["places"]) == ("places.geojson", 64, 1)


def test_a_newer_file_of_the_name_replaces_it(folder: Path, tmp_path: Path) -> None:
    take_in(folder, tmp_path, PIER)
    take_in(folder, tmp_path, STREET)
    path = DataFolder(folder).people
    assert db.places_at(path, [POST]) == []
    assert len(in_force(folder)) == 1
    assert len(db.places_at(path, ["https://x.com/i/status/1234567890123"])) == 1


def test_a_file_is_forgotten(folder: Path, tmp_path: Path) -> None:
    take_in(folder, tmp_path, PIER)
    assert run(folder, "geolocations", "--forget", "places.geojson").exit_code == 0
    assert in_force(folder) == []
    assert db.places_at(DataFolder(folder).people, [POST]) == []
    again = run(folder, "geolocations", "--forget", "places.geojson")
    assert (again.exit_code, "no file of this name" in again.output) == (2, True)


def test_nothing_is_changed_where_one_of_the_files_is_bad(folder: Path, tmp_path: Path) -> None:
    take_in(folder, tmp_path, PIER)
    bad = tmp_path / "bad.geojson"
    bad.write_bytes(b"{")
    good = write(tmp_path, STREET, name="other.geojson")
    for given in ((good, str(bad)), (good, str(tmp_path)), (good, str(tmp_path / "none"))):
        said = run(folder, "geolocations", *given)
        assert (said.exit_code, "nothing was taken in" in said.output) == (2, True), said.output
    assert [one["name"] for one in in_force(folder)] == ["places.geojson"]


@pytest.mark.parametrize("words", [("--licence", "x"), ("--forget", "a", "b.geojson")])
def test_options_that_do_not_go_together_are_refused(folder: Path, words: tuple[str, ...]) -> None:
    assert run(folder, "geolocations", *words).exit_code == 2


async def test_the_report_has_a_badge_coordinates_and_a_map(
    folder: Path, tmp_path: Path, datasette: Datasette
) -> None:
    path = f"/-/report/{REPORT}"
    assert 'id="map"' not in (await datasette.client.get(path)).text
    take_in(folder, tmp_path, PIER, STREET)
    html = (await datasette.client.get(path)).text
    assert html.count('class="isw-placed"') == 2
    assert "48.25000, 37.50000" in html
    assert "says how footage was placed" in html
    assert samples.SCRIPT not in html
    assert [tag for tag, _ in read(html).elements].count("circle") == 2


async def test_the_source_has_its_place_and_whose_word_it_is(
    folder: Path, tmp_path: Path, datasette: Datasette
) -> None:
    take_in(folder, tmp_path, PIER, license="CC BY 4.0")
    html = (await datasette.client.get(f"/-/source/{source_row(POST).id}")).text
    assert "48.25000, 37.50000" in html
    assert "<bdi>places.geojson</bdi> (CC BY 4.0)" in html
    other = (await datasette.client.get(f"/-/source/{source_row(X).id}")).text
    assert 'id="places"' not in other


async def test_a_page_of_the_past_has_no_place_that_was_taken_in_later(
    datasette: Datasette, folder: Path, tmp_path: Path
) -> None:
    take_in(folder, tmp_path, PIER)
    asked = f"/-/geo/{REPORT}.geojson?as_of="
    counts = [
        len((await datasette.client.get(asked + day)).json()["features"])
        for day in ("2026-03-05", format_time(clock.now())[:10])
    ]
    assert counts == [0, 1]


async def test_the_page_gives_geojson_as_the_command_does(
    folder: Path, tmp_path: Path, datasette: Datasette
) -> None:
    take_in(folder, tmp_path, PIER, STREET)
    answer = await datasette.client.get(f"/-/geo/{REPORT}.geojson?v=1")
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.json() == json.loads(run(folder, "report", "geo", REPORT).stdout)
    first = answer.json()["features"][0]
    assert first["geometry"] == {"type": "Point", "coordinates": [37.5, 48.25]}
    assert first["properties"]["notes"] == ["1"]
    assert first["properties"]["day"] == "2026-03-02"
    assert (await datasette.client.get("/-/geo/none/2026-01-01.geojson")).status_code == 404


def test_the_export_has_the_places_of_each_citation(folder: Path, tmp_path: Path) -> None:
    take_in(folder, tmp_path, PIER)
    with Archive.open(folder, Settings(), run=None) as archive:
        told = report_object(archive.db, REPORT)
    placed = {one["url"]: one["places"] for part in told["notes"] for one in part["urls"]}
    assert placed[X] == []
    assert [(one["latitude"], one["longitude"], one["role"]) for one in placed[POST]] == [
        (48.25, 37.5, "source")
    ]


def test_a_damaged_people_db_costs_the_places_alone(folder: Path) -> None:
    DataFolder(folder).people.write_bytes(b"no database")
    assert in_force(folder) == []
    assert "people.db" in run(folder, "geolocations", write(folder.parent, PIER)).output


@pytest.mark.parametrize(
    "places",
    [
        [(48.25, 37.5)],
        [(90, 180), (-90, -180)],
        [(90, 0)],
        [(0, -179.99), (0.001, 180)],
        [(50, 30), (50, 31), (10, 30)],
    ],
)
def test_each_point_lies_on_the_map_wherever_it_is(places: list[tuple[float, float]]) -> None:
    drawn = str(picture([Point(*at, "1", "<i>", "#note-1") for at in places], "t"))
    tags = read(drawn).elements
    view = next(attributes["viewbox"] for tag, attributes in tags if tag == "svg")
    _, _, width, height = map(float, view.split())
    dots = [attributes for tag, attributes in tags if tag == "circle"]
    assert len(dots) == len(places)
    assert all(0 <= float(dot["cx"]) <= width for dot in dots)
    assert all(0 <= float(dot["cy"]) <= height for dot in dots)
    assert "km" in drawn
    assert "<i>" not in drawn


def test_without_points_there_is_no_map() -> None:
    assert picture([], "t") == ""
