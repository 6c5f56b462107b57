"""A report as one of its versions has it: its text, its notes, and how what they cite fares."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.model.vocabulary import Status
from archive.show import (
    evidence,
    geo_reading,
    media_reading,
    report_files,
    sightings,
    support_reading,
)
from archive.show.plain import WORST_FIRST, speech_told, worst
from archive.show.reading import Row, first_row, rows
from archive.show.versions_named import newer_than, version_named, versions_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from archive.show.older_media import Older

MOST_OTHERS = 5
"""Other reports named beside a citation; the source's page names them all."""

_LIST_FIELDS = ("authors", "takeaways", "corrections", "sections", "links")

# The copy to read is the earliest good one, which is nearest to what was cited, and our own before
# another archive's; without a good one, the newest of any outcome tells why. The + keeps SQLite
# from going through all good captures there are (captures_by_outcome), which takes seconds in a
# large archive.
_CITED = """
WITH cited AS (
    SELECT citations.id, citations.note_id, citations.url, citations.as_printed, citations.repairs,
           sources.id AS source_id, sources.status, sources.last_outcome, coalesce(sources.captures,
             0) AS captures,
           sources.report_count, sources.only_copy, sources.url AS source_url, sources.platform,
           sources.account, sources.host,
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

# The newest other reports that cite what this version cites.
_OTHERS = """
WITH mine AS (
    SELECT DISTINCT citations.source_id FROM citations
    JOIN sources ON sources.id = citations.source_id
    WHERE citations.version_id = :version AND sources.report_count BETWEEN 2 AND :crowd),
others AS (
    SELECT DISTINCT mine.source_id, publications.report_id AS report, reports.report_date,
      reports.title
    FROM mine
    JOIN citations ON citations.source_id = mine.source_id
    JOIN versions ON versions.id = citations.version_id
    JOIN publications ON publications.id = versions.publication_id
    JOIN reports ON reports.id = publications.report_id
    WHERE reports.id != :report)
SELECT * FROM others ORDER BY source_id, report_date DESC, report
"""
_CROWD = 40
"""What more reports cite is a map or a home page; who they are is asked of the source's page."""


def report(connection: sqlite3.Connection, report_id: str, name: str | None) -> Row | None:
    """A report as one of its versions has it, with its notes and what is held of their sources.

    Args:
        connection: To the archive.
        report_id: Its id.
        name: Of the version, as `versions_named.version_named` takes it.

    Returns:
        None where it, or such a version of it, is not held.
    """
    versions = versions_of(connection, report_id)
    named = version_named(connection, versions, name)
    if named is None:
        return None
    for one in versions:
        one["change"] = json.loads(one["change"]) if one["change"] else None
    chosen = _version(connection, named["id"])
    if chosen is None:
        return None
    publications = rows(
        connection,
        "SELECT id, url, publisher, captures FROM publications WHERE report_id = ? ORDER BY url",
        [report_id],
    )
    notes = _notes(connection, report_id, chosen["id"])
    support = support_reading.of_version(connection, chosen["id"])
    older = sightings.of_version(connection, chosen["id"], chosen["report_date"])
    _with_support(connection, chosen["id"], notes, support)
    _with_older(notes, older)
    return {
        "id": report_id,
        "version": {**chosen, "name": named["name"]},
        "newer": newer_than(versions, named),
        "quality": json.loads(chosen["quality"]),
        "publications": publications,
        "publication": next(p for p in publications if p["id"] == chosen["publication_id"]),
        "versions": versions,
        "notes": notes,
        "support": support,
        "supported": support_reading.summary(support.values()),
        "shows_media": any(
            shown["shown"] for note in notes for one in note["urls"] for shown in one["media"]
        ),
        "fates": fates_of(cited for note in notes for cited in note["urls"]),
        "figures": _figures(connection, chosen),
        "attachments": report_files.attachments(connection, chosen["id"]),
    }


def _version(connection: sqlite3.Connection, number: int) -> Row | None:
    """A version with its lists as lists."""
    found = first_row(connection, "SELECT * FROM versions WHERE id = ?", [number])
    if found is not None:
        found.update({field: json.loads(found[field]) for field in _LIST_FIELDS})
    return found


def _figures(connection: sqlite3.Connection, version: Row) -> list[Row]:
    """Its figures, with those of the report before it of the same series beside them."""
    found = report_files.figures(connection, version["id"])
    if version["report_date"]:
        report_files.with_before(connection, found, version["series"], version["report_date"])
    return found


def fates_of(cited: Iterable[Row]) -> list[tuple[str, int]]:
    """How many sources have which status, the worst first; each source once."""
    statuses = {one["source_id"]: one["status"] for one in cited if one["source_id"]}
    held = list(statuses.values())
    return [(str(one), held.count(one)) for one in WORST_FIRST if one in held]


def _notes(connection: sqlite3.Connection, report_id: str, version_id: int) -> list[Row]:
    notes = rows(
        connection,
        "SELECT id, position, label, text, kind, repairs FROM notes WHERE version_id = ? "
        "ORDER BY position",
        [version_id],
    )
    asked = {"version": version_id, "report": report_id, "crowd": _CROWD}
    others = _by(rows(connection, _OTHERS, asked), "source_id")
    speech = _speech(connection, version_id)
    cited: dict[int, list[Row]] = {}
    found = rows(connection, _CITED, [version_id])
    held = {row["source_id"] for row in found if row["source_id"]}
    media = media_reading.of_sources(connection, held)
    places = geo_reading.places_of(connection, held)
    for row in found:
        row["repairs"] = json.loads(row["repairs"])
        row["told"] = _why(row)
        row["media"] = media.get(row["source_id"], [])
        row["places"] = places.get(row["source_id"], [])
        row["others"] = others.get(row["source_id"], [])[:MOST_OTHERS]
        cited.setdefault(row["note_id"], []).append(row)
    return [
        {**_note(note, cited.get(note["id"], [])), "speech": speech.get(note["id"])}
        for note in notes
    ]


def _with_support(
    connection: sqlite3.Connection, version_id: int, notes: Sequence[Row], support: dict[int, Row]
) -> None:
    """Let each note have the places of its markers, and what the first one's sentence rests on."""
    found = rows(
        connection,
        "SELECT note_id, position FROM markers WHERE version_id = ? ORDER BY position",
        [version_id],
    )
    places = _by(found, "note_id")
    for note in notes:
        note["places"] = [one["position"] for one in places.get(note["id"], [])]
        note["support"] = support.get(note["places"][0]) if note["places"] else None


def _with_older(notes: Sequence[Row], older: Mapping[int, Sequence[Older]]) -> None:
    """Let each note have what it cites that was there before the day its sentences speak of."""
    for note in notes:
        found = [one for place in note["places"] for one in older.get(place, ())]
        note["older"] = list({(one.media_id, one.cited_for): one for one in found}.values())
        note["older_at"] = {place for place in note["places"] if place in older}


def _speech(connection: sqlite3.Connection, version_id: int) -> dict[int, str | None]:
    """By note, how the first sentence that rests on it speaks, in words."""
    found = rows(
        connection,
        "SELECT note_id, hedge, role FROM markers WHERE version_id = ? ORDER BY position DESC",
        [version_id],
    )
    return {row["note_id"]: speech_told(row["hedge"], row["role"]) for row in found}


def _why(cited: Row) -> str | None:
    """How the last try ended, in words, where all is not well."""
    if cited["status"] in {None, Status.ALIVE, Status.UNCHECKED} or not cited["last_outcome"]:
        return None
    return evidence.outcome_told(cited["last_outcome"])


def _note(note: Row, urls: Sequence[Row]) -> Row:
    return {
        **note,
        "urls": urls,
        "repairs": json.loads(note["repairs"]),
        "worst": worst(one["status"] for one in urls),
    }


def _by(found: Iterable[Row], column: str) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = {}
    for row in found:
        grouped.setdefault(row[column], []).append(row)
    return grouped


def report_of_version(connection: sqlite3.Connection, version_id: int) -> tuple[str, str] | None:
    """The report that a version belongs to, and the version's name there."""
    row = first_row(
        connection,
        "SELECT report_id FROM publications WHERE id = "
        "(SELECT publication_id FROM versions WHERE id = ?)",
        [version_id],
    )
    if row is None or not row["report_id"]:
        return None
    versions = versions_of(connection, row["report_id"])
    name = next((str(one["name"]) for one in versions if one["id"] == version_id), None)
    return None if name is None else (str(row["report_id"]), name)
