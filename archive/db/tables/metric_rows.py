"""Counts for alarms and metrics, read from the tables. Times are ISO 8601 UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.schema.operations import MISSING_LATELY

if TYPE_CHECKING:
    from datetime import datetime

    import sqlite_utils

_MISSING = f"""
SELECT series, day FROM ({MISSING_LATELY}) WHERE NOT holiday AND day >= :since AND day <= :until
ORDER BY series, day
"""  # noqa: S608 - names of ours

# A source that nobody has had a look at counts as late once its time is over.
_IN_TIME = """
SELECT coalesce(sum(first_captured_at IS NOT NULL
                    AND (julianday(first_captured_at) - julianday(first_cited_at)) * 24 <= :hours),
                      0), count(*)
FROM sources WHERE first_cited_at >= :since AND first_cited_at <= :until AND report_count > 0
"""

_UNREAD = """
SELECT count(failures.capture_id), count(*) FROM captures
LEFT JOIN failures ON failures.capture_id = captures.id
WHERE captures.captured_at >= ? AND captures.kind = 'report' AND +captures.outcome = 'ok'
  AND via <> 'import'
"""

# Of days, since that is how they are kept: the first day of a time counts whole.
_PLATFORMS = """
SELECT platform, sum(iif(day >= :week, good, 0)), sum(iif(day >= :week, captures, 0)),
       sum(iif(day < :week, good, 0)), sum(iif(day < :week, captures, 0))
FROM capture_days WHERE day >= :since AND via = 'live' AND platform <> ''
GROUP BY platform ORDER BY platform
"""

# A site without a platform of its own has its host's name for one.
_HOSTS = """
SELECT domain, sum(iif(day >= :week, good, 0)), sum(iif(day >= :week, captures, 0)) AS lately,
       sum(iif(day < :week, good, 0)), sum(iif(day < :week, captures, 0)) AS before
FROM capture_days WHERE day >= :since AND via = 'live' AND platform = 'web'
GROUP BY domain HAVING min(lately, before) >= :least ORDER BY domain
"""
_OF_DAY = "SELECT url, warc_length FROM captures WHERE captured_at >= ? AND via <> 'import'"


def missing_days(db: sqlite_utils.Database, since: str, until: str) -> list[tuple[str, str]]:
    """Series and days, both ends included, that should have a report and have none; holidays left
    out."""
    asked = {"since": since, "until": until}
    return [(series, day) for series, day in db.execute(_MISSING, asked).fetchall()]


def captured_in_time(
    db: sqlite_utils.Database, since: str, until: str, hours: float
) -> tuple[int, int]:
    """Of the sources first cited in a time, how many were captured within so many hours; and how
    many there are."""
    words = {"since": since, "until": until, "hours": hours}
    part, whole = db.execute(_IN_TIME, words).fetchone()
    return int(part), int(whole)


def unread_reports(db: sqlite_utils.Database, since: str) -> tuple[int, int]:
    """Captures of reports that could not be read, and all."""
    part, whole = db.execute(_UNREAD, [since]).fetchone()
    return int(part), int(whole)


def platforms(
    db: sqlite_utils.Database, since: str, week: str
) -> list[tuple[str, int, int, int, int]]:
    """By platform: captures since `week` that succeeded, and all; the same from `since` to
    `week`."""
    rows = db.execute(_PLATFORMS, {"since": since[:10], "week": week[:10]}).fetchall()
    return [(str(name), int(a), int(b), int(c), int(d)) for name, a, b, c, d in rows]


def hosts(
    db: sqlite_utils.Database, since: str, week: str, least: int
) -> list[tuple[str, int, int, int, int]]:
    """As `platforms`, by registered domain of what is on no platform, where both times have `least`
    captures."""
    asked = {"since": since[:10], "week": week[:10], "least": least}
    rows = db.execute(_HOSTS, asked).fetchall()
    return [(str(name), int(a), int(b), int(c), int(d)) for name, a, b, c, d in rows]


def last_done(db: sqlite_utils.Database, planned_as: str) -> str | None:
    """When the newest run of a rhythm that came to its end ended."""
    sql = (
        "SELECT max(finished_at) FROM runs WHERE planned_as = ? AND outcome IN ('done', 'problems')"
    )
    found = db.execute(sql, [planned_as]).fetchone()[0]
    return None if found is None else str(found)


def bytes_by_url(
    db: sqlite_utils.Database, now: datetime, kind: str | None = None
) -> list[tuple[str, int]]:
    """URL and bytes of the record of each of our own captures of this day (UTC), of one kind or of
    all."""
    rows = db.execute(f"{_OF_DAY} AND kind = coalesce(?, kind)", [f"{now:%Y-%m-%d}", kind])
    return [(str(url), int(size)) for url, size in rows.fetchall()]


def captures_held(db: sqlite_utils.Database) -> int:
    """How many captures there are, whatever the version of the tables."""
    return int(db.execute("SELECT count(*) FROM captures").fetchone()[0])
