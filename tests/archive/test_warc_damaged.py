"""WARC files that are torn, damaged, or something else, as they are read."""

from __future__ import annotations

import contextlib
import gzip
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import TornRecordError, WarcError
from archive.warc.reader import iter_records, read_at
from tests.warc_samples import bare_response, put, three_captures


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
    content = bare_response(b"one") + bare_response(b"two")
    first = len(bare_response(b"one"))
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
    record = bare_response().replace(b"Content-Length: 21", f"Content-Length: {length}".encode())
    with pytest.raises(WarcError, match="no Content-Length"):
        next(iter_records(put(tmp_path / "x.warc", record)))


def test_what_follows_the_records_must_be_a_record(tmp_path):
    path = put(tmp_path / "x.warc", bare_response() + b"something else\r\n\r\n")
    reading = iter_records(path)
    next(reading)
    with pytest.raises(WarcError, match=f"damaged at byte {len(bare_response())}.*no WARC header"):
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
    (found,) = iter_records(put(tmp_path / "x.warc", bare_response(b"body", head=head)))
    assert found.payload == b"body"
    assert len(found.http_headers[0][1]) == 600_001


def test_a_bomb_is_cut_and_the_records_after_it_are_read(tmp_path):
    size = 200_000_000
    head = bare_response(b"", extra="X-Size: \r\n").replace(
        b"Content-Length: 19", b"Content-Length: %d" % (size + 19)
    )[:-4]
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    zeros = bytes(10_000_000)
    bomb = [packer.compress(head), *(packer.compress(zeros) for _ in range(size // len(zeros)))]
    bomb += [packer.compress(b"\r\n\r\n"), packer.flush()]
    path = put(tmp_path / "x.warc.gz", b"".join(bomb) + gzip.compress(bare_response(b"after")))
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
    path = put(tmp_path / "x.warc", bare_response(b"x" * 81))
    assert not next(iter_records(path, max_bytes=100)).cut
    assert next(iter_records(path, max_bytes=99)).cut
