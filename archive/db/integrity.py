"""Whether SQLite finds the database sound, as far as that is seen at once."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from archive.db.database import BUSY_TIMEOUT_MS, DamagedDatabaseError, require_file, wrapped

if TYPE_CHECKING:
    from pathlib import Path

QUICK_CHECK_S = 0.2
QUICK_CHECK_BYTES = 50_000_000
"""SQLite checks about 150 MB of a database a second; a larger one is never done in time, and is
left to `verify` and the fixity rounds, which read all of it."""
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


def quick_check(db: sqlite3.Connection) -> str | None:
    """The same of the archive's database, with what to do about it.

    Raises:
        sqlite3.DatabaseError: As `damage_in`.
    """
    answer = damage_in(db)
    return answer and f"the database is damaged ({answer}); isw-archive rebuild"


def require_sound(path: Path) -> None:
    """Refuse to write into a damaged database: it would be sealed as if it were whole.

    Raises:
        DamagedDatabaseError: It is damaged.
        DataFolderError: It cannot be read, or something else stands there.
    """
    require_file(path)
    if not is_checked_at_once(path):
        return
    with wrapped(path), closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1000)) as db:
        if (wrong := quick_check(db)) is not None:
            raise DamagedDatabaseError(f"{path}: {wrong}")
