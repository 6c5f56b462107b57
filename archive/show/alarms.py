"""What needs a person although no run failed: numbers show what quietly broke."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlite_utils

RECENT = 15
"""Reports of a series looked at: two weeks of a daily one."""

ENOUGH = 5
"""Fewer say nothing about what is usual."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a series' counts of notes, and of addresses in them, may be, as parts of the usual: the
    median of the reports before.

    Attributes:
        one: A report with less is an alarm.
        two: Two in a row with less are one.
        most: A report with more is one.
    """

    one: float = 0.1
    two: float = 0.4
    most: float = 5.0


USUAL = Bounds()
"""A Sunday's special edition may have 0.12 of the usual (October 16, 2022), but among 314 real
reports no two in a row fell below 0.58, and none had more than 2.2 times the usual
(`tests/archive/test_alarms.py` holds the bounds); weeklies of few notes differ more."""

BOUNDS: Mapping[str, Bounds] = {}
"""Series whose reports differ more, or less, among themselves."""

_SERIES = "SELECT DISTINCT series FROM reports ORDER BY series"
_NOTES = """
SELECT report,
    (SELECT count(*) FROM notes WHERE notes.version_id = newest.version_id) AS notes,
    (SELECT count(*) FROM notes JOIN citations ON citations.note_id = notes.id
     WHERE notes.version_id = newest.version_id) AS urls
FROM (
    SELECT report, version_id, report_date FROM latest_versions
    WHERE series = ? AND complete = 1 AND report_date IS NOT NULL
    ORDER BY report_date DESC, report LIMIT ?) AS newest
ORDER BY report_date DESC, report
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
    SELECT run, warc_file FROM captures WHERE captured_at > :tomorrow AND via <> 'import')
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
    """The series whose newest reports have far fewer, or far more, notes or addresses than usual, a
    sentence each."""
    found = []
    for (name,) in db.execute(_SERIES).fetchall():
        rows = db.execute(_NOTES, [name, RECENT]).fetchall()
        found.append(_of_series(rows, BOUNDS.get(name, USUAL)))
    return [text for text in found if text]


def _of_series(rows: Sequence[tuple[str, int, int]], bounds: Bounds) -> str | None:
    notes = [(report, count) for report, count, _ in rows]
    urls = [(report, count) for report, _, count in rows]
    return unusual(notes, bounds) or unusual(urls, bounds, "addresses in notes")


def unusual(
    rows: Sequence[tuple[str, int]], bounds: Bounds = USUAL, what: str = "notes"
) -> str | None:
    """What to say of one series, or None.

    Args:
        rows: Reports and how many they have, newest first.
        bounds: Of the series.
        what: Is counted.
    """
    if len(rows) <= ENOUGH:
        return None
    (newest, count), (_, before) = rows[:2]
    usual = median(number for _, number in rows[1:])
    is_low = count < bounds.one * usual or max(count, before) < bounds.two * usual
    if not is_low and not 0 < bounds.most * usual < count:
        return None
    return f"{newest}: {count} {what}, where {usual:.0f} are usual; has the page's layout changed?"
