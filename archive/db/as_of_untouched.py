"""What of the past is as it is now, since nothing that came later has touched it.

Of a day not long ago that is nearly all. What came later is asked for by time; all else is taken
from what is kept with each source, series and version, in place of being counted anew. Where too
much came later for that, nothing is taken.
"""

# ruff: noqa: S608 - names of ours alone
from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.schema.large import SUPPORT, SUPPORT_OF
from archive.db.schema.million import SERIES_OF

if TYPE_CHECKING:
    import sqlite3

MOST = 10_000
"""Sources that are looked for, each time that a connection is shown the past: some milliseconds."""

# All that is cited by a report one of whose versions came later: with that version what the report
# says of itself, its day too, may be another.
_CITED = """
SELECT DISTINCT citations.source_id FROM (
    SELECT DISTINCT same.id FROM (
        SELECT DISTINCT publication_id FROM main.versions WHERE first_captured_at > :at) AS later
    CROSS JOIN main.publications ON publications.id = later.publication_id
    CROSS JOIN main.publications AS same
        ON same.id = publications.id OR same.report_id = publications.report_id) AS touched
CROSS JOIN main.versions ON versions.publication_id = touched.id
CROSS JOIN main.citations ON citations.version_id = versions.id
WHERE citations.source_id IS NOT NULL LIMIT :most
"""
_JUDGED = "SELECT DISTINCT source_id FROM main.verdicts WHERE decided_at > :at LIMIT :most"

_UNSETTLED = """(SELECT behind.version_id FROM temp.later_judged
    CROSS JOIN main.sentence_sources AS behind ON behind.source_id = later_judged.id)"""
_IF_CITED = "iif(base.id IN temp.later_cited, {anew}, base.{column})"
_IF_JUDGED = "iif(base.id IN temp.later_judged, {anew}, base.{column})"

AS_CITED = {
    "series_sources": f"""
        SELECT kept.* FROM main.series_sources AS kept
        WHERE kept.source_id NOT IN temp.later_cited
        UNION ALL {SERIES_OF.format(chosen="citations.source_id IN temp.later_cited")}""",
}
"""Counts that follow what cites sources: the questions that views of the past are made of."""
AS_JUDGED = {
    "version_support": f"""
        SELECT kept.version_id, {", ".join(f"kept.{name}" for name in SUPPORT)}
        FROM main.version_support AS kept JOIN versions ON versions.id = kept.version_id
        WHERE kept.version_id NOT IN {_UNSETTLED}
        UNION ALL {SUPPORT_OF.format(chosen=f"version_id IN {_UNSETTLED}")}""",
}
"""Those that follow what is thought of sources."""


def later_cited(connection: sqlite3.Connection, at: str) -> bool:
    """Set down in `temp.later_cited` the sources whose citations may have been others then.

    Returns: Whether they are all there.
    """
    return _set_down(connection, "later_cited", _CITED, at)


def later_judged(connection: sqlite3.Connection, at: str) -> bool:
    """Set down in `temp.later_judged` the sources of which something else was thought then.

    Returns: Whether they are all there.
    """
    return _set_down(connection, "later_judged", _JUDGED, at)


def unless_cited(column: str, anew: str) -> str:
    """A column of `sources` that follows what cites it: as it is kept, or counted anew."""
    return _IF_CITED.format(column=column, anew=anew)


def unless_judged(column: str, anew: str) -> str:
    """A column of `sources` that follows what is thought of it, likewise."""
    return _IF_JUDGED.format(column=column, anew=anew)


def _set_down(connection: sqlite3.Connection, table: str, question: str, at: str) -> bool:
    found = connection.execute(question, {"at": at, "most": MOST + 1}).fetchall()
    if len(found) > MOST:
        return False
    connection.execute(f"CREATE TEMP TABLE {table} (id INTEGER PRIMARY KEY)")
    connection.executemany(f"INSERT INTO {table} VALUES (?)", found)
    return True
