"""What a browser showed of a source, beside what its plain capture has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.model.browser import PDF, SCREENSHOT
from archive.show.reading import Row, first_row, rows
from archive.show.withheld import withheld_among

if TYPE_CHECKING:
    import sqlite3

MOST = 20
"""Looks at one source on its page; the table has them all."""

_PART = """(
    SELECT browser_parts.capture_id FROM browser_parts
    WHERE browser_parts.page_record_id = captures.record_id AND part = '{}' LIMIT 1) AS {}
"""
_PAGES = f"""
SELECT browser_pages.*, captures.captured_at, captures.outcome, captures.record_id,
    plain.outcome AS plain_outcome, {_PART.format(SCREENSHOT, "screenshot")},
    {_PART.format(PDF, "printed")},
    (SELECT count(*) FROM browser_parts WHERE page_record_id = captures.record_id) AS parts
FROM browser_pages JOIN captures ON captures.id = browser_pages.capture_id
LEFT JOIN captures AS plain ON plain.id = browser_pages.plain_capture_id
"""  # noqa: S608 - our words
_OF_SOURCE = (
    f"{_PAGES} WHERE browser_pages.source_id = ? ORDER BY browser_pages.capture_id DESC LIMIT ?"
)
_OF_CAPTURE = f"{_PAGES} WHERE browser_pages.capture_id = ?"
_PAGE_OF_PART = """
SELECT browser_parts.part, pages.id AS page FROM browser_parts
JOIN captures AS pages ON pages.record_id = browser_parts.page_record_id
WHERE browser_parts.capture_id = ?
"""
_GOT = """
SELECT captures.id, captures.url, captures.http_status, captures.outcome, captures.content_type,
    captures.payload_bytes
FROM browser_parts JOIN captures ON captures.id = browser_parts.capture_id
WHERE browser_parts.page_record_id = ? AND part = 'response' ORDER BY captures.id LIMIT ?
"""
MOST_GOT = 200
"""Answers from the network listed for one page."""


def of_source(connection: sqlite3.Connection, source: int) -> list[Row]:
    """Looks at a source in a browser, the newest first; none that is withheld."""
    found = rows(connection, _OF_SOURCE, [source, MOST])
    gone = withheld_among(connection, [row["capture_id"] for row in found])
    return [_page(row) for row in found if row["capture_id"] not in gone]


def of_capture(connection: sqlite3.Connection, row: Row) -> Row | None:
    """What a capture of a browser is: a page, with what it got; or a part, with the number of its
    page. None for other captures."""
    if row["via"] != "browser":
        return None
    page = first_row(connection, _OF_CAPTURE, [row["id"]])
    if page is not None:
        got = rows(connection, _GOT, [row["record_id"], MOST_GOT])
        source = first_row(connection, "SELECT * FROM sources WHERE id = ?", [page["source_id"]])
        return {**_page(page), "page": row["id"], "part": None, "got": got, "source": source}
    part = first_row(connection, _PAGE_OF_PART, [row["id"]])
    return {**part, "source": None} if part else None


def _page(row: Row) -> Row:
    return {**row, "refused": json.loads(row["refused"])}
