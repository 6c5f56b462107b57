"""Captures by outcome alone and by time alone (migration m088); days without a report, reckoned with
numbers of days (m089).

One index had both, outcome first: what ended so could be read by time, not by number, as a table
shows it; and nothing could be read by time of all captures, but once an outcome.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.schema.operations import MISSING_DAYS

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.db.lean import Migrations

_INDEXES = (
    "DROP INDEX captures_by_outcome",
    """
    -- serves: captures that ended so, by their number
    CREATE INDEX captures_by_outcome ON captures (outcome)""",
    """
    -- serves: captures of a day, and in the order of their time
    CREATE INDEX captures_by_time ON captures (captured_at)""",
    """
    -- serves: how many reports of late could not be read; few captures are of reports
    CREATE INDEX captures_of_reports ON captures (captured_at) WHERE kind = 'report'""",
)


def add_to(migrations: Migrations) -> None:
    """These migrations."""

    @migrations()
    def m088_timely(db: Database) -> None:
        """Captures are in an index by outcome, and in another by time."""
        for statement in _INDEXES:
            db.execute(statement)

    @migrations()
    def m089_days_in_numbers(db: Database) -> None:
        """Days without a report are found in a fourth of the time."""
        db.execute("DROP VIEW missing_days")
        db.create_view("missing_days", MISSING_DAYS)
