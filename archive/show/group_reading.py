"""All that is cited of one account, or of one host: what, by whom, when, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.show import speech_reading
from archive.show.laid_out import label_anchor
from archive.show.plain import WORST_FIRST
from archive.show.reading import Row, rows
from archive.show.withheld import reason

if TYPE_CHECKING:
    import sqlite3

MOST_SOURCES = 60
MOST_SENTENCES = 30
MOST_ACCOUNTS = 40
"""Rows of each list on the page; the tables have them all."""

ACCOUNT = "sources.platform = :platform AND sources.account = :account"
HOST = "sources.host = :host"

_STATUSES = "SELECT status, count(*) AS count FROM sources WHERE {where} GROUP BY status"

_SOURCES = """
SELECT id, url, status, captures, report_count, first_cited_at, last_cited FROM sources
WHERE {where} ORDER BY report_count DESC, last_cited DESC, id LIMIT :most
"""

_ACCOUNTS = """
SELECT platform, account, count(*) AS sources, sum(report_count) AS citations
FROM sources WHERE {where} AND account IS NOT NULL
GROUP BY platform, account ORDER BY citations DESC, account LIMIT :most
"""

# Of the newest version of each report, so that an edited report counts once.
_BY_MONTH = """
SELECT coalesce(substr(versions.report_date, 1, 7), 'no date') AS month, versions.series,
       count(DISTINCT versions.report_id) AS reports, count(*) AS citations
FROM sources
JOIN citations ON citations.source_id = sources.id
JOIN versions ON versions.id = citations.version_id
WHERE {where} AND versions.id IN (SELECT version_id FROM latest_versions)
GROUP BY month, versions.series
"""

_SENTENCES = """
SELECT DISTINCT markers.sentence, notes.label, versions.id AS version_id, versions.title,
       versions.report_date, publications.report_id AS report
FROM sources
JOIN citations ON citations.source_id = sources.id
JOIN versions ON versions.id = citations.version_id
JOIN publications ON publications.id = versions.publication_id
JOIN notes ON notes.id = citations.note_id
JOIN markers ON markers.note_id = notes.id
WHERE {where} AND versions.id IN (SELECT version_id FROM latest_versions)
ORDER BY versions.report_date DESC, versions.id, markers.position LIMIT :most
"""


def account(connection: sqlite3.Connection, platform: str, name: str) -> Row | None:
    """What is cited of an account; None: nothing."""
    return _group(connection, ACCOUNT, {"platform": platform, "account": name})


def host(connection: sqlite3.Connection, name: str) -> Row | None:
    """What is cited of a host; None: nothing."""
    found = _group(connection, HOST, {"host": name})
    if found is not None:
        asked = {"host": name, "most": MOST_ACCOUNTS}
        found["accounts"] = rows(connection, _ACCOUNTS.format(where=HOST), asked)
    return found


def _group(connection: sqlite3.Connection, where: str, values: dict[str, Any]) -> Row | None:
    held = {
        row["status"]: row["count"]
        for row in rows(connection, _STATUSES.format(where=where), values)
    }
    if not held:
        return None
    sentences = rows(connection, _SENTENCES.format(where=where), {**values, "most": MOST_SENTENCES})
    sentences = [
        one for one in sentences if reason(connection, "versions", one["version_id"]) is None
    ]
    for one in sentences:
        one["anchor"] = label_anchor(one["label"])
    counted = rows(connection, _BY_MONTH.format(where=where), values)
    return {
        "fates": [(str(status), held[status]) for status in WORST_FIRST if status in held],
        "count": sum(held.values()),
        "sources": rows(connection, _SOURCES.format(where=where), {**values, "most": MOST_SOURCES}),
        "months": _summed(counted, "month", newest_first=True),
        "series": _summed(counted, "series", newest_first=False),
        "sentences": sentences,
        "speech": speech_reading.of_sources(connection, where, values),
        "accounts": [],
    }


def _summed(counted: list[Row], by: str, *, newest_first: bool) -> list[Row]:
    """Reports and citations for each month or series; series by how many."""
    found: dict[str, Row] = {}
    for row in counted:
        one = found.setdefault(row[by], {by: row[by], "reports": 0, "citations": 0})
        one["reports"] += row["reports"]
        one["citations"] += row["citations"]
    if newest_first:
        return sorted(found.values(), key=lambda one: str(one[by]), reverse=True)
    return sorted(found.values(), key=lambda one: (-one["citations"], one[by]))
