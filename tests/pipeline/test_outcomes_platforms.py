"""Outcomes of posts and videos: what a platform's own words and answers prove."""

from pathlib import Path

import pytest

from archive.model.vocabulary import Outcome
from tests.judged_pages import document, verdict

POSTS = Path(__file__).parents[1] / "fixtures" / "platforms"


def widget(inner):
    return (
        "<html><head><title>Telegram Widget</title></head><body "
        f'class="body_widget_post">{inner}</body></html>'
    )


EMBED = "https://t.me/river/12?embed=1&mode=tme"


@pytest.mark.parametrize("words", ["Post not found", "Channel with username @river not found"])
def test_telegram_says_that_a_post_is_gone(words):
    page = widget(
        '<div class="tgme_widget_message"><div '
        f'class="tgme_widget_message_error">{words}</div></div>'
    )
    found = verdict(page, url=EMBED, subject="https://t.me/river/12")
    assert (found.outcome, found.evidence["rule"]) == (Outcome.REMOVED, "telegram-removed")


def test_telegram_shows_some_posts_only_in_its_app():
    page = widget(
        '<div class="tgme_widget_message_error">Please open Telegram to view this post</div>'
    )
    assert verdict(page, url=EMBED, subject="https://t.me/river/12").outcome is Outcome.LOGIN_WALL


def preview(*numbers):
    """A channel's preview with these posts."""
    return widget(
        "".join(
            f'<div class="tgme_widget_message" data-post="river/{n}"><div '
            f'class="js-message_text">Post {n}.</div></div>'
            for n in numbers
        )
    )


def test_a_preview_of_the_posts_around_it_means_that_it_is_gone():
    url = "https://t.me/s/river/12"
    assert verdict(preview(11, 13), url=url).outcome is Outcome.REMOVED
    assert verdict(preview(11, 12, 13), url=url).outcome is Outcome.OK


@pytest.mark.parametrize("numbers", [(3, 4), (20, 21)])
def test_a_preview_of_posts_elsewhere_proves_nothing(numbers):
    assert verdict(preview(*numbers), url="https://t.me/s/river/12").outcome is Outcome.THIN


FACEBOOK = "https://www.facebook.com/RiverGuard/posts/pfbid02abc"
INSTAGRAM = "https://www.instagram.com/p/Cq1River/"
LOGIN_FORM = (
    '<form id="login_form" action="/login/device-based/regular/login/"><input name="email"></form>'
)


@pytest.mark.parametrize(
    ("url", "page", "rule"),
    [
        (FACEBOOK, document("Facebook", LOGIN_FORM), "facebook-login"),
        (FACEBOOK, document("Log into Facebook", '<a href="/login/?next=%2FRiverGuard">Log in</a>'),
            "facebook-login"),
        (INSTAGRAM, document("Instagram", '<a href="/accounts/login/?next=/p/x/">Log in</a>'),
            "instagram-login"),
        (INSTAGRAM, document("Login • Instagram", '<form id="loginForm"></form>'),
            "instagram-login"),
    ],
)  # fmt: skip
def test_a_login_in_the_place_of_a_post(url, page, rule):
    found = verdict(page, url=url)
    assert (found.outcome, found.evidence["rule"]) == (Outcome.LOGIN_WALL, rule)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (FACEBOOK,
            ("This content isn't available right now. When this happens, it's usually because the "
            "owner only shared it with a small group of people, changed who can see it or it's "
            "been deleted.")),
        (INSTAGRAM,
            ("Sorry, this page isn't available. The link you followed may be broken, or the page "
            "may have been removed.")),
        ("https://vk.com/wall-12_34",
            "Ошибка. Страница доступна только авторизованным пользователям."),
        ("https://ok.ru/group/12/topic/34", "Это закрытая группа. Войдите, чтобы читать."),
    ],
)  # fmt: skip
def test_what_is_deleted_or_private_nobody_can_tell_is_not_called_gone(url, words):
    found = verdict(document("Page", f"<p>{words}</p>"), url=url)
    assert found.outcome is Outcome.FORBIDDEN
    assert str(found.evidence["rule"]).endswith("-closed")


@pytest.mark.parametrize("name", ["facebook", "instagram"])
def test_a_login_beside_a_public_post_is_no_wall(name):
    page = (POSTS / name / "post.html").read_bytes()
    assert verdict(page, url=FACEBOOK if name == "facebook" else INSTAGRAM).outcome is Outcome.OK


def ok_stub(words):
    return document(
        "OK", f'<div class="vp_video_stub"><div class="vp_video_stub_txt">{words}</div></div>'
    )


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Видео удалено", Outcome.REMOVED),
        ("Автор этого видео не найден или заблокирован", Outcome.REMOVED),
        ("Доступ к видео ограничен автором", Outcome.FORBIDDEN),
        ("Видео заблокировано", Outcome.FORBIDDEN),
    ],
)
def test_ok_says_why_it_shows_no_video(words, outcome):
    assert verdict(ok_stub(words), url="https://ok.ru/video/330100").outcome is outcome


def test_a_video_about_a_deleted_video_is_there():
    page = (
        (POSTS / "ok" / "video.html")
        .read_text()
        .replace("Снято с берега.", "Первое видео удалено.")
    )
    assert verdict(page, url="https://ok.ru/video/330100").outcome is Outcome.OK


WATCH = "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ('{"status":"LOGIN_REQUIRED","reason":"Private video"}', Outcome.FORBIDDEN),
        ('{"status":"UNPLAYABLE","reason":"Join this channel to watch"}', Outcome.FORBIDDEN),
        ('{"status":"ERROR","reason":"Video unavailable"}', Outcome.REMOVED),
    ],
)
def test_a_watch_page_says_why_it_shows_no_video(status, outcome):
    page = (
        "<html><head><title> - YouTube</title></head><body><script>var p = "
        f'{{"playabilityStatus":{status}}};</script></body></html>'
    )
    assert verdict(page, url=WATCH).outcome is outcome


def test_a_video_that_may_not_be_embedded_is_on_its_page():
    page = (
        '<html><head><title>The canal - YouTube</title><meta property="og:title" content="The '
        'canal"></head><body><script>var p = '
        '{"playabilityStatus":{"status":"OK"},"videoDetails":{"title":"The canal","author":"River '
        'TV"}};</script></body></html>'
    )
    assert verdict(page, url=WATCH).outcome is Outcome.OK


@pytest.mark.parametrize(
    ("platform", "cited", "asked"),
    [
        ("x", "https://x.com/ana/status/12", "https://publish.twitter.com/oembed?url=x"),
        ("youtube", "https://youtu.be/abcdefghijk", "https://www.youtube.com/oembed?url=x"),
        ("vimeo", "https://vimeo.com/12", "https://vimeo.com/api/oembed.json?url=x"),
        ("tiktok", "https://www.tiktok.com/@a/video/12", "https://www.tiktok.com/oembed?url=x"),
        ("rumble", "https://rumble.com/v1abcde-a.html",
            "https://rumble.com/api/Media/oembed.json?url=x"),
    ],
)  # fmt: skip
def test_what_the_statuses_of_oembed_mean(platform, cited, asked):
    for status, outcome, rule in (
        (404, Outcome.REMOVED, f"{platform}-removed"),
        (403, Outcome.FORBIDDEN, f"{platform}-closed"),
        (401, Outcome.FORBIDDEN, f"{platform}-closed"),
    ):
        found = verdict("{}", url=asked, subject=cited, status=status)
        assert (found.outcome, found.evidence["rule"]) == (outcome, rule)


def test_a_hidden_hint_in_a_post_is_no_wall():
    page = widget(
        '<div class="tgme_widget_message" data-post="river/12"><div '
        'class="message_media_not_supported_label">Please open Telegram to view this '
        'post</div><div class="js-message_text">Post not found, said the ferryman.</div></div>'
    )
    assert verdict(page, url=EMBED, subject="https://t.me/river/12").outcome is Outcome.OK


X_OEMBED = (
    "https://publish.twitter.com/oembed?url=https%3A%2F%2Fx.com%2Fa%2Fstatus%2F12&omit_script=1"
)
YOUTUBE_OEMBED = "https://www.youtube.com/oembed?url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabcdefghijk&format=json"
VIMEO_OEMBED = "https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F12"


@pytest.mark.parametrize(
    ("url", "subject", "status", "outcome"),
    [
        (X_OEMBED, "https://x.com/a/status/12", 404, Outcome.REMOVED),
        (X_OEMBED, "https://x.com/a/status/12", 403, Outcome.FORBIDDEN),
        (X_OEMBED, "https://x.com/a/status/12", 429, Outcome.RATE_LIMITED),
        (X_OEMBED, "https://x.com/a/status/12", 500, Outcome.SERVER_ERROR),
        (YOUTUBE_OEMBED, "https://youtu.be/abcdefghijk", 404, Outcome.REMOVED),
        (YOUTUBE_OEMBED, "https://youtu.be/abcdefghijk", 401, Outcome.FORBIDDEN),
        (VIMEO_OEMBED, "https://vimeo.com/12", 404, Outcome.REMOVED),
        (VIMEO_OEMBED, "https://vimeo.com/12", 403, Outcome.FORBIDDEN),
        ("https://x.com/a/status/12", None, 404, Outcome.GONE),
    ],
)
def test_what_the_status_of_an_oembed_answer_means(url, subject, status, outcome):
    found = verdict('{"error": "x"}', url=url, subject=subject, status=status)
    assert found.outcome is outcome


def test_a_watch_page_that_says_why_it_shows_nothing():
    page = document(
        "Video",
        "",
        '<script>var p={"playabilityStatus":{"status":"ERROR","reason":"This video has been '
        'removed"}};</script>',
    )
    assert (
        verdict(page, url="https://www.youtube.com/watch?v=abcdefghijk").outcome is Outcome.REMOVED
    )


def test_vk_says_that_a_post_is_gone():
    page = document("Ошибка | VK", "<div>Запись удалена или ещё не существует.</div>")
    assert verdict(page, url="https://vk.com/wall-1_2").outcome is Outcome.REMOVED
