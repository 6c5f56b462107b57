"""WARC files with their sizes and digests, pages that could not be read yet, damages: reading and
writing.

What writes runs inside a transaction of `archive.db.store`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model.fixity import Damage, ToldPlace, UnreadRow, WarcFile
from archive.model.flat import values_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlite_utils

    from archive.model.fetch import Location

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
        ON CONFLICT (name) DO UPDATE SET size = excluded.size, last_capture_id =
          excluded.last_capture_id
        """,
        [name, last_capture_id, size],
    )


def close_file(db: sqlite_utils.Database, file: WarcFile, last_capture_id: int) -> None:
    """Every record of this file is in the database, and all its bytes are on the disk."""
    db.execute(
        """
        INSERT INTO warc_files (name, last_capture_id, closed, size, sha256, mtime_ns)
        VALUES (:name, :last, 1, :size, :sha256, :mtime_ns)
        ON CONFLICT (name) DO UPDATE SET last_capture_id = :last, closed = 1, size = :size, sha256 =
          :sha256,
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


Places = dict[str, ToldPlace]
"""Where the records of captures stand in one file, by record id."""


def places(db: sqlite_utils.Database, warc_file: str) -> Places | None:
    """The places of the records of one file's captures; None where the tables know nothing of the
    file."""
    rows = db.execute(
        "SELECT record_id, id, warc_offset FROM captures WHERE warc_file = ?", [warc_file]
    )
    found = {record: ToldPlace(capture, offset) for record, capture, offset in rows.fetchall()}
    known = db.execute("SELECT 1 FROM warc_files WHERE name = ?", [warc_file]).fetchone()
    return found if found or known else None


def all_places(db: sqlite_utils.Database) -> dict[str, Places]:
    """The places of captures' records in each file, by the file's name."""
    found: dict[str, Places] = {}
    rows = db.execute("SELECT warc_file, record_id, id, warc_offset FROM captures")
    for name, record, capture, offset in rows.fetchall():
        found.setdefault(name, {})[record] = ToldPlace(capture, offset)
    return found


def known(db: sqlite_utils.Database) -> set[str]:
    """Ids of the records of all captures, read or not yet, and of all runs; of a database of any
    version."""
    ids = {str(name) for (name,) in db.execute("SELECT record_id FROM captures").fetchall()}
    ids |= {str(name) for (name,) in db.execute("SELECT id FROM runs").fetchall()}
    return ids | ({row.record_id for row in unread(db)} if db["unread"].exists() else set())


def move(
    db: sqlite_utils.Database, record_id: str, place: Location, hops: Sequence[Location]
) -> None:
    """A record, and those on the way to it, stand elsewhere than the tables say.

    Args:
        db: The archive's database.
        record_id: The record that ends the capture.
        place: Where it stands.
        hops: Where those on the way stand; where not all of them were found, they are left as they
            are.
    """
    where = [place.file, place.offset, place.length]
    for table in ("captures", "unread"):
        db.execute(
            f"UPDATE {table} SET warc_file = ?, warc_offset = ?, warc_length = ? "  # noqa: S608
            "WHERE record_id = ?",
            [*where, record_id],
        )
    if len(hops) != len(places_of_hops(db, record_id)):
        return
    db.conn.executemany(
        "UPDATE hops SET warc_file = ?, warc_offset = ?, warc_length = ? "
        "WHERE position = ? AND capture_id = (SELECT id FROM captures WHERE record_id = ?)",
        [(hop.file, hop.offset, hop.length, n, record_id) for n, hop in enumerate(hops)],
    )


def places_of_hops(db: sqlite_utils.Database, record_id: str) -> list[Location]:
    """The places of the redirects' records on the way to a capture, as the tables have them."""
    from archive.model.fetch import Location  # slow to load, and most who read files ask for none

    rows = db.execute(
        "SELECT hops.warc_file, hops.warc_offset, hops.warc_length FROM hops "
        "JOIN captures ON captures.id = capture_id WHERE record_id = ? ORDER BY position",
        [record_id],
    )
    return [Location(*row) for row in rows.fetchall()]


# --- unread pages ---------------------------------------------------------------------------------


def note_unread(db: sqlite_utils.Database, row: UnreadRow) -> None:
    """Keep in mind that a page is to be read; a further failed try counts."""
    db.execute(
        f"INSERT INTO unread ({_UNREAD}) VALUES ({_UNREAD_VALUES}) "  # noqa: S608 - our names
        "ON CONFLICT (record_id) DO UPDATE SET tries = unread.tries + 1, why = excluded.why",
        values_of(row),
    )


def forget_unread(db: sqlite_utils.Database, record_id: str) -> None:
    """Remove a page from those that no worker could read: it was read."""
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


def forget_altered(db: sqlite_utils.Database, warc_file: str) -> None:
    """A closed file is again what it was when it was closed."""
    db.execute(
        "DELETE FROM damages WHERE warc_file = ? AND kind = 'altered' AND first_byte = -1",
        [warc_file],
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
            None if (numbers := json.loads(captures)) is None else tuple(numbers),
            kept_as,
        )
        for kind, warc_file, found_at, detail, first, end, captures, kept_as in rows.fetchall()
    ]
