"""What is held of a SHA-256: payloads as they were sent, closed WARC files; and of a record's
id."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from archive.show.held.answer import MOST, HeldAnswer
from archive.show.held.by_address import sentences
from archive.show.reading import rows

if TYPE_CHECKING:
    import sqlite3

    from archive.show.held.answer import Row
    from archive.show.held.asked import HeldQuery

_OF_NOTHING = hashlib.sha256().hexdigest()
"""Every empty answer has this digest, so that it says nothing of any."""

_COLUMNS = "captures.id, captures.url, captured_at, outcome, content_type, payload_bytes, source_id"
# What repeats a payload names the record that holds it; both sides by an index.
_BY_PAYLOAD = f"""
SELECT {_COLUMNS}, report_id AS report FROM captures
LEFT JOIN publications ON publications.id = captures.publication_id
WHERE payload_digest = :digest AND revisit_of IS NULL
ORDER BY captured_at LIMIT :most
"""  # noqa: S608 - of parts that stand here
_BY_RECORD = f"""
SELECT {_COLUMNS}, report_id AS report FROM captures
LEFT JOIN publications ON publications.id = captures.publication_id WHERE record_id = :record
"""  # noqa: S608
_FILES = "SELECT name, size FROM warc_files WHERE sha256 = ? AND closed"


def by_digest(connection: sqlite3.Connection, asked: HeldQuery) -> HeldAnswer:
    """Captures that were sent these very bytes, and WARC files that are them."""
    if asked.value == _OF_NOTHING:
        return HeldAnswer(asked, beside={"no_bytes": True})
    values = {"digest": f"sha256:{asked.value}", "most": MOST}
    found = rows(connection, _BY_PAYLOAD, values)
    return _answer(connection, asked, found, rows(connection, _FILES, [asked.value]))


def by_record(connection: sqlite3.Connection, asked: HeldQuery) -> HeldAnswer:
    """The capture that a WARC record's id names."""
    return _answer(connection, asked, rows(connection, _BY_RECORD, {"record": asked.value}), [])


def _answer(
    connection: sqlite3.Connection, asked: HeldQuery, captures: list[Row], files: list[Row]
) -> HeldAnswer:
    sources = dict.fromkeys(one["source_id"] for one in captures if one["source_id"] is not None)
    return HeldAnswer(
        asked,
        captures=tuple(captures),
        sentences=tuple(sentences(connection, list(sources))),
        files=tuple(files),
    )
