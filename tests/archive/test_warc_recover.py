from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys

import pytest

from archive.errors import WarcError
from archive.warc.reader import iter_records
from archive.warc.recover import cut_torn_tail
from tests.warc_samples import only_file, three_captures


def test_a_whole_file_is_left_alone(tmp_path):
    path, _ = three_captures(tmp_path)
    content = path.read_bytes()
    healed = cut_torn_tail(path)
    assert (healed.length, healed.torn, healed.torn_bytes) == (len(content), None, 0)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_torn_anywhere_is_cut_after_its_last_whole_record_and_loses_nothing(tmp_path):
    path, _ = three_captures(tmp_path / "whole")
    content = path.read_bytes()
    ends = [record.location.offset + record.location.length for record in iter_records(path)]
    # Each cut costs two writes to the disk itself, so: around every border, and some between.
    cuts = {end + around for end in ends for around in (-1, 0, 1)} | set(range(1, len(content), 61))
    for cut in sorted(cut for cut in cuts if cut < len(content)):
        torn = tmp_path / f"{cut}.warc.gz"
        torn.write_bytes(content[:cut])
        healed = cut_torn_tail(torn)
        assert healed.length == max((end for end in ends if end <= cut), default=0)
        assert healed.torn_bytes == cut - healed.length
        tail = healed.torn.read_bytes() if healed.torn else b""
        if healed.length:
            assert torn.read_bytes() + tail == content[:cut]
            assert sum(record.location.length for record in iter_records(torn)) == healed.length
            assert cut_torn_tail(torn).torn is None
        else:
            assert tail == content[:cut]
            assert not torn.exists()


def test_only_what_is_not_indexed_yet_is_read(tmp_path):
    path, written = three_captures(tmp_path)
    content = path.read_bytes()
    last = written[-1].location
    path.write_bytes(content[:-1])
    healed = cut_torn_tail(path, last.offset)
    assert healed.length == last.offset
    assert healed.torn
    assert healed.torn.name == f"{path.name}.torn"
    # A length beyond the file is of no use, and the whole file is read instead.
    assert cut_torn_tail(path, 10**9).length == last.offset


def test_a_crash_between_keeping_the_tail_and_cutting_is_mended(tmp_path):
    path, _ = three_captures(tmp_path)
    path.write_bytes(path.read_bytes()[:-5])
    torn = path.read_bytes()
    first = cut_torn_tail(path)
    path.write_bytes(torn)
    assert cut_torn_tail(path) == first
    assert len(list(tmp_path.iterdir())) == 2


def test_a_second_torn_tail_does_not_replace_the_first(tmp_path):
    path, _ = three_captures(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[:-5])
    first = cut_torn_tail(path)
    path.write_bytes(content[:-9])
    second = cut_torn_tail(path)
    assert first.torn
    assert second.torn
    assert first.torn != second.torn
    assert first.torn.read_bytes() == content[first.length : -5]


def test_a_tail_that_was_kept_in_part_is_kept_whole_in_its_place(tmp_path):
    path, _ = three_captures(tmp_path)
    content = path.read_bytes()[:-5]
    path.write_bytes(content)
    first = cut_torn_tail(path)
    for part in (0, 3):
        path.write_bytes(content)
        first.torn.write_bytes(content[first.length :][:part])
        assert cut_torn_tail(path) == first
        assert first.torn.read_bytes() == content[first.length :]


def test_a_full_disk_leaves_no_part_of_a_tail(tmp_path, monkeypatch):
    path, _ = three_captures(tmp_path)
    content = path.read_bytes()[:-5]
    path.write_bytes(content)

    def full(write, piece):
        write(piece[:2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("archive.warc.recover.write_all", full)
    with pytest.raises(WarcError, match="No space left"):
        cut_torn_tail(path)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == content


def test_zeros_that_a_power_cut_leaves_are_a_torn_tail(tmp_path):
    path, _ = three_captures(tmp_path)
    size = path.stat().st_size
    with path.open("ab") as file:
        file.write(bytes(5000))
    assert cut_torn_tail(path).length == size
    path.write_bytes(bytes(5000))
    assert cut_torn_tail(path).length == 0


def test_an_empty_file_goes(tmp_path):
    path = tmp_path / "x.warc.gz"
    path.touch()
    assert cut_torn_tail(path).length == 0
    assert list(tmp_path.iterdir()) == []


def test_damage_before_whole_records_stays_where_it_is_and_is_told(tmp_path):
    path, written = three_captures(tmp_path)
    content = bytearray(path.read_bytes())
    first = written[0].location
    content[first.offset + 40] ^= 0xFF
    path.write_bytes(content)
    healed = cut_torn_tail(path)
    assert (healed.length, healed.torn) == (len(content), None)
    assert [(wound.start, wound.end) for wound in healed.wounds] == [
        (first.offset, first.offset + first.length)
    ]
    assert path.read_bytes() == content


def test_a_torn_tail_behind_damage_is_moved_and_says_what_was_wrong(tmp_path):
    path, written = three_captures(tmp_path)
    content = bytearray(path.read_bytes())
    content[written[0].location.offset + 40] ^= 0xFF
    path.write_bytes(content[:-7])
    healed = cut_torn_tail(path)
    assert (healed.length, healed.why) == (
        written[-1].location.offset,
        "the file ends within a record",
    )
    assert [wound.start for wound in healed.wounds] == [written[0].location.offset]


@pytest.mark.parametrize("content", [b"<html>", b"some text", b"PK\x03\x04" * 9])
def test_a_file_that_is_no_warc_is_left_alone(tmp_path, content):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    with pytest.raises(WarcError, match="no WARC"):
        cut_torn_tail(path)
    assert path.read_bytes() == content


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(WarcError, match=r"none\.warc\.gz.*No such file"):
        cut_torn_tail(tmp_path / "none.warc.gz")


KILLED = """
import os, pathlib, signal, sys
from tests.warc_samples import CONTEXT, exchange, writer
warc = writer(pathlib.Path(sys.argv[1]))
for number in range(40):
    warc.write(exchange(os.urandom(3000)), CONTEXT)
print("written", flush=True)
signal.pause()
"""


def test_what_was_written_before_a_kill_is_there_after_it(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, tmp_path], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "written\n"
        os.kill(process.pid, signal.SIGKILL)
    path = only_file(tmp_path)
    assert cut_torn_tail(path).torn is None
    assert len(list(iter_records(path, types={"response"}))) == 40
