"""What the planner of checks reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite_utils

REASON = "check"
"""`captures.reason` of a check; what today's budget is counted by."""


def due(db: sqlite_utils.Database, now: str) -> list[tuple[int, str, str, str, str, str, str, str]]:
    """Sources that were tried before and whose time has come, as
    `pipeline.decide.checks.plan.Candidate` has them."""
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
    # by way of the sources: they are few, and say when they were captured last; the captures are
    # many
    sql = (
        "SELECT sources.domain, count(*) FROM sources CROSS JOIN captures ON captures.source_id = "
        "sources.id WHERE sources.last_captured_at >= :day AND captures.captured_at >= :day AND "
        "captures.reason = :reason GROUP BY 1"
    )
    return dict(db.execute(sql, {"day": day, "reason": REASON}).fetchall())


def newest_capture(db: sqlite_utils.Database, max_skew_s: int) -> str | None:
    """Time of the last capture of our own whose server's clock agreed with ours to `max_skew_s`;
    None where there is none.

    The last by its number: what was captured under a clock set forward must not keep a clock set
    right from going on.
    """
    sql = (
        "SELECT captured_at FROM captures WHERE via = 'live' AND abs(clock_skew_s) <= ? "
        "ORDER BY id DESC LIMIT 1"
    )
    row = db.execute(sql, [max_skew_s]).fetchone()
    return row[0] if row else None


def answering_hosts(db: sqlite_utils.Database, limit: int) -> list[str]:
    """Hosts of which a source was reached when it was last tried, the newest first."""
    sql = (
        "SELECT host FROM sources WHERE last_captured_at IS NOT NULL "
        "AND last_outcome IN ('ok', 'not-modified') ORDER BY last_captured_at DESC, host"
    )
    found: dict[str, None] = {}
    for (host,) in db.execute(sql):  # read no further than needed: there may be half a million
        found[host] = None
        if len(found) >= limit:
            break
    return list(found)
