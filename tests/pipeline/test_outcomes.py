"""Every outcome by a page of its own, and the pages that only look like one."""

from pathlib import Path

import pytest

from archive.model.vocabulary import Kind, Outcome
from pipeline.read.outcomes import judge_capture
from tests.judged_pages import ARTICLE, SENTENCE, URL, capture, document, verdict

POSTS = Path(__file__).parents[1] / "fixtures" / "platforms"


# --- transport and status -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("dns-failure", Outcome.DNS_FAILURE),
        ("timeout", Outcome.TIMEOUT),
        ("robots-disallowed", Outcome.ROBOTS_DISALLOWED),
        ("address-refused", Outcome.ADDRESS_REFUSED),
        ("redirect-loop", Outcome.REDIRECT_LOOP),
        ("a name of another version", Outcome.CONNECTION_FAILURE),
    ],
)
def test_a_failed_fetch_keeps_what_the_crawler_said(name, outcome):
    found = verdict(status=None, error=(name, "what the library said"))
    assert found.outcome is outcome
    assert found.evidence == {
        "rule": "transport",
        "status": None,
        "final_url": URL,
        "marker": "what the library said",
    }


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.OK),
        (206, Outcome.TRUNCATED),
        (304, Outcome.NOT_MODIFIED),
        (302, Outcome.SERVER_ERROR),
        (400, Outcome.FORBIDDEN),
        (401, Outcome.FORBIDDEN),
        (402, Outcome.PAYWALL),
        (403, Outcome.FORBIDDEN),
        (404, Outcome.GONE),
        (406, Outcome.FORBIDDEN),
        (407, Outcome.CONNECTION_FAILURE),
        (408, Outcome.TIMEOUT),
        (410, Outcome.GONE),
        (420, Outcome.RATE_LIMITED),
        (429, Outcome.RATE_LIMITED),
        (451, Outcome.FORBIDDEN),
        (500, Outcome.SERVER_ERROR),
        (503, Outcome.SERVER_ERROR),
        (511, Outcome.CONNECTION_FAILURE),
        (522, Outcome.SERVER_ERROR),
        (999, Outcome.FORBIDDEN),
    ],
)
def test_the_status_decides_where_the_page_does_not(status, outcome):
    found = verdict(document("The ferry goes again", ARTICLE), status=status)
    assert found.outcome is outcome
    assert found.evidence["status"] == status


def test_retry_after_is_kept_as_evidence():
    found = verdict("slow down", status=429, headers={"retry-after": "120"})
    assert found.evidence["marker"] == "Retry-After: 120"


@pytest.mark.parametrize(
    ("why", "outcome"),
    [
        ("length", Outcome.TOO_LARGE),
        ("time", Outcome.TIMEOUT),
        ("segment", Outcome.TRUNCATED),
        ("disconnect", Outcome.TRUNCATED),
    ],
)
def test_a_body_that_is_not_whole_says_so(why, outcome):
    found = verdict(document("The ferry goes again", ARTICLE), truncated=why)
    assert (found.outcome, found.evidence["marker"]) == (outcome, why)


@pytest.mark.parametrize(
    ("sent", "outcome"),
    [
        ("bytes 0-499/796", Outcome.TRUNCATED),
        ("bytes 100-795/796", Outcome.TRUNCATED),
        ("bytes 0-499/*", Outcome.TRUNCATED),
        ("", Outcome.TRUNCATED),
        ("bytes 0-795/796", Outcome.OK),
    ],
)
def test_what_a_206_sends_is_a_part_unless_it_says_all(sent, outcome):
    page = document("The ferry goes again", ARTICLE)
    found = verdict(page, status=206, headers={"content-range": sent})
    assert found.outcome is outcome


def test_a_cut_404_is_still_a_404():
    assert verdict("gone", status=404, truncated="disconnect").outcome is Outcome.GONE


# --- absence --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 Not Found",
        "Error 404",
        "Page not found - The Daily River",
        "The Daily River | Page Not Found | 404",
        "Sorry, the page you are looking for could not be found",
        "Страница не найдена",
        "404. Страница не найдена — Вестник",
        "Новость удалена",
        "Сторінку не знайдено",
        "Сторінка не існує | Новини",
        "الصفحة غير موجودة",
        "لم يتم العثور على الصفحة",
        "صفحه مورد نظر یافت نشد",
        "صفحه یافت نشد",
        "הדף לא נמצא",
        "העמוד המבוקש אינו קיים",
        "Sayfa bulunamadı",
        "Aradığınız sayfa bulunamadı",
        "Page introuvable",
        "Cette page n'existe plus",
    ],
)
def test_an_error_page_under_status_200_is_a_soft_404(title):
    found = verdict(document(title, "<p>Try the search, or go to the first page.</p>"))
    assert found.outcome is Outcome.SOFT_404
    assert found.evidence["rule"] == "not-found-title"
    assert found.evidence["marker"] in title


@pytest.mark.parametrize(
    "words",
    [
        "Sorry, the page you requested could not be found on this server.",
        "This article is no longer available.",
        "К сожалению, запрашиваемая страница не найдена.",
        "Такої сторінки не існує. Запитувана сторінка не знайдена.",
        "عذرا، الصفحة التي تبحث عنها غير موجودة",
        "صفحه مورد نظر شما یافت نشد",
        "הדף שחיפשת לא נמצא באתר",
        "Aradığınız sayfa bulunamadı veya kaldırıldı.",
        "La page que vous recherchez est introuvable.",
    ],
)
def test_a_page_with_no_other_sentence_is_a_soft_404(words):
    found = verdict(document("The Daily River", f"<p>{words}</p>"))
    assert (found.outcome, found.evidence["rule"]) == (Outcome.SOFT_404, "not-found-words")


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("HTTP 404",
            f"<p>A server answers 404 Not Found when the page was not found.</p>{ARTICLE}"),
        ("Error 404: how a country went offline", f"<p>{SENTENCE * 4}</p>"),
        ("404 - the year of the flood", f"<p>{SENTENCE * 16}</p>"),
        ("Statue not found in the river", f"<p>{SENTENCE * 3}</p>"),
        ("Body found", f"<p>{SENTENCE * 3}</p>"),
        ("A changed standard",
            f"<p>The term has been removed from the vocabulary.</p><p>{SENTENCE}</p>"),
        ("A post is gone",
            ("<p>The minister said the video has been removed by the "
            f"platform.</p><p>{SENTENCE}</p>")),
        ("Страница истории", f"<p>{SENTENCE * 3}</p>"),
        ("الصفحة الأولى", f"<p>{SENTENCE * 3}</p>"),
        ("الصفحة", f"<p>{SENTENCE * 3}</p>"),
        ("Page", f"<p>{SENTENCE * 3}</p>"),
        ("New domain registered at dawn", f"<p>The domain is for sale, said nobody.</p>{ARTICLE}"),
    ],
)  # fmt: skip
def test_an_article_about_absence_is_alive(title, body):
    assert verdict(document(title, body)).outcome is Outcome.OK


def test_a_long_page_whose_heading_says_404_is_alive():
    assert verdict(document("404", ARTICLE)).outcome is Outcome.OK


@pytest.mark.parametrize(
    ("url", "final", "outcome"),
    [
        (URL, "https://news.example.com/", Outcome.REDIRECTED_AWAY),
        (URL, "https://www.example.com", Outcome.REDIRECTED_AWAY),
        (URL, "https://news.example.com/en/index.html", Outcome.REDIRECTED_AWAY),
        (URL, "https://news.example.com/?error=404", Outcome.REDIRECTED_AWAY),
        (URL, "https://other.example.org/", Outcome.REDIRECTED_AWAY),
        (URL, "https://news.example.com/world/", Outcome.REDIRECTED_AWAY),
        (URL, "https://news.example.com/404.html", Outcome.SOFT_404),
        (URL, "https://news.example.com/page-not-found", Outcome.SOFT_404),
        (URL, URL + "/", Outcome.OK),
        (URL, "https://news.example.com/world/ferry-goes-again-4711", Outcome.OK),
        (URL, "https://news.example.com/?p=4711", Outcome.OK),
        ("http://www.example.com/", "https://example.com/en/", Outcome.OK),
        ("https://example.com/index.html", "https://example.com/", Outcome.OK),
        ("https://example.com/world/asia", "https://example.com/world", Outcome.OK),
        ("https://bit.ly/abc", "https://example.com/", Outcome.OK),
        ("https://m.example.com/a-b-c", "https://example.com/a-b-c?utm_source=m", Outcome.OK),
        ("https://www.understandingwar.org/backgrounder/some-report-1",
            "https://understandingwar.org/research/team/some-report-1/", Outcome.OK),
    ],
)  # fmt: skip
def test_a_redirect_away_from_the_article(url, final, outcome):
    assert verdict(document("News", ARTICLE), url=url, final=final).outcome is outcome


@pytest.mark.parametrize(
    "page",
    [
        document("river-example.com", "<p>This domain is for sale. Buy this domain.</p>"),
        document("river-example.com", "<p>Related searches</p>",
            "<script src='https://www.parkingcrew.net/jsparkcaf.php'></script>"),
        document("river-example.com", "<p>Срок регистрации домена river-example.com истёк.</p>"),
        document("Welcome to nginx!", "<p>If you see this page, the web server is installed.</p>"),
        document("Account Suspended", "<p>Contact your hosting provider.</p>"),
    ],
)  # fmt: skip
def test_a_name_without_a_site_is_parked(page):
    assert verdict(page).outcome is Outcome.PARKED


@pytest.mark.parametrize(
    ("page", "rule"),
    [
        ("", "empty-body"),
        ("  \n", "empty-body"),
        ("<html><head><title>River</title></head><body></body></html>", "no-text"),
        ((
            '<html><body><noscript>Please enable JavaScript.</noscript><div '
            'id="root"></div></body></html>'
        ), "script-shell"),
    ],
)  # fmt: skip
def test_a_page_without_text_is_thin(page, rule):
    found = verdict(page)
    assert (found.outcome, found.evidence["rule"]) == (Outcome.THIN, rule)


def test_a_page_that_nobody_could_read_is_not_called_empty():
    page = capture(document("The ferry goes again", ARTICLE))
    assert judge_capture(page, None, b"").outcome is Outcome.OK
    assert judge_capture(capture(""), None, b"").outcome is Outcome.THIN


def test_pictures_and_files_are_content():
    picture = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
    assert verdict(picture, headers={"content-type": "image/png"}).outcome is Outcome.OK


# --- the table ------------------------------------------------------------------------------------


def test_reports_and_lists_are_judged_without_their_text():
    long_page = document("Report", ARTICLE)
    assert verdict(long_page, read=False, kind=Kind.REPORT).outcome is Outcome.OK
    missing = document("404 | Institute", "<p>Nothing here.</p>")
    assert verdict(missing, read=False, kind=Kind.REPORT).outcome is Outcome.SOFT_404
    moved = verdict(long_page, read=False, kind=Kind.DISCOVERY, final="https://news.example.com/")
    assert moved.outcome is Outcome.OK


def test_a_page_of_opened_tags_costs_no_more_than_its_length():
    # With a pattern that looks for the closing tag from every opening one, this would take hours.
    assert verdict("<script" * 20_000 + "<title>" * 20_000).outcome in set(Outcome)


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x00", b"\x00" * 100, b"<html>\xd0", b"%PDF-1.4 broken"]
)
def test_broken_bytes_get_an_outcome(body):
    assert verdict(body).outcome in set(Outcome)


def test_an_address_that_is_none_gets_an_outcome():
    assert verdict(document("A", ARTICLE), url="urn:example:1").outcome is Outcome.OK
