"""Walls before the content, and the pages that only look like one."""

import pytest

from archive.model.vocabulary import Outcome
from tests.judged_pages import ARTICLE, SENTENCE, URL, document, verdict

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
