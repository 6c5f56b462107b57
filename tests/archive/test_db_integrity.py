"""A damaged database is found before anything is written into it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.db.integrity import require_sound
from archive.db.people import wrong_with
from archive.db.sqlite_errors import DamagedDatabaseError
from archive.errors import DataFolderError

PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE t(x)")
        db.executemany("INSERT INTO t VALUES (?)", [(f"{n} " * 100,) for n in range(100)])
    return path


def flip(path: Path, page: int) -> None:
    content = bytearray(path.read_bytes())
    content[page * PAGE : page * PAGE + 16] = bytes(255 - b for b in content[page * PAGE :][:16])
    path.write_bytes(content)


def test_a_sound_database_is_written_into(path: Path) -> None:
    require_sound(path)


def test_a_database_that_is_not_there_or_empty_is_no_damage(tmp_path: Path) -> None:
    require_sound(tmp_path / "archive.db")
    (tmp_path / "archive.db").touch()
    require_sound(tmp_path / "archive.db")


@pytest.mark.parametrize("page", [1, 2, 5])
def test_a_damaged_page_is_found_before_it_is_used(path: Path, page: int) -> None:
    flip(path, page)
    with pytest.raises(DamagedDatabaseError, match="rebuild"):
        require_sound(path)


def test_what_is_no_database_is_called_so(path: Path) -> None:
    path.write_bytes(b"hello\n" * 2000)
    with pytest.raises(DataFolderError, match="not a database"):
        require_sound(path)


def test_a_large_one_is_left_to_verify(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flip(path, 2)
    monkeypatch.setattr("archive.db.integrity.QUICK_CHECK_BYTES", PAGE)
    require_sound(path)


def test_what_people_wrote_is_looked_at_too(path: Path) -> None:
    assert wrong_with(path) is None
    flip(path, 2)
    assert "repair --from BACKUP" in (wrong_with(path) or "")
    path.write_bytes(b"hello\n" * 2000)
    assert "not a database" in (wrong_with(path) or "")
    path.unlink()
    assert wrong_with(path) is None
