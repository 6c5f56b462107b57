"""Whether counts that triggers keep are those of the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import sqlite_utils

from archive.db.schema import counts, growth, large, life_counts

KEPT_ANEW = {
    "host_counts": counts.COUNTED_ANEW,
    "capture_counts": "SELECT kind, outcome, count(*) FROM captures GROUP BY 1, 2",
    "capture_days": growth.COUNTED_ANEW,
    **life_counts.ANEW,
    **large.ANEW,
}
"""What triggers keep, counted anew, by table."""


def assert_kept(
    db: sqlite_utils.Database,
    changes: Iterable[Callable[[sqlite_utils.Database], object]],
    anew: Mapping[str, str],
) -> None:
    """After some changes, which are taken back, each table holds what its question counts."""
    db.execute("BEGIN")
    for change in changes:
        change(db)
    for table, sql in anew.items():
        kept = sorted(map(repr, db.execute(f"SELECT * FROM {table}").fetchall()))
        assert kept == sorted(map(repr, db.execute(sql).fetchall())), table
    db.execute("ROLLBACK")
