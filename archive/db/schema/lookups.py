"""Indexes that are no larger than what is asked of them.

Migration m102: the id of a row of `media` is made of its source and its name, so that no two rows
have both; an index of both held each name a second time, a sixth of what the table takes, and
nobody looks for one name. What waits is in an index by kind first, since that is how it is asked
for. m103: the same text under other addresses is found in `source_texts`, by a number; an index of
the digests held as much for nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.schema import media

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.db.lean import Migrations

_TABLE, _BY_URL, _, *_OTHERS = media.TABLES.strip().split(";\n")[:7]
_BY_SOURCE = """
-- serves: what a source shows
CREATE INDEX media_by_source ON media (source_id)
"""
_WANTED = """
-- serves: what is to be fetched, and what is left out, by kind
CREATE INDEX media_wanted ON media (kind, outcome) WHERE outcome IS NOT 'ok' AND url IS NOT NULL
"""
MEDIA = (
    "ALTER TABLE media RENAME TO earlier_media",
    _TABLE.replace(",\n    UNIQUE (source_id, name)", ""),
    "INSERT INTO media SELECT * FROM earlier_media ORDER BY id",
    "DROP TABLE earlier_media",
    _BY_URL,
    _WANTED,
    *_OTHERS,
    _BY_SOURCE,
)


def add_to(migrations: Migrations) -> None:
    """These migrations."""

    @migrations()
    def m102_media_by_source(db: Database) -> None:
        """What pages show is found by its source alone, not by its name, too."""
        for statement in MEDIA:
            db.execute(statement)

    @migrations()
    def m103_no_index_of_digests(db: Database) -> None:
        """No index holds the digests of texts."""
        db.execute("DROP INDEX texts_by_digest")
