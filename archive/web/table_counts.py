"""Rows of each table, for lists of tables: from what is kept, and without those of full-text
indexes, which hold no rows of anybody's and are long to count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.db.schema.counts import ROWS_KEPT

if TYPE_CHECKING:
    import sqlite3

    from datasette.database import Database

_SHADOW = re.compile(r"_fts(_(config|content|data|docsize|idx))?$")


def count_cheaply(database: Database) -> None:
    """Let a database of ours count its tables so; datasette's way counts the pages of indexes, and
    its time limit does not end that."""

    async def table_counts(limit: int = 10) -> dict[str, int | None]:
        del limit
        names = await database.table_names()
        found: dict[str, int | None] = await database.execute_fn(
            lambda connection: _counts(connection, names)
        )
        return found

    # HACK: datasette 0.65 has no hook for it
    setattr(database, "table_counts", table_counts)  # noqa: B010 - a method of another's


def _counts(connection: sqlite3.Connection, names: list[str]) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for name in names:
        if not _SHADOW.search(name):
            sql = ROWS_KEPT.get(name, f"select count(*) from [{name}]")  # noqa: S608 - a table's
            found[name] = int(connection.execute(sql).fetchone()[0])
    return found
