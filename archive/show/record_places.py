"""Which WARC records an index is about: those of one report and what it cites, none withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.show.withheld import any_withheld

if TYPE_CHECKING:
    import sqlite3

Place = tuple[str, int]
"""File and offset."""

_OF_REPORT = """
WITH cited AS (
    SELECT DISTINCT citations.source_id FROM versions
    JOIN publications ON publications.id = versions.publication_id
    JOIN citations ON citations.version_id = versions.id
    WHERE publications.report_id = :report),
mine AS (
    SELECT captures.id FROM captures
    JOIN publications ON publications.id = captures.publication_id
    WHERE publications.report_id = :report
    UNION
    SELECT captures.id FROM cited JOIN captures ON captures.source_id = cited.source_id
    UNION
    SELECT browser_pages.capture_id FROM cited
    JOIN browser_pages ON browser_pages.source_id = cited.source_id
    UNION
    SELECT browser_parts.capture_id FROM cited
    JOIN browser_pages ON browser_pages.source_id = cited.source_id
    JOIN captures ON captures.id = browser_pages.capture_id
    JOIN browser_parts ON browser_parts.page_record_id = captures.record_id
    UNION
    SELECT captures.id FROM versions
    JOIN publications ON publications.id = versions.publication_id
    JOIN figures ON figures.version_id = versions.id
    JOIN captures ON captures.url = figures.url
    WHERE publications.report_id = :report
    UNION
    SELECT files.id FROM captures
    JOIN publications ON publications.id = captures.publication_id
    JOIN attachments ON attachments.capture_id = captures.id
    JOIN captures AS files ON files.url = attachments.url
    WHERE publications.report_id = :report)
SELECT warc_file, warc_offset FROM captures WHERE id IN mine
UNION
SELECT holding.warc_file, holding.warc_offset FROM captures
JOIN captures AS holding ON holding.record_id = captures.revisit_of
WHERE captures.id IN mine
UNION
SELECT warc_file, warc_offset FROM hops WHERE capture_id IN mine
"""
_WITHHELD = """
SELECT captures.warc_file, captures.warc_offset FROM captures
JOIN withheld ON withheld.record_id IN (captures.record_id, captures.revisit_of)
UNION
SELECT hops.warc_file, hops.warc_offset FROM captures
JOIN withheld ON withheld.record_id IN (captures.record_id, captures.revisit_of)
JOIN hops ON hops.capture_id = captures.id
"""


def of_report(connection: sqlite3.Connection, report: str) -> frozenset[Place]:
    """The places of a report's captures, of its files, and of what it cites.

    With the redirects that led there, and the records whose bodies they repeat.
    """
    return _places(connection.execute(_OF_REPORT, {"report": report}))


def withheld(connection: sqlite3.Connection) -> frozenset[Place]:
    """The places of the records of withheld captures."""
    return _places(connection.execute(_WITHHELD)) if any_withheld(connection) else frozenset()


def _places(found: sqlite3.Cursor) -> frozenset[Place]:
    return frozenset((str(file), int(offset)) for file, offset in found)


def files(connection: sqlite3.Connection) -> list[str]:
    """The closed WARC files that the archive knows, by name."""
    return [row[0] for row in connection.execute("SELECT name FROM warc_files ORDER BY name")]
