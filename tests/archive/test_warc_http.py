"""HTTP messages in records: status lines however they are written, and which response of a block
counts."""

from __future__ import annotations

import pytest

from archive.model.fetch import Location
from archive.warc.http import response_start, status_of
from archive.warc.record import WarcRecord, build_record, raw_body

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The ferry goes again</p>"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("HTTP/1.1 200 OK", 200),
        ("http/1.1 200 OK", 200),
        ("HTTP/1.1\t200 OK", 200),
        ("HTTP/1.1\xa0200 OK", 200),
        ("HTTP/1.1\xc2\xa0200 OK", 200),
        ("HTTP/1.10 404 Not Found", 404),
        ("HTTP/11 200 OK", 200),
        ("HTTP/ 200", 200),
        ("HTTP 503", 503),
        ("HTTP/2 204 ", 204),
    ],
)
def test_a_status_is_read_however_its_line_is_written(line: str, status: int) -> None:
    said = status_of(line)
    assert said is not None
    assert said[0] == status


@pytest.mark.parametrize(
    "line", ["", "HTTP/1.1", "HTTP/1.1 20", "HTTP/1.1 2000 OK", "GET / HTTP/1.1", "<html>", "HTTPS"]
)
def test_what_is_no_status_line_has_no_status(line: str) -> None:
    assert status_of(line) is None


@pytest.mark.parametrize(
    "before",
    [
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 3,
        b"HTTP/1.1 102 Processing\n\n",
        b"HTTP/1.0 200 Connection established\r\n\r\n",
        b"\r\n",
        b"",
    ],
)
def test_the_final_response_of_a_block_counts(before: bytes) -> None:
    assert before[: response_start(before + PAGE)] == before
    record = _record(before + PAGE)
    assert record.http_status == 200
    assert record.payload == raw_body(record) == b"<p>The ferry goes again</p>"


def test_an_interim_response_alone_is_all_there_is() -> None:
    assert _record(b"HTTP/1.1 100 Continue\r\n\r\n").http_status == 100


def test_a_page_that_shows_a_response_is_itself() -> None:
    page = b"HTTP/1.1 200 OK\r\n\r\n" + PAGE
    assert _record(page).payload == PAGE


def test_switching_protocols_is_final() -> None:
    block = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n" + PAGE
    assert _record(block).http_status == 101


def test_a_segment_is_a_part() -> None:
    assert _record(PAGE, ("WARC-Segment-Number", "1")).truncated == "segment"


def test_a_revisit_without_its_payload_is_not_cut() -> None:
    record = _record(PAGE[:-27], ("WARC-Truncated", "length"), kind="revisit")
    assert record.truncated is None


def _record(block: bytes, *more: tuple[str, str], kind: str = "response") -> WarcRecord:
    headers = (("WARC-Type", kind), ("Content-Type", "application/http"), *more)
    return build_record(headers, block, Location("a.warc.gz", 0, 1), cut=False)
