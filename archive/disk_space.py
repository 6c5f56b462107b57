"""Free space on a disk, and what keeps us from writing there. Contains no business logic."""

from __future__ import annotations

import errno
import os
import resource
import tempfile
from typing import TYPE_CHECKING

from archive.durable_writes import sync_written

if TYPE_CHECKING:
    from pathlib import Path

PROBE_BYTES = 1 << 20
"""What a try writes: SQLite's log and index take tens of kilobytes at a time, a capture a few
hundred."""
_UNITS = ("bytes", "kB", "MB", "GB", "TB")
_STEP = 1000


def free_space(at: Path) -> str:
    """How much may still be written where a file or folder is, in words; empty where nobody can
    say."""
    folder = next((one for one in (at, *at.parents) if one.is_dir()), at)
    try:
        disk = os.statvfs(folder)
    except OSError:
        return ""
    if disk.f_files and not disk.f_favail:
        return f"no further file can be made in {folder}: the disk has no inode left"
    return f"{_size(disk.f_bavail * disk.f_frsize)} free in {folder}"


def _size(count: float) -> str:
    for unit in _UNITS[:-1]:
        if count < _STEP:
            return f"{count:.0f} {unit}"
        count /= _STEP
    return f"{count:.0f} {_UNITS[-1]}"


def write_obstacle(folder: Path) -> OSError | None:
    """What stands in the way of writing in a folder: a try that leaves nothing behind; None: it can
    be done.

    SQLite says `disk I/O error` of a quota, a limit on files and a broken disk alike; the system
    tells them apart.
    """
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(PROBE_BYTES))
            sync_written(file)
    except OSError as error:
        return error
    return None


def size_limit() -> OSError | None:
    """The limit on the size of files that this process has, as the error that it becomes; None:
    there is none."""
    if resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY:
        return None
    return OSError(errno.EFBIG, os.strerror(errno.EFBIG))
