"""Looks of videos: written once for the same bytes, found by the hashes of their frames."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from archive.model.media import VideoLook

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlite_utils

    from archive.model.media import NearVideo

_BLANK = "-"
_LARGEST = 2**63 - 1
"""SQLite's largest integer."""

# Of one file one capture: its own record, whose body is in the WARC or in the one it refers to.
_WANTED = """
SELECT media.sha256, media.form, captures.id, captures.warc_file, captures.warc_offset
FROM media JOIN captures ON captures.id = media.file_capture_id
WHERE media.sha256 IS NOT NULL AND media.outcome = 'ok'
  AND media.form IN (SELECT value FROM json_each(:forms))
  AND media.sha256 NOT IN (SELECT sha256 FROM video_looks)
GROUP BY media.sha256 HAVING captures.id = min(captures.id)
ORDER BY captures.id DESC LIMIT :most
"""
_LIKELY = """
SELECT look_id FROM video_bands WHERE band IN (SELECT value FROM json_each(:bands))
GROUP BY look_id ORDER BY count(*) DESC, look_id LIMIT :most
"""


class UnseenVideo(NamedTuple):
    """A kept video that nobody looked at yet."""

    sha256: str
    form: str
    capture_id: int
    warc_file: str
    warc_offset: int


def unseen(db: sqlite_utils.Database, forms: Iterable[str], limit: int) -> list[UnseenVideo]:
    """Kept videos that were not looked at, the newest first."""
    asked = {"forms": json.dumps(sorted(forms)), "most": min(limit, _LARGEST)}
    return [UnseenVideo(*row) for row in db.execute(_WANTED, asked).fetchall()]


def likely(db: sqlite_utils.Database, bands: Iterable[int], limit: int) -> list[VideoLook]:
    """Looks that share most of these bands, at most `limit`."""
    asked = {"bands": json.dumps(sorted(bands)), "most": limit}
    found = [row[0] for row in db.execute(_LIKELY, asked).fetchall()]
    rows = db.execute(
        "SELECT id, sha256, frames, drawn FROM video_looks "
        "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        [json.dumps(found)],
    )
    return [
        VideoLook(number, sha256, _frames(text), bool(drawn))
        for number, sha256, text, drawn in rows.fetchall()
    ]


def put(
    db: sqlite_utils.Database,
    look: VideoLook,
    at: str,
    *,
    bands: Iterable[int] = (),
    near: Iterable[NearVideo] = (),
    problem: str | None = None,
) -> None:
    """Write what a video looks like, and which it is near; inside the caller's transaction."""
    db.execute(
        "INSERT OR IGNORE INTO video_looks (id, sha256, at, frames, drawn, problem) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [look.id, look.sha256, at, _text(look.frames), int(look.is_drawn), problem],
    )
    db.conn.executemany(
        "INSERT OR IGNORE INTO video_bands VALUES (?, ?)", [(band, look.id) for band in bands]
    )
    db.conn.executemany(
        "INSERT OR IGNORE INTO near_videos VALUES (?, ?, ?, ?)",
        [(one.look_id, one.other_id, one.frames, one.shift) for one in near],
    )


def _text(frames: Iterable[int | None]) -> str:
    return " ".join(_BLANK if one is None else f"{one:064x}" for one in frames)


def _frames(text: str) -> tuple[int | None, ...]:
    return tuple(None if one == _BLANK else int(one, 16) for one in text.split())
