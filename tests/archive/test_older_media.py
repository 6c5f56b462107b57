"""Pictures that were there before what they are cited for: what is said, and what is not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from datasette.app import Datasette

from archive.config import Settings
from archive.model.media import MediaKind, ShownMedia
from archive.model.vocabulary import Kind
from archive.show.export import report_object
from archive.show.older_media import (
    LEAST_SIDE,
    MOST_BY_ONE,
    MOST_SHOWING,
    Older,
    Shown,
    Sighting,
    day_spoken_of,
    older,
)
from pipeline.read.fetched_media import own_picture
from pipeline.read.sources import source_row
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.factories import at, note, page, report
from tests.picture_pairs import photo
from tests.replica.pictures import encoded

DAY = "2026-03-03"
PICTURE = Shown(1, 10, 400, is_drawing=False)
OWN = Sighting(1, 10, "https://t.me/tolvar/7", "tolvar", "2026-03-02", True, True)
EARLY = Sighting(1, 11, "https://t.me/portwatch/12", "portwatch", "2026-01-05", True, False)


def found(*seen: Sighting, picture: Shown = PICTURE, cited_for: str | None = DAY) -> list[Older]:
    return list(older([picture], [OWN, *seen], cited_for))


def test_a_picture_of_an_earlier_post_is_said_with_both_days() -> None:
    [one] = found(EARLY)
    assert (one.cited_for, one.first, one.is_itself) == (DAY, EARLY, False)
    assert one.told() == (
        "nearly the same picture is shown by a post of 2026-01-05 by portwatch; "
        "cited for 2026-03-03"
    )


def test_a_capture_of_ours_is_told_from_a_post() -> None:
    [one] = found(replace(EARLY, is_posted=False, is_same=True, account=""))
    assert "the same picture was seen here on 2026-01-05 at https://t.me/portwatch/12" in one.told()


def test_an_old_post_itself_is_said_by_its_own_day_alone() -> None:
    itself = replace(OWN, day="2026-01-01")
    [one] = older([PICTURE], [itself], DAY)
    assert one.told() == "this picture is of a post of 2026-01-01; cited for 2026-03-03"
    assert not list(older([PICTURE], [replace(itself, is_posted=False)], DAY))


@pytest.mark.parametrize("day", ["2026-02-18", "2026-03-02", "2026-04-01"])
def test_what_is_not_clearly_older_is_not_said(day: str) -> None:
    assert not found(replace(EARLY, day=day))
    assert found(replace(EARLY, day="2026-02-17"))


@pytest.mark.parametrize(
    "picture",
    [replace(PICTURE, is_drawing=True), replace(PICTURE, side=LEAST_SIDE - 1)],
)
def test_maps_logos_and_avatars_say_nothing(picture: Shown) -> None:
    assert not found(EARLY, picture=picture)


def test_what_very_many_or_one_account_again_and_again_shows_says_nothing() -> None:
    many = [replace(EARLY, source_id=100 + n, account=f"a{n}") for n in range(MOST_SHOWING)]
    assert not found(*many)
    assert found(*many[1:])
    banner = [replace(EARLY, source_id=100 + n) for n in range(MOST_BY_ONE + 1)]
    assert not found(*banner)


def test_a_sentence_that_looks_back_or_names_the_day_says_nothing() -> None:
    assert not found(EARLY, cited_for=None)
    assert not found(EARLY, cited_for="2026-01-06")


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Forces struck the pier.", DAY),
        ("Forces struck the pier on March 2.", "2026-03-02"),
        ("Forces struck the pier on January 5 and on March 2.", "2026-01-05"),
        ("Forces struck it on 5 January 2026.", "2026-01-05"),
        ("Forces struck the pier on December 30.", "2025-12-30"),
        ("They have fought there since May.", "2025-05-01"),
        ("They may strike in mid-February 2025.", "2025-02-01"),
        ("They have fought there since 2022.", "2022-01-01"),
        ("May 40 is no day.", DAY),
        ("Forces may advance; March on.", DAY),
        ("Forces will strike on March 9.", DAY),
        ("They advanced last month.", None),
        ("They had struck it two years ago.", None),
        ("The channel recirculated footage.", None),
    ],
)
def test_the_day_that_a_sentence_speaks_of(sentence: str, day: str | None) -> None:
    assert day_spoken_of(sentence, DAY) == day


POST, LATER = EARLY.url, OWN.url
PIER = encoded(photo(1))
URL = "https://cdn.example/pier.png"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report that cites a post of the day with a picture that another showed in January."""
    root = tmp_path_factory.mktemp("older") / "data"
    with Archive.open(root, Settings(), run=None) as archive:
        samples.keep(archive, page(1), report=report(notes=(note("1", LATER), note("2", POST))))
        _post(archive, 2, LATER, "2026-03-02T10:00:00Z")
        _post(archive, 3, POST, "2026-01-05T10:00:00Z")
        made = page(4, kind=Kind.MEDIA, uri_r=URL, subject=LATER, step="picture 1",
            captured_at=at(4), body=PIER)  # fmt: skip
        samples.keep(archive, made, media_facts=own_picture(URL, PIER)[1])
    return root


def _post(archive: Archive, number: int, url: str, posted_at: str) -> None:
    made = page(number, kind=Kind.SOURCE, uri_r=url, captured_at=at(number))
    samples.keep(archive, made, media=(ShownMedia(MediaKind.PICTURE, "picture 1", URL),))
    archive.db.execute(
        "UPDATE captures SET facts = ? WHERE id = ?",
        [json.dumps({"posted_at": posted_at}), number],
    )
    archive.db.conn.commit()


SAID = "the same picture is shown by a post of 2026-01-05 by portwatch; cited for 2026-03-03"


async def test_the_sentence_and_the_source_say_it(datasette: Datasette) -> None:
    html = (await datasette.client.get("/-/report/iran-update/2026-03-03")).text
    assert f"<strong>{SAID}</strong>" in html
    assert "picture of 2026-01-05</a>" in html
    source = (await datasette.client.get(f"/-/source/{source_row(LATER).id}")).text
    assert f"<strong>{SAID}</strong>" in source


def test_the_export_has_it_at_the_sentence(folder: Path) -> None:
    with Archive.open(folder, Settings(), run=None) as archive:
        markers = report_object(archive.db, "iran-update/2026-03-03")["markers"]
    [one] = markers[0]["older_media"]
    assert (one["first_seen_on"], one["first_seen_at"]) == ("2026-01-05", POST)
    assert (one["cited_for"], one["is_posted"], one["is_same_file"]) == (DAY, True, True)
