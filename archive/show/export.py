"""Reports as JSON (the contract of docs/reference.md) and as CSV, read from the tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archive.errors import BadInputError
from archive.quoting.sentences import Marked, sentences
from archive.show import (
    geo_reading,
    media_reading,
    observers,
    related_reading,
    report_files,
    sightings,
    support_reading,
)
from archive.spreadsheet import csv_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlite_utils

CSV_COLUMNS = (
    "report", "report_date", "series", "version", "note", "position", "url", "as_printed",
    "repairs", "source_id",
    "source", "platform", "account", "host", "status", "captures", "last_outcome", "note_text",
)  # fmt: skip

_VERSION_FIELDS = ("title", "cutoff_text")
_LIST_FIELDS = ("authors", "takeaways", "corrections", "sections")


def all_ids(db: sqlite_utils.Database) -> list[str]:
    """Every report held, oldest first."""
    rows = db.execute("SELECT id FROM reports ORDER BY report_date IS NULL, report_date, id")
    return [row[0] for row in rows.fetchall()]


def withheld(db: sqlite_utils.Database, report: str, version: int | None = None) -> str | None:
    """Why the version that would describe a report is withheld; None: it is not.

    Raises:
        BadInputError: It has no such version.
    """
    rows = _rows(db, "SELECT record_id, reason FROM withheld")
    if not rows:
        return None
    shown = report_object(db, report, version)
    found = _rows(
        db,
        """
        SELECT withheld.reason FROM versions JOIN captures ON captures.id = versions.id
        JOIN publications ON publications.id = versions.publication_id
        JOIN withheld ON withheld.record_id IN (captures.record_id, captures.revisit_of)
        WHERE publications.report_id = ? AND publications.url = ? AND versions.version = ?
        """,
        report,
        shown["publications"][0]["url"],
        shown["version"],
    )
    return str(found[0]["reason"]) if found else None


def report_object(
    db: sqlite_utils.Database,
    report: str,
    version: int | None = None,
    publication: int | None = None,
) -> dict[str, Any]:
    """One report as the JSON contract says.

    Args:
        db: The archive.
        report: Its id.
        version: Number of the version that describes it; None: the newest complete one.
        publication: Whose version; None: that of the publication shown.

    Raises:
        BadInputError: It has no such version.
    """
    row = _rows(db, "SELECT * FROM reports WHERE id = ?", report)[0]
    publications = _publications(db, report, row["url"])
    shown = publication or publications[0]["id"]
    versions = _rows(db, "SELECT * FROM versions WHERE publication_id = ? ORDER BY version", shown)
    chosen = _chosen(versions, version, report)
    return {
        "id": report,
        "url": row["url"],
        "publications": [{k: p[k] for k in ("url", "publisher", "captures")} for p in publications],
        "series": row["series"],
        "report_date": chosen["report_date"],
        "edition": chosen["edition"],
        **{name: chosen[name] for name in _VERSION_FIELDS},
        **{name: json.loads(chosen[name]) for name in _LIST_FIELDS},
        "figures": _figures(db, chosen["id"]),
        "attachments": report_files.attachments(db.conn, chosen["id"]),
        "markers": _markers(db, chosen),
        "notes": _notes(db, chosen["id"]),
        "versions": [_version(v) for v in versions],
        "version": chosen["version"],
        "text": chosen["text"],
        "dateline_text": chosen["dateline_text"],
        "links": json.loads(chosen["links"]),
        "quality": json.loads(chosen["quality"]),
        "published_at": chosen["published_at"],
        "modified_at": chosen["modified_at"],
    }


def _publications(db: sqlite_utils.Database, report: str, first: str) -> list[dict[str, Any]]:
    return _rows(
        db,
        "SELECT id, url, publisher, captures FROM publications "
        "WHERE report_id = ? ORDER BY url != ?, url",
        report,
        first,
    )


def _chosen(versions: list[dict[str, Any]], number: int | None, report: str) -> dict[str, Any]:
    if number is None:
        return max(versions, key=lambda v: (v["complete"], v["version"]))
    for version in versions:
        if version["version"] == number:
            return version
    raise BadInputError(f"report {report}: no version {number}; it has 1 to {len(versions)}")


def _rows(db: sqlite_utils.Database, sql: str, *values: Any) -> list[dict[str, Any]]:
    return list(db.query(sql, values))


def _figures(db: sqlite_utils.Database, version: int) -> list[dict[str, Any]]:
    return [
        {name: figure[name] for name in ("url", "caption", "capture_id")}
        for figure in report_files.figures(db.conn, version)
    ]


def _markers(db: sqlite_utils.Database, version: dict[str, Any]) -> list[dict[str, Any]]:
    rows = _rows(
        db,
        "SELECT position, label, sentence, section, repairs, hedge, role FROM markers "
        "WHERE version_id = ? ORDER BY position",
        version["id"],
    )
    found = sentences(version["text"], [Marked(row["label"], row["sentence"]) for row in rows])
    of = {position: one.id for one in found for position in one.markers}
    older = sightings.of_version(db.conn, version["id"], version["report_date"])
    support = support_reading.of_version(db.conn, version["id"])
    for row in rows:
        position = row.pop("position")
        row["repairs"] = json.loads(row["repairs"])
        row["older_media"] = list(map(sightings.exported, older.get(position, ())))
        row["support"] = support_reading.exported(support.get(position))
    return [{**row, "sentence_id": of[n]} for n, row in enumerate(rows)]


def _notes(db: sqlite_utils.Database, version: int) -> list[dict[str, Any]]:
    notes = _rows(
        db,
        "SELECT id, label, text, kind, repairs FROM notes WHERE version_id = ? ORDER BY position",
        version,
    )
    cited = _cited(db, version)
    return [
        {
            "label": n["label"],
            "text": n["text"],
            "kind": n["kind"],
            "repairs": json.loads(n["repairs"]),
            "urls": cited.get(n["id"], []),
        }
        for n in notes
    ]


def _cited(db: sqlite_utils.Database, version: int) -> dict[int, list[dict[str, Any]]]:
    """What each note cites, with what is known of the sources."""
    cited: dict[int, list[dict[str, Any]]] = {}
    for row in _rows(
        db,
        """
        SELECT note_id, citations.url, as_printed, repairs, source_id, coalesce(status, 'unchecked')
          AS status,
               coalesce(captures, 0) AS captures, only_copy
        FROM citations LEFT JOIN sources ON sources.id = citations.source_id
        WHERE version_id = ? ORDER BY citations.id
        """,
        version,
    ):
        cited.setdefault(row.pop("note_id"), []).append(row)
    mementos = _mementos(db, version)
    all_cited = [row for found in cited.values() for row in found]
    held = {row["source_id"] for row in all_cited if row["source_id"]}
    media = media_reading.of_sources(db.conn, held)
    related = related_reading.exported(db.conn, held)
    places = geo_reading.places_of(db.conn, held)
    seen = observers.of_sources(db.conn, held)
    for row in all_cited:
        row["repairs"] = json.loads(row["repairs"])
        row["memento"] = mementos.get(row["source_id"])
        shown = media.get(row["source_id"], ())
        row["media"] = [media_reading.exported(one) for one in shown]
        row["refers_to"] = related.get(row["source_id"], [])
        placed = places.get(row["source_id"], ())
        row["places"] = [geo_reading.exported(one) for one in placed]
        row["only_copy"] = bool(row["only_copy"])
        row["observers"] = seen.get(row["source_id"], [])
    return cited


def _mementos(db: sqlite_utils.Database, version: int) -> dict[int, dict[str, Any]]:
    """For sources of which another archive has a copy: its address, time and status then.

    And whether it is held here, too.
    """
    rows = _rows(
        db,
        """
        SELECT source_id, url, memento_at, http_status, outcome = 'held' AS held FROM mementos
        WHERE outcome IN ('held', 'listed')
              AND source_id IN (SELECT source_id FROM citations WHERE version_id = ?)
        """,
        version,
    )
    return {row.pop("source_id"): {**row, "held": bool(row["held"])} for row in rows}


def _version(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": row["version"],
        "first_captured_at": row["first_captured_at"],
        "last_captured_at": row["last_captured_at"],
        "captures": row["captures"],
        "complete": bool(row["complete"]),
        "change": json.loads(row["change"]) if row["change"] else None,
    }


def json_line(report: dict[str, Any]) -> str:
    """One report on one line."""
    return json.dumps(report, ensure_ascii=False)


def csv_lines(
    db: sqlite_utils.Database, reports: list[str], version: int | None = None
) -> Iterator[str]:
    """A header, then one line a citation of the version shown.

    Notes without URL have one line too.
    """
    yield csv_line(CSV_COLUMNS)
    for report in reports:
        entry = report_object(db, report, version)
        sources = _cited_sources(db, entry)
        for note in entry["notes"]:
            for position, cited in enumerate(note["urls"] or [None]):
                yield csv_line(_csv_row(sources, entry, note, position, cited))


def _cited_sources(db: sqlite_utils.Database, entry: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """What the columns of a citation say of its source, by its id."""
    ids = {cited["source_id"] for note in entry["notes"] for cited in note["urls"]}
    rows = _rows(
        db,
        "SELECT id, url, platform, account, host, last_outcome FROM sources "
        "WHERE id IN (SELECT value FROM json_each(?))",
        json.dumps(sorted(ids - {None})),
    )
    return {row["id"]: row for row in rows}


def _csv_row(
    sources: dict[int, dict[str, Any]],
    entry: dict[str, Any],
    note: dict[str, Any],
    position: int,
    cited: dict[str, Any] | None,
) -> tuple[Any, ...]:
    head = (entry["id"], entry["report_date"], entry["series"], entry["version"], note["label"])
    if cited is None:
        return (*head, "", "", "", "", "", "", "", "", "", "", "", "", note["text"])
    source = sources.get(cited["source_id"], {})
    return (
        *head, position, cited["url"], cited["as_printed"], " ".join(cited["repairs"]),
        cited["source_id"],
        source.get("url"), source.get("platform"), source.get("account"), source.get("host"),
        cited["status"],
        cited["captures"], source.get("last_outcome"), note["text"],
    )  # fmt: skip


def newest_versions(db: sqlite_utils.Database, report: str) -> list[int]:
    """The newest complete version of each publication of a report, by its capture; first that of
    the publication shown."""
    rows = db.execute(
        """
        SELECT (SELECT id FROM versions WHERE publication_id = publications.id
                ORDER BY complete DESC, version DESC LIMIT 1)
        FROM publications JOIN reports ON reports.id = report_id WHERE report_id = ?
        ORDER BY publications.url != reports.url, publications.url
        """,
        [report],
    ).fetchall()
    return [row[0] for row in rows if row[0] is not None]


def titles_of(db: sqlite_utils.Database, texts: list[int | None]) -> dict[int, str]:
    """Titles of texts that have one, by id."""
    rows = db.execute(
        "SELECT id, title FROM texts WHERE title != '' AND id IN (SELECT value FROM json_each(?))",
        [json.dumps([one for one in texts if one is not None])],
    )
    return dict(rows.fetchall())
