"""Indexes, and counts, that nobody asks while an empty database is filled: they are made once it is
full.

A row that comes enters each index of its table, at a place of its own; of all rows at once SQLite
sorts an index and writes it from end to end, which takes a third of the time. So do counts of what
cites sources, by series and by account (`archive.db.tables.kept_rows`).

That they are yet to be made stands in the database itself (`PRAGMA user_version`), told in the
transaction that drops them. Whoever opens it to write after a kill makes them first.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.db import folding
from archive.db.lean import sqlite_utils
from archive.db.schema.migrations import migrations
from archive.db.tables import kept_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = "sources_by_host"
"""Taking a capture in finds sources by id, address and host; by account, standing or day readers
alone do."""

_INDEXES_WAIT = 1
"""What an earlier version wrote into `user_version`: it counted on the way."""

_INDEXES = """
SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'sources'
AND sql LIKE 'CREATE INDEX %' ORDER BY rowid
"""


@contextmanager
def indexes_deferred(db: sqlite_utils.Database) -> Iterator[None]:
    """What is written inside enters most indexes of sources, and the counts of what cites them, at
    the end, where there were no sources before; not inside a transaction."""
    if db.execute("SELECT EXISTS (SELECT 1 FROM sources)").fetchone()[0]:
        yield
        return
    found = _indexes(db)
    with db.atomic():
        for name in found.keys() - {KEPT}:
            db.execute(f"DROP INDEX {name}")
        db.execute(f"PRAGMA user_version={kept_rows.COUNTS_WAIT}")
    yield
    _make_indexes(db, found)


def make_missing(db: sqlite_utils.Database) -> None:
    """Make the indexes and counts that a killed process left to be made, as the version of the
    database has them."""
    if db.execute("PRAGMA user_version").fetchone()[0] not in {
        _INDEXES_WAIT,
        kept_rows.COUNTS_WAIT,
    }:
        return
    had = {one.name for one in migrations.applied(db)}
    whole = sqlite_utils.Database(memory=True, execute_plugins=False)
    try:
        folding.register(whole.conn)
        for one in migrations.pending(whole):
            if one.name in had:
                one.fn(whole)
        found = _indexes(whole)
    finally:
        whole.close()
    _make_indexes(db, found)


def _indexes(db: sqlite_utils.Database) -> dict[str, str]:
    return dict(db.execute(_INDEXES).fetchall())


def _make_indexes(db: sqlite_utils.Database, indexes: dict[str, str]) -> None:
    """All of them, in the order of before: between two that serve alike SQLite takes the later.
    Then the counts."""
    with db.atomic():
        for name, sql in indexes.items():
            db.execute(f"DROP INDEX IF EXISTS {name}")
            db.execute(sql)
        if kept_rows.wait(db):
            kept_rows.count_all(db)
        db.execute("PRAGMA user_version=0")
