"""What a writer committed since its log was folded in last, noted as it goes.

The checksums of a database (`archive.db.at_rest`) are written anew when its log is folded in. Who
else opens it may fold it in before: while the writer writes, or after a kill, when whoever closes
it last takes the log away. What the file holds then is known by these notes; what it holds
otherwise is damage. They are not synced: a power cut takes as much of the log.
"""

from __future__ import annotations

import contextlib
import os
import struct
from collections import defaultdict
from typing import TYPE_CHECKING

from archive.db.write_log import Position, committed_after

if TYPE_CHECKING:
    from pathlib import Path

_ENTRY = struct.Struct("<II")
_NONE = (0, 0)
"""As a power cut leaves bytes that were not written."""


def noted(notes: Path) -> dict[int, list[int]]:
    """CRC-32 of what each page was to hold, by its number from 0, the last one last; nothing where
    nothing is noted."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    try:
        content = notes.read_bytes()
    except OSError:
        return found
    whole = content[: len(content) // _ENTRY.size * _ENTRY.size]
    for number, value in _ENTRY.iter_unpack(whole):
        if (number, value) != _NONE:
            found[number].append(value)
    return found


class Committed:
    """Notes what one writer commits; as far as the disk lets it."""

    def __init__(self, log: Path, notes: Path) -> None:
        """Begin with what stands in the log.

        Args:
            log: The database's write-ahead log.
            notes: Where to.
        """
        self._log, self._notes = log, notes
        self._known = Position()

    def note(self) -> None:
        """Note what was committed since the last time."""
        with contextlib.suppress(OSError):
            self._known, pages = committed_after(self._log, self._known)
            if pages:
                content = b"".join(_ENTRY.pack(*page) for page in pages)
                _append(self._notes, content)


def _append(notes: Path, content: bytes) -> None:
    handle = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    try:
        os.write(handle, content)
    finally:
        os.close(handle)
