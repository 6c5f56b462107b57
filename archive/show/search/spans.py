"""The newest matches of a search, span by span, where each has to be looked up to tell whether the
filters leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

FIRST = 4_000
"""Matches of the first span; each later one has as many as all before it. Looking one up takes 5
to 9 µs."""
LEAST, GREATEST = -(2**63), 2**63 - 1
"""Of all numbers."""

_AS_MANY = """
SELECT rowid FROM {index} WHERE {index} MATCH :match AND rowid BETWEEN :low AND :high
ORDER BY rowid DESC LIMIT 1 OFFSET :skipped
"""


def newest_first(
    connection: sqlite3.Connection, index: str, match: str, whole: tuple[int, int], apart: int
) -> Iterator[tuple[int, int]]:
    """Spans of the numbers of matches, together `whole`, each as long as somebody asks for it.

    Args:
        connection: To the archive.
        index: A full-text index.
        match: What is looked for, as FTS5 takes it.
        whole: The least and the greatest number.
        apart: Numbers that begin with the same version are so many, and in one span.
    """
    low, high = whole
    size, asked = FIRST, _AS_MANY.format(index=index)
    while high >= low:
        values = {"match": match, "low": low, "high": high, "skipped": size - 1}
        found = connection.execute(asked, values).fetchone()
        start = low if found is None else max(low, found[0] // apart * apart)
        yield start, high
        size, high = (size if high == whole[1] else 2 * size), start - 1
