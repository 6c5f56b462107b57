"""Runs that the schedule made: reading and writing. The caller of what writes holds the archive's
lock."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.model.operations import QUEUED, Planned
from archive.model.times import format_time, parse_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    import sqlite_utils

    from archive.model.operations import QueuedRun


def planned_since(db: sqlite_utils.Database, since: datetime) -> list[Planned]:
    """Those planned for `since` or later, the earliest first."""
    rows = db.execute(
        "SELECT planned_as, planned_for, outcome FROM runs "
        "WHERE planned_for >= ? ORDER BY planned_for, queued_at",
        [format_time(since)],
    ).fetchall()
    return [Planned(name, parse_time(moment), end) for name, moment, end in rows]


def newest(db: sqlite_utils.Database) -> list[dict[str, str | None]]:
    """The newest run of each rhythm."""
    sql = """
        SELECT id, planned_as, planned_for, started_at, finished_at, outcome, detail FROM (
            SELECT *, row_number() OVER (PARTITION BY planned_as ORDER BY queued_at DESC, rowid
              DESC) AS place
            FROM runs WHERE planned_for IS NOT NULL)
        WHERE place = 1 ORDER BY planned_as
        """
    return list(db.query(sql))


def newest_by_hand(db: sqlite_utils.Database) -> list[dict[str, str | None]]:
    """The newest run of each job that no schedule planned."""
    sql = """
        SELECT id, job, max(started_at) AS started_at, finished_at, outcome, detail FROM runs
        WHERE planned_for IS NULL GROUP BY job ORDER BY job
        """
    return list(db.query(sql))


def lost_since(db: sqlite_utils.Database, since: datetime) -> list[tuple[str, str]]:
    """Rhythms of which a run was lost or killed since then, and why; also where another made up for
    it."""
    rows = db.execute(
        """
        SELECT planned_as, max(coalesce(detail, outcome)) FROM runs
        WHERE planned_for IS NOT NULL AND outcome IN ('lost', 'killed') AND finished_at >= ?
        GROUP BY planned_as ORDER BY planned_as
        """,
        [format_time(since)],
    ).fetchall()
    return [(str(name), str(why)) for name, why in rows]


def has_unfinished(db: sqlite_utils.Database) -> bool:
    """Whether a planned run has no end yet."""
    sql = "SELECT EXISTS (SELECT 1 FROM runs WHERE planned_for IS NOT NULL AND finished_at IS NULL)"
    return bool(db.execute(sql).fetchone()[0])


def lose_unfinished(db: sqlite_utils.Database, at: datetime, detail: str) -> list[str]:
    """Mark planned runs without an end as lost; nothing of them lives. Returns their ids."""
    with db.atomic():
        rows = db.execute(
            """
            UPDATE runs SET outcome = 'lost', finished_at = ?, detail = ?
            WHERE planned_for IS NOT NULL AND finished_at IS NULL RETURNING id
            """,
            [format_time(at), detail],
        ).fetchall()
    return [row[0] for row in rows]


def queue(db: sqlite_utils.Database, runs: Iterable[QueuedRun]) -> None:
    """Note runs that are about to begin."""
    with db.atomic():
        for run in runs:
            at = format_time(run.queued_at)
            db.execute(
                """
                INSERT INTO runs (id, job, arguments, reason, started_at, outcome, planned_as,
                  planned_for, queued_at)
                VALUES (?, ?, ?, 'schedule', ?, ?, ?, ?, ?)
                """,
                [
                    run.id, run.job, json.dumps({"words": run.arguments}), at, QUEUED,
                    run.planned_as,
                    format_time(run.planned_for), at,
                ],
            )  # fmt: skip


def finish(
    db: sqlite_utils.Database, run: str, at: datetime, outcome: str, detail: str | None
) -> None:
    """Say how a planned run ended, unless it has said so itself.

    Args:
        db: The archive.
        run: Its id.
        at: Now.
        outcome: As who started it saw.
        detail: Why it was ended, if it was; then what it said itself, that it was stopped, is not
            all.
    """
    with db.atomic():
        db.execute(
            """
            UPDATE runs SET detail = coalesce(?, detail), finished_at = coalesce(finished_at, ?),
                outcome = CASE WHEN finished_at IS NULL OR (outcome = 'stopped' AND ? IS NOT NULL)
                  THEN ? ELSE outcome END
            WHERE id = ?
            """,
            [detail, format_time(at), detail, outcome, run],
        )
