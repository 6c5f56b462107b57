"""Comparing two databases of one archive: rows that only one of them has, and values that
differ."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from archive.db.file_access import reading_uri
from archive.db.schema.migrations import RUN_LOGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive.fixity.findings import Findings
    from archive.fixity.holding import Holding

NAMED = 5
"""Rows of a table that are named; more say no more about what to do."""
TABLES = r"""
SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
AND name NOT LIKE '\_%' ESCAPE '\' AND instr(name, '_fts') = 0 ORDER BY name
"""
"""All tables of ours but full-text indexes, which hold what others hold."""
_INDEXES = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' "
    "ORDER BY name"
)
_FULL_TEXT = (
    "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%USING FTS5%' ORDER BY name"
)
REMEDY = "isw-archive rebuild makes it as the records say"


def compare(holding: Holding, ours: sqlite3.Connection, fresh: Path, findings: Findings) -> None:
    """Compare every table that comes from the records.

    Args:
        holding: Whose database it is.
        ours: A connection to it.
        fresh: The database as a rebuild makes it now.
        findings: Where to.

    Raises:
        sqlite3.DatabaseError: One of them cannot be read.
    """
    name = holding.name(holding.folder.database)
    ours.text_factory = bytes  # what is no text any more must be compared, too
    ours.execute("ATTACH DATABASE ? AS fresh", [reading_uri(fresh, immutable=True)])
    with closing(ours.execute(TABLES)) as rows:
        tables = [row[0].decode() for row in rows if row[0].decode() not in RUN_LOGS]
    if _migrations(ours, "main") != _migrations(ours, "fresh"):
        findings.notes.append(
            "the database is of an older version; the next command brings it up to date, and then "
            "its rows are compared"
        )
        return
    _schema(ours, name, findings)
    for table in tables:
        count = f'SELECT count(*) FROM main."{table}"'  # noqa: S608 - names of our tables
        findings.checked["rows"] += ours.execute(count).fetchone()[0]
        findings.checked["tables"] += 1
        told = list(_differences(ours, table))
        for what in told[:NAMED]:
            findings.fault(name, f"table {table}, {what}", REMEDY)
        if len(told) > NAMED:
            findings.fault(name, f"table {table}: {len(told) - NAMED} more rows differ", REMEDY)


def check_indexes(copy: Path, name: str, findings: Findings) -> None:
    """The full-text indexes of a copy of the database, which has to be written for that.

    Raises:
        sqlite3.DatabaseError: It cannot be read.
    """
    with closing(sqlite3.connect(copy)) as db:
        indexes = [row[0] for row in db.execute(_FULL_TEXT)]
        for index in indexes:
            try:
                db.execute(f'INSERT INTO "{index}" ("{index}") VALUES (\'integrity-check\')')  # noqa: S608 - names of our tables
            except sqlite3.DatabaseError:
                findings.fault(name, f"index {index} is not what its table gives", REMEDY)


def _migrations(db: sqlite3.Connection, schema: str) -> set[bytes]:
    return {row[0] for row in db.execute(f"SELECT name FROM {schema}._sqlite_migrations")}  # noqa: S608 - ours


def _schema(ours: sqlite3.Connection, name: str, findings: Findings) -> None:
    here = {row[1]: row for row in ours.execute(_INDEXES)}
    there = {
        row[1]: row
        for row in ours.execute(_INDEXES.replace("sqlite_master", "fresh.sqlite_master"))
    }
    for one in sorted({*here, *there}):
        if here.get(one) != there.get(one):
            findings.fault(name, f"the schema of {one.decode()} is not as it was made", REMEDY)


def _differences(db: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [row[1].decode() for row in db.execute(f'PRAGMA main.table_info("{table}")')]
    keys = [
        row[1].decode()
        for row in sorted(db.execute(f'PRAGMA main.table_info("{table}")'), key=lambda row: row[5])
        if row[5]
    ] or columns
    here = _only(db, table, "main", "fresh", columns)
    there = _only(db, table, "fresh", "main", columns)
    places = [columns.index(key) for key in keys]
    fresh = {tuple(row[place] for place in places): row for row in there}
    for row in here:
        key = tuple(row[place] for place in places)
        label = ", ".join(f"{name} {_text(value)}" for name, value in zip(keys, key, strict=True))
        other = fresh.pop(key, None)
        if other is None:
            yield f"row {label}: no record gives it"
        else:
            differ = [c for c, a, b in zip(columns, row, other, strict=True) if a != b]
            yield f"row {label}: {', '.join(differ)} is not what its record gives"
    for key in fresh:
        label = ", ".join(f"{name} {_text(value)}" for name, value in zip(keys, key, strict=True))
        yield f"row {label}: a record gives it, and it is missing"


def _only(
    db: sqlite3.Connection, table: str, one: str, other: str, columns: list[str]
) -> list[tuple[object, ...]]:
    names = ", ".join(f'"{column}"' for column in columns)
    sql = f'SELECT {names} FROM {one}."{table}" EXCEPT SELECT {names} FROM {other}."{table}"'  # noqa: S608 - names of our tables
    return [tuple(row) for row in db.execute(sql).fetchall()]


def _text(value: object) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
