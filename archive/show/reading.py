"""What the pages show, read from the tables: one plain record for a report, one for a capture."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

Row = dict[str, Any]

_LIST_FIELDS = ("authors", "takeaways", "corrections", "sections", "links")

# The version to show when none is named: the newest complete one of the publication shown.
_CHOSEN = """
SELECT versions.* FROM reports
JOIN publications ON publications.report_id = reports.id
JOIN versions ON versions.publication_id = publications.id
WHERE reports.id = :report AND (:version IS NULL OR versions.id = :version)
ORDER BY publications.url != reports.url, versions.complete DESC, versions.version DESC
LIMIT 1
"""

# The copy to read is the earliest good one, which is nearest to what was cited, and our own before
# another archive's; without a good one, the newest of any outcome tells why. The + keeps SQLite
# from going through all good captures there are (captures_by_outcome), which takes seconds in a
# large archive.
_CITED = """
WITH cited AS (
    SELECT citations.id, citations.note_id, citations.url, citations.as_printed, citations.repairs,
           sources.id AS source_id, sources.status, sources.last_outcome, coalesce(sources.captures, 0) AS captures,
           sources.report_count, sources.only_copy,
           coalesce(
               (SELECT id FROM captures WHERE captures.source_id = sources.id AND +outcome = 'ok'
                ORDER BY via = 'wayback', captured_at LIMIT 1),
               (SELECT id FROM captures WHERE captures.source_id = sources.id
                ORDER BY captured_at DESC LIMIT 1)) AS capture_id
    FROM citations LEFT JOIN sources ON sources.id = citations.source_id
    WHERE citations.version_id = ?)
SELECT cited.*, captures.captured_at, captures.outcome AS capture_outcome, captures.via,
       mementos.url AS memento_url, mementos.memento_at
FROM cited
LEFT JOIN captures ON captures.id = cited.capture_id
LEFT JOIN mementos ON mementos.source_id = cited.source_id AND mementos.url IS NOT NULL
ORDER BY cited.id
"""

_FIGURES = """
SELECT url, caption, (SELECT max(id) FROM captures WHERE captures.url = figures.url AND +outcome = 'ok') AS capture_id
FROM figures WHERE version_id = ? ORDER BY position
"""

_ATTACHMENTS = """
SELECT url, title, (SELECT max(id) FROM captures WHERE captures.url = attachments.url AND +outcome = 'ok') AS capture_id
FROM attachments WHERE capture_id = (
    SELECT captures.id FROM captures JOIN versions ON versions.publication_id = captures.publication_id
    WHERE versions.id = ? AND captures.captured_at <= versions.last_captured_at
          AND captures.id IN (SELECT capture_id FROM attachments)
    ORDER BY captures.captured_at DESC, captures.id DESC LIMIT 1)
ORDER BY position
"""

_NEWEST_REPORTS = """
SELECT latest_versions.report, latest_versions.title, latest_versions.series, latest_versions.report_date,
       latest_versions.version, latest_versions.complete,
       (SELECT count(*) FROM notes WHERE notes.version_id = latest_versions.version_id) AS notes,
       (SELECT count(DISTINCT source_id) FROM citations
        WHERE citations.version_id = latest_versions.version_id) AS sources,
       (SELECT count(DISTINCT source_id) FROM citations
        WHERE citations.version_id = latest_versions.version_id AND EXISTS (
            SELECT 1 FROM captures WHERE captures.source_id = citations.source_id AND +outcome = 'ok')) AS held
FROM latest_versions WHERE latest_versions.report IN (
    SELECT id FROM reports ORDER BY report_date DESC, id DESC LIMIT :limit)
ORDER BY latest_versions.report_date DESC, latest_versions.report DESC
"""

_COUNTED = ("reports", "versions", "notes", "citations", "sources", "captures")


def report(connection: sqlite3.Connection, report_id: str, version_id: int | None) -> Row | None:
    """A report as one of its versions has it, with its notes and what is held of their sources.

    None: not held.
    """
    chosen = first(connection, _CHOSEN, {"report": report_id, "version": version_id})
    if chosen is None:
        return None
    number = chosen["id"]
    chosen.update({name: json.loads(chosen[name]) for name in _LIST_FIELDS})
    publications = rows(
        connection,
        "SELECT id, url, publisher, captures FROM publications WHERE report_id = ? ORDER BY url",
        [report_id],
    )
    versions = rows(
        connection,
        "SELECT versions.id, publication_id, version, versions.first_captured_at, versions.last_captured_at, versions.captures, "
        "complete, change, publications.url FROM versions JOIN publications ON publications.id = publication_id "
        "WHERE publications.report_id = ? ORDER BY publication_id != ?, publications.url, version",
        [report_id, chosen["publication_id"]],
    )
    for version in versions:
        version["change"] = json.loads(version["change"]) if version["change"] else None
    return {
        "id": report_id,
        "version": chosen,
        "quality": json.loads(chosen["quality"]),
        "publications": publications,
        "publication": next(p for p in publications if p["id"] == chosen["publication_id"]),
        "versions": versions,
        "notes": _notes(connection, number),
        "figures": rows(connection, _FIGURES, [number]),
        "attachments": rows(connection, _ATTACHMENTS, [number]),
    }


def _notes(connection: sqlite3.Connection, version_id: int) -> list[Row]:
    notes = rows(
        connection,
        "SELECT id, position, label, text, kind FROM notes WHERE version_id = ? ORDER BY position",
        [version_id],
    )
    cited: dict[int, list[Row]] = {}
    for row in rows(connection, _CITED, [version_id]):
        row["repairs"] = json.loads(row["repairs"])
        cited.setdefault(row["note_id"], []).append(row)
    return [{**note, "urls": cited.get(note["id"], [])} for note in notes]


def report_of_version(connection: sqlite3.Connection, version_id: int) -> str | None:
    """The report that a version belongs to."""
    row = first(
        connection,
        "SELECT report_id FROM publications WHERE id = (SELECT publication_id FROM versions WHERE id = ?)",
        [version_id],
    )
    return str(row["report_id"]) if row and row["report_id"] else None


def capture(connection: sqlite3.Connection, capture_id: int) -> Row | None:
    """A capture with its hops, its text, its subject and why it failed.

    None: there is none of this number.
    """
    row = first(connection, "SELECT * FROM captures WHERE id = ?", [capture_id])
    if row is None:
        return None
    publication = first(
        connection,
        "SELECT id, url, report_id FROM publications WHERE id = ?",
        [row["publication_id"]],
    )
    return {
        "row": row,
        "hops": rows(
            connection,
            "SELECT position, url, http_status, led_by FROM hops WHERE capture_id = ? ORDER BY position",
            [capture_id],
        ),
        "failure": first(
            connection, "SELECT message FROM failures WHERE capture_id = ?", [capture_id]
        ),
        "text": first(connection, "SELECT * FROM texts WHERE id = ?", [row["text_id"]]),
        "source": first(connection, "SELECT * FROM sources WHERE id = ?", [row["source_id"]]),
        "publication": publication,
        "version": _version_at(connection, row),
    }


def _version_at(connection: sqlite3.Connection, row: Row) -> Row | None:
    """The version that a capture of a report shows."""
    if row["content_digest"] is None or row["publication_id"] is None:
        return None
    return first(
        connection,
        "SELECT id, version, title FROM versions WHERE publication_id = ? AND first_captured_at <= ? "
        "ORDER BY version DESC LIMIT 1",
        [row["publication_id"], row["captured_at"]],
    )


def held_record(connection: sqlite3.Connection, capture_id: int) -> Row | None:
    """Where the record stands that holds this capture's body: its own, or the one it repeats."""
    return first(
        connection,
        """
        SELECT holding.warc_file, holding.warc_offset, captures.content_type, captures.payload_digest
        FROM captures JOIN captures AS holding
            ON holding.record_id = coalesce(captures.revisit_of, captures.record_id)
        WHERE captures.id = ?
        """,
        [capture_id],
    )


def newest_reports(connection: sqlite3.Connection, limit: int) -> list[Row]:
    """The newest reports, with how much is held of what they cite."""
    return rows(connection, _NEWEST_REPORTS, {"limit": limit})


def counts(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Rows of the main tables."""
    return [
        (table, connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
        for table in _COUNTED
    ]


def fates(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """How many cited sources have which status, the most first."""
    sql = "SELECT status, count(*) FROM sources WHERE report_count > 0 GROUP BY status ORDER BY 2 DESC, 1"
    return [(str(status), int(count)) for status, count in connection.execute(sql).fetchall()]


def rows(connection: sqlite3.Connection, sql: str, values: Any) -> list[Row]:
    """The rows of a query, by column."""
    cursor = connection.execute(sql, values)
    names = [part[0] for part in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def first(connection: sqlite3.Connection, sql: str, values: Any) -> Row | None:
    """The first row of a query; None: it has none."""
    return next(iter(rows(connection, sql, values)), None)
