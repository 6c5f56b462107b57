"""Which cited pages to hand to an archive that saves them, and what became of those handed
in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.schema.memento_questions import ASKABLE
from archive.db.tables.memento_rows import CITED_ON
from archive.model.due import Submission, Submittable
from archive.model.flat import values_of

if TYPE_CHECKING:
    import sqlite_utils

NEW_DAYS = 30
"""Only what was first cited in so many days: a page saved long after shows what it has become."""

NEAR_DAYS = 7
"""A copy of so many days around the citing date is as good as one made now."""

TRIES = 3
"""Of one page, when the archive failed to save it; each on another day."""


_CITED_ON = CITED_ON.format(source="sources.id")


def pages_to_submit(db: sqlite_utils.Database, *, now: str, limit: int) -> list[Submittable]:
    """Pages to hand in, newest citations first.

    Those that are there and that robots.txt lets us fetch (the last look was good), cited of late,
    of which the archive has said that it holds no copy near the citing date. What it has not been
    asked about waits for its turn.

    Args:
        db: The archive.
        now: ISO 8601.
        limit: At most so many.
    """
    # the + keeps SQLite from going through all sources that are there
    rows = db.execute(
        f"""
        SELECT sources.id, cited_url
        FROM sources JOIN mementos ON mementos.source_id = sources.id
        WHERE {ASKABLE} AND +status IN ('alive', 'moved', 'drifted') AND last_outcome IN ('ok',
          'not-modified')
              AND first_cited_at >= strftime('%Y-%m-%dT%H:%M:%SZ', :now, '-{NEW_DAYS} days')
              AND answered_at IS NOT NULL
              AND (memento_at IS NULL OR abs(julianday(memento_at) - julianday({_CITED_ON}) - 0.5) >
                {NEAR_DAYS})
              AND NOT EXISTS (SELECT 1 FROM submissions WHERE submissions.source_id = sources.id
                              AND (outcome != 'failed' OR julianday(:now) - julianday(submitted_at)
                                < 1))
              AND (SELECT count(*) FROM submissions WHERE submissions.source_id = sources.id) <
                {TRIES}
        ORDER BY last_cited DESC, first_cited_at DESC, sources.id LIMIT :limit
        """,  # noqa: S608 - names and numbers from above
        {"now": now, "limit": limit},
    )
    return [Submittable(*row) for row in rows.fetchall()]


def pending(db: sqlite_utils.Database) -> list[Submission]:
    """Jobs of which it is not known yet what became of them, oldest first."""
    columns = ", ".join(Submission.__slots__)
    sql = f"SELECT {columns} FROM submissions WHERE outcome = 'pending' ORDER BY submitted_at"  # noqa: S608 - our names
    return [Submission(*row) for row in db.execute(sql).fetchall()]


def handed_in(db: sqlite_utils.Database, day: str) -> int:
    """Pages handed in since the beginning of `day` (`YYYY-MM-DD`), whatever came of it."""
    sql = "SELECT count(*) FROM submissions WHERE submitted_at >= ?"
    return int(db.execute(sql, [day]).fetchone()[0])


def counts(db: sqlite_utils.Database) -> dict[str, int]:
    """Pages handed in, by what came of it."""
    sql = "SELECT outcome, count(*) FROM submissions GROUP BY 1 ORDER BY 1"
    return dict(db.execute(sql).fetchall())


def record(db: sqlite_utils.Database, row: Submission) -> None:
    """Record that a page was handed in, or what became of it."""
    names = Submission.__slots__
    db.execute(
        f"INSERT OR REPLACE INTO submissions ({', '.join(names)}) "  # noqa: S608 - our names
        f"VALUES ({', '.join(':' + name for name in names)})",
        values_of(row),
    )
