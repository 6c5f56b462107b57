"""`people.db` as a file: written by one at a time, its pages compared and noted as those of the
archive's database are (`archive.db.at_rest`).

Any command writes it, and `serve` beside them, and none holds the archive for it. So whoever writes
it has the folder's turn from before it is opened until its checksums are noted.
"""

from __future__ import annotations

import contextlib
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.alone import in_turn
from archive.db import at_rest
from archive.db.companions import LOG, beside
from archive.db.file_access import is_frozen, log_bytes, reading_uri
from archive.db.integrity import QUICK_CHECK_BYTES, damage_in
from archive.durable_writes import sync_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION_ID = 0x49535750
"""`ISWP`: tells it from other databases."""
WAIT_S = 5.0
REMEDY = (
    "isw-archive repair --from BACKUP puts it back; or move it away with what lies beside it "
    "(people.db-*): the archive itself needs nothing of it"
)
_MISSING = "missing, though its checksums are here"
_CHECK = "PRAGMA integrity_check(1)"


@contextmanager
def opened(path: Path, wait_s: float = WAIT_S) -> Iterator[sqlite3.Connection]:
    """The file for writing, made where it is not there; what is written over is compared before,
    and noted as it is closed. Not within another of these.

    Args:
        path: The database.
        wait_s: How long another program that writes it is waited for.

    Raises:
        sqlite3.Error: It cannot be opened, read or written.
        OSError: It cannot be read.
    """
    with in_turn(path.resolve().parent):
        if not path.exists():
            at_rest.forget(path)
        db = sqlite3.connect(path, timeout=wait_s, isolation_level=None)
        try:
            db.execute("PRAGMA wal_autocheckpoint=0")  # SQLite would not compare
            if db.execute("PRAGMA journal_mode").fetchone() == ("wal",):
                db.execute("PRAGMA synchronous=NORMAL")  # of the log; it is synced below
            yield db
            _keep_committed(path)
        finally:
            _close(db, path)


def _keep_committed(path: Path) -> None:
    """What was committed is noted, should we be ended before it is folded in, and then synced: a
    sync takes as long as all else, and a log with an end counts from when it is written."""
    at_rest.committed_by_us(path).note()
    with contextlib.suppress(FileNotFoundError):
        sync_file(beside(path, LOG))


def _close(db: sqlite3.Connection, path: Path) -> None:
    """Close the file. Where no checksums are noted, they are noted from now on, unless SQLite finds
    damage; then nothing was written, and the file is left as it is."""
    is_first = not at_rest.is_kept(path)
    if is_first and not _is_sound(db):
        db.close()
        return
    with at_rest.folding(path):
        db.close()
    if is_first and not log_bytes(path):
        at_rest.whole(path)


def _is_sound(db: sqlite3.Connection) -> bool:
    try:
        return is_ours(db) and db.execute(_CHECK).fetchone()[0] == "ok"
    except sqlite3.Error:
        return False


def is_ours(db: sqlite3.Connection) -> bool:
    """Whether it is this kind of database."""
    return bool(db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)


def note_first(path: Path) -> None:
    """Note the checksums of one that is not written, where none are: one of an earlier version has
    none. As far as it lets us.

    Raises:
        OSError: It cannot be read.
    """
    if path.is_file() and path.stat().st_size and not at_rest.is_kept(path):
        fold(path)


def fold(path: Path) -> None:
    """Fold the log into the file, which is there, as far as that is possible.

    Raises:
        OSError: It cannot be read.
    """
    # what is wrong is said by `wrong_at_once` and `verify`
    with contextlib.suppress(sqlite3.Error), opened(path, 0):
        pass


def wrong_at_once(path: Path) -> str | None:
    """What is wrong with it, as far as that is seen at once: of a large one what was found before.
    None where nothing is, or nobody wrote anything yet."""
    try:
        if path.is_file() and path.stat().st_size > QUICK_CHECK_BYTES:
            return at_rest.flagged(path)
        return wrong_in(path, deep=False)
    except OSError as error:
        return error_with_advice(error)


def wrong_in(path: Path, *, deep: bool) -> str | None:
    """What is wrong with it: of the file beside what was noted, else what SQLite says.

    Args:
        path: The database; also where there is none.
        deep: SQLite reads all of it, in any case.

    Raises:
        OSError: It cannot be read.
    """
    if not path.is_file():
        return _missing(path)
    changed = at_rest.damage(path)
    if changed is not None or (at_rest.is_kept(path) and not deep):
        return changed
    answer = _told_by_sqlite(path, deep=deep)
    return None if answer in {None, "ok"} else f"the database is damaged: {answer}"


def _told_by_sqlite(path: Path, *, deep: bool) -> str | None:
    try:
        with in_turn(path.resolve().parent):
            # nobody writes it meanwhile; where there is no log, none is left beside it either
            uri = reading_uri(path, immutable=is_frozen(path) or not log_bytes(path))
            with closing(sqlite3.connect(uri, uri=True, timeout=WAIT_S)) as db:
                return str(db.execute(_CHECK).fetchone()[0]) if deep else damage_in(db)
    except sqlite3.Error as error:
        return str(error)


def _missing(path: Path) -> str | None:
    """That the file is missing, if it has checksums: whoever removes it on purpose removes these,
    too."""
    return _MISSING if at_rest.is_kept(path) and not path.exists() else None
