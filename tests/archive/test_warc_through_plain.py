"""Damage in an uncompressed file costs what is damaged, as in a packed one."""

from __future__ import annotations

import pytest

from tests.torn_warcs import ids, plain_record, split
from tests.warc_samples import put

TEXT = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 300\r\n\r\nan example in a page"


@pytest.mark.parametrize("digest", [True, False])
@pytest.mark.parametrize("length", [-7, 9, 60, 400, 10**12])
def test_a_wrong_length_in_a_plain_file_costs_one_record(tmp_path, digest, length):
    parts = [
        plain_record(n, TEXT * 2, length=length if n == 2 else 0, digest=digest) for n in range(6)
    ]
    path = put(tmp_path / "x.warc", *parts)
    records, wounds = split(path)
    kept = [record for record in records if record.record_id != "urn:uuid:2"]
    assert ids(kept) == ["0", "1", "3", "4", "5"]
    assert all(record.mismatch is None for record in kept)
    start = len(parts[0] + parts[1])
    assert [(wound.start, wound.end) for wound in wounds] == [(start, start + len(parts[2]))]
    assert [record.location.offset for record in kept[2:]] == [
        sum(map(len, parts[:n])) for n in (3, 4, 5)
    ]


def test_the_header_lines_of_a_plain_record_cost_one_record(tmp_path):
    parts = [plain_record(n, TEXT) for n in range(4)]
    content = b"".join(parts)
    start, stop = len(parts[0]), len(parts[0] + parts[1])
    for place in range(start, start + 8):
        changed = bytearray(content)
        changed[place] ^= 2
        path = put(tmp_path / "x.warc", bytes(changed))
        records, wounds = split(path)
        if len(records) < 4:
            assert ids(records) == ["0", "2", "3"]
            assert [(wound.start, wound.end) for wound in wounds] == [(start, stop)]


def test_a_letter_altered_in_a_plain_file_is_a_digest_mismatch(tmp_path):
    parts = [plain_record(n, b"5 were seen") for n in range(3)]
    path = put(tmp_path / "x.warc", parts[0], parts[1].replace(b"5 were", b"6 were"), parts[2])
    records, wounds = split(path)
    assert [bool(record.mismatch) for record in records] == [False, True, False]
    assert [(wound.start, wound.end) for wound in wounds] == [
        (len(parts[0]), len(parts[0] + parts[1]))
    ]


def test_junk_between_plain_records_is_the_wound(tmp_path):
    parts = [plain_record(n) for n in range(3)]
    path = put(tmp_path / "x.warc", parts[0], b"junk " * 9, parts[1], bytes(70), parts[2])
    records, wounds = split(path)
    assert ids(records) == ["0", "1", "2"]
    start = len(parts[0])
    again = start + 45 + len(parts[1])
    assert [(w.start, w.end, w.why) for w in wounds] == [
        (start, start + 45, "no WARC header"),
        (again, again + 70, "nothing but zero bytes"),
    ]


def test_a_plain_file_cut_within_a_record_says_so(tmp_path):
    parts = [plain_record(n) for n in range(3)]
    path = put(tmp_path / "x.warc", b"".join(parts)[:-9])
    records, wounds = split(path)
    assert ids(records) == ["0", "1"]
    assert [(w.start, w.why, w.at_end) for w in wounds] == [
        (len(parts[0] + parts[1]), "the file ends within a record", True)
    ]
