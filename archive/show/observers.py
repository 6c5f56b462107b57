"""What other observers saw of a source beside ours, read for pages and exports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archive.show.evidence import drift_told
from archive.show.reading import Row, rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_SEEN = "SELECT * FROM two_observers WHERE {which} ORDER BY theirs_at DESC, copy_id DESC"
_OF_SOURCE = _SEEN.format(which="source_id = ?")
_OF_CAPTURE = _SEEN.format(which="copy_id = ?1 OR own_id = ?1")
_OF_SOURCES = _SEEN.format(which="source_id IN (SELECT value FROM json_each(?))")
_EXPORTED = ("observer", "drift", "distance", "ours_at", "theirs_at", "own_id", "copy_id")


def of_source(connection: sqlite3.Connection, source: int) -> list[Row]:
    """Copies of a source beside our captures of the same days, the newest first, with `told`."""
    return [_with_words(row) for row in rows(connection, _OF_SOURCE, [source])]


def of_capture(connection: sqlite3.Connection, capture: int) -> list[Row]:
    """Copies and our captures of the same days, of one capture, be it ours or theirs."""
    return [_with_words(row) for row in rows(connection, _OF_CAPTURE, [capture])]


def of_sources(
    connection: sqlite3.Connection, sources: Iterable[int]
) -> dict[int, list[dict[str, Any]]]:
    """By source, what other observers saw, as exports have it."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows(connection, _OF_SOURCES, [json.dumps(sorted(set(sources)))]):
        told = {name: row[name] for name in _EXPORTED} | {"same": bool(row["same"])}
        found.setdefault(row["source_id"], []).append(told)
    return found


def _with_words(row: Row) -> Row:
    who = observer_told(row["observer"])
    same = (
        "two observers saw the same" if row["same"] else drift_told(row["drift"], row["distance"])
    )
    return {**row, "who": who, "told": same, "apart": apart_told(row["apart_s"])}


def observer_told(observer: str) -> str:
    """Whose copy it is, in words."""
    return "a saved copy" if observer == "import" else observer


def apart_told(seconds: int) -> str:
    """How far apart the two looks were: `5 hours before ours`."""
    size = abs(seconds)
    if size < 60:
        return "at the same time as ours"
    number, unit = next(
        (round(size / length), name)
        for length, name in ((86_400, "day"), (3_600, "hour"), (60, "minute"))
        if size >= length
    )
    way = "before" if seconds < 0 else "after"
    return f"{number} {unit}{'' if number == 1 else 's'} {way} ours"
