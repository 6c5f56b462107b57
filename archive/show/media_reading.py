"""What cited pages show: for pages and exports alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archive.media_types import PICTURE_TYPES
from archive.model.media import MediaKind
from archive.model.vocabulary import MEDIA_RESTORED
from archive.show.media_said import player_told, said_told
from archive.show.reading import Row, rows
from archive.show.withheld import hidden_media

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

MOST_ELSEWHERE = 20
"""Other sources named beside a picture that they show, too."""

_DRAWN = frozenset(kind.partition("/")[2] for kind in PICTURE_TYPES)
_FIELDS = (
    "kind", "url", "width", "height", "duration_s", "bytes", "sha256", "phash", "alt", "outcome",
    "reason", "gone_at", "said",
)  # fmt: skip

_OF_SOURCES = """
SELECT media.*, captures.captured_at AS fetched_at, media_left.reason AS left_out,
    media_files.said, media_files.player FROM media
LEFT JOIN media_files ON media_files.capture_id = media.file_capture_id
LEFT JOIN captures ON captures.id = media.file_capture_id
LEFT JOIN media_left ON media_left.media_id = media.id
WHERE media.source_id IN (SELECT value FROM json_each(?)) AND media.kind != 'listing'
ORDER BY media.source_id, media.capture_id DESC, media.position
"""
# Sources that show the same bytes or nearly the same picture; whoever was captured with it first
# stands first.
_SAME = """
WITH mine AS (
    SELECT media.id, media.sha256, media_looks.id AS look FROM media
    LEFT JOIN media_looks ON media_looks.sha256 = media.sha256
    WHERE media.source_id = :source AND media.sha256 IS NOT NULL),
alike AS (
    SELECT id, sha256, 1 AS same FROM mine
    UNION ALL
    SELECT mine.id, media_looks.sha256, 0 FROM mine
    JOIN near_media ON near_media.look_id = mine.look
    JOIN media_looks ON media_looks.id = near_media.other_id
    UNION ALL
    SELECT mine.id, media_looks.sha256, 0 FROM mine
    JOIN near_media ON near_media.other_id = mine.look
    JOIN media_looks ON media_looks.id = near_media.look_id
    UNION ALL
    SELECT mine.id, others.sha256, 0 FROM mine
    JOIN video_looks ON video_looks.sha256 = mine.sha256
    JOIN near_videos ON near_videos.look_id = video_looks.id
    JOIN video_looks AS others ON others.id = near_videos.other_id
    UNION ALL
    SELECT mine.id, others.sha256, 0 FROM mine
    JOIN video_looks ON video_looks.sha256 = mine.sha256
    JOIN near_videos ON near_videos.other_id = video_looks.id
    JOIN video_looks AS others ON others.id = near_videos.look_id)
SELECT alike.id AS media_id, others.id AS other_media, others.source_id, sources.url,
    sources.platform, sources.account, sources.report_count,
    min(captures.captured_at) AS seen_at, max(alike.same) AS same
FROM alike
JOIN media AS others ON others.sha256 = alike.sha256 AND others.source_id != :source
JOIN sources ON sources.id = others.source_id
JOIN captures ON captures.id = others.first_capture_id
GROUP BY alike.id, others.source_id ORDER BY alike.id, seen_at, sources.url LIMIT :most
"""
_EVENTS = """
SELECT source_id, at, kind, detail FROM events
WHERE source_id IN (SELECT value FROM json_each(?)) AND kind IN ('media-removed', 'media-restored')
ORDER BY at, id
"""
_FIRST = """
SELECT media.id AS media_id, min(captures.captured_at) AS seen_at FROM media
JOIN captures ON captures.id = media.first_capture_id WHERE media.source_id = ? GROUP BY media.id
"""


def of_sources(connection: sqlite3.Connection, sources: Iterable[int]) -> dict[int, list[Row]]:
    """By source what its page shows, in its order; each with `shown`: whether we can draw it."""
    found: dict[int, list[Row]] = {}
    hidden = hidden_media(connection)
    for row in rows(connection, _OF_SOURCES, [json.dumps(sorted(set(sources)))]):
        if row["id"] in hidden:
            continue
        row["reason"] = row["reason"] or row["left_out"]
        row["shown"] = row["outcome"] == "ok" and row["form"] in _DRAWN
        row["is_moving"] = row["kind"] == MediaKind.POSTER
        row["gone_at"] = None
        row["said"] = json.loads(row["said"]) if row["said"] else None
        row["told"] = said_told(row["said"] or {})
        row["played"] = player_told(json.loads(row["player"])) if row["player"] else []
        found.setdefault(row["source_id"], []).append(row)
    for event in rows(connection, _EVENTS, [json.dumps(sorted(found))]):
        _tell_gone(found[event["source_id"]], event)
    return found


def _tell_gone(shown: list[Row], event: Row) -> None:
    """Mark what an event names, or all of its kind, as gone since then, or as back."""
    for told in json.loads(event["detail"])["media"]:
        own = [row for row in shown if row["kind"] == told["kind"]]
        is_back = event["kind"] == MEDIA_RESTORED
        ids = told.get("ids") or [row["id"] for row in own if is_back]
        for row in own:
            if row["id"] in ids:
                row["gone_at"] = None if is_back else event["at"]


def of_source(connection: sqlite3.Connection, source: int) -> list[Row]:
    """What one source shows, each with `elsewhere`: who shows the same."""
    shown = of_sources(connection, [source]).get(source, [])
    asked = {"source": source, "most": MOST_ELSEWHERE * max(1, len(shown))}
    hidden = hidden_media(connection)
    elsewhere: dict[int, list[Row]] = {}
    for row in rows(connection, _SAME, asked):
        if row["other_media"] not in hidden:
            elsewhere.setdefault(row["media_id"], []).append(row)
    seen = {row["media_id"]: row["seen_at"] for row in rows(connection, _FIRST, [source])}
    for one in shown:
        one["elsewhere"] = elsewhere.get(one["id"], [])[:MOST_ELSEWHERE]
        first = next(iter(one["elsewhere"]), None)
        one["is_first"] = first is None or seen[one["id"]] <= first["seen_at"]
    return shown


def exported(row: Row) -> dict[str, Any]:
    """A thing shown as the export has it."""
    return {**{name: row[name] for name in _FIELDS}, "capture_id": row["file_capture_id"]}
