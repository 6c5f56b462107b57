"""Posts as the platforms' public views show them, and which view is asked for."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.model.vocabulary import Outcome
from archive.urls.normal import identify
from pipeline.read.page_text import page_text
from pipeline.read.platforms.views import fetch_url, second_view

POSTS = Path(__file__).parents[1] / "fixtures" / "platforms"
AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


def read(body, url, content_type="text/html; charset=utf-8"):
    raw = body if isinstance(body, bytes) else body.encode()
    return page_text(raw, url, content_type, AT)


def oembed(url, **fields):
    return read(json.dumps({"type": "rich", **fields}), url, "application/json")


# --- Telegram -------------------------------------------------------------------------------------


def test_a_telegram_post_gives_its_own_words_only():
    found = read((POSTS / "telegram" / "widget.html").read_bytes(), "https://t.me/riverwatch/4210")
    assert found.text == (
        "Пором знову ходить ⛴\n\nЩодо розкладу: перший рейс о 6:40, останній о 21:15.\nПодробиці "
        "на сайті."
    )
    assert found.author == "Річкова варта"
    assert found.site_name == "Telegram"
    assert found.published == "2026-03-12"
    assert found.language == "uk"
    assert found.flags == ()


def test_a_telegram_post_says_more_than_its_words():
    found = read((POSTS / "telegram" / "widget.html").read_bytes(), "https://t.me/RiverWatch/4210")
    assert dict(found.facts) == {
        "posted_at": "2026-03-12T21:05:00Z",
        "views": "12.3K",
        "forwarded_from": "Новини порому",
        "forwarded_url": "https://t.me/ferry_news/17",
        "reply_to": "https://t.me/RiverWatch/4100",
        "reply_text": "Старе повідомлення, на яке відповіли",
        "media": "https://cdn4.telesco.pe/file/picture.jpg",
        "links": "https://river.example.com/timetable",
    }


def test_one_post_is_found_in_a_preview():
    body = (POSTS / "telegram" / "preview.html").read_bytes()
    found = read(body, "https://t.me/s/rud_negar/70")
    assert (found.text, found.language) == ("پل قدیمی شهر دوباره باز شد.", "fa")
    assert found.published == "2026-03-10"


def test_a_post_may_be_nothing_but_a_picture():
    found = read((POSTS / "telegram" / "preview.html").read_bytes(), "https://t.me/rud_negar/72")
    assert (found.text, found.flags, found.published) == ("", ("media-only",), "2026-03-11")


def test_a_post_that_its_preview_does_not_have_has_no_text():
    found = read((POSTS / "telegram" / "preview.html").read_bytes(), "https://t.me/rud_negar/71")
    assert (found.text, found.flags) == ("", ("no-post", "thin"))


def test_a_picture_of_an_album_is_found_by_its_own_number():
    page = (
        '<div class="tgme_widget_message" data-post="river/40"><div '
        'class="tgme_widget_message_grouped_wrap"><a class="tgme_widget_message_photo_wrap '
        'grouped_media_wrap" href="https://t.me/river/40?single" '
        "style=\"background-image:url('https://cdn4.telesco.pe/file/a.jpg')\"></a>"
        '<a class="tgme_widget_message_photo_wrap grouped_media_wrap" '
        'href="https://t.me/river/41?single" '
        "style=\"background-image:url('https://cdn4.telesco.pe/file/b.jpg')\"></a></div>"
        '<div class="tgme_widget_message_text js-message_text">Two views of the lock.</div></div>'
    )
    found = read(page, "https://t.me/river/41")
    assert found.text == "Two views of the lock."
    assert dict(found.facts)["media"].split() == [
        "https://cdn4.telesco.pe/file/a.jpg",
        "https://cdn4.telesco.pe/file/b.jpg",
    ]


CARD = (
    '<html><head><title>Telegram: View @river</title><meta property="og:title" content="River '
    'Watch"><meta property="og:description" content="The ferry goes again."></head><body><div '
    'class="tgme_page">{}</div></body></html>'
)


def test_the_card_of_a_post_has_its_text():
    page = CARD.format(
        '<script data-telegram-post="river/42" src="/js/telegram-widget.js"></script>'
    )
    found = read(page, "https://t.me/river/42")
    assert (found.text, found.author) == ("The ferry goes again.", "River Watch")
    assert found.flags == ("card",)


def test_the_card_of_a_channel_is_no_post():
    found = read(CARD.format("12 400 subscribers"), "https://t.me/river/42")
    assert (found.text, found.flags) == ("", ("other-page", "thin"))


def test_a_channel_is_all_posts_of_its_preview():
    found = read((POSTS / "telegram" / "preview.html").read_bytes(), "https://t.me/rud_negar")
    assert found.title == "رودنگار"
    assert "پل قدیمی" in found.text
    assert dict(found.facts) == {"newest_post_at": "2026-03-11T08:00:00Z"}


# --- X --------------------------------------------------------------------------------------------

POST = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">The ferry goes again.<br>First '
    'crossing at 6:40 <a href="https://t.co/a">https://t.co/a</a> <a '
    'href="https://t.co/b">pic.twitter.com/b</a></p>&mdash; Ana Brook (@ana) <a '
    'href="https://twitter.com/ana/status/2031000000000000000">March 9, 2026</a></blockquote>'
)


def test_a_post_on_x_is_read_from_oembed():
    found = oembed(
        "https://x.com/ana/status/2031000000000000000",
        provider_name="Twitter",
        author_name="Ana Brook",
        author_url="https://twitter.com/ana",
        html=POST,
    )
    assert found.text == "The ferry goes again.\nFirst crossing at 6:40 https://t.co/a"
    assert (found.author, found.site_name, found.published) == ("Ana Brook", "X", "2026-03-09")
    assert found.language == "en"
    assert dict(found.facts)["posted_at"].startswith("2026-03-09T")


def test_the_id_of_a_post_tells_its_day_where_nothing_else_does():
    url = "https://x.com/ana/status/1281836879789404160"
    assert oembed(url, provider_name="X", html="<p>Hello there</p>").published == "2020-07-11"


@pytest.mark.parametrize("number", ["12", "9999999999999999999", "99999999999999999999999"])
def test_an_id_that_tells_no_time_gives_none(number):
    found = oembed(
        f"https://x.com/ana/status/{number}", provider_name="X", html="<p>Hello there</p>"
    )
    assert found.published is None


@pytest.mark.parametrize("html", ["", "<p>", "<p><", None, "<blockquote></blockquote>"])
def test_an_oembed_answer_without_a_post_is_thin(html):
    found = oembed("https://x.com/ana/status/12", provider_name="Twitter", html=html)
    assert (found.text, found.flags) == ("", ("thin",))


# --- videos ---------------------------------------------------------------------------------------


def test_a_video_has_title_and_channel():
    found = oembed(
        "https://youtu.be/abcdefghijk",
        provider_name="YouTube",
        title="How the canal was dug",
        author_name="River TV",
    )
    assert (found.title, found.author, found.site_name) == (
        "How the canal was dug",
        "River TV",
        "YouTube",
    )
    assert found.text == "How the canal was dug"


def test_a_watch_page_has_description_and_day():
    settings = json.dumps(
        {
            "videoDetails": {
                "title": "The canal",
                "author": "River TV",
                "shortDescription": "Dug by hand.\n\nIn 1890.",
            }
        }
    )
    page = (
        '<html><head><meta itemprop="datePublished" content="2026-02-03"><title>The canal - '
        "YouTube</title></head>"
        f"<body><script>var player = {settings};</script></body></html>"
    )
    found = read(page, "https://www.youtube.com/watch?v=abcdefghijk")
    assert found.text == "The canal\n\nDug by hand.\n\nIn 1890."
    assert (found.title, found.author, found.published) == ("The canal", "River TV", "2026-02-03")


def test_a_film_on_vimeo_has_a_day():
    found = oembed(
        "https://vimeo.com/12",
        provider_name="Vimeo",
        title="A walk",
        author_name="Harbour Films",
        description="Along the river.",
        upload_date="2026-01-02 10:00:00",
    )
    assert (found.title, found.author, found.published) == ("A walk", "Harbour Films", "2026-01-02")
    assert found.text == "A walk\n\nAlong the river."


def test_a_post_on_vk_in_its_own_encoding():
    page = (
        '<html><head><meta http-equiv="content-type" content="text/html; '
        'charset=windows-1251"><title>Дозор</title></head><body><a class="pi_author">Речной '
        'дозор</a><a class="wi_date">12 мар 2026 в 9:15</a><div class="pi_text">Паром снова '
        "ходит.<br>"
        "Первый рейс в 6:40.</div></body></html>"
    )
    found = read(
        page.encode("cp1251"), "https://vk.com/wall-12_34", "text/html; charset=windows-1251"
    )
    assert found.text == "Паром снова ходит.\nПервый рейс в 6:40."
    assert (found.author, found.published, found.language) == ("Речной дозор", "2026-03-12", "ru")


def test_a_video_on_rumble():
    found = oembed(
        "https://rumble.com/v1abcde-the-lock.html",
        provider_name="Rumble.com",
        title="The lock",
        author_name="Quay Films",
        thumbnail_url="https://sp.rmbl.ws/a.jpg",
    )
    assert (found.title, found.author, found.site_name) == ("The lock", "Quay Films", "Rumble.com")
    assert dict(found.facts) == {"media": "https://sp.rmbl.ws/a.jpg"}


def test_a_clip_on_tiktok():
    found = oembed(
        "https://www.tiktok.com/@quay/video/7001",
        provider_name="TikTok",
        title="The crane at night #quay",
        author_name="Quay",
    )
    assert (found.text, found.author) == ("The crane at night #quay", "Quay")


# --- OK -------------------------------------------------------------------------------------------


def test_a_video_on_ok_is_what_its_page_declares():
    found = read((POSTS / "ok" / "video.html").read_bytes(), "https://ok.ru/video/330100")
    assert (
        found.text == "Переправа у верхнего причала\n\nПервый рейс после ремонта.\nСнято с берега."
    )
    assert (found.title, found.author) == ("Переправа у верхнего причала", "Речной дозор")
    assert (found.published, found.language) == ("2026-03-09", "ru")
    assert dict(found.facts) == {"views": "1520"}


def test_a_topic_on_ok_is_its_own_text():
    page = (
        '<html><head><meta property="og:title" content="Речной дозор | OK.RU"><meta '
        'property="og:description" content="Паром…"></head><body><a class="group-link">Речной '
        'дозор</a><div class="media-text_cnt_tx">Паром снова ходит.<br>Первый рейс '
        "в 6:40.</div></body></html>"
    )
    found = read(page, "https://ok.ru/group/12/topic/34")
    assert found.text == "Паром снова ходит.\nПервый рейс в 6:40."
    assert (found.title, found.author) == ("Речной дозор", "Речной дозор")


# --- Facebook and Instagram -----------------------------------------------------------------------


def test_a_public_post_on_facebook_is_what_its_page_declares():
    url = "https://www.facebook.com/RiverGuard/posts/pfbid02abc"
    found = read((POSTS / "facebook" / "post.html").read_bytes(), url)
    assert found.text == "Пором знову ходить.\nПерший рейс о 6:40, останній о 21:15."
    assert (found.author, found.site_name) == ("Річкова варта", "Facebook")
    assert (found.published, found.language) == ("2026-03-12", "uk")
    assert dict(found.facts) == {"posted_at": "2026-03-12T06:40:00Z"}
    assert found.flags == ("declared-only",)


def test_a_time_after_the_capture_is_no_time():
    page = (
        '<html><head><meta property="og:title" content="River Guard"><meta '
        'property="og:description" content="Soon."></head><body><abbr '
        'data-utime="1900000000"></abbr></body></html>'
    )
    found = read(page, "https://www.facebook.com/RiverGuard/posts/12")
    assert (found.text, found.author, found.published, found.facts) == (
        "Soon.",
        "River Guard",
        None,
        (),
    )


@pytest.mark.parametrize(
    "url", ["https://www.facebook.com/RiverGuard", "https://www.facebook.com/login/?next=x"]
)
def test_what_is_no_post_on_facebook_is_a_page_as_any(url):
    assert "declared-only" not in read((POSTS / "facebook" / "post.html").read_bytes(), url).flags


def test_a_public_post_on_instagram_is_what_its_page_declares():
    url = "https://www.instagram.com/reel/Cq1River/"
    found = read((POSTS / "instagram" / "post.html").read_bytes(), url)
    assert found.text == "The ferry goes again.\nFirst crossing at 6:40."
    assert (found.author, found.site_name) == ("Ilma Watch", "Instagram")
    assert (found.published, found.language) == ("2026-03-09", "en")
    assert dict(found.facts) == {"media": "https://scontent.cdninstagram.com/v/a.jpg"}


def test_a_picture_without_words_on_instagram():
    page = (
        '<html><head><meta property="og:description" content="12 likes, 3 comments - ilma_watch '
        'on March 9, 2026">'
        "</head><body></body></html>"
    )
    found = read(page, "https://www.instagram.com/p/Cq1River/")
    assert (found.text, found.author, found.published) == ("", "ilma_watch", "2026-03-09")
    assert found.flags == ("declared-only", "media-only")


def test_a_video_on_vk_is_what_its_page_declares():
    page = (
        '<html><head><meta property="og:title" content="Переправа"><meta '
        'property="og:description" content="Паром снова ходит."></head><body><div '
        'id="app"></div></body></html>'
    )
    found = read(page, "https://vk.com/video-12_34")
    assert (found.text, found.title, found.flags) == (
        "Паром снова ходит.",
        "Переправа",
        ("declared-only",),
    )
    assert "declared-only" not in read(page, "https://vk.com/rivers").flags


def test_json_of_no_platform_is_json():
    found = oembed("https://example.com/a", provider_name="Nobody", title="Ferry")
    assert "title: Ferry" in found.text


# --- what is asked for ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "fetched"),
    [
        ("https://t.me/s/RiverWatch/4210", "https://t.me/riverwatch/4210?embed=1&mode=tme"),
        ("https://t.me/RiverWatch", "https://t.me/s/riverwatch"),
        ("https://t.me/+Invite", "https://t.me/+Invite"),
        ("https://t.me/c/123/45", "https://t.me/c/123/45"),
        ("https://twitter.com/Ana/status/12?s=20",
            "https://publish.twitter.com/oembed?url=https%3A%2F%2Fx.com%2Fana%2Fstatus%2F12&omit_script=1"),
        ("https://x.com/ana", "https://x.com/ana"),
        ("https://youtu.be/abcdefghijk",
            "https://www.youtube.com/oembed?url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabcdefghijk&format=json"),
        ("https://www.youtube.com/@river", "https://www.youtube.com/@river"),
        ("https://player.vimeo.com/video/12",
            "https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F12"),
        ("https://www.tiktok.com/@a/video/12",
            "https://www.tiktok.com/oembed?url=https%3A%2F%2Fwww.tiktok.com%2F%40a%2Fvideo%2F12"),
        ("https://rumble.com/v1abcde-the-lock.html?e9s=src",
            "https://rumble.com/api/Media/oembed.json?url=https%3A%2F%2Frumble.com%2Fv1abcde-the-lock.html%3Fe9s%3Dsrc"),
        ("https://rumble.com/c/QuayFilms", "https://rumble.com/c/QuayFilms"),
        ("https://ok.ru/video/330100", "https://ok.ru/video/330100"),
        ("https://www.facebook.com/RiverGuard/posts/12",
            "https://www.facebook.com/RiverGuard/posts/12"),
        ("http://www.example.com/a/?utm_source=b", "http://www.example.com/a/?utm_source=b"),
        ("https://isw.pub/UkrWar071125", "https://isw.pub/UkrWar071125"),
    ],
)  # fmt: skip
def test_platforms_are_asked_where_they_answer_without_a_login(url, fetched):
    assert fetch_url(identify(url)) == fetched


@pytest.mark.parametrize(
    ("cited", "outcome", "second"),
    [
        ("https://t.me/RiverWatch/4210", Outcome.THIN, "https://t.me/s/riverwatch/4210"),
        ("https://youtu.be/abcdefghijk", Outcome.FORBIDDEN,
            "https://www.youtube.com/watch?v=abcdefghijk"),
    ],
)  # fmt: skip
def test_a_post_that_was_not_shown_has_a_second_view_and_no_third(cited, outcome, second):
    assert second_view(cited, fetch_url(identify(cited)), outcome) == second
    assert second_view(cited, second, outcome) is None


@pytest.mark.parametrize(
    ("url", "outcome"),
    [
        ("https://t.me/RiverWatch/4210", Outcome.REMOVED),
        ("https://t.me/RiverWatch/4210", Outcome.OK),
        ("https://t.me/RiverWatch/4210", Outcome.TIMEOUT),
        ("https://t.me/RiverWatch", Outcome.THIN),
        ("https://t.me/c/123/45", Outcome.THIN),
        ("https://youtu.be/abcdefghijk", Outcome.REMOVED),
        ("https://x.com/ana/status/12", Outcome.FORBIDDEN),
        ("https://www.example.com/a", Outcome.THIN),
        ("no address", Outcome.THIN),
    ],
)
def test_others_have_one_view(url, outcome):
    asked = url if url == "no address" else fetch_url(identify(url))
    assert second_view(url, asked, outcome) is None
