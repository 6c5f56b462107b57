"""What the pages of runs and alarms show, and what the start page has of the last days."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

from archive.db.schema.operations import MISSING_LATELY
from archive.model.times import parse_time
from archive.show.evidence import EVENTS, OUTCOMES
from archive.show.reading import Row, first_row, rows
from archive.show.withheld import withheld_reason
from archive.writable import writable

if TYPE_CHECKING:
    import sqlite3

PAGE = 50
"""Runs and changes of alarms on a page."""
NEWEST = 6
"""Of each kind of news on the start page."""
LATELY_DAYS = 14
"""Days back from today in which a missing report is news."""
_LOOKED_AT = 400
"""Newest events that news are taken from."""

_RUNS = "SELECT * FROM runs ORDER BY started_at DESC, id DESC LIMIT ? OFFSET ?"
_RAISED = """
SELECT alarm, at, text, remedy, noticed_at,
       (SELECT max(at) FROM alarms AS r WHERE r.alarm = alarms.alarm AND r.state = 'recovered')
         AS well_until
FROM alarms
WHERE id IN (SELECT max(id) FROM alarms GROUP BY alarm) AND state = 'raised' ORDER BY at DESC, id
"""
_CHANGES = "SELECT alarm, state, at, text, remedy FROM alarms ORDER BY id DESC LIMIT ? OFFSET ?"
_STEPS = """
SELECT site, step, ok, found, tried_at, last_ok_at, detail FROM discovery_steps ORDER BY site, step
"""
_MISSING = f"""
SELECT series, day FROM ({MISSING_LATELY}) WHERE NOT holiday AND day >= :since AND day < :today
ORDER BY day DESC, series
"""  # noqa: S608 - names of ours

_GONE = ("died", "removed", "media-removed", "drifted", "moved", "came-back")
_NEWS = f"""
SELECT * FROM (SELECT * FROM events ORDER BY at DESC, id LIMIT {_LOOKED_AT}) AS events
WHERE kind IN ({{kinds}}) ORDER BY at DESC, id LIMIT ?
"""  # noqa: S608 - our words
_SOURCE = "SELECT id, url, report_count FROM sources WHERE id = ?"
_TITLE = "SELECT title FROM reports WHERE id = ?"


def runs(connection: sqlite3.Connection, page: int) -> tuple[list[Row], bool]:
    """The runs of a page, the newest first, and whether there are older ones."""
    found = rows(connection, _RUNS, [PAGE + 1, (page - 1) * PAGE])
    return [_run(row) for row in found[:PAGE]], len(found) > PAGE


def run(connection: sqlite3.Connection, name: str) -> Row | None:
    """One run with what it captured; None: there is none of this name."""
    row = first_row(connection, "SELECT * FROM runs WHERE id = ?", [name])
    if row is None:
        return None
    # JSON may hold what no page can
    given = json.loads(writable(json.dumps(json.loads(row["arguments"]), ensure_ascii=False)))
    asked = {key: value for key, value in given.items() if value is not None}
    found = _run(row)
    return {**found, "asked": asked, "captured": _captured(found["counts"])}


def _captured(counts: dict[str, int]) -> list[Row]:
    """What a run fetched, by kind and by how it ended; counted names are both words."""
    parted = [(*name.rpartition(" ")[::2], number) for name, number in counts.items()]
    return [
        {"kind": kind, "outcome": outcome, "captures": number}
        for kind, outcome, number in sorted(parted, key=lambda one: (one[0], -one[2], one[1]))
    ]


def _run(row: Row) -> Row:
    counts: dict[str, int] = json.loads(row["counts"])
    good = sum(
        number for name, number in counts.items() if name.split()[-1] in {"ok", "not-modified"}
    )
    return {
        **row,
        "counts": counts,
        "made": sum(counts.values()),
        "good": good,
        "minutes": _minutes(row["started_at"], row["finished_at"]),
    }


def _minutes(start: str, end: str | None) -> float | None:
    if end is None:
        return None
    return (parse_time(end) - parse_time(start)).total_seconds() / 60


def alarms(connection: sqlite3.Connection, page: int, today: date) -> Row:
    """What is wrong now, and each change of it, the newest first."""
    changes = rows(connection, _CHANGES, [PAGE + 1, (page - 1) * PAGE])
    return {
        "raised": rows(connection, _RAISED, []),
        "changes": changes[:PAGE],
        "more": len(changes) > PAGE,
        "steps": rows(connection, _STEPS, []),
        "missing": missing(connection, today),
    }


def missing(connection: sqlite3.Connection, today: date) -> list[Row]:
    """Days of the last fortnight on which a series, by its rhythm, should have had a report."""
    since = today - timedelta(days=LATELY_DAYS)
    return rows(connection, _MISSING, {"since": since.isoformat(), "today": today.isoformat()})


def news(connection: sqlite3.Connection, today: date) -> Row:
    """What died, what was edited, and what is missing, of the last events."""
    return {
        "changed": [_of_source(connection, one) for one in _newest(connection, _GONE)],
        "edited": [_of_report(connection, one) for one in _newest(connection, ("report-edited",))
                   if withheld_reason(connection, "captures", one["capture_id"]) is None],
        "missing": missing(connection, today),
    }  # fmt: skip


def _newest(connection: sqlite3.Connection, kinds: tuple[str, ...]) -> list[Row]:
    sql = _NEWS.format(kinds=", ".join("?" for _ in kinds))
    return rows(connection, sql, [*kinds, NEWEST])


def _of_source(connection: sqlite3.Connection, event: Row) -> Row:
    row = first_row(connection, _SOURCE, [event["source_id"]]) or {}
    return {
        **event,
        **{name: row.get(name) for name in ("url", "report_count")},
        "says": EVENTS[event["kind"]],
    }


def _of_report(connection: sqlite3.Connection, event: Row) -> Row:
    detail = json.loads(event["detail"])
    row = first_row(connection, _TITLE, [event["subject"]]) or {}
    change = detail.get("change") or {}
    return {
        **event,
        "title": row.get("title") or detail.get("title") or event["subject"],
        "change": change,
    }


def outcome_words(outcome: str) -> str:
    """How fetches ended, in words; an unknown word as it is."""
    return {str(known): words for known, words in OUTCOMES.items()}.get(outcome, outcome)
