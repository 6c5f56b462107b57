"""Reading files that SQLite has open in this process.

The system drops all of a process's locks on a file as soon as it closes any descriptor of it
(https://www.sqlite.org/howtocorrupt.html, 2.2). SQLite's own would be gone with them: another
program could empty the log's index under a writer, or take the log away that its rows stand in. So
what was opened here stays open while the file has a name, and is used again.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT_MOST = 32
"""Descriptors: a command has the files of one or two databases open, a process of tests those of
hundreds; the ones that were used longest ago are closed."""
_TURN = threading.Lock()
_OPEN: dict[tuple[int, int], int] = {}
"""By device and number on it: what the system knows locks by."""


def descriptor(path: Path) -> int:
    """A descriptor to read from with `os.pread`; it is not to be closed.

    Raises:
        OSError: There is no such file, or it cannot be read.
    """
    with _TURN:
        _close_nameless()
        held = _OPEN.pop(_key(path.stat()), None)
        if held is None:
            held = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        _OPEN[_key(os.fstat(held))] = held  # the last is the one used last
        while len(_OPEN) > AT_MOST:
            os.close(_OPEN.pop(next(iter(_OPEN))))
        return held


def blocks(handle: int, size: int) -> Iterator[bytes]:
    """What a file holds, in blocks of `size` bytes."""
    place = 0
    while block := os.pread(handle, size, place):
        yield block
        place += len(block)


def _close_nameless() -> None:
    """Close files that have no name any more: nobody else can open them, so that no lock on them
    matters."""
    for key, handle in list(_OPEN.items()):
        if not os.fstat(handle).st_nlink:
            os.close(_OPEN.pop(key))


def _key(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino
