"""What each look at a post showed: `media_sights`, and the events that follow from them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.db.tables.verdict_rows import PUT_EVENT
from archive.model.flat import values_of
from archive.model.media import MediaSight, Standing
from archive.model.vocabulary import MEDIA_EVENTS
from archive.urls.normal import stable_id

if TYPE_CHECKING:
    import sqlite_utils

    from archive.model.rows import CaptureUpdate

_SIGHTS = """
SELECT media_sights.capture_id, media_sights.source_id, media_sights.at, captures.url,
    media_sets.names
FROM media_sights JOIN media_sets ON media_sets.id = media_sights.set_id
JOIN captures ON captures.id = media_sights.capture_id
WHERE media_sights.source_id = ? ORDER BY media_sights.at, media_sights.capture_id
"""
_STANDINGS = """
SELECT decided_at, status, drift FROM verdicts WHERE source_id = ? ORDER BY decided_at, capture_id
"""
# `CROSS JOIN` keeps the order: the looks of this time, by `media_sights_by_time`.
OTHERS = """
SELECT coalesce(sum(shows), 0), coalesce(sum(NOT shows AND showed), 0) FROM (
    SELECT max(json_type(media_sets.names, :kind) IS NOT NULL) AS shows, EXISTS (
        SELECT 1 FROM media_sights AS before JOIN media_sets AS had ON had.id = before.set_id
        WHERE before.source_id = media_sights.source_id AND before.at < :since
          AND json_type(had.names, :kind) IS NOT NULL) AS showed
    FROM media_sights CROSS JOIN media_sets ON media_sets.id = media_sights.set_id
    CROSS JOIN sources ON sources.id = media_sights.source_id
    WHERE media_sights.at >= :since AND media_sights.at < :until
      AND media_sights.source_id != :source
      AND sources.platform = (SELECT platform FROM sources WHERE id = :source)
    GROUP BY media_sights.source_id)
"""


def sights(db: sqlite_utils.Database, source: int) -> list[MediaSight]:
    """What each look at a post showed, in time order."""
    return [
        MediaSight(capture, of, at, view, {k: tuple(v) for k, v in json.loads(names).items()})
        for capture, of, at, view, names in db.execute(_SIGHTS, [source]).fetchall()
    ]


def standings(db: sqlite_utils.Database, source: int) -> list[Standing]:
    """What a source was thought to be, in time order."""
    return [Standing(*row) for row in db.execute(_STANDINGS, [source]).fetchall()]


def others_showing(
    db: sqlite_utils.Database, source: int, kind: str, since: str, until: str
) -> tuple[int, int]:
    """Of other posts of its platform that were looked at in this time: how many showed something
    of a kind, and how many did no more."""
    asked = {"source": source, "kind": f"$.{kind}", "since": since, "until": until}
    showing, lost = db.execute(OTHERS, asked).fetchone()
    return int(showing), int(lost)


def save(db: sqlite_utils.Database, update: CaptureUpdate) -> None:
    """Write what one look showed, and let the events be all those of what its post shows; inside
    the caller's transaction."""
    sight = update.sight
    if sight is None:
        return
    names = json.dumps(sight.names, ensure_ascii=False, sort_keys=True)
    number = stable_id(names)
    db.execute("INSERT OR IGNORE INTO media_sets VALUES (?, ?)", [number, names])
    db.execute(
        "INSERT INTO media_sights (capture_id, source_id, at, set_id) VALUES (?, ?, ?, ?)",
        [sight.capture_id, sight.source_id, sight.at, number],
    )
    db.execute(
        "DELETE FROM events WHERE source_id = ? AND kind IN (?, ?)",
        [sight.source_id, *MEDIA_EVENTS],
    )
    db.conn.executemany(PUT_EVENT, [values_of(row) for row in update.media_events])
