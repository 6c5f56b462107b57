from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.db.database import close_database, open_database, open_readonly
from archive.db.made_aside import made_aside
from archive.errors import NoArchiveError

TABLE = "CREATE TABLE made (id)"


def tables(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT name FROM sqlite_master").fetchall()


def test_nobody_sees_one_that_is_half_made(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with made_aside(path) as db:
        db.execute(TABLE)
        with pytest.raises(NoArchiveError):
            open_readonly(path)
        assert tables(path) == []  # another program; it leaves an empty file
    assert tables(path) == [("made",)]
    assert [each.name for each in tmp_path.iterdir()] == ["archive.db"]
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_another_program_that_reads_meanwhile_does_not_get_in_the_way(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        close_database(open_database(path), path)
    assert ("captures",) in tables(path)


def test_one_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError), made_aside(tmp_path / "archive.db") as db:
        db.executescript(f"{TABLE}; {TABLE};")
    assert list(tmp_path.iterdir()) == []


def test_what_a_kill_left_of_another_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    for name in ("archive.db.new", "archive.db.new-journal", "archive.db-wal", "archive.db-shm"):
        (tmp_path / name).write_bytes(b"left by a kill")
    with made_aside(path) as db:
        db.execute(TABLE)
    assert tables(path) == [("made",)]
    assert [each.name for each in tmp_path.iterdir()] == ["archive.db"]


def test_a_link_stays_one(tmp_path: Path) -> None:
    elsewhere, link = tmp_path / "elsewhere.db", tmp_path / "archive.db"
    link.symlink_to(elsewhere)
    with made_aside(link) as db:
        db.execute(TABLE)
    assert link.is_symlink()
    assert tables(elsewhere) == [("made",)]
