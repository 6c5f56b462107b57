"""Forms of letters that search should not tell apart, and the triggers that index text so.

SQLite's `unicode61 remove_diacritics 2` folds case and Latin accents. It keeps apart what writers of
Arabic, Persian, Hebrew and Cyrillic take for the same: Arabic and Persian yeh and kaf, the forms of alef, vowel signs,
tatweel, yo. Queries and the index are folded by one table.

Source: Unicode 15 names; the choice of letters follows Lucene's ArabicNormalizer and PersianNormalizer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

FOLDS: dict[str, str] = {
    # Arabic kaf, yeh and alef maksura: keyboards of Persian and Arabic write different ones in the same word.
    "\u0643": "\u06a9",
    "\u064a": "\u06cc",
    "\u0649": "\u06cc",
    "\u0626": "\u06cc",
    # Alef with hamza above, below, with madda, wasla.
    "\u0623": "\u0627",
    "\u0625": "\u0627",
    "\u0622": "\u0627",
    "\u0671": "\u0627",
    # Teh marbuta, heh with yeh above and heh goal; waw with hamza.
    "\u0629": "\u0647",
    "\u06c0": "\u0647",
    "\u06c1": "\u0647",
    "\u0624": "\u0648",
    # Signs without sound: tatweel, the vowel signs from fathatan to hamza below, superscript alef.
    **dict.fromkeys((chr(code) for code in (0x640, *range(0x64B, 0x656), 0x670)), ""),
    # Hebrew vowel points of block text; cantillation is left, news does not print it.
    **dict.fromkeys((chr(code) for code in (*range(0x5B0, 0x5BE), 0x5BF, 0x5C1, 0x5C2, 0x5C7)), ""),
    # Russian prints yo with and without its dots.
    "\u0451": "\u0435",
    "\u0401": "\u0415",
}  # fmt: skip

_TABLE = str.maketrans(FOLDS)
_SCRIPTS = re.compile("[\u0400-\u06ff]")  # Cyrillic to Arabic: where all the letters above stand


def fold(text: str) -> str:
    """`text` with letters that search does not tell apart made one."""
    # most texts are English, and looking for a letter is faster than exchanging none
    return text.translate(_TABLE) if not text.isascii() and _SCRIPTS.search(text) else text


def register(connection: sqlite3.Connection) -> None:
    """Give a writing connection the function `fold`, which the triggers of `folding_triggers` call."""
    connection.create_function(
        "fold", 1, lambda text: fold(text) if isinstance(text, str) else text, deterministic=True
    )


def folding_triggers(table: str, columns: tuple[str, ...]) -> list[str]:
    """SQL that keeps `<table>_fts` (FTS5, content=<table>) filled with folded text.

    FTS5 forgets a row only when given the very words it was given, so deleting folds as well.
    """
    index, names = f"{table}_fts", ", ".join(columns)
    new, old = (", ".join(f"fold({row}.{name})" for name in columns) for row in ("new", "old"))
    put = f"INSERT INTO {index} (rowid, {names}) VALUES (new.rowid, {new});"  # noqa: S608 - names of ours
    take = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', old.rowid, {old});"  # noqa: S608
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
