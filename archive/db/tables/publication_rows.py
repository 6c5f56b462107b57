"""Publications as discovery, citations and their own pages tell of them, in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.flat import values_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlite_utils

    from archive.model.rows import History, PublicationRow

# The earliest finding and the latest change win, and between equals the order of arrival must not
# matter.
_MERGE = """
INSERT INTO publications (id, key, url, publisher, title, found_at, found_by, published, lastmod)
VALUES (:id, :key, :url, :publisher, :title, :found_at, :found_by, :published, :lastmod)
ON CONFLICT (id) DO UPDATE SET
    url = CASE WHEN excluded.found_at IS NULL THEN excluded.url  -- as its own page declares
               WHEN publications.captures > 0 THEN publications.url
               ELSE min(publications.url, excluded.url) END,
    title = CASE WHEN excluded.found_at IS NULL THEN coalesce(excluded.title, publications.title)
                 WHEN publications.captures > 0 THEN publications.title
                 ELSE min(coalesce(publications.title, excluded.title),
                          coalesce(excluded.title, publications.title)) END,
    found_by = CASE WHEN publications.found_at IS NULL OR excluded.found_at < publications.found_at
                    THEN coalesce(excluded.found_by, publications.found_by)
                    WHEN excluded.found_at = publications.found_at
                    THEN max(excluded.found_by, publications.found_by)
                    ELSE publications.found_by END,
    found_at = min(coalesce(publications.found_at, excluded.found_at),
                   coalesce(excluded.found_at, publications.found_at)),
    published = min(coalesce(publications.published, excluded.published),
                    coalesce(excluded.published, publications.published)),
    lastmod = max(coalesce(publications.lastmod, excluded.lastmod),
                  coalesce(excluded.lastmod, publications.lastmod))
"""

_TOUCH = """
UPDATE publications SET captures = :captures, first_captured_at = :first_captured_at,
    last_captured_at = :last_captured_at, next_due_at = :next_due_at, failures = :failures
WHERE id = :id
"""


def merge(db: sqlite_utils.Database, row: PublicationRow) -> None:
    """Add what was found of a publication to what is known of it."""
    db.execute(_MERGE, values_of(row))


def touch(db: sqlite_utils.Database, publication: int, history: History) -> None:
    """Put down how its captures went."""
    db.execute(_TOUCH, {"id": publication, **values_of(history)})


def name(db: sqlite_utils.Database, publication: int, aliases: Iterable[str]) -> None:
    """Have a publication found by its other addresses, too."""
    db.conn.executemany(
        # the least id: which of two publications claimed an address first must not matter
        "INSERT INTO publication_aliases (key, publication_id) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET publication_id = min(publication_id, "
        "excluded.publication_id)",
        [(key, publication) for key in aliases],
    )
