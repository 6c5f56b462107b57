"""Answers that a browser reports, as records keep them."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.browser.keeping import exchange_of
from crawler.browser.visit import (
    Answered,
    Began,
    Visit,
    VisitOrder,
    line_of,
    order,
    read_began,
    visit,
)

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)


def answered(**changes: Any) -> Answered:
    base = Answered(
        url="https://maps.example/data?x=1", age_s=1.5, method="GET",
        asked=((":path", "/data"), ("accept", "*/*")), status=200, phrase="",
        headers=((":status", "200"), ("content-type", "application/json"),
                 ("content-encoding", "br"), ("set-cookie", "a=1\nb=2")),
        body="00001.body", address="93.184.216.34", protocol="h2",
    )  # fmt: skip
    return dataclasses.replace(base, **changes)


def test_an_answer_says_what_the_browser_says_and_nothing_against_its_body() -> None:
    kept = exchange_of(answered(), b"{}", AT)
    assert kept.response.start_line == "HTTP/2 200"
    assert kept.response.headers == (
        ("content-type", "application/json"),
        ("X-Crawler-content-encoding", "br"),
        ("set-cookie", "a=1"),
        ("set-cookie", "b=2"),
    )
    assert kept.request is not None
    assert (kept.request.start_line, kept.request.headers) == (
        "GET /data?x=1 HTTP/1.1",
        (("accept", "*/*"),),
    )
    assert (kept.ip_address, kept.captured_at, kept.truncated) == ("93.184.216.34", AT, None)


@pytest.mark.parametrize(
    ("changes", "truncated"),
    [
        ({"body": None}, "unspecified"),
        ({"body": None, "status": 302}, "unspecified"),
        ({"body": None, "status": 204}, None),
        ({"body": None, "method": "HEAD"}, None),
    ],
)
def test_a_body_that_the_browser_does_not_give_is_said_to_be_missing(
    changes: dict[str, Any], truncated: str | None
) -> None:
    assert exchange_of(answered(**changes), b"", AT).truncated == truncated


def test_lines_between_the_processes_come_back_as_they_were() -> None:
    told = Visit(error=("timeout", "late"), refused=(("a:80", "no"),), answers=(answered(),))
    assert visit(line_of(told)) == told
    asked = VisitOrder("https://maps.example/", "there", pdf=True)
    assert order(line_of(asked)) == asked
    begun = Began("chromium", sandbox=True, agent="isw-archive/1", networks=("10.0.0.0/8",))
    assert read_began(line_of(begun)) == begun
