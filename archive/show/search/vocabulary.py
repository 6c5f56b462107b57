"""The words that the indexes hold: forms of a word, and words like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from archive.show.search.stems import beginnings, same_word

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

INDEXES = ("versions", "markers", "notes", "texts")
"""Tables with a full-text index."""

MOST_FORMS = 60
"""Forms of one word that are looked for, the most frequent; more come of stems of three letters."""
_MOST_READ = 4_000
"""Words read of each beginning."""
_MOST_LIKE = 30_000
_LIKE = 72.0
"""Of 100, from which a word is near enough to be offered."""
OFFERED = 3
_LAST = chr(0x10FFFF)


def prepare(connection: sqlite3.Connection) -> None:
    """Open the vocabularies on a connection, which may be one for reading only."""
    for name in INDEXES:
        connection.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name}_words "
            f"USING fts5vocab('main', '{name}_fts', 'row')"
        )


def forms(connection: sqlite3.Connection, word: str) -> list[str]:
    """The forms of a word that are held: the word itself, then the most frequent first."""
    held: dict[str, int] = {}
    for start in beginnings(word):
        for term, count in _between(connection, start, _MOST_READ):
            if same_word(word, term):
                held[term] = held.get(term, 0) + count
    found = sorted(held, key=lambda term: (term != word, -held[term], term))
    return found[:MOST_FORMS]


def _between(
    connection: sqlite3.Connection, start: str, most: int, indexes: Sequence[str] = INDEXES
) -> Iterable[tuple[str, int]]:
    for name in indexes:
        yield from connection.execute(
            f"SELECT term, doc FROM temp.{name}_words WHERE term >= ? AND term < ? LIMIT ?",  # noqa: S608
            [start, start + _LAST, most],
        )


def nearest(connection: sqlite3.Connection, word: str) -> list[str]:
    """Words held that are written like this one, the likeliest first."""
    held: dict[str, int] = {}
    for term, count in _between(connection, word[:1], _MOST_LIKE):
        if abs(len(term) - len(word)) <= 3:
            held[term] = held.get(term, 0) + count
    found = process.extract(word, list(held), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=12)
    ranked = sorted(found, key=lambda one: (-one[1], -held[one[0]], one[0]))
    return [str(term) for term, _, _ in ranked if term != word][:OFFERED]
