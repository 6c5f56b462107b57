from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from archive.errors import TornRecordError, WarcError
from archive.warc.cdxj import write_index
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
    target = tmp_path / "index.cdxj"
    assert write_index(folder, target) == 3
    lines = target.read_text().splitlines()
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
    target = tmp_path / "index.cdxj"
    assert write_index(tmp_path, target) == 3
    first = target.read_bytes()
    assert write_index(tmp_path, target) == 3
    assert target.read_bytes() == first
    assert first == b"".join(sorted(first.splitlines(keepends=True)))


def test_a_torn_file_leaves_the_old_index_in_place(tmp_path):
    path, _ = three_captures(tmp_path)
    target = tmp_path / "index.cdxj"
    write_index(tmp_path, target)
    before = target.read_bytes()
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(TornRecordError):
        write_index(tmp_path, target)
    assert target.read_bytes() == before
    assert sorted(item.name for item in tmp_path.iterdir()) == ["index.cdxj", path.name]


def test_an_index_that_cannot_be_written_is_named(tmp_path):
    three_captures(tmp_path)
    with pytest.raises(WarcError, match=r"none/index\.cdxj"):
        write_index(tmp_path, tmp_path / "none" / "index.cdxj")
