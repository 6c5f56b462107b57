from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from archive.db import at_rest, folding
from archive.db.database import (
    APPLICATION_ID,
    open_database,
    open_readonly,
    writing,
)
from archive.db.schema.migrations import migrations
from archive.db.sqlite_errors import explained
from archive.errors import DataFolderError


def test_a_new_database_is_ours_strict_and_in_write_ahead_mode(tmp_path: Path) -> None:
    db = open_database(tmp_path / "archive.db")
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert db.execute("PRAGMA application_id").fetchone()[0] == 0x49535741
    plain = [
        name
        for name,
        strict in db.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()  # noqa: E501
        if not strict and not name.startswith(("sqlite_", "_sqlite")) and "_fts" not in name
        and name not in db.view_names()
    ]  # fmt: skip
    assert plain == []
    db.close()


def test_every_foreign_key_has_an_index(tmp_path: Path) -> None:
    db = open_database(tmp_path / "archive.db")
    bare = []
    for table in db.tables:
        covered = {index.columns[0] for index in table.indexes} | set(table.pks[:1])
        bare += [
            (table.name, key.column) for key in table.foreign_keys if key.column not in covered
        ]
    # publications that have aliases are never deleted
    assert bare == [("publication_aliases", "publication_id")]
    db.close()


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    open_database(path).close()
    before = path.read_bytes()
    open_database(path).close()
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (id)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(DataFolderError, match="another program"):
        open_database(path)
    with pytest.raises(DataFolderError, match="another program"):
        open_readonly(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_text("not a database, only text " * 100)
    with pytest.raises(DataFolderError, match="not a database"):
        open_database(path)
    assert path.read_text().startswith("not a database")


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    db = open_database(path)
    db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('isw-archive', "
        "'m999_later', '')"
    )
    db.close()
    for opener in (open_database, open_readonly):
        with pytest.raises(DataFolderError, match="newer isw-archive"):
            opener(path)


def test_no_archive_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(DataFolderError, match="no archive here"):
        open_readonly(tmp_path / "archive.db")
    with pytest.raises(DataFolderError, match="no archive here"):
        open_database(tmp_path / "archive.db", create=False)


def test_a_read_only_connection_cannot_write(tmp_path: Path) -> None:
    open_database(tmp_path / "archive.db").close()
    db = open_readonly(tmp_path / "archive.db")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM runs")
    db.close()


def older(path: Path) -> None:
    """A database as the first version left it."""
    db = sqlite_utils.Database(path)
    db.execute(f"PRAGMA application_id={APPLICATION_ID}")
    folding.register(db.conn)
    first, second, *_ = migrations.pending(db)
    assert first.name < second.name
    migrations.apply(db, stop_before=second.name)
    db.close()


def test_a_database_of_an_older_version_is_brought_up_to_date_before_it_is_read(
    tmp_path: Path,
) -> None:
    path = tmp_path / "archive.db"
    older(path)
    db = open_readonly(path, current=False)
    assert migrations.pending(db)
    db.close()
    db = open_readonly(path)
    assert migrations.pending(db) == []
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM runs")
    db.close()


def test_what_was_brought_up_to_date_has_its_checksums_at_once(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    older(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE words AS SELECT 'a word that nobody reads' AS word")
    at_rest.whole(path)
    open_readonly(path).close()
    assert at_rest.is_kept(path)
    assert at_rest.damage(path) is None
    path.write_bytes(path.read_bytes().replace(b"a word that nobody", b"A word that nobody"))
    with writing(path) as written:
        written.execute("CREATE TABLE more (x)")
    assert at_rest.whole(path)[1] is not None


def test_where_it_cannot_be_written_an_older_version_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.db"
    older(path)
    # root may write anything, so the question is answered here
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(DataFolderError, match="older isw-archive"):
        open_readonly(path)


def test_a_full_temporary_folder_is_not_called_a_full_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, full = tmp_path / "archive.db", tmp_path / "tmp"
    full.mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(full))
    usage = shutil.disk_usage(tmp_path)
    room = {str(full): usage._replace(free=0)}
    monkeypatch.setattr(
        "archive.db.sqlite_errors.shutil.disk_usage", lambda at: room.get(str(at), usage)
    )
    said = explained(sqlite3.OperationalError("database or disk is full"), path)
    assert str(said).startswith(f"temporary folder {full}: full")
    room.clear()
    said = explained(sqlite3.OperationalError("database or disk is full"), path)
    assert str(said).startswith(f"{path}: the disk is full (")
