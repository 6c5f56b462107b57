"""Posts whose view shows nothing, and sources that share one address: the real engine over a small
web."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.replica.messages import Reply, Request, html, not_found, redirect
from tests.replica.sites import Site
from tests.spider_runs import AT, Crawl, Run, crawl_citing

POST = "https://t.me/river_log/40"
COMMENT = "https://t.me/river_log/40?comment=7"
CITED = (
    POST,
    COMMENT,
    "https://t.me/river_log/41",
    "https://t.me/river_log/42",
    "https://t.me/river_log/43",
    "https://t.me/river_log/44",
)
TEXT = "The lock at the lower quay was opened again, {}."


CONTEXT = ("https://t.me/river_log/39", "https://t.me/river_log/38")
"""What post 40 answers, and what that answers in turn; nobody cites them."""


def message(number: int) -> str:
    answers = (
        f'<a class="tgme_widget_message_reply" href="https://t.me/river_log/{number - 1}"></a>'
    )
    return (
        f'<div class="tgme_widget_message" data-post="river_log/{number}"><a '
        f'class="tgme_widget_message_owner_name">River log</a>{answers}<div '
        f'class="tgme_widget_message_text js-message_text">{TEXT.format(number)}</div></div>'
    )


def page(body: str) -> Reply:
    return html(f"<html><head><title>Telegram</title></head><body>{body}</body></html>")


def telegram(request: Request) -> Reply:
    """Posts to 40 are shown, 41 is gone; the widget shows nothing of 42 to 44, of which the preview
    knows 42 and 44."""
    if request.path == "/robots.txt":
        return not_found()
    if request.bare_path == "/s/river_log/44":
        return redirect("/river_log")
    if request.bare_path.startswith("/s/"):
        return page(message(39) + message(42) + message(45))
    if request.bare_path == "/river_log":
        return page('<div class="tgme_page">12 subscribers</div>')
    if request.bare_path in {"/river_log/38", "/river_log/39", "/river_log/40"}:
        return page(message(int(request.bare_path[-2:])))
    if request.bare_path == "/river_log/41":
        return page('<div class="tgme_widget_message_error">Post not found</div>')
    return page('<div class="tgme_page">Open the app.</div>')


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    folder = tmp_path_factory.mktemp("platforms")
    with crawl_citing(folder, CITED, Site(("t.me",), telegram)) as crawl:
        yield crawl


@pytest.fixture(scope="module")
def run(crawl: Crawl) -> Run:
    return crawl.run("sources")


def captures(crawl: Crawl, cited: str) -> list[tuple[str, str]]:
    """Address and outcome of each capture of a source in the first hour, in order."""
    return crawl.rows(
        "SELECT c.url, c.outcome FROM captures c JOIN sources s ON s.id = c.source_id "
        f"WHERE s.url = '{cited}' AND c.captured_at < '2026-03-20T13' ORDER BY c.id"
    )


def test_two_sources_at_one_address_each_have_a_capture(run: Run, crawl: Crawl) -> None:
    asked = "https://t.me/river_log/40?embed=1&mode=tme"
    assert captures(crawl, POST) == [(asked, "ok")]
    assert captures(crawl, COMMENT) == [(asked, "ok")]


def test_nothing_is_left_waiting(run: Run, crawl: Crawl) -> None:
    assert run.done["reason"] == "finished"
    assert crawl.rows("SELECT url FROM sources WHERE captures = 0") == []
    assert len(run.captures("source")) == len(CITED) + 1


def test_what_a_cited_post_answers_is_captured_and_nothing_further(run: Run, crawl: Crawl) -> None:
    asked = "SELECT c.reason, c.outcome FROM captures c JOIN sources s ON s.id = c.source_id"
    assert crawl.rows(f"{asked} WHERE s.url = '{CONTEXT[0]}'")[:1] == [("context", "ok")]
    assert crawl.rows(f"SELECT url FROM sources WHERE url = '{CONTEXT[1]}'") == []


def test_a_post_whose_widget_is_empty_is_read_from_the_preview(run: Run, crawl: Crawl) -> None:
    assert captures(crawl, CITED[3]) == [
        ("https://t.me/river_log/42?embed=1&mode=tme", "thin"),
        ("https://t.me/s/river_log/42", "ok"),
    ]
    [(text,)] = crawl.rows(
        "SELECT DISTINCT t.text FROM texts t JOIN captures c ON c.text_id = t.id WHERE c.url LIKE "
        "'%/s/river_log/42'"
    )
    assert text == TEXT.format(42)


def test_a_preview_without_the_post_says_that_it_is_gone(run: Run, crawl: Crawl) -> None:
    assert captures(crawl, CITED[4])[-1] == ("https://t.me/s/river_log/43", "removed")


def test_a_post_that_no_view_shows_ends_as_thin(run: Run, crawl: Crawl) -> None:
    assert captures(crawl, CITED[5]) == [
        ("https://t.me/river_log/44?embed=1&mode=tme", "thin"),
        ("https://t.me/s/river_log/44", "thin"),
    ]


def test_what_telegram_says_is_gone_is_not_asked_for_twice(run: Run, crawl: Crawl) -> None:
    assert captures(crawl, CITED[2]) == [("https://t.me/river_log/41?embed=1&mode=tme", "removed")]


def test_each_of_two_sources_at_one_address_is_looked_at_early_then_checked(
    run: Run, crawl: Crawl
) -> None:
    crawl.move_to(AT + timedelta(hours=2))
    crawl.run("checks", early=True)
    looks = crawl.rows(
        "SELECT s.url, c.outcome FROM captures c JOIN sources s ON s.id = c.source_id "
        "WHERE c.reason = 'early look' ORDER BY 1"
    )
    assert [one for one in looks if one[0] in {POST, COMMENT}] == [(POST, "ok"), (COMMENT, "ok")]
    assert CONTEXT[0] not in dict(looks)
    crawl.move_to(AT + timedelta(days=30))
    crawl.run("checks", all_due=True)
    held = dict(crawl.rows("SELECT url, captures FROM sources"))
    assert (held[POST], held[COMMENT]) == (3, 3)
    again = crawl.run("sources")
    assert again.captures("source") == {}
