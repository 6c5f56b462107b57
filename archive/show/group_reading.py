"""All that is cited of one account, or of one host: what, by whom, when, and what became of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archive.show import account_reading, speech_reading
from archive.show.laid_out import label_anchor
from archive.show.plain import WORST_FIRST
from archive.show.reading import Row, rows
from archive.show.withheld import reason

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

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

# Of the newest version of each report, so that an edited report counts once. The + has SQLite look
# whether a citation's version is one of them; it would try each of them with each source.
_CITING = """
SELECT versions.id, versions.report_date, versions.series, count(*) AS citations
FROM sources
CROSS JOIN citations ON citations.source_id = sources.id
CROSS JOIN versions ON versions.id = citations.version_id
WHERE {where} AND +citations.version_id IN (SELECT version_id FROM latest_versions)
GROUP BY versions.id
"""

_SENTENCES = """
SELECT DISTINCT markers.sentence, notes.label, versions.id AS version_id, versions.title,
       versions.report_date, publications.report_id AS report
FROM json_each(:versions) AS chosen
CROSS JOIN versions ON versions.id = chosen.value
CROSS JOIN citations ON citations.version_id = versions.id
CROSS JOIN sources ON sources.id = citations.source_id
JOIN publications ON publications.id = versions.publication_id
JOIN notes ON notes.id = citations.note_id
JOIN markers ON markers.note_id = notes.id
WHERE {where}
ORDER BY versions.report_date DESC, versions.id, markers.position LIMIT :most
"""


def account(connection: sqlite3.Connection, platform: str, name: str) -> Row | None:
    """What is cited of an account; None: nothing."""
    found = _group(connection, ACCOUNT, {"platform": platform, "account": name})
    return (
        None if found is None else {**found, "who": account_reading.who(connection, platform, name)}
    )


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
    citing = rows(connection, _CITING.format(where=where), values)
    newest = sorted(citing, key=lambda one: (one["report_date"] or "", one["id"]), reverse=True)
    shown = [
        one["id"]
        for one in newest[: 2 * MOST_SENTENCES]
        if reason(connection, "versions", one["id"]) is None
    ]
    asked = {**values, "versions": json.dumps(shown), "most": 4 * MOST_SENTENCES}
    sentences = rows(connection, _SENTENCES.format(where=where), asked)
    for one in citing:
        one["month"] = str(one["report_date"] or "no date")[:7]
    return {
        "fates": [(str(status), held[status]) for status in WORST_FIRST if status in held],
        "count": sum(held.values()),
        "sources": rows(connection, _SOURCES.format(where=where), {**values, "most": MOST_SOURCES}),
        "months": _summed(citing, "month", newest_first=True),
        "series": _summed(citing, "series", newest_first=False),
        "sentences": by_sentence(sentences)[:MOST_SENTENCES],
        "speech": speech_reading.of_sources(connection, where, values),
        "accounts": [],
        "who": [],
    }


def by_sentence(found: Sequence[Row]) -> list[Row]:
    """Each sentence of a version once, with the `notes` (label, anchor) that it refers to."""
    held: dict[tuple[int, str], Row] = {}
    for row in found:
        one = held.setdefault((row["version_id"], row["sentence"]), {**row, "notes": []})
        one["notes"].append({"label": row["label"], "anchor": label_anchor(row["label"])})
    return list(held.values())


def _summed(citing: list[Row], by: str, *, newest_first: bool) -> list[Row]:
    """Reports and citations for each month or series; series by how many."""
    found: dict[str, Row] = {}
    for row in citing:
        one = found.setdefault(row[by], {by: row[by], "reports": 0, "citations": 0})
        one["reports"] += 1
        one["citations"] += row["citations"]
    if newest_first:
        return sorted(found.values(), key=lambda one: str(one[by]), reverse=True)
    return sorted(found.values(), key=lambda one: (-one["citations"], one[by]))
