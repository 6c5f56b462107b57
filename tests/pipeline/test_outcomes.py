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


# --- what stands before the content ---------------------------------------------------------------

CHALLENGES = {
    "cloudflare": (
        "<html><head><title>Just a "
        "moment...</title></head><body><script>window._cf_chl_opt={};</script></body></html>"
    ),
    "ddos-guard": (
        "<html><head><title>DDoS-Guard</title><script "
        'src="/.well-known/ddos-guard/check"></script></head></html>'
    ),
    "imperva": (
        '<html><body><iframe src="/_Incapsula_Resource?x=1">Request '
        "unsuccessful.</iframe></body></html>"
    ),
    "perimeterx": (
        "<html><head><title>Access to this page has been "
        "denied.</title></head><body><div id='px-captcha'></div></body></html>"
    ),
    "datadome": (
        "<html><body><script "
        "src='https://geo.captcha-delivery.com/captcha/'></script></body></html>"
    ),
    "akamai": (
        "<html><title>Access Denied</title><body>Reference #18 "
        "https://errors.edgesuite.net/18.1</body></html>"
    ),
    "hcaptcha": (
        "<html><title>Security check</title><body>Please verify you are human <div "
        'class="h-captcha"></div></body></html>'
    ),
    "yandex": (
        '<html lang="ru"><title>Вы не робот?</title><body><div '
        'class="smart-captcha"></div></body></html>'
    ),
    "anubis": (
        "<html><title>Making sure you're not a bot!</title><body><script "
        "src='/.within.website/x/cmd/anubis/main.mjs'></script></body></html>"
    ),
}


@pytest.mark.parametrize("status", [200, 403, 503])
@pytest.mark.parametrize("name", CHALLENGES)
def test_bot_walls_are_no_content_whatever_their_status(name, status):
    assert verdict(CHALLENGES[name], status=status).outcome is Outcome.CHALLENGE


def test_a_header_says_that_it_is_a_challenge():
    found = verdict("<html></html>", status=403, headers={"cf-mitigated": "challenge"})
    assert (found.outcome, found.evidence["rule"]) == (Outcome.CHALLENGE, "challenge-header")


def test_protection_scripts_on_an_article_are_no_wall():
    head = (
        "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script><script "
        "src='https://hcaptcha.com/1/api.js'></script>"
    )
    assert verdict(document("Just a moment in history", ARTICLE, head)).outcome is Outcome.OK


@pytest.mark.parametrize(
    ("url", "final"),
    [
        (
            "https://www.facebook.com/someone/posts/pfbid0a",
            "https://www.facebook.com/login/?next=x",
        ),
        ("https://www.instagram.com/p/Abc/", "https://www.instagram.com/accounts/login/?next=x"),
        ("https://x.com/a/lists", "https://x.com/i/flow/login?redirect=x"),
        ("https://www.linkedin.com/posts/a", "https://www.linkedin.com/authwall?x"),
        (
            "https://docs.google.com/document/d/1",
            "https://accounts.google.com/v3/signin/identifier",
        ),
        (URL, "https://news.example.com/sign-in?back=1"),
    ],
)
def test_a_redirect_to_a_login_is_a_login_wall(url, final):
    found = verdict(document("Page", "<p>Welcome</p>"), url=url, final=final)
    assert found.outcome is Outcome.LOGIN_WALL


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Log in or sign up to view", "See more on this site."),
        ("River forum", "You must be logged in to view this page."),
        ("Вход", "Введите имя и пароль."),
        ("تسجيل الدخول", "اسم المستخدم"),
        ("ورود", "نام کاربری"),
        ("כניסה", "שם משתמש"),
        ("Giriş yap", "Kullanıcı adı"),
    ],
)
def test_a_page_that_is_only_a_login_is_a_login_wall(title, words):
    form = '<form action="/login"><input name="u"><input type="password" name="p"></form>'
    found = verdict(document(title, f"<p>{words}</p>{form}"))
    assert found.outcome is Outcome.LOGIN_WALL
    assert found.evidence["marker"]


def test_a_login_box_beside_an_article_is_no_wall():
    form = '<form action="/login"><input type="password"></form><p>Please log in to comment.</p>'
    assert verdict(document("The ferry goes again", ARTICLE + form)).outcome is Outcome.OK


def test_a_choice_about_cookies_is_a_consent_wall():
    body = (
        "<h1>Before you continue</h1><p>We and our 12 partners use cookies to store "
        "data.</p><button>Accept all</button>"
    )
    assert verdict(document("Before you continue", body)).outcome is Outcome.CONSENT_WALL
    redirected = verdict(
        document("Video", "<p>x</p>"), final="https://consent.example.com/m?continue=x"
    )
    assert redirected.outcome is Outcome.CONSENT_WALL


def test_a_cookie_banner_over_an_article_is_no_wall():
    banner = (
        "<div>We value your privacy. We and our 12 partners use cookies to store data. "
        "Accept all</div>"
    )
    assert verdict(document("The ferry goes again", banner + ARTICLE)).outcome is Outcome.OK


NOT_FREE = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"The '
    'ferry","isAccessibleForFree":false}</script>'
)


@pytest.mark.parametrize(
    "words",
    [
        "Subscribe to continue reading.",
        "This article is for subscribers only.",
        "Статья доступна только по подписке: доступ только по подписке.",
        "Доступно лише за передплатою",
        "للمشتركين فقط",
        "ویژه مشترکان",
        "למנויים בלבד",
        "Bu içerik abonelere özel",
        "Article réservé aux abonnés",
    ],
)
def test_a_few_lines_and_an_offer_are_a_paywall(words):
    found = verdict(document("The price of a ferry", f"<p>{SENTENCE * 2}</p><p>{words}</p>"))
    assert found.outcome is Outcome.PAYWALL


def test_schema_org_says_that_a_short_text_is_not_all():
    found = verdict(document("The price", f"<p>{SENTENCE * 3}</p>", NOT_FREE))
    assert (found.outcome, found.evidence["rule"]) == (Outcome.PAYWALL, "not-free")


def test_a_whole_article_is_no_paywall_though_it_is_not_free():
    offer = "<p>Subscribe to continue reading our other stories.</p>"
    assert verdict(document("The price", ARTICLE + offer, NOT_FREE)).outcome is Outcome.OK


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
