"""ARC files and zstandard-compressed WARC files."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
from backports import zstd

from archive.errors import WarcError
from archive.warc.packing.zstd import DICTIONARY_MAGIC
from archive.warc.through import read_through, record_at
from tests.torn_warcs import split

PAGE = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>the ferry, number %d</p>"


# --- ARC ------------------------------------------------------------------------------------------

COLUMNS = {
    1: b"URL IP-address Archive-date Content-type Archive-length\n",
    2: (
        b"URL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename "
        b"Archive-length\n"
    ),
}
URL = b"http://src.example/a b?x=%d"


def arc_parts(version: int, count: int = 3) -> list[bytes]:
    intro = b"%d 0 SomeArchive\n" % version + COLUMNS[version] + b"\n"
    more = {1: b"", 2: b" 200 - - 0 x.arc"}[version]
    line = b"filedesc://x.arc 0.0.0.0 20060330100000 text/plain" + more + b" %d\n"
    parts = [line % len(intro) + intro]
    for number in range(count):
        block = PAGE % number
        line = URL % number + b" 192.0.2.1 20060330100000 text/html" + more + b" %d\n" % len(block)
        parts.append(line + block + b"\n")
    block = b"20060330100000\nsrc.example. 300 IN A 192.0.2.1\n"
    parts.append(
        b"dns:src.example 192.0.2.9 20060330100000 text/dns"
        + more
        + b" %d\n" % len(block)
        + block
        + b"\n"
    )
    return parts


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("packed", [True, False], ids=["gzip", "plain"])
def test_an_arc_file_is_read_like_a_warc(tmp_path: Path, version: int, packed: bool) -> None:
    parts = arc_parts(version)
    path = tmp_path / "x.arc"
    path.write_bytes(b"".join(gzip.compress(part) if packed else part for part in parts))
    records, wounds = split(path)
    assert wounds == []
    assert [record.type for record in records] == ["warcinfo", *["response"] * 4]
    assert [record.uri for record in records[1:4]] == [(URL % n).decode() for n in range(3)]
    assert [record.http_status for record in records[1:]] == [200, 200, 200, None]
    assert records[2].payload == b"<p>the ferry, number 1</p>"
    assert str(records[2].date) == "2006-03-30 10:00:00+00:00"
    assert records[2].ip_address == "192.0.2.1"
    assert records[2].record_id == ""
    assert [record_at(path, record.location.offset) for record in records] == records


@pytest.mark.parametrize("packed", [True, False], ids=["gzip", "plain"])
def test_damage_in_an_arc_file_costs_one_record(tmp_path: Path, packed: bool) -> None:
    parts = arc_parts(1, 5)
    parts[3] = parts[3].replace(b" text/html ", b" text/html x") if not packed else parts[3]
    packs = [gzip.compress(part) if packed else part for part in parts]
    if packed:
        packs[3] = packs[3][:30] + b"\xff" + packs[3][31:]
    path = tmp_path / "x.arc"
    path.write_bytes(b"".join(packs))
    records, wounds = split(path)
    assert [record.uri for record in records[1:5]] == [(URL % n).decode() for n in (0, 1, 3, 4)]
    start = sum(map(len, packs[:3]))
    assert [(wound.start, wound.end) for wound in wounds] == [(start, start + len(packs[3]))]


def test_an_arc_file_without_its_first_record_is_read_and_dashes_are_no_values(
    tmp_path: Path,
) -> None:
    block = PAGE % 1
    line = b"http://src.example/ - - text/html %d\n" % len(block)
    path = tmp_path / "x.arc"
    path.write_bytes(arc_parts(1)[1] + line + block + b"\n")
    records, wounds = split(path)
    assert wounds == []
    assert [(record.ip_address, record.date is None) for record in records] == [
        ("192.0.2.1", False),
        (None, True),
    ]


# --- odd writing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [True, False], ids=["gzip", "plain"])
def test_letters_of_any_case_and_folded_values_are_a_header(tmp_path: Path, packed: bool) -> None:
    block = PAGE % 1
    lower = (
        (
            "warc/1.0\r\nwarc-type: RESPONSE\r\nwarc-target-uri:\r\n\thttps://a.example/2\r\n"
            f"warc-date: 2020-01-02t03:04:05z\r\ncontent-length:\r\n {len(block)}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )
    parts = [plain_record(1), lower, plain_record(3)]
    path = tmp_path / "x.warc"
    path.write_bytes(b"".join(gzip.compress(part) if packed else part for part in parts))
    records, wounds = split(path)
    assert wounds == []
    assert [record.type for record in records] == ["response"] * 3
    assert records[1].uri == "https://a.example/2"
    assert records[1].date == records[0].date


# --- zstandard ------------------------------------------------------------------------------------


def plain_record(number: int) -> bytes:
    block = PAGE % number
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Target-URI: https://a.example/{number}\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def dictionary() -> zstd.ZstdDict:
    return zstd.train_dict([plain_record(number) for number in range(2000)], 4000)


def dictionary_frame(content: bytes) -> bytes:
    return DICTIONARY_MAGIC + len(content).to_bytes(4, "little") + content


OPTIONS = {
    zstd.CompressionParameter.checksum_flag: 1,
    zstd.CompressionParameter.content_size_flag: 1,
}


@pytest.mark.parametrize("kind", ["none", "raw", "packed"])
def test_a_zstandard_warc_is_read_with_its_dictionary(tmp_path: Path, kind: str) -> None:
    used = dictionary() if kind != "none" else None
    front = {
        "none": lambda: b"",
        "raw": lambda: dictionary_frame(dictionary().dict_content),
        "packed": lambda: dictionary_frame(zstd.compress(dictionary().dict_content)),
    }[kind]()
    frames = [zstd.compress(plain_record(n), options=OPTIONS, zstd_dict=used) for n in range(4)]
    extension = b"\x50\x2a\x4d\x18\x05\x00\x00\x00hello"
    path = tmp_path / "x.warc.zst"
    path.write_bytes(front + frames[0] + extension + b"".join(frames[1:]) + extension)
    records, wounds = split(path)
    assert wounds == []
    assert [record.record_id for record in records] == [f"urn:uuid:{n}" for n in range(4)]
    assert records[3].payload == b"<p>the ferry, number 3</p>"
    assert [record_at(path, record.location.offset) for record in records] == records


def test_damage_in_a_zstandard_warc_costs_one_record(tmp_path: Path) -> None:
    chance = random.Random(5)
    used = dictionary()
    frames = [zstd.compress(plain_record(n), options=OPTIONS, zstd_dict=used) for n in range(6)]
    front = dictionary_frame(used.dict_content)
    content = bytearray(front + b"".join(frames))
    start = len(front) + len(frames[0] + frames[1])
    for _ in range(20):
        place = start + chance.randrange(len(frames[2]))
        changed = content.copy()
        changed[place] ^= 1 << chance.randrange(8)
        path = tmp_path / "x.warc.zst"
        path.write_bytes(changed)
        records, wounds = split(path)
        assert {"urn:uuid:" + n for n in "01345"} <= {record.record_id for record in records}
        # a flag flipped off may leave the record whole, and its checksum behind it
        assert all(start <= wound.start < start + len(frames[2]) for wound in wounds)
        assert len(records) == 6 or wounds


def test_a_zstandard_warc_without_its_dictionary_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.zst"
    path.write_bytes(dictionary_frame(b"no dictionary") + zstd.compress(plain_record(1)))
    with pytest.raises(WarcError, match=r"its dictionary cannot be read.*unpack it first"):
        list(read_through(path))


@pytest.mark.parametrize("content", [b"words", b""])
def test_a_zstandard_file_of_something_else_is_no_warc(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zst"
    path.write_bytes(zstd.compress(content))
    with pytest.raises(WarcError, match="is no WARC: it is compressed with zstandard"):
        list(read_through(path))


def test_a_file_packed_with_lz4_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.lz4"
    path.write_bytes(b"\x04\x22\x4d\x18" + bytes(40))
    with pytest.raises(WarcError, match="compressed with lz4; unpack it first"):
        list(read_through(path))
