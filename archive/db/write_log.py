"""SQLite's write-ahead log, as far as it says what the file will hold once it is folded in.

https://www.sqlite.org/fileformat2.html#walformat,
https://www.sqlite.org/walformat.html#the_wal_index_file_format
"""

from __future__ import annotations

import os
import struct
import sys
import zlib
from array import array
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from archive.db.held_open import descriptor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE_BYTES = 4_096
"""SQLite's default since 3.12, and that of all databases that we made."""
_HEADER = struct.Struct(">I12x8sII")
_FRAME = struct.Struct(">I4x8sII")
_FRAME_BYTES = _FRAME.size + PAGE_BYTES
_COMMIT, _NO_COMMIT, _SALT = slice(4, 8), b"\0\0\0\0", slice(8, 16)
"""The last frame of a transaction has the database's pages there, all others nothing."""
_BIG_ENDIAN = 0x377F0683
"""The first number of a log whose words are read so for its checksums."""
_INDEX = struct.Struct("=12xB3xI12x8s8x")
_INDEX_HEADER_BYTES = 48
_BACKFILL, _BACKFILL_AT = struct.Struct("=I"), 96
_WORD = 0xFFFF_FFFF
_TOGETHER = 512
"""Frames whose checksums are worked out side by side: 2 MB of them."""


@dataclass(slots=True)
class Log:
    """What stands in a log.

    Attributes:
        pages: CRC-32 of what each page holds after the last frame of it, by the page's number from
            0. Where nobody has the database open, pages may be among these that were never
            committed.
        folded: Of these, those that may have been folded in already.
        lost: Of these, those that SQLite counts on and that are not as it wrote them.
        salt: What tells this log from those that stood in the file before; empty: nothing does.
        is_known: Whether SQLite says how far the log goes, so that `pages` is exact.
    """

    pages: dict[int, int] = field(default_factory=dict)
    folded: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    salt: str = ""
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Position:
    """How far a log was read.

    Attributes:
        salt: As `Log.salt`, in bytes.
        frames: How many, from the first.
    """

    salt: bytes = b""
    frames: int = 0


@dataclass(frozen=True, slots=True)
class _IndexHeader:
    """What the header of the log's index says, which SQLite keeps in `-shm`.

    Attributes:
        frames: How many were committed; None: the index is not in use.
        folded: How many of them were folded in.
    """

    frames: int | None = None
    folded: int = 0


def log_of(log: Path, index: Path | None = None) -> Log:
    """What stands in the log; of one that is not there, nothing.

    Args:
        log: The file.
        index: Of this log, while somebody has the database open: then no more is taken than SQLite
            says was committed, and each frame is held against its checksum.

    Raises:
        OSError: It cannot be read.
    """
    try:
        file = log.open("rb")  # SQLite locks the index, and never this
    except FileNotFoundError:
        return Log()
    with file:
        handle = file.fileno()
        head = os.pread(handle, _HEADER.size, 0)
        if len(head) < _HEADER.size:
            return Log()
        header = _IndexHeader() if index is None else _index_header(index, _salt(head))
        return _log(handle, head, _numbers(handle, _salt(head), header.frames), header)


def committed_after(log: Path, known: Position) -> tuple[Position, list[tuple[int, int]]]:
    """What was committed since: where the log is read up to now, and each page's number from 0 with
    the CRC-32 of what it is to hold, in the order in which they were written.

    Args:
        log: The file; only the caller writes to the database.
        known: How far it was read; in another log than this one nothing was.

    Raises:
        OSError: It cannot be read.
    """
    with log.open("rb", buffering=0) as file:
        handle = file.fileno()
        head = os.pread(handle, _HEADER.size, 0)
        if len(head) < _HEADER.size:
            return Position(), []
        salt = _salt(head)
        done = known.frames if salt == known.salt else 0
        found: list[tuple[int, int]] = []
        last, count = done, 0
        while len(frame := os.pread(handle, _FRAME_BYTES, _place(done))) == _FRAME_BYTES:
            if frame[_SALT] != salt:
                break  # what stands behind was folded in before
            number = int.from_bytes(frame[:4], "big")
            found.append((number - 1, zlib.crc32(memoryview(frame)[_FRAME.size :])))
            done += 1
            if frame[_COMMIT] != _NO_COMMIT:
                last, count = done, len(found)
        return Position(salt, last), found[:count]


def _salt(head: bytes) -> bytes:
    return bytes(_HEADER.unpack(head)[1])


def _log(handle: int, head: bytes, numbers: list[int], header: _IndexHeader) -> Log:
    last = {number: frame for frame, number in enumerate(numbers)}
    found = Log(salt=_salt(head).hex(), is_known=header.frames is not None)
    for number, frame in last.items():
        page = os.pread(handle, PAGE_BYTES, _place(frame) + _FRAME.size)
        found.pages[number] = zlib.crc32(page)
    found.folded = set(numbers[: header.folded])
    if found.is_known:
        whole = _whole_frames(handle, head, len(numbers))
        found.lost = set(numbers[whole:])
    return found


def _place(frame: int) -> int:
    return _HEADER.size + frame * _FRAME_BYTES


def _numbers(handle: int, salt: bytes, frames: int | None) -> list[int]:
    """Which page each frame holds, from 0."""
    found: list[int] = []
    while frames is None or len(found) < frames:
        frame = os.pread(handle, _FRAME.size, _place(len(found)))
        if len(frame) < _FRAME.size:
            break
        number, mark, _, _ = _FRAME.unpack(frame)
        if mark != salt:
            break  # what stands behind was folded in before
        found.append(number - 1)
    return found


def _index_header(index: Path, salt: bytes) -> _IndexHeader:
    """The header of the log's index; as if there were none, where it cannot be read, is being
    written, or belongs to another log."""
    try:
        head = os.pread(descriptor(index), _BACKFILL_AT + _BACKFILL.size, 0)
    except OSError:
        return _IndexHeader()
    first, second = head[:_INDEX_HEADER_BYTES], head[_INDEX_HEADER_BYTES:_BACKFILL_AT]
    if len(head) < _BACKFILL_AT + _BACKFILL.size or first != second:
        return _IndexHeader()
    is_used, frames, mark = _INDEX.unpack_from(first)
    if not is_used or (frames and mark != salt):
        return _IndexHeader()
    return _IndexHeader(frames, _BACKFILL.unpack_from(head, _BACKFILL_AT)[0])


# --- checksums of frames --------------------------------------------------------------------------


def _whole_frames(handle: int, head: bytes, frames: int) -> int:
    """How many frames from the first on are what their checksums say."""
    magic, _, *sums = _HEADER.unpack(head)
    before, done = (int(sums[0]), int(sums[1])), 0
    while done < frames:
        count = min(_TOGETHER, frames - done)
        block = os.pread(handle, count * _FRAME_BYTES, _place(done))
        words = array("I", block[: len(block) // _FRAME_BYTES * _FRAME_BYTES])
        if (magic == _BIG_ENDIAN) != (sys.byteorder == "big"):
            words.byteswap()
        for number, after in enumerate(_checksums(words, before)):
            said = _FRAME.unpack_from(block, number * _FRAME_BYTES)[2:]
            if after != said:
                return done + number
            before = after
        if len(block) < count * _FRAME_BYTES:
            return done + len(block) // _FRAME_BYTES
        done += count
    return frames


def _checksums(words: array[int], before: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The checksum of each frame: it goes over two words of the head and all of the page, and on
    from the frame before.

    A sum over words is linear, so that of each frame is worked out as if it were the first, and
    what came before is put in after. All are worked out at once: one number holds a word of every
    frame, each second frame's in a number of its own, so that nothing is carried over.
    """
    per = _FRAME_BYTES // 4
    count = len(words) // per
    kept = int.from_bytes(b"\xff\xff\xff\xff\0\0\0\0" * (count // 2 + 1), "little")
    sums = [0, 0, 0, 0]
    covered = (0, 1, *range(_FRAME.size // 4, per))
    for first, second in zip(covered[::2], covered[1::2], strict=True):
        x, y = _side_by_side(words, first, per), _side_by_side(words, second, per)
        for half in (0, 1):
            sums[half] = (sums[half] + (x & kept) + sums[half + 2]) & kept
            sums[half + 2] = (sums[half + 2] + (y & kept) + sums[half]) & kept
            x, y = x >> 32, y >> 32
    slots = struct.Struct(f"<{count // 2 + 1}Q")
    own = [slots.unpack(value.to_bytes(slots.size, "little")) for value in sums]
    (a, b), (c, d) = _carried(len(covered) // 2)
    one, two = before
    for frame in range(count):
        slot, half = divmod(frame, 2)
        one, two = (
            (a * one + b * two + own[half][slot]) & _WORD,
            (c * one + d * two + own[half + 2][slot]) & _WORD,
        )
        yield one, two


def _side_by_side(words: array[int], first: int, per: int) -> int:
    """One word of every frame, the first frame's lowest."""
    chosen = words[first::per]
    if sys.byteorder == "big":
        chosen.byteswap()
    return int.from_bytes(chosen.tobytes(), "little")


@cache
def _carried(pairs: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """What becomes of a checksum over so many pairs of nothing."""
    a, b, c, d = 1, 0, 0, 1
    for _ in range(pairs):
        a, b = a + c, b + d
        c, d = c + a, d + b
    return (a & _WORD, b & _WORD), (c & _WORD, d & _WORD)
