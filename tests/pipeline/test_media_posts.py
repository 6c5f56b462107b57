"""What posts of platforms show, read from the pages and answers that a visitor gets."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archive.model.media import ShownMedia
from archive.urls.normal import identify
from pipeline.read.page_text import page_text
from pipeline.read.platforms.registry import json_media
from tests.factories import at

FILES = "https://cdn4.telesco.pe/file"


def shown(body: str | dict[str, Any], url: str) -> tuple[ShownMedia, ...]:
    if isinstance(body, dict):
        return page_text(json.dumps(body).encode(), url, "application/json", at(0)).media
    return page_text(body.encode(), url, "text/html; charset=utf-8", at(0)).media


def facts(found: tuple[ShownMedia, ...], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(one, name) for name in names) for one in found]


def telegram(*inside: str) -> tuple[ShownMedia, ...]:
    words = '<div class="tgme_widget_message_text js-message_text">Words.</div>'
    page = f'<div class="tgme_widget_message" data-post="Ilma/7">{"".join(inside)}{words}</div>'
    other = f'<div class="tgme_widget_message" data-post="Ilma/8">{photo("other")}</div>'
    return shown(f"<html><body>{other}{page}</body></html>", "https://t.me/ilma/7")


def photo(name: str, classes: str = "", style: str = "width:800px;") -> str:
    return (
        f'<a class="tgme_widget_message_photo_wrap {classes}" href="https://t.me/ilma/7" '
        f"style=\"{style}background-image:url('{FILES}/{name}.jpg')\">"
        '<div class="tgme_widget_message_photo" style="padding-top:75%"></div></a>'
    )


def test_an_album_gives_each_of_its_photos_in_order() -> None:
    found = telegram('<div class="tgme_widget_message_grouped_wrap">', photo("a"), photo("b"))
    assert facts(found, "kind", "url", "width", "height") == [
        ("picture", f"{FILES}/a.jpg", 800, 600),
        ("picture", f"{FILES}/b.jpg", 800, 600),
    ]


def test_tiles_of_an_album_tell_no_size() -> None:
    [one] = telegram(photo("a", "grouped_media_wrap blured", "left:0px;width:453px;height:304px;"))
    assert (one.width, one.height) == (None, None)


def test_a_photo_behind_a_spoiler_is_shown_all_the_same() -> None:
    [one] = telegram(photo("a", "media_spoiler blured"), '<div class="spoiler_cover"></div>')
    assert one.url == f"{FILES}/a.jpg"


def test_a_photo_is_named_by_its_number_where_the_page_tells_it() -> None:
    found = telegram(photo("a", "5258068031315844089 1224239364_460004345"), photo("b"))
    assert [one.name for one in found] == ["photo 5258068031315844089", "picture 2"]


def test_what_a_quoted_post_or_a_link_shows_is_not_the_posts() -> None:
    reply = f'<a class="tgme_widget_message_reply"><div>{photo("theirs")}</div></a>'
    preview = (
        '<a class="tgme_widget_message_link_preview"><i class="link_preview_image" '
        f"style=\"background-image:url('{FILES}/card.jpg')\"></i></a>"
    )
    assert telegram(reply.replace("<a class", "<div class", 1), preview) == ()


def video(inside: str = "", label: str = "") -> str:
    told = f'<div class="message_media_not_supported_label">{label}</div>' if label else ""
    return (
        '<a class="tgme_widget_message_video_player"><i class="tgme_widget_message_video_thumb" '
        f"style=\"background-image:url('{FILES}/still.jpg')\"></i>"
        '<div class="tgme_widget_message_video_wrap" style="width:1920px;padding-top:56.25%">'
        f"{inside}</div>"
        f'<time class="message_video_duration">1:02:05</time>{told}</a>'
    )


def test_a_video_gives_its_still_and_its_file() -> None:
    found = telegram(video(f'<video src="{FILES}/clip.mp4?token=x"></video>'))
    assert facts(found, "kind", "url", "duration_s", "missing") == [
        ("poster", f"{FILES}/still.jpg", None, None),
        ("video", f"{FILES}/clip.mp4?token=x", 3725.0, None),
    ]


def test_a_video_that_is_too_big_is_said_to_be() -> None:
    _, clip = telegram(video(label="Media is too big"))
    assert (clip.kind, clip.url, clip.missing) == ("video", None, "too-big")
    assert (clip.width, clip.height) == (1920, 1080)


def test_voice_and_documents_are_named_with_what_is_told_of_them() -> None:
    voice = (
        f'<div><audio class="tgme_widget_message_voice" src="{FILES}/v.ogg"></audio>'
        '<time class="tgme_widget_message_voice_duration">0:42</time></div>'
    )
    document = (
        '<a class="tgme_widget_message_document_wrap" href="https://t.me/ilma/7">'
        '<div class="tgme_widget_message_document_title">orders.pdf</div>'
        '<div class="tgme_widget_message_document_extra">3.5 MB</div></a>'
    )
    found = telegram(voice, document)
    assert facts(found, "kind", "url", "duration_s", "alt", "size", "missing") == [
        ("audio", f"{FILES}/v.ogg", 42.0, None, None, None),
        ("document", None, None, "orders.pdf", 3_670_016, "in-the-app-only"),
    ]


def test_a_channels_preview_shows_nothing_of_its_own() -> None:
    page = f'<div class="tgme_widget_message" data-post="ilma/7">{photo("a")}</div>'
    assert shown(page, "https://t.me/s/ilma") == ()


TWEET = "https://x.com/ilma_osint/status/2031000000000000001"


def test_oembed_of_x_leads_to_the_answer_behind_its_embeds() -> None:
    said = {"type": "rich", "provider_name": "Twitter", "html": "<p>Words.</p>"}
    [listing] = shown(said, TWEET)
    assert listing.kind == "listing"
    assert listing.url is not None
    assert listing.url.startswith("https://cdn.syndication.twimg.com/tweet-result?id=20310000000")


def test_a_post_on_x_gives_whole_pictures_and_one_file_of_a_video() -> None:
    answer = {
        "mediaDetails": [
            {
                "type": "photo",
                "media_url_https": "https://pbs.twimg.com/media/A.jpg",
                "original_info": {"width": 2048, "height": 1365},
                "ext_alt_text": "A bridge",
            },
            {
                "type": "video",
                "media_url_https": "https://pbs.twimg.com/still.jpg",
                "original_info": {"width": 1280, "height": 720},
                "video_info": {
                    "duration_millis": 12_500,
                    "variants": [
                        {"content_type": "application/x-mpegURL", "url": "https://v.x/a.m3u8"},
                        {"content_type": "video/mp4", "bitrate": 832_000, "url": "https://v.x/s"},
                        {"content_type": "video/mp4", "bitrate": 2_176_000, "url": "https://v.x/m"},
                        {"content_type": "video/mp4", "bitrate": 9_368_000, "url": "https://v.x/l"},
                    ],
                },
            },
        ],
        "photos": [{"url": "https://pbs.twimg.com/media/A.jpg", "width": 2048, "height": 1365}],
    }
    found = json_media(answer, identify(TWEET))
    assert facts(found, "kind", "url", "width", "duration_s", "alt") == [
        ("picture", "https://pbs.twimg.com/media/A.jpg?name=orig", 2048, None, "A bridge"),
        ("poster", "https://pbs.twimg.com/still.jpg", 1280, None, None),
        ("video", "https://v.x/m", 1280, 12.5, None),
    ]


def test_a_video_on_x_of_which_no_file_is_named_is_one_all_the_same() -> None:
    pieces = {"content_type": "application/x-mpegURL", "url": "https://v.x/a.m3u8"}
    still = {"media_url_https": "https://pbs.twimg.com/still.jpg", "type": "video"}
    answer = {"mediaDetails": [{**still, "video_info": {"variants": [pieces]}}]}
    found = json_media(answer, identify(TWEET))
    assert facts(found, "kind", "url", "missing") == [
        ("poster", "https://pbs.twimg.com/still.jpg", None), ("video", None, "stream-only"),
    ]  # fmt: skip
    whole = {"variants": [{"type": "video/mp4", "src": "https://v.x/m"}]}
    found = json_media({**answer, "video": whole}, identify(TWEET))
    assert facts(found, "kind", "url")[1:] == [("video", "https://v.x/m")]


@pytest.mark.parametrize("answer", [{}, {"__typename": "TweetTombstone"}, {"mediaDetails": "no"}])
def test_an_answer_without_media_names_none(answer: dict[str, Any]) -> None:
    assert json_media(answer, identify(TWEET)) == ()


def test_a_vk_post_gives_photos_by_their_numbers_and_stills_of_videos() -> None:
    page = (
        '<a class="pi_author" href="/club1">Ильма</a><div class="wi_body">'
        '<div class="pi_text">Паром снова ходит.</div><div class="pi_medias">'
        '<a href="/photo-204001_457?list=w"><div style="background-image: '
        "url('https://sun9-1.userapi.com/s/v1/a.jpg?size=800x600&sign=x')\"></div></a>"
        '<a href="/video-204001_99"><img src="https://i.mycdn.me/still.jpg" alt="Паром">'
        '<div class="thumb_duration">2:05</div></a></div></div>'
        '<a href="/photo1_1"><img src="https://sun9-1.userapi.com/face.jpg"></a>'
    )
    found = shown(page, "https://vk.com/wall-204001_5512")
    assert facts(found, "kind", "name", "duration_s", "missing") == [
        ("picture", "photo -204001_457", None, None),
        ("poster", "still -204001_99", None, None),
        ("video", "video -204001_99", 125.0, "in-the-player-only"),
    ]


META = '<meta property="og:title" content="{}"><meta property="og:description" content="{}">'
PICTURE = (
    '<meta property="og:image" content="https://scontent.xx.fbcdn.net/v/p.jpg?oe=65F0&amp;oh=1">'
    '<meta property="og:image:width" content="1080"><meta property="og:image:alt" content="A pier">'
)


@pytest.mark.parametrize(
    ("url", "title", "said"),
    [
        ("https://www.facebook.com/ilma/posts/123456789", "Ilma Watch", "The ferry goes again."),
        ("https://www.instagram.com/p/CabcdefGhij/", 'Ilma on Instagram: "Ferry"', "Ferry"),
        ("https://www.threads.com/@ilma/post/DVxk_cTgTQF", "Ilma (@ilma) on Threads", "Ferry"),
    ],
)
def test_a_page_that_declares_its_picture_gives_it_by_its_place(
    url: str, title: str, said: str
) -> None:
    page = f"<html><head>{META.format(title.replace(chr(34), '&quot;'), said)}{PICTURE}</head>"
    [one] = shown(page, url)
    assert (one.kind, one.name, one.width, one.alt) == ("picture", "picture 1", 1080, "A pier")


@pytest.mark.parametrize(
    ("url", "provider"),
    [
        ("https://www.youtube.com/watch?v=aRiver00001", "YouTube"),
        ("https://vimeo.com/700100200", "Vimeo"),
        ("https://rumble.com/v1ilma1-the-ilma.html", "Rumble"),
        ("https://www.tiktok.com/@ilma/video/7310000000000000001", "TikTok"),
    ],
)
def test_a_video_known_by_oembed_gives_its_still(url: str, provider: str) -> None:
    said = {
        "type": "video", "provider_name": provider, "title": "The Ilma in flood",
        "thumbnail_url": "https://i.example/still.jpg", "thumbnail_width": 480,
        "thumbnail_height": 360,
    }  # fmt: skip
    still, *_ = shown(said, url)
    assert (still.kind, still.url, still.width, still.height) == (
        "poster", "https://i.example/still.jpg", 480, 360,
    )  # fmt: skip


def test_a_video_on_ok_gives_its_still_and_no_players_page() -> None:
    page = (
        '<meta property="og:title" content="The weir | OK.RU">'
        '<meta property="og:description" content="In spring">'
        '<meta property="og:video" content="https://ok.ru/videoembed/700">'
        '<meta property="og:image" content="https://i.okcdn.ru/still.jpg?sig=1">'
    )
    found = shown(f"<html><head>{page}</head><body></body></html>", "https://ok.ru/video/700")
    assert facts(found, "kind", "name") == [("poster", "picture 1")]


def test_a_post_on_bluesky_gives_pictures_with_their_words() -> None:
    post = {
        "author": {"handle": "ilma.example"},
        "record": {"text": "The ferry", "createdAt": "2026-03-01T00:00:00Z"},
        "embed": {
            "media": {
                "images": [
                    {
                        "fullsize": "https://cdn.bsky.app/img/a@jpeg",
                        "alt": "A ferry",
                        "aspectRatio": {"width": 1200, "height": 800},
                    }
                ]
            }
        },
    }
    found = shown({"thread": {"post": post}}, "https://bsky.app/profile/ilma.example/post/3lr")
    assert facts(found, "url", "alt", "width") == [
        ("https://cdn.bsky.app/img/a@jpeg", "A ferry", 1200)
    ]
