"""What an audit asks: which addresses were looked at of late, and where a document's bytes
stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite_utils

_LOOKED_AT = """
SELECT max(last_captured_at) FROM (
    SELECT last_captured_at FROM sources WHERE url = :key
    UNION ALL
    SELECT last_captured_at FROM publications WHERE key = :key)
"""
_NEWEST = """
SELECT holding.warc_file, holding.warc_offset, captures.final_url, captures.content_type
FROM captures JOIN captures AS holding
    ON holding.record_id = coalesce(captures.revisit_of, captures.record_id)
WHERE captures.outcome = 'ok' AND captures.via != 'wayback' AND (
    captures.source_id = (SELECT id FROM sources WHERE url = :key)
    OR captures.publication_id = (SELECT id FROM publications WHERE key = :key))
  AND captures.record_id NOT IN (SELECT record_id FROM withheld)
ORDER BY captures.captured_at DESC, captures.id DESC LIMIT 1
"""


class HeldDocument(NamedTuple):
    """The newest good capture of a document."""

    warc_file: str
    warc_offset: int
    final_url: str
    content_type: str | None


def looked_at(db: sqlite_utils.Database, key: str) -> str | None:
    """When an address was captured last, ISO 8601; None: never."""
    found = db.execute(_LOOKED_AT, {"key": key}).fetchone()[0]
    return None if found is None else str(found)


def newest(db: sqlite_utils.Database, key: str) -> HeldDocument | None:
    """The newest good capture of an address; None: there is none."""
    row = db.execute(_NEWEST, {"key": key}).fetchone()
    return HeldDocument(*row) if row else None
