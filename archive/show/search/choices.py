"""What the filters of the search offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.as_of import seen_as_of

if TYPE_CHECKING:
    import sqlite3

# From value to value of an index, without reading what stands between.
_DISTINCT = """
WITH RECURSIVE held (value) AS (
    SELECT min({column}) FROM {table}
    UNION ALL
    SELECT (SELECT min({column}) FROM {table} WHERE {column} > held.value) FROM held
    WHERE held.value IS NOT NULL)
SELECT value FROM held WHERE value IS NOT NULL
"""
# Of the past there is none: all are read, once.
_DISTINCT_THEN = """
SELECT DISTINCT {column} FROM (SELECT {column} FROM {table} LIMIT -1)
WHERE {column} IS NOT NULL ORDER BY 1
"""


def choices(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The series, platforms and statuses that there are."""
    columns = {"series": ("reports", "series"), "platform": ("sources", "platform"),
        "status": ("sources", "status")}  # fmt: skip
    distinct = _DISTINCT if seen_as_of(connection) is None else _DISTINCT_THEN
    return {
        name: [
            str(row[0]) for row in connection.execute(distinct.format(table=table, column=column))
        ]
        for name, (table, column) in columns.items()
    }
