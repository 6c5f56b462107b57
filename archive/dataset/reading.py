"""The rows of a dataset, out of the tables of the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.dataset.writing import as_json, clean
from archive.quoting.selectors import fragment_url, selectors
from archive.quoting.sentences import Marked, sentences

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from archive.dataset.tables import Column, Table
    from archive.quoting.sentences import Sentence

    Row = Sequence[Any]

_VERSIONS = """
SELECT versions.id, publications.url, text FROM versions
JOIN publications ON publications.id = publication_id ORDER BY versions.id
"""
_SOURCE = "SELECT id FROM sources WHERE url = ?"
_MARKERS = """
SELECT label, sentence, section, hedge, role, note_id FROM markers
WHERE version_id = ? ORDER BY position
"""


def rows(connection: sqlite3.Connection, table: Table, columns: Sequence[Column]) -> Iterator[Row]:
    """The rows of a table that the archive has, in the order of its key."""
    names = ", ".join(f'"{one.name}"' for one in columns)
    order = ", ".join(f'"{name}"' for name in table.key)
    yield from connection.execute(
        f"SELECT {names} FROM ({table.rows}) ORDER BY {order}"  # noqa: S608 - names of ours
    )


def dispute_rows(
    connection: sqlite3.Connection, disputes: Iterable[dict[str, Any]]
) -> Iterator[Row]:
    """The rows of what stands against verdicts on sources that are held."""
    for one in disputes:
        found = connection.execute(_SOURCE, [one["name"]]).fetchone()
        if found is not None and one["withdrawn_at"] is None:
            told = (one[name] for name in ("status", "rule", "decided_at", "at", "reason"))
            yield (one["id"], found[0], *told)


def sentence_rows(connection: sqlite3.Connection) -> Iterator[tuple[list[Row], list[Row]]]:
    """For each version, the rows of its citing sentences and of its markers."""
    for version, url, text in connection.execute(_VERSIONS):
        marked = connection.execute(_MARKERS, [version]).fetchall()
        found = sentences(text, [Marked(row[0], row[1]) for row in marked])
        of = {position: one.id for one in found for position in one.markers}
        told = [_sentence(version, url, text, one, marked[one.markers[0]]) for one in found]
        yield (
            sorted(told, key=lambda row: str(row[1])),
            [(version, n, row[0], of[n], row[5]) for n, row in enumerate(marked)],
        )


def _sentence(version: int, url: str, text: str, one: Sentence, marker: Row) -> Row:
    _, _, section, hedge, role, _ = marker
    head = (version, one.id, one.markers[0], one.text, section, hedge, role)
    if one.place is None:
        return (*head, None, None, None, None)
    where = fragment_url(url, clean(text), one.place)
    return (*head, one.place.start, one.place.end, where, as_json(selectors(text, one.place)))
