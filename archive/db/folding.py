"""The triggers that index text with its letters folded (`archive.folding`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.folding import fold

if TYPE_CHECKING:
    import sqlite3


def register(connection: sqlite3.Connection) -> None:
    """Give a writing connection the function `fold`, which the triggers of `folding_triggers`
    call."""
    connection.create_function(
        "fold", 1, lambda text: fold(text) if isinstance(text, str) else text, deterministic=True
    )


def folding_triggers(table: str, columns: tuple[str, ...], rowid: str = "rowid") -> list[str]:
    """SQL that keeps `<table>_fts` (FTS5, content=<table>, content_rowid=<rowid>) filled with
    folded text.

    FTS5 forgets a row only when given the very words it was given, so deleting folds as well.
    """
    index, names = f"{table}_fts", ", ".join(columns)
    new, old = (", ".join(f"fold({row}.{name})" for name in columns) for row in ("new", "old"))
    put = f"INSERT INTO {index} (rowid, {names}) VALUES (new.{rowid}, {new});"  # noqa: S608 - names of ours
    take = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', old.{rowid}, {old});"  # noqa: S608
    touched = ", ".join(columns)
    return [
        f"CREATE TRIGGER {table}_ai AFTER INSERT ON {table} BEGIN {put} END",
        f"CREATE TRIGGER {table}_ad AFTER DELETE ON {table} BEGIN {take} END",
        f"CREATE TRIGGER {table}_au AFTER UPDATE OF {touched} ON {table} BEGIN {take} {put} END",
    ]


def index_is_folded(connection: sqlite3.Connection) -> bool:
    """Whether the index of this database was filled by triggers that fold."""
    row = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%\\_fts%' ESCAPE '\\' "
        "AND sql LIKE '%fold(new.%' LIMIT 1"
    ).fetchone()
    return row is not None
