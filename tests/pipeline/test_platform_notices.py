"""What platforms say in the place of a post: only their word that it is gone is a removal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.model.fetch import Target
from archive.model.vocabulary import Kind, Outcome
from crawler.download.failures import PrivateAddressError, classify
from crawler.frontier.fetches import Fetch, request_for
from pipeline.read.platforms.telegram import is_private
from pipeline.read.platforms.views import second_view
from pipeline.read.sources import note_sources
from tests.factories import note, report
from tests.judged_pages import document, verdict

POST = "https://t.me/river/12?embed=1&mode=tme"
WATCH = "https://www.youtube.com/watch?v=abcdefghijk"


def widget(said: str) -> str:
    return (
        "<html><head><title>Telegram Widget</title></head><body><div class='tgme_widget_message'>"
        f"<div class='tgme_widget_message_error'>{said}</div></div></body></html>"
    )


@pytest.mark.parametrize("said", ["Post not found", "Channel with username @river not found",
    "Message was deleted"])  # fmt: skip
def test_telegram_says_that_a_post_is_gone(said: str) -> None:
    found = verdict(widget(said), url=POST, subject="https://t.me/river/12")
    assert found.outcome is Outcome.REMOVED
    assert str(found.evidence["marker"]) in said


@pytest.mark.parametrize(
    "said", ["This channel is private", "Withheld at the wish of a court", "Zorb marl tessel",
        "Not shown in this region"]
)  # fmt: skip
def test_other_words_of_telegram_are_no_removal_and_stand_as_they_are(said: str) -> None:
    found = verdict(widget(said), url=POST, subject="https://t.me/river/12")
    assert found.outcome in {Outcome.FORBIDDEN, Outcome.LOGIN_WALL}
    assert str(found.evidence["marker"]) in said


def test_where_the_platform_spoke_no_other_view_is_asked() -> None:
    cited = "https://t.me/river/12"
    assert second_view(cited, POST, Outcome.FORBIDDEN, "telegram-notice") is None
    assert second_view(cited, POST, Outcome.FORBIDDEN, "status-403") == "https://t.me/s/river/12"


PRIVATE = [
    "https://t.me/c/1234567890/4",
    "https://t.me/+AbC_d",
    "https://t.me/joinchat/AbCd",
    "http://telegram.me/joinchat/x",
]


@pytest.mark.parametrize("url", PRIVATE)
def test_a_private_address_is_a_login_wall_without_a_request(url: str) -> None:
    with pytest.raises(PrivateAddressError) as raised:
        request_for(Fetch(Target(url, Kind.SOURCE, "cited")))
    assert classify(raised.value)[0] is Outcome.LOGIN_WALL
    assert (
        verdict(document("Join chat", "<p>River talk</p>"), url=url).outcome is Outcome.LOGIN_WALL
    )


@pytest.mark.parametrize("url", ["https://t.me/c", "https://t.me/river/12", "https://t.me/s/river",
    "https://example.org/c/1/2"])  # fmt: skip
def test_other_addresses_are_not_private(url: str) -> None:
    assert not is_private(url)


@pytest.mark.parametrize("status", [200, 403, 404, 500])
@pytest.mark.parametrize("end", ["https://news.example.com/login?next=/x", "https://id.vk.com/auth",
    "https://news.example.com/user/signin"])  # fmt: skip
def test_a_chain_that_ends_at_a_login_is_a_login_wall_whatever_it_answers(
    end: str, status: int
) -> None:
    assert verdict("<p>No.</p>", final=end, status=status).outcome is Outcome.LOGIN_WALL


def test_a_saved_redirect_to_a_login_is_one_too() -> None:
    found = verdict("", status=302, headers={"location": "/account/login?to=%2Fx"})
    assert found.outcome is Outcome.LOGIN_WALL


RENDERED = ',"errorScreen":{{"playerErrorMessageRenderer":{{"subreason":{{"simpleText":"{}"}}}}}}'


def player(status: str, reason: str, more: str = "") -> str:
    state = f'{{"playabilityStatus":{{"status":"{status}","reason":"{reason}"{more}}},"videoDetails":{{}}}}'  # noqa: E501
    return (
        "<html><head><title>YouTube</title></head><body><script>var p = "
        f"{state};</script></body></html>"
    )


@pytest.mark.parametrize(
    ("page", "outcome"),
    [
        (player("ERROR", "This video has been removed by the uploader"), Outcome.REMOVED),
        (player("ERROR", "Video unavailable"), Outcome.REMOVED),
        (player("ERROR", "Video unavailable",
            ',"subreason":"Playback on other websites has been disabled"'), Outcome.FORBIDDEN),
        (player("ERROR", "Video unavailable", RENDERED.format("It isn't available anymore")),
            Outcome.REMOVED),
        (player("ERROR", "Video unavailable", RENDERED.format("It is not shown in your country")),
            Outcome.FORBIDDEN),
        (player("UNPLAYABLE", "Video unavailable", ',"playableInEmbed":false'), Outcome.FORBIDDEN),
        (player("UNPLAYABLE", "The uploader has not made this video available in your country"),
            Outcome.FORBIDDEN),
        (player("LOGIN_REQUIRED", "Private video"), Outcome.FORBIDDEN),
    ],
)  # fmt: skip
def test_a_video_that_is_not_played_here_is_not_removed(page: str, outcome: Outcome) -> None:
    assert verdict(page, url=WATCH).outcome is outcome


VK, FACEBOOK = "https://vk.com/wall-1_2", "https://www.facebook.com/RiverGuard/posts/pfbid02abc"


@pytest.mark.parametrize(
    ("url", "said", "outcome"),
    [
        (VK, "Запись удалена", Outcome.REMOVED), (VK, "Допис не знайдено", Outcome.REMOVED),
        (VK, "Beitrag wurde gelöscht", Outcome.REMOVED),
        (VK, "Запись удалена или доступ к ней ограничен автором.", Outcome.FORBIDDEN),
        (VK, "Материал ограничен по решению суда.", Outcome.FORBIDDEN),
        (VK, "Матеріал заблоковано на вимогу правовласника.", Outcome.FORBIDDEN),
        (VK, "Zorb marl tessel quandle.", Outcome.FORBIDDEN),
        (VK, "Это закрытая группа, записи видят участники.", Outcome.FORBIDDEN),
        (VK, "Сообщество временно заблокировано.", Outcome.FORBIDDEN),
        (VK, "Користувач обмежив доступ до сторінки.", Outcome.FORBIDDEN),
        (FACEBOOK, "You must log in to see this.", Outcome.LOGIN_WALL),
        (FACEBOOK, "Connectez-vous à Facebook pour continuer.", Outcome.LOGIN_WALL),
        (FACEBOOK, "Этот контент сейчас недоступен", Outcome.FORBIDDEN),
        (FACEBOOK, "Dieser Inhalt ist derzeit nicht verfügbar", Outcome.FORBIDDEN),
        (FACEBOOK, "Ce contenu n’est pas disponible pour le moment", Outcome.FORBIDDEN),
        (FACEBOOK, "Zorb marl tessel quandle.", Outcome.FORBIDDEN),
    ],
)  # fmt: skip
def test_what_vk_and_facebook_say_in_the_place_of_a_post(
    url: str, said: str, outcome: Outcome
) -> None:
    name = "VK" if url == VK else "Facebook"
    page = (
        f"<html><head><title>{name}</title></head><body><div "
        f"class='message_page_body'>{said}</div></body></html>"
    )
    assert verdict(page, url=url).outcome is outcome


def test_a_cut_address_points_to_no_source() -> None:
    whole = note("1", "https://news.example/a", "https://news.example/the-long-sto")
    cut = replace(whole.urls[1], repairs=("cut",))
    [[first, second]] = note_sources(report(notes=(replace(whole, urls=(whole.urls[0], cut)),)))
    assert first is not None
    assert second is None


XPOST = "https://x.com/river/status/1900000000000000001"
CLIP = "https://www.tiktok.com/@river/video/7300000000000000001"


@pytest.mark.parametrize(
    ("url", "title", "said", "outcome"),
    [
        (XPOST, "X", "Hmm, this page does not exist. Look for another.", Outcome.REMOVED),
        (XPOST, "X", "This Post is from a suspended account.", Outcome.FORBIDDEN),
        (XPOST, "X", "This Post has been withheld in Ilma after a demand.", Outcome.FORBIDDEN),
        (XPOST, "River on X: “Withheld in Velsk”", "Withheld in Velsk: the tide.", None),
        (CLIP, "TikTok", "Video currently unavailable", Outcome.FORBIDDEN),
        (CLIP, "TikTok - Make a day", "This account is private", Outcome.FORBIDDEN),
        (CLIP, "River on the lock | TikTok", "The video is available in two parts", None),
        ("https://vk.com/id123", "VK", "Страница заблокирована за спам", Outcome.FORBIDDEN),
        ("https://mp.weixin.qq.com/s/a", "", "此内容因违规无法查看", Outcome.FORBIDDEN),
        ("https://weibo.com/1/N", "微博", "抱歉，此微博已被作者删除。", Outcome.SOFT_404),
        ("https://weibo.com/1/N", "微博", "你没有这条微博的查看权限哦", Outcome.FORBIDDEN),
        ("https://n.news.naver.com/a/1", "뉴스", "언론사에서 삭제한 기사입니다.", Outcome.SOFT_404),
        ("https://dzen.ru/a/Zx", "Дзен", "Автор ограничил доступ к публикации", Outcome.FORBIDDEN),
        ("https://www.scribd.com/d/1", "A map", "This document has been removed from Scribd.",
            Outcome.SOFT_404),
    ],
)  # fmt: skip
def test_pages_of_platforms_as_a_browser_saved_them(
    url: str, title: str, said: str, outcome: Outcome | None
) -> None:
    html = f"<html><head><title>{title}</title></head><body><p>{said}</p></body></html>"
    found = verdict(html, url=url).outcome
    assert found is outcome or (outcome is None and found in {Outcome.OK, Outcome.THIN})


@pytest.mark.parametrize(
    ("title", "words", "outcome"),
    [
        ("Page not found / X", "<h1>Hmm...this page doesn’t exist. Try searching for more.</h1>",
            Outcome.REMOVED),
        ("X", "<h1>This account doesn’t exist</h1><p>Try searching for another.</p>",
            Outcome.REMOVED),
        ("Log in to X / X", "<h1>Happening now</h1><h2>Join today.</h2>", Outcome.FORBIDDEN),
    ],
)  # fmt: skip
def test_what_x_says_in_a_heading_is_no_posts_name(
    title: str, words: str, outcome: Outcome
) -> None:
    page = f"<html><head><title>{title}</title></head><body>{words}</body></html>"
    assert verdict(page, url=XPOST).outcome is outcome
