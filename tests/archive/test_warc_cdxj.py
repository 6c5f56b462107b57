from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from archive.errors import TornRecordError, WarcError
from archive.warc.cdxj import sorted_index
from tests.warc_samples import CONTEXT, exchange, ref, request, three_captures, writer


def test_every_replayable_record_has_its_line_sorted_by_key_and_time(tmp_path):
    folder = tmp_path / "warc"
    late = datetime(2026, 3, 17, tzinfo=UTC)
    with writer(folder) as warc:
        one = warc.write(exchange(uri="https://www.zebra.example/B", request=request()), CONTEXT)
        two = warc.write(exchange(uri="https://zebra.example/b", at=late), CONTEXT, ref(one))
        three = warc.write(
            exchange(b"", (), uri="https://ape.example/", line="HTTP/1.1 404 Not Found"), CONTEXT
        )
        warc.write_failure("https://gone.example/", late, CONTEXT)
    lines = [line.decode() for line in index_of(folder)]
    assert [line.split(" ", 2)[:2] for line in lines] == [
        ["example,ape)/", "20260316220513"],
        ["example,zebra)/b", "20260316220513"],
        ["example,zebra)/b", "20260317000000"],
    ]
    found = [json.loads(line.split(" ", 2)[2]) for line in lines]
    assert found[1] == {
        "url": "https://www.zebra.example/B",
        "mime": "text/html",
        "status": "200",
        "digest": one.payload_digest,
        "length": str(one.location.length),
        "offset": str(one.location.offset),
        "filename": one.location.file,
    }
    assert (found[2]["mime"], found[2]["offset"]) == ("warc/revisit", str(two.location.offset))
    assert (found[0].get("mime"), found[0]["status"]) == (None, "404")
    assert found[0]["digest"] == three.payload_digest


def test_all_files_of_a_folder_and_no_others_are_indexed(tmp_path):
    with writer(tmp_path, max_bytes=10) as warc:
        for number in range(3):
            warc.write(exchange(uri=f"https://a.example/{number}"), CONTEXT)
    (tmp_path / "x.warc.gz.torn").write_bytes(b"half a record")
    lines = index_of(tmp_path)
    assert len(lines) == 3
    assert lines == sorted(lines)


def test_of_a_torn_file_stands_what_came_before_and_that_it_is_torn(tmp_path):
    path, _ = three_captures(tmp_path)
    *before, last = sorted(index_of(tmp_path), key=offset_in)
    path.write_bytes(path.read_bytes()[: offset_in(last) + 10])
    torn: list[WarcError] = []
    assert index_of(tmp_path, torn) == sorted(before)
    assert [type(one) for one in torn] == [TornRecordError]


def offset_in(line: bytes) -> int:
    return int(json.loads(line.split(b" ", 2)[2])["offset"])


def index_of(folder: Path, damaged: list[WarcError] | None = None) -> list[bytes]:
    return sorted_index(folder, lambda _: True, [].append if damaged is None else damaged.append)
