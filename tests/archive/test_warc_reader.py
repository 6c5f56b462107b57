from __future__ import annotations

import contextlib
import gzip
import io
import tracemalloc
import zipfile
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter as WarcioWriter

from archive.errors import TornRecordError, WarcError
from archive.warc.http import without_chunks
from archive.warc.reader import iter_records, read_at
from tests.warc_samples import CONTEXT, exchange, put, request, three_captures, writer


def plain_record(
    body: bytes = b"hi",
    *,
    head: str = "HTTP/1.1 200 OK\r\n\r\n",
    extra: str = "",
    version: str = "1.0",
) -> bytes:
    block = head.encode() + body
    return (
        (
            f"WARC/{version}\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            f"WARC-Target-URI: https://a.example/\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n{extra}"
            "Content-Type: application/http;msgtype=response\r\nContent-Length: "
            f"{len(block)}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
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
        tmp_path / "x.warc.gz", gzip.compress(plain_record(b"a") + plain_record(b"b" * 10**6))
    )
    records = list(iter_records(path))
    assert [record.payload for record in records] == [b"a", b"b" * 10**6]
    assert [record.location.length for record in records] == [0, 0]


def test_a_record_spread_over_several_gzip_members_is_read(tmp_path):
    text = plain_record(b"a" * 1000) + plain_record(b"b")
    pieces = [gzip.compress(text[at : at + 300]) for at in range(0, len(text), 300)]
    path = put(tmp_path / "x.warc.gz", b"".join(pieces))
    assert [record.payload for record in iter_records(path)] == [b"a" * 1000, b"b"]


def test_gzip_headers_with_every_field_are_read(tmp_path):
    flags = 0b11110  # CRC, extra, name, comment
    header = b"\x1f\x8b\x08" + bytes([flags]) + b"\x01\x02\x03\x04\x02\x03"
    header += b"\x08\x00sl\x04\x00\x01\x02\x03\x04" + b"x.warc\0" + b"a comment\0"
    header += (zlib.crc32(header) & 0xFFFF).to_bytes(2, "little")
    plain = gzip.compress(plain_record(b"first"))
    path = put(tmp_path / "x.warc.gz", (header + plain[10:]) + plain)
    assert [record.payload for record in iter_records(path)] == [b"first", b"first"]


def test_chunked_bodies_are_joined_and_bodies_that_only_claim_to_be_chunked_are_kept(tmp_path):
    head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunked = b"4\r\nWiki\r\n5;x=y\r\npedia\r\n0\r\nTrailer: z\r\n\r\n"
    path = put(
        tmp_path / "x.warc", plain_record(chunked, head=head) + plain_record(b"<p>plain", head=head)
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
    path = put(tmp_path / "x.warc", record + block + b"\n\n\n\n\n" + plain_record(b"next"))
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
    record = plain_record().replace(b"2020-01-02T03:04:05Z", text.encode())
    assert next(iter_records(put(tmp_path / "x.warc", record))).date == date


def test_records_that_are_no_http_keep_their_block(tmp_path):
    record = plain_record(b"", head="20200102\r\na.example. 300 IN A 127.0.0.1\r\n\r\n")
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
    record = plain_record(extra=f"ISW-Archive-Context: {words}\r\n")
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
    record = plain_record(extra=f"WARC-Payload-Digest: {label}\r\n")
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
        record = plain_record(extra=f"WARC-{name}-Digest: {wrong}\r\n")
        (found,) = iter_records(put(tmp_path / "x.warc", record))
        (problem,) = found.digest_problems()
        assert name.lower() in problem
        assert wrong in problem


# --- torn, damaged, and something else ------------------------------------------------------------


def test_a_file_cut_anywhere_gives_its_whole_records_and_says_where_it_is_torn(tmp_path):
    path, _ = three_captures(tmp_path)
    content = path.read_bytes()
    places = [record.location for record in iter_records(path)]
    ends = {place.offset + place.length for place in places}
    torn = tmp_path / "torn.warc.gz"
    # Every byte of the first and the last record, and every seventh between them.
    middle = range(places[1].offset + 2, places[-1].offset - 2)
    for cut in (cut for cut in range(1, len(content)) if cut not in middle or cut % 7 == 0):
        torn.write_bytes(content[:cut])
        whole = [place for place in places if place.offset + place.length <= cut]
        found = []
        if cut in ends:
            found = [record.location for record in iter_records(torn)]
        else:
            with pytest.raises(TornRecordError) as caught:
                found.extend(record.location for record in iter_records(torn))
            assert caught.value.offset == sum(place.length for place in whole)
        assert [place.offset for place in found] == [place.offset for place in whole]


def test_a_plain_file_cut_anywhere_gives_its_whole_records(tmp_path):
    content = plain_record(b"one") + plain_record(b"two")
    first = len(plain_record(b"one"))
    for cut in range(1, len(content)):
        path = put(tmp_path / "x.warc", content[:cut])
        found, offsets = [], []
        try:
            found.extend(record.payload for record in iter_records(path))
        except TornRecordError as error:
            offsets.append(error.offset)
        # The blank lines after a record may be missing: they hold nothing.
        assert found == [b"one", b"two"][: (cut >= first - 4) + (cut >= len(content) - 4)]
        assert offsets in ([], [0] if cut < first else [first])


def test_a_changed_byte_is_never_read_as_if_nothing_happened(tmp_path):
    path, _ = three_captures(tmp_path)
    content = path.read_bytes()
    expected = [record.block for record in iter_records(path)]
    damaged = tmp_path / "damaged.warc.gz"
    # The header of a gzip member has bytes that mean nothing (time, system), so only the rest must
    # be noticed.
    for at in range(20, len(content), 7):
        changed = bytearray(content)
        changed[at] ^= 0x55
        damaged.write_bytes(changed)
        found = []
        try:
            found.extend(record.block for record in iter_records(damaged))
        except WarcError:
            assert found == expected[: len(found)]
        else:
            assert found == expected


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html>", "HTML page"),
        (b"\xef\xbb\xbf\n <HTML>", "HTML page"),
        (b"<?xml version='1.0'?>", "XML"),
        (b'{"a": 1}', "JSON"),
        ("Просто текст.\n".encode() * 500, "text"),
        (bytes(range(128, 256)) * 9, "binary data"),
        (bytes(5000), "zero bytes"),
        (b"%PDF-1.7", "PDF"),
        (b"\x04\x22\x4d\x181234", "lz4"),
        (b"\x1f\x8bnot really gzip", "cannot be unpacked"),
        (gzip.compress(b"<html>"), "gzip, and in it seems to be an HTML page"),
        (gzip.compress(bytes(10**6)), "gzip, and in it seems to be nothing but zero bytes"),
        (gzip.compress(b""), "gzip, and in it seems to be nothing;"),
    ],
    # gzip writes the time, and all workers must know a test by the same name.
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_is_no_warc_is_named(tmp_path, content, words):
    path = put(tmp_path / "x.warc.gz", content)
    with pytest.raises(WarcError, match=f"x.warc.gz is no WARC.*({words})"):
        next(iter_records(path))


def test_a_zip_is_named(tmp_path):
    path = tmp_path / "x.warc"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a", "b")
    with pytest.raises(WarcError, match="zip archive"):
        next(iter_records(path))


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(WarcError, match=r"none\.warc.*No such file"):
        next(iter_records(tmp_path / "none.warc"))
    with pytest.raises(WarcError, match="cannot be read"):
        next(iter_records(tmp_path))


@pytest.mark.parametrize(
    ("offset", "words"), [(1, "damaged at byte 1"), (10**9, "no record at byte 1000000000")]
)
def test_a_place_without_record_is_an_error(tmp_path, offset, words):
    path, _ = three_captures(tmp_path)
    with pytest.raises(WarcError, match=words):
        read_at(path, offset)


@pytest.mark.parametrize("length", ["", "-1", "1e3", "٣", "9" * 400])
def test_a_record_without_a_length_is_damage(tmp_path, length):
    record = plain_record().replace(b"Content-Length: 21", f"Content-Length: {length}".encode())
    with pytest.raises(WarcError, match="no Content-Length"):
        next(iter_records(put(tmp_path / "x.warc", record)))


def test_what_follows_the_records_must_be_a_record(tmp_path):
    path = put(tmp_path / "x.warc", plain_record() + b"something else\r\n\r\n")
    reading = iter_records(path)
    next(reading)
    with pytest.raises(WarcError, match=f"damaged at byte {len(plain_record())}.*no WARC header"):
        next(reading)


def test_a_header_without_end_is_not_read_for_ever(tmp_path):
    path = put(tmp_path / "x.warc.gz", gzip.compress(b"WARC/1.1\r\n" + b"a: b\r\n" * 10**6))
    with pytest.raises(WarcError, match="no end of the header"):
        next(iter_records(path))


@given(
    st.text("WARC/1.\r\n: -TypeContentLgh<>0123456789{}[]\x00é", max_size=300),
    st.booleans(),
    st.binary(max_size=60),
)
def test_no_file_whatever_raises_anything_but_our_errors(tmp_path_factory, text, packed, body):
    content = b"WARC/1.1\r\n" + text.encode() + b"\r\nContent-Length: 20\r\n\r\n" + body
    content = b"WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n" + content
    path = tmp_path_factory.getbasetemp() / f"any-{packed}.warc"
    path.write_bytes(gzip.compress(content) if packed else content)
    with contextlib.suppress(WarcError):
        for record in iter_records(path):
            record.digest_problems()
            record.exchange()


def test_endless_folded_headers_are_read_in_good_time(tmp_path):
    head = "HTTP/1.1 200 OK\r\nA: b\r\n" + " c\r\n" * 300_000 + "\r\n"
    (found,) = iter_records(put(tmp_path / "x.warc", plain_record(b"body", head=head)))
    assert found.payload == b"body"
    assert len(found.http_headers[0][1]) == 600_001


def test_a_bomb_is_cut_and_the_records_after_it_are_read(tmp_path):
    size = 200_000_000
    head = plain_record(b"", extra="X-Size: \r\n").replace(
        b"Content-Length: 19", b"Content-Length: %d" % (size + 19)
    )[:-4]
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    zeros = bytes(10_000_000)
    bomb = [packer.compress(head), *(packer.compress(zeros) for _ in range(size // len(zeros)))]
    bomb += [packer.compress(b"\r\n\r\n"), packer.flush()]
    path = put(tmp_path / "x.warc.gz", b"".join(bomb) + gzip.compress(plain_record(b"after")))
    del bomb, zeros
    tracemalloc.start()
    first, after = iter_records(path, max_bytes=1000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000
    assert (first.cut, first.truncated, len(first.block)) == (True, "length", 1000)
    assert first.digest_problems() == ("too large to be checked",)
    assert (after.payload, after.cut) == (b"after", False)


def test_a_record_of_just_the_limit_is_whole(tmp_path):
    path = put(tmp_path / "x.warc", plain_record(b"x" * 81))
    assert not next(iter_records(path, max_bytes=100)).cut
    assert next(iter_records(path, max_bytes=99)).cut
