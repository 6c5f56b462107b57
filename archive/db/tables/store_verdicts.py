"""Writing what is thought of sources, and what happened to them and to reports, inside the transaction of a capture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.rows import values_of

if TYPE_CHECKING:
    import sqlite_utils

    from archive.model.rows import SourceVerdicts

_VERDICT = """
INSERT INTO verdicts (source_id, capture_id, decided_at, status, rule, drift, since, evidence)
VALUES (:source_id, :capture_id, :decided_at, :status, :rule, :drift, :since, :evidence)
"""
_EVENT = """
INSERT INTO events (id, at, kind, subject, source_id, capture_id, detail)
VALUES (:id, :at, :kind, :subject, :source_id, :capture_id, :detail)
"""
_DRIFT = """
UPDATE captures SET drift = :drift, drift_from = :drift_from, drift_detail = :drift_detail WHERE id = :capture_id
"""
_SOURCE = """
UPDATE sources SET status = :status, drift = :drift, dead_since = :dead_since, next_due_at = :next_due_at
WHERE id = :source_id
"""

# An edit of a report; and what it admits that the version before did not: of the first version, all that it admits.
_REPORT_EVENTS = """
WITH ordered AS (
    SELECT id, publication_id, report_id, version, first_captured_at, change, corrections, title,
           lag(corrections, 1, '[]') OVER (ORDER BY version) AS before
    FROM versions WHERE publication_id = :publication),
admitted AS (
    SELECT ordered.*, (SELECT json_group_array(value) FROM json_each(corrections)
                       WHERE value NOT IN (SELECT value FROM json_each(before))) AS fresh
    FROM ordered)
INSERT INTO events (id, at, kind, subject, publication_id, capture_id, detail)
SELECT 'report-edited:' || id, first_captured_at, 'report-edited', report_id, publication_id, id,
       json_object('version', version, 'title', title, 'change', json(change))
FROM ordered WHERE change IS NOT NULL
UNION ALL
SELECT 'correction:' || id, first_captured_at, 'correction', report_id, publication_id, id,
       json_object('version', version, 'title', title, 'corrections', json(fresh))
FROM admitted WHERE fresh != '[]'
"""


def put(db: sqlite_utils.Database, found: SourceVerdicts) -> None:
    """Let this be all that is thought of the source."""
    source = [found.source_id]
    db.execute("DELETE FROM verdicts WHERE source_id = ?", source)
    db.execute("DELETE FROM events WHERE source_id = ?", source)
    db.conn.executemany(_VERDICT, [values_of(row) for row in found.verdicts])
    db.conn.executemany(_EVENT, [values_of(row) for row in found.events])
    db.conn.executemany(_DRIFT, [values_of(row) for row in found.drifts])
    columns = ("source_id", "status", "drift", "dead_since", "next_due_at")
    db.execute(_SOURCE, {name: getattr(found, name) for name in columns})


def refresh_report_events(db: sqlite_utils.Database, publication_id: int) -> None:
    """Let the events of a publication follow its versions."""
    db.execute("DELETE FROM events WHERE publication_id = ?", [publication_id])
    db.execute(_REPORT_EVENTS, {"publication": publication_id})
