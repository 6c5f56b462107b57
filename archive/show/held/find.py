"""The one entrance: whatever was given, what is held of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive.db.lean import sqlite_utils
from archive.show.held.answer import HeldAnswer
from archive.show.held.asked import HeldQuery, QueryKind, asked_for
from archive.show.held.by_address import by_address
from archive.show.held.by_digest import by_digest, by_record
from archive.show.held.by_words import by_words, texts
from archive.show.reading import rows
from archive.show.reports_named import named, nearest
from archive.show.withheld import without_hidden

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

_REPORT = """
SELECT reports.id AS report, reports.title, reports.report_date, reports.url,
       latest_versions.version_id,
       (SELECT sum(captures) FROM publications WHERE report_id = reports.id) AS captures
FROM reports LEFT JOIN latest_versions ON latest_versions.report = reports.id WHERE reports.id = ?
"""


def find_held(connection: sqlite3.Connection, given: str) -> HeldAnswer:
    """What is held of what a person gave; what is withheld is not told of."""
    asked = asked_for(given)
    with without_hidden(connection):
        return _WAYS[asked.what](connection, asked)


def held_file(connection: sqlite3.Connection, name: str, sha256: str, text: str) -> HeldAnswer:
    """What is held of a file: its bytes, and what it says.

    Args:
        connection: To the archive.
        name: Of the file, for the answer.
        sha256: Of its bytes, 64 hexadecimal digits.
        text: What it says; empty where it says nothing that could be read.
    """
    said = f"; {len(text.split()):,} words were read of it" if text else "; no text was read of it"
    asked = HeldQuery(QueryKind.FILE, sha256, f"the file {name}, SHA-256 {sha256}{said}")
    with without_hidden(connection):
        found = by_digest(connection, asked)
        return replace(found, texts=tuple(texts(connection, text))) if text else found


def _report(connection: sqlite3.Connection, asked: HeldQuery) -> HeldAnswer:
    db = sqlite_utils.Database(connection, recursive_triggers=False)
    report = named(db, asked.value)
    if report is None:
        near = nearest(db, asked.value, misspelt=False)
        return HeldAnswer(asked, beside={"nearest": near} if near else {})
    if report != asked.value:
        asked = replace(asked, told=f"{asked.told}: {report}")
    return HeldAnswer(asked, reports=tuple(rows(connection, _REPORT, [report])))


def _nothing(connection: sqlite3.Connection, asked: HeldQuery) -> HeldAnswer:
    del connection
    return HeldAnswer(asked)


_WAYS: dict[QueryKind, Callable[[sqlite3.Connection, HeldQuery], HeldAnswer]] = {
    QueryKind.ADDRESS: by_address,
    QueryKind.DIGEST: by_digest,
    QueryKind.RECORD: by_record,
    QueryKind.REPORT: _report,
    QueryKind.WORDS: by_words,
    QueryKind.NOTHING: _nothing,
}
