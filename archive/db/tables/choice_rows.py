"""Which addresses a person chose to have captured again."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from archive.errors import BadInputError
from archive.model.vocabulary import RETRIEVED

if TYPE_CHECKING:
    import sqlite_utils

_FAILED = """
SELECT cited_url FROM sources WHERE last_outcome NOT IN (SELECT value FROM json_each(?))
ORDER BY last_cited DESC, id
"""

_OF_REPORT = """
SELECT url, 0 AS place FROM publications WHERE report_id = :report
UNION
SELECT DISTINCT sources.cited_url, 1 FROM sources
JOIN citations ON citations.source_id = sources.id
JOIN versions ON versions.id = citations.version_id
JOIN publications ON publications.id = versions.publication_id
WHERE publications.report_id = :report
ORDER BY place, 1
"""


def failed(db: sqlite_utils.Database) -> list[str]:
    """Every source whose last capture failed, newest citations first."""
    return [row[0] for row in db.execute(_FAILED, [json.dumps(sorted(RETRIEVED))]).fetchall()]


def of_report(db: sqlite_utils.Database, report: str) -> list[str]:
    """A report's own addresses, then those of everything that it cites."""
    return [row[0] for row in db.execute(_OF_REPORT, {"report": report}).fetchall()]


def series(db: sqlite_utils.Database) -> set[str]:
    """The series of the reports held."""
    return {row[0] for row in db.execute("SELECT DISTINCT series FROM reports").fetchall()}


def selected(db: sqlite_utils.Database, sql: str) -> list[str]:
    """The first column of what a person's own query gives.

    Raises:
        BadInputError: It is no query, or is wrong.
    """
    try:
        # read-only does not stop ATTACH from making a file
        db.conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        rows = db.conn.execute(sql).fetchall()
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise BadInputError(
            f"recrawl --sql: {error}; give one SELECT whose first column is an address"
        ) from error
    return [str(row[0]) for row in rows if row[0] is not None]
