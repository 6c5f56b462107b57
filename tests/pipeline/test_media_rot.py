"""Pictures that a post no longer shows while it stands: what proves it, and what does not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.config import Settings
from archive.model.media import MediaKind, MediaSight, ShownMedia
from archive.model.understood import PageText
from archive.model.vocabulary import Kind, Outcome
from archive.show import media_reading
from archive.show.evidence import event_told
from pipeline.decide.captures import Understanding, capture_row
from pipeline.decide.media import media_id, shown_rows
from pipeline.decide.media_rot import sight_of
from pipeline.read.process import Limits, process
from pipeline.read.sources import source_row
from pipeline.run.ingest import Archive
from tests.factories import at, note, page, processed, report, written

POST, OTHER, THIRD = (f"https://t.me/portwatch/{number}" for number in (12, 13, 14))
TWEET = "https://x.com/portwatch/status/2031000000000000001"
PAGE = "https://news.example/pier"
URL = "https://cdn.example/a.jpg"
DAY = 24
PICTURE = ShownMedia(MediaKind.PICTURE, "photo 5231", URL)
TWO = (
    ShownMedia(MediaKind.PICTURE, "picture 1", URL),
    ShownMedia(MediaKind.PICTURE, "picture 2", f"{URL}?2"),
)
CLIP = (
    ShownMedia(MediaKind.POSTER, "poster 1", URL),
    ShownMedia(MediaKind.VIDEO, "video 1", f"{URL}.mp4"),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "data", Settings(), run=None) as opened:
        begin(opened)
        yield opened


def begin(archive: Archive) -> None:
    cited = (POST, OTHER, THIRD, TWEET, PAGE)
    done = processed(
        page(1), report=report(notes=tuple(note(str(n), u) for n, u in enumerate(cited)))
    )
    archive.commit(done, written(done.page))


def look(
    archive: Archive, day: int, *shown: ShownMedia, url: str = POST,
    outcome: Outcome = Outcome.OK, number: int = 0, **changes: Any,
) -> None:  # fmt: skip
    """One look at a post on a day: what it shows."""
    made = page(
        number or 2 + 10 * day, kind=Kind.SOURCE, uri_r=url, captured_at=at(day * DAY), **changes
    )
    said = PageText("The ferry went in the morning, and came back before night.", None)
    done = processed(made, outcome, text=said, media=shown)
    archive.commit(done, written(done.page))


def events(archive: Archive, url: str = POST) -> list[tuple[str, str, list[dict[str, Any]]]]:
    sql = (
        "SELECT kind, at, detail FROM events "
        "WHERE source_id = ? AND kind LIKE 'media-%' ORDER BY at"
    )
    found = archive.db.execute(sql, [source_row(url).id]).fetchall()
    return [(kind, when[:10], json.loads(detail)["media"]) for kind, when, detail in found]


def kinds(archive: Archive, url: str = POST) -> list[str]:
    return [kind for kind, _, _ in events(archive, url)]


def test_a_post_that_stands_without_its_picture_twice_over_days_has_lost_it(
    archive: Archive,
) -> None:
    look(archive, 0, PICTURE)
    look(archive, 10)
    assert events(archive) == []
    look(archive, 17)
    gone = {"kind": "picture", "number": 1, "of": 1, "ids": [media_id(POST, "photo 5231")]}
    assert events(archive) == [("media-removed", "2026-03-21", [gone])]
    [row] = media_reading.of_source(archive.db.conn, source_row(POST).id)
    assert row["gone_at"][:10] == "2026-03-21"
    assert media_reading.exported(row)["gone_at"] == row["gone_at"]


def test_what_was_gone_and_is_there_again_is_told(archive: Archive) -> None:
    look(archive, 0, PICTURE)
    for day in (10, 17, 24):
        look(archive, day)
    look(archive, 31, PICTURE)
    assert kinds(archive) == ["media-removed", "media-restored"]
    [row] = media_reading.of_source(archive.db.conn, source_row(POST).id)
    assert row["gone_at"] is None


def test_a_video_goes_with_its_still_in_one_event(archive: Archive) -> None:
    look(archive, 0, *CLIP)
    look(archive, 10)
    look(archive, 20)
    [(_, _, media)] = events(archive)
    assert [one["kind"] for one in media] == ["poster", "video"]


def test_of_an_album_that_grew_smaller_it_is_not_said_which_is_gone(archive: Archive) -> None:
    look(archive, 0, *TWO)
    look(archive, 10, TWO[0])
    look(archive, 20, TWO[0])
    assert events(archive)[0][2] == [{"kind": "picture", "number": 1, "of": 2}]
    assert [
        r["gone_at"] for r in media_reading.of_source(archive.db.conn, source_row(POST).id)
    ] == [None, None]


def test_a_picture_in_place_of_another_is_no_removal(archive: Archive) -> None:
    look(archive, 0, PICTURE)
    for day in (10, 20):
        look(archive, day, ShownMedia(MediaKind.PICTURE, "photo 77", f"{URL}?new"))
    assert events(archive) == []


def test_a_video_that_is_too_big_now_is_still_declared(archive: Archive) -> None:
    look(archive, 0, CLIP[1])
    for day in (10, 20):
        look(archive, day, ShownMedia(MediaKind.VIDEO, "video 1", missing="too-big"))
    assert events(archive) == []


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Outcome.LOGIN_WALL, 200), (Outcome.FORBIDDEN, 403), (Outcome.GONE, 404),
        (Outcome.REMOVED, 200), (Outcome.TRUNCATED, 200), (Outcome.TIMEOUT, None),
        (Outcome.THIN, 200),
    ],
)  # fmt: skip
def test_what_is_no_sight_of_the_post_says_nothing_of_its_pictures(
    archive: Archive, outcome: Outcome, status: int | None
) -> None:
    look(archive, 0, PICTURE)
    for day in (10, 20, 30):
        look(archive, day, outcome=outcome, http_status=status)
    assert events(archive) == []


def test_two_looks_within_days_are_one_strike(archive: Archive) -> None:
    look(archive, 0, PICTURE)
    for day in (10, 11, 12):
        look(archive, day)
    assert events(archive) == []


def test_a_look_that_shows_it_in_between_begins_anew(archive: Archive) -> None:
    look(archive, 0, PICTURE)
    look(archive, 10)
    look(archive, 14, PICTURE)
    look(archive, 18)
    assert events(archive) == []


def test_another_view_of_a_post_that_shows_less_proves_nothing(archive: Archive) -> None:
    look(archive, 0, PICTURE)
    for day in (10, 20):
        look(archive, day, url=f"{POST}?embed=1", subject=POST)
    assert events(archive) == []


def test_a_page_that_is_no_post_is_redesigned_and_loses_nothing(archive: Archive) -> None:
    look(archive, 0, PICTURE, url=PAGE)
    for day in (10, 20):
        look(archive, day, url=PAGE)
    assert events(archive, PAGE) == []


def test_what_all_posts_of_a_platform_lose_at_once_is_a_matter_of_its_markup(
    archive: Archive,
) -> None:
    for number, url in enumerate((POST, OTHER, THIRD)):
        look(archive, 0, PICTURE, url=url, number=2 + number)
        look(archive, 10, url=url, number=102 + number)
        look(archive, 20, url=url, number=202 + number)
    look(archive, 30, number=302)
    assert events(archive) == []


def test_while_others_show_theirs_a_post_without_its_own_has_lost_it(archive: Archive) -> None:
    for number, url in enumerate((POST, OTHER, THIRD)):
        look(archive, 0, PICTURE, url=url, number=2 + number)
        look(archive, 10, url=url, number=102 + number)
    look(archive, 12, PICTURE, url=THIRD, number=150)
    look(archive, 20, number=202)
    assert kinds(archive) == ["media-removed"]


def test_the_listing_behind_an_embed_speaks_for_its_post(archive: Archive) -> None:
    def listing(day: int, *shown: ShownMedia) -> None:
        made = page(
            3 + 10 * day, kind=Kind.MEDIA, uri_r="https://cdn.example/list", subject=TWEET,
            step="listing", captured_at=at(day * DAY + 1),
        )  # fmt: skip
        done = processed(made, media=shown)
        archive.commit(done, written(done.page))

    for day in (0, 10, 20):
        look(archive, day, ShownMedia(MediaKind.LISTING, "listing", URL), url=TWEET)
        listing(day, *([PICTURE] if day == 0 else []))
    assert kinds(archive, TWEET) == ["media-removed"]


def test_a_storyboard_that_the_platform_makes_anew_is_no_loss(archive: Archive) -> None:
    sheets = tuple(
        ShownMedia(MediaKind.POSTER, f"storyboard {n}", f"{URL}?sheet={n}") for n in (1, 2)
    )
    for day, shown in ((0, (*CLIP, *sheets)), (20, (*CLIP, sheets[0])), (27, CLIP)):
        look(archive, day, *shown)
    assert kinds(archive) == []


def test_a_video_without_its_still_is_still_there(archive: Archive) -> None:
    look(archive, 0, *CLIP)
    for day in (10, 20):
        look(archive, day, CLIP[1])
    assert events(archive) == []
    for day in (30, 40):
        look(archive, day)
    assert [one["kind"] for one in events(archive)[0][2]] == ["poster", "video"]


def test_a_page_of_another_make_that_declares_less_proves_nothing(archive: Archive) -> None:
    album = [ShownMedia(MediaKind.PICTURE, f"photo {n}", f"{URL}?{n}") for n in range(3)]
    look(archive, 0, *album)
    for day in (10, 20):
        look(archive, day, TWO[0])
    assert events(archive) == []
    for day in (30, 40):
        look(archive, day, album[2])
    [(kind, _, [told])] = events(archive)
    assert (kind, told["number"]) == ("media-removed", 2)


def test_an_answer_in_place_of_a_listing_says_nothing_of_the_post() -> None:
    def seen(answer: dict[str, Any]) -> MediaSight | None:
        made = page(
            3, kind=Kind.MEDIA, uri_r="https://cdn.example/list", subject=TWEET, step="listing",
            headers={"content-type": "application/json"}, body=json.dumps(answer).encode(),
        )  # fmt: skip
        found, source = process(made, Limits()), source_row(TWEET)
        row = capture_row(found, written(made), Understanding())
        return sight_of(found, row, source, shown_rows(source.id, TWEET, row.id, found.media))

    tombstone = {"text": {"text": "Age-restricted adult content."}}
    assert seen({"__typename": "TweetTombstone", "tombstone": tombstone}) is None
    assert seen({}) is None
    assert seen({"errors": [{"code": 144}]}) is None
    stands = seen({"__typename": "Tweet", "id_str": "2031000000000000001", "text": "Rain"})
    assert stands is not None
    assert stands.names == {}


def test_looks_come_in_any_order_to_the_same_events(tmp_path: Path) -> None:
    told: list[Callable[[Archive], None]] = [
        lambda a: look(a, 0, PICTURE), lambda a: look(a, 10), lambda a: look(a, 20),
        lambda a: look(a, 30, PICTURE),
    ]  # fmt: skip
    found = set()
    for number, order in enumerate((told, told[::-1], told[2:] + told[:2])):
        with Archive.open(tmp_path / str(number), Settings(), run=None) as archive:
            begin(archive)
            for take in order:
                take(archive)
            found.add(str(events(archive)))
    assert len(found) == 1, found
    assert "media-restored" in found.pop()


def test_what_happened_is_said_in_words() -> None:
    gone = {"kind": "video", "number": 1, "of": 1, "ids": [7]}
    album = {"kind": "picture", "number": 2, "of": 5}
    told = event_told("media-removed", {"media": [gone, album], "since": "2026-03-14T02:00:00Z"})
    assert told == [
        "It stands, and no longer shows what it showed.",
        "Gone: 1 of 1 video.",
        "Gone: 2 of 5 pictures.",
        "Found absent first on 2026-03-14 02:00.",
    ]
