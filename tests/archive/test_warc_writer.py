from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.errors import WarcError
from archive.model.body import LARGE_BYTES as LARGE
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
            '{"capture_id":7,"kind":"source"}\r\n'
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
