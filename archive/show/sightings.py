"""Where else what cited sources show was seen, and since when; read for `older_media`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archive.drawing import is_drawing
from archive.show.older_media import MOST_SHOWING, Shown, Sighting, day_spoken_of, older
from archive.show.reading import Row, rows
from archive.show.withheld import hidden_media

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from archive.show.older_media import Older

_SHOWN = """
SELECT media.id AS media_id, media.source_id, media.width, media.height, media.sha256,
    media_looks.sketch, coalesce(video_looks.drawn, 0) AS drawn
FROM media LEFT JOIN media_looks ON media_looks.sha256 = media.sha256
LEFT JOIN video_looks ON video_looks.sha256 = media.sha256
WHERE media.source_id IN (SELECT value FROM json_each(?)) AND media.sha256 IS NOT NULL
  AND media.kind IN ('picture', 'poster', 'video')
"""
_NEAR = """
SELECT one.sha256, other.sha256 AS other FROM media_looks AS one
JOIN near_media ON near_media.look_id = one.id JOIN media_looks AS other ON other.id = other_id
WHERE one.sha256 IN (SELECT value FROM json_each(:digests))
UNION ALL
SELECT one.sha256, other.sha256 FROM media_looks AS one
JOIN near_media ON near_media.other_id = one.id JOIN media_looks AS other ON other.id = look_id
WHERE one.sha256 IN (SELECT value FROM json_each(:digests))
UNION ALL
SELECT one.sha256, other.sha256 FROM video_looks AS one
JOIN near_videos ON near_videos.look_id = one.id JOIN video_looks AS other ON other.id = other_id
WHERE one.sha256 IN (SELECT value FROM json_each(:digests))
UNION ALL
SELECT one.sha256, other.sha256 FROM video_looks AS one
JOIN near_videos ON near_videos.other_id = one.id JOIN video_looks AS other ON other.id = look_id
WHERE one.sha256 IN (SELECT value FROM json_each(:digests))
"""
# Of each file no more than tell that too many show it. A post's own day is what its first good
# capture says.
_SEEN = """
SELECT wanted.value AS sha256, media.id AS other_media, media.source_id, sources.url,
    coalesce(sources.account, '') AS account, captures.captured_at,
    (SELECT json_extract(held.facts, '$.posted_at') FROM captures AS held
     WHERE held.source_id = media.source_id AND +held.outcome = 'ok'
     ORDER BY held.via = 'wayback', held.captured_at, held.id LIMIT 1) AS posted_at
FROM json_each(:digests) AS wanted
CROSS JOIN media ON media.id IN (
    SELECT id FROM media AS one WHERE one.sha256 = wanted.value ORDER BY id LIMIT :most)
JOIN sources ON sources.id = media.source_id
JOIN captures ON captures.id = media.first_capture_id
"""
_MARKERS = """
SELECT markers.position, markers.sentence, citations.source_id FROM markers
JOIN citations ON citations.note_id = markers.note_id
WHERE markers.version_id = ? AND citations.source_id IS NOT NULL
ORDER BY markers.position, citations.id
"""


def of_version(
    connection: sqlite3.Connection, version_id: int, report_day: str | None
) -> dict[int, list[Older]]:
    """By marker of a version, pictures of what its note cites that were there before the day that
    its sentence speaks of."""
    if report_day is None:
        return {}
    markers = rows(connection, _MARKERS, [version_id])
    shown, seen = sightings(connection, {row["source_id"] for row in markers})
    if not shown:
        return {}
    by_source: dict[int, list[Shown]] = {}
    for one in shown:
        by_source.setdefault(one.source_id, []).append(one)
    found: dict[int, list[Older]] = {}
    for row in markers:
        day = day_spoken_of(row["sentence"], report_day)
        mine = by_source.get(row["source_id"], ())
        found.setdefault(row["position"], []).extend(older(mine, seen, day))
    return {position: those for position, those in found.items() if those}


def of_source(
    connection: sqlite3.Connection, source: int, citing: Iterable[Row]
) -> list[tuple[str, Older]]:
    """The reports that cite a source, each with a picture of it that was there before its day.

    Args:
        connection: To the archive.
        source: Its number.
        citing: Reports, with `report`, `report_date` and the `sentences` of their `notes`.
    """
    shown, seen = sightings(connection, [source])
    if not shown:
        return []
    found: dict[tuple[str, int], Older] = {}
    for row in citing:
        said = [sentence for note in row["notes"] for sentence in note["sentences"]]
        for sentence in said if row["report_date"] else ():
            for one in older(shown, seen, day_spoken_of(sentence, row["report_date"])):
                found.setdefault((row["report"], one.media_id), one)
    return [(report, one) for (report, _), one in found.items()]


def sightings(
    connection: sqlite3.Connection, sources: Iterable[int]
) -> tuple[list[Shown], list[Sighting]]:
    """What sources show, and where the same was seen, each source once for a picture."""
    hidden = hidden_media(connection)
    mine = [
        row
        for row in rows(connection, _SHOWN, [json.dumps(sorted(set(sources)))])
        if row["media_id"] not in hidden
    ]
    near: dict[str, set[str]] = {}
    own = json.dumps(sorted({row["sha256"] for row in mine}))
    for row in rows(connection, _NEAR, {"digests": own}):
        near.setdefault(row["sha256"], set()).add(row["other"])
    wanted = {row["sha256"] for row in mine}.union(*near.values())
    seen: dict[str, list[Row]] = {}
    asked = {"digests": json.dumps(sorted(wanted)), "most": MOST_SHOWING + 1}
    for row in rows(connection, _SEEN, asked):
        if row["other_media"] not in hidden:
            seen.setdefault(row["sha256"], []).append(row)
    found = [
        one for row in mine for one in _of_picture(row, near.get(row["sha256"], frozenset()), seen)
    ]
    return [_picture(row) for row in mine], found


def _picture(row: Row) -> Shown:
    side = min(row["width"], row["height"]) if row["width"] and row["height"] else None
    drawn = bool(row["drawn"] or (row["sketch"] and is_drawing(bytes.fromhex(row["sketch"]))))
    return Shown(row["media_id"], row["source_id"], side, drawn)


def _of_picture(row: Row, near: Iterable[str], seen: dict[str, list[Row]]) -> Iterable[Sighting]:
    """Sightings of one picture; a source that shows it more often, by its very file."""
    found: dict[int, Sighting] = {}
    for digest in (row["sha256"], *sorted(near)):
        for other in seen.get(digest, ()):
            found.setdefault(
                other["source_id"],
                _sighting(row["media_id"], other, is_same=digest == row["sha256"]),
            )
    return found.values()


def _sighting(media: int, row: Row, *, is_same: bool) -> Sighting:
    day = str(row["posted_at"] or row["captured_at"])[:10]
    return Sighting(
        media, row["source_id"], row["url"], row["account"], day, bool(row["posted_at"]), is_same
    )


def exported(one: Older) -> dict[str, Any]:
    """A sighting as the export has it."""
    return {
        "source_id": one.source_id,
        "cited_for": one.cited_for,
        "first_seen_on": one.first.day,
        "first_seen_at": one.first.url,
        "is_posted": one.first.is_posted,
        "is_same_file": one.first.is_same,
    }
