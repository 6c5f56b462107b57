"""What needs a person although no run failed: numbers show what quietly broke."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlite_utils

RECENT = 15
"""Reports of a series looked at: two weeks of a daily one."""

ENOUGH = 5
"""Fewer say nothing about what is usual."""

ONE_DROP, TWO_DROPS = 0.1, 0.4
"""A report with fewer notes than the first part of the usual is an alarm, and so are two in a row
below the second: a Sunday's special edition may have 0.12 of the usual (October 16, 2022), but
among 337 real reports no two in a row fell below 0.4
(`tests/archive/test_alarms.py` holds that)."""

_NOTES = """
SELECT series, report, notes FROM (
    SELECT latest_versions.series, latest_versions.report,
           (SELECT count(*) FROM notes WHERE notes.version_id = latest_versions.version_id) AS
             notes,
           row_number() OVER (PARTITION BY latest_versions.series ORDER BY report_date DESC, report
             DESC) AS place
    FROM latest_versions WHERE complete = 1 AND report_date IS NOT NULL)
WHERE place <= ? ORDER BY series, place
"""


# A wrong clock of ours: every server that said its time, of two hosts or more, was a day apart or
# further; or the times are before the web or to come. Whatever could be one is found by an index,
# and a run's file with one server that agreed is left after a look at that one.
_CLOCKS = """
WITH odd AS (
    SELECT run, warc_file FROM captures AS one
    WHERE via <> 'import' AND (abs(clock_skew_s) > 86400 OR captured_at < '1991-08-06')
      AND (captured_at < '1991-08-06' OR NOT EXISTS (
        SELECT 1 FROM captures WHERE captures.warc_file = one.warc_file AND captures.run IS one.run
            AND captures.via <> 'import' AND abs(captures.clock_skew_s) <= 86400))
    UNION
    SELECT captures.run, captures.warc_file FROM (SELECT DISTINCT outcome FROM capture_counts) AS
      told
    JOIN captures ON captures.outcome = told.outcome AND captures.captured_at > :tomorrow
    WHERE via <> 'import')
SELECT captures.run, count(*), min(captured_at), max(captured_at)
FROM odd CROSS JOIN captures ON captures.warc_file = odd.warc_file AND captures.run IS odd.run
WHERE via <> 'import'
GROUP BY captures.run, captures.warc_file
HAVING max(captured_at) > :tomorrow OR min(captured_at) < '1991-08-06'
    OR (min(abs(clock_skew_s)) > 86400
        AND count(DISTINCT substr(url, 1, instr(substr(url, 9), '/') + 8)) FILTER (WHERE
          clock_skew_s IS NOT NULL) > 1)
ORDER BY min(captured_at)
"""


def wrong_clocks(db: sqlite_utils.Database, tomorrow: str) -> list[str]:
    """Runs that kept captures under a clock that every server contradicted, a sentence each.

    Args:
        db: The archive.
        tomorrow: ISO 8601; a clock may be ahead by less than a day.
    """
    rows = db.execute(_CLOCKS, {"tomorrow": tomorrow}).fetchall()
    return [
        f"run {run}: {count} captures are dated {first} to {last} by a clock that was wrong; see "
        "that it is right now, then run isw-archive rebuild: where two hosts or more told the "
        "same other time, they get that one"
        for run, count, first, last in rows
    ]


def sudden_drops(db: sqlite_utils.Database) -> list[str]:
    """The series whose newest reports have far fewer notes than usual, a sentence each."""
    by_series: dict[str, list[tuple[str, int]]] = {}
    for series, report, notes in db.execute(_NOTES, [RECENT]).fetchall():
        by_series.setdefault(series, []).append((report, notes))
    return [text for rows in by_series.values() if (text := dropped(rows))]


def dropped(rows: Sequence[tuple[str, int]]) -> str | None:
    """What to say of one series, or None.

    Args:
        rows: Reports and how many notes they have, newest first.
    """
    if len(rows) <= ENOUGH:
        return None
    (newest, count), (_, before) = rows[:2]
    usual = median(notes for _, notes in rows[1:])
    if count >= ONE_DROP * usual and max(count, before) >= TWO_DROPS * usual:
        return None
    return f"{newest}: {count} notes, where {usual:.0f} are usual; has the page's layout changed?"
