"""What is known of other archives' copies: which sources to ask about, what was asked and taken
before."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from archive.db.schema.memento_questions import ASKABLE, IS_LOST, ON_ROUND, UNASKED
from archive.model.due import WantedMemento
from archive.model.past import ROUND, PastCheck, PastCopy

if TYPE_CHECKING:
    import sqlite_utils

    from archive.model.rows import CaptureUpdate
    from archive.model.understood import Memento

WAITING_SHARE = 4
"""On the slow round every fourth question is about the source that has waited longest: however many
new ones come in, none is passed over for ever."""


OUTCOMES = ("held", "listed", "not-kept", "none", "unanswered")
"""`mementos.outcome`."""

CITED_ON = """
    (SELECT min(coalesce(versions.report_date, substr(versions.first_captured_at, 1, 10)))
     FROM citations JOIN versions ON versions.id = citations.version_id
     WHERE citations.source_id = {source})
"""
_WANTED_ON = CITED_ON.format(source="wanted.id")
_DIED_ANEW = """
    mementos.died_anew = 1 AND julianday(:now) - julianday(mementos.checked_at) >= 1
    AND (mementos.next_due_at IS NULL OR mementos.next_due_at > :now)
"""
_ASKED = "mementos CROSS JOIN sources ON sources.id = mementos.source_id"
# What died anew after the last answer is asked about again, though the turns of an earlier death
# were used up: only a later answer can say that nobody else holds a copy.
_LOST = (
    f"sources WHERE {UNASKED} AND {IS_LOST}",
    f"{_ASKED} WHERE mementos.next_due_at <= :now AND {ASKABLE} AND {IS_LOST}",
    f"{_ASKED} WHERE {_DIED_ANEW} AND {ASKABLE} AND {IS_LOST}",
)
# A lost page has its own turns, which come sooner; the round goes on where they end.
_ROUND = (
    f"sources WHERE {UNASKED} AND {ON_ROUND} AND NOT {IS_LOST}",
    f"""{_ASKED} WHERE round_due_at <= :now AND {ASKABLE} AND {ON_ROUND}
        AND NOT ({IS_LOST} AND mementos.next_due_at IS NOT NULL)""",
)
_NAMED = "sources.id, cited_url, last_cited"


def _union(parts: tuple[str, ...], unasked: str, asked: str, order: str) -> str:
    """What was never asked about, read in the order of an index no further than the answer goes
    (SQLite takes a limit within brackets only), and what was.

    Args:
        parts: Of `_LOST` or `_ROUND`.
        unasked: What is read of the first besides.
        asked: What is read of the others besides.
        order: That of the index.
    """
    first, *others = parts
    own = f"SELECT {_NAMED}, {unasked} FROM {first} ORDER BY {order} LIMIT :limit"  # noqa: S608 - names from above
    rest = (f"SELECT {_NAMED}, {asked} FROM {part}" for part in others)  # noqa: S608
    return " UNION ALL ".join([f"SELECT * FROM ({own})", *rest])  # noqa: S608


def sources_to_ask(db: sqlite_utils.Database, *, now: str, limit: int) -> list[WantedMemento]:
    """Sources whose live page cannot be had and of which no copy is held, never asked about first,
    newest first.

    Args:
        db: The archive.
        now: ISO 8601.
        limit: At most so many.
    """
    order = "last_cited DESC, id"
    union = _union(_LOST, "0 AS later", "mementos.outcome != 'listed'", order)
    rows = db.execute(
        f"""
        SELECT id, cited_url, {_WANTED_ON} FROM (
            SELECT * FROM ({union}) ORDER BY later, {order} LIMIT :limit) AS wanted
        ORDER BY later, {order}
        """,  # noqa: S608 - names from above
        {"now": now, "limit": limit},
    )
    return [WantedMemento(*row) for row in rows.fetchall()]


def wanted_on_round(db: sqlite_utils.Database, *, now: str, limit: int) -> list[WantedMemento]:
    """Sources whose turn it is, lost or not: those never asked about and newest cited first, some
    that waited longest between.

    Args:
        db: The archive.
        now: ISO 8601.
        limit: At most so many.
    """
    newest = _on_round(db, "last_cited DESC, id", "later, last_cited DESC, id", now, limit)
    oldest = _on_round(db, "first_captured_at, id", "waits_since, id", now, limit)
    chosen: dict[int, WantedMemento] = {}
    share = WAITING_SHARE - 1
    for turn in range(limit):
        for one in (*newest[turn * share : (turn + 1) * share], *oldest[turn : turn + 1]):
            chosen.setdefault(one.source_id, one)
    return list(chosen.values())[:limit]


def _on_round(
    db: sqlite_utils.Database, own: str, order: str, now: str, limit: int
) -> list[WantedMemento]:
    """Sources whose turn it is on the slow round, in an order; `own` is the order among those never
    asked about."""
    unasked = "first_captured_at AS waits_since, 0 AS later, 0 AS lost"
    union = _union(_ROUND, unasked, f"round_due_at, 1, {IS_LOST}", own)
    rows = db.execute(
        f"""
        SELECT id, cited_url, {_WANTED_ON}, lost FROM (
            SELECT * FROM ({union}) ORDER BY {order} LIMIT :limit) AS wanted
        ORDER BY {order}
        """,  # noqa: S608 - names from above
        {"now": now, "limit": limit},
    )
    return [WantedMemento(i, url, day, bool(lost), ROUND) for i, url, day, lost in rows.fetchall()]


def asked_on_round(db: sqlite_utils.Database, day: str) -> int:
    """Questions of the slow round since the beginning of `day` (`YYYY-MM-DD`)."""
    sql = (
        "SELECT count(*) FROM memento_checks CROSS JOIN captures ON captures.id = capture_id "
        "WHERE checked_at >= ? AND reason = ?"
    )
    return int(db.execute(sql, [day, ROUND]).fetchone()[0])


def counts(db: sqlite_utils.Database, now: str) -> dict[str, int]:
    """How many sources were asked about, what came of it, and how many are due."""
    asked = dict(
        db.execute("SELECT outcome, count(*) FROM mementos WHERE checks > 0 GROUP BY 1").fetchall()
    )
    due = {
        name: sum(
            db.execute(f"SELECT count(*) FROM {part}", {"now": now}).fetchone()[0]  # noqa: S608 - names from above
            for part in parts
        )
        for name, parts in (("due_lost", _LOST), ("due_on_round", _ROUND))
    }
    named = {name.replace("-", "_"): asked.get(name, 0) for name in OUTCOMES}
    return {"asked": sum(asked.values()), **named, **due}


def checks(db: sqlite_utils.Database, source: int) -> list[PastCheck]:
    """All questions about a source, in time order."""
    rows = db.execute(
        "SELECT capture_id, checked_at, captures.url, found, reason FROM memento_checks "
        "JOIN captures ON captures.id = capture_id WHERE memento_checks.source_id = ? "
        "ORDER BY checked_at, capture_id",
        [source],
    )
    return [PastCheck(i, at, url, _found(text), why) for i, at, url, text, why in rows.fetchall()]


def copies(db: sqlite_utils.Database, source: int) -> list[PastCopy]:
    """All copies of a source that were taken, in time order."""
    rows = db.execute(
        "SELECT id, captured_at, outcome, http_status, final_url, memento_at FROM captures "
        "WHERE source_id = ? AND via = 'wayback' ORDER BY captured_at, id",
        [source],
    )
    return [PastCopy(*row) for row in rows.fetchall()]


def _found(text: str | None) -> tuple[Memento, ...] | None:
    from archive.model.understood import Memento  # not needed to count them, and slow to load

    return None if text is None else tuple(Memento(**fields) for fields in json.loads(text))


def known(db: sqlite_utils.Database, source_id: int) -> list[dict[str, Any]]:
    """What other archives hold of a source, as far as they were asked."""
    sql = (
        "SELECT url, memento_at, http_status, outcome, checked_at, answered_at FROM mementos "
        "WHERE source_id = ?"
    )
    return list(db.query(sql, [source_id]))


# --- writing, inside the transaction of the capture that tells it -------------------------------

_INSERT_CHECK = """
INSERT INTO memento_checks (capture_id, source_id, checked_at, found)
VALUES (:capture_id, :source_id, :checked_at, :found)
"""
_PUT_MEMENTO = """
INSERT OR REPLACE INTO mementos
    (source_id, url, memento_at, http_status, outcome, checked_at, checks, capture_id, next_due_at,
      answered_at,
     round_due_at)
VALUES (:source_id, :url, :memento_at, :http_status, :outcome, :checked_at, :checks, :capture_id,
    :next_due_at,
        :answered_at, :round_due_at)
"""
_ONLY_COPY = """
UPDATE sources SET only_copy = EXISTS (SELECT 1 FROM only_copies WHERE only_copies.source_id =
    sources.id)
WHERE id = ?
"""


def save(db: sqlite_utils.Database, update: CaptureUpdate) -> None:
    """Write the question that the capture answers, and what is now known of its source's copies."""
    if update.memento_check is not None:
        db.execute(_INSERT_CHECK, asdict(update.memento_check))
    if update.memento is not None:
        db.execute(_PUT_MEMENTO, asdict(update.memento))


def refresh_only_copies(db: sqlite_utils.Database, update: CaptureUpdate) -> None:
    """Set anew, for the sources that a capture concerns, whether what is held here is the only
    copy."""
    told = {found.source_id for found in update.verdicts}
    if update.memento is not None:
        told.add(update.memento.source_id)
    db.conn.executemany(_ONLY_COPY, [(source,) for source in sorted(told)])
