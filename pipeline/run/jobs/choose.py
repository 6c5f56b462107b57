"""Which addresses a recrawl is for."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from archive.db.database import open_readonly
from archive.errors import BadInputError, BadUrlError
from archive.show import export
from archive.urls import normal as urls

if TYPE_CHECKING:
    import sqlite_utils

    from archive.folder import DataFolder

FAILED_SQL = """
SELECT cited_url FROM sources WHERE last_outcome NOT IN ('ok', 'not-modified') ORDER BY last_cited DESC, id
"""

REPORT_SQL = """
SELECT url, 0 AS place FROM publications WHERE report_id = :report
UNION
SELECT DISTINCT sources.cited_url, 1 FROM sources
JOIN citations ON citations.source_id = sources.id
JOIN versions ON versions.id = citations.version_id
JOIN publications ON publications.id = versions.publication_id
WHERE publications.report_id = :report
ORDER BY place, 1
"""


def chosen(
    folder: DataFolder, given: tuple[str, ...], *, report: str | None, sql: str | None, failed: bool
) -> tuple[str, ...]:
    """The addresses to capture again, each once, in the order named.

    Raises:
        BadInputError: Nothing or more than one thing was named, an address is none, the query is wrong.
    """
    if sum([bool(given), report is not None, sql is not None, failed]) != 1:
        raise BadInputError("recrawl: name addresses, or one of --report, --sql, --failed")
    if given:
        return tuple(dict.fromkeys(_checked(url) for url in given))
    folder.require()
    db = open_readonly(folder.database)
    try:
        return _from_database(db, report, sql or FAILED_SQL)
    finally:
        db.close()


def _from_database(db: sqlite_utils.Database, report: str | None, sql: str) -> tuple[str, ...]:
    if report is not None:
        rows = db.execute(REPORT_SQL, {"report": export.resolve(db, report)}).fetchall()
    else:
        try:
            # read-only does not stop ATTACH from making a file
            db.conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            rows = db.conn.execute(sql).fetchall()
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise BadInputError(
                f"recrawl --sql: {error}; give one SELECT whose first column is an address"
            ) from error
    found = tuple(dict.fromkeys(_checked(str(row[0])) for row in rows if row[0] is not None))
    if not found:
        raise BadInputError("recrawl: nothing matches; nothing was fetched")
    return found


def _checked(url: str) -> str:
    try:
        return urls.fetchable(url)
    except BadUrlError as error:
        raise BadInputError(f"recrawl: {error}") from error
