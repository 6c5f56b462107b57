"""Indexes of the few rows that ready-made questions want of many, and of sources as their table
shows them (migration m087).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.db.lean import Migrations

_INDEXES = (
    """
    -- serves: cited sources of which nothing is held, or that failed last, newest citations first
    CREATE INDEX sources_not_captured ON sources (last_cited DESC, id, platform, last_outcome)
        WHERE report_count > 0 AND coalesce(last_outcome, '') NOT IN ('ok', 'not-modified')
    """,
    """
    -- serves: notes without an address
    CREATE INDEX notes_without_address ON notes (version_id, position) WHERE kind <> 'cited'
    """,
    # Those alike by number: datasette's next page is of what lies behind the last one's.
    "DROP INDEX sources_by_status",
    """
    -- serves: sources of one standing, the most cited first, and their platforms
    CREATE INDEX sources_by_status ON sources (status, report_count DESC, id, platform)
    """,
    "DROP INDEX sources_by_report_count",
    """
    -- serves: the most cited sources
    CREATE INDEX sources_by_report_count ON sources (report_count DESC)
    """,
)


def add_to(migrations: Migrations) -> None:
    """This migration."""

    @migrations()
    def m087_questioned(db: Database) -> None:
        """Sources that could not be captured, and notes without an address, are in indexes, and
        sources of one standing, and all, as they are shown."""
        for statement in _INDEXES:
            db.execute(statement)
