"""Pages under status 200 that are not the page: maintenance, refusals, sellers of names, searches;
and the live ones that look like it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.model.fetch import FetchContext
from archive.model.understood import CaptureVerdict, FetchedPage
from archive.model.vocabulary import Kind, Outcome
from pipeline.read.outcomes import judge_capture
from pipeline.read.page_text import page_text

AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
URL = "https://news.example.com/world/2026/03/ferry-goes-again-4711"
SENTENCE = "The ferry over the wide river went again on Monday after three weeks of repairs. "
ARTICLE = "".join((
    f"<p>On day {n} of the works {n * 7} people waited at gate {n}. "
    f"{SENTENCE * 4}</p>"
) for n in range(8))  # fmt: skip


def verdict(title: str, body: str, *, url: str = URL, final: str | None = None,
    subject: str | None = None) -> CaptureVerdict:  # fmt: skip
    html = (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head>"
        f"<body><main><article>{body}</article></main></body></html>"
    ).encode()
    headers = {"content-type": "text/html; charset=utf-8"}
    context = FetchContext(7, Kind.SOURCE, url, subject=subject)
    page = FetchedPage(context, final or url, AT, 200, headers, html)
    return judge_capture(page, page_text(html, subject or url, headers["content-type"], AT), html)


@pytest.mark.parametrize(
    "title",
    [
        "Site under maintenance", "We are currently undergoing scheduled maintenance",
        "Scheduled maintenance | The River", "Maintenance mode",
        "We'll be back soon", "Service Unavailable", "Temporarily offline",
        "Error establishing a database connection", "Bad Gateway",
        "Технические работы", "Ведутся технические работы на сайте",
        "Сайт временно недоступен | Вестник", "Тривають технічні роботи",
        "Сайт тимчасово недоступний", "الموقع تحت الصيانة", "الموقع قيد الصيانة",
        "الموقع غير متاح حاليا", "سایت در دست تعمیر است",
        "سایت در حال به‌روزرسانی", "האתר בתחזוקה", "האתר אינו זמין כעת", "Sitemiz bakımda",
        "Site bakım çalışması", "Geçici olarak hizmet dışı",
        "We’ll be back soon!", "На сайте ведутся технические работы",
        "Сайт на техническом обслуживании", "Технічна перерва | Стави медіа",
        "На сайті проводяться технічні роботи", "تحت الصيانة", "سایت در حال به‌روزرسانی است",
        "עבודות תחזוקה", "Sitemiz bakımdadır.",
        "Bakım çalışması", "Notre site est actuellement en maintenance.", "Site en maintenance",
        "Le site est actuellement en cours de maintenance", "Site temporairement indisponible",
    ],
)  # fmt: skip
def test_a_site_in_maintenance_says_nothing_of_the_page(title: str) -> None:
    found = verdict(title,
        "<p>Please come back in an hour, and thank you for your patience with us.</p>")  # fmt: skip
    assert (found.outcome, found.evidence["rule"]) == (Outcome.SERVER_ERROR, "outage-title")


@pytest.mark.parametrize(
    "words",
    [
        (
            "Sorry! Our website is currently undergoing scheduled maintenance. Please come back "
            "in an hour, or write to the editors."
        ),
        (
            "We are performing scheduled maintenance. Please come back in an hour, or write to the "
            "editors of the paper."
        ),
        (
            "Уважаемые читатели! На сайте ведутся технические работы. Зайдите, пожалуйста, через "
            "час или напишите в редакцию."
        ),
        (
            "Шановні читачі! На сайті тривають технічні роботи. Завітайте, будь ласка, за годину "
            "або напишіть до редакції."
        ),
        (
            "عزيزي القارئ، موقعنا حاليا تحت الصيانة، نرجو أن تعود بعد ساعة أو أن تكتب إلى هيئة "
            "التحرير عبر البريد."
        ),
        (
            "خواننده گرامی، سایت هم‌اکنون در دست تعمیر است، لطفا یک ساعت دیگر بازگردید یا به "
            "تحریریه بنویسید."
        ),
        (
            "קוראים יקרים, האתר נמצא כעת בתחזוקה, אנא חזרו בעוד שעה או כתבו אל מערכת העיתון בדואר "
            "האלקטרוני."
        ),
        (
            "Değerli okur, sitemizde şu anda planlı bakım yapılmaktadır. Lütfen bir saat sonra "
            "yeniden deneyin."
        ),
        (
            "Chers lecteurs, notre site est actuellement en maintenance. Revenez dans une heure ou "
            "écrivez à la rédaction."
        ),
    ],
)
def test_a_page_whose_only_words_are_of_maintenance(words: str) -> None:
    assert verdict("The River", f"<p>{words}</p>").outcome is Outcome.SERVER_ERROR


@pytest.mark.parametrize(
    "title",
    [
        "Access Denied", "403 Forbidden", "You have been blocked", "Not available in your country",
        "Доступ запрещён", "Доступ ограничен | Вестник",
        "Доступ заборонено", "تم رفض الوصول", "دسترسی غیرمجاز", "הגישה נחסמה", "Erişim engellendi",
        "Accès refusé",
    ],
)  # fmt: skip
def test_a_refusal_under_200_is_a_wall(title: str) -> None:
    found = verdict(title,
        "<p>Your request was refused. If you think that this is wrong, write to the owner of the "
        "site.</p>")  # fmt: skip
    assert (found.outcome, found.evidence["rule"]) == (Outcome.FORBIDDEN, "refusal-title")


LIVE = [
    ("Reactor under maintenance again", f"<p>{SENTENCE * 3}</p>"),
    ("Access denied: how a port was closed", f"<p>{SENTENCE * 3}</p>"),
    ("The ferry is temporarily out of service", f"<p>{SENTENCE * 3}</p>"),
    ("На станции ведутся технические работы",
        ("<p>На насосной станции ведутся технические работы, воды не будет до вечера, сообщил "
        "водоканал города.</p>")),
    ("Portal", f"<p>The ministry said that the portal is under maintenance.</p><p>{SENTENCE}</p>"),
    ("A standard",
        ("<p>The class has been removed from this version of the ontology. Use the new "
        f"one.</p><p>{SENTENCE}</p>")),
    ("Server error costs a bank its licence", f"<p>{SENTENCE * 3}</p>"),
    ("Search results for ferry",
        f"<p>{SENTENCE * 2}</p><ul><li>Ferry goes again</li><li>Ferry stops</li></ul>"),
    ("What a 404 page says of a museum",
        ("<p>Visitors who ask for a hall that was closed read: page not "
        f"found.</p><p>{SENTENCE * 3}</p>")),
    ("The ferry",
        (f"{ARTICLE}<section class='comments'><p>Page not found, when I click the second "
        "link!</p><p>This page has been removed?</p></section>")),
    ("Domain of the river king for sale", f"<p>{SENTENCE * 3}</p>"),
    ("Site under maintenance", ARTICLE),
    ("Технические работы на переправе закончены",
        f"<p>Паром снова ходит. Очередь небольшая, сообщил водоканал.</p><p>{SENTENCE}</p>"),
    ("La maintenance du pont de Dorn",
        ("<p>Le pont est fermé jusqu'au mois de mai, et les camions prennent le bac de Varre, dit "
        "la mairie.</p>")),
    ("Maintenance of the lock takes a year", f"<p>{SENTENCE * 3}</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "body"), LIVE)
def test_a_live_page_that_speaks_of_such_things_is_alive(title: str, body: str) -> None:
    assert verdict(title, body).outcome is Outcome.OK


def test_a_post_may_quote_an_error_page() -> None:
    post = (
        '<div class="tgme_widget_message" data-post="river/12"><div class="js-message_text">'
        "The ministry's answer today: the page you requested could not be found.</div></div>"
    )
    found = verdict("Telegram Widget", post, url="https://t.me/river/12?embed=1&mode=tme",
        subject="https://t.me/river/12")  # fmt: skip
    assert found.outcome is Outcome.OK


@pytest.mark.parametrize(
    ("final", "outcome"),
    [
        ("https://news.example.com/search?q=ferry", Outcome.REDIRECTED_AWAY),
        ("https://news.example.com/en/search.php?q=ferry", Outcome.REDIRECTED_AWAY),
        ("https://news.example.com/login?next=/world", Outcome.LOGIN_WALL),
        ("https://sso.example.com/login?next=/world", Outcome.LOGIN_WALL),
        ("https://news.example.com/research/ferry-goes-again-4711", Outcome.OK),
        ("https://unblock.example.com/", Outcome.CHALLENGE),
        ("https://validate.example.com/?back=1", Outcome.CHALLENGE),
        ("https://www.hugedomains.com/domain_profile.cfm?d=example.com", Outcome.PARKED),
        ("https://www.afternic.com/forsale/example.com", Outcome.PARKED),
        ("https://news.example.com/world", Outcome.REDIRECTED_AWAY),
        (
            "https://news.example.com/world/2026/03/another-story-of-the-day-4712",
            Outcome.OK,
        ),  # the text decides
    ],
)
def test_where_a_redirect_leads(final: str, outcome: Outcome) -> None:
    assert verdict("The River",
        ARTICLE if outcome is not Outcome.PARKED else "<p>Buy it today.</p>",
        final=final).outcome is outcome  # fmt: skip


def test_a_search_that_was_cited_may_lead_to_a_search() -> None:
    found = verdict("Search", ARTICLE, url="https://news.example.com/search/old?q=a",
        final="https://news.example.com/en/search?q=a")  # fmt: skip
    assert found.outcome is Outcome.OK


def test_a_page_about_names_at_a_seller_of_names_is_alive() -> None:
    url = "https://www.hugedomains.com/blog/what-names-cost"
    assert verdict("What names cost", ARTICLE, url=url).outcome is Outcome.OK
