"""Each citing sentence of a version beside what the cited pages said at first and say now."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from archive.model.rot import Reading
from archive.show import evidence, support_reading
from archive.show.laid_out import label_anchor
from archive.show.plain import speech_told
from archive.show.reading import Row, first_row, rows
from archive.show.text_diff import marked
from archive.show.versions_named import version_named, versions_of
from archive.show.withheld import require_shown, withheld_reason

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

SHOWN = 10
"""Sentences on a page."""
MOST_CHARS = 6_000
"""Of each text on the page; the capture's page has all of it."""
_MOST_SENTENCES = 300
"""Of a text, compared."""

_MARKERS = """
SELECT markers.position, markers.sentence, markers.section, markers.label, markers.note_id,
       markers.hedge, markers.role
FROM markers WHERE version_id = ? ORDER BY position
"""
_CITED = """
SELECT citations.url AS cited_url, sources.id, sources.url, sources.platform, sources.account,
       sources.status, sources.captures
FROM citations LEFT JOIN sources ON sources.id = citations.source_id
WHERE citations.note_id = ? ORDER BY citations.id
"""
# As to the +, see `report_reading`.
_TEXT = """
SELECT captures.id, captures.captured_at, captures.via, captures.text_id, captures.drift,
       json_extract(captures.drift_detail, '$.distance') AS distance,
       texts.text, texts.title, texts.language, texts.published
FROM captures JOIN texts ON texts.id = captures.text_id
WHERE captures.source_id = ? AND +captures.outcome = 'ok'
ORDER BY {order} LIMIT 1
"""
_FIRST = _TEXT.format(order="captures.via = 'wayback', captures.captured_at, captures.id")
_LAST = _TEXT.format(order="captures.via = 'wayback', captures.captured_at DESC, captures.id DESC")
_LABELLED = "SELECT id FROM notes WHERE version_id = ? AND label = ?"
_NOTE = "SELECT id, label, text, kind FROM notes WHERE id = ?"


def check(
    connection: sqlite3.Connection, report_id: str, name: str | None, page: int
) -> Row | None:
    """Some of the citing sentences with their evidence.

    Args:
        connection: To the archive.
        report_id: Of the report.
        name: Of the version, as `versions_named.version_named` takes it.
        page: From 1; each has `SHOWN` sentences.

    Returns:
        None where no such version is held.
    """
    named = version_named(connection, versions_of(connection, report_id), name)
    if named is None:
        return None
    require_shown(connection, named["id"])
    version = first_row(
        connection, "SELECT title, report_date FROM versions WHERE id = ?", [named["id"]]
    )
    found = sentences(rows(connection, _MARKERS, [named["id"]]))
    support = support_reading.of_version(connection, named["id"])
    start = (page - 1) * SHOWN
    shown = found[start : start + SHOWN]
    for number, one in enumerate(shown, start=start + 1):
        one["number"] = number
        one["support"] = support.get(one.pop("position"))
        one["notes"] = [_note(connection, note_id) for note_id in one.pop("note_ids")]
    return {
        "version": {**(version or {}), **named},
        "sentences": shown,
        "count": len(found),
        "pages": -(-len(found) // SHOWN),
    }


def place_of(
    connection: sqlite3.Connection, report_id: str, name: str | None, label: str
) -> int | None:
    """Which of a version's citing sentences is the first that refers to a note, from 1.

    None where no such version is held, or none of its sentences refers to it.

    Args:
        connection: To the archive.
        report_id: Of the report.
        name: Of the version.
        label: Of the note, as printed.
    """
    named = version_named(connection, versions_of(connection, report_id), name)
    if named is None:
        return None
    require_shown(connection, named["id"])
    meant = {row["id"] for row in rows(connection, _LABELLED, [named["id"], label])}
    found = sentences(rows(connection, _MARKERS, [named["id"]]))
    places = (at for at, one in enumerate(found, start=1) if meant & set(one["note_ids"]))
    return next(places, None)


def sentences(markers: Sequence[Row]) -> list[Row]:
    """The citing sentences in order, each once with the notes that it cites."""
    found = []
    for (sentence, section), run in groupby(
        markers, key=lambda one: (one["sentence"], one["section"])
    ):
        held = list(run)
        note_ids = dict.fromkeys(one["note_id"] for one in held if one["note_id"] is not None)
        missing = [one["label"] for one in held if one["note_id"] is None]
        found.append(
            {
                "position": held[0].get("position"),
                "sentence": sentence,
                "section": section,
                "note_ids": list(note_ids),
                "missing": missing,
                "speech": speech_told(held[0].get("hedge"), held[0].get("role")),
            }
        )
    return found


def first_said(connection: sqlite3.Connection, source_id: int) -> Row | None:
    """What a source said in its first good copy, cut to `MOST_CHARS`; None: no text is held, or
    none that may be shown."""
    return _cut(_unless_withheld(connection, first_row(connection, _FIRST, [source_id])))


def _note(connection: sqlite3.Connection, note_id: int) -> Row:
    note = first_row(connection, _NOTE, [note_id]) or {"label": "", "text": "", "kind": "words"}
    cited = [_beside(connection, one) for one in rows(connection, _CITED, [note_id])]
    return {**note, "anchor": label_anchor(note["label"]), "cited": cited}


def _beside(connection: sqlite3.Connection, source: Row) -> Row:
    """A source with its first text, its latest, and what lies between."""
    if source["id"] is None:
        return {**source, "first": None, "now": None, "lines": None, "drift_told": None}
    then = _unless_withheld(connection, first_row(connection, _FIRST, [source["id"]]))
    now = _unless_withheld(connection, first_row(connection, _LAST, [source["id"]]))
    differ = then is not None and now is not None and then["text_id"] != now["text_id"]
    return {
        **source,
        "says": evidence.STATUSES.get(source["status"], ""),
        "first": _cut(then),
        "now": _cut(now) if differ else None,
        "since": now["captured_at"] if now and not differ else None,
        "lines": _lines(then, now) if differ and then and now else None,
        "drift_told": evidence.drift_told(now["drift"],
            now["distance"]) if differ and now and now["drift"] else None,
    }  # fmt: skip


def _unless_withheld(connection: sqlite3.Connection, row: Row | None) -> Row | None:
    """The row, where its text is not withheld."""
    return (
        None
        if row is None or withheld_reason(connection, "texts", row["text_id"]) is not None
        else row
    )


def _cut(row: Row | None) -> Row | None:
    if row is None:
        return None
    text = str(row["text"])
    return {**row, "text": text[:MOST_CHARS], "cut": len(text) > MOST_CHARS}


def _lines(then: Row, now: Row) -> list[object]:
    old, new = (
        Reading(one["text"], one["title"], one["published"], one["language"]) for one in (then, now)
    )
    return list(marked(old, new, _MOST_SENTENCES)[0])
