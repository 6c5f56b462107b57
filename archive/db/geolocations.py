"""Geolocations by others in `people.db`: each imported file as it is; nothing is joined to it here.

A file is known by its name: another with the same takes its place, and what went out of force stays
as a row of `place_files` without its places.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.db import people
from archive.db.people import writing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from archive.model.geolocations import PlacesFile

    Row = dict[str, Any]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS place_files (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, at TEXT NOT NULL,
  who TEXT NOT NULL, layout TEXT NOT NULL, licence TEXT NOT NULL, features INTEGER NOT NULL,
  places INTEGER NOT NULL, left_out TEXT NOT NULL, ended_at TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS place_files_in_force ON place_files (name)
  WHERE ended_at IS NULL;
CREATE TABLE IF NOT EXISTS places (
  file_id INTEGER NOT NULL REFERENCES place_files (id), number INTEGER NOT NULL,
  latitude REAL NOT NULL, longitude REAL NOT NULL, title TEXT NOT NULL, day TEXT,
  credit TEXT NOT NULL, PRIMARY KEY (file_id, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS place_addresses (
  url TEXT NOT NULL, file_id INTEGER NOT NULL, number INTEGER NOT NULL, role TEXT NOT NULL,
  PRIMARY KEY (url, file_id, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS place_addresses_of ON place_addresses (file_id);
"""
_IN_FORCE = "SELECT * FROM place_files WHERE ended_at IS NULL ORDER BY name"
_AT = """
SELECT url, role, latitude, longitude, title, day, credit, name AS file, layout, licence, sha256,
  at AS taken_in_at, places.number
FROM place_addresses JOIN places USING (file_id, number)
JOIN place_files ON place_files.id = file_id
WHERE url IN (SELECT value FROM json_each(?)) AND ended_at IS NULL
ORDER BY url, role != 'source', name, places.number
"""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A file as it was named.

    Attributes:
        name: Without its folder.
        sha256: Of its bytes.
        at: When it was taken in, ISO 8601.
        who: Did that.
    """

    name: str
    sha256: str
    at: str
    who: str


def files(path: Path) -> list[Row]:
    """The imported files that are in force, by name."""
    return people.read_rows(path, _IN_FORCE, [])


def places_at(path: Path, keys: Iterable[str]) -> list[Row]:
    """Where files in force place these addresses, those that name it as the source first.

    Args:
        path: The database.
        keys: As `archive.urls.join_key.join_key` makes them.
    """
    return people.read_rows(path, _AT, [json.dumps(sorted(set(keys)))])


def take_in(path: Path, file: TakenIn, found: PlacesFile) -> bool:
    """Keep what a file says instead of what one of its name said before; False: it is the same.

    Raises:
        PeopleError: It cannot be kept.
    """
    with writing(path, _SCHEMA) as db, db:
        db.execute("BEGIN IMMEDIATE")
        held = db.execute(f"SELECT sha256 FROM ({_IN_FORCE}) WHERE name = ?", [file.name])  # noqa: S608 - ours
        if (row := held.fetchone()) and row[0] == file.sha256:
            return False
        _end(db, file.name, file.at)
        made = db.execute(
            "INSERT INTO place_files (name, sha256, at, who, layout, licence, features, places, "
            "left_out) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                file.name, file.sha256, file.at, file.who, found.layout, found.licence,
                found.features, len(found.places), json.dumps(_reasons(found)),
            ],
        )  # fmt: skip
        _add(db, int(made.lastrowid or 0), found)
    return True


def forget(path: Path, name: str, at: str) -> bool:
    """Put a file out of force, and its places away; False: there is none of this name.

    Raises:
        PeopleError: It cannot be done.
    """
    with writing(path, _SCHEMA) as db, db:
        db.execute("BEGIN IMMEDIATE")
        return _end(db, name, at)


def _end(db: sqlite3.Connection, name: str, at: str) -> bool:
    row = db.execute(f"SELECT id FROM ({_IN_FORCE}) WHERE name = ?", [name]).fetchone()  # noqa: S608 - ours
    if row is None:
        return False
    db.execute("UPDATE place_files SET ended_at = ? WHERE id = ?", [at, row[0]])
    db.execute("DELETE FROM place_addresses WHERE file_id = ?", [row[0]])
    db.execute("DELETE FROM places WHERE file_id = ?", [row[0]])
    return True


def _add(db: sqlite3.Connection, number: int, found: PlacesFile) -> None:
    db.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (number, one.number, one.latitude, one.longitude, one.title, one.day, one.credit)
            for one in found.places
        ],
    )
    db.executemany(
        "INSERT OR IGNORE INTO place_addresses VALUES (?, ?, ?, ?)",
        [
            (address.key, number, one.number, address.role)
            for one in found.places
            for address in one.addresses
        ],
    )


def _reasons(found: PlacesFile) -> dict[str, int]:
    """Why features were left out, with how many."""
    counts: dict[str, int] = {}
    for one in found.left_out:
        counts[one.why] = counts.get(one.why, 0) + 1
    return counts
