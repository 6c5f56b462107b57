"""From what waits to what is fetched, by table."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.errors import BadUrlError
from archive.model.due import DuePublication, Validators
from archive.model.fetch import PayloadRef, Target
from archive.model.vocabulary import Kind
from archive.urls.normal import source_key, stable_id
from pipeline.decide.targets import Range, files_to_fetch, kind_named, place_of, target_of

PAGE = "https://news.example/bridge"
PAYLOAD = PayloadRef("<urn:uuid:1>", PAGE, datetime(2026, 3, 1, tzinfo=UTC), "sha256:0")


def test_a_page_is_fetched_where_it_is_cited_without_its_fragment() -> None:
    place = place_of(f"{PAGE}#second", Kind.SOURCE)
    assert place.fetched == PAGE
    assert place.source == stable_id(source_key(PAGE))


def test_a_post_is_fetched_where_its_platform_shows_it_and_keeps_its_own_address() -> None:
    place = place_of("https://t.me/somebody/17", Kind.SOURCE)
    target = target_of(place, None, "cited")
    assert target.url != "https://t.me/somebody/17"
    assert target.subject == "https://t.me/somebody/17"


def test_what_is_no_source_is_fetched_as_it_stands() -> None:
    place = place_of("https://t.me/somebody/17", Kind.FILE)
    assert (place.fetched, place.source) == ("https://t.me/somebody/17", None)


@pytest.mark.parametrize("kind", [Kind.SOURCE, Kind.REPORT])
def test_what_is_no_address_is_refused(kind: Kind) -> None:
    with pytest.raises(BadUrlError):
        place_of("see above", kind)


def test_a_target_carries_what_makes_its_request_conditional() -> None:
    held = Validators('"1"', None, PAYLOAD)
    target = target_of(place_of(PAGE, Kind.SOURCE), held, "check")
    assert (target.etag, target.previous, target.subject) == ('"1"', PAYLOAD, None)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://understandingwar.org/research/middle-east/iran-update-march-16-2026/",
            Kind.REPORT),
        (PAGE, Kind.SOURCE),
    ],
)  # fmt: skip
def test_an_address_that_a_person_names_is_a_report_or_a_source(url: str, kind: Kind) -> None:
    assert kind_named(url) is kind


@pytest.mark.parametrize(
    ("asked", "series", "date", "held"),
    [
        (Range(), "iran-update", "2026-03-01", True),
        (Range(series="iran-update"), "iran-update", "2026-03-01", True),
        (Range(series="iran-update"), "africa-file", "2026-03-01", False),
        (Range(series="iran-update"), None, "2026-03-01", True),
        (Range(since="2026-03-01"), None, "2026-03-01", True),
        (Range(since="2026-03-02"), None, "2026-03-01", False),
        (Range(until="2026-03-01"), None, "2026-03-01", True),
        (Range(until="2026-02-28"), None, "2026-03-01", False),
        (Range(since="2026-03-02"), None, None, True),
    ],
)
def test_a_publication_is_left_out_where_it_is_known_to_be_another(
    asked: Range, series: str | None, date: str | None, held: bool
) -> None:
    assert asked.may_hold(DuePublication(PAGE, "new", series, date)) is held


def test_a_picture_that_is_cited_too_is_fetched_once_and_what_is_no_address_never() -> None:
    pictures = ["https://a.example/1.png", "https://a.example/2.png", "map below"]
    cited = [Target("https://a.example/1.png", Kind.SOURCE, "cited")]
    assert [one.url for one in files_to_fetch(pictures, cited)] == ["https://a.example/2.png"]
