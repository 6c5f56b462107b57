"""Answers of ready-made questions, page by page and whole."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

PAGE = 100
"""Rows on a page; more are slow to lay out on a phone."""
_BATCH = 1_000
"""Rows read at once into a file."""


TOTALS = {
    "most_cited_sources": """
        SELECT sum(sources) FROM year_counts WHERE :domain = ''
        """,
    "sources_not_captured": """
        SELECT count(*) FROM sources INDEXED BY sources_not_captured
        WHERE report_count > 0 AND coalesce(last_outcome, '') NOT IN ('ok', 'not-modified')
            AND (:platform = '' OR platform = :platform)
            AND (:outcome = '' OR last_outcome = :outcome)
        """,
}
"""Name of a question: how many rows its answer has, found sooner than by counting them; NULL where
that is not known."""
AT_ONCE = frozenset({"hedges_by_account", "hedges_by_series"})
"""Questions whose answer is there whole before its first row."""
LONG = frozenset({"sentences_on_lost_sources", "reports_citing_reports"})
"""Questions whose rows are found along all citations."""
_FEW = 40_000
"""Sources; to go through what cites more takes longer than a total is worth (100 ms)."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One page of an answer.

    Attributes:
        columns: Their names.
        rows: Values in that order.
        more: Whether there is a page after this one.
        total: Rows of the whole answer, where that is known.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    more: bool
    total: int | None = None


def answer(
    connection: sqlite3.Connection,
    sql: str,
    values: Mapping[str, Any],
    page: int,
    *,
    at_once: bool = False,
) -> Answered:
    """The rows of one page, in the order of the question.

    Args:
        connection: To the archive.
        sql: One SELECT, with named parameters.
        values: Of those parameters.
        page: 1 is the first.
        at_once: Whether all rows are found before the first, so that they may as well be read.
    """
    skipped = (page - 1) * PAGE
    limit = "" if at_once else "LIMIT :_most OFFSET :_skip"
    cursor = connection.execute(
        f"SELECT * FROM (\n{_bare(sql)}\n) {limit}",  # noqa: S608 - ours
        {**values, "_most": PAGE + 1, "_skip": skipped},
    )
    found = cursor.fetchall()
    rows = tuple(tuple(row) for row in (found[skipped:] if at_once else found)[: PAGE + 1])
    names = tuple(part[0] for part in cursor.description)
    more = len(rows) > PAGE
    total = len(found) if at_once else None if more else skipped + len(rows)
    return Answered(names, rows[:PAGE], more, total)


def known_total(connection: sqlite3.Connection, name: str, values: Mapping[str, Any]) -> int | None:
    """How many rows the whole answer has, where that need not be counted.

    Args:
        connection: To the archive as it is now, with nothing withheld.
        name: Of the question.
        values: Of its parameters.
    """
    if name not in TOTALS:
        return None
    found: int | None = next((row[0] for row in connection.execute(TOTALS[name], values)), None)
    return found


def is_long(connection: sqlite3.Connection, name: str, values: Mapping[str, Any]) -> bool:
    """Whether counting the rows of an answer would take too long for a page to wait for.

    Args:
        connection: To the archive as it is now.
        name: Of the question.
        values: Of its parameters: whoever gives one may ask for few rows.
    """
    if name not in LONG or any(values.values()):
        return False
    sources = connection.execute("SELECT sum(sources) FROM year_counts").fetchone()[0]
    return sources is not None and sources > _FEW


def count(connection: sqlite3.Connection, sql: str, values: Mapping[str, Any]) -> int:
    """How many rows the whole answer has."""
    found = connection.execute(f"SELECT count(*) FROM (\n{_bare(sql)}\n)", values)  # noqa: S608
    return int(found.fetchone()[0])


def write_csv(
    connection: sqlite3.Connection, sql: str, values: Mapping[str, Any], file: IO[str]
) -> None:
    """The whole answer as CSV (RFC 4180), as the archive was at one moment."""
    cursor = connection.execute(_bare(sql), values)
    writer = csv.writer(file)
    writer.writerow([part[0] for part in cursor.description])
    while batch := cursor.fetchmany(_BATCH):
        writer.writerows(batch)


def _bare(sql: str) -> str:
    return sql.strip().rstrip(";")
