"""A zip whose every byte follows from names and contents: nothing compressed, no times, no room for
anything between.

Written here, since zip libraries differ from version to version in flags and fields: who verifies a
dossier composes its frame again and compares.

Source: APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEVER = 0x0021
"""1980-01-01, the first day that a zip can tell."""
_PLAIN, _LARGE = 20, 45
"""Versions needed to unpack: with and without sizes of 64 bits."""
_MADE_BY = 3 << 8
_MODE = 0o100644 << 16
_MAX = 0xFFFF_FFFF
_MAX_COUNT = 0xFFFF
_ZIP64 = 0x0001


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in the zip.

    Attributes:
        name: ASCII.
        offset: Where its header begins.
    """

    name: str
    size: int
    crc: int
    offset: int

    @property
    def begin(self) -> int:
        """The place where the entry's content begins."""
        return self.offset + len(local_header(self))

    @property
    def end(self) -> int:
        """The place behind the entry's content."""
        return self.begin + self.size


def local_header(entry: Entry) -> bytes:
    """The local header of a zip entry, which stands before its content."""
    name, large = entry.name.encode("ascii"), entry.size >= _MAX
    extra = struct.pack("<HHQQ", _ZIP64, 16, entry.size, entry.size) if large else b""
    size = _MAX if large else entry.size
    head = struct.pack(
        "<4sHHHHHIIIHH",
        b"PK\3\4", _LARGE if large else _PLAIN, 0, 0, 0, _NEVER, entry.crc, size, size,
        len(name), len(extra),
    )  # fmt: skip
    return head + name + extra


def directory(entries: Sequence[Entry]) -> bytes:
    """The central directory of a zip, which stands behind all contents."""
    start = entries[-1].end if entries else 0
    central = b"".join(map(_central, entries))
    count, size = len(entries), len(central)
    is_large = start >= _MAX or size >= _MAX or count >= _MAX_COUNT
    end = struct.pack(
        "<4sHHHHIIH",
        b"PK\5\6", 0, 0, min(count, _MAX_COUNT), min(count, _MAX_COUNT), min(size, _MAX),
        min(start, _MAX), 0,
    )  # fmt: skip
    return central + (_large_end(start, count, size) if is_large else b"") + end


def _central(entry: Entry) -> bytes:
    name, large = entry.name.encode("ascii"), entry.size >= _MAX
    numbers = [entry.size, entry.size] if large else []
    numbers += [entry.offset] if entry.offset >= _MAX else []
    extra = struct.pack(f"<HH{len(numbers)}Q", _ZIP64, 8 * len(numbers), *numbers)
    extra = extra if numbers else b""
    size, needed = (_MAX if large else entry.size), (_LARGE if numbers else _PLAIN)
    head = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        b"PK\1\2", _MADE_BY | needed, needed, 0, 0, 0, _NEVER, entry.crc, size, size,
        len(name), len(extra), 0, 0, 0, _MODE, min(entry.offset, _MAX),
    )  # fmt: skip
    return head + name + extra


def _large_end(start: int, count: int, size: int) -> bytes:
    made = _MADE_BY | _LARGE
    end = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, made, _LARGE, 0, 0, count, count, size, start)
    return end + struct.pack("<4sIQI", b"PK\6\7", 0, start + size, 1)
