"""What a new database would change, counted by table and kind, whatever the older one's schema."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.fixity.preview import Change, changes

SOURCES = "CREATE TABLE sources (id INTEGER PRIMARY KEY, url TEXT, status TEXT{more});"
OLD = f"""
{SOURCES.format(more="")}
INSERT INTO sources VALUES (1, 'a', 'alive'), (2, 'b', 'alive'), (3, 'c', NULL), (4, 'd', 'dead');
CREATE TABLE runs (id TEXT PRIMARY KEY); INSERT INTO runs VALUES ('only here');
"""
FRESH = f"""
{SOURCES.format(more=", account TEXT")}
INSERT INTO sources VALUES
    (1, 'a', 'dead', 'x'), (2, 'b', 'dead', 'y'), (3, 'c', 'moved', NULL), (5, 'e', 'dead', NULL);
CREATE TABLE forms (word TEXT, form TEXT, PRIMARY KEY (word, form)) WITHOUT ROWID;
INSERT INTO forms VALUES ('go', 'went');
CREATE TABLE runs (id TEXT PRIMARY KEY);
"""


def made(path: Path, script: str) -> Path:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(script)
    return path


@pytest.fixture
def found(tmp_path: Path) -> dict[str, Change]:
    old, fresh = made(tmp_path / "old.db", OLD), made(tmp_path / "fresh.db", FRESH)
    return {change.table: change for change in changes(old, fresh)}


def test_rows_are_gone_new_or_changed_and_of_a_kind(found: dict[str, Change]) -> None:
    sources = found["sources"]
    assert (sources.before, sources.after) == (4, 4)
    assert (sources.gone, sources.new, sources.changed) == (1, 1, 3)
    assert sources.columns == {"status": 3}
    assert sources.kinds == {"alive to dead": 2, "- to moved": 1}
    assert "id 1: status: alive to dead" in sources.examples


def test_a_table_that_the_old_one_lacks_is_new_and_logs_are_no_matter(
    found: dict[str, Change],
) -> None:
    assert set(found) == {"sources", "forms"}
    assert (found["forms"].new, found["forms"].gone) == (1, 0)


def test_equal_databases_would_stay(tmp_path: Path) -> None:
    old, fresh = made(tmp_path / "old.db", OLD), made(tmp_path / "fresh.db", OLD)
    assert all(change.is_none for change in changes(old, fresh))


def test_a_table_without_a_key_is_compared_by_all_of_its_columns(tmp_path: Path) -> None:
    create = "CREATE TABLE words (a TEXT, b TEXT); INSERT INTO words VALUES ('x', '{}');"
    old = made(tmp_path / "old.db", create.format("one"))
    [change] = changes(old, made(tmp_path / "fresh.db", create.format("two")))
    assert (change.gone, change.new, change.changed) == (1, 1, 0)
