"""What alarms and metrics rest on, counted in the database. Times are ISO 8601 UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    import sqlite_utils

_MISSING = """
SELECT series, day FROM missing_days WHERE NOT holiday AND day >= ? AND day <= ? ORDER BY series,
    day
"""

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
WHERE captures.kind = 'report' AND captures.outcome = 'ok' AND captures.captured_at >= ? AND via <>
    'import'
"""

_PLATFORMS = """
SELECT platform,
       sum(captured_at >= :week AND outcome IN ('ok', 'not-modified')), sum(captured_at >= :week),
       sum(captured_at < :week AND outcome IN ('ok', 'not-modified')), sum(captured_at < :week)
FROM captures JOIN sources ON sources.id = captures.source_id
WHERE captured_at >= :since AND via = 'live' GROUP BY platform ORDER BY platform
"""

# A site without a platform of its own has its host's name for one.
_HOSTS = """
SELECT domain,
       sum(captured_at >= :week AND outcome IN ('ok', 'not-modified')), sum(captured_at >= :week),
       sum(captured_at < :week AND outcome IN ('ok', 'not-modified')), sum(captured_at < :week)
FROM captures JOIN sources ON sources.id = captures.source_id
WHERE captured_at >= :since AND via = 'live' AND platform = 'web' GROUP BY domain
HAVING min(sum(captured_at >= :week), sum(captured_at < :week)) >= :least ORDER BY domain
"""


def missing_days(db: sqlite_utils.Database, since: str, until: str) -> list[tuple[str, str]]:
    """Series and days, both ends included, that should have a report and have none; holidays left
    out."""
    return [(series, day) for series, day in db.execute(_MISSING, [since, until]).fetchall()]


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
    rows = db.execute(_PLATFORMS, {"since": since, "week": week}).fetchall()
    return [(str(name), int(a), int(b), int(c), int(d)) for name, a, b, c, d in rows]


def hosts(
    db: sqlite_utils.Database, since: str, week: str, least: int
) -> list[tuple[str, int, int, int, int]]:
    """The same by registered domain of what is on no platform, where both times have `least`
    captures."""
    rows = db.execute(_HOSTS, {"since": since, "week": week, "least": least}).fetchall()
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
    sql = (
        "SELECT url, warc_length FROM captures WHERE captured_at >= ? AND via <> 'import' "
        "AND kind = coalesce(?, kind)"
    )
    found = db.execute(sql, [f"{now:%Y-%m-%d}", kind]).fetchall()
    return [(str(url), int(size)) for url, size in found]


def captures_held(db: sqlite_utils.Database) -> int:
    """How many captures there are, whatever the version of the tables."""
    return int(db.execute("SELECT count(*) FROM captures").fetchone()[0])
