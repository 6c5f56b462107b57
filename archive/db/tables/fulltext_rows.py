"""The words of versions, their notes and citing sentences, as the full-text indexes find them.

Those of deleted rows go by triggers (`archive.db.folding`). Those of new ones are written for all
versions of a transaction at once: SQLite's FTS5 writes a segment of the index for each statement,
and a trigger makes each row one. So a row takes 7 microseconds instead of 50.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    import sqlite_utils

_INDEXED = (
    ("versions", "id", ("title", "text")),
    ("notes", "version_id", ("text",)),
    ("markers", "version_id", ("sentence",)),
)
"""Tables, the column that names the version, and what is indexed."""


def index(db: sqlite_utils.Database, versions: Collection[int]) -> None:
    """Enter written versions that are not in the full-text indexes yet.

    In the transaction that wrote them, and before one of them is deleted.
    """
    if not versions:
        return
    listed = json.dumps(sorted(versions))
    for table, of, columns in _INDEXED:
        words = ", ".join(f"fold({name})" for name in columns)
        db.execute(
            f"INSERT INTO {table}_fts (rowid, {', '.join(columns)}) "  # noqa: S608 - names from above
            f"SELECT id, {words} FROM {table} "
            f"WHERE {of} IN (SELECT value FROM json_each(?)) ORDER BY id",
            [listed],
        )
