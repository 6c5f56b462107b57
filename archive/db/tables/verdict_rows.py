"""What verdicts on sources rest on (captures, texts, probes and failures of the host), and the
verdicts."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from archive.model.corroboration import DIFFER
from archive.model.flat import values_of
from archive.model.past import EARLY, Checked, JudgedSource
from archive.model.rot import Attempt, Drift, Probe, Reading, probe_of
from archive.model.times import format_time, parse_time
from archive.model.vocabulary import MEDIA_EVENTS, DriftClass, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    import sqlite_utils

    from archive.model.rows import SourceVerdicts

MAX_NEIGHBOURS = 2_000
"""Sources of one host that are judged again with one of them; the largest hosts (platforms) never
lose their name."""


_ATTEMPT = """
SELECT captures.id, captures.captured_at, captures.outcome, captures.url, captures.final_url,
    captures.http_status,
       captures.evidence, captures.text_id, captures.drift, captures.drift_from,
       captures.drift_detail, captures.clock_skew_s, texts.title, texts.digest, texts.notice,
       captures.reason
FROM captures LEFT JOIN texts ON texts.id = captures.text_id
"""


def attempts(db: sqlite_utils.Database, source: int) -> list[Checked]:
    """All tries to capture a source, in time order; copies of other archives are none."""
    sql = (
        f"{_ATTEMPT} WHERE captures.source_id = ? AND captures.via != 'wayback' ORDER BY "
        "captures.captured_at, captures.id"
    )
    return [_checked(row) for row in db.execute(sql, [source]).fetchall()]


def _checked(row: tuple[Any, ...]) -> Checked:
    (
        id_,
        at,
        outcome,
        url,
        final,
        status,
        evidence,
        text_id,
        drift,
        drift_from,
        detail,
        skew,
        title,
        digest,
        notice,
        reason,
    ) = row
    rule, marker = _rule_and_marker(evidence)
    attempt = Attempt(
        id_, at, Outcome(outcome), url, final, status, rule, marker, digest,
        title=title, drift=_drift(drift, detail), clock_skew_s=skew, notice=notice,
        early=reason == EARLY,
    )  # fmt: skip
    return Checked(attempt, text_id, drift_from)


# A source's checks mostly say the same as the one before.
@lru_cache(maxsize=256)
def _rule_and_marker(evidence: str) -> tuple[str | None, str | None]:
    said = json.loads(evidence)
    return said.get("rule"), said.get("marker")


@lru_cache(maxsize=256)
def _drift(drift: str | None, detail: str | None) -> Drift | None:
    if drift is None:
        return None
    said = json.loads(detail or "{}")
    return Drift(
        DriftClass(drift), said.pop("distance", 0.0), said.pop("words_added", 0),
        said.pop("words_removed", 0),
        tuple(said.pop("corrections", ())), said,
    )  # fmt: skip


def reading(db: sqlite_utils.Database, text_id: int) -> Reading | None:
    """A text as drift looks at it."""
    row = db.execute(
        "SELECT text, title, published, language FROM texts WHERE id = ?", [text_id]
    ).fetchone()
    return None if row is None else Reading(*row)


# `CROSS JOIN` keeps the order: the sources of one host, then of each its failures alone. The index
# is named, since without statistics SQLite takes all that ever ended so for as few.
LOST_NAMES = """
SELECT id FROM (
    SELECT captures.id, row_number() OVER (PARTITION BY substr(captured_at, 1, 10) ORDER BY
      captured_at, captures.id) AS nth
    FROM sources
    CROSS JOIN captures INDEXED BY captures_by_lost_name ON captures.source_id = sources.id
    WHERE sources.host = ? AND sources.id != ? AND captures.outcome = 'dns-failure' AND captures.via
      = 'live')
WHERE nth = 1
"""


def neighbours_failures(db: sqlite_utils.Database, source: JudgedSource) -> list[Attempt]:
    """Tries at other sources of the same host that failed because its name does not resolve: the
    first of each day."""
    rows = db.execute(
        f"{_ATTEMPT} WHERE captures.id IN ({LOST_NAMES})", [source.host, source.id]
    ).fetchall()
    return [replace(_checked(row).attempt, own=False) for row in rows]


ANSWERED = f"""{_ATTEMPT}
WHERE captures.kind = 'probe' AND captures.url > ? AND captures.url < ?
  AND instr(rtrim(substr(captures.url, ?), '/'), '/') = 0
UNION ALL {_ATTEMPT}
WHERE captures.kind = 'probe' AND captures.url = ?
"""


def probes(
    db: sqlite_utils.Database, place: str, front: str | None = None
) -> list[tuple[Probe, int | None]]:
    """What was answered to addresses in this folder that cannot exist, and for the host's front
    page where that is named, each with its text's id."""
    span = [place, place + "\U0010ffff", len(place) + 1]
    rows = db.execute(ANSWERED, [*span, front]).fetchall()
    return [(_probe(one.attempt, place, front), one.text_id) for one in map(_checked, rows)]


def _probe(attempt: Attempt, place: str, front: str | None) -> Probe:
    if attempt.url == front:
        return replace(probe_of(attempt, front), front=True)
    return probe_of(attempt, place)


SOURCE = "SELECT id, url, cited_url, host, platform, account FROM sources"


def source(db: sqlite_utils.Database, source_id: int) -> JudgedSource | None:
    """The source with this id."""
    row = db.execute(f"{SOURCE} WHERE id = ?", [source_id]).fetchone()
    return None if row is None else JudgedSource(*row)


def source_named(db: sqlite_utils.Database, keys: Iterable[str]) -> JudgedSource | None:
    """The source with one of these canonical addresses."""
    for key in keys:
        row = db.execute(f"{SOURCE} WHERE url = ? OR cited_url = ?", [key, key]).fetchone()
        if row is not None:
            return JudgedSource(*row)
    return None


def captured_on(db: sqlite_utils.Database, host: str) -> list[JudgedSource]:
    """Sources of a host that somebody has tried to capture."""
    sql = f"{SOURCE} WHERE host = ? AND captures > 0 ORDER BY id LIMIT ?"
    rows = db.execute(sql, [host, MAX_NEIGHBOURS])
    return [JudgedSource(*row) for row in rows.fetchall()]


ECHOING = """
SELECT id, url, cited_url, host, platform FROM sources WHERE host = ? AND EXISTS (
    SELECT 1 FROM captures LEFT JOIN texts ON texts.id = captures.text_id
    WHERE captures.source_id = sources.id AND captures.captured_at BETWEEN ? AND ?
      AND captures.outcome IN ('ok', 'not-modified')
      AND (texts.digest = ? OR texts.title = ? OR captures.final_url = ? OR texts.notice = ?))
ORDER BY id
"""


def echoing(
    db: sqlite_utils.Database, host: str, probe: Probe, within: timedelta
) -> list[JudgedSource]:
    """Sources of a host with a capture near in time that may be the page a probe got: same text,
    words, title or end of redirects."""
    at = parse_time(probe.at)
    span = [format_time(at - within), format_time(at + within)]
    rows = db.execute(
        ECHOING, [host, *span, probe.digest, probe.title, probe.final_url, probe.notice]
    )
    return [JudgedSource(*row) for row in rows.fetchall()]


def verdicts(db: sqlite_utils.Database, source_id: int) -> list[dict[str, Any]]:
    """What was thought of a source, oldest first."""
    return list(
        db.query(
            "SELECT * FROM verdicts WHERE source_id = ? ORDER BY decided_at, capture_id",
            [source_id],
        )
    )


def standing(db: sqlite_utils.Database, source_id: int) -> dict[str, Any]:
    """What is thought of a source now, and when it is due."""
    [row] = db.query(
        "SELECT status, drift, dead_since, only_copy, next_due_at, captures, report_count "
        "FROM sources WHERE id = ?",
        [source_id],
    )
    return row


# --- writing, inside the transaction of a capture ------------------------------------------------

_PUT_VERDICT = """
INSERT INTO verdicts (source_id, capture_id, decided_at, status, rule, drift, since, evidence)
VALUES (:source_id, :capture_id, :decided_at, :status, :rule, :drift, :since, :evidence)
"""
PUT_EVENT = """
INSERT INTO events (id, at, kind, subject, source_id, capture_id, detail)
VALUES (:id, :at, :kind, :subject, :source_id, :capture_id, :detail)
"""
"""Of an `EventRow`."""
_PUT_DRIFT = """
UPDATE captures SET drift = :drift, drift_from = :drift_from, drift_detail = :drift_detail WHERE id
    = :capture_id
"""
_PUT_STANDING = """
UPDATE sources SET status = :status, drift = :drift, dead_since = :dead_since,
    captures = :captures, first_captured_at = :first_captured_at,
    last_captured_at = :last_captured_at, last_outcome = :last_outcome, next_due_at = :next_due_at,
    seen = :first_seen_at IS NOT NULL, first_seen_at = :first_seen_at,
    last_seen_at = :last_seen_at, drifted_at = :drifted_at, compared = :compared
WHERE id = :source_id
"""


def put(db: sqlite_utils.Database, found: SourceVerdicts) -> None:
    """Write all verdicts on a source, in place of those that it had."""
    source = [found.source_id]
    db.execute("DELETE FROM verdicts WHERE source_id = ?", source)
    db.execute(
        "DELETE FROM events WHERE source_id = ? AND kind NOT IN (?, ?, ?)",
        [*source, *MEDIA_EVENTS, DIFFER],
    )
    db.conn.executemany(_PUT_VERDICT, [values_of(row) for row in found.verdicts])
    db.conn.executemany(PUT_EVENT, [values_of(row) for row in found.events])
    db.conn.executemany(_PUT_DRIFT, [values_of(row) for row in found.drifts])
    columns = ("source_id", "status", "drift", "dead_since")
    standing = {name: getattr(found, name) for name in columns}
    db.execute(_PUT_STANDING, standing | values_of(found.history) | values_of(found.followed))
