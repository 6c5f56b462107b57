"""A write-ahead log is read as SQLite reads it: what was committed, and whole."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.db import held_open
from archive.db.held_open import descriptor
from archive.db.write_log import PAGE_BYTES, Log, log_of

FRAME_BYTES = PAGE_BYTES + 24
HEAD_BYTES = 32


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, Path]]:
    """With 700 frames in its log, behind them some of a transaction that was rolled back."""
    path = tmp_path_factory.mktemp("log") / "a.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA wal_autocheckpoint=0")
        db.execute("PRAGMA cache_size=10")
        db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x)")
        random.seed(7)
        for end in ("COMMIT", "ROLLBACK", "COMMIT", "COMMIT", "ROLLBACK"):
            db.execute("BEGIN")
            rows = ((random.randbytes(3_000),) for _ in range(200))
            db.executemany("INSERT INTO t (x) VALUES (?)", rows)
            db.execute(end)
        yield db, path


def look(path: Path) -> Log:
    return log_of(Path(f"{path}-wal"), Path(f"{path}-shm"))


@pytest.mark.parametrize("seed", range(6))
def test_a_changed_byte_costs_all_from_its_frame_on(
    database: tuple[sqlite3.Connection, Path], seed: int, tmp_path: Path
) -> None:
    _, path = database
    frame = random.Random(seed).choice([0, 1, 511, 512, 513, random.Random(seed).randrange(600)])
    place = HEAD_BYTES + frame * FRAME_BYTES + random.Random(seed).choice([0, 16, 24, 4_000])
    copy = tmp_path / "hurt"
    shutil.copy(f"{path}-wal", copy)
    assert log_of(copy, Path(f"{path}-shm")).lost == set()
    with copy.open("rb+") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 64]))
    numbers = [
        int.from_bytes(copy.read_bytes()[at : at + 4], "big") - 1
        for at in range(HEAD_BYTES + frame * FRAME_BYTES, copy.stat().st_size, FRAME_BYTES)
    ]
    found = log_of(copy, Path(f"{path}-shm"))
    assert found.lost
    assert found.lost <= set(numbers)
    assert numbers[1] in found.lost


def test_pages_are_those_that_the_file_will_hold(
    database: tuple[sqlite3.Connection, Path],
) -> None:
    db, path = database
    found = look(path)
    assert found.is_known
    assert len(found.pages) > 600
    assert (found.lost, found.folded) == (set(), set())
    content = _folded(db)
    pages = [content[at : at + PAGE_BYTES] for at in range(0, len(content), PAGE_BYTES)]
    assert found.pages == {number: zlib.crc32(page) for number, page in enumerate(pages)}


def _folded(db: sqlite3.Connection) -> bytes:
    """The database's file, as if its log were folded in."""
    return bytes(db.serialize())


def test_one_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert log_of(tmp_path / "none", tmp_path / "neither").pages == {}


def test_few_descriptors_are_kept_and_none_of_what_has_no_name(tmp_path: Path) -> None:
    for number in range(2 * held_open.AT_MOST):
        (tmp_path / f"{number}").write_text("x")
        assert os.pread(descriptor(tmp_path / f"{number}"), 9, 0) == b"x"
    assert len(held_open._OPEN) == held_open.AT_MOST
    last = descriptor(tmp_path / f"{number}")
    assert descriptor(tmp_path / f"{number}") == last
    for name in tmp_path.iterdir():
        name.unlink()
    (tmp_path / "new").write_text("y")
    assert os.pread(descriptor(tmp_path / "new"), 9, 0) == b"y"
    assert len(held_open._OPEN) == 1
