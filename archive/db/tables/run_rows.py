"""Runs as they begin and end, and what of a database's logs a new one takes over. The caller holds
the archive's lock, and has begun a transaction."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.writable import writable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlite_utils

    from archive.model.rows import RunRow

CARRIED = (
    "runs", "discovery_steps", "submissions", "withheld", "alarms", "fixity_checks", "media_left",
    "video_looks", "video_bands", "near_videos",
)  # fmt: skip
"""Tables that a database made anew takes over from the one before."""


def start(db: sqlite_utils.Database, row: RunRow) -> None:
    """Record that a job begins; one that was queued, too."""
    db.execute(
        """
        INSERT INTO runs (id, job, arguments, who, reason, started_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET arguments = excluded.arguments, who = excluded.who,
            started_at = excluded.started_at, outcome = NULL
        """,
        [row.id, row.job, json.dumps(row.arguments), row.who, row.reason, row.started_at],
    )


def finish(
    db: sqlite_utils.Database, run: str, *, at: str, outcome: str, counts: dict[str, int]
) -> None:
    """Record how a job ended."""
    db.execute(
        "UPDATE runs SET finished_at = ?, outcome = ?, counts = ? WHERE id = ?",
        [at, outcome, json.dumps(counts), run],
    )


def close_killed(db: sqlite_utils.Database, at: str) -> int:
    """Mark runs that never finished; how many they were."""
    return db.execute(
        """
        UPDATE runs SET finished_at = ?, outcome = 'killed'
        WHERE finished_at IS NULL AND outcome IS NOT 'queued'
        """,
        [at],
    ).rowcount


def imports(db: sqlite_utils.Database, since: str) -> list[tuple[tuple[str, ...], str, str]]:
    """The imports since then that ended, the oldest first: of which files, when, how."""
    rows = db.execute(
        """
        SELECT arguments, started_at, outcome FROM runs
        WHERE started_at >= ? AND job = 'import' AND finished_at IS NOT NULL
        ORDER BY started_at, rowid
        """,
        [since],
    ).fetchall()
    return [
        (tuple(writable(str(name)) for name in json.loads(arguments).get("files", ())), at, end)
        for arguments, at, end in rows
    ]


def enter(db: sqlite_utils.Database, rows: Sequence[tuple[object, ...]]) -> None:
    """Add the runs that are not there yet, as `archive.fixity.entries.runs_of` has them."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO runs (id, job, arguments, who, reason, started_at, "
        "finished_at, outcome, counts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def copy_logs(db: sqlite_utils.Database) -> None:
    """Take over what the database attached as `old` has of `CARRIED`, and what it says of damaged
    pieces that are set aside; other damage is found again where it still is."""
    names = "SELECT name FROM old.sqlite_master WHERE type = 'table'"
    there = {name for (name,) in db.execute(names).fetchall()}
    for name in CARRIED:
        if name in there:  # it may be of an older version, with fewer columns
            asked = db.execute("SELECT name FROM pragma_table_info(?, 'old')", [name])
            columns = ", ".join(column for (column,) in asked.fetchall())
            copied = f"({columns}) SELECT {columns} FROM old.{name}"  # noqa: S608
            db.execute(f"INSERT OR REPLACE INTO {name} {copied}")
    if "damages" in there:
        db.execute(
            "INSERT OR IGNORE INTO damages SELECT * FROM old.damages WHERE kept_as IS NOT NULL"
        )
