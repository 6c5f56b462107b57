from __future__ import annotations

import gzip
import hashlib
import os
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.errors import WarcError
from archive.model.body import LARGE_BYTES as LARGE
from archive.model.fetch import Exchange, FetchContext, HttpMessage, PayloadRef
from archive.model.vocabulary import Kind, Via
from archive.warc.packing.origins import GZIP_MAGIC
from archive.warc.reader import iter_records, read_at
from tests.warc_samples import (
    CONTEXT,
    HTML,
    NOW,
    URI,
    exchange,
    only_file,
    ref,
    request,
    three_captures,
    writer,
)


def sha256(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def warcio(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("warcio")
    return subprocess.run(
        [command, *arguments], capture_output=True, text=True, check=False, timeout=60
    )


def test_a_response_and_its_request_are_written_byte_for_byte_as_the_standard_says(tmp_path):
    with writer(tmp_path) as warc:
        warc.write(exchange(request=request(), ip_address="127.0.0.1"), CONTEXT)
    text = gzip.decompress(only_file(tmp_path).read_bytes())
    response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>hello</p>"
    asked = b"GET /story?a=1&b=2 HTTP/1.1\r\nHost: news.example\r\nUser-Agent: test\r\n\r\n"
    expected = (
        (
            "WARC/1.1\r\n"
            "WARC-Type: response\r\n"
            "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
            f"WARC-Warcinfo-ID: <urn:uuid:00000000-0000-4000-8000-000000000004>\r\n"
            "WARC-Target-URI: https://news.example/story?a=1&b=2\r\n"
            "WARC-Date: 2026-03-16T22:05:13Z\r\n"
            "WARC-IP-Address: 127.0.0.1\r\n"
            f"WARC-Payload-Digest: {sha256(b'<p>hello</p>')}\r\n"
            "ISW-Archive-Context: "
            '{"capture_id":7,"kind":"source","uri_r":"https://news.example/story?a=1&b=2"}\r\n'
            "Content-Type: application/http; msgtype=response\r\n"
            f"WARC-Block-Digest: {sha256(response)}\r\n"
            f"Content-Length: {len(response)}\r\n\r\n"
        ).encode()
        + response
        + b"\r\n\r\n"
        + (
            "WARC/1.1\r\n"
            "WARC-Type: request\r\n"
            "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000002>\r\n"
            "WARC-Target-URI: https://news.example/story?a=1&b=2\r\n"
            "WARC-Date: 2026-03-16T22:05:13Z\r\n"
            "WARC-IP-Address: 127.0.0.1\r\n"
            "WARC-Concurrent-To: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
            "Content-Type: application/http; msgtype=request\r\n"
            f"WARC-Block-Digest: {sha256(asked)}\r\n"
            f"Content-Length: {len(asked)}\r\n\r\n"
        ).encode()
        + asked
        + b"\r\n\r\n"
    )
    assert text[text.index(b"WARC/1.1", 1) :] == expected


def test_a_file_begins_with_a_warcinfo_that_says_what_was_reconstructed(tmp_path):
    with writer(tmp_path, info={"operator": "someone\r\nrobots: ignore"}) as warc:
        warc.write(exchange(), CONTEXT)
    path = only_file(tmp_path)
    info = next(iter_records(path))
    assert info.type == "warcinfo"
    assert info.header("WARC-Filename") == path.name
    fields = dict(line.split(": ", 1) for line in info.payload.decode().splitlines())
    assert fields["software"] == "isw-archive/test"
    assert fields["robots"] == "classic"
    assert fields["operator"] == "someone robots: ignore"
    assert "reconstructed" in fields["description"]
    assert "X-Crawler-Transfer-Encoding" in fields["description"]


def test_the_name_of_a_file_tells_time_serial_and_run_and_nothing_of_a_url(tmp_path):
    with writer(tmp_path) as warc:
        written = warc.write(exchange(uri="https://x.example/../../etc/passwd"), CONTEXT)
    assert written.location.file == "isw-archive-20260316220513-00001-00000000.warc.gz"
    assert [path.name for path in tmp_path.iterdir()] == [written.location.file]


def test_two_writers_that_chose_the_same_name_do_not_share_a_file(tmp_path):
    with writer(tmp_path) as one, writer(tmp_path) as other:
        one.write(exchange(), CONTEXT)
        with pytest.raises(WarcError, match="cannot be written"):
            other.write(exchange(), CONTEXT)
    assert [record.type for record in iter_records(only_file(tmp_path))] == ["warcinfo", "response"]


def test_nothing_is_made_until_something_is_written(tmp_path):
    with writer(tmp_path / "warc") as warc:
        warc.sync()
    assert not (tmp_path / "warc").exists()


def test_every_record_stands_where_its_location_says(tmp_path):
    path, written = three_captures(tmp_path)
    for one in written:
        found = read_at(path, one.location.offset)
        assert (found.record_id, found.location) == (one.record_id, one.location)
        member = path.read_bytes()[one.location.offset :][: one.location.length]
        assert member.startswith(GZIP_MAGIC)
        assert gzip.decompress(member).startswith(b"WARC/1.1\r\n")


def test_a_record_can_be_read_as_soon_as_it_is_written(tmp_path):
    with writer(tmp_path) as warc:
        written = warc.write(exchange(), CONTEXT)
        assert read_at(only_file(tmp_path), written.location.offset).payload == b"<p>hello</p>"


def test_a_file_is_closed_before_it_grows_beyond_its_size(tmp_path):
    with writer(tmp_path, max_bytes=3000) as warc:
        written = [warc.write(exchange(bytes(range(256)) * 4), CONTEXT) for _ in range(6)]
    files = sorted(tmp_path.iterdir())
    assert len(files) > 1
    assert all(path.stat().st_size <= 3000 for path in files)
    assert {one.location.file for one in written} == {path.name for path in files}
    for path in files:
        assert next(iter_records(path)).type == "warcinfo"


def test_one_capture_larger_than_a_file_may_be_is_written_whole(tmp_path):
    with writer(tmp_path, max_bytes=10) as warc:
        for _ in range(2):
            warc.write(exchange(), CONTEXT)
    assert [len(list(iter_records(path))) for path in sorted(tmp_path.iterdir())] == [2, 2]


def test_a_large_body_and_its_request_come_back_as_small_ones_do(tmp_path):
    body = os.urandom(LARGE + 1)
    with writer(tmp_path) as warc:
        warc.write(exchange(body, request=request()), CONTEXT)
        warc.write(exchange(), CONTEXT)
        [closed] = (warc.close(), warc.closed)[1]
    _, large, asked, small = iter_records(only_file(tmp_path))
    assert (large.payload == body, asked.type, small.payload) == (True, "request", b"<p>hello</p>")
    assert closed.sha256 == hashlib.sha256(only_file(tmp_path).read_bytes()).hexdigest()


# --- revisits -------------------------------------------------------------------------------------


def test_the_same_payload_again_becomes_a_revisit(tmp_path):
    with writer(tmp_path) as warc:
        first = warc.write(exchange(), CONTEXT)
        again = warc.write(
            exchange(headers=(*HTML, ("Age", "9")), uri="https://other.example/"),
            CONTEXT,
            ref(first),
        )
    record = read_at(only_file(tmp_path), again.location.offset)
    assert record.type == "revisit"
    assert record.profile == ("http://netpreserve.org/warc/1.1/revisit/identical-payload-digest")
    assert record.block == (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nAge: 9\r\n\r\n"
    )
    assert (record.refers_to, record.refers_to_uri, record.refers_to_date) == (
        first.record_id,
        URI,
        NOW,
    )
    assert record.payload_digest == again.payload_digest == first.payload_digest
    assert again.revisit_of == first.record_id
    assert record.context == CONTEXT


def test_a_304_becomes_a_revisit_of_the_capture_it_confirms(tmp_path):
    headers = (("ETag", '"1"'), ("Content-Length", "12"))
    with writer(tmp_path) as warc:
        first = warc.write(exchange(), CONTEXT)
        again = warc.write(
            exchange(b"", headers, line="HTTP/1.1 304 Not Modified"), CONTEXT, ref(first)
        )
    record = read_at(only_file(tmp_path), again.location.offset)
    assert record.profile == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert (record.http_status, record.http_headers) == (304, headers)
    assert record.payload_digest == again.payload_digest == first.payload_digest
    assert again.revisit_of == first.record_id


@pytest.mark.parametrize(
    ("changed", "revisit"),
    [
        (exchange(b"other"), True),
        (exchange(b"", line="HTTP/1.1 304 Not Modified"), False),
        (exchange(truncated="length"), True),
        (exchange(), False),
    ],
    ids=["another payload", "304 of nothing", "cut body", "no earlier capture"],
)
def test_what_cannot_refer_to_an_earlier_payload_is_a_response(tmp_path, changed, revisit):
    with writer(tmp_path) as warc:
        first = warc.write(exchange(), CONTEXT)
        again = warc.write(changed, CONTEXT, ref(first) if revisit else None)
    record = read_at(only_file(tmp_path), again.location.offset)
    assert (record.type, record.profile, again.revisit_of) == ("response", None, None)
    assert record.payload == changed.response.body
    assert again.payload_digest == record.payload_digest == sha256(changed.response.body)


def test_an_empty_body_is_never_a_revisit_of_another_empty_body(tmp_path):
    with writer(tmp_path) as warc:
        first = warc.write(exchange(b""), CONTEXT)
        again = warc.write(exchange(b""), CONTEXT, ref(first))
    assert read_at(only_file(tmp_path), again.location.offset).type == "response"


# --- failures and context -------------------------------------------------------------------------


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
        reason='recrawl: "їжак" \ud800\r\nX: y',
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


def test_an_endless_error_text_is_cut_so_that_other_tools_can_read_the_header(tmp_path):
    context = replace(CONTEXT, reason="r" * 10**6, error=("timeout", "e" * 10**6))
    with writer(tmp_path) as warc:
        written = warc.write(exchange(), context)
    found = read_at(only_file(tmp_path), written.location.offset)
    assert found.context is not None
    assert found.context.error == ("timeout", "e" * 2000)
    assert len(found.header("ISW-Archive-Context") or "") < 5000


# --- what the network says against what a reader takes
# ---------------------------------------------


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


# --- the disk -------------------------------------------------------------------------------------


@pytest.fixture
def small_disk():
    """A way to forbid files to grow beyond a size, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_costs_only_the_record_that_did_not_fit(tmp_path, small_disk):
    noise = bytes(range(256)) * 40
    with writer(tmp_path) as warc:
        first = warc.write(exchange(), CONTEXT)
        size = only_file(tmp_path).stat().st_size
        small_disk(size + 100)
        with pytest.raises(WarcError, match=rf"{first.location.file}.*size of files.*ulimit -f"):
            warc.write(exchange(noise), CONTEXT)
        assert only_file(tmp_path).stat().st_size == size
        small_disk(size + 100_000)
        last = warc.write(exchange(noise), CONTEXT)
    assert last.location.offset == size
    found = [record.payload for record in iter_records(only_file(tmp_path), types={"response"})]
    assert found == [b"<p>hello</p>", noise]


def test_half_a_record_is_taken_away_also_when_a_signal_ends_the_writing(tmp_path, monkeypatch):
    written_bytes = os.write

    def interrupted(file, content):
        written_bytes(file, content[:50])
        raise KeyboardInterrupt

    with writer(tmp_path) as warc:
        warc.write(exchange(b"1"), CONTEXT)
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", interrupted)
            with pytest.raises(KeyboardInterrupt):
                warc.write(exchange(b"2"), CONTEXT)
        warc.write(exchange(b"3"), CONTEXT)
    found = [record.payload for record in iter_records(only_file(tmp_path), types={"response"})]
    assert found == [b"1", b"3"]


def test_a_disk_full_from_the_start_leaves_no_empty_file(tmp_path, small_disk):
    with writer(tmp_path) as warc:
        small_disk(50)
        with pytest.raises(WarcError, match="ulimit -f"):
            warc.write(exchange(), CONTEXT)
        assert list(tmp_path.iterdir()) == []
        small_disk(100_000)
        warc.write(exchange(), CONTEXT)
    assert len(list(iter_records(only_file(tmp_path)))) == 2


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with (
        writer(tmp_path / "file" / "warc") as warc,
        pytest.raises(WarcError, match=r"file/warc.*Not a directory"),
    ):
        warc.write(exchange(), CONTEXT)


# --- other people's tools -------------------------------------------------------------------------


def test_warcio_finds_every_digest_right(tmp_path):
    path, _ = three_captures(tmp_path)
    checked = warcio("check", "-v", path)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.count("digest pass") == 4
    assert checked.stdout.count("digest present but not checked (revisit)") == 1


def test_warcio_finds_a_changed_byte(tmp_path):
    path, _ = three_captures(tmp_path)
    text = gzip.decompress(path.read_bytes())
    changed = tmp_path / "changed.warc"
    changed.write_bytes(text.replace(b"<p>hello</p>", b"<p>hallo</p>"))
    assert warcio("check", changed).returncode == 1


def test_warcio_indexes_places_and_status_as_we_do(tmp_path):
    path, written = three_captures(tmp_path)
    listed = warcio("index", "-f", "offset,length,warc-type,http:status", path).stdout.splitlines()
    assert len(listed) == 5
    for one in written:
        assert any(
            f'"offset": "{one.location.offset}", "length": "{one.location.length}"' in line
            for line in listed
        )
    assert sum('"http:status": "200"' in line for line in listed) == 2
