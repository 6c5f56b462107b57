"""SQLite's own checks of a database, as far as they are quick enough for every command."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.db import at_rest
from archive.db.database import BUSY_TIMEOUT_MS, require_file
from archive.db.sqlite_errors import DamagedDatabaseError, wrapped

if TYPE_CHECKING:
    from pathlib import Path

REMEDY = "isw-archive rebuild makes it anew"
QUICK_CHECK_S = 0.2
QUICK_CHECK_BYTES = 50_000_000
"""SQLite checks about 150 MB of a database a second, and our checksums 2 GB; a larger one is left
to whoever seals it, to `verify` and to the fixity rounds, which read all of it."""
_STEPS = 10_000


def damage_in(db: sqlite3.Connection) -> str | None:
    """What SQLite says of a damaged database; None where it is sound, or takes too long to tell.

    Raises:
        sqlite3.DatabaseError: It cannot even be asked.
    """
    until = time.monotonic() + QUICK_CHECK_S
    db.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    try:
        answer = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            return None
        raise
    finally:
        db.set_progress_handler(None, 0)
    return None if answer == "ok" else answer


def is_checked_at_once(path: Path) -> bool:
    """Whether there is a database, small enough to be checked in time."""
    return path.is_file() and 0 < path.stat().st_size <= QUICK_CHECK_BYTES


def wrong_at_once(db: sqlite3.Connection, path: Path) -> str | None:
    """What is wrong with the archive's database, as far as that is seen at once, and what to do
    about it.

    Raises:
        sqlite3.DatabaseError: As `damage_in`.
        OSError: It cannot be read.
    """
    changed = changed_at_rest(path)
    if changed is None and at_rest.is_kept(path):
        return None  # it is, byte for byte, what SQLite wrote
    answer = damage_in(db) if is_checked_at_once(path) else None
    return f"the database is damaged ({answer}); {REMEDY}" if answer is not None else changed


def changed_at_rest(path: Path) -> str | None:
    """What of the database is not what was written last, and what to do about it; of a large one
    what was found before."""
    if not path.is_file():
        return None
    try:
        wrong = at_rest.damage(path) if is_checked_at_once(path) else at_rest.flagged(path)
    except OSError as error:
        return f"{path} cannot be read: {error_with_advice(error)}"
    return wrong and f"{wrong}; {REMEDY}"


def require_sound(path: Path) -> str | None:
    """Refuse to write into a database that SQLite finds damaged: it would find nothing there, or
    write it anew.

    Returns: What of it was changed otherwise, and what to do about it. What is captured goes into
        the WARC files all the same, so that this is no reason to capture nothing.

    Raises:
        DamagedDatabaseError: It is damaged.
        DataFolderError: It cannot be read, or something else stands there.
    """
    require_file(path)
    changed = changed_at_rest(path)
    if (changed is None and at_rest.is_kept(path)) or not is_checked_at_once(path):
        return changed
    with wrapped(path), at_rest.folding(path):
        with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1000)) as db:
            answer = damage_in(db)
        if answer is not None:
            raise DamagedDatabaseError(f"{path}: the database is damaged ({answer}); {REMEDY}")
    return changed
