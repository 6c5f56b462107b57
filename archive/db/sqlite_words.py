"""What errors of SQLite mean, and what to do about them."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.db.upgrade_copies import ROOM_BYTES
from archive.disk_space import free_space, size_limit, write_obstacle

if TYPE_CHECKING:
    from pathlib import Path

_KEPT = "nothing kept is lost"

# In this order, behind SQLITE_TMPDIR and TMPDIR (https://www.sqlite.org/tempfiles.html, section 5).
_TEMPORARY = ("/var/tmp", "/usr/tmp", "/tmp", ".")  # noqa: S108 - SQLite's, not ours


def full_temporary_folder(path: Path) -> str | None:
    """The folder in which SQLite has its temporary files, where that is full and the database's own
    is not."""
    named = (os.environ.get("SQLITE_TMPDIR"), os.environ.get("TMPDIR"))
    folder = next((f for f in (*named, *_TEMPORARY) if f and os.access(f, os.W_OK | os.X_OK)), None)
    try:
        if folder is None or shutil.disk_usage(folder).free > ROOM_BYTES:
            return None
        return folder if shutil.disk_usage(path.parent).free > ROOM_BYTES else None
    except OSError:
        return None


def told(text: str, path: Path) -> str:
    """What an error of SQLite means, and what to do about it; what it calls an I/O error may be a
    full disk."""
    folder = path.resolve().parent
    if "full" in text:
        room = free_space(folder)
        full = f"the disk is full{f' ({room})' if room else ''}"
        return f"{full}; free disk space (or raise the quota), then run again; {_KEPT}"
    is_fault = "disk I/O" in text
    if is_fault or "unable to open" in text:
        found = write_obstacle(folder) or (size_limit() if is_fault else None)
        if found is not None:
            return f"{error_with_advice(found, folder)}; {_KEPT}"
    return f"{text}; {_advice(text)}"


def _advice(text: str) -> str:
    if "locked" in text:
        return "another program is writing it, wait and run again"
    if "disk I/O" in text:
        return "the disk reports a fault: look into the system's log before anything else"
    if "unable to open" in text:
        return "check the folder's owner and mode, and the limit of open files (ulimit -n)"
    return "check the folder's owner and mode"
