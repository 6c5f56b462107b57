"""What was edited between versions of a publication."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import sqlite_utils

    from archive.model.edits import DatedEdit

_VERSIONS = """
SELECT versions.id, versions.version, versions.first_captured_at, publications.url,
       publications.publisher, versions.version AS name
FROM versions JOIN publications ON publications.id = versions.publication_id
WHERE versions.publication_id = ? ORDER BY versions.version
"""
_COLUMNS = (
    "version_id", "position", "earlier_id", "since_id", "at", "part", "kinds", "before", "after",
    "labels_before", "labels_after", "sources_added", "sources_dropped", "admission", "said",
)  # fmt: skip
_INSERT = (
    f"INSERT INTO sentence_edits ({', '.join(_COLUMNS)}) "  # noqa: S608 - names from above
    f"VALUES ({', '.join('?' for _ in _COLUMNS)})"
)


def versions(db: sqlite_utils.Database, publication: int) -> list[dict[str, Any]]:
    """The versions of a publication in order, as `archive.show.diff_reading.read_version` takes
    them."""
    found = db.execute(_VERSIONS, [publication])
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def put(
    db: sqlite_utils.Database, version: dict[str, Any], earlier_id: int, found: Sequence[DatedEdit]
) -> None:
    """Write the edits that a version has first, in place of what stood there."""
    db.execute("DELETE FROM sentence_edits WHERE version_id = ?", [version["id"]])
    place = (version["id"], version["first_captured_at"])
    db.conn.executemany(
        _INSERT, [_values(place, at, earlier_id, one) for at, one in enumerate(found)]
    )


def _values(place: tuple[int, str], at: int, earlier_id: int, one: DatedEdit) -> tuple[Any, ...]:
    edit = one.edit
    return (
        place[0], at, earlier_id, one.since, place[1], str(edit.part), _json(map(str, edit.kinds)),
        edit.before, edit.after, _json(edit.labels_before), _json(edit.labels_after),
        _json(edit.sources_added), _json(edit.sources_dropped), str(edit.admission),
        _json(edit.said),
    )  # fmt: skip


def _json(listed: Iterable[str]) -> str:
    return json.dumps(list(listed), ensure_ascii=False)
