from __future__ import annotations

import gzip
import io
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter as WarcioWriter

from archive.warc.http import without_chunks
from archive.warc.reader import iter_records, read_at
from tests.warc_samples import (
    CONTEXT,
    bare_response,
    exchange,
    put,
    request,
    three_captures,
    writer,
)


@pytest.mark.real
@pytest.mark.parametrize(("name", "count"), [("reports", 46), ("versions", 111), ("bulk", 314)])
def test_real_files_are_read_whole_and_their_digests_hold(real, name, count):
    path = real / f"{name}.warc.gz"
    records = list(iter_records(path))
    assert [record.type for record in records] == ["warcinfo"] + ["response"] * count
    assert all(record.digest_problems() == () for record in records)
    assert all(
        record.http_status and record.date and record.location.length for record in records[1:]
    )
    assert read_at(path, records[-1].location.offset) == records[-1]


def test_a_fetch_comes_back_with_its_request(tmp_path):
    sent = exchange(request=request(), ip_address="127.0.0.1", truncated="time")
    with writer(tmp_path) as warc:
        written = warc.write(sent, CONTEXT)
        path = tmp_path / written.location.file
    _, response, asked = iter_records(path)
    assert response.exchange(asked) == sent
    assert asked.concurrent_to == written.record_id
    assert asked.exchange() is None


def test_reading_can_begin_at_any_record_and_leave_out_types(tmp_path):
    path, written = three_captures(tmp_path)
    found = [record.record_id for record in iter_records(path, written[1].location.offset)]
    assert found == [written[1].record_id, written[2].record_id]
    assert [record.type for record in iter_records(path, types={"revisit"})] == ["revisit"]


def test_what_is_written_while_reading_goes_on_is_seen(tmp_path):
    with writer(tmp_path) as warc:
        first = warc.write(exchange(b"1"), CONTEXT)
        reading = iter_records(tmp_path / first.location.file, types={"response"})
        assert next(reading).payload == b"1"
        warc.write(exchange(b"2"), CONTEXT)
        assert [record.payload for record in reading] == [b"2"]


# --- files of other tools -------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [True, False], ids=["gzip", "plain"])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_files_of_warcio_are_read(tmp_path, monkeypatch, packed, version):
    # warcio leaves its temporary files to the garbage collector, which warns.
    monkeypatch.setattr(WarcioWriter, "_create_temp_file", lambda self: io.BytesIO())
    buffer = io.BytesIO()
    tool = WarcioWriter(buffer, gzip=packed, warc_version=version)
    tool.write_record(tool.create_warcinfo_record("x.warc", {"software": "warcio"}))
    for body in (b"one" * 50_000, b"", b"two"):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/plain")], protocol="HTTP/1.1")
        tool.write_record(
            tool.create_warc_record(
                "https://a.example/", "response", payload=io.BytesIO(body), http_headers=headers
            )
        )
    path = put(tmp_path / "x.warc", buffer.getvalue())
    records = list(iter_records(path))
    assert [record.payload for record in records[1:]] == [b"one" * 50_000, b"", b"two"]
    assert all(record.digest_problems() == () for record in records)
    ends = [record.location.offset + record.location.length for record in records]
    assert ends == [*(record.location.offset for record in records[1:]), path.stat().st_size]
    for record in records:
        assert read_at(path, record.location.offset) == record


def test_a_whole_file_in_one_gzip_member_is_read_and_its_records_have_no_place(tmp_path):
    path = put(
        tmp_path / "x.warc.gz", gzip.compress(bare_response(b"a") + bare_response(b"b" * 10**6))
    )
    records = list(iter_records(path))
    assert [record.payload for record in records] == [b"a", b"b" * 10**6]
    assert [record.location.length for record in records] == [0, 0]


def test_a_record_spread_over_several_gzip_members_is_read(tmp_path):
    text = bare_response(b"a" * 1000) + bare_response(b"b")
    pieces = [gzip.compress(text[at : at + 300]) for at in range(0, len(text), 300)]
    path = put(tmp_path / "x.warc.gz", b"".join(pieces))
    assert [record.payload for record in iter_records(path)] == [b"a" * 1000, b"b"]


def test_gzip_headers_with_every_field_are_read(tmp_path):
    flags = 0b11110  # CRC, extra, name, comment
    header = b"\x1f\x8b\x08" + bytes([flags]) + b"\x01\x02\x03\x04\x02\x03"
    header += b"\x08\x00sl\x04\x00\x01\x02\x03\x04" + b"x.warc\0" + b"a comment\0"
    header += (zlib.crc32(header) & 0xFFFF).to_bytes(2, "little")
    plain = gzip.compress(bare_response(b"first"))
    path = put(tmp_path / "x.warc.gz", (header + plain[10:]) + plain)
    assert [record.payload for record in iter_records(path)] == [b"first", b"first"]


def test_chunked_bodies_are_joined_and_bodies_that_only_claim_to_be_chunked_are_kept(tmp_path):
    head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunked = b"4\r\nWiki\r\n5;x=y\r\npedia\r\n0\r\nTrailer: z\r\n\r\n"
    path = put(
        tmp_path / "x.warc",
        bare_response(chunked, head=head) + bare_response(b"<p>plain", head=head),
    )
    assert [record.payload for record in iter_records(path)] == [b"Wikipedia", b"<p>plain"]


@given(st.lists(st.binary(min_size=1)))
def test_every_chunked_body_is_joined(parts):
    body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    assert without_chunks(body + b"0\r\n\r\n") == b"".join(parts)


@pytest.mark.parametrize(
    ("body", "joined"),
    [
        (b"4\r\nWi", b"Wi"),
        (b"4\r\nWiki\r\n5\r\npe", b"Wikipe"),
        (b"4\nWiki\n0\n\n", b"Wiki"),
        (b"4\r\nWiki is no chunk", b"4\r\nWiki is no chunk"),
        (b"0\r\n\r\n", b""),
        (b"", b""),
        (b"fffffffffffffff\r\nx", b"x"),
        (b"ffffffffffffffffffffffff\r\nx", b"ffffffffffffffffffffffff\r\nx"),
    ],
)
def test_cut_and_odd_chunks_give_what_is_there(body, joined):
    assert without_chunks(body) == joined


def test_old_ways_of_writing_headers_are_understood(tmp_path):
    block = b"HTTP/1.0 200\nSet-Cookie: a\nset-cookie: b\n\nhello"
    record = (
        b"WARC/0.18\nwarc-type: Response\nWARC-Target-URI: <https://a.example/x>\n"
        b"WARC-Date: 2020-01-02\nContent-Length: %d\nX-Folded: a\n b\n\n" % len(block)
    )
    path = put(tmp_path / "x.warc", record + block + b"\n\n\n\n\n" + bare_response(b"next"))
    found, following = iter_records(path)
    assert (found.type, found.uri) == ("response", "https://a.example/x")
    assert found.date == datetime(2020, 1, 2, tzinfo=UTC)
    assert found.header("x-FOLDED") == "a b"
    assert found.http_headers == (("Set-Cookie", "a"), ("set-cookie", "b"))
    assert (found.http_status, found.payload, found.record_id) == (200, b"hello", "")
    assert following.payload == b"next"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2016", datetime(2016, 1, 1, tzinfo=UTC)),
        ("2016-03-01T10:20Z", datetime(2016, 3, 1, 10, 20, tzinfo=UTC)),
        ("2016-03-01T10:20:30.123456789Z", datetime(2016, 3, 1, 10, 20, 30, 123456, tzinfo=UTC)),
        ("2016-03-01T10:20:30+02:00", datetime(2016, 3, 1, 8, 20, 30, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_of_every_precision_are_read(tmp_path, text, date):
    record = bare_response().replace(b"2020-01-02T03:04:05Z", text.encode())
    assert next(iter_records(put(tmp_path / "x.warc", record))).date == date


def test_records_that_are_no_http_keep_their_block(tmp_path):
    record = bare_response(b"", head="20200102\r\na.example. 300 IN A 127.0.0.1\r\n\r\n")
    record = record.replace(b"https://a.example/", b"dns:a.example")
    (found,) = iter_records(put(tmp_path / "x.warc", record))
    assert (found.http_status, found.http_start_line) == (None, None)
    assert found.payload == found.block
    assert found.exchange() is None


@pytest.mark.parametrize(
    "words",
    ["", "{}", "[]", "null", "7", '{"capture_id":1,"kind":"no such","uri_r":""}', "[" * 100_000],
    ids=lambda words: words[:10],
)
def test_a_context_that_is_not_ours_is_none(tmp_path, words):
    record = bare_response(extra=f"ISW-Archive-Context: {words}\r\n")
    assert next(iter_records(put(tmp_path / "x.warc", record))).context is None


@pytest.mark.parametrize(
    "label",
    [
        "sha1:YIVV7ELYGQTASQUNN5I3FRNPJQF542SC",
        "sha1:c22b5f9178342609428d6f51b2c5af4c0bde6a42",
        "SHA-256:8F434346648F6B96DF89DDA901C5176B10A6D83961DD3C1AC88B59B2DC327AA4",
        "sha256:R5BUGRTER5VZNX4J3WUQDRIXNMIKNWBZMHOTYGWIRNM3FXBSPKSA====",
        "sha256:R5BUGRTER5VZNX4J3WUQDRIXNMIKNWBZMHOTYGWIRNM3FXBSPKSA",
        "sha256:j0NDRmSPa5bfid2pAcUXaxCm2Dlh3TwayItZstwyeqQ=",
        "sha256:j0NDRmSPa5bfid2pAcUXaxCm2Dlh3TwayItZstwyeqQ",
        "md5:49f68a5c8493ec2c0bf489821c21fc3b",
        "crc32:cannot be checked",
        "no label",
    ],
)
def test_digests_in_every_spelling_are_checked(tmp_path, label):
    record = bare_response(extra=f"WARC-Payload-Digest: {label}\r\n")
    (found,) = iter_records(put(tmp_path / "x.warc", record))
    assert found.digest_problems() == ()
    (revisit,) = iter_records(put(tmp_path / "x.warc", record.replace(b": response", b": revisit")))
    assert revisit.payload_digest in {
        None,
        "sha256:8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4",
    }
    is_sha256 = label.lower().replace("-", "").startswith("sha256")
    assert (revisit.payload_digest is not None) == is_sha256


def test_a_wrong_digest_is_told(tmp_path):
    wrong = "sha1:" + "A" * 32
    for name in ("Block", "Payload"):
        record = bare_response(extra=f"WARC-{name}-Digest: {wrong}\r\n")
        (found,) = iter_records(put(tmp_path / "x.warc", record))
        (problem,) = found.digest_problems()
        assert name.lower() in problem
        assert wrong in problem
