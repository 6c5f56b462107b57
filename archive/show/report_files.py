"""Pictures of a report and files beside it, each with the capture that holds it: for the export and
for the pages alike."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from archive.show.reading import Row, first_row, rows

if TYPE_CHECKING:
    import sqlite3

# The newest capture that got the file or heard that it is as it was: a 304 stands for the body it
# refers to. The + keeps SQLite from going through all good captures there are
# (captures_by_outcome), which takes seconds in a large archive.
_CAPTURE = """
(SELECT max(id) FROM captures
 WHERE captures.url = {table}.url AND +outcome IN ('ok', 'not-modified'))
"""

# What a picture is says the answer that brought it; a 304 need not say it again.
_FIGURES = f"""
WITH shown AS (
    SELECT url, caption, position, {_CAPTURE.format(table="figures")} AS capture_id
    FROM figures WHERE version_id = ?)
SELECT shown.url, shown.caption, shown.capture_id, holding.content_type
FROM shown
LEFT JOIN captures ON captures.id = shown.capture_id
LEFT JOIN captures AS holding
    ON holding.record_id = coalesce(captures.revisit_of, captures.record_id)
ORDER BY shown.position
"""  # noqa: S608 - our words

_ATTACHMENTS = f"""
SELECT url, title, {_CAPTURE.format(table="attachments")} AS capture_id
FROM attachments WHERE capture_id = (
    SELECT captures.id FROM captures
    JOIN versions ON versions.publication_id = captures.publication_id
    WHERE versions.id = ? AND captures.captured_at <= versions.last_captured_at
          AND captures.id IN (SELECT capture_id FROM attachments)
    ORDER BY captures.captured_at DESC, captures.id DESC LIMIT 1)
ORDER BY position
"""  # noqa: S608 - our words


def figures(connection: sqlite3.Connection, version_id: int) -> list[Row]:
    """A version's pictures in order, as `url`, `caption`, `capture_id` (None: not held) and
    `content_type`."""
    return rows(connection, _FIGURES, [version_id])


MOST_DAYS_BEFORE = 4
"""Between two maps that are compared: over a long weekend none comes out."""

# Of the publication that its page shows, the version that describes it.
_BEFORE = """
SELECT reports.id AS report, reports.report_date, versions.id AS version_id
FROM reports
JOIN publications ON publications.report_id = reports.id AND publications.url = reports.url
JOIN versions ON versions.publication_id = publications.id
WHERE reports.series = :series AND reports.report_date < :day
  AND reports.report_date >= date(:day, :least)
ORDER BY reports.report_date DESC, reports.id DESC, versions.complete DESC, versions.version DESC
LIMIT 1
"""
_OF_DAYS = re.compile(
    r"\d+|\b(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|am|pm|a\.m\.|p\.m\.|et|est|edt|as of)\b",
    re.IGNORECASE,
)


def with_before(connection: sqlite3.Connection, found: list[Row], series: str, day: str) -> None:
    """Let each picture have `before`: that of the report before in its series which is captioned
    alike but for days and numbers; None where none is, or several are.

    Args:
        connection: To the archive.
        found: From `figures`.
        series: Of the report.
        day: Its date.
    """
    asked = {"series": series, "day": day, "least": f"-{MOST_DAYS_BEFORE} days"}
    earlier = first_row(connection, _BEFORE, asked)
    others = figures(connection, earlier["version_id"]) if earlier else []
    of_name = {figure_name(one): one for one in others if one["capture_id"]}
    counts = Counter(figure_name(one) for those in (found, others) for one in those)
    for one in found:
        other = of_name.get(figure_name(one))
        is_sure = bool(figure_name(one)) and counts[figure_name(one)] == 2
        same = is_sure and other and one["capture_id"] and other["url"] != one["url"]
        one["before"] = {**earlier, **other} if same and earlier and other else None


def figure_name(figure: Row) -> str:
    """A caption, or else the file's name, without what changes from day to day."""
    if figure["caption"]:
        return " ".join(re.findall(r"\w+", _OF_DAYS.sub(" ", figure["caption"]).lower()))
    stem = (figure["url"] or "").rpartition("/")[2].partition("?")[0].rpartition(".")[0]
    parts = re.sub(r"[\W\d_]+|(?<=[a-z])(?=[A-Z])", " ", unquote(stem))
    return " ".join(_OF_DAYS.sub(" ", parts).lower().split())


def attachments(connection: sqlite3.Connection, version_id: int) -> list[Row]:
    """Files beside a report, as `url`, `title` and `capture_id` (None: not held).

    They are those of the newest capture of this version's publication: the PDF beside a report
    comes and goes without an edit.
    """
    return rows(connection, _ATTACHMENTS, [version_id])
