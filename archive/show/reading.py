"""What the pages show, read from the tables: reports listed, a capture, the counts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archive.db.as_of import CAPTURES_THEN, seen_as_of
from archive.db.schema.counts import STATUSES
from archive.show.evidence import outcome_told
from archive.show.media_said import player_told, said_told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    Values = Sequence[Any] | Mapping[str, Any]

Row = dict[str, Any]

_NEWEST_REPORTS = """
SELECT latest_versions.report, latest_versions.title, latest_versions.series,
    latest_versions.report_date,
       latest_versions.version, latest_versions.complete,
       (SELECT count(*) FROM notes WHERE notes.version_id = latest_versions.version_id) AS notes,
       (SELECT count(DISTINCT source_id) FROM citations
        WHERE citations.version_id = latest_versions.version_id) AS sources,
       (SELECT count(DISTINCT source_id) FROM citations
        WHERE citations.version_id = latest_versions.version_id AND EXISTS (
            SELECT 1 FROM captures WHERE captures.source_id = citations.source_id AND +outcome =
              'ok')) AS held
FROM latest_versions WHERE latest_versions.report IN (
    SELECT id FROM reports ORDER BY report_date DESC, id DESC LIMIT :limit)
ORDER BY latest_versions.report_date DESC, latest_versions.report DESC
"""

_TITLES = "SELECT id, title FROM reports WHERE id IN (SELECT value FROM json_each(?))"

_COUNTED = {
    "reports": "SELECT count(*) FROM reports",
    "versions": "SELECT count(*) FROM versions",
    "notes": "SELECT count(*) FROM notes",
    "citations": "SELECT count(*) FROM citations",
    "sources": "SELECT count(*) FROM sources",
    "captures": "SELECT sum(captures) FROM capture_counts",
}
# Of the past nothing is kept: of notes and citations each version is asked whether it was known.
_COUNTED_THEN = {
    **_COUNTED,
    "notes": "SELECT sum((SELECT count(*) FROM main.notes WHERE version_id = versions.id)) "
    "FROM versions",
    "citations": "SELECT sum((SELECT count(*) FROM main.citations WHERE version_id = versions.id)) "
    "FROM versions",
    "captures": CAPTURES_THEN,
}
_FATES_THEN = """
SELECT status, count(*) FROM (SELECT status FROM sources WHERE first_cited_at IS NOT NULL LIMIT -1)
GROUP BY status
"""
_FATES = f"SELECT {', '.join(f'sum({name})' for name in STATUSES)} FROM host_counts WHERE cited = 1"  # noqa: S608


def titles(connection: sqlite3.Connection, reports: Iterable[str]) -> dict[str, str]:
    """What reports are called, by their ids; those that are not held are left out."""
    found = rows(connection, _TITLES, [json.dumps(sorted(set(reports)))])
    return {row["id"]: row["title"] for row in found}


def capture(connection: sqlite3.Connection, capture_id: int) -> Row | None:
    """A capture with its hops, its text, its subject and why it failed.

    None: there is none of this number.
    """
    row = first_row(connection, "SELECT * FROM captures WHERE id = ?", [capture_id])
    if row is None:
        return None
    publication = first_row(
        connection,
        "SELECT id, url, report_id FROM publications WHERE id = ?",
        [row["publication_id"]],
    )
    return {
        "row": row,
        "hops": rows(
            connection,
            "SELECT position, url, http_status, led_by FROM hops WHERE capture_id = ? ORDER BY "
            "position",
            [capture_id],
        ),
        "failure": first_row(
            connection, "SELECT message FROM failures WHERE capture_id = ?", [capture_id]
        ),
        "text": first_row(connection, "SELECT * FROM texts WHERE id = ?", [row["text_id"]]),
        "source": first_row(connection, "SELECT * FROM sources WHERE id = ?", [row["source_id"]]),
        "publication": publication,
        "version": _version_at(connection, row),
        "damages": damages(connection, row),
        "told": outcome_words(row),
        "holding": first_row(
            connection,
            "SELECT id, captured_at FROM captures WHERE record_id = ?",
            [row["revisit_of"]],
        ),
        "said": _file_facts(connection, capture_id),
        "played": _played(connection, capture_id),
    }


def _file_facts(connection: sqlite3.Connection, capture_id: int) -> list[tuple[str, str]]:
    """What a picture or video says of itself, in words."""
    sql = "SELECT said FROM media_files WHERE capture_id = ? AND said IS NOT NULL"
    row = first_row(connection, sql, [capture_id])
    return said_told(json.loads(row["said"])) if row else []


def _played(connection: sqlite3.Connection, capture_id: int) -> list[tuple[str, str]]:
    """How a player had a video, in words."""
    sql = "SELECT player FROM media_files WHERE capture_id = ? AND player IS NOT NULL"
    row = first_row(connection, sql, [capture_id])
    return player_told(json.loads(row["player"])) if row else []


def outcome_words(row: Row) -> str:
    """How a fetch ended, in words."""
    said = json.loads(row["evidence"] or "{}")
    marker = str(said.get("marker") or "")
    return outcome_told(row["outcome"], row["http_status"], marker or None)


def damages(connection: sqlite3.Connection, row: Row) -> list[Row]:
    """What was found damaged where the record of a capture stands."""
    return rows(
        connection,
        "SELECT found_at, kind, detail FROM damages WHERE warc_file = :warc_file "
        "AND (first_byte < 0 OR first_byte < :warc_offset + :warc_length "
        "AND (end_byte > :warc_offset OR end_byte < 0)) ORDER BY found_at",
        row,
    )


def _version_at(connection: sqlite3.Connection, row: Row) -> Row | None:
    """The version that a capture of a report shows."""
    if row["content_digest"] is None or row["publication_id"] is None:
        return None
    return first_row(
        connection,
        "SELECT id, version, title FROM versions WHERE publication_id = ? AND first_captured_at "
        "<= ? ORDER BY version DESC LIMIT 1",
        [row["publication_id"], row["captured_at"]],
    )


def held_record(connection: sqlite3.Connection, capture_id: int) -> Row | None:
    """Where the record stands that holds this capture's body: its own, or the one it repeats."""
    return first_row(
        connection,
        """
        SELECT holding.warc_file, holding.warc_offset, captures.content_type,
          captures.payload_digest
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
    counted = _COUNTED if seen_as_of(connection) is None else _COUNTED_THEN
    return [(table, connection.execute(sql).fetchone()[0] or 0) for table, sql in counted.items()]


def sources_by_status(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """How many cited sources have which status, the most first."""
    if seen_as_of(connection) is None:
        counted = list(zip(STATUSES, connection.execute(_FATES).fetchone(), strict=True))
    else:
        counted = connection.execute(_FATES_THEN).fetchall()
    return sorted(((s, count) for s, count in counted if count), key=lambda one: (-one[1], one[0]))


def rows(connection: sqlite3.Connection, sql: str, values: Values) -> list[Row]:
    """The rows of a query, by column."""
    cursor = connection.execute(sql, values)
    names = [part[0] for part in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def first_row(connection: sqlite3.Connection, sql: str, values: Values) -> Row | None:
    """The first row of a query; None: it has none."""
    return next(iter(rows(connection, sql, values)), None)
