"""What a hit says: what it is, where and when, its status, and the sentence that rests on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from archive.show.laid_out import label_anchor
from archive.show.plain import worst
from archive.show.reading import Row, first_row, rows
from archive.show.search.snippet import snippet
from archive.show.withheld import withheld_reason

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from archive.show.search.match import Match
    from archive.show.text_diff import DiffPart

MOST_SOURCES = 4
"""Sources named at one hit."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found.

    Attributes:
        kind: `sentence`, `report`, `note` or `source`.
        parts: The snippet; those `changed` are the words sought.
        title: Of the report, or of the cited page.
        report: Id of the report; for a cited page of the newest that cites it.
        version_id: The version where it stands.
        anchor: Of the note, on the report's page.
        label: Of the note.
        day: The report's, or when the page was published, else first captured.
        sources: Number, address, platform, account and status of what is cited, or found.
        status: The worst of those.
        citing: Of a note or a page, a sentence that rests on it.
        language: Of a cited page.
        capture_id: Of a cited page, the newest capture of this text.
    """

    kind: str
    parts: tuple[DiffPart, ...]
    title: str | None
    report: str | None
    version_id: int | None
    day: str | None
    anchor: str | None = None
    label: str | None = None
    sources: tuple[dict[str, Any], ...] = ()
    status: str | None = None
    citing: str | None = None
    language: str | None = None
    capture_id: int | None = None


_VERSION = """
SELECT versions.title, versions.report_date, versions.text, publications.report_id
FROM versions JOIN publications ON publications.id = versions.publication_id WHERE versions.id = ?
"""
_SENTENCE = "SELECT version_id, label, sentence, note_id FROM markers WHERE id = ?"
_NOTE = """
SELECT notes.version_id, notes.label, notes.text,
       (SELECT sentence FROM markers WHERE markers.note_id = notes.id ORDER BY position LIMIT 1) AS
         citing
FROM notes WHERE notes.id = ?
"""
_CITED = """
SELECT DISTINCT sources.id, sources.url, sources.platform, sources.account, sources.status
FROM citations JOIN sources ON sources.id = citations.source_id
WHERE citations.note_id = ? ORDER BY citations.id
"""
_TEXT = """
SELECT texts.text, texts.title, texts.published, texts.language,
       (SELECT max(id) FROM captures WHERE text_id = texts.id) AS capture_id,
       (SELECT min(captured_at) FROM captures WHERE text_id = texts.id) AS captured_at
FROM texts WHERE texts.id = ?
"""
_SAYING = """
SELECT DISTINCT sources.id, sources.url, sources.platform, sources.account, sources.status
FROM captures LEFT JOIN browser_pages ON browser_pages.capture_id = captures.id
JOIN sources ON sources.id = coalesce(captures.source_id, browser_pages.source_id)
WHERE captures.text_id = ? ORDER BY sources.report_count DESC, sources.id LIMIT 20
"""
_RESTING = """
SELECT publications.report_id AS report, versions.id AS version_id, versions.title, notes.label,
       (SELECT sentence FROM markers WHERE markers.note_id = notes.id ORDER BY position LIMIT 1) AS
         sentence
FROM citations
JOIN versions ON versions.id = citations.version_id
JOIN publications ON publications.id = versions.publication_id
JOIN notes ON notes.id = citations.note_id
WHERE citations.source_id = ? ORDER BY versions.report_date DESC, versions.version DESC LIMIT 1
"""


def hits_of(
    connection: sqlite3.Connection, found: Sequence[tuple[str, int]], match: Match
) -> Iterator[Hit]:
    """The hits of these kinds and ids; what was deleted meanwhile is left out."""
    makers = {"sentence": _sentence, "report": _report, "note": _note, "source": _source}
    for kind, number in found:
        hit = makers[kind](connection, number, match)
        shown = None if hit is None else _without_withheld(connection, number, hit)
        if shown is not None:
            yield shown


def _without_withheld(connection: sqlite3.Connection, number: int, hit: Hit) -> Hit | None:
    """A hit without what is withheld of it; None: that is all of it."""
    if hit.kind == "source" and withheld_reason(connection, "texts", number) is not None:
        return None
    if hit.version_id is None or withheld_reason(connection, "versions", hit.version_id) is None:
        return hit
    if hit.kind != "source":
        return None
    return replace(hit, report=None, version_id=None, anchor=None, label=None, citing=None)


def _sentence(connection: sqlite3.Connection, number: int, match: Match) -> Hit | None:
    row = first_row(connection, _SENTENCE, [number])
    if row is None:
        return None
    sources = rows(connection, _CITED, [row["note_id"]])
    return _of_report(connection, row["version_id"], row, sources, snippet(row["sentence"], match))


def _note(connection: sqlite3.Connection, number: int, match: Match) -> Hit | None:
    row = first_row(connection, _NOTE, [number])
    if row is None:
        return None
    sources = rows(connection, _CITED, [number])
    return _of_report(
        connection, row["version_id"], row, sources, snippet(row["text"], match), kind="note"
    )


def _of_report(
    connection: sqlite3.Connection,
    version_id: int,
    row: Row,
    sources: Sequence[Row],
    parts: Sequence[DiffPart],
    *,
    kind: str = "sentence",
) -> Hit | None:
    version = first_row(connection, _VERSION, [version_id])
    if version is None:
        return None
    return Hit(
        kind=kind,
        parts=tuple(parts),
        title=version["title"],
        report=version["report_id"],
        version_id=version_id,
        day=version["report_date"],
        anchor=label_anchor(row["label"]),
        label=row["label"],
        sources=tuple(sources[:MOST_SOURCES]),
        status=worst(one["status"] for one in sources),
        citing=row.get("citing"),
    )


def _report(connection: sqlite3.Connection, number: int, match: Match) -> Hit | None:
    version = first_row(connection, _VERSION, [number])
    if version is None:
        return None
    return Hit(
        kind="report",
        parts=tuple(snippet(version["text"], match)),
        title=version["title"],
        report=version["report_id"],
        version_id=number,
        day=version["report_date"],
    )


def _source(connection: sqlite3.Connection, number: int, match: Match) -> Hit | None:
    text = first_row(connection, _TEXT, [number])
    if text is None:
        return None
    sources = rows(connection, _SAYING, [number])
    resting: Row = (first_row(connection, _RESTING, [sources[0]["id"]]) if sources else None) or {}
    return Hit(
        kind="source",
        parts=tuple(snippet(text["text"], match)),
        title=text["title"],
        report=resting.get("report"),
        version_id=resting.get("version_id"),
        day=str(text["published"] or text["captured_at"] or "")[:10] or None,
        anchor=label_anchor(resting["label"]) if resting else None,
        label=resting.get("label"),
        sources=tuple(sources[:MOST_SOURCES]),
        status=worst(one["status"] for one in sources[:1]),
        citing=resting.get("sentence"),
        language=text["language"],
        capture_id=text["capture_id"],
    )
