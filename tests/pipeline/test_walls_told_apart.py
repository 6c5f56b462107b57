"""Walls of few words, a test a language, and pages of few words on the same things."""

from __future__ import annotations

import pytest

from archive.model.vocabulary import Outcome
from pipeline.read.outcomes.words.rates import RATES, RATES_UNSPACED
from pipeline.read.outcomes.words.rests import RESTS
from tests import brief_pages as pages
from tests import wall_samples as walls
from tests.judged_pages import SENTENCE, document, verdict

FORM = '<form action="/login"><input name="u"><input type="password" name="p"></form>'
MENU = "".join(f"<li><a href='/{word}/'>{word}</a></li>" for word in ("Alpha", "Beta", "Gamma"))


def framed(title: str, text: str, more: str = "") -> str:
    """An article with a head, a menu and a footer around it."""
    lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title} | Ilma Post</title>"
        "</head><body><header><a href='/'>Ilma Post</a>"
        f"<nav><ul>{MENU}</ul></nav></header><main><article>"
        f"<h1>{title}</h1>{lines}</article>{more}</main><footer>{MENU}</footer></body></html>"
    )


@pytest.mark.parametrize("language", sorted(walls.TOO_OFTEN))
def test_few_words_that_count_requests_are_a_limit(language: str) -> None:
    said = walls.TOO_OFTEN[language]
    found = verdict(document("www.example.com", f"<p>{said}</p>"))
    assert found.outcome in {Outcome.RATE_LIMITED, Outcome.FORBIDDEN}


@pytest.mark.parametrize("language", sorted(pages.ON_REQUESTS))
def test_an_article_on_requests_is_no_limit(language: str) -> None:
    assert verdict(framed(*pages.ON_REQUESTS[language])).outcome is Outcome.OK


def test_words_that_count_requests_are_of_all_three_kinds() -> None:
    assert all(set(kinds) == {"many", "asks", "wait"} for kinds in RATES.values())
    assert all(set(kinds) == {"many", "asks", "wait"} for kinds in RATES_UNSPACED.values())


@pytest.mark.parametrize("language", sorted(walls.RESTS_SOLD))
def test_an_offer_of_the_rest_is_a_paywall_in_whatever_words(language: str) -> None:
    offer = f"<div><p>{walls.RESTS_SOLD[language]}</p></div>"
    assert verdict(document("Ferry", f"<p>{SENTENCE}</p>{offer}")).outcome is Outcome.PAYWALL


def test_every_language_with_words_for_the_rest_is_tried() -> None:
    assert set(RESTS) == set(walls.RESTS_SOLD)


@pytest.mark.parametrize("language", sorted(pages.ON_PAYWALLS))
def test_an_article_on_subscriptions_is_no_paywall(language: str) -> None:
    assert verdict(framed(*pages.ON_PAYWALLS[language])).outcome is Outcome.OK


def test_a_shop_window_beside_an_article_is_no_paywall() -> None:
    window = "<aside><p>Support us from $4 a month. Already a subscriber? Log in</p></aside>"
    assert verdict(framed("Ferry goes again", SENTENCE * 2, window)).outcome is Outcome.OK


@pytest.mark.parametrize("language", sorted(pages.POLICIES))
def test_a_policy_on_data_keeps_nobody_from_reading(language: str) -> None:
    title, text = pages.POLICIES[language]
    assert verdict(framed(title, text)).outcome is Outcome.OK
    lines = text.replace("\n", "</p><p>")
    assert verdict(document(title, f"<h1>{title}</h1><p>{lines}</p>")).outcome is Outcome.OK


@pytest.mark.parametrize("language", sorted(pages.ON_COOKIES))
def test_a_page_that_explains_cookies_is_no_wall(language: str) -> None:
    assert verdict(framed(*pages.ON_COOKIES[language])).outcome is Outcome.OK


@pytest.mark.parametrize("path", ["/privacy-policy", "/en/cookies.html", "/datenschutz", "/rodo"])
def test_a_page_asked_for_as_a_policy_is_one(path: str) -> None:
    text = pages.POLICIES["en"][1]
    url = f"https://news.example.com{path}"
    assert verdict(framed("Ilma", text), url=url).outcome is Outcome.OK
    assert verdict(framed("Ilma", text)).outcome is Outcome.CONSENT_WALL


def test_a_button_that_says_yes_makes_a_wall_of_cookies() -> None:
    title, text = pages.ON_COOKIES["en"]
    asked = framed("Use of cookies", text, "<button>Accept all</button>")
    assert verdict(asked).outcome in {Outcome.CHALLENGE, Outcome.CONSENT_WALL}
    assert verdict(framed(title, text, "<button>Accept all</button>")).outcome is Outcome.OK


@pytest.mark.parametrize("language", sorted(pages.ON_ERRORS))
def test_an_article_on_pages_that_are_gone_is_there(language: str) -> None:
    assert verdict(framed(*pages.ON_ERRORS[language])).outcome is Outcome.OK


@pytest.mark.parametrize("language", sorted(pages.ON_BLOCKS))
def test_a_line_on_what_somebody_blocked_is_no_refusal(language: str) -> None:
    assert verdict(framed(*pages.ON_BLOCKS[language])).outcome is Outcome.OK


@pytest.mark.parametrize("language", sorted(pages.FLASHES))
def test_a_line_of_news_is_a_page(language: str) -> None:
    title, text = pages.FLASHES[language]
    assert verdict(framed(title, text)).outcome is Outcome.OK
    assert verdict(document(title, f"<h1>{title}</h1><p>{text}</p>")).outcome is Outcome.OK


@pytest.mark.parametrize("language", sorted(pages.CAPTIONS))
def test_a_caption_is_what_a_picture_s_page_says(language: str) -> None:
    title, caption = pages.CAPTIONS[language]
    body = f"<h1>{title}</h1><figure><img src='/a.jpg'><figcaption>{caption}</figcaption></figure>"
    assert verdict(document(title, body)).outcome is Outcome.OK


@pytest.mark.parametrize(
    ("title", "text"),
    [("Ilma Post", "Loading the newest of all reports"), ("Ilma Post", "Ilma Post"),
        ("Report", "You need to wait for the report"), ("Ilma Post", "Загрузка страницы сайта")],
)  # fmt: skip
def test_what_is_not_there_yet_is_thin(title: str, text: str) -> None:
    assert verdict(document(title, f"<p>{text}</p>")).outcome is Outcome.THIN


def test_a_menu_is_no_text() -> None:
    assert verdict(framed("Ilma Post", "")).outcome is Outcome.THIN


@pytest.mark.parametrize("language", sorted(walls.TO_COMMENT))
def test_a_login_for_those_who_comment_is_no_wall(language: str) -> None:
    below = f"<section><p>{walls.TO_COMMENT[language]}</p>{FORM}</section>"
    assert verdict(framed("Ferry goes again", SENTENCE, below)).outcome is Outcome.OK


@pytest.mark.parametrize(
    ("said", "outcome"),
    [("Our town's old domain is for sale. The council hopes for a good price.", Outcome.OK),
        ("Старый домен города выставлен на продажу. Мэрия надеется на миллион.", Outcome.OK),
     ("Old names: domain ilma.example is for sale. Get a price in 24 hours.", Outcome.PARKED)],
)  # fmt: skip
def test_somebody_s_name_for_sale_is_not_this_one(said: str, outcome: Outcome) -> None:
    assert verdict(framed("News of the town", f"{said} {SENTENCE}")).outcome is outcome


def test_a_quotation_in_a_title_is_a_part_of_nothing() -> None:
    title = "«Страница не найдена»: с сайта исчезли отчёты"
    assert verdict(framed(title, SENTENCE)).outcome is Outcome.OK
    assert verdict(framed("Страница не найдена » Ильма", SENTENCE)).outcome is Outcome.SOFT_404


def test_latin_words_between_signs_are_whole() -> None:
    said = "您需要启用 JavaScript 才能运行此应用。"
    assert verdict(document("Ilma", f"<p>{said}</p>")).outcome is not Outcome.FORBIDDEN


def test_a_notice_that_says_it_twice_is_one_whatever_is_listed_below() -> None:
    listed = "".join(f"<article><h3>{SENTENCE}</h3></article>" for _ in range(6))
    said = "<h1>Artykuł został usunięty</h1><p>Ten artykuł został usunięty z serwisu.</p>"
    page = document("Artykuł został usunięty", f"<div>{said}</div>{listed}")
    assert verdict(page).outcome is Outcome.SOFT_404
    once = document("Artykuł został usunięty", f"<h1>Artykuł został usunięty</h1>{listed}")
    assert verdict(once).outcome is Outcome.OK


@pytest.mark.parametrize(
    ("said", "outcome"),
    [("Not Found", Outcome.SOFT_404), ("Access denied", Outcome.FORBIDDEN),
        ("error code: 1020", Outcome.FORBIDDEN), ("error code: 522", Outcome.SERVER_ERROR),
     ("upstream request timeout", Outcome.SERVER_ERROR), ("Harbour shut on 3 May", Outcome.OK)],
)  # fmt: skip
def test_bare_words_of_a_server_are_read_as_a_title(said: str, outcome: Outcome) -> None:
    assert verdict(said, headers={"content-type": "text/plain"}).outcome is outcome


def test_a_page_under_the_type_of_a_picture_is_a_page() -> None:
    page = document("Datei nicht gefunden", "<p>Die Datei wurde nicht gefunden.</p>")
    assert verdict(page, headers={"content-type": "image/jpeg"}).outcome is Outcome.SOFT_404


@pytest.mark.parametrize(
    ("title", "text"),
    [("Chargement", "Chargement de la page en cours"), ("Błąd", "Wystąpił błąd, spróbuj ponownie"),
        ("加载", "页面加载中，请稍候")],
)  # fmt: skip
def test_one_word_is_no_headline(title: str, text: str) -> None:
    assert verdict(framed(title, text)).outcome is Outcome.THIN


def test_a_policy_s_own_title_is_no_button() -> None:
    text = (
        "Verantwortlich ist der Verein. Wir speichern Ihre Daten nur mit Ihrer Einwilligung und "
        "geben sie an keine Partner. Sie können der Verwendung von Cookies widersprechen."
    )
    assert verdict(framed("Datenschutz", text)).outcome is Outcome.OK
