"""A body while it comes: small ones in memory, large ones in a file without a name."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from archive.warc.digests import sha256_digest
from crawler.download.scrapy_internals import spool as module
from crawler.download.scrapy_internals.spool import IN_MEMORY, Spool, spool

PIECE = bytes(range(256)) * 256


def test_a_large_body_comes_back_as_it_came_and_is_not_in_memory_meanwhile(
    tmp_path: Path,
) -> None:
    tracemalloc.start()
    held = Spool(tmp_path, b"begun")
    for _ in range(300):
        held.write(PIECE)
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert used < 3 * IN_MEMORY
    assert list(tmp_path.iterdir()) == []
    assert held.getvalue() == b"begun" + 300 * PIECE


def test_a_body_of_any_length_stays_in_its_file_where_that_is_wanted(tmp_path: Path) -> None:
    tracemalloc.start()
    held = Spool(tmp_path, b"begun", stays=True)
    for _ in range(400):
        held.write(PIECE)
    assert held.getvalue() == b""
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert used < 3 * IN_MEMORY
    assert held.held is not None
    assert len(held.held) == 5 + 400 * len(PIECE)
    assert held.held.digest == sha256_digest(b"begun" + 400 * PIECE)
    assert next(held.held.pieces()).startswith(b"begun")
    assert list(tmp_path.iterdir()) == []


def test_a_small_body_does_not_stay_in_a_file() -> None:
    held = Spool(None, stays=True)
    held.write(PIECE)
    assert (held.getvalue(), held.held) == (PIECE, None)


def test_a_small_body_needs_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.tempfile, "TemporaryFile", None)
    held = Spool(None)
    held.write(PIECE)
    assert held.getvalue() == PIECE
    held.truncate(0)
    assert held.getvalue() == b""


@pytest.mark.parametrize("stays", [False, True])
@pytest.mark.parametrize("room", [0, 100_000, IN_MEMORY + 100_000])
def test_a_full_disk_costs_memory_and_not_the_body(
    monkeypatch: pytest.MonkeyPatch, room: int, stays: bool
) -> None:
    class Full(io.BytesIO):
        def write(self, data: Any) -> int:
            taken = min(len(data), room - self.tell())
            if taken <= 0:
                raise OSError(28, "No space left on device")
            return super().write(bytes(data[:taken]))

    monkeypatch.setattr(module.tempfile, "TemporaryFile", lambda **_: Full())
    held = Spool(None, stays=stays)
    pieces = [bytes([n]) * 300_000 for n in range(8)]
    for piece in pieces:
        held.write(piece)
    assert held.getvalue() == b"".join(pieces)


def test_a_reader_of_scrapys_goes_on_in_a_spool() -> None:
    reader = SimpleNamespace(_bodybuf=io.BytesIO(b"begun"))
    spool(SimpleNamespace(_bodyProtocol=reader), None)
    reader._bodybuf.write(b", and ended")
    assert reader._bodybuf.getvalue() == b"begun, and ended"
    spool(SimpleNamespace(), None)  # nothing is read of it
