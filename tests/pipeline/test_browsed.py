"""A browser's captures, read and told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archive.model.browser import PAGE, RESPONSE, SCREENSHOT, BrowserNote
from archive.model.fetch import FetchContext
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind, Outcome, Via
from archive.warc.compose import context_json
from pipeline.read.process import Limits, process
from tests.factories import page

MAP = "https://maps.example/story"
NOTE = BrowserNote(
    page="urn:uuid:1", final_url=MAP, http_status=200, browser="Chromium/1", requests=3, size=9,
    refused=(("a:80", "private"),), limit="more than 3 requests",
)  # fmt: skip
WORDS = "The ferry crosses in the morning and in the evening while the bridge is being mended. "


def kept(part: str, body: bytes, note: BrowserNote, **changes: Any) -> FetchedPage:
    told = {"http_status": None, "headers": {"content-type": "text/html; charset=utf-8"}, **changes}
    return page(
        2, kind=Kind.BROWSER, uri_r=MAP, subject=MAP, step=part, via=Via.BROWSER, body=body,
        browser=note, final_url=f"urn:dom:{MAP}", **told,
    )  # fmt: skip


def test_what_a_browser_says_goes_into_the_record_and_comes_back() -> None:
    context = FetchContext(1, Kind.BROWSER, MAP, via=Via.BROWSER, step=PAGE, browser=NOTE)
    assert FetchContext.from_json(json.loads(context_json(context, f"urn:dom:{MAP}"))) == context


def test_other_records_say_nothing_of_browsers() -> None:
    assert "browser" not in context_json(FetchContext(1, Kind.SOURCE, MAP), MAP)


def test_a_page_is_read_as_it_stood_in_the_browser() -> None:
    body = f"<title>Crossings</title><article><p>{WORDS * 8}</p></article>".encode()
    done = process(kept(PAGE, body, NOTE), Limits())
    assert done.verdict.outcome is Outcome.OK
    assert (done.page.final_url, done.page.http_status) == (MAP, 200)
    assert done.text is not None
    assert (done.text.title, done.media) == ("Crossings", ())


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(404, Outcome.GONE), (403, Outcome.FORBIDDEN), (503, Outcome.SERVER_ERROR)],
)
def test_an_error_page_is_one_in_a_browser_too(status: int, outcome: Outcome) -> None:
    note = BrowserNote(final_url=MAP, http_status=status)
    assert process(kept(PAGE, b"<h1>Sorry</h1>", note), Limits()).verdict.outcome is outcome


def test_a_page_that_shows_nothing_is_thin_in_a_browser_too() -> None:
    note = BrowserNote(final_url=MAP, http_status=200)
    empty = kept(PAGE, b"<html><body><div id=root></div></body></html>", note)
    assert process(empty, Limits()).verdict.outcome is Outcome.THIN


@pytest.mark.parametrize(
    ("part", "changes", "outcome"),
    [
        (RESPONSE, {"http_status": 200}, Outcome.OK),
        (RESPONSE, {"http_status": 200, "body": b""}, Outcome.OK),
        (RESPONSE, {"http_status": 200, "truncated": "unspecified"}, Outcome.TRUNCATED),
        (RESPONSE, {"http_status": 302, "truncated": "unspecified"}, Outcome.OK),
        (RESPONSE, {"http_status": 404}, Outcome.GONE),
        (SCREENSHOT, {}, Outcome.OK),
    ],
)
def test_a_part_is_judged_by_its_status_and_not_read(
    part: str, changes: dict[str, Any], outcome: Outcome
) -> None:
    body = changes.pop("body", b"window.x = 1")
    done = process(kept(part, body, BrowserNote(page="urn:uuid:1"), **changes), Limits())
    assert (done.verdict.outcome, done.text) == (outcome, None)


def test_a_page_that_could_not_be_shown_says_why() -> None:
    error = ("address-refused", "10.0.0.1 is private")
    failed = kept(PAGE, b"", NOTE, error=error)
    assert process(failed, Limits()).verdict.outcome is Outcome.ADDRESS_REFUSED
