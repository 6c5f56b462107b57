"""The rest of a file whose download was cut: which answers go on with it, and which do not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response

from archive.db.tables.media_rows import is_settled
from archive.model.fetch import Exchange, HttpMessage
from archive.model.media import Part
from archive.warc.compose import fitting_headers
from crawler.middlewares.resume import fits, is_part, promised_bytes
from tests.factories import at

URL = "https://cdn.example/clip.mp4"
PART = Part("urn:uuid:1", "a.warc.gz", 0, 600, '"v1"', None)
DATED = Part("urn:uuid:1", "a.warc.gz", 0, 600, None, "Sun, 01 Mar 2026 10:00:00 GMT")


def answer(
    status: int = 206, span: str = "bytes 600-999/1000", size: int = 400, *,
    truncated: str | None = None, **named: Any,
) -> Exchange:  # fmt: skip
    headers = {"Content-Range": span, "ETag": '"v1"', **named}
    lines = tuple((name.replace("_", "-"), value) for name, value in headers.items() if value)
    said = HttpMessage(f"HTTP/1.1 {status} Partial Content", lines, bytes(size))
    return Exchange(URL, at(1), said, truncated=truncated)


def test_the_rest_of_the_same_file_fits() -> None:
    assert fits(PART, answer())
    assert fits(DATED, answer(ETag=None, Last_Modified=DATED.last_modified))


def test_a_rest_that_is_cut_again_is_a_beginning_of_it() -> None:
    assert fits(PART, answer(size=100, truncated="disconnect"))


@pytest.mark.parametrize(
    "other",
    [
        answer(200),
        answer(416, span="bytes */1000", size=0),
        answer(span="bytes 599-999/1000", size=401),
        answer(span="bytes 700-999/1000", size=300),
        answer(span="bytes 600-799/1000", size=200),
        answer(span="bytes 600-999/*"),
        answer(span="bytes 600-999/1200"),
        answer(span="octets 600-999/1000"),
        answer(span="bytes 600-99999999999999999999/1000"),
        answer(span=""),
        answer(size=399),
        answer(size=401),
        answer(size=500, truncated="time"),
        answer(ETag='"v2"'),
        answer(ETag='W/"v1"'),
        answer(ETag=None),
        answer(Content_Encoding="gzip"),
        answer(span="bytes 600-4000000000/4000000001", size=400, truncated="length"),
    ],
)
def test_whatever_does_not_meet_the_part_is_no_rest_of_it(other: Exchange) -> None:
    assert not fits(PART, other)


def test_a_file_that_is_as_long_as_was_promised_is_the_same() -> None:
    assert fits(PART, answer(), 1_000)
    assert not fits(PART, answer(), 1_200)
    kept = fitting_headers((("Content-Length", "1000"),), 600)
    assert promised_bytes(kept) == 1_000
    assert (
        promised_bytes((*kept, *fitting_headers((("Transfer-Encoding", "chunked"),), 600))) is None
    )
    assert promised_bytes((("Content-Length", "many"),)) is None


def test_an_answer_that_names_two_ranges_names_none() -> None:
    said = answer()
    more = (*said.response.headers, ("content-range", "bytes 0-399/1000"))
    assert not fits(PART, replace(said, response=replace(said.response, headers=more)))


def test_a_file_by_its_date_needs_that_date_again() -> None:
    assert not fits(DATED, answer(Last_Modified="Sun, 01 Mar 2026 10:00:01 GMT"))
    assert not fits(DATED, answer())


@pytest.mark.parametrize(
    ("status", "expected"), [(206, True), (416, True), (200, False), (404, False)]
)
def test_only_answers_about_the_range_are_parts(status: int, expected: bool) -> None:
    asked = Request(URL, headers={"Range": "bytes=600-"})
    assert is_part(asked, Response(URL, status=status)) is expected
    assert not is_part(Request(URL), Response(URL, status=status))


def test_a_date_names_a_file_that_was_not_changed_just_then() -> None:
    assert is_settled("Sun, 01 Mar 2026 10:00:00 GMT", "2026-03-01T10:01:00Z")
    assert not is_settled("Sun, 01 Mar 2026 10:00:00 GMT", "2026-03-01T10:00:59Z")
    assert not is_settled("yesterday", "2026-03-01T10:01:00Z")
