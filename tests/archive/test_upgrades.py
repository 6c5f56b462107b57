"""Archives of earlier schemas, kept as they were: they open, are copied first, and lose nothing."""

from __future__ import annotations

import gzip
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlite_utils
from click.testing import CliRunner

from archive.db import database, upgrade_copies
from archive.db.database import open_database, open_readonly, pending
from archive.errors import DataFolderError
from pipeline.cli.main import main

FIXTURES = sorted((Path(__file__).parent.parent / "fixtures" / "archives").glob("*.db.gz"))

HELD = {
    "reports": "SELECT id, title FROM reports",
    "notes": "SELECT label, text FROM notes",
    "sources": "SELECT id, url, cited_url FROM sources",
    "captures": "SELECT id, url, outcome, warc_file FROM captures ORDER BY id",
    "runs": "SELECT id, job, outcome FROM runs",
}


@pytest.fixture(params=FIXTURES, ids=lambda path: path.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "data" / "archive.db"
    (path.parent / "warc").mkdir(parents=True)
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def held(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(path) as db:
        found = {name: db.execute(sql).fetchall() for name, sql in HELD.items()}
    db.close()
    return found


def test_there_are_archives_of_earlier_schemas() -> None:
    assert len(FIXTURES) >= 4


def test_an_older_archive_is_copied_then_brought_up_to_date_and_loses_nothing(
    old: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = held(old)
    with caplog.at_level(logging.WARNING):
        db = open_database(old)
    assert pending(db) == []
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()
    assert held(old) == before
    [copy] = old.parent.glob("archive.db.before-*")
    assert str(copy) in caplog.text
    assert held(copy) == before
    kept = open_readonly(copy, current=False)
    assert pending(kept)[0] == copy.name.removeprefix("archive.db.before-")
    kept.close()


def test_every_command_that_reads_opens_it(old: Path) -> None:
    for words in (("status", "--json"), ("export", "--all"), ("alarms",), ("metrics",)):
        result = CliRunner().invoke(main, ["--data", str(old.parent), *words])
        assert (
            result.exit_code in {0, 1},
            result.exception is None or isinstance(result.exception, SystemExit),
        ) == (True, True), words
    assert len(list(old.parent.glob("archive.db.before-*"))) == 1


@pytest.mark.parametrize("applied", [0, 1, 5])
def test_an_upgrade_that_was_broken_off_goes_on_with_the_copy_of_before(
    old: Path, applied: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, upto = held(old), pending_names(old)[applied]
    migrations = database.migrations
    whole = migrations.apply
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "apply", lambda db: _broken_off(whole, db, upto))
        with pytest.raises(KeyboardInterrupt):
            open_database(old)
    open_database(old).close()
    [copy] = old.parent.glob("archive.db.before-*")
    assert (held(copy), held(old)) == (before, before)
    assert pending_names(old) == []


def _broken_off(whole: Callable[..., None], db: sqlite_utils.Database, upto: str) -> None:
    whole(db, stop_before=upto)
    raise KeyboardInterrupt


def pending_names(path: Path) -> list[str]:
    db = open_readonly(path, current=False)
    names = pending(db)
    db.close()
    return names


def test_a_copy_that_is_there_is_not_written_over(old: Path) -> None:
    first = pending_of(old)
    there = old.with_name(f"archive.db.before-{first}")
    there.write_text("kept")
    open_database(old).close()
    assert there.read_text() == "kept"
    assert held(old.with_name(f"{there.name}.2"))["reports"]


def pending_of(path: Path) -> str:
    db = open_readonly(path, current=False)
    try:
        return pending(db)[0]
    finally:
        db.close()


def test_without_room_for_the_copy_nothing_is_changed(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()
    usage = type("Usage", (), {"free": 1_000})
    monkeypatch.setattr(upgrade_copies.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(DataFolderError, match="no room to keep a copy"):
        open_database(old)
    assert pending_of(old)
    assert held(old)["reports"]
    assert len(before) == old.stat().st_size


def test_a_new_archive_is_not_copied(tmp_path: Path) -> None:
    open_database(tmp_path / "archive.db").close()
    assert list(tmp_path.glob("*.before-*")) == []
