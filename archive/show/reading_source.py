"""What the page of a source shows: all that is known of it, and everything that rests on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.model.rot import Reading
from archive.show import (
    browser_reading,
    evidence,
    geo_reading,
    media_reading,
    observers,
    related_reading,
    sightings,
    support_reading,
)
from archive.show.reading import Row, first_row, rows
from archive.show.text_diff import marked

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

MOST_TRIES = 200
MOST_CITING = 300
MOST_SAME = 50
"""Rows of each list on the page; datasette's tables show them all."""
_SAME_FINDING = ("outcome", "http_status", "via", "told", "led_to", "drift_told")
"""What two tries must have in common for the second to say nothing new."""
MOST_SENTENCES = 3_000
"""Compared of each text: a book of 60,000 words."""

_SOURCE = """
SELECT sources.*, mementos.url AS memento_url, mementos.memento_at, mementos.outcome AS
    memento_outcome,
       mementos.checked_at AS memento_asked_at, mementos.capture_id AS memento_capture_id
FROM sources LEFT JOIN mementos ON mementos.source_id = sources.id WHERE sources.id = ?
"""
_TRIES = """
SELECT id, url, captured_at, outcome, http_status, final_url, via, reason, evidence, text_id, drift,
    drift_from,
       iif(drift IS NULL, NULL, coalesce(json_extract(drift_detail, '$.distance'), 0.0))
         AS distance, json_extract(drift_detail, '$.corrections') AS corrections
FROM captures WHERE source_id = ? ORDER BY captured_at DESC, id DESC LIMIT ?
"""
_FIRST_GOOD = """
SELECT id, captured_at, via FROM captures WHERE source_id = ? AND +outcome = 'ok'
ORDER BY via = 'wayback', captured_at, id LIMIT 1
"""
_VERDICTS = "SELECT * FROM verdicts WHERE source_id = ? ORDER BY decided_at DESC, capture_id DESC"
_EVENTS = "SELECT at, kind, detail, capture_id FROM events WHERE source_id = ? ORDER BY at DESC, id"

# Of each publication the newest version that cites it; a note says so where newer versions no
# longer do. Versions are numbered in the order of their time: of a source that thousands of reports
# cite (a map, a home page) the newest citations are read, and no more.
_CITING = """
WITH cited AS (
    SELECT DISTINCT version_id FROM citations WHERE source_id = :source
    ORDER BY version_id DESC LIMIT :most),
citing AS (
    SELECT versions.publication_id, max(versions.version) AS version
    FROM cited CROSS JOIN versions ON versions.id = cited.version_id
    GROUP BY versions.publication_id)
SELECT publications.report_id AS report, versions.title, versions.report_date, versions.id AS
    version_id, versions.version,
       versions.version = (SELECT max(version) FROM versions AS v WHERE v.publication_id =
         publications.id) AS newest,
       notes.label, notes.position, markers.sentence, markers.section, citations.url AS cited_url,
         citations.as_printed,
       publications.url AS publication_url
FROM citing
JOIN versions ON versions.publication_id = citing.publication_id AND versions.version =
    citing.version
JOIN publications ON publications.id = citing.publication_id
JOIN citations ON citations.version_id = versions.id AND citations.source_id = :source
JOIN notes ON notes.id = citations.note_id
LEFT JOIN markers ON markers.note_id = notes.id
ORDER BY versions.report_date DESC, publications.report_id, publications.url, notes.position,
    markers.position
LIMIT :most
"""

# As the view `same_texts`, of one source; the view would make every pair first.
_SAME = """
WITH mine AS (SELECT text_id, same FROM source_texts WHERE source_id = :source),
usual AS (
    SELECT text_id, same FROM mine
    WHERE (SELECT count(DISTINCT s.source_id) FROM source_texts AS s WHERE s.same = mine.same) <=
      100),
found AS (
    SELECT others.source_id, 1.0 AS resemblance
    FROM usual JOIN source_texts AS others ON others.same = usual.same
    UNION ALL
    SELECT others.source_id, near_texts.resemblance
    FROM usual
    JOIN near_texts ON near_texts.text_id = usual.text_id
    JOIN source_texts AS others ON others.text_id = near_texts.other_id
    UNION ALL
    SELECT others.source_id, near_texts.resemblance
    FROM usual
    JOIN near_texts ON near_texts.other_id = usual.text_id
    JOIN source_texts AS others ON others.text_id = near_texts.text_id)
SELECT sources.id, sources.url, sources.platform, sources.status, max(found.resemblance) AS
    resemblance
FROM found CROSS JOIN sources ON sources.id = found.source_id
WHERE found.source_id != :source
GROUP BY found.source_id ORDER BY resemblance DESC, sources.url LIMIT :most
"""


def source(connection: sqlite3.Connection, source_id: int, compared: int | None) -> Row | None:
    """A source with its history; None: there is none of this number.

    Args:
        connection: To the archive.
        source_id: Its number.
        compared: The capture whose text to hold against the first good one; None: the newest that
            has another.
    """
    row = first_row(connection, _SOURCE, [source_id])
    if row is None:
        return None
    tries = [_tried(one) for one in rows(connection, _TRIES, [source_id, MOST_TRIES])]
    good = _first_good(connection, source_id)
    verdicts = [_judged(one) for one in rows(connection, _VERDICTS, [source_id])]
    events = rows(connection, _EVENTS, [source_id])
    for event in events:
        event["told"] = evidence.event_told(event["kind"], json.loads(event["detail"]))
    citing = _citing(connection, source_id)
    return {
        "row": row,
        "says": evidence.STATUSES.get(row["status"], ""),
        "decisive": evidence.decisive_verdict(verdicts),
        "verdicts": verdicts,
        "tries": tries,
        "runs": folded(tries, good["id"] if good else None),
        "more_tries": len(tries) == MOST_TRIES,
        "first_good": good,
        "events": events,
        "citing": citing,
        "older": sightings.of_source(connection, source_id, citing),
        "same": rows(connection, _SAME, {"source": source_id, "most": MOST_SAME}),
        "change": _change(connection, tries, compared),
        "observers": observers.of_source(connection, source_id),
        "circular": support_reading.circular_of(connection, source_id),
        "browser": browser_reading.of_source(connection, source_id),
        "media": media_reading.of_source(connection, source_id),
        "related": related_reading.of_source(connection, source_id),
        "places": geo_reading.places_of(connection, [source_id]).get(source_id, []),
    }


def folded(tries: Sequence[Row], first_good: int | None) -> list[Row]:
    """Tries in runs that found the same, each with `head`, its newest, and `same`, the others.

    Args:
        tries: The newest first.
        first_good: The try that others are compared with; it stands by itself.
    """
    runs: list[Row] = []
    for one in tries:
        found = (*(one[name] for name in _SAME_FINDING), one["id"] == first_good)
        if runs and runs[-1]["found"] == found:
            runs[-1]["same"].append(one)
        else:
            runs.append({"found": found, "head": one, "same": []})
    return runs


def _tried(row: Row) -> Row:
    said = json.loads(row["evidence"])
    marker = str(said.get("marker") or "")
    led = row["final_url"] if row["final_url"] != row["url"] else None
    drift = evidence.drift_told(row["drift"], row["distance"]) if row["drift"] else None
    return {
        **row,
        "told": evidence.outcome_told(
            row["outcome"],
            None,
            None if marker.isdecimal() else marker,  # the HTTP status has its own place
        ),
        "rule": said.get("rule"),
        "led_to": led,
        "drift_told": drift,
        "corrections": json.loads(row["corrections"] or "[]"),
    }


def _judged(row: Row) -> Row:
    found = json.loads(row["evidence"])
    return {
        **row,
        "because": found.get("because", row["rule"]),
        "strikes": evidence.strikes(found),
        "facts": evidence.facts(found),
        "drift_told": evidence.drift_told(row["drift"]) if row["drift"] else None,
    }


def _first_good(connection: sqlite3.Connection, source_id: int) -> Row | None:
    """The earliest good copy, our own before another archive's; as to the +, see `reading`."""
    return first_row(connection, _FIRST_GOOD, [source_id])


def _citing(connection: sqlite3.Connection, source_id: int) -> list[Row]:
    """Reports that cite it, each with its notes and sentences."""
    reports: dict[tuple[str, str], Row] = {}
    for row in rows(connection, _CITING, {"source": source_id, "most": MOST_CITING}):
        key = (str(row["report"]), row["publication_url"])
        held = reports.setdefault(key, {**row, "notes": {}})
        note = held["notes"].setdefault(row["position"], {**row, "sentences": []})
        if row["sentence"] and row["sentence"] not in note["sentences"]:
            note["sentences"].append(row["sentence"])
    return [{**one, "notes": list(one["notes"].values())} for one in reports.values()]


def _change(connection: sqlite3.Connection, tries: list[Row], compared: int | None) -> Row | None:
    """The difference between the first good capture's text and another's.

    None where there is nothing to compare.
    """
    able = [one for one in tries if one["drift_from"] is not None and one["text_id"] is not None]
    if compared is None:
        chosen = next((one for one in able if one["text_id"] != one["drift_from"]), None)
    else:
        chosen = next((one for one in able if one["id"] == compared), None)
    if chosen is None:
        return None
    before = _reading(connection, chosen["drift_from"])
    now = _reading(connection, chosen["text_id"])
    if before is None or now is None:
        return None
    lines, cut = marked(before, now, MOST_SENTENCES)
    return {"capture": chosen, "lines": lines, "cut": cut, "before": before, "now": now}


def _reading(connection: sqlite3.Connection, text_id: int) -> Reading | None:
    row = first_row(
        connection, "SELECT text, title, published, language FROM texts WHERE id = ?", [text_id]
    )
    return Reading(**row) if row else None
