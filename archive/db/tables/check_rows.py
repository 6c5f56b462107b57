"""What the planner of checks reads."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.db.schema.growth import DOWN
from archive.model.past import EARLY
from archive.model.times import format_time, parse_time
from archive.model.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import sqlite_utils

REASON = "check"
"""`captures.reason` of a check; what today's budget is counted by."""
_HERE = frozenset({Status.ALIVE, Status.MOVED, Status.DRIFTED, Status.SUSPECT})
"""What is looked at early: of what nobody may see, hours change nothing."""


def due(db: sqlite_utils.Database, now: str) -> list[tuple[int, str, str, str, str, str, str]]:
    """Sources that were tried before and whose time has come, as
    `pipeline.decide.checks.plan.Candidate` has them."""
    sql = (
        "SELECT id, cited_url, host, domain, next_due_at, last_captured_at, status "
        "FROM sources WHERE next_due_at <= ? AND captures > 0"
    )
    return list(db.execute(sql, [now]).fetchall())


def is_due(db: sqlite_utils.Database, now: str) -> bool:
    """Whether there is any of these."""
    sql = "SELECT 1 FROM sources WHERE next_due_at <= ? AND captures > 0 LIMIT 1"
    return db.execute(sql, [now]).fetchone() is not None


YOUNG = """
SELECT id, cited_url, host, domain, platform, first_captured_at, last_captured_at
FROM sources WHERE first_captured_at >= :since AND +report_count > 0
    AND first_seen_at IS NOT NULL
    AND +platform IN (SELECT value FROM json_each(:platforms))
    AND +status IN (SELECT value FROM json_each(:statuses))
"""


def young(
    db: sqlite_utils.Database, since: str, platforms: Iterable[str]
) -> list[tuple[int, str, str, str, str, str, str]]:
    """Cited sources of these platforms that were first captured since then and were there, as
    `pipeline.decide.checks.early.Young` has them."""
    asked = {
        "since": since, "platforms": json.dumps(sorted(platforms)),
        "statuses": json.dumps(sorted(_HERE)),
    }  # fmt: skip
    return list(db.execute(YOUNG, asked).fetchall())


# As to the +, an index that starts with the host would be gone through for it. Left to itself
# SQLite takes the index of all that was captured since, since it has the outcome as well.
_FAILING = f"""
WITH failing AS (SELECT DISTINCT +host AS host FROM sources INDEXED BY sources_by_failure
    WHERE {DOWN} AND last_captured_at >= :since),
begun AS (
    SELECT host, coalesce(
        (SELECT max(last_captured_at) FROM sources WHERE sources.host = failing.host
            AND last_captured_at >= :since AND NOT ({DOWN})), :since) AS at
    FROM failing)
SELECT sources.host, last_outcome, last_captured_at
FROM begun CROSS JOIN sources ON sources.host = begun.host AND last_captured_at >= begun.at
ORDER BY last_captured_at DESC, sources.id DESC
"""  # noqa: S608 - names of ours


def failing_lately(db: sqlite_utils.Database, since: str) -> list[tuple[str, str, str]]:
    """Host, last outcome and its time of sources tried since then, newest first: of hosts of which
    one failed in that time, as far back as the newest that did not."""
    return list(db.execute(_FAILING, {"since": since}).fetchall())


def spent(
    db: sqlite_utils.Database, day: str, reasons: Collection[str] = (REASON, EARLY)
) -> dict[str, int]:
    """Checks made since the beginning of `day` (`YYYY-MM-DD`), by registered domain.

    Args:
        db: The archive.
        day: UTC.
        reasons: Which checks: `REASON`, `EARLY`.
    """
    # by way of the sources: they are few, and say when they were captured last; the captures are
    # many; the + keeps SQLite from going through all domains in order
    sql = (
        "SELECT sources.domain, count(*) FROM sources CROSS JOIN captures ON captures.source_id = "
        "sources.id WHERE sources.last_captured_at >= :day AND captures.captured_at >= :day AND "
        "captures.reason IN (SELECT value FROM json_each(:reasons)) GROUP BY +sources.domain"
    )
    asked = {"day": day, "reasons": json.dumps(sorted(reasons))}
    return dict(db.execute(sql, asked).fetchall())


CHECKED = """
SELECT sources.cited_url, sources.last_captured_at FROM sources
CROSS JOIN captures ON captures.source_id = sources.id
    AND captures.captured_at = sources.last_captured_at AND captures.reason = :reason
WHERE sources.last_captured_at >= :since AND sources.last_outcome IN ('ok', 'not-modified')
ORDER BY sources.last_captured_at, sources.id
"""


def checked(db: sqlite_utils.Database, since: str) -> list[tuple[str, str]]:
    """Sources that were checked since then, and what came was a page; with the time of that."""
    return list(dict.fromkeys(db.execute(CHECKED, {"since": since, "reason": REASON}).fetchall()))


# The second condition is that of an index.
NEWEST_CAPTURE = """
SELECT captured_at, clock_skew_s FROM captures
WHERE via = 'live' AND clock_skew_s IS NOT NULL AND abs(clock_skew_s) <= ? ORDER BY id DESC LIMIT 1
"""


def newest_capture(db: sqlite_utils.Database, max_skew_s: int) -> str | None:
    """Time of the last capture of our own whose server's clock agreed with ours to `max_skew_s`;
    None where there is none.

    The last by its number: what was captured under a clock set forward must not keep a clock set
    right from going on. Where the server's clock was behind ours its time counts, for the machine
    that captured may be another than this one, and ahead by hours.
    """
    row = db.execute(NEWEST_CAPTURE, [max_skew_s]).fetchone()
    if row is None:
        return None
    return format_time(parse_time(row[0]) - timedelta(seconds=max(0, row[1])))


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
