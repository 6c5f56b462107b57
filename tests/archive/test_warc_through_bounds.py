"""However a file is damaged, it is read a bounded number of times."""

from __future__ import annotations

import gzip
import os
import random
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.torn_warcs import ids, plain_record, split
from tests.warc_samples import put


def stored_members(count: int) -> bytes:
    """Gzip members in each other's stored blocks, all without an end: each can be unpacked to the
    end of the file."""
    inner = b"WARC/1.1\r\n"
    for _ in range(count):
        size = len(inner) + 10
        block = b"\x00" + struct.pack("<HH", size, size ^ 0xFFFF) + b"WARC/1.1\r\n" + inner
        inner = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + block
    return inner


def pulled(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How much each read of a file gave."""
    read: list[int] = []
    real = os.pread

    def counting(file: int, size: int, offset: int) -> bytes:
        piece = real(file, size, offset)
        read.append(len(piece))
        return piece

    monkeypatch.setattr(os, "pread", counting)
    return read


@pytest.mark.parametrize(
    "content",
    [
        lambda: bytes(3_000_000),
        lambda: random.Random(4).randbytes(3_000_000),
        lambda: b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 9000000\r\n\r\n" * 20_000,
        lambda: b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 500000\r\n\r\n" * 20_000,
        lambda: b"WARC/1.1\r\nA: b\r\n" * 100_000,
    ],
    ids=["zeros", "noise", "lengths beyond", "lengths within", "headers without end"],
)
def test_reading_behind_damage_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: Callable[[], bytes]
) -> None:
    monkeypatch.setattr("archive.warc.through._RETRY_BYTES", 0)
    first = plain_record(1)
    for name, begin, filling in (
        ("x.warc.gz", gzip.compress(first), content()),
        ("x.warc", first, content()),
    ):
        path = put(tmp_path / name, begin, filling)
        read = pulled(monkeypatch)
        records, _ = split(path)
        assert ids(records)[:1] == ["1"]
        assert sum(read) < 12 * path.stat().st_size


def test_members_within_members_are_not_read_again_and_again(tmp_path, monkeypatch):
    monkeypatch.setattr("archive.warc.through._RETRY_BYTES", 0)
    read = pulled(monkeypatch)
    needed = []
    for count in (10, 20):
        content = stored_members(1500) * count
        path = put(tmp_path / "x.warc.gz", gzip.compress(plain_record(1)), content)
        read.clear()
        records, wounds = split(path)
        assert (ids(records), len(wounds)) == (["1"], 1)
        needed.append(sum(read))
    assert needed[1] < 2.5 * needed[0]
