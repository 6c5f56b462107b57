"""Pages of next to nothing: numbers of errors, what programs answer, databases that do not, players
that show only in an app; a test a language, and short articles on the same."""

from __future__ import annotations

import pytest

from archive.model.vocabulary import Outcome
from pipeline.read.outcomes.words.app_only import APP_ONLY, APP_ONLY_UNSPACED
from pipeline.read.outcomes.words.database_errors import DATABASE_ERRORS, DATABASE_ERRORS_UNSPACED
from pipeline.read.outcomes.words.permissions import PERMISSIONS, PERMISSIONS_UNSPACED
from tests import stub_samples as samples
from tests.judged_pages import SENTENCE, document, verdict

CAPTCHA_SITE = "https://static.queue-it.net/q.js"


def page(said: str, title: str = "The Ilma Gazette", more: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head>"
        f"<body><main><h1>{title}</h1><p>{said}</p>{more}</main></body></html>"
    )


@pytest.mark.parametrize("language", sorted(samples.NO_ACCESS))
def test_what_is_not_there_or_not_for_us_is_no_absence(language: str) -> None:
    assert verdict(page(samples.NO_ACCESS[language])).outcome is Outcome.FORBIDDEN


@pytest.mark.parametrize("language", sorted(samples.DATABASES))
def test_a_database_that_does_not_answer_is_an_error_of_the_server(language: str) -> None:
    assert verdict(page(samples.DATABASES[language])).outcome is Outcome.SERVER_ERROR


@pytest.mark.parametrize("language", sorted(samples.IN_APPS))
def test_what_shows_only_in_an_app_is_not_for_us(language: str) -> None:
    assert verdict(page(samples.IN_APPS[language], "Ilma Clips")).outcome is Outcome.FORBIDDEN


@pytest.mark.parametrize("language", sorted(samples.RIGHTS))
def test_rights_that_one_lacks_are_a_refusal(language: str) -> None:
    assert verdict(page(samples.RIGHTS[language], "Ilma")).outcome is Outcome.FORBIDDEN


def test_every_language_with_words_for_such_things_is_tried() -> None:
    assert {*PERMISSIONS, *PERMISSIONS_UNSPACED} == set(samples.RIGHTS)
    assert {*DATABASE_ERRORS, *DATABASE_ERRORS_UNSPACED} == set(samples.DATABASES)
    assert {*APP_ONLY, *APP_ONLY_UNSPACED} == set(samples.IN_APPS)


@pytest.mark.parametrize("name", sorted(samples.ARTICLES))
def test_short_articles_on_such_things_are_articles(name: str) -> None:
    title, text = samples.ARTICLES[name]
    assert verdict(page(text, title)).outcome is Outcome.OK


@pytest.mark.parametrize(
    ("title", "outcome"),
    [
        ("503 Backend fetch failed", Outcome.SERVER_ERROR),
        ("Error 502", Outcome.SERVER_ERROR),
        ("news.example.com | 522: Connection timed out", Outcome.SERVER_ERROR),
        ("HTTP Status 404 – Not Found", Outcome.SOFT_404),
        ("404: NOT_FOUND", Outcome.SOFT_404),
        ("410 Gone", Outcome.SOFT_404),
        ("403 Forbidden", Outcome.FORBIDDEN),
        ("451: Unavailable due to legal reasons", Outcome.FORBIDDEN),
        ("429 Too Many Requests", Outcome.RATE_LIMITED),
        ("Ошибка 503", Outcome.SERVER_ERROR),
        ("Hata kodu 500", Outcome.SERVER_ERROR),
        ("500 days of rain", None),
    ],
)
def test_the_number_of_an_error_says_what_failed(title: str, outcome: Outcome | None) -> None:
    found = verdict(page("Ref. 18.4", title)).outcome
    assert found is outcome or (outcome is None and found in {Outcome.OK, Outcome.THIN})


@pytest.mark.parametrize(
    ("number", "outcome"),
    [
        (1015, Outcome.RATE_LIMITED),
        (1009, Outcome.FORBIDDEN),
        (1016, Outcome.SERVER_ERROR),
    ],
)
def test_a_number_of_cloudflares_own_says_what_failed(number: int, outcome: Outcome) -> None:
    html = page(f"Error {number}", "river.example", "<p>Cloudflare Ray ID: 8f1a2b3c4d5e6f70</p>")
    assert verdict(html).outcome is outcome
    assert verdict(html.replace("Cloudflare", "Name of the")).outcome is not outcome


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ('{"status":404,"message":"Not Found"}', Outcome.SOFT_404),
        ('{"error":{"code":"story_not_found","message":"Article not found"}}', Outcome.SOFT_404),
        ('{"message":"Forbidden"}', Outcome.FORBIDDEN),
        ('{"statusCode":500,"message":"Something broke"}', Outcome.SERVER_ERROR),
        ('<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>', Outcome.SOFT_404),
        ("<Error><Code>AccessDenied</Code><RequestId>1</RequestId></Error>", Outcome.FORBIDDEN),
        ('{"status":404,"ferries":[{"name":"Ilma"}]}', None),
        ('{"status":200,"message":"Article found"}', None),
        ('{"code":500,"name":"Rope","price":12}', None),
    ],
)
def test_an_object_of_nothing_but_an_error_says_which(body: str, outcome: Outcome | None) -> None:
    kind = "application/xml" if body.startswith("<") else "application/json"
    found = verdict(body, headers={"content-type": kind}).outcome
    assert found is outcome or (outcome is None and found in {Outcome.OK, Outcome.THIN})


@pytest.mark.parametrize(
    "address",
    [
        "http://203.0.113.7/",
        "https://www.provider.example/dot/",
        "https://notice.provider.example/blocked.html?x=1",
        "https://notice.provider.example/show?dpid=1&dpruleid=3&cat=107",
    ],
)
def test_a_frame_around_a_providers_notice_is_a_refusal(address: str) -> None:
    html = f"<html><body><iframe width='100%' src='{address}'></iframe></body></html>"
    assert verdict(html).outcome is Outcome.FORBIDDEN
    article = document("The ferry", f"<p>{SENTENCE * 7}</p><iframe src='{address}'></iframe>")
    assert verdict(article).outcome is Outcome.OK


@pytest.mark.parametrize("address", ["https://shop.example.com/", "https://player.example/v/dots"])
def test_a_frame_around_another_site_is_only_thin(address: str) -> None:
    html = f"<html><body><iframe src='{address}'></iframe></body></html>"
    assert verdict(html).outcome is Outcome.THIN


@pytest.mark.parametrize("status", [200, 429])
@pytest.mark.parametrize(
    "mark",
    [
        "<script src='/149e9513-01fa-4fb0-aad4-566afd725d1b/x/ips.js?KP_UIDz=1'></script>",
        "<script src='/TSPD/08?type=8'></script>",
        "<script src='https://captcha.perfdrive.com/c.js'></script>",
        "<meta http-equiv='refresh' content='0;/.well-known/sgcaptcha/?r=%2F'>",
        f"<script src='{CAPTCHA_SITE}'></script>",
    ],
)
def test_other_walls_are_known_by_their_mark_up(mark: str, status: int) -> None:
    assert verdict(page("Wait", more=mark), status=status).outcome is Outcome.CHALLENGE
    if "sgcaptcha" not in mark:
        article = f"<p>{SENTENCE * 7}</p>{mark}"
        assert verdict(document("The ferry", article)).outcome is Outcome.OK


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Just a moment...", ""),
        ("Request Rejected", "This website is using a security service to protect itself."),
        ("News", "Please disable your ad blocker to read this page."),
        ("News", "यह वेबसाइट दूरसंचार विभाग के निर्देशानुसार यह साइट अवरुद्ध है"),
    ],
)
def test_walls_in_yet_other_words_are_walls(title: str, said: str) -> None:
    assert verdict(page(said, title)).outcome in {Outcome.CHALLENGE, Outcome.FORBIDDEN}


@pytest.mark.parametrize(
    "said",
    [
        "This site is private. Log in to ask for access.",
        "This blog is open to invited readers only, and you have not been invited to read it.",
    ],
)
def test_a_site_for_invited_people_is_a_login_wall(said: str) -> None:
    assert verdict(page(said, "Notice")).outcome is Outcome.LOGIN_WALL


def test_a_page_with_a_password_of_its_own_is_a_login_wall() -> None:
    form = "<form action='/wp-login.php?action=postpass'><input name='post_password'></form>"
    assert verdict(page("Dieser Text hat ein Passwort.", "Geschützt", form)).outcome is (
        Outcome.LOGIN_WALL
    )


@pytest.mark.parametrize(
    "title", ["rivers.example is gone", "The blog at rivers.example has been deleted"]
)
def test_an_address_in_a_notice_stands_for_its_page(title: str) -> None:
    assert verdict(page("", title)).outcome is Outcome.SOFT_404


@pytest.mark.parametrize("title", ["Caddy works!", "Apache Tomcat/9.0.58", "IIS7"])
def test_first_pages_of_other_servers_are_no_site(title: str) -> None:
    assert verdict(page("Congratulations.", title)).outcome is Outcome.PARKED


@pytest.mark.parametrize("title", ["Πάρα πολλά αιτήματα", "För många förfrågningar"])
def test_a_page_that_counts_our_requests_in_other_words_is_a_limit(title: str) -> None:
    assert verdict(page("…", title)).outcome is Outcome.RATE_LIMITED
