"""What happens to archives: bits rot, files are cut, zeroed, altered, lost; limits are low.

Functions take a data folder that nobody writes to, or one of its WARC files, and say what they have
hurt.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import sqlite3
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.db import at_rest
from archive.folder import DataFolder
from pipeline.run.jobs.ledger_keeper import unseal
from tests.crash.holding import read, warc_files
from tests.crash.warcs import GZIP, Record, whole_records

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Damage:
    """What was done to a WARC file.

    Attributes:
        path: The file, also where it is gone.
        first, end: The bytes that were changed or lost: from the first up to, and without, the end.
        hit: The records that were whole there before.
    """

    path: Path
    first: int
    end: int
    hit: tuple[Record, ...]

    @property
    def captures(self) -> list[int]:
        """Numbers of the captures that lost the record which ends them."""
        return [one.capture for one in self.hit if one.capture is not None]


def closed_warcs(data: Path) -> list[Path]:
    """The WARC files that the database calls closed, by name."""
    return [path for path in warc_files(data) if path.name in _closed(data)]


def _closed(data: Path) -> set[str]:
    database = data / "archive.db"
    columns = {row[1] for row in read(database, "PRAGMA table_info(warc_files)")}
    which = " WHERE closed = 1" if "closed" in columns else ""
    return {row[0] for row in read(database, f"SELECT name FROM warc_files{which}")}


def leave_open(data: Path, path: Path) -> Path:
    """Make the database say of a closed file what it says of one that a kill left open; returns the
    file."""
    unseal(DataFolder(data))  # as if that kill had written it
    at_rest.forget(data / "archive.db")
    with contextlib.closing(sqlite3.connect(data / "archive.db")) as db, db:
        columns = {row[1] for row in db.execute("PRAGMA table_info(warc_files)")}
        change = (
            "UPDATE warc_files SET closed = 0, sha256 = NULL, mtime_ns = NULL"
            if "closed" in columns
            else "DELETE FROM warc_files"
        )
        db.execute(f"{change} WHERE name = ?", [path.name])
    return path


def record_in(path: Path, part: float = 0.5) -> Record:
    """A record that ends a capture, so far into those of the file: 0.0 the first, 1.0 the last."""
    ends = [one for one in whole_records(path) if one.capture is not None]
    return ends[round(part * (len(ends) - 1))]


def flip_bit(path: Path, offset: int, bit: int = 0) -> None:
    """Turn one bit of any file, of the database too."""
    with path.open("r+b") as file:
        file.seek(offset)
        [byte] = file.read(1)
        file.seek(offset)
        file.write(bytes([byte ^ (1 << bit)]))


def flip_byte(path: Path, part: float = 0.5) -> Damage:
    """Turn every bit of one byte in the middle of a record, so far into the file."""
    one = record_in(path, part)
    before = whole_records(path)
    offset = one.offset + one.length // 2
    for bit in range(8):
        flip_bit(path, offset, bit)
    return _damage(path, offset, offset + 1, before)


def flip_one_bit(path: Path, part: float = 0.5) -> Damage:
    """Turn a single bit in the middle of a record."""
    one = record_in(path, part)
    before = whole_records(path)
    offset = one.offset + one.length // 2
    flip_bit(path, offset)
    return _damage(path, offset, offset + 1, before)


def zero(path: Path, part: float = 0.5) -> Damage:
    """Overwrite one record with zeros, from its beginning to its end."""
    one = record_in(path, part)
    before = whole_records(path)
    with path.open("r+b") as file:
        file.seek(one.offset)
        file.write(bytes(one.length))
    return _damage(path, one.offset, one.offset + one.length, before)


def zero_all(path: Path) -> Damage:
    """Overwrite the file with zeros; its length stays."""
    before, size = whole_records(path), path.stat().st_size
    path.write_bytes(bytes(size))
    return _damage(path, 0, size, before)


def zero_end(path: Path, count: int) -> Damage:
    """Overwrite the last bytes with zeros."""
    before, size = whole_records(path), path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size - count)
        file.write(bytes(count))
    return _damage(path, size - count, size, before)


def cut_end(path: Path, count: int) -> Damage:
    """Take the last bytes away."""
    before, size = whole_records(path), path.stat().st_size
    os.truncate(path, size - count)
    return _damage(path, size - count, size, before)


def empty(path: Path) -> Damage:
    """Take all bytes away; the name stays."""
    return cut_end(path, path.stat().st_size)


def delete(path: Path) -> Damage:
    """Remove the file."""
    before, size = whole_records(path), path.stat().st_size
    path.unlink()
    return _damage(path, 0, size, before)


def insert(path: Path, junk: bytes = b"\0garbage", part: float = 0.5) -> Damage:
    """Put bytes of no record before a record; all that follows moves."""
    one = record_in(path, part)
    content = path.read_bytes()
    path.write_bytes(content[: one.offset] + junk + content[one.offset :])
    return Damage(path, one.offset, one.offset + len(junk), ())


def alter_letter(path: Path, part: float = 0.5) -> Damage:
    """Change one letter of a record's body and make the gzip member right again: only a digest can
    tell.

    The record's length, in bytes of the file, may change, and with it the places of all that
    follow.
    """
    one, content = record_in(path, part), path.read_bytes()
    before = whole_records(path)
    end = one.offset + one.length
    text = bytearray(zlib.decompress(content[one.offset : end], GZIP))
    place = _last_letter(text)
    text[place] = ord("y") if text[place] == ord("x") else ord("x")
    member = _same_length(bytes(text), one.length)
    path.write_bytes(content[: one.offset] + member + content[end:])
    return _damage(path, one.offset, end, before)


def _last_letter(text: bytearray) -> int:
    body = text.index(b"\r\n\r\n") + 4
    return next(i for i in range(len(text) - 5, body, -1) if chr(text[i]).isalpha())


def _same_length(text: bytes, length: int) -> bytes:
    """A gzip member of as many bytes as before, where a level of compression gives one."""
    made = [gzip.compress(text, level, mtime=0) for level in range(1, 10)]
    return next((member for member in made if len(member) == length), made[5])


def _damage(path: Path, first: int, end: int, before: list[Record]) -> Damage:
    hit = tuple(one for one in before if one.offset < end and first < one.offset + one.length)
    return Damage(path, first, end, hit)


# --- what is wrong around the program -------------------------------------------------------------


def open_files(most: int = 24) -> tuple[str, ...]:
    """The beginning of a command that may have so many files open; for
    `program.start(before=…)`."""
    return ("bash", "-c", f'ulimit -n {most} && exec "$@"', "_")


def file_size(blocks: int) -> tuple[str, ...]:
    """The beginning of a command none of whose files grows beyond so many blocks of 1,024 bytes."""
    return ("bash", "-c", f'ulimit -f {blocks} && exec "$@"', "_")
