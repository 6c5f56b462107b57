"""What is held, what is due, what failed, how discovery does: one object for all who ask."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from archive.db.schema.counts import ROWS_KEPT, STATUSES
from archive.db.tables import due_rows, memento_rows, round_rows, submission_rows
from archive.model.times import format_time, parse_time
from archive.show.alarms import sudden_drops, wrong_clocks

if TYPE_CHECKING:
    import sqlite_utils

WORST = 10
"""Rows shown of each list; datasette shows them all."""
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
"""A check that is due waits for the next daily run; after a day it is late."""

_COUNTS = {
    "reports": "SELECT count(*) FROM reports",
    "publications": "SELECT count(*) FROM publications WHERE captures > 0",
    "versions": "SELECT count(*) FROM versions",
    "notes": "SELECT count(*) FROM notes",
    "citations": "SELECT count(*) FROM citations",
    "sources": "SELECT coalesce(sum(sources), 0) FROM host_counts WHERE cited = 1",
    "sources_captured": "SELECT coalesce(sum(captured), 0) FROM host_counts WHERE cited = 1",
    "sources_with_memento": "SELECT count(*) FROM mementos WHERE capture_id IS NOT NULL",
    "captures": ROWS_KEPT["captures"],
    "texts": "SELECT count(*) FROM texts",
    "only_copies": "SELECT count(*) FROM sources WHERE only_copy = 1",
}

_LISTS = {
    "series": """
        SELECT series, count(*) AS reports, min(report_date) AS first, max(report_date) AS last
        FROM reports GROUP BY series ORDER BY reports DESC
        """,
    "outcomes": """
        SELECT kind, outcome, captures FROM capture_counts ORDER BY kind, captures DESC, outcome
        """,
    "discovery": """
        SELECT site, step, ok, found, tried_at, last_ok_at, detail FROM discovery_steps ORDER BY
          site, step
        """,
    "runs": """
        SELECT id, job, outcome, started_at, finished_at FROM runs ORDER BY started_at DESC LIMIT 5
        """,
}

_LIMITED = {
    "doubtful": """
        SELECT report, latest_versions.version, json_extract(versions.quality, '$.flags') AS flags,
          latest_versions.url
        FROM latest_versions JOIN versions ON versions.id = version_id
        WHERE latest_versions.doubts > 0
        ORDER BY latest_versions.doubts DESC, latest_versions.report_date DESC LIMIT ?
        """,
    "failed": """
        SELECT captures.id, captures.kind, captures.url, captures.captured_at, captures.outcome,
          message
        FROM failures JOIN captures ON captures.id = failures.capture_id
        ORDER BY failures.capture_id DESC LIMIT ?
        """,
    "events": "SELECT at, kind, subject FROM events ORDER BY at DESC, id LIMIT ?",
    "failing_hosts": """
        SELECT host, sources, captured, suspect, dead, blocked, refused FROM hosts
        WHERE captured > 0 AND seen = 0 ORDER BY captured DESC, host LIMIT ?
        """,
}

_OVERDUE = """
SELECT url, status, next_due_at, round(julianday(:now) - julianday(next_due_at), 1) AS days_late
FROM sources WHERE captures > 0 AND next_due_at <= :yesterday ORDER BY next_due_at, id LIMIT :limit
"""

_WEEK = (
    "SELECT kind, count(*) AS events FROM events WHERE at >= ? GROUP BY kind ORDER BY events "
    "DESC, kind"
)

# Of all sources that are due; `check --source` is one person's question, early looks are few.
_LAST_CHECK = """
SELECT id, started_at, finished_at, outcome, counts FROM runs
WHERE job = 'check' AND finished_at IS NOT NULL AND json_extract(arguments, '$.source') IS NULL
    AND json_extract(arguments, '$.early') IS NOT 1
ORDER BY started_at DESC LIMIT 1
"""
_CHANGED = """
SELECT events.kind, count(*) FROM events JOIN captures ON captures.id = events.capture_id
WHERE at >= :started AND events.source_id IS NOT NULL AND captures.run = :run GROUP BY events.kind
"""
_BLOCKED = """
SELECT count(*) FROM verdicts JOIN captures ON captures.id = verdicts.capture_id
WHERE decided_at >= :started AND verdicts.status = 'blocked' AND captures.run = :run
"""

_CHECKS = "SELECT count(*) FROM sources WHERE captures > 0 AND next_due_at <= ?"

_STATUSES = (
    f"SELECT {', '.join(f'sum({name})' for name in STATUSES)} FROM host_counts WHERE cited = 1"  # noqa: S608
)

# Sources that an import had captured before anybody cited them waited for nothing and are left
# out. By the index sources_by_wait, in order.
_WAITS = "FROM sources WHERE first_captured_at >= first_cited_at"
_WAIT = f"""
SELECT round((julianday(first_captured_at) - julianday(first_cited_at)) * 24, 2) {_WAITS}
ORDER BY julianday(first_captured_at) - julianday(first_cited_at) {{way}} LIMIT 1 OFFSET ?
"""


def status(db: sqlite_utils.Database, now: str, *, young: str) -> dict[str, Any]:
    """Everything `isw-archive status` says.

    Args:
        db: The archive.
        now: ISO 8601; decides what is due.
        young: As `archive.db.tables.due_rows.publications_due` has it.
    """
    answer: dict[str, Any] = {"held": {name: _one(db, sql) for name, sql in _COUNTS.items()}}
    answer["due"] = {
        "reports": due_rows.publications_waiting(db, now=now, young=young),
        "sources": _one(
            db, "SELECT count(*) FROM sources WHERE captures = 0 AND next_due_at <= ?", now
        ),
        "checks": _one(db, _CHECKS, now),
        "checks_in_7_days": _one(db, _CHECKS, _shifted(now, WEEK)),
    }
    answer["mementos"] = memento_rows.counts(db, now)
    answer["submissions"] = submission_rows.counts(db)
    answer["fixity"] = round_rows.summary(db)
    late = {"now": now, "yesterday": _shifted(now, -DAY), "limit": WORST}
    answer["overdue"] = list(db.query(_OVERDUE, late))
    answer["last_check"] = _last_check(db)
    answer["events_of_7_days"] = list(db.query(_WEEK, [_shifted(now, -WEEK)]))
    waited = _latency(db)
    answer["hours_from_citation_to_capture"] = waited
    answer["median_hours_from_citation_to_capture"] = waited["median"]
    answer["alarms"] = [*sudden_drops(db), *wrong_clocks(db, _shifted(now, DAY))]
    for name, sql in _LISTS.items():
        answer[name] = list(db.query(sql))
    for name, sql in _LIMITED.items():
        answer[name] = list(db.query(sql, [WORST]))
    answer["source_status"] = _statuses(db)
    return answer


def _statuses(db: sqlite_utils.Database) -> list[dict[str, Any]]:
    """Cited sources by status, the most first; only statuses that some have."""
    counted = zip(STATUSES, db.execute(_STATUSES).fetchone(), strict=True)
    found = [{"status": status, "sources": sources} for status, sources in counted if sources]
    return sorted(found, key=lambda row: (-row["sources"], row["status"]))


def _latency(db: sqlite_utils.Database) -> dict[str, Any]:
    """Hours: the value at or above half, and nine in ten, of all (nearest rank), and the
    longest."""
    sources = _one(db, f"SELECT count(*) {_WAITS}")
    ranks = {"median": -(-sources // 2), "nine_in_ten": -(-sources * 9 // 10), "longest": sources}
    hours = {name: _wait(db, rank, sources) if sources else None for name, rank in ranks.items()}
    return {"sources": sources or None, **hours}


def _wait(db: sqlite_utils.Database, rank: int, sources: int) -> float:
    """The value of this rank, the least first; SQLite passes over all before it, so from the nearer
    end."""
    before, behind = rank - 1, sources - rank
    way, passed = ("", before) if before < behind else ("DESC", behind)
    return float(_one(db, _WAIT.format(way=way), passed))


def _shifted(now: str, by: timedelta) -> str:
    return format_time(parse_time(now) + by)


def _last_check(db: sqlite_utils.Database) -> dict[str, Any] | None:
    """What the last run of checks came to.

    How many were made, and what changed in what is thought of sources.
    """
    run = next(iter(db.query(_LAST_CHECK)), None)
    if run is None:
        return None
    asked = {"run": run["id"], "started": run["started_at"]}
    counts = json.loads(run.pop("counts"))
    made = sum(number for name, number in counts.items() if name.startswith("source "))
    changed = dict(db.execute(_CHANGED, asked).fetchall())
    blocked = db.execute(_BLOCKED, asked).fetchone()[0]
    return {**run, "made": made, "changed": changed, "newly_blocked": blocked}


def _one(db: sqlite_utils.Database, sql: str, *values: Any) -> Any:
    row = db.execute(sql, values).fetchone()
    return row[0] if row else None
