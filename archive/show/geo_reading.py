"""Where others place what reports cite: for pages, exports and GeoJSON alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.db import geolocations
from archive.db.as_of import seen_as_of
from archive.errors import BadUrlError
from archive.folder import DataFolder
from archive.show.reading import Row, rows
from archive.urls.join_key import join_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

MOST = 20
"""Places of one source that are shown."""

_CITED = """
SELECT notes.label, citations.source_id, sources.url FROM citations
JOIN notes ON notes.id = citations.note_id
JOIN sources ON sources.id = citations.source_id
WHERE citations.version_id = ? ORDER BY notes.position, citations.id
"""
_EXPORTED = (
    "latitude", "longitude", "role", "title", "day", "credit", "file", "layout", "licence",
)  # fmt: skip
_URL_OF = "SELECT id, url FROM sources WHERE id IN (SELECT value FROM json_each(?))"


def people_beside(connection: sqlite3.Connection) -> Path | None:
    """What people keep beside a database; None: it stands in memory."""
    row = next(one for one in connection.execute("PRAGMA database_list") if one[1] == "main")
    return DataFolder(Path(row[2]).parent).people if row[2] else None


def places_of(connection: sqlite3.Connection, sources: Iterable[int]) -> dict[int, list[Row]]:
    """By source where files in force place it; of each at most `MOST`. Of the archive as it stood,
    by what had been taken in."""
    path = people_beside(connection)
    if path is None or not path.is_file():
        return {}
    found = rows(connection, _URL_OF, [json.dumps(sorted(set(sources)))])
    keys = {row["id"]: _key(row["url"]) for row in found}
    by_key: dict[str, list[Row]] = {}
    at = seen_as_of(connection)
    for row in geolocations.places_at(path, keys.values()):
        if at is None or row["taken_in_at"] <= at:
            by_key.setdefault(row["url"], []).append(row)
    return {number: by_key[key][:MOST] for number, key in keys.items() if key in by_key}


def _key(url: str) -> str:
    try:
        return join_key(url)
    except BadUrlError:
        return url


def of_version(connection: sqlite3.Connection, version_id: int) -> list[Row]:
    """Each place of each source that a version cites, with `source_id`, `source` and the labels of
    its `notes`; in the order of the notes."""
    cited: dict[int, Row] = {}
    for row in rows(connection, _CITED, [version_id]):
        one = cited.setdefault(row["source_id"], {"source": row["url"], "notes": []})
        one["notes"] += [row["label"]] * (row["label"] not in one["notes"])
    found = places_of(connection, cited)
    return [
        {**place, **one, "source_id": number}
        for number, one in cited.items()
        for place in found.get(number, ())
    ]


def exported(row: Row) -> dict[str, Any]:
    """A place as the export has it."""
    return {name: row[name] for name in _EXPORTED}


def as_geojson(report_id: str, places: Iterable[Row]) -> str:
    """The places of a report as a FeatureCollection (RFC 7946)."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [one["longitude"], one["latitude"]]},
            "properties": {
                **{name: one[name] for name in _EXPORTED[2:]},
                "source": one["source"],
                "source_id": one["source_id"],
                "notes": one["notes"],
                "file_sha256": one["sha256"],
                "taken_in_at": one["taken_in_at"],
            },
        }
        for one in places
    ]
    told = {"type": "FeatureCollection", "report": report_id, "features": features}
    return json.dumps(told, ensure_ascii=False)
