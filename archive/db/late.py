"""Indexes that nobody asks while a database is made anew: they are made once it is full.

A row that comes enters each index of its table, at a place of its own; of all rows at once SQLite
sorts an index and writes it from end to end, which takes a third of the time.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlite_utils

KEPT = "sources_by_host"
"""Taking a capture in finds sources by id, address and host; by account, standing or day readers
alone do."""

_INDEXES = """
SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'sources'
AND sql LIKE 'CREATE INDEX %' AND name != ? ORDER BY rowid
"""


@contextmanager
def indexed_late(db: sqlite_utils.Database) -> Iterator[None]:
    """What is written inside enters most indexes of sources at the end.

    Not inside a transaction. What ends in the middle leaves a database without them, good for
    nothing but to be thrown away.
    """
    found = db.execute(_INDEXES, [KEPT]).fetchall()
    with db.atomic():
        for name, _ in found:
            db.execute(f"DROP INDEX {name}")
    yield
    with db.atomic():
        for _, sql in found:
            db.execute(sql)
