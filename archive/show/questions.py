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


@dataclass(frozen=True, slots=True)
class Answered:
    """One page of an answer.

    Attributes:
        columns: Their names.
        rows: Values in that order.
        more: Whether there is a page after this one.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    more: bool


def answer(
    connection: sqlite3.Connection, sql: str, values: Mapping[str, Any], page: int
) -> Answered:
    """The rows of one page, in the order of the question.

    Args:
        connection: To the archive.
        sql: One SELECT, with named parameters.
        values: Of those parameters.
        page: 1 is the first.
    """
    asked = {**values, "_most": PAGE + 1, "_skip": (page - 1) * PAGE}
    cursor = connection.execute(
        f"SELECT * FROM (\n{_bare(sql)}\n) LIMIT :_most OFFSET :_skip",  # noqa: S608 - ours
        asked,
    )
    rows = tuple(tuple(row) for row in cursor.fetchall())
    names = tuple(part[0] for part in cursor.description)
    return Answered(names, rows[:PAGE], len(rows) > PAGE)


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
