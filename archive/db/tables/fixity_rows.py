"""WARC files with their sizes and digests, pages that could not be read yet, damages: reading and writing.

What writes runs inside a transaction of `archive.db.store`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model.fixity import Damage, UnreadRow, WarcFile
from archive.model.rows import values_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlite_utils

_UNREAD = ", ".join(UnreadRow.__slots__)
_UNREAD_VALUES = ", ".join(f":{name}" for name in UnreadRow.__slots__)
_DAMAGE = "kind, warc_file, found_at, detail, first_byte, end_byte, captures, kept_as"


@dataclass(frozen=True, slots=True)
class Measured:
    """What the database knows of a WARC file.

    Attributes:
        closed: Falsy while it is written, and after a kill.
        size: Bytes that are on the disk for sure; None where an older version closed it.
        sha256: Of a closed file; None likewise.
        mtime_ns: When a closed file was last changed.
    """

    name: str
    closed: int
    last_capture_id: int
    size: int | None
    sha256: str | None
    mtime_ns: int | None


# --- WARC files -----------------------------------------------------------------------------------


def note_open(db: sqlite_utils.Database, name: str, size: int, last_capture_id: int) -> None:
    """How much of a file that is being written is on the disk."""
    db.execute(
        """
        INSERT INTO warc_files (name, last_capture_id, closed, size) VALUES (?, ?, 0, ?)
        ON CONFLICT (name) DO UPDATE SET size = excluded.size, last_capture_id = excluded.last_capture_id
        """,
        [name, last_capture_id, size],
    )


def close_file(db: sqlite_utils.Database, file: WarcFile, last_capture_id: int) -> None:
    """Every record of this file is in the database, and all its bytes are on the disk."""
    db.execute(
        """
        INSERT INTO warc_files (name, last_capture_id, closed, size, sha256, mtime_ns)
        VALUES (:name, :last, 1, :size, :sha256, :mtime_ns)
        ON CONFLICT (name) DO UPDATE SET last_capture_id = :last, closed = 1, size = :size, sha256 = :sha256,
            mtime_ns = :mtime_ns
        """,
        {**values_of(file), "last": last_capture_id},
    )


def closed_names(db: sqlite_utils.Database) -> set[str]:
    """Files whose records are all in the database."""
    return {name for (name,) in db.execute("SELECT name FROM warc_files WHERE closed").fetchall()}


def measured(db: sqlite_utils.Database) -> list[Measured]:
    """Every file that captures were taken in from."""
    rows = db.execute(
        "SELECT name, closed, last_capture_id, size, sha256, mtime_ns FROM warc_files ORDER BY name"
    )
    return [Measured(*row) for row in rows.fetchall()]


def captures_within(
    db: sqlite_utils.Database, warc_file: str, first: int, end: int | None
) -> tuple[int, ...]:
    """Captures whose record begins in these bytes of a file."""
    rows = db.execute(
        "SELECT id FROM captures WHERE warc_file = ? AND warc_offset >= ? AND warc_offset < ? ORDER BY id",
        [warc_file, first, 2**62 if end is None else end],
    )
    return tuple(row[0] for row in rows.fetchall())


def records(db: sqlite_utils.Database) -> dict[str, set[str]]:
    """Ids of the records of captures, by WARC file."""
    found: dict[str, set[str]] = {}
    for name, record in db.execute("SELECT warc_file, record_id FROM captures").fetchall():
        found.setdefault(name, set()).add(record)
    return found


# --- unread pages ---------------------------------------------------------------------------------


def note_unread(db: sqlite_utils.Database, row: UnreadRow) -> None:
    """Keep in mind that a page is to be read; a further failed try counts."""
    db.execute(
        f"INSERT INTO unread ({_UNREAD}) VALUES ({_UNREAD_VALUES}) "  # noqa: S608 - our names
        "ON CONFLICT (record_id) DO UPDATE SET tries = unread.tries + 1, why = excluded.why",
        values_of(row),
    )


def forget_unread(db: sqlite_utils.Database, record_id: str) -> None:
    """It was read."""
    db.execute("DELETE FROM unread WHERE record_id = ?", [record_id])


def unread(db: sqlite_utils.Database, tries: int | None = None) -> list[UnreadRow]:
    """Pages to be read, in the order they were kept; only those tried less than `tries` times."""
    rows = db.execute(
        f"SELECT {_UNREAD} FROM unread "  # noqa: S608 - our own words
        "WHERE ? IS NULL OR tries < ? ORDER BY warc_file, warc_offset",
        [tries, tries],
    )
    return [UnreadRow(*row) for row in rows.fetchall()]


# --- damages --------------------------------------------------------------------------------------


def note_damages(db: sqlite_utils.Database, damages: Sequence[Damage]) -> None:
    """Keep what was found; the same found again is no new row."""
    db.conn.executemany(
        f"INSERT OR IGNORE INTO damages ({_DAMAGE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        [
            (
                d.kind,
                d.warc_file,
                d.found_at,
                d.detail,
                # NULLs are never equal, and the same damage would be noted again
                -1 if d.first_byte is None else d.first_byte,
                -1 if d.end_byte is None else d.end_byte,
                json.dumps(d.captures),
                d.kept_as,
            )
            for d in damages
        ],
    )


def damages(db: sqlite_utils.Database) -> list[Damage]:
    """What was found, newest first."""
    rows = db.execute(f"SELECT {_DAMAGE} FROM damages ORDER BY found_at DESC, id DESC")  # noqa: S608
    return [
        Damage(
            kind,
            warc_file,
            found_at,
            detail,
            None if first < 0 else first,
            None if end < 0 else end,
            tuple(json.loads(captures)),
            kept_as,
        )
        for kind, warc_file, found_at, detail, first, end, captures, kept_as in rows.fetchall()
    ]
