"""Accounts asked for or halted, servers without a site, sites that stand still: a test a language,
and short articles on such things."""

from __future__ import annotations

import pytest

from archive.model.vocabulary import Outcome
from pipeline.read.outcomes.words.hosting import HOSTING, HOSTING_UNSPACED
from pipeline.read.outcomes.words.logins import LOGINS, LOGINS_UNSPACED
from pipeline.read.outcomes.words.spoken import Lexicon, spoken_in
from tests import account_samples as samples
from tests.judged_pages import SENTENCE, document, verdict

FORM = "<form><input name='u'><input type='password'></form>"


def page(said: str, title: str = "The Ilma Gazette", more: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head>"
        f"<body><main><p>{said}</p>{more}</main></body></html>"
    )


@pytest.mark.parametrize("language", sorted(samples.LOGINS))
def test_an_account_asked_for_above_a_form_is_a_login_wall(language: str) -> None:
    assert verdict(page(samples.LOGINS[language], more=FORM)).outcome is Outcome.LOGIN_WALL


def test_an_account_asked_for_in_two_ways_needs_no_form() -> None:
    said = "You are not logged in. Log in or register an account to read this topic."
    assert verdict(page(said)).outcome is Outcome.LOGIN_WALL


@pytest.mark.parametrize("language", sorted(samples.HALTED))
def test_an_account_that_its_host_halted_shows_no_site(language: str) -> None:
    assert verdict(page(samples.HALTED[language], "rivers")).outcome is Outcome.PARKED


def test_every_language_with_words_for_accounts_is_tried() -> None:
    assert {*LOGINS, *LOGINS_UNSPACED} == set(samples.LOGINS)
    assert {*HOSTING, *HOSTING_UNSPACED} == set(samples.HALTED)


@pytest.mark.parametrize("language", sorted(samples.DEFAULTS))
def test_what_stands_on_a_server_from_the_beginning_is_no_site(language: str) -> None:
    assert verdict(page(samples.DEFAULTS[language], "rivers")).outcome is Outcome.PARKED


@pytest.mark.parametrize(
    "title", ["Web Server's Default Page", "Domain Default page", "Домен не привязан"]
)
def test_a_title_of_a_server_alone_is_no_site(title: str) -> None:
    assert verdict(page("Nothing yet.", title)).outcome is Outcome.PARKED


def test_the_first_page_of_apache_is_no_site() -> None:
    html = "<html><head><title>It works!</title></head><body><h1>It works!</h1></body></html>"
    assert verdict(html).outcome is Outcome.PARKED


@pytest.mark.parametrize(
    "title", ["It works!", "Not acceptable!", "Un instant", "Chwila", "Before we continue"]
)
def test_a_headline_that_a_wall_could_have_stands_above_an_article(title: str) -> None:
    more = "<div class='g-recaptcha'></div>"
    assert verdict(page(SENTENCE * 9, title, more)).outcome is Outcome.OK


@pytest.mark.parametrize("language", sorted(samples.STILL))
def test_a_site_that_stands_still_says_nothing_of_the_page(language: str) -> None:
    assert verdict(page(samples.STILL[language])).outcome is Outcome.SERVER_ERROR


@pytest.mark.parametrize("language", sorted(samples.BROKEN))
def test_a_site_that_fails_in_its_own_words_is_an_error_of_the_server(language: str) -> None:
    assert verdict(page(samples.BROKEN[language])).outcome is Outcome.SERVER_ERROR


@pytest.mark.parametrize("language", sorted(samples.CHECKED))
def test_who_looks_whether_we_are_people_is_a_challenge(language: str) -> None:
    title, said = samples.CHECKED[language]
    assert verdict(page(said, title)).outcome is Outcome.CHALLENGE
    assert verdict(page("x", title), status=403).outcome is Outcome.CHALLENGE


@pytest.mark.parametrize(
    "mark",
    ["<div id='sec-if-cpt-container'></div>", "<script>window.rbzns={}</script>",
     "<script src='https://ct.captcha-delivery.com/i.js'></script>",
     "<script src='https://static.stormwall.pro/c.js'></script>",
     "<script>document.cookie='__jsl_clearance_s=1'</script>",
     "<script src='/__qrator/qauth.js'></script>", "<script>window.gokuProps={}</script>"],
)  # fmt: skip
def test_the_mark_up_of_a_wall_above_next_to_nothing_is_a_challenge(mark: str) -> None:
    assert verdict(page("Wait", more=mark)).outcome is Outcome.CHALLENGE


@pytest.mark.parametrize(
    "mark",
    ["<script src='/_Incapsula_Resource?SWJIYLWA=7&ns=1'></script>",
     "<script>window._pxAppId='PX1'</script>",
     "<script src='https://a.token.awswaf.com/a/challenge.js'></script>"],
)  # fmt: skip
def test_the_script_that_protects_a_short_article_is_no_wall(mark: str) -> None:
    article = f"<p>{SENTENCE * 7}</p>{mark}"
    assert verdict(document("The ferry goes again", article)).outcome is Outcome.OK
    dated = "<meta property='article:published_time' content='2026-03-20'>"
    short = document("The ferry goes again", f"<p>{SENTENCE}</p>{mark}", dated)
    assert verdict(short).outcome is Outcome.OK
    assert verdict(page("Wait", more=mark)).outcome is Outcome.CHALLENGE


@pytest.mark.parametrize("language", sorted(samples.ABSENT))
def test_a_page_that_is_no_more_in_other_words_is_a_soft_404(language: str) -> None:
    assert verdict(page(samples.ABSENT[language])).outcome is Outcome.SOFT_404


@pytest.mark.parametrize("title", sorted(samples.ABSENT_UNDER_ERRORS))
def test_what_stands_under_a_title_of_errors_says_what_failed(title: str) -> None:
    assert verdict(page(samples.ABSENT_UNDER_ERRORS[title], title)).outcome is Outcome.SOFT_404
    assert verdict(page("Nr. 7", title)).outcome is Outcome.SERVER_ERROR


@pytest.mark.parametrize("language", sorted(samples.NETWORKS))
def test_a_refusal_of_the_network_that_one_came_through_is_a_wall(language: str) -> None:
    found = verdict(page(samples.NETWORKS[language]))
    assert found.outcome in {Outcome.FORBIDDEN, Outcome.CHALLENGE}


@pytest.mark.parametrize("said", samples.DUMPS)
def test_what_a_program_prints_where_it_ends_is_an_error_of_the_server(said: str) -> None:
    assert verdict(page(said, "")).outcome is Outcome.SERVER_ERROR


@pytest.mark.parametrize("language", sorted(samples.APOLOGIES))
def test_a_page_that_only_says_that_something_failed_is_an_error(language: str) -> None:
    assert verdict(page(samples.APOLOGIES[language])).outcome is Outcome.SERVER_ERROR


@pytest.mark.parametrize("language", sorted(samples.SALES))
def test_a_name_without_a_site_in_other_words_is_parked(language: str) -> None:
    assert verdict(page(samples.SALES[language], "rivers.example")).outcome is Outcome.PARKED


@pytest.mark.parametrize("language", sorted(samples.OFFERS))
def test_an_offer_in_other_words_is_a_paywall(language: str) -> None:
    html = document("Ferry", f"<p>{SENTENCE}</p><p>{samples.OFFERS[language]}</p>")
    assert verdict(html).outcome is Outcome.PAYWALL


@pytest.mark.parametrize("address", ["10.10.34.36", "192.168.9.1", "172.20.0.7"])
def test_a_frame_of_the_network_in_between_is_a_refusal(address: str) -> None:
    html = f"<html><body><iframe src='http://{address}?type=x'></iframe></body></html>"
    assert verdict(html).outcome is Outcome.FORBIDDEN


def test_a_frame_of_the_site_itself_is_only_thin() -> None:
    html = "<html><body><iframe src='https://player.example.com/1'></iframe></body></html>"
    assert verdict(html).outcome is Outcome.THIN


@pytest.mark.parametrize(
    "said",
    [("5651 sayılı kanun ve mahkeme kararı uyarınca bu internet sitesi hakkında erişimin "
     "engellenmesi kararı uygulanmaktadır."), "الموقع الذي تحاول الوصول إليه محجوب",
     "دسترسی به این وبسایت از خارج از کشور امکان پذیر نیست"],
)  # fmt: skip
def test_what_the_law_has_printed_in_other_words_is_a_refusal(said: str) -> None:
    assert verdict(page(said)).outcome is Outcome.FORBIDDEN


def test_the_heading_and_buttons_of_a_page_of_few_words_are_its_notice() -> None:
    html = page("The page cannot be shown. Please ask the administrator.", "Attack 20000051")
    html = html.replace("<main>", "<h2>Web page blocked!</h2><main>")
    assert verdict(html).outcome is Outcome.FORBIDDEN


@pytest.mark.parametrize("name", sorted(samples.ARTICLES))
def test_short_articles_on_such_things_are_articles(name: str) -> None:
    assert verdict(page(samples.ARTICLES[name])).outcome is Outcome.OK


def test_a_word_is_not_cut_where_no_particle_ends() -> None:
    lexicon = Lexicon({"fa": {"refused": "رد"}, "ar": {"ask": "صفحة"}, "he": {"see": "עמוד"}}, {})
    assert not spoken_in("وارد", lexicon).found
    assert spoken_in("والصفحة", lexicon).has("ask")
    assert spoken_in("שבעמוד", lexicon).has("see")
