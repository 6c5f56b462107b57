"""What waits to be captured: publications, sources, files of reports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.db.schema.memento_questions import SOURCE_TRIES
from archive.model.due import DuePublication, PendingSource
from archive.model.vocabulary import PASSING_IN_DAYS

if TYPE_CHECKING:
    import sqlite_utils

ALL_TURNS = 2**31
"""More than any domain has."""


_AGAIN = """
((captures > 0 AND failures < 10 AND lastmod > last_captured_at)
 OR (next_due_at <= :now AND first_captured_at >= :young))
"""


def publications_due(
    db: sqlite_utils.Database, *, now: str, young: str, since: str
) -> list[DuePublication]:
    """What to capture now, newest first.

    Args:
        db: The archive.
        now: ISO 8601.
        young: Publications first captured before this are only captured again when discovery says
            they changed.
        since: Publications never captured are due when dated from this day on (`YYYY-MM-DD`), and
            whatever their date when a report that is held cites them.
    """
    rows = db.execute(
        f"""
        SELECT publications.url, CASE WHEN captures = 0 AND coalesce(published, substr(lastmod, 1,
          10)) >= :since THEN 'new'
                         WHEN captures = 0 THEN 'cited'
                         WHEN lastmod > last_captured_at THEN 'changed' ELSE 'due' END AS reason,
               reports.series, coalesce(reports.report_date, published) AS date
        FROM publications LEFT JOIN reports ON reports.id = publications.report_id
        WHERE (captures = 0
               AND (coalesce(published, substr(lastmod, 1, 10)) >= :since OR found_by = 'cited'
                    OR EXISTS (SELECT 1 FROM sources WHERE publication_key = key)
                    OR EXISTS (SELECT 1 FROM captures WHERE leads_to = key))
               AND key NOT IN (SELECT key FROM publication_aliases))
           OR {_AGAIN}
        ORDER BY coalesce(published, substr(lastmod, 1, 10), substr(first_captured_at, 1, 10)) DESC,
                 publications.url
        """,  # noqa: S608 - ours
        {"now": now, "young": young, "since": since},
    )
    return [DuePublication(*row) for row in rows.fetchall()]


def publications_waiting(db: sqlite_utils.Database, *, now: str, young: str) -> int:
    """How many of those captured before are to be captured again now; as above."""
    sql = f"SELECT count(*) FROM publications WHERE {_AGAIN}"  # noqa: S608 - ours
    (count,) = db.execute(sql, {"now": now, "young": young}).fetchone()
    return int(count)


def sources_pending(
    db: sqlite_utils.Database, *, now: str, limit: int, turns: int = ALL_TURNS
) -> list[PendingSource]:
    """Sources that nobody could capture yet and that are due, newest citations first, hosts taken
    in turn.

    The newest source of each host comes before the second newest of any, so that no slow host holds
    up the rest.

    Args:
        db: The archive.
        now: The moment.
        limit: At most so many; -1: all.
        turns: At most so many of each domain.
    """
    rows = db.execute(
        """
        SELECT cited_url, host, last_cited, captures FROM (
            SELECT cited_url, host, last_cited, captures, id,
                   row_number() OVER (PARTITION BY domain ORDER BY last_cited DESC, id) AS turn
            FROM (SELECT * FROM sources WHERE captures = 0 AND next_due_at <= :now
                  UNION ALL
                  SELECT * FROM sources WHERE captures > 0 AND captures < :tries AND next_due_at <=
                    :now
                      AND last_outcome IN (SELECT value FROM json_each(:passing)))
            WHERE id NOT IN (SELECT source_id FROM unread WHERE source_id IS NOT NULL))
        WHERE turn <= :turns
        ORDER BY turn, last_cited DESC, id LIMIT :limit
        """,
        {
            "now": now,
            "limit": limit,
            "turns": turns,
            "tries": SOURCE_TRIES,
            "passing": json.dumps(sorted(PASSING_IN_DAYS)),
        },
    )
    return [
        PendingSource(url, host, cited, captures) for url, host, cited, captures in rows.fetchall()
    ]


def files_pending(db: sqlite_utils.Database, *, limit: int) -> list[str]:
    """Figures and attachments of reports that we captured ourselves and that were never asked for,
    newest first.

    Those of imported copies are left alone: a decade of maps that may be long gone is for
    `recrawl --sql`.
    """
    rows = db.execute(
        """
        WITH files AS (
            SELECT url, version_id AS shown_in FROM figures WHERE waits = 1
            UNION ALL
            SELECT url, capture_id FROM attachments WHERE waits = 1)
        SELECT files.url FROM files JOIN captures AS page ON page.id = files.shown_in
        GROUP BY files.url ORDER BY max(page.captured_at) DESC, files.url LIMIT ?
        """,
        [limit],
    )
    return [row[0] for row in rows.fetchall()]
