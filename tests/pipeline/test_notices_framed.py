"""Notices within a site's frame, which says more than they do; and articles that only tell of such
notices: quoted, by a narrator, above paragraphs that go on."""

from __future__ import annotations

import pytest

from archive.model.vocabulary import Outcome
from pipeline.decide.drift.asides import is_aside
from pipeline.read.outcomes.words.quoted import is_quoted, without_quotations
from pipeline.read.outcomes.words.reported import is_reported
from tests import framed_samples as samples
from tests.judged_pages import document, verdict

MENU = "".join(f"<div><a href='/{n}/'>Place {n}</a></div>" for n in range(60))
BOXES = (
    "<div>Sign up for the letter of the morning. Get the news of the river each day. Subscribe"
    "</div><div>Ferry sails again</div><div>Two bridges closed for a month</div>"
    "<footer><p>About us Contact Privacy © The Ilma Post</p></footer>"
)
OFFER = "<p>You have 2 free articles remaining this month. Subscribe for $1 a week.</p>"
WORKS = [f"On day {n} of the works the pier was closed for repairs until noon." for n in range(6)]
PARAGRAPH = "<p>{} More than a hundred people waited at the pier until the evening came.</p>"


def in_frame(heading: str, below: str, more: str = "") -> str:
    return (
        f"<html><head><meta charset='utf-8'><title>{heading} | The Ilma Post</title></head><body>"
        f"<header><a href='/'>The Ilma Post</a></header><div>{MENU}</div><main><h1>{heading}</h1>"
        f"<p>{below}</p>{more}</main>{BOXES}</body></html>"
    )


def bare(heading: str, below: str) -> str:
    return (
        f"<html><head><meta charset='utf-8'><title>{heading}</title></head><body><article>"
        f"<h1>{heading}</h1><p>{below}</p></article></body></html>"
    )


@pytest.mark.parametrize("language", sorted(samples.LOGINS_ASKED))
def test_a_login_within_a_frame_is_a_login(language: str) -> None:
    page = in_frame(*samples.LOGINS_ASKED[language], "<input type=password name=p>")
    assert verdict(page).outcome is Outcome.LOGIN_WALL


@pytest.mark.parametrize("language", sorted(samples.GONE_STORIES))
def test_a_story_that_is_gone_is_so_within_a_frame(language: str) -> None:
    assert verdict(in_frame(*samples.GONE_STORIES[language])).outcome is Outcome.SOFT_404


def test_a_page_within_a_frame_that_is_only_not_shown_proves_nothing() -> None:
    page = in_frame("Bu sayfaya ulaşılamıyor", "Bağlantı eski olabilir.")
    assert verdict(page).outcome is Outcome.FORBIDDEN


def test_an_article_below_such_a_heading_is_one() -> None:
    prose = "".join(map(PARAGRAPH.format, WORKS))
    page = in_frame("Sign in: how a town joined its library", "You must sign in to read.", prose)
    assert verdict(page).outcome is Outcome.OK


@pytest.mark.parametrize("language", sorted(samples.QUOTED))
def test_words_that_are_quoted_are_another_s(language: str) -> None:
    assert verdict(bare(*samples.QUOTED[language])).outcome is Outcome.OK


@pytest.mark.parametrize(
    "text",
    ["“page not found”", "„page not found“", "« page not found »", "「page not found」",
     "‘page not found’", '"page not found"'],
)  # fmt: skip
def test_marks_of_quotation_of_many_kinds_are_known(text: str) -> None:
    said = f"It says {text} there."
    at = said.index("page")
    assert is_quoted(said, at, at + len("page not found"))
    assert without_quotations(said).split() == ["It", "says", "there."]


def test_a_mark_within_a_word_quotes_nothing() -> None:
    said = 'צה"ל הודיע כי הדף לא נמצא, ודו"ח יצא'
    assert without_quotations(said) == said


@pytest.mark.parametrize("language", sorted(samples.TOLD_AT_LENGTH))
def test_who_tells_at_length_of_an_offer_makes_none(language: str) -> None:
    page = bare("On a Sunday by the river", samples.TOLD_AT_LENGTH[language])
    assert verdict(page).outcome is Outcome.OK


def test_an_offer_above_paragraphs_that_go_on_keeps_nothing_back() -> None:
    first, *rest = (PARAGRAPH.format(line) for line in WORKS)
    assert verdict(document("The pier", first + OFFER + "".join(rest))).outcome is Outcome.OK


def test_an_offer_where_a_text_ends_keeps_the_rest_back() -> None:
    page = document("The pier", PARAGRAPH.format(WORKS[0]) + OFFER)
    assert verdict(page).outcome is Outcome.PAYWALL


def test_a_headline_that_has_an_offer_s_words_is_no_offer() -> None:
    title = "For subscribers only: a study of what newspapers on the river sell"
    page = bare(title, f"{WORKS[0]} {PARAGRAPH.format(WORKS[1])}")
    assert verdict(page).outcome is Outcome.OK


def test_an_offer_beside_the_line_of_an_article_is_read_by_itself() -> None:
    page = (
        "<html><head><title>The pier</title></head><body><article><h1>The pier</h1><div><p>The "
        f"mayor said on Monday: {WORKS[0]}</p></div><div><h2>This post is for paying subscribers"
        "</h2><a href='/s'>Subscribe</a><p>Already a paid subscriber? Sign in</p></div></article>"
        "</body></html>"
    )
    assert verdict(page).outcome is Outcome.PAYWALL


def test_open_graph_says_that_an_article_is_locked() -> None:
    locked = "<meta property='article:content_tier' content='locked'>"
    text = PARAGRAPH.format(WORKS[0])
    assert verdict(document("The pier", text, locked)).outcome is Outcome.PAYWALL
    free = locked.replace("locked", "free")
    assert verdict(document("The pier", text, free)).outcome is Outcome.OK


@pytest.mark.parametrize(
    ("heading", "below", "outcome"),
    [
        ("Sitio en mantenimiento", "Volvemos en breve.", Outcome.SERVER_ERROR),
        ("Przerwa techniczna", "Trwają prace serwisowe.", Outcome.SERVER_ERROR),
        ("אנא אמתו שאינכם רובוט", "סמנו את התיבה.", Outcome.CHALLENGE),
        ("Kurze Pause", "Die Seite wird gerade gewartet.", Outcome.SERVER_ERROR),
        ("Down for a tune-up", ("We are giving the site a quick upgrade and will be back within "
         "the hour."), Outcome.SERVER_ERROR),
        ("系统升级中", "网站正在升级，预计两小时后恢复。", Outcome.SERVER_ERROR),
        ("فحص أمني", "نتحقق من المتصفح. يتم تحويلك تلقائيا.", Outcome.CHALLENGE),
        ("One more step", "Complete the check below to reach the site.", Outcome.CHALLENGE),
        ("Client Challenge", ("JavaScript is disabled in your browser. Please enable JavaScript to "
         "proceed. A part of this site could not load for you."), Outcome.CHALLENGE),
        ("Ihre Zustimmung zählt", ("Wir benötigen Ihre Einwilligung, um Daten auf Ihrem Gerät zu "
         "speichern. Alle akzeptieren"), Outcome.CONSENT_WALL),
        ("One of the family of brands", ("When you use our sites, we use cookies to provide them. "
         "Accept all Reject all Manage privacy settings"), Outcome.CONSENT_WALL),
    ],
)  # fmt: skip
def test_a_heading_of_nothing_but_a_wall_s_words_is_enough(
    heading: str, below: str, outcome: Outcome
) -> None:
    assert verdict(bare(heading, below)).outcome is outcome


def test_they_are_not_you_in_german() -> None:
    title = "Kein Zugriff: Gericht sperrt Akten"
    told = "Das Gericht hat die Akten gesperrt. Anwälte sehen nichts, wenn sie den Zugriff suchen."
    assert verdict(bare(title, told)).outcome is Outcome.OK
    refused = "Das System hat Ihren Zugriff gesperrt."
    assert verdict(bare("Kein Zugriff", refused)).outcome is Outcome.FORBIDDEN


def test_a_flash_of_news_with_a_wall_s_words_is_one() -> None:
    page = bare("Access to the bridge denied", "Access to the bridge was denied at noon.")
    assert verdict(page).outcome is Outcome.OK


@pytest.mark.parametrize(
    "said",
    ["Only subscribers can read this story to the end.", "You have 0 articles left.",
     "Il vous reste 65 % de l’article.", "Jetzt Plus abonnieren und weiterlesen.",
     "Devamını okumak ister misiniz? Hemen abone olun.", "المقال كاملاً للمشتركين."],
)  # fmt: skip
def test_offers_are_known_in_more_words(said: str) -> None:
    page = document("The pier", PARAGRAPH.format(WORKS[0]) + f"<p>{said}</p>")
    assert verdict(page).outcome is Outcome.PAYWALL


@pytest.mark.parametrize(
    ("heading", "below"),
    [
        ("We looked everywhere", "The article you're after has been taken offline by our editors."),
        ("Dead end", "There is no page at this address any more."),
        ("The requested press release does not exist", "Return to the list."),
        ("Публикация снята с сайта", "Редакция удалила этот текст."),
        ("אין דף כזה", "לא נמצא דף בכתובת זו."),
        ("該当するページがありません", "アドレスをご確認ください。"),
    ],
)
def test_what_is_gone_is_known_in_more_words(heading: str, below: str) -> None:
    assert verdict(in_frame(heading, below)).outcome is Outcome.SOFT_404


@pytest.mark.parametrize(
    ("heading", "below"),
    [
        ("Members area", "Please enter your user name and password to go on."),
        ("Área privada", "Introduce tu usuario y contraseña para acceder."),
        ("Сторінка доступна після входу", "Введіть логін і пароль."),
    ],
)
def test_a_form_below_words_of_an_account_is_a_login(heading: str, below: str) -> None:
    page = in_frame(heading, below, "<input type=password name=p>")
    assert verdict(page).outcome is Outcome.LOGIN_WALL


def test_a_name_whose_sale_is_reported_is_somebody_s() -> None:
    told = "Since Monday its address says: this domain is for sale. Its papers are in the library."
    title = "This domain is for sale, and so is a century of news"
    assert verdict(bare(title, told)).outcome is Outcome.OK
    assert verdict(bare("ilma.example", "This domain is for sale.")).outcome is Outcome.PARKED


@pytest.mark.parametrize("said", ["Future home of something quite cool.", "您访问的域名正在出售。"])
def test_names_that_wait_for_a_site_or_a_buyer_are_parked(said: str) -> None:
    assert verdict(bare("ilma.example", said)).outcome is Outcome.PARKED


@pytest.mark.parametrize(
    "line",
    [
        "気象庁によると、東部で震度4の地震があった。津波の心配はない。",
        "합동참모본부는 새벽에 미상의 탄도미사일이 동해로 발사됐다고 밝혔다.",
    ],
)
def test_a_flash_whose_headline_is_its_text_is_one(line: str) -> None:
    page = (
        f"<html><head><meta charset='utf-8'><title>{line}</title></head><body><article><h1>{line}"
        f"</h1><time>2026.03.12 09:14</time><div><p>{line}</p></div></article></body></html>"
    )
    assert verdict(page).outcome is Outcome.OK


@pytest.mark.parametrize(
    "said",
    ["„Es ist gut“, sagt sie.", "Это хорошо, говорят в мэрии.", "Це добре, кажуть у мерії.",
     "So it says there.", "To dobrze, mówi burmistrz.", "“İyi” diyor.", "هذا جيد، يقول الرجل.",
     "זה טוב, אומרת האישה.", "市長は良いと説明した。", "시장은 좋다고 전했다."],
)  # fmt: skip
def test_what_is_said_now_is_said_too(said: str) -> None:
    assert is_reported(said)


@pytest.mark.parametrize("language", sorted(samples.FOLLOWED))
def test_a_paper_s_channels_are_no_part_of_its_article(language: str) -> None:
    assert is_aside(samples.FOLLOWED[language], language)


@pytest.mark.parametrize(
    ("url", "title", "said", "outcome"),
    [
        ("https://x.com/ilma/status/1700000000000000004", "Account suspended / X",
         "Account suspended", Outcome.FORBIDDEN),
        ("https://www.tiktok.com/@ilma", "TikTok - Make Your Day", "Couldn't find this account",
         Outcome.REMOVED),
        ("https://vk.com/wall-10_21", "Ошибка | ВКонтакте", "Пост удалён автором.",
         Outcome.REMOVED),
        ("https://vk.com/wall-10_25", "Город на реке",
         ("Пост удалён у соседей, а у нас остался: мост закрыт с девяти утра, и паром не ходит "
         "второй день."), Outcome.OK),
    ],
)  # fmt: skip
def test_platforms_say_it_on_pages_of_their_own(
    url: str, title: str, said: str, outcome: Outcome
) -> None:
    page = f"<html><head><title>{title}</title></head><body><div><p>{said}</p></div></body></html>"
    assert verdict(page, url=url).outcome is outcome
