"""What cited pages show: the real engine over a small web of posts, an article, and their files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.decide.media import EXPIRED_TOLD
from tests.replica import pictures
from tests.replica.messages import Reply, Request, as_json, html, not_found, typed
from tests.replica.sites import Site
from tests.spider_runs import AT, Crawl, Run, command, crawl_citing

pytestmark = pytest.mark.minutes(1)

CHANNEL = "https://t.me/ilma_photos"
TWEET = "https://x.com/ilma_osint/status/2031000000000000001"
ARTICLE = "https://ilma-river.example/news/bridge"
CITED = (f"{CHANNEL}/11", f"{CHANNEL}/12", f"{CHANNEL}/13", TWEET, ARTICLE)
FILES = "https://cdn4.telesco.pe/file"
WORDS = "The crossing was closed in the morning, and the ferry has taken its place since then. "


def message(number: int, inside: str) -> str:
    return (
        f'<div class="tgme_widget_message" data-post="ilma_photos/{number}">{inside}'
        '<div class="tgme_widget_message_text js-message_text">The ferry in the morning.</div>'
        "</div>"
    )


def photo(url: str) -> str:
    return (
        f'<a class="tgme_widget_message_photo_wrap" style="width:800px;background-image:'
        f'url(\'{url}\')"><div class="tgme_widget_message_photo" style="padding-top:60%"></div></a>'
    )


VIDEO = (
    '<a class="tgme_widget_message_video_player"><i class="tgme_widget_message_video_thumb" '
    f"style=\"background-image:url('{FILES}/still.jpg')\"></i>"
    '<div class="tgme_widget_message_video_wrap" style="width:640px;padding-top:50%">{}</div>'
    '<time class="message_video_duration">0:25</time>{}</a>'
)
LATE = "late.jpg?X-Amz-Date=20260301T000000Z&amp;X-Amz-Expires=60&amp;X-Amz-Signature=ab"
BROKEN = "picture-broken: image file is truncated"
POSTS = {
    "11": photo(f"{FILES}/one.jpg") + photo(f"{FILES}/two.webp") + photo(f"{FILES}/gone.jpg"),
    "12": VIDEO.format(f'<video src="{FILES}/clip.mp4"></video>', "")
    + "".join(
        photo(f"{FILES}/{name}")
        for name in ("bomb.png", "cut.jpg", "changed.jpg", "more.jpg", LATE)
    ),
    "13": VIDEO.format(
        "", '<div class="message_media_not_supported_label">Media is too big</div>'
    ).replace("still.jpg", "one.jpg"),
}


def telegram(request: Request) -> Reply:
    number = request.bare_path.rpartition("/")[2]
    return html(message(int(number), POSTS[number])) if number in POSTS else not_found()


def files(request: Request) -> Reply:
    name = request.bare_path.rpartition("/")[2]
    if name == "gone.jpg":
        return not_found()
    if name == "more.jpg":
        return pictures.more_than_it_says(name)
    if name in {"cut.jpg", "changed.jpg"}:
        return pictures.cut_once(request, name, another=name == "changed.jpg")
    return typed(pictures.bomb(), "image/png") if name == "bomb.png" else pictures.album(request)


def oembed(request: Request) -> Reply:
    said = {"type": "rich", "provider_name": "Twitter", "author_name": "Ilma OSINT", "url": TWEET}
    return as_json({**said, "html": "<blockquote><p>The ferry goes again.</p></blockquote>"})


def embed(request: Request) -> Reply:
    if request.bare_path != "/tweet-result":
        return not_found()
    picture = {
        "type": "photo", "media_url_https": "https://pbs.twimg.com/media/ferry.jpg",
        "original_info": {"width": 160, "height": 96}, "ext_alt_text": "A ferry",
    }  # fmt: skip
    return as_json({"__typename": "Tweet", "mediaDetails": [picture]})


def article(request: Request) -> Reply:
    """Its lead, a picture in its text that is a page, one that is SVG, one of 4 GB, a polyglot."""
    path = request.bare_path
    if path == "/lead.png":
        return typed(pictures.encoded(pictures.scene("lead")), "image/png")
    if path == "/page.jpg":
        return html("<html><body><h1>Sign in to see this picture</h1></body></html>")
    if path == "/drawing.png":
        return typed(pictures.SVG, "image/svg+xml")
    if path == "/huge.jpg":
        return Reply(
            200, (("Content-Type", "image/jpeg"), ("Content-Length", "4294967296")), b"\xff"
        )
    if path == "/both.gif":
        return typed(pictures.polyglot("both"), "text/html")
    if path != "/news/bridge":
        return not_found()
    shown = "".join(
        f"<p>{WORDS * 3}</p><figure><img src='/{name}'><figcaption>{name}</figcaption></figure>"
        for name in ("page.jpg", "drawing.png", "huge.jpg", "both.gif")
    )
    return html(
        "<html><head><title>The bridge</title><meta property='og:image' content='/lead.png'>"
        f"</head><body><article><h1>The bridge</h1>{shown}<p>{WORDS * 3}</p></article></body>"
        "</html>"
    )


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    folder = tmp_path_factory.mktemp("media")
    env = {"ISW_ARCHIVE_MEDIA": "pictures", "ISW_ARCHIVE_RETRIES": "0"}
    with crawl_citing(
        folder,
        CITED,
        Site(("t.me",), telegram),
        Site(("cdn4.telesco.pe",), files),
        Site(("publish.twitter.com",), oembed),
        Site(("cdn.syndication.twimg.com",), embed),
        Site(("pbs.twimg.com",), pictures.album),
        Site(("ilma-river.example",), article),
        env=env,
    ) as crawl:
        yield crawl


@pytest.fixture(scope="module")
def run(crawl: Crawl) -> Run:
    return crawl.run("sources")


def shown(crawl: Crawl, cited: str) -> list[tuple[Any, ...]]:
    found = crawl.rows(
        "SELECT kind, form, outcome, coalesce(media.reason, media_left.reason) FROM media "
        "LEFT JOIN media_left ON media_left.media_id = media.id "
        f"JOIN sources ON sources.id = media.source_id WHERE sources.url = '{cited}' "
        "ORDER BY media.capture_id, media.position"
    )
    return [(*row[:3], row[3] and row[3].partition(" (")[0]) for row in found]


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        (
            CITED[0],
            [
                ("picture", "jpeg", "ok", None),
                ("picture", "webp", "ok", None),
                ("picture", None, "gone", "status-404: 404 Not Found"),
            ],
        ),
        (
            CITED[1],
            [
                ("poster", "jpeg", "ok", None),
                ("video", None, None, "media = pictures; isw-archive recrawl --media takes it"),
                ("picture", None, "too-large", "picture-points: more than 50,000,000 points"),
                ("picture", None, "truncated", "truncated: disconnect"),
                ("picture", None, "truncated", "truncated: disconnect"),
                ("picture", None, "truncated", BROKEN),
                ("picture", None, None, f"{EXPIRED_TOLD}; isw-archive recrawl --media takes it"),
            ],
        ),
        (CITED[2], [("poster", "jpeg", "ok", None), ("video", None, None, "too-big")]),
        (TWEET, [("listing", None, "ok", None), ("picture", "jpeg", "ok", None)]),
        (
            ARTICLE,
            [
                ("picture", "png", "ok", None),
                ("picture", None, "unsupported", "not-media: text/html"),
                ("picture", None, "unsupported", "not-media: image/svg+xml"),
                ("picture", None, "too-large", "truncated: length"),
                ("picture", "gif", "ok", None),
            ],
        ),
    ],
    ids=["album", "video", "too-big", "x", "article"],
)
def test_each_thing_shown_ends_as_it_is(
    run: Run, crawl: Crawl, cited: str, expected: list[tuple[Any, ...]]
) -> None:
    assert shown(crawl, cited) == expected


def test_a_picture_is_asked_for_once_however_many_show_it(run: Run, crawl: Crawl) -> None:
    asked = [seen.url for seen in crawl.replica.requests if seen.url == f"{FILES}/one.jpg"]
    assert len(asked) == 1


def test_what_is_shown_is_a_capture_of_its_own(run: Run, crawl: Crawl) -> None:
    record = crawl.exchanges(f"{FILES}/one.jpg")[-1]
    assert record.payload == pictures.encoded(pictures.scene("one"), "JPEG", quality=85)
    assert record.context is not None
    assert record.context.kind == "media"
    assert record.context.subject in {CITED[0], CITED[2]}, "who asked for it first"


@pytest.fixture
def apart(run: Run, crawl: Crawl, tmp_path: Path) -> Crawl:
    """A copy that a test may change."""
    return copied(crawl, tmp_path)


def copied(crawl: Crawl, folder: Path) -> Crawl:
    made = replace(crawl, data=Path(shutil.copytree(crawl.data, folder / "data")))
    made.move_to(AT + timedelta(minutes=10))
    return made


@pytest.fixture(scope="module")
def again(run: Run, crawl: Crawl, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """A copy for which a person asked for all that a post shows."""
    made = copied(crawl, tmp_path_factory.mktemp("again"))
    said = command(made, "recrawl", "--media", CITED[1], "--reason", "the clip")
    assert said.returncode == 0, said.stderr
    return made


def test_what_was_left_out_is_taken_on_demand(again: Crawl) -> None:
    assert [row[:3] for row in shown(again, CITED[1])][1] == ("video", "mp4", "ok")


@pytest.mark.parametrize(
    ("name", "answers"), [("cut", ["200", "206"]), ("changed", ["200", "206", "200"])]
)
def test_of_a_cut_download_the_rest_is_asked_for_and_all_of_it_where_that_does_not_fit(
    again: Crawl, name: str, answers: list[str]
) -> None:
    url = f"{FILES}/{name}.jpg"
    records = again.exchanges(url)
    assert [r.http_start_line.split()[1] for r in records if r.http_start_line] == answers
    [(form, outcome, hops)] = again.rows(
        "SELECT form, outcome, (SELECT count(*) FROM hops WHERE capture_id = file_capture_id "
        f"AND led_by = 'range') FROM media WHERE url = '{url}'"
    )
    assert (form, outcome, hops) == ("jpeg", "ok", 1)


def test_what_was_put_together_is_a_record_that_names_its_parts(again: Crawl) -> None:
    *parts, whole = again.exchanges(f"{FILES}/cut.jpg")
    assert (whole.type, whole.http_status) == ("resource", None)
    assert whole.payload == pictures.encoded(pictures.scene("cut.jpg"), "JPEG", quality=85)
    assert whole.context is not None
    assert whole.context.joined == " ".join(part.record_id for part in parts)
    assert b"".join(part.payload for part in parts) == whole.payload
    assert [part.truncated for part in parts] == ["disconnect", None]


def test_a_check_of_a_post_asks_again_what_it_shows_and_for_no_file(apart: Crawl) -> None:
    crawl = apart
    before = len(crawl.replica.requests)
    crawl.run("checks", urls=(TWEET,))
    asked = [seen.url for seen in crawl.replica.requests[before:]]
    assert [one.partition("?")[0] for one in asked if not one.endswith("/robots.txt")] == [
        "https://publish.twitter.com/oembed",
        "https://cdn.syndication.twimg.com/tweet-result",
    ]


KEPT = {
    "media": "id", "media_files": "capture_id", "media_sights": "capture_id", "captures": "id",
    "hops": "capture_id, position",
}  # fmt: skip


def test_the_tables_come_back_from_the_warcs(again: Crawl, tmp_path: Path) -> None:
    crawl = copied(again, tmp_path)
    before = {one: crawl.rows(f"SELECT * FROM {one} ORDER BY {by}") for one, by in KEPT.items()}
    assert command(crawl, "rebuild").returncode == 0
    for one, by in KEPT.items():
        assert crawl.rows(f"SELECT * FROM {one} ORDER BY {by}") == before[one], one
