"""What the planner of checks reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite_utils

REASON = "check"
"""`captures.reason` of a check; what today's budget is counted by."""


def due(db: sqlite_utils.Database, now: str) -> list[tuple[int, str, str, str, str, str, str, str]]:
    """Sources that were tried before and whose time has come, as `pipeline.checks.plan.Candidate` has them."""
    sql = (
        "SELECT id, cited_url, host, domain, next_due_at, last_captured_at, status, last_outcome "
        "FROM sources WHERE next_due_at <= ? AND captures > 0"
    )
    return list(db.execute(sql, [now]).fetchall())


def lately(db: sqlite_utils.Database, since: str) -> list[tuple[str, str, str]]:
    """Host, last outcome and its time of every source tried since then, newest first."""
    sql = (
        "SELECT host, last_outcome, last_captured_at FROM sources WHERE last_captured_at >= ? "
        "ORDER BY last_captured_at DESC, id DESC"
    )
    return list(db.execute(sql, [since]).fetchall())


def spent(db: sqlite_utils.Database, day: str) -> dict[str, int]:
    """Checks made since the beginning of `day` (`YYYY-MM-DD`), by registered domain."""
    sql = (
        "SELECT sources.domain, count(*) FROM captures JOIN sources ON sources.id = captures.source_id "
        "WHERE captures.captured_at >= :day AND captures.reason = :reason GROUP BY 1"
    )
    return dict(db.execute(sql, {"day": day, "reason": REASON}).fetchall())


def newest_capture(db: sqlite_utils.Database) -> str | None:
    """Time of the newest capture of our own."""
    row = db.execute("SELECT max(captured_at) FROM captures WHERE via = 'live'").fetchone()
    return row[0] if row else None
