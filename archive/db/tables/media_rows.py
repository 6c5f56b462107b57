"""What pages show: `media`, the captures of it, and what was left out."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from archive.model.flat import values_of
from archive.model.media import (
    THE_VIDEO,
    Look,
    MediaFile,
    MediaKind,
    MediaRow,
    Part,
    WantedMedia,
)
from archive.model.times import parse_time
from archive.model.vocabulary import PASSING_IN_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import sqlite_utils

    from archive.model.media import LooksAlike
    from archive.model.rows import CaptureUpdate

TRIES = 3
"""Something shown that nobody could fetch yet is tried so often, as a citation is."""

_SETTLED = timedelta(minutes=1)

_ROW = tuple(field.name for field in fields(MediaRow))
_FILE = tuple(field.name for field in fields(MediaFile))

# Captures come in any order: the newest that shows it says what it is, the earliest when it was
# shown first. Numbers of captures grow with time.
_MERGE = f"""
INSERT INTO media ({", ".join(_ROW)}) VALUES ({", ".join(":" + name for name in _ROW)})
ON CONFLICT (id) DO UPDATE SET
    first_capture_id = min(first_capture_id, excluded.first_capture_id),
    {
    ", ".join(
        f"{name} = iif(excluded.capture_id >= capture_id, excluded.{name}, {name})"
        for name in _ROW[5:]
    )
},
    capture_id = max(capture_id, excluded.capture_id)
"""  # noqa: S608 - our names

_ADD_FILE = f"""
INSERT INTO media_files ({", ".join(_FILE)}) VALUES ({", ".join(":" + name for name in _FILE)})
"""  # noqa: S608 - our names

# The first good capture is nearest to what was cited. A failure counts as long as the page names
# the address that failed; a page captured since may have a new one.
_FIND_FILE = """
UPDATE media SET file_capture_id = (
    SELECT f.capture_id FROM media_files AS f JOIN captures ON captures.id = f.capture_id
    WHERE (f.media_id = media.id OR f.url = media.url)
      AND (captures.outcome = 'ok' OR f.url = media.url
        OR media.url IS NULL AND captures.via = 'yt-dlp')
    ORDER BY captures.outcome = 'ok' DESC,
        iif(captures.outcome = 'ok', captures.id, -captures.id) LIMIT 1)
WHERE id IN (SELECT value FROM json_each(?))
"""
_TELL_FILE = """
UPDATE media SET (outcome, width, height, bytes, form, sha256, phash, reason, tries) = (
    SELECT captures.outcome, coalesce(f.width, media.declared_width),
        coalesce(f.height, media.declared_height), coalesce(f.size, media.declared_bytes),
        f.form, f.sha256, f.phash,
        iif(captures.id IS NULL, media.missing, f.reason),
        (SELECT count(*) FROM media_files AS tried
        WHERE tried.url = media.url OR media.url IS NULL AND tried.media_id = media.id)
    FROM (SELECT 1) LEFT JOIN captures ON captures.id = media.file_capture_id
    LEFT JOIN media_files AS f ON f.capture_id = captures.id)
WHERE id IN (SELECT value FROM json_each(?))
"""

_ASKED = """
SELECT media.id, media.kind, media.name, media.url, sources.url, sources.last_cited,
    media.declared_bytes, cut.record_id, cut.warc_file, cut.warc_offset,
    cut.payload_bytes, cut.etag, cut.last_modified, cut.captured_at
FROM media JOIN sources ON sources.id = media.source_id
LEFT JOIN captures AS cut ON cut.id = media.file_capture_id AND cut.outcome = 'truncated'
    AND cut.http_status = 200 AND cut.url = media.url AND cut.final_url = media.url
    AND json_extract(cut.evidence, '$.marker') IN ('disconnect', 'time')
"""
_WANTED = f"""
{_ASKED} JOIN captures ON captures.id = media.capture_id
WHERE media.url IS NOT NULL AND media.outcome IS NOT 'ok'
  AND (media.outcome IS NULL OR media.tries < :tries
       AND media.outcome IN (SELECT value FROM json_each(:passing)))
  AND media.kind IN (SELECT value FROM json_each(:kinds))
  AND captures.via = 'live' AND sources.report_count > 0
ORDER BY sources.last_cited DESC, media.source_id, media.position, media.id LIMIT :most
"""  # noqa: S608 - ours
_OF_SOURCES = f"""
{_ASKED} WHERE media.url IS NOT NULL AND media.outcome IS NOT 'ok'
  AND sources.id IN (SELECT value FROM json_each(?))
ORDER BY media.source_id, media.position, media.id
"""  # noqa: S608 - ours
# Whether a page that is one video is still that, its own answer says.
_LISTINGS = f"""
{_ASKED} WHERE media.source_id = :source AND media.kind = 'listing' AND media.outcome = 'ok'
  AND media.url IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM media AS own WHERE own.source_id = :source AND own.name = :video)
ORDER BY media.id
"""  # noqa: S608 - ours
# `IS NOT 'ok'`: SQLite does not see that NULL is not, and would not take the index of what waits.
_LEAVE_KINDS = """
INSERT INTO media_left (media_id, reason, at)
SELECT id, :reason, :at FROM media
WHERE url IS NOT NULL AND outcome IS NULL AND outcome IS NOT 'ok'
  AND kind IN (SELECT value FROM json_each(:others))
  AND id NOT IN (SELECT media_id FROM media_left)
"""


def save(db: sqlite_utils.Database, update: CaptureUpdate) -> None:
    """Write what one capture shows, and what a fetched file is; inside the caller's transaction."""
    if not update.media and update.media_file is None:
        return
    for row in update.media:
        db.execute(_MERGE, values_of(row))
    changed = {row.id for row in update.media}
    file = update.media_file
    if file is not None:
        db.execute(_ADD_FILE, values_of(file))
        asked = "SELECT id FROM media WHERE id = ? OR url = ?"
        changed |= {row[0] for row in db.execute(asked, [file.media_id, file.url]).fetchall()}
        db.execute(
            "DELETE FROM media_left WHERE media_id IN (SELECT value FROM json_each(?))",
            [json.dumps(sorted(changed))],
        )
    refresh(db, changed)
    if update.looks is not None:
        _add_look(db, update.looks)


def _add_look(db: sqlite_utils.Database, found: LooksAlike) -> None:
    """Write what a picture looks like, once for the same bytes, and which it is near."""
    look = found.look
    db.execute(
        "INSERT OR IGNORE INTO media_looks (id, sha256, phash, sketch, width, height) "
        "VALUES (:id, :sha256, :phash, :sketch, :width, :height)",
        values_of(look),
    )
    db.conn.executemany(
        "INSERT OR IGNORE INTO media_bands VALUES (?, ?)",
        [(band, look.id) for band in found.bands],
    )
    db.conn.executemany(
        "INSERT OR IGNORE INTO near_media VALUES (?, ?, ?)",
        [(min(look.id, other), max(look.id, other), far) for other, far in found.near],
    )


def looks(db: sqlite_utils.Database, bands: Iterable[int], limit: int) -> list[Look]:
    """Looks of pictures that share one of these bands, at most `limit`."""
    rows = db.execute(
        "SELECT id, sha256, phash, sketch, width, height FROM media_looks WHERE id IN ("
        "SELECT look_id FROM media_bands WHERE band IN (SELECT value FROM json_each(?))) LIMIT ?",
        [json.dumps(list(bands)), limit],
    )
    return [Look(*row) for row in rows.fetchall()]


def refresh(db: sqlite_utils.Database, ids: Iterable[int]) -> None:
    """Bring what is known of the files of these up to date."""
    asked = json.dumps(sorted(ids))
    db.execute(_FIND_FILE, [asked])
    db.execute(_TELL_FILE, [asked])


def _asked(row: tuple[Any, ...]) -> WantedMedia:
    one = WantedMedia(*row[:7])
    record, file, offset, size, etag, modified, at = row[7:]
    strong = etag if etag and not etag.startswith("W/") else None
    dated = modified if modified and not strong and is_settled(modified, at) else None
    if not record or not size or not (strong or dated):
        return one
    return replace(one, part=Part(record, file, offset, size, strong, dated))


def is_settled(modified: str, at: str) -> bool:
    """Whether a file was changed so long before it was captured that its date alone names it (RFC
    9110, section 8.8.2.2)."""
    try:
        changed = parsedate_to_datetime(modified)
    except ValueError:
        return False
    return changed.tzinfo is not None and parse_time(at) - changed >= _SETTLED


def wanted(db: sqlite_utils.Database, kinds: Iterable[str], limit: int) -> list[WantedMedia]:
    """What is to be fetched, newest citations first."""
    asked = {
        "kinds": json.dumps(sorted(kinds)),
        "tries": TRIES,
        "passing": json.dumps(sorted(PASSING_IN_DAYS)),
        "most": limit,
    }
    return [_asked(row) for row in db.execute(_WANTED, asked).fetchall()]


def wanted_of(db: sqlite_utils.Database, sources: Sequence[int]) -> list[WantedMedia]:
    """All that these sources show and that is not held, whatever became of it before."""
    found = db.execute(_OF_SOURCES, [json.dumps(list(sources))]).fetchall()
    return [_asked(row) for row in found]


def listings(db: sqlite_utils.Database, source: int) -> list[WantedMedia]:
    """Answers that named what a post shows."""
    asked = {"source": source, "video": THE_VIDEO}
    return [_asked(row) for row in db.execute(_LISTINGS, asked).fetchall()]


def leave(db: sqlite_utils.Database, media: int, reason: str, at: str) -> None:
    """Note why something shown was not fetched."""
    db.execute("INSERT OR REPLACE INTO media_left VALUES (?, ?, ?)", [media, reason, at])


def leave_kinds(db: sqlite_utils.Database, kinds: Iterable[str], reason: str, at: str) -> None:
    """Note of all that is of other kinds than these why it was not fetched; once each."""
    others = json.dumps(sorted(set(MediaKind) - set(kinds)))
    db.execute(_LEAVE_KINDS, {"others": others, "reason": reason, "at": at})


def bytes_of_all(db: sqlite_utils.Database) -> int:
    """Bytes of the records of all files fetched for being shown."""
    found = db.execute(
        "SELECT coalesce(sum(warc_length), 0) FROM media_files "
        "JOIN captures ON captures.id = media_files.capture_id"
    ).fetchone()
    return int(found[0])
