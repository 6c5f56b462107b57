"""Our captures of a source beside those of other observers."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import TYPE_CHECKING

from archive.model.corroboration import DIFFER, Observed

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlite_utils

    from archive.model.corroboration import Corroboration

_GOOD = "outcome = 'ok' AND text_id IS NOT NULL"
# The + keeps SQLite from going through all good captures there are (captures_by_outcome).
_OWN = f"""
SELECT id, captured_at, text_id, captured_at FROM captures
WHERE source_id = ? AND via = 'live' AND +{_GOOD} ORDER BY captured_at, id
"""  # noqa: S608 - names of ours
_COPIES = f"""
SELECT id, coalesce(memento_at, captured_at), text_id, captured_at, via, final_url FROM captures
WHERE source_id = ? AND via != 'live' AND +{_GOOD}
UNION ALL
SELECT captures.id, captures.captured_at, text_id, captures.captured_at, 'copy', captures.final_url
FROM captures JOIN sources ON captures.leads_to = sources.url
WHERE sources.id = ? AND captures.source_id != sources.id AND +{_GOOD}
ORDER BY 1
"""  # noqa: S608 - names of ours

Copy = tuple[int, str, int, str, str, str]
"""Number, moment, text, when it was kept here, `via` (`copy`: of a source of its own), address."""

_PUT = """
INSERT OR REPLACE INTO corroborations (copy_id, own_id, observer, apart_s, drift, distance,
    words_added, words_removed, at, source_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_EVENT = """
INSERT INTO events (id, at, kind, subject, source_id, capture_id, detail)
SELECT ?, ?, ?, url, id, ?, ? FROM sources WHERE id = ?
"""


def source_at(db: sqlite_utils.Database, url: str) -> int | None:
    """The source of an address in the form of `sources.url`."""
    row = db.execute("SELECT id FROM sources WHERE url = ?", [url]).fetchone()
    return row[0] if row else None


def own(db: sqlite_utils.Database, source: int) -> list[Observed]:
    """Our own good captures of a source, in time order."""
    return [Observed(*row) for row in db.execute(_OWN, [source]).fetchall()]


def copies(db: sqlite_utils.Database, source: int) -> list[Copy]:
    """Good captures of a source that others made, and captures of copies that are cited
    themselves."""
    return db.execute(_COPIES, [source, source]).fetchall()


def put(db: sqlite_utils.Database, source: int, found: Iterable[Corroboration]) -> None:
    """Write what copies and our captures are against each other, in place of what stood there.

    Where they differ, that is an event.
    """
    for one in found:
        db.execute(_PUT, [*map(_storable, astuple(one)), source])
        name = f"{DIFFER}:{source}:{one.copy_id}"
        db.execute("DELETE FROM events WHERE id = ?", [name])
        if one.drift != "same":
            values = [name, one.at, DIFFER, one.copy_id, _detail(one), source]
            db.execute(_EVENT, values)


def _storable(value: object) -> object:
    return str(value) if isinstance(value, str) else value


def _detail(one: Corroboration) -> str:
    told = {
        "drift": str(one.drift), "distance": one.distance, "observer": one.observer,
        "apart_s": one.apart_s, "own_id": one.own_id, "words_added": one.words_added,
        "words_removed": one.words_removed,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, sort_keys=True)
