"""Files of geolocations in the layouts that are published: what is read, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archive.errors import BadInputError
from archive.model.geolocations import Place, PlacesFile, Role
from pipeline.read.geolocations import features
from pipeline.read.geolocations.reading import MOST_PLACES, read_places

POST = "https://t.me/portwatch/12"
X = "https://x.com/i/status/1234567890123"


def point(longitude: Any, latitude: Any, /, **said: Any) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "geometry": geometry, "properties": said}


def file(*made: object, **about: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": made, **about}).encode()


def read(*made: object, **about: object) -> PlacesFile:
    return read_places(file(*made, **about))


def one(**said: Any) -> Place:
    [place] = read(point(37.5, 48.25, **said)).places
    return place


@pytest.mark.parametrize(
    "said",
    [
        {"url": "https://t.me/s/portwatch/12"},
        {"Link": "t.me/portwatch/12?single"},
        {"source_link1": POST, "source_link2": None},
        {"links": ["https://www.t.me/portwatch/12"]},
        {"sources": [{"id": "A1", "path": POST}]},
        {"media": {"video": {"href": POST}}},
        {"originalSource": f"{POST} , https://vk.com/wall-1_2"},
        {"description": f"A pier.<br>Source(s): <a href='{POST}'>post</a>"},
        {"description": f"SOURCE: {POST}\nBROAD LOCATION: Tolvar"},
        {"description": f"Джерело: {POST}."},
        {"description": f"Source: [[{POST}|the post]]"},
        {"description": f"(Source: {POST})"},
    ],
)
def test_the_address_is_found_wherever_a_layout_has_it(said: dict[str, Any]) -> None:
    found = one(**said).addresses[0]
    assert (found.key, found.role) == (POST, Role.SOURCE)


@pytest.mark.parametrize(
    "said",
    [
        {"Link_geolocation": "https://twitter.com/tolvar/status/1234567890123"},
        {"geolocation": ["https://x.com/Other/status/1234567890123?s=20"]},
        {"description": "Pier.<br/>Geolocation: https://twitter.com/i/web/status/1234567890123"},
        {"description": "Геолокація: https://mobile.twitter.com/a/status/1234567890123"},
    ],
)
def test_who_shows_how_it_was_placed_is_told_from_the_source(said: dict[str, Any]) -> None:
    [found] = one(**said).addresses
    assert (found.key, found.role) == (X, Role.GEOLOCATION)


def test_an_address_in_words_is_a_mention_and_dress_is_nothing() -> None:
    found = one(text=f"As {POST} has it", icon="https://maps.example/a/pin.png", styleUrl="#x")
    assert [(a.key, a.role) for a in found.addresses] == [(POST, Role.MENTION)]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ({"verifiedDate": "2026-03-02T00:00:00"}, "2026-03-02"),
        ({"TIMESTAMP": 1772409600000}, "2026-03-02"),
        ({"time": 1772409600}, "2026-03-02"),
        ({"date": "02/03/2026"}, None),
        ({"date": "2026-13-45"}, None),
        ({"date": True}, None),
        ({"date": 1e300}, None),
    ],
)
def test_a_day_is_read_where_it_has_one_meaning(said: dict[str, Any], day: str | None) -> None:
    assert one(url=POST, **said).day == day


def test_titles_are_kept_without_marks_and_licences_as_they_are_named() -> None:
    found = read(
        point(37.5, 48.25, url=POST, name="<b>Pier&nbsp;2</b>\u202e\n"), license="CC BY 4.0"
    )
    assert (found.places[0].title, found.licence) == ("Pier 2", "CC BY 4.0")


def test_layers_of_umap_and_the_list_of_timemap_are_read() -> None:
    layer = json.loads(file(point(37.5, 48.25, name="a", description=POST)))
    umap = read_places(json.dumps({"type": "umap", "layers": [layer, {"features": 3}]}).encode())
    incident = {"latitude": "48.25", "longitude": "37.5", "sources": [{"path": POST}]}
    timemap = read_places(json.dumps([incident]).encode())
    for found, layout in ((umap, "umap"), (timemap, "timemap")):
        [place] = found.places
        assert (found.layout, place.latitude, place.longitude) == (layout, 48.25, 37.5)
    assert read(point(1, 2, url=POST), groups=[]).layout == "maphub"


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (point(48.25, 137.5, url=POST), "may be swapped"),
        (point(200, 200, url=POST), "out of range"),
        (point("37.5", "48.25", url=POST), "no numbers"),
        (point(True, 3, url=POST), "no numbers"),
        (point(10**400, 3, url=POST), "no numbers"),
        (point(48.25, 37.5, url=POST, latitude=48.25, longitude="37.5"), "the other way round"),
        (point(48.25, 37.5, url=POST, name="at 48.2501, 37.5001"), "the other way round"),
        (point(37.5, 48.25, url=POST, lat=50, lng=30), "another point"),
        (point(37.5, 48.25), "no address"),
        (point(37.5, 48.25, url="https://maps.example/"), "no address"),
        ({"type": "Feature", "geometry": None, "properties": None}, "no geometry"),
        ({"geometry": {"type": "Point", "coordinates": [1]}}, "without coordinates"),
        ({"geometry": {"type": "Polygon", "coordinates": [[[1, 2]]]}}, "no point"),
        ("a text", "no feature"),
    ],
)
def test_what_cannot_be_placed_for_sure_is_left_out_with_its_reason(made: Any, why: str) -> None:
    found = read(made)
    assert found.places == ()
    assert why in found.left_out[0].why


def test_the_poles_and_the_date_line_are_places() -> None:
    assert len(read(point(180, -90, url=POST), point(-180, 90, url=POST)).places) == 2


def test_an_address_at_very_many_places_is_a_credit() -> None:
    made = [point(37 + n / 100, 48, credit="https://x.com/mapper", url=f"{POST}{n}") for n in
        range(MOST_PLACES + 1)]  # fmt: skip
    found = read(*made, point(30, 50, url="https://x.com/mapper"))
    assert {len(place.addresses) for place in found.places} == {1}
    assert "more than 25 places" in found.left_out[0].why


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b"[" * 200_000 + b"]" * 200_000, "nested too deeply"),
        ('{"type": "FeatureCollection"'.encode("utf-16"), "not UTF-8"),
        (b'{"name": "\xe9"}', "not UTF-8"),
        (b'{"features": [NaN]}', "NaN is no number"),
        (b"3", "no layout"),
        (b'{"features": {}}', "no layout"),
        (b'[{"lat": 1}]', "no layout"),
        (
            b'{"features": [], "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}}',
            "3857",
        ),
        (b'{"features": [], "crs": 7}', "coordinates in 7"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_reason(body: bytes, why: str) -> None:
    with pytest.raises(BadInputError, match=why):
        read_places(body)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "MOST_BYTES", 10)
    with pytest.raises(BadInputError, match="at most 10"):
        read(point(1, 2))
    monkeypatch.setattr(features, "MOST_BYTES", 1_000)
    monkeypatch.setattr(features, "MOST_FEATURES", 1)
    with pytest.raises(BadInputError, match="2 features; at most 1"):
        read({}, {})


def test_odd_signs_and_a_mark_at_the_start_do_no_harm() -> None:
    body = b"\xef\xbb\xbf" + file(point(1, 2, url=POST, title="a\ud800\u0000b"))
    [place] = read_places(body).places
    assert place.title.encode() == b"a b"


@pytest.mark.parametrize("date", [int("9" * 400), -int("9" * 400), 1e300, True])
def test_a_number_that_is_no_moment_is_no_day(date: object) -> None:
    assert one(url=POST, date=date).day is None


def test_why_a_feature_is_left_out_is_text_whatever_it_says() -> None:
    geometry = {"type": "\ud800", "coordinates": [1, 2]}
    [left] = read({"type": "Feature", "geometry": geometry, "properties": {}}).left_out
    assert left.why.encode("utf-8")
    with pytest.raises(BadInputError) as refused:
        read(crs={"properties": {"name": "\ud800"}})
    assert str(refused.value).encode("utf-8")
