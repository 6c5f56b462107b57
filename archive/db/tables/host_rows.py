"""What the other cited addresses of a source's host showed: read to tell a host's own pages from
what it shows to everybody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.model.past import JudgedSource, Shown
from archive.model.rot import Beside
from archive.model.times import format_time, parse_time
from archive.model.vocabulary import DriftClass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    import sqlite_utils

    from archive.model.rot import Attempt

MOST = 200
"""Other addresses that are looked at: one tells nearly all, and hosts with thousands of sources
must not cost more."""
_TEXTS = 6
"""Of another source's texts: it has one, or one and its edits."""


SHOWN = """
SELECT DISTINCT sources.id, sources.cited_url, texts.notice, texts.id
FROM texts
CROSS JOIN captures ON captures.text_id = texts.id
JOIN sources ON sources.id = captures.source_id
WHERE texts.notice IN (SELECT value FROM json_each(?)) AND sources.host = ? AND sources.id != ?
  AND captures.via != 'wayback' AND captures.outcome IN ('ok', 'not-modified')
ORDER BY sources.id, texts.id LIMIT ?
"""


def shown_elsewhere(
    db: sqlite_utils.Database, source: JudgedSource, notices: Iterable[str]
) -> list[Shown]:
    """Where else on the host these words stood, at whatever time."""
    rows = db.execute(SHOWN, [json.dumps(sorted(notices)), source.host, source.id, MOST])
    return [Shown(*row) for row in rows.fetchall()]


def texts_of(db: sqlite_utils.Database, source_id: int, but: str | None) -> list[int]:
    """Texts that a source's page had, but for those of this notice."""
    rows = db.execute(
        "SELECT DISTINCT texts.id FROM captures JOIN texts ON texts.id = captures.text_id WHERE "
        "source_id = ? AND captures.via != 'wayback' AND outcome IN ('ok', 'not-modified') AND "
        "texts.notice IS NOT ? ORDER BY texts.id LIMIT ?",
        [source_id, but, _TEXTS],
    )
    return [row[0] for row in rows.fetchall()]


BESIDE = """
SELECT captures.id, captures.captured_at, sources.cited_url, captures.final_url, captures.final_url
    != captures.url,
       texts.digest, texts.notice, captures.drift
FROM sources
CROSS JOIN captures ON captures.source_id = sources.id
JOIN texts ON texts.id = captures.text_id
WHERE sources.host = ? AND sources.id != ? AND captures.captured_at BETWEEN ? AND ?
  AND captures.outcome IN ('ok', 'not-modified') AND captures.via != 'wayback'
ORDER BY captures.id LIMIT ?
"""


def beside(
    db: sqlite_utils.Database, source: JudgedSource, attempt: Attempt, within: timedelta
) -> list[Beside]:
    """What other cited addresses of the host showed at about the time of an attempt."""
    span = _about(attempt.at, within)
    rows = db.execute(BESIDE, [source.host, source.id, *span, MOST]).fetchall()
    return [
        Beside(id_, at_, url, final, bool(led), digest, notice,
            DriftClass(drift) if drift else None)
        for id_, at_, url, final, led, digest, notice, drift in rows
    ]  # fmt: skip


UNSURE = """
SELECT DISTINCT sources.id, sources.url, sources.cited_url, sources.host, sources.platform
FROM captures CROSS JOIN sources ON sources.id = captures.source_id
WHERE captures.drift IN ('replaced', 'off-topic') AND captures.captured_at BETWEEN ? AND ?
  AND sources.host = ? AND sources.id != ?
ORDER BY sources.id
"""


def unsure(
    db: sqlite_utils.Database, host: str, at: str, within: timedelta, but: int
) -> list[JudgedSource]:
    """Sources of a host that showed another page than their own at about this time: what it shows
    elsewhere decides."""
    rows = db.execute(UNSURE, [*_about(at, within), host, but])
    return [JudgedSource(*row) for row in rows.fetchall()]


SHARING = """
SELECT DISTINCT sources.id, sources.url, sources.cited_url, sources.host, sources.platform
FROM texts
CROSS JOIN captures ON captures.text_id = texts.id
JOIN sources ON sources.id = captures.source_id
WHERE texts.notice IN (
    SELECT said.notice FROM captures AS own JOIN texts AS said ON said.id = own.text_id
    WHERE own.source_id = ? AND said.notice IS NOT NULL
    UNION SELECT ?)
  AND sources.host = ? AND sources.id != ? AND captures.via != 'wayback'
ORDER BY sources.id LIMIT ?
"""


DEPENDING = f"SELECT * FROM ({SHARING}) UNION SELECT * FROM ({UNSURE}) ORDER BY id"  # noqa: S608


def depending(
    db: sqlite_utils.Database,
    source: JudgedSource,
    notice: str | None,
    at: str,
    within: timedelta,
) -> list[JudgedSource]:
    """Sources of the host that ever showed one of the notices that this one showed, or shows now;
    and those of which what the host shows elsewhere decides (`unsure`)."""
    shared = [source.id, notice, source.host, source.id, MOST]
    rows = db.execute(DEPENDING, [*shared, *_about(at, within), source.host, source.id])
    return [JudgedSource(*row) for row in rows.fetchall()]


def _about(at: str, within: timedelta) -> list[str]:
    """The span of time that reaches so far on both sides of a moment."""
    moment = parse_time(at)
    return [format_time(moment - within), format_time(moment + within)]


UNPROVED = """
SELECT captures.captured_at, verdicts.rule = 'everybody' AND json_extract(verdicts.evidence,
    '$.unproved') IS NOT NULL
FROM verdicts
JOIN captures ON captures.id = (
    SELECT id FROM captures WHERE source_id = verdicts.source_id AND via != 'wayback'
    ORDER BY captured_at DESC, id DESC LIMIT 1)
WHERE verdicts.source_id = ? ORDER BY verdicts.decided_at DESC, verdicts.capture_id DESC LIMIT 1
"""


def unproved_since(db: sqlite_utils.Database, source_id: int) -> str | None:
    """When a source was looked at last, where it waits for another page of its host to tell what
    its own means."""
    row = db.execute(UNPROVED, [source_id]).fetchone()
    return str(row[0]) if row is not None and row[1] else None


FRONTS = """
SELECT captures.id FROM captures
WHERE kind = 'probe' AND url = ? AND captured_at BETWEEN ? AND ? LIMIT 1
"""


def asked_front(db: sqlite_utils.Database, url: str, at: str, within: timedelta) -> bool:
    """Whether a host's front page was asked for at about this time."""
    return db.execute(FRONTS, [url, *_about(at, within)]).fetchone() is not None


KNOWN_GOOD = """
SELECT cited_url FROM sources
WHERE host = ? AND id != ? AND platform = ? AND status = 'alive' AND last_captured_at < ?
ORDER BY last_captured_at DESC, id LIMIT 1
"""


def known_good(db: sqlite_utils.Database, source: JudgedSource, before: str) -> str | None:
    """Another page of the host that was there when last looked at, and was not looked at since
    `before`."""
    row = db.execute(KNOWN_GOOD, [source.host, source.id, source.platform, before]).fetchone()
    return None if row is None else str(row[0])
