"""Notices in the place of a page, a test a language, and articles about such things, which are
none."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.model.vocabulary import Outcome
from pipeline.read.outcomes.words.absent import ABSENT
from pipeline.read.outcomes.words.absent_east import ABSENT_EAST, UNSPACED
from pipeline.read.outcomes.words.absent_middle import ABSENT_MIDDLE
from pipeline.read.outcomes.words.absent_south import ABSENT_SOUTH
from pipeline.read.outcomes.words.matching import Said, says
from pipeline.read.outcomes.words.offers import PAYWALLS
from tests import notice_samples as samples
from tests.judged_pages import SENTENCE, document, verdict

CITED = Path(__file__).parents[3] / "shared" / "real" / "cited"
WALLS = {
    Outcome.FORBIDDEN,
    Outcome.CHALLENGE,
    Outcome.CONSENT_WALL,
    Outcome.LOGIN_WALL,
    Outcome.SERVER_ERROR,
}
CALLED = WALLS | {Outcome.SOFT_404, Outcome.PARKED, Outcome.PAYWALL}


QUOTED_SALE = (
    "The domain was sold on Friday, the house said. “This domain is for sale” had stood there "
    "since spring."
)


def page(text: str, title: str = "News", lang: str = "") -> str:
    return document(title, f"<h1>{title}</h1><p lang='{lang}'>{text}</p>")


@pytest.mark.parametrize("language", sorted(samples.ABSENT))
def test_an_error_page_in_its_language_is_a_soft_404(language: str) -> None:
    said = samples.ABSENT[language]
    assert verdict(document(f"{said} | News", f"<h1>{said}</h1>")).outcome is Outcome.SOFT_404
    assert verdict(page(said, "The Ilma Gazette")).outcome is Outcome.SOFT_404


def test_every_language_with_words_for_absence_is_tried() -> None:
    tried = {code.partition("-")[0] for code in samples.ABSENT}
    assert {*ABSENT, *ABSENT_MIDDLE, *ABSENT_EAST, *ABSENT_SOUTH, *UNSPACED} <= tried


@pytest.mark.parametrize(
    "title",
    ["Fehler 404", "Greška 404", "Błąd 404", "404 - Hiba", "خطای ۴۰۴", "404 エラー", "Xəta 404"],
)
def test_the_number_of_an_error_in_any_language_is_a_soft_404(title: str) -> None:
    assert verdict(document(title, f"<h1>{title}</h1>")).outcome is Outcome.SOFT_404


@pytest.mark.parametrize("title", ["Room 404", "Zug 404", "Рейс 404", "Peugeot 404"])
def test_a_number_of_something_else_is_none(title: str) -> None:
    assert verdict(document(title, f"<h1>{title}</h1><p>{SENTENCE}</p>")).outcome is Outcome.OK


@pytest.mark.parametrize("title", ["Artigo não encontrado", "Новость не найдена",
    "A cikk nem található"])  # fmt: skip
def test_a_title_that_says_so_needs_no_known_sentence_below(title: str) -> None:
    assert verdict(page("Talvez noutro lugar, qui sait.", title)).outcome is Outcome.SOFT_404


@pytest.mark.parametrize("language", sorted(samples.REPORTED))
def test_who_says_when_or_who_said_so_reports(language: str) -> None:
    title, text = samples.REPORTED[language]
    assert verdict(page(f"{text}</p><p>", title)).outcome not in CALLED


@pytest.mark.parametrize("title", ["Too many requests", "Zu viele Anfragen",
    "Слишком много запросов", "请求过于频繁"])  # fmt: skip
def test_a_page_that_counts_our_requests_is_a_limit(title: str) -> None:
    assert verdict(page("Wait a little and try again.", title)).outcome is Outcome.RATE_LIMITED


@pytest.mark.parametrize(
    "said",
    ["To read the whole story first, subscribe to our newsletter.",
        "Чтобы читать новости, оформите подписку на наш телеграм-канал.",
     "لمتابعة القراءة اشترك في قناتنا على تلغرام"],
)  # fmt: skip
def test_what_costs_nothing_is_no_paywall(said: str) -> None:
    found = verdict(document("Ferry", f"<p>{SENTENCE}</p><p>{said}</p>"))
    assert found.outcome is Outcome.OK


@pytest.mark.parametrize(
    "said",
    ["Доступ к данному ресурсу заблокирован по решению органов государственной власти.",
        "دسترسی به این تارنما امکان‌پذیر نیست.",
     "L’accès à ce site est bloqué en application de la loi.",
     "El acceso a este sitio ha sido bloqueado por orden judicial."],
)  # fmt: skip
def test_what_the_law_has_printed_is_a_refusal(said: str) -> None:
    assert verdict(page(said, "Notice")).outcome is Outcome.FORBIDDEN


@pytest.mark.parametrize("language", sorted(samples.REFUSALS))
@pytest.mark.parametrize("number", ["7f3a-99c1-0042", "4071000000000000123"])
def test_a_refusal_in_its_language_is_a_wall(language: str, number: str) -> None:
    found = verdict(page(f"{samples.REFUSALS[language]}</p><p>ID: {number}"))
    assert found.outcome in {Outcome.FORBIDDEN, Outcome.CHALLENGE}


@pytest.mark.parametrize("language", sorted(samples.CONSENTS))
def test_a_choice_about_cookies_in_its_language_is_a_consent_wall(language: str) -> None:
    assert verdict(page(samples.CONSENTS[language])).outcome is Outcome.CONSENT_WALL


@pytest.mark.parametrize("language", sorted(samples.COOKIES_OFF))
def test_a_page_that_wants_cookies_is_a_wall(language: str) -> None:
    assert verdict(page(samples.COOKIES_OFF[language])).outcome in WALLS


@pytest.mark.parametrize("language", sorted(samples.REGIONS))
def test_a_page_that_is_not_for_this_country_is_forbidden(language: str) -> None:
    assert verdict(page(samples.REGIONS[language])).outcome is Outcome.FORBIDDEN


@pytest.mark.parametrize("language", sorted(samples.AGES))
def test_an_age_gate_is_a_wall(language: str) -> None:
    assert verdict(page(samples.AGES[language])).outcome in WALLS


@pytest.mark.parametrize("language", sorted(samples.SALES))
def test_a_name_for_sale_in_its_language_is_parked(language: str) -> None:
    said = samples.SALES[language]
    assert verdict(page(said, "rivers.example")).outcome is Outcome.PARKED


@pytest.mark.parametrize("language", sorted(samples.OFFERS))
def test_an_offer_in_the_place_of_the_rest_is_a_paywall(language: str) -> None:
    found = verdict(document("Ferry", f"<p>{SENTENCE}</p><p>{samples.OFFERS[language]}</p>"))
    assert found.outcome is Outcome.PAYWALL


def test_every_language_with_words_for_offers_is_tried() -> None:
    assert set(PAYWALLS) - set(samples.OFFERS) <= {"ur", "th"}


@pytest.mark.parametrize(
    "said",
    ["This content is unavailable", "Inhalt derzeit nicht verfügbar", "Контент недоступен",
        "المحتوى غير متاح حاليا"],
)  # fmt: skip
def test_what_is_only_not_shown_is_no_absence(said: str) -> None:
    assert says(said) is Said.UNAVAILABLE
    assert verdict(page(said, "The Ilma Gazette")).outcome is Outcome.FORBIDDEN


@pytest.mark.parametrize("body", ["<h1>Topic not found</h1>", "<div>Такой темы не существует</div>",
    "<p>Thema nicht gefunden</p>", "<p>Wybrany temat nie istnieje.</p>",
    "<p>İstenen konu mevcut değil.</p>", "<p>Видео удалено автором</p>"])  # fmt: skip
def test_a_forum_that_has_no_such_topic_is_a_soft_404(body: str) -> None:
    html = (
        "<html><head><title>River forum</title></head><body><a "
        f"href='/'>Start</a>{body}</body></html>"
    )
    assert verdict(html).outcome is Outcome.SOFT_404


@pytest.mark.parametrize(
    "title", ["What is missing", "Nothing found in the wreck", "Deleted scenes", "Page", "Video",
        "Ein Dokument", "News", "The new page", "Missing persons found"]
)  # fmt: skip
def test_a_headline_of_such_words_says_nothing_of_the_page(title: str) -> None:
    assert says(title) is None


@pytest.mark.parametrize(
    ("title", "text", "outcome"),
    [
        ("Stopped", "The firewall of this site has blocked your request. Event ID 771-22. Ask it.",
            Outcome.FORBIDDEN),
        ("mill.example está à venda", "Este domínio está à venda. Faça uma oferta ou compre-o já.",
            Outcome.PARKED),
        ("mlyn.example je na prodej", "Tato doména je na prodej. Podejte nabídku nebo ji kupte.",
            Outcome.PARKED),
        ("Dominio scaduto", "Questo dominio è scaduto. Il proprietario può rinnovarlo.",
            Outcome.PARKED),
        ("Personvern", "Vi og våre partnere bruker informasjonskapsler. Samtykk for å lese. Godta",
            Outcome.CONSENT_WALL),
        ("The party's name sold for a million", QUOTED_SALE, Outcome.OK),
    ],
)  # fmt: skip
def test_a_notice_is_told_from_what_is_told_of_one(title: str, text: str, outcome: Outcome) -> None:
    assert verdict(page(text, title)).outcome is outcome


def test_two_hundred_ordinary_articles_are_no_notices() -> None:
    pages = samples.articles()
    assert len(pages) >= 200
    assert len({language for language, _, _ in pages}) == 12
    called = []
    for language, title, body in pages:
        found = verdict(document(title, f"<h1>{title}</h1>{body}"))
        if found.outcome in CALLED:
            called.append((language, found.outcome, found.evidence["rule"], title))
    assert called == []


@pytest.mark.skipif(not CITED.exists(), reason="the real pages are not here")
def test_the_real_pages_are_no_notices() -> None:
    for path in sorted(CITED.glob("*.html")):
        found = verdict(path.read_bytes(), url=f"https://{path.stem.partition('_')[0]}/x/1")
        assert not str(found.evidence["rule"]).endswith(("-notice", "-sentence", "-words")), (
            path.name
        )
