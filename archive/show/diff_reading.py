"""Two versions of a report, read to be compared."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.errors import BadInputError
from archive.show.reading import Row, first_row, rows
from archive.show.report_diff import ReadNote, ReadVersion, ReportDiff, diff
from archive.show.versions_named import version_named, versions_of
from archive.show.withheld import require_shown

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_NOTES = "SELECT id, label, text FROM notes WHERE version_id = ? ORDER BY position"

_SOURCES = """
SELECT citations.note_id, coalesce(sources.url, citations.url) AS url
FROM citations LEFT JOIN sources ON sources.id = citations.source_id
WHERE citations.version_id = ? ORDER BY citations.id
"""


def compared(
    connection: sqlite3.Connection, report_id: str, older: str | None, newer: str | None
) -> ReportDiff:
    """What was edited between two versions of a report.

    Args:
        connection: To the archive.
        report_id: Its id.
        older: Name of the version to begin with; None: the one before the newer. A report with one
            version of one address is compared with another address, if it has one.
        newer: Name of the version to end with; None: the newest of the address shown.

    Raises:
        BadInputError: There is no such version, or only one at all.
        WithheldError: One of them is withheld.
    """
    versions = versions_of(connection, report_id)
    after = _require_version(connection, versions, report_id, newer)
    before = (
        _require_version(connection, versions, report_id, older)
        if older
        else _before(versions, after)
    )
    if before is None:
        raise BadInputError(
            f"report {report_id}: only one version is held, so nothing can be compared"
        )
    for one in (before, after):
        require_shown(connection, one["id"])
    found = diff(read_version(connection, before), read_version(connection, after))
    change = json.loads(after["change"] or "{}") if _is_next(before, after) else {}
    if "words_added" not in change:
        return found
    # as they were counted when the version was taken in, and as tables and pages say it
    return replace(found, words_added=change["words_added"], words_removed=change["words_removed"])


def _require_version(
    connection: sqlite3.Connection, versions: Sequence[Row], report_id: str, name: str | None
) -> Row:
    found = version_named(connection, versions, name)
    if found is None:
        names = ", ".join(str(one["name"]) for one in versions) or "none"
        raise BadInputError(f"report {report_id}: no version {name or 1}; there are: {names}")
    return found


def _is_next(before: Row, after: Row) -> bool:
    return bool(
        before["publication_id"] == after["publication_id"]
        and before["version"] + 1 == after["version"]
    )


def _before(versions: Sequence[Row], after: Row) -> Row | None:
    earlier = [
        one
        for one in versions
        if one["publication_id"] == after["publication_id"] and one["version"] < after["version"]
    ]
    others = [one for one in versions if one["publication_id"] != after["publication_id"]]
    found = earlier or others
    return found[-1] if found else None


def read_version(connection: sqlite3.Connection, version: Row) -> ReadVersion:
    """All of a version that can be edited; `version` is one of `versions_of`."""
    row = first_row(connection, "SELECT * FROM versions WHERE id = ?", [version["id"]]) or {}
    sources: dict[int, list[str]] = {}
    for one in rows(connection, _SOURCES, [version["id"]]):
        sources.setdefault(one["note_id"], []).append(str(one["url"]))
    notes = tuple(
        ReadNote(note["label"], note["text"], tuple(sources.get(note["id"], ())))
        for note in rows(connection, _NOTES, [version["id"]])
    )
    figures = rows(
        connection,
        "SELECT url, caption FROM figures WHERE version_id = ? ORDER BY position",
        [version["id"]],
    )
    return ReadVersion(
        name=str(version["name"]),
        version=version["version"],
        url=version["url"],
        publisher=version["publisher"],
        seen_at=version["first_captured_at"],
        title=row["title"],
        text=row["text"],
        notes=notes,
        figures=tuple((one["url"], one["caption"]) for one in figures),
        corrections=tuple(json.loads(row["corrections"])),
        authors=tuple(json.loads(row["authors"])),
        cutoff=row["cutoff_text"],
        complete=bool(row["complete"]),
    )
