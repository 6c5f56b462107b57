"""Pictures of a report and files beside it, each with the capture that holds it: for the export and
for the pages alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.show.reading import Row, rows

if TYPE_CHECKING:
    import sqlite3

# The newest capture that got the file or heard that it is as it was: a 304 stands for the body it
# refers to. The + keeps SQLite from going through all good captures there are
# (captures_by_outcome), which takes seconds in a large archive.
_CAPTURE = """
(SELECT max(id) FROM captures
 WHERE captures.url = {table}.url AND +outcome IN ('ok', 'not-modified'))
"""

# What a picture is says the answer that brought it; a 304 need not say it again.
_FIGURES = f"""
WITH shown AS (
    SELECT url, caption, position, {_CAPTURE.format(table="figures")} AS capture_id
    FROM figures WHERE version_id = ?)
SELECT shown.url, shown.caption, shown.capture_id, holding.content_type
FROM shown
LEFT JOIN captures ON captures.id = shown.capture_id
LEFT JOIN captures AS holding
    ON holding.record_id = coalesce(captures.revisit_of, captures.record_id)
ORDER BY shown.position
"""  # noqa: S608 - our words

_ATTACHMENTS = f"""
SELECT url, title, {_CAPTURE.format(table="attachments")} AS capture_id
FROM attachments WHERE capture_id = (
    SELECT captures.id FROM captures
    JOIN versions ON versions.publication_id = captures.publication_id
    WHERE versions.id = ? AND captures.captured_at <= versions.last_captured_at
          AND captures.id IN (SELECT capture_id FROM attachments)
    ORDER BY captures.captured_at DESC, captures.id DESC LIMIT 1)
ORDER BY position
"""  # noqa: S608 - our words


def figures(connection: sqlite3.Connection, version_id: int) -> list[Row]:
    """A version's pictures in order, as `url`, `caption`, `capture_id` (None: not held) and
    `content_type`."""
    return rows(connection, _FIGURES, [version_id])


def attachments(connection: sqlite3.Connection, version_id: int) -> list[Row]:
    """Files beside a report, as `url`, `title` and `capture_id` (None: not held).

    They are those of the newest capture of this version's publication: the PDF beside a report
    comes and goes without an edit.
    """
    return rows(connection, _ATTACHMENTS, [version_id])
