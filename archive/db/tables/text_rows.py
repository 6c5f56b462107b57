"""Texts that stand under several addresses: what finds them, what links them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlite_utils

    from archive.model.rows import SharedText
    from archive.model.understood import TextLink


def share(db: sqlite_utils.Database, shared: SharedText) -> None:
    """Write what one capture says of its text, inside the caller's transaction."""
    db.execute(
        "INSERT OR IGNORE INTO source_texts (text_id, source_id, same) VALUES (?, ?, ?)",
        [shared.text_id, shared.source_id, shared.same],
    )
    db.conn.executemany(
        "INSERT OR IGNORE INTO text_bands (band, text_id) VALUES (?, ?)",
        [(band, shared.text_id) for band in shared.bands],
    )
    db.conn.executemany("DELETE FROM near_texts WHERE text_id = ? AND other_id = ?", shared.apart)
    db.conn.executemany(
        "INSERT OR REPLACE INTO near_texts (text_id, other_id, resemblance) VALUES (?, ?, ?)",
        [(pair.text_id, pair.other_id, pair.resemblance) for pair in shared.together],
    )


def add_links(db: sqlite_utils.Database, text_id: int, links: Iterable[TextLink]) -> None:
    """Write where a text leads. Captures of one text may differ in it, and come in any order: the
    least place is kept."""
    places: dict[tuple[str, str], int] = {}
    for place, link in enumerate(links):
        places.setdefault((link.url, link.words), place)
    rows = db.execute("SELECT url, words, position FROM text_links WHERE text_id = ?", [text_id])
    held = {(url, words): place for url, words, place in rows.fetchall()} if places else {}
    db.conn.executemany(
        "DELETE FROM text_links WHERE text_id = ? AND position = ? AND url = ? AND words = ?",
        [(text_id, held[one], *one) for one, at in places.items() if at < held.get(one, at)],
    )
    db.conn.executemany(
        "INSERT INTO text_links (text_id, position, url, words) VALUES (?, ?, ?, ?)",
        [(text_id, at, *one) for one, at in places.items() if one not in held or at < held[one]],
    )


def has_bands(db: sqlite_utils.Database, text_id: int, bands: tuple[int, ...]) -> bool:
    """Whether this text's bands are stored; they are written together or not at all."""
    found = db.execute(
        "SELECT 1 FROM text_bands WHERE band = ? AND text_id = ?", [bands[0], text_id]
    )
    return found.fetchone() is not None


def text(db: sqlite_utils.Database, text_id: int) -> str:
    """The text with this id."""
    found: str = db.execute("SELECT text FROM texts WHERE id = ?", [text_id]).fetchone()[0]
    return found


def holders(
    db: sqlite_utils.Database, bands: Iterable[int], limit: int
) -> dict[int, frozenset[int]]:
    """For each band the texts that have it, at most `limit` of them."""
    return {
        band: frozenset(
            row[0]
            for row in db.execute(
                "SELECT text_id FROM text_bands WHERE band = ? LIMIT ?", [band, limit]
            ).fetchall()
        )
        for band in bands
    }


def near_pairs(db: sqlite_utils.Database, texts: Iterable[int]) -> list[tuple[int, int]]:
    """The pairs of near texts of which both are among these."""
    rows = db.execute(
        """
        SELECT text_id, other_id FROM near_texts
        WHERE text_id IN (SELECT value FROM json_each(:texts))
          AND other_id IN (SELECT value FROM json_each(:texts))
        ORDER BY text_id, other_id
        """,
        {"texts": json.dumps(sorted(texts))},
    )
    return [(one, other) for one, other in rows.fetchall()]
