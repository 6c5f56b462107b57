"""Versions by the names that people give them: `2`, `ctp`, `ctp:2`, or an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.errors import BadUrlError
from archive.show.reading import Row, first_row, rows
from archive.urls.normal import publication_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_LARGEST = 2**63 - 1
"""SQLite's largest integer."""

_VERSIONS = """
SELECT versions.id, versions.publication_id, versions.version, versions.first_captured_at,
       versions.last_captured_at, versions.captures, versions.complete, versions.change,
       publications.url, publications.publisher, publications.url = reports.url AS shown
FROM reports
JOIN publications ON publications.report_id = reports.id
JOIN versions ON versions.publication_id = publications.id
WHERE reports.id = ?
ORDER BY shown DESC, publications.url, versions.version
"""

_BY_KEY = """
SELECT publications.id FROM publications
WHERE key = :key OR id = (SELECT publication_id FROM publication_aliases WHERE key = :key)
"""


def versions_of(connection: sqlite3.Connection, report_id: str) -> list[Row]:
    """All versions of a report with a `name` each.

    The publication shown comes first, then the others by address; each in the order of its
    versions. Empty: no such report is held.
    """
    found = rows(connection, _VERSIONS, [report_id])
    publishers = _publishers(found)
    return [{**one, "name": _name(one, publishers)} for one in found]


def _publishers(versions: Sequence[Row]) -> dict[str, set[int]]:
    """The publications of each publisher."""
    found: dict[str, set[int]] = {}
    for one in versions:
        found.setdefault(str(one["publisher"]), set()).add(one["publication_id"])
    return found


def _name(version: Row, publishers: dict[str, set[int]]) -> str:
    """As short as it can be: a number, of another publication with its publisher before it."""
    if version["shown"]:
        return str(version["version"])
    publisher = str(version["publisher"])
    alone = len(publishers[publisher]) == 1
    return f"{publisher if alone else version['publication_id']}:{version['version']}"


def version_named(
    connection: sqlite3.Connection, versions: Sequence[Row], name: str | None
) -> Row | None:
    """The version that `name` means.

    Args:
        connection: To the archive.
        versions: Of the report, from `versions_of`.
        name: A number (of the publication shown); a publisher, a publication's number or its
            address, each with or without `:number`. None or empty: the publication shown.
            Without a number, the newest complete version is meant.

    Returns:
        None where there is none of this name.
    """
    place, number = _parted(name or "")
    if number == 0:
        return None
    for publication_id in _publications(connection, versions, place):
        found = [one for one in versions if one["publication_id"] == publication_id]
        if number is not None:
            found = [one for one in found if one["version"] == number]
        if found:
            return max(found, key=lambda one: (one["complete"], one["version"]))
    return None


def _parted(name: str) -> tuple[str, int | None]:
    """Which publication, and the number of the version; 0 where that is none."""
    if _is_number(name):
        return "", _number(name)
    place, colon, end = name.rpartition(":")
    if colon and _is_number(end) and "//" not in end:
        return place, _number(end)
    return name, None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _number(text: str) -> int:
    return int(text) if len(text) < 20 and int(text) <= _LARGEST else 0


def _publications(connection: sqlite3.Connection, versions: Sequence[Row], place: str) -> list[int]:
    """The publications meant, the likeliest first."""
    if not place:
        return [one["publication_id"] for one in versions[:1]]
    if _is_number(place):
        return [_number(place)]
    if "://" in place:
        return _at_address(connection, place)
    ids = [one["publication_id"] for one in versions if one["publisher"] == place.lower()]
    return list(dict.fromkeys(ids))


def _at_address(connection: sqlite3.Connection, address: str) -> list[int]:
    try:
        found: dict[str, Any] | None = first_row(
            connection, _BY_KEY, {"key": publication_key(address)}
        )
    except BadUrlError:
        return []
    return [found["id"]] if found else []


def newer_than(versions: Sequence[Row], shown: Row) -> Row | None:
    """The newest version of the same publication, where that is another and not older."""
    later = [
        one
        for one in versions
        if one["publication_id"] == shown["publication_id"] and one["version"] > shown["version"]
    ]
    return later[-1] if later else None
