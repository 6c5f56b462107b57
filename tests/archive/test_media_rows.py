"""What pages show, as tables: captures in any order, addresses that change, what is left out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.config import Settings
from archive.db.store import Store
from archive.db.tables import media_rows
from archive.model.media import ALL_MEDIA, PICTURES, MediaFacts, MediaKind, ShownMedia
from archive.model.understood import Processed
from archive.model.vocabulary import Kind, Outcome
from archive.show import media_reading
from pipeline.decide.media import media_id
from pipeline.read.sources import source_row
from pipeline.run.ingest import Archive
from tests.factories import at, note, page, processed, report, written

POST = "https://t.me/portwatch/12"
OTHER = "https://t.me/portwatch/13"
OLD, NEW = "https://cdn.example/a.jpg?sign=1", "https://cdn.example/a.jpg?sign=2"
FACTS = MediaFacts("jpeg", 800, 600, "ff" * 32, "00")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "data", Settings(media="pictures"), run=None) as opened:
        cites = report(notes=(note("1", POST), note("2", OTHER)))
        take(opened, processed(page(1), report=cites))
        yield opened


def take(archive: Archive, done: Processed) -> None:
    archive.commit(done, written(done.page))


def post(number: int, *shown: ShownMedia, url: str = POST) -> Processed:
    made = page(number, kind=Kind.SOURCE, uri_r=url, captured_at=at(number))
    return processed(made, media=shown)


def file(
    number: int,
    url: str,
    outcome: Outcome = Outcome.OK,
    *,
    name: str = "picture 1",
    of: str = POST,
    **changes: Any,
) -> Processed:
    made = page(
        number, kind=Kind.MEDIA, uri_r=url, subject=of, step=name, captured_at=at(number), **changes
    )
    facts = FACTS if outcome is Outcome.OK else None
    return processed(made, outcome, media_facts=facts)


def picture(url: str = OLD, name: str = "picture 1", **said: Any) -> ShownMedia:
    return ShownMedia(MediaKind.PICTURE, name, url, **said)


def rows(archive: Archive, *columns: str) -> list[tuple[Any, ...]]:
    asked = (
        f"SELECT {', '.join(columns)} FROM (SELECT media.*, media_left.reason AS left_out "
        "FROM media LEFT JOIN media_left ON media_id = media.id) ORDER BY source_id, name"
    )
    return [tuple(row) for row in archive.db.execute(asked).fetchall()]


def wanted(archive: Archive) -> list[str]:
    return [one.url for one in archive.wanted.media_wanted(100)]


@pytest.mark.parametrize(("video", "asked"), [("video 1", 1), ("video", 0)])
def test_what_names_the_media_of_a_post_is_asked_again_unless_the_post_is_one_video(
    archive: Archive, video: str, asked: int
) -> None:
    listing = ShownMedia(MediaKind.LISTING, "listing", "https://cdn.example/list")
    take(archive, post(2, listing, ShownMedia(MediaKind.VIDEO, video, missing="x")))
    take(archive, file(3, "https://cdn.example/list", name="listing"))
    assert len(archive.wanted.listings_of(POST)) == asked


def test_what_a_page_shows_is_wanted_until_it_is_held(archive: Archive) -> None:
    take(archive, post(2, picture()))
    assert wanted(archive) == [OLD]
    take(archive, file(3, OLD))
    assert wanted(archive) == []
    assert rows(archive, "outcome", "file_capture_id", "width", "form") == [("ok", 3, 800, "jpeg")]


def test_captures_come_in_any_order_to_the_same_rows(tmp_path: Path) -> None:
    told = [
        post(2, picture(alt="before", width=90)),
        file(3, OLD),
        post(4, picture(NEW, alt="after"), picture("https://cdn.example/b.jpg", "picture 2")),
        file(5, NEW, Outcome.GONE),
    ]
    found = set()
    for number, order in enumerate(itertools.permutations(told)):
        with Archive.open(tmp_path / str(number), Settings(), run=None) as archive:
            for done in order:
                take(archive, done)
            found.add(tuple(map(tuple, archive.db.execute("SELECT * FROM media ORDER BY id"))))
    assert len(found) == 1


def test_a_new_address_of_what_could_not_be_had_is_asked_for(archive: Archive) -> None:
    take(archive, post(2, picture(OLD)))
    take(archive, file(3, OLD, Outcome.GONE))
    assert wanted(archive) == []
    take(archive, post(4, picture(NEW)))
    assert wanted(archive) == [NEW]


def test_a_new_address_of_what_is_held_is_not(archive: Archive) -> None:
    take(archive, post(2, picture(OLD)))
    take(archive, file(3, OLD))
    take(archive, post(4, picture(NEW)))
    assert wanted(archive) == []
    assert rows(archive, "url", "outcome", "first_capture_id", "capture_id") == [(NEW, "ok", 2, 4)]


def test_what_two_sources_show_at_one_address_is_fetched_for_both(archive: Archive) -> None:
    take(archive, post(2, picture()))
    take(archive, post(3, picture(), url=OTHER))
    take(archive, file(4, OLD))
    assert rows(archive, "file_capture_id") == [(4,), (4,)]


def test_a_passing_failure_is_tried_so_often_and_no_more(archive: Archive) -> None:
    take(archive, post(2, picture()))
    for number in (3, 4):
        take(archive, file(number, OLD, Outcome.TIMEOUT))
        assert wanted(archive) == [OLD]
    take(archive, file(5, OLD, Outcome.TIMEOUT))
    assert wanted(archive) == []


def test_the_newest_citations_come_first(archive: Archive) -> None:
    later = report(
        url="https://understandingwar.org/research/middle-east/iran-update-march-9-2026/",
        report_date="2026-03-09", notes=(note("1", "https://t.me/portwatch/99"),),
    )  # fmt: skip
    take(archive, processed(page(2, final_url=later.url), report=later))
    take(archive, post(3, picture("https://cdn.example/old.jpg")))
    newest = "https://t.me/portwatch/99"
    take(archive, post(4, picture("https://cdn.example/new.jpg"), url=newest))
    assert wanted(archive) == ["https://cdn.example/new.jpg", "https://cdn.example/old.jpg"]


def test_what_the_setting_leaves_out_is_named_with_its_reason(archive: Archive) -> None:
    clip = ShownMedia(MediaKind.VIDEO, "video 1", "https://cdn.example/clip.mp4")
    big = ShownMedia(MediaKind.VIDEO, "video 2", missing="too-big")
    take(archive, post(2, picture(), clip, big))
    archive.leave_kinds(at(3))
    assert rows(archive, "name", "outcome", "coalesce(reason, left_out)") == [
        ("picture 1", None, None),
        ("video 1", None, "media = pictures; isw-archive recrawl --media takes it"),
        ("video 2", None, "too-big"),
    ]


def test_why_something_was_left_out_outlasts_a_new_database(
    archive: Archive, tmp_path: Path
) -> None:
    take(archive, post(2, picture()))
    archive.leave_media(media_id(POST, "picture 1"), "the day's budget was spent", at(3))
    with Archive.open(tmp_path / "new", Settings(), run=None) as new:
        take(new, processed(page(1), report=report(notes=(note("1", POST),))))
        take(new, post(2, picture()))
        new.store.copy_run_logs(archive.folder.database)
        assert rows(new, "left_out") == [("the day's budget was spent",)]


def test_what_was_left_out_and_is_fetched_has_no_reason_any_more(archive: Archive) -> None:
    take(archive, post(2, picture()))
    archive.leave_media(media_id(POST, "picture 1"), "the day's budget was spent", at(3))
    take(archive, file(4, OLD))
    assert rows(archive, "outcome", "left_out") == [("ok", None)]
    assert archive.db.execute("SELECT count(*) FROM media_left").fetchone()[0] == 0


def test_a_listing_names_more_of_the_same_source(archive: Archive) -> None:
    take(archive, post(2, ShownMedia(MediaKind.LISTING, "listing", "https://cdn.example/list")))
    listing = file(3, "https://cdn.example/list", name="listing")
    take(archive, replace(listing, media_facts=None, media=(picture(),)))
    assert rows(archive, "name", "capture_id", "outcome") == [
        ("listing", 2, "ok"),
        ("picture 1", 3, None),
    ]


def look_alike(number: int, url: str, of: str, phash: str) -> Processed:
    sketch = bytes(n % 251 for n in range(1024)).hex()
    facts = MediaFacts("jpeg", 800, 600, phash, sketch)
    made = file(number, url, of=of, body=url.encode())
    return replace(made, media_facts=facts)


def test_nearly_the_same_pictures_find_each_other_in_any_order(tmp_path: Path) -> None:
    one = "https://cdn.example/1.jpg"
    two = "https://cdn.example/2.jpg"
    told = [
        post(2, picture(one)),
        post(3, picture(two), url=OTHER),
        look_alike(4, one, POST, "f0" * 32),
        look_alike(5, two, OTHER, "f1" + "f0" * 31),
        look_alike(6, "https://cdn.example/3.jpg", OTHER, "0f" * 32),
    ]
    found = set()
    for number, order in enumerate((told, told[::-1], told[2:] + told[:2])):
        with Archive.open(tmp_path / str(number), Settings(), run=None) as archive:
            for done in order:
                take(archive, done)
            [shown] = media_reading.of_source(archive.db.conn, source_row(OTHER).id)
            found.add(tuple(map(tuple, archive.db.execute("SELECT * FROM near_media"))))
        [other] = shown["elsewhere"]
        assert (other["url"], other["same"], shown["is_first"]) == (POST, 0, False)
    [((_, _, distance),)] = found
    assert distance == 1


def test_pictures_are_less_than_all() -> None:
    assert PICTURES < ALL_MEDIA


def test_looking_for_what_is_wanted_reads_no_whole_table(tmp_path: Path) -> None:
    with Store(tmp_path / "archive.db") as store:
        asked = {"kinds": "[]", "tries": 3, "passing": "[]", "most": 1}
        plan = store.db.execute(f"EXPLAIN QUERY PLAN {media_rows._WANTED}", asked).fetchall()
    assert not [row for row in plan if row[3].startswith("SCAN media") and "INDEX" not in row[3]]
