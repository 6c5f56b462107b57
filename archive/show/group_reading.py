"""All that is cited of one account, or of one host: what, by whom, when, and what became of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archive.db.as_of import seen_as_of
from archive.db.schema.counts import STATUSES
from archive.show import account_reading, group_events, rot, speech_reading
from archive.show.laid_out import label_anchor
from archive.show.latency import of_sources
from archive.show.plain import WORST_FIRST
from archive.show.reading import Row, rows
from archive.show.withheld import withheld_reason

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

MOST_SOURCES = 60
MOST_SENTENCES = 30
MOST_ACCOUNTS = 40
"""Rows of each list on the page; the tables have them all."""

MOST_READ = 500
"""Of what is cited of it, the newest cited, whose citing sentences are read: half of all sources
may be of one host."""
MOST_REPORTS = 300
"""The newest reports that cite it, whose sentences' way of speaking is counted."""
_COMMON = 50
"""One source in so many is of it: then the newest are found sooner among all than among its own."""

ACCOUNT = "sources.platform = :platform AND sources.account = :account"
HOST = "sources.host = :host"

_CITED = "report_count > 0"
_CITED_THEN = "first_cited_at IS NOT NULL"
"""As `_CITED`, of the past, where what is kept is counted anew."""
_STATUSES = """
SELECT status, count(*) AS count FROM sources WHERE {where} GROUP BY status
"""
_STATUSES_OF_HOST = f"""
SELECT {", ".join(f"sum({name})" for name in STATUSES)} FROM host_counts
WHERE host = :host AND cited = 1
"""  # noqa: S608 - names of ours
_ALL = "SELECT sum(sources) AS count FROM host_counts WHERE cited = 1"

# `> ''`, not `IS NOT NULL`: only then does SQLite take the index of an account's by time.
NEWEST = """
SELECT id FROM sources WHERE {where} AND first_cited_at > ''
ORDER BY first_cited_at DESC, id DESC LIMIT :most
"""
_SOURCES = """
SELECT id, url, status, captures, report_count, first_cited_at, last_cited FROM sources
WHERE {where} ORDER BY report_count DESC, last_cited DESC, id LIMIT :most
"""
# As of a day all but the order is worked out of those that are shown alone.
_SOURCES_THEN = _SOURCES.format(
    where="id IN (SELECT id FROM sources WHERE {where} "
    "ORDER BY report_count DESC, last_cited DESC, id LIMIT :most)"
)

_ACCOUNTS = """
SELECT platform, account, count(*) AS sources, sum(report_count) AS citations
FROM json_each(:chosen) AS chosen CROSS JOIN sources ON sources.id = chosen.value
WHERE account IS NOT NULL
GROUP BY platform, account ORDER BY citations DESC, account LIMIT :most
"""

# Of the newest version of each report, so that an edited report counts once: each version is looked
# at once, however many of the sources it cites.
_CITING = """
WITH citing AS (
    SELECT citations.version_id, count(*) AS citations
    FROM json_each(:chosen) AS chosen CROSS JOIN citations ON citations.source_id = chosen.value
    GROUP BY citations.version_id)
SELECT versions.id, versions.report_date, versions.series, citing.citations
FROM citing
CROSS JOIN versions ON versions.id = citing.version_id
CROSS JOIN publications ON publications.id = versions.publication_id
CROSS JOIN reports ON reports.id = publications.report_id AND reports.url = publications.url
WHERE versions.version = (
    SELECT v.version FROM versions AS v WHERE v.publication_id = publications.id
    ORDER BY v.complete DESC, v.version DESC LIMIT 1)
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


MOST_FOLLOWED = 20_000
"""Sources whose lives a page reads, in a tenth of a second; `/-/rot` has those of all hosts."""


def account(connection: sqlite3.Connection, platform: str, name: str) -> Row | None:
    """What is cited of an account; None: nothing."""
    found = _group(connection, ACCOUNT, {"platform": platform, "account": name}, name)
    if found is None:
        return None
    chosen = json.loads(found.pop("chosen"))
    latency = of_sources(connection, chosen, f"{platform}/{name}")
    return {**found, "latency": latency, "who": account_reading.who(connection, platform, name)}


def host(connection: sqlite3.Connection, name: str) -> Row | None:
    """What is cited of a host; None: nothing."""
    found = _group(connection, HOST, {"host": name}, name)
    if found is not None:
        asked = {"chosen": found.pop("chosen"), "most": MOST_ACCOUNTS}
        found["accounts"] = rows(connection, _ACCOUNTS, asked)
        found["latency"] = of_sources(connection, json.loads(asked["chosen"]), None)
    return found


def _group(
    connection: sqlite3.Connection, where: str, values: dict[str, Any], name: str
) -> Row | None:
    held = _by_status(connection, where, values)
    if not held:
        return None
    count = sum(held.values())
    common = seen_as_of(connection) is None and (
        count * _COMMON > (rows(connection, _ALL, [])[0]["count"] or 0)
    )
    many = where == HOST and common and count > MOST_READ  # an account's are in an index by time
    found = _cited(connection, where.replace("sources.", "+sources.") if many else where)
    newest_cited = rows(connection, NEWEST.format(where=found), {**values, "most": MOST_READ})
    chosen = json.dumps([one["id"] for one in newest_cited])
    shown = _SOURCES if seen_as_of(connection) is None else _SOURCES_THEN
    citing = rows(connection, _CITING, {"chosen": chosen})
    newest = sorted(citing, key=lambda one: (one["report_date"] or "", one["id"]), reverse=True)
    for one in citing:
        one["month"] = str(one["report_date"] or "no date")[:7]
    return {
        "fates": [(str(status), held[status]) for status in WORST_FIRST if status in held],
        "count": count,
        "read": MOST_READ if len(newest_cited) == MOST_READ < count else count,
        "sources": rows(connection, shown.format(where=found), {**values, "most": MOST_SOURCES}),
        "months": _summed(citing, "month", newest_first=True),
        "series": _summed(citing, "series", newest_first=False),
        "sentences": _sentences(connection, where, values, newest),
        "speech": speech_reading.of_sources(
            connection, [one["id"] for one in newest[:MOST_REPORTS]], chosen
        ),
        "reports": min(len(newest), MOST_REPORTS),
        "life": (
            rot.figures_of(connection, name, where, values) if count <= MOST_FOLLOWED else None
        ),
        "happened": group_events.happened(connection, chosen),
        "accounts": [],
        "who": [],
        "chosen": chosen,
    }


def _sentences(
    connection: sqlite3.Connection, where: str, values: dict[str, Any], newest: list[Row]
) -> list[Row]:
    """The newest sentences that cite them, of versions that are not withheld."""
    shown = [
        one["id"]
        for one in newest[: 2 * MOST_SENTENCES]
        if withheld_reason(connection, "versions", one["id"]) is None
    ]
    asked = {**values, "versions": json.dumps(shown), "most": 4 * MOST_SENTENCES}
    found = rows(connection, _SENTENCES.format(where=where), asked)
    return by_sentence(found)[:MOST_SENTENCES]


def _cited(connection: sqlite3.Connection, where: str) -> str:
    """The sources that are cited."""
    return f"{where} AND {_CITED if seen_as_of(connection) is None else _CITED_THEN}"


def _by_status(
    connection: sqlite3.Connection, where: str, values: dict[str, Any]
) -> dict[str, int]:
    """Sources by status."""
    if where == HOST and seen_as_of(connection) is None:
        [counts] = connection.execute(_STATUSES_OF_HOST, values).fetchall()
        return {status: count for status, count in zip(STATUSES, counts, strict=True) if count}
    found = rows(connection, _STATUSES.format(where=_cited(connection, where)), values)
    return {row["status"]: row["count"] for row in found}


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
