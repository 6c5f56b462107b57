"""What errors of SQLite mean, and what a user can do about them."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.db.upgrade_copies import ROOM_BYTES
from archive.disk_space import free_space, size_limit, write_obstacle
from archive.errors import DataFolderError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REMAKE = "make it anew from the WARC files: isw-archive rebuild"
_KEPT = "nothing kept is lost"

# In this order, behind SQLITE_TMPDIR and TMPDIR (https://www.sqlite.org/tempfiles.html, section 5).
_TEMPORARY = ("/var/tmp", "/usr/tmp", "/tmp", ".")  # noqa: S108 - SQLite's, not ours


class DamagedDatabaseError(DataFolderError):
    """The file is no whole SQLite database; it can be made anew from the WARC files."""


@contextmanager
def wrapped(path: Path) -> Iterator[None]:
    """SQLite's errors that a user can mend, as ours; mistakes in our SQL stay what they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        known = explained(error, path)
        if known is None:
            raise
        raise known from error


def explained(error: sqlite3.DatabaseError, path: Path) -> DataFolderError | None:
    """What a user can do about an error of SQLite; None for mistakes in our SQL."""
    text = str(error)
    if isinstance(error, sqlite3.OperationalError):
        if any(word in text for word in ("syntax", "no such column", "no such table")):
            return None
        if "full" in text and (folder := _full_temporary_folder(path)) is not None:
            return DataFolderError(
                f"temporary folder {folder}: full, and SQLite sorts there; free disk space, or "
                "name another folder with SQLITE_TMPDIR, and run again; nothing kept is lost"
            )
        return DataFolderError(f"{path}: {meaning(text, path)}")
    if type(error) is not sqlite3.DatabaseError:
        return None
    return DamagedDatabaseError(f"{path}: {text}; {REMAKE}")


def _full_temporary_folder(path: Path) -> str | None:
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


def meaning(text: str, path: Path) -> str:
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
