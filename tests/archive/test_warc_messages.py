"""What records say of a fetch: its context, headers, status line and address."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.errors import WarcError
from archive.model.fetch import Exchange, FetchContext, HttpMessage, PayloadRef
from archive.model.vocabulary import Kind, Via
from archive.warc.reader import iter_records, read_at
from tests.warc_samples import (
    CONTEXT,
    HTML,
    NOW,
    exchange,
    only_file,
    writer,
)


def test_a_fetch_without_response_is_kept_with_its_error(tmp_path):
    context = FetchContext(
        8, Kind.SOURCE, "https://gone.example/", error=("dns-failure", "no such name: ще раз\n")
    )
    with writer(tmp_path) as warc:
        written = warc.write_failure("https://gone.example/", NOW, context)
    record = read_at(only_file(tmp_path), written.location.offset)
    assert (record.type, record.uri, record.date) == ("metadata", "https://gone.example/", NOW)
    # What pywb leaves out of its index; JSON it would replay as the page.
    assert record.header("Content-Type") == "application/warc-fields"
    assert record.context == context
    assert b'"error":["dns-failure"' in record.payload
    assert written.payload_digest is None


def test_a_whole_context_comes_back_equal(tmp_path):
    context = FetchContext(
        capture_id=123456,
        kind=Kind.DISCOVERY,
        uri_r="https://example/\x7f\r\nWARC-Type: warcinfo",
        via=Via.WAYBACK,
        reason='recrawl: "їжак" \r\nX: y',
        hop=2,
        final=False,
        tls_verified=True,
        step="sitemap",
        memento_at="2026-01-01T00:00:00Z",
        origin="urn:uuid:1",
        error=("timeout", "x"),
        run="r1",
    )
    with writer(tmp_path) as warc:
        written = warc.write(exchange(), context)
    assert read_at(only_file(tmp_path), written.location.offset).context == context


@pytest.mark.parametrize(
    ("asked", "answered", "is_said"),
    [
        ("https://a.example/1", "https://a.example/1", False),
        ("https://a.example/1", "https://b.example/", True),
        ("https://a.example/x y", "https://a.example/x y", True),
        ("https://a.example/їжак", "https://a.example/їжак", True),
    ],
)
def test_the_address_asked_for_is_said_where_it_is_not_the_one_that_answered(
    tmp_path, asked, answered, is_said
):
    context = FetchContext(9, Kind.SOURCE, asked)
    with writer(tmp_path) as warc:
        written = warc.write(exchange(uri=answered), context)
    record = read_at(only_file(tmp_path), written.location.offset)
    assert record.context == context
    assert ("uri_r" in (record.header("ISW-Archive-Context") or "")) is is_said


def test_an_endless_error_text_is_cut_so_that_other_tools_can_read_the_header(tmp_path):
    context = replace(CONTEXT, reason="r" * 10**6, error=("timeout", "e" * 10**6))
    with writer(tmp_path) as warc:
        written = warc.write(exchange(), context)
    found = read_at(only_file(tmp_path), written.location.offset)
    assert found.context is not None
    assert found.context.error == ("timeout", "e" * 2000)
    assert len(found.header("ISW-Archive-Context") or "") < 5000


@pytest.mark.parametrize(
    ("given_headers", "kept"),
    [
        ((("Transfer-Encoding", "chunked"),), (("X-Crawler-Transfer-Encoding", "chunked"),)),
        ((("content-length", "4096"),), (("X-Crawler-content-length", "4096"),)),
        ((("Content-Length", "12"),), (("Content-Length", "12"),)),
        ((("Content-Encoding", "gzip"),), (("Content-Encoding", "gzip"),)),
        (
            (("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")),
            (("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")),
        ),
        ((("X\r\nEvil", "a\r\nB: c\0d"),), (("X__Evil", "a B: c d"),)),
        ((("", "x"), ("Ünï", "кіт")), (("_", "x"), ("_n_", "кіт".encode().decode("latin-1")))),
        ((("X", "na\xefve"),), (("X", "na\xefve"),)),
    ],
)
def test_headers_are_kept_unless_they_would_mislead_a_reader(tmp_path, given_headers, kept):
    with writer(tmp_path) as warc:
        written = warc.write(exchange(headers=given_headers), CONTEXT)
    record = read_at(only_file(tmp_path), written.location.offset)
    assert record.http_headers == kept
    assert record.payload == b"<p>hello</p>"


@pytest.mark.parametrize(
    ("line", "kept", "protocol"),
    [
        ("HTTP/2 200", "HTTP/1.1 200", "h2"),
        ("HTTP/3 200 OK", "HTTP/1.1 200 OK", "h3"),
        ("HTTP/0.9 200 OK", "HTTP/1.1 200 OK", "http/0.9"),
        ("HTTP/1.0 404 Not Found", "HTTP/1.0 404 Not Found", None),
        ("HTTP/1.1 200 O\r\nX: y", "HTTP/1.1 200 O X: y", None),
    ],
)
def test_a_status_line_is_one_that_every_tool_reads(tmp_path, line, kept, protocol):
    with writer(tmp_path) as warc:
        written = warc.write(exchange(line=line), CONTEXT)
    record = read_at(only_file(tmp_path), written.location.offset)
    assert (record.http_start_line, record.header("WARC-Protocol")) == (kept, protocol)
    assert record.http_headers == HTML


def test_a_response_without_status_line_is_refused_before_anything_is_written(tmp_path):
    with writer(tmp_path) as warc, pytest.raises(WarcError, match=r"news\.example.*no status line"):
        warc.write(exchange(line="<html>"), CONTEXT)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("2001:DB8::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("proxy\r\nX: y", None),
        ("", None),
        (None, None),
    ],
)
def test_an_ip_address_is_written_only_when_it_is_one(tmp_path, address, kept):
    with writer(tmp_path) as warc:
        written = warc.write(exchange(ip_address=address), CONTEXT)
    assert read_at(only_file(tmp_path), written.location.offset).ip_address == kept


def test_a_cut_body_says_why_it_was_cut(tmp_path):
    with writer(tmp_path) as warc:
        written = warc.write(exchange(truncated="disconnect"), CONTEXT)
    assert read_at(only_file(tmp_path), written.location.offset).truncated == "disconnect"


def test_a_url_cannot_add_a_header(tmp_path):
    uri = "https://x.example/\r\nWARC-Type: request\r\n\r\n<b> ї"
    with writer(tmp_path) as warc:
        written = warc.write(exchange(uri=uri), CONTEXT)
    record = read_at(only_file(tmp_path), written.location.offset)
    assert record.uri == "https://x.example/%0D%0AWARC-Type:%20request%0D%0A%0D%0A%3Cb%3E%20ї"
    assert record.type == "response"


def test_an_earlier_record_cannot_add_a_header_either(tmp_path):
    with writer(tmp_path) as warc:
        first = warc.write(exchange(), CONTEXT)
        evil = PayloadRef("<urn:x>\r\nA: b", "https://a\r\nC: d", NOW, first.payload_digest or "")
        again = warc.write(exchange(), CONTEXT, evil)
    record = read_at(only_file(tmp_path), again.location.offset)
    assert {"a", "c"}.isdisjoint(name.lower() for name, _ in record.warc_headers)


TOKEN = st.text(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~", min_size=1
)
VALUE = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0")).map(
    lambda text: text.strip(" \t")
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    headers=st.lists(
        st.tuples(
            TOKEN.filter(lambda name: name.lower() not in {"transfer-encoding", "content-length"}),
            VALUE,
        )
    ),
    body=st.binary(),
)
@example(headers=[], body=b"")
@example(headers=[("A", "")], body=b"\r\n\r\nWARC/1.1\r\n\r\n")
@example(headers=[("A", "\x85\x0b\x0c\x1c")], body=b"\x1f\x8b\x08\x00")
def test_every_clean_message_comes_back_equal(tmp_path_factory, headers, body):
    folder = tmp_path_factory.mktemp("warc")
    sent = exchange(body, tuple(headers))
    with writer(folder) as warc:
        written = warc.write(sent, CONTEXT)
        warc.write(exchange(b"the next"), CONTEXT)
    path = only_file(folder)
    record = read_at(path, written.location.offset)
    assert record.exchange() == sent
    assert record.digest_problems() == ()
    assert [found.payload for found in iter_records(path, types={"response"})] == [
        body,
        b"the next",
    ]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    line=st.text().map(lambda text: "HTTP/1.1 200 " + text),
    headers=st.lists(st.tuples(st.text(), st.text())),
    uri=st.text(),
    body=st.binary(),
)
def test_no_message_whatever_breaks_out_of_its_record(tmp_path_factory, line, headers, uri, body):
    folder = tmp_path_factory.mktemp("warc")
    asked = HttpMessage("GET / HTTP/1.1", tuple(headers))
    with writer(folder) as warc:
        warc.write(Exchange(uri, NOW, HttpMessage(line, tuple(headers), body), asked), CONTEXT)
    info, response, kept_request = iter_records(only_file(folder))
    assert (info.type, response.type, kept_request.type) == ("warcinfo", "response", "request")
    assert (response.http_status, len(response.http_headers)) == (200, len(headers))
    assert response.payload == body
    assert kept_request.payload == b""
    assert not response.digest_problems() + kept_request.digest_problems()
