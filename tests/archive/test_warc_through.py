"""Damage costs what is damaged: all other records of a file come back, at their places."""

from __future__ import annotations

import gzip
import os
import random
import zlib

import pytest

from archive.errors import WarcError
from archive.warc.packing.source import Form, Source
from archive.warc.reader import iter_records
from archive.warc.through import Wound, read_through
from tests.torn_warcs import ends, ids, many_captures, plain_record, split, without
from tests.warc_samples import CONTEXT, exchange, only_file, put, three_captures, writer


def test_a_whole_file_is_read_as_ever(tmp_path):
    path, _ = three_captures(tmp_path)
    assert list(read_through(path)) == list(iter_records(path))
    start = next(iter_records(path, types={"revisit"})).location.offset
    assert list(read_through(path, start, types={"metadata"})) == list(
        iter_records(path, types={"metadata"})
    )


# --- gzip members ---------------------------------------------------------------------------------


def test_a_flipped_bit_anywhere_costs_the_record_that_it_is_in(tmp_path):
    path, _ = three_captures(tmp_path)
    content = path.read_bytes()
    whole = list(iter_records(path))
    for place in range(0, len(content), 3):
        changed = bytearray(content)
        changed[place] ^= 1 << place % 8
        path.write_bytes(changed)
        records, wounds = split(path)
        begin, stop = next(pair for pair in ends(whole) if pair[0] <= place < pair[1])
        if records == whole:  # time stamp and system of the gzip header, which nobody reads
            assert wounds == []
            continue
        assert records == without(whole, place, place + 1), place
        assert [(wound.start, wound.end) for wound in wounds] == [(begin, stop)], place
        assert wounds[0].at_end is (stop == len(content))


@pytest.mark.parametrize("region", ["magic", "method", "flags", "data", "checksum", "length"])
def test_each_region_of_a_member_is_noticed(tmp_path, region):
    path, whole = many_captures(tmp_path)
    begin, stop = ends(whole)[3]
    place = {
        "magic": begin,
        "method": begin + 2,
        "flags": begin + 3,
        "data": (begin + stop) // 2,
        "checksum": stop - 8,
        "length": stop - 4,
    }[region]
    content = bytearray(path.read_bytes())
    content[place] ^= 4
    path.write_bytes(content)
    records, wounds = split(path)
    assert records == without(whole, begin, stop)
    assert [(w.path, w.start, w.end, w.at_end) for w in wounds] == [(path, begin, stop, False)]
    assert str(wounds[0]).startswith(f"WARC {path} is damaged at byte {begin} (to byte {stop}: ")


@pytest.mark.parametrize(("first", "last"), [(0.0, 0.02), (0.3, 0.6), (0.1, 0.11), (0.7, 1.0)])
@pytest.mark.parametrize("filling", ["zeros", "noise", "text"])
def test_a_stretch_written_over_costs_the_records_it_touches(tmp_path, first, last, filling):
    path, whole = many_captures(tmp_path, 12)
    content = path.read_bytes()
    start, end = int(first * len(content)), int(last * len(content))
    size = end - start
    fill = {
        "zeros": bytes(size),
        "noise": random.Random(2).randbytes(size),
        "text": (b"lorem ipsum WARC/1.1\r\n" * size)[:size],
    }[filling]
    put(path, content[:start], fill, content[end:])
    records, wounds = split(path)
    kept = without(whole, start, end)
    assert records == kept
    assert len(wounds) == 1
    assert wounds[0].start == min(begin for begin, stop in ends(whole) if stop > start)
    assert wounds[0].end == min(
        (begin for begin, _ in ends(whole) if begin >= end), default=len(content)
    )


def test_a_cut_file_gives_all_whole_records_and_says_that_it_ends_within_one(tmp_path):
    path, whole = many_captures(tmp_path)
    content = path.read_bytes()
    begin, stop = ends(whole)[-1]
    for cut in (begin + 1, begin + 30, stop - 1):
        path.write_bytes(content[:cut])
        records, wounds = split(path)
        assert records == whole[:-1]
        assert wounds == [Wound(path, begin, cut, "the file ends within a record", at_end=True)]
        assert wounds[0].is_torn


def test_zeros_at_the_end_are_named(tmp_path):
    path, whole = many_captures(tmp_path)
    size = path.stat().st_size
    with path.open("ab") as file:
        file.write(bytes(5000))
    records, wounds = split(path)
    assert records == whole
    assert wounds == [Wound(path, size, size + 5000, "nothing but zero bytes", at_end=True)]
    assert wounds[0].is_torn


def test_a_last_record_that_is_there_and_damaged_was_not_torn_by_a_kill(tmp_path):
    path, whole = many_captures(tmp_path)
    content = bytearray(path.read_bytes())
    content[-6] ^= 1
    path.write_bytes(content)
    records, wounds = split(path)
    assert records == whole[:-1]
    assert [(wound.at_end, wound.is_torn) for wound in wounds] == [(True, False)]


def test_two_wounds_are_two(tmp_path):
    path, whole = many_captures(tmp_path)
    content = bytearray(path.read_bytes())
    for number in (2, 5):
        content[whole[number].location.offset + 60] ^= 0x10
    path.write_bytes(content)
    records, wounds = split(path)
    assert records == [*whole[:2], *whole[3:5], *whole[6:]]
    assert [wound.start for wound in wounds] == [whole[n].location.offset for n in (2, 5)]


def test_a_letter_altered_in_a_member_made_right_again_is_a_digest_mismatch(tmp_path):
    with writer(tmp_path) as warc:
        for number in range(3):
            warc.write(exchange(b"<p>%d were seen</p>" % number), CONTEXT)
    path = only_file(tmp_path)
    whole = list(iter_records(path))
    begin, stop = ends(whole)[2]
    content = path.read_bytes()
    altered = gzip.compress(gzip.decompress(content[begin:stop]).replace(b"1 were", b"9 were"))
    put(path, content[:begin], altered, content[stop:])
    records, wounds = split(path)
    assert [record.record_id for record in records] == [record.record_id for record in whole]
    assert records[2].payload == b"<p>9 were seen</p>"
    assert records[2].mismatch is not None
    assert records[2].mismatch.startswith("digest mismatch: ")
    assert [record.mismatch for record in records if record is not records[2]] == [None] * 3
    end = begin + len(altered)
    assert wounds == [Wound(path, begin, end, records[2].mismatch, False, whole[2].record_id)]


@pytest.mark.parametrize(
    "change", [b"WARC/1.1|VARC/1.1", b"Content-Length|Content-Lengt ", b": |; "]
)
def test_a_bit_flipped_in_the_header_lines_costs_one_record(tmp_path, change):
    path, whole = many_captures(tmp_path)
    begin, stop = ends(whole)[2]
    content = path.read_bytes()
    old, _, new = change.partition(b"|")
    altered = gzip.compress(gzip.decompress(content[begin:stop]).replace(old, new))
    put(path, content[:begin], altered, content[stop:])
    records, wounds = split(path)
    assert ids(records) == ids(without(whole, begin, stop))
    assert [(wound.start, wound.end) for wound in wounds] == [(begin, begin + len(altered))]


def test_a_header_without_type_is_told(tmp_path):
    path = put(
        tmp_path / "x.warc.gz",
        *(gzip.compress(plain_record(n).replace(b"WARC-Type", b"WARC%Type")) for n in (1,)),
        gzip.compress(plain_record(2)),
    )
    records, wounds = split(path)
    assert [record.mismatch for record in records] == ["no WARC-Type", None]
    assert [wound.why for wound in wounds] == ["no WARC-Type"]


@pytest.mark.parametrize("length", [5, 300, 10**7, 10**12])
def test_a_length_too_large_costs_one_member(tmp_path, length):
    members = [gzip.compress(plain_record(n, length=length if n == 2 else 0)) for n in range(6)]
    path = put(tmp_path / "x.warc.gz", *members)
    records, wounds = split(path)
    assert ids(records) == ["0", "1", "3", "4", "5"]
    start = len(members[0] + members[1])
    assert [(wound.start, wound.end) for wound in wounds] == [(start, start + len(members[2]))]


def test_a_length_that_takes_in_a_line_end_is_a_digest_mismatch(tmp_path):
    members = [gzip.compress(plain_record(n, length=n)) for n in range(2)]
    records, wounds = split(put(tmp_path / "x.warc.gz", *members))
    assert [bool(record.mismatch) for record in records] == [False, True]
    assert [wound.start for wound in wounds] == [len(members[0])]


@pytest.mark.parametrize("digest", [True, False])
def test_a_length_too_small_is_told_and_what_it_covers_is_given(tmp_path, digest):
    members = [
        gzip.compress(plain_record(n, length=-2 if n == 2 else 0, digest=digest)) for n in range(5)
    ]
    path = put(tmp_path / "x.warc.gz", *members)
    records, wounds = split(path)
    assert ids(records) == ["0", "1", "2", "3", "4"]
    assert [bool(record.mismatch) for record in records] == [False, False, True, False, False]
    start = len(members[0] + members[1])
    place = records[2].location
    assert (place.offset, place.length) == (start, len(members[2]))
    assert [(w.start, w.end, w.record_id) for w in wounds] == [
        (start, start + len(members[2]), "urn:uuid:2")
    ]


def test_what_follows_a_record_in_its_member_is_told_and_the_record_whose_digest_holds_is_not(
    tmp_path,
):
    path = put(
        tmp_path / "x.warc.gz",
        gzip.compress(plain_record(1) + b"more"),
        gzip.compress(plain_record(2)),
    )
    records, wounds = split(path)
    assert [(number, record.mismatch) for number, record in zip("12", records, strict=True)] == [
        ("1", None),
        ("2", None),
    ]
    assert [wound.why for wound in wounds] == ["no WARC header"]


def test_records_that_share_a_member_are_found_behind_one_with_a_broken_header(tmp_path):
    odd = plain_record(2).replace(b"WARC/1.1", b"WORC/1.1")
    path = put(
        tmp_path / "x.warc.gz",
        gzip.compress(plain_record(1) + odd + plain_record(3)),
        gzip.compress(plain_record(4)),
    )
    records, wounds = split(path)
    assert ids(records) == ["1", "3", "4"]
    assert len(wounds) == 1


@pytest.mark.parametrize("blanked", [2, 20, 4096])
def test_a_file_whose_beginning_is_damaged_is_still_a_warc(tmp_path, blanked):
    path, whole = many_captures(tmp_path)
    put(path, bytes(blanked), path.read_bytes()[blanked:])
    records, wounds = split(path)
    assert records == without(whole, 0, blanked)
    assert [(wound.start, wound.end) for wound in wounds] == [(0, records[0].location.offset)]


def test_a_page_in_a_stored_block_is_not_taken_for_a_record(tmp_path):
    chance = random.Random(3)
    inner = gzip.compress(b"no record " + chance.randbytes(500))
    page = chance.randbytes(700) + inner + chance.randbytes(700)
    members = [gzip.compress(plain_record(n, page), compresslevel=0) for n in range(3)]
    content = b"".join(members)
    assert content.count(inner) == 3
    changed = bytearray(content)
    changed[len(members[0]) + 300] ^= 1
    assert ids(split(put(tmp_path / "x.warc.gz", bytes(changed)))[0]) == ["0", "2"]


def test_a_page_of_the_disk_that_cannot_be_read_costs_what_is_in_it(tmp_path, monkeypatch):
    path, whole = many_captures(tmp_path, 30)
    begin, stop = ends(whole)[20]
    real = os.pread

    def faulty(file: int, size: int, offset: int) -> bytes:
        if offset < stop and offset + size > begin:
            if offset >= begin or size <= 512:
                raise OSError(5, "Input/output error")
            return real(file, begin - offset, offset)
        return real(file, size, offset)

    monkeypatch.setattr(os, "pread", faulty)
    records, wounds = split(path)
    assert set(ids(records)) >= set(ids(without(whole, begin, begin + 2 * 4096)))
    assert [wound.start for wound in wounds] == [begin]
    assert "Input/output error" in wounds[0].why


# --- what is no WARC ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<html>", "an HTML page"),
        (b"just words, and no record", "text"),
        (b"", "it is empty"),
        (bytes(9000), "nothing but zero bytes"),
        (zlib.compress(b"WARC/1.1"), "no WARC"),
        (b"PK\x03\x04" + gzip.compress(plain_record(1)), "a zip archive"),
    ],
)
def test_a_file_without_a_record_is_no_warc(tmp_path, content, what):
    with pytest.raises(WarcError, match=f"is no WARC.*{what}|{what}"):
        list(read_through(put(tmp_path / "x", content)))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(WarcError, match=r"none\.warc cannot be read: No such file"):
        list(read_through(tmp_path / "none.warc"))


def test_a_source_can_be_told_what_a_file_is_made_of(tmp_path):
    path = put(tmp_path / "x", bytes(1) + gzip.compress(b"WARC/1.1")[1:])
    with Source(path, form=Form.GZIP) as source:
        assert source.compressed
