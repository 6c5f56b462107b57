"""Opening the archive's database: it must be ours and not of a newer version; it is put into
write-ahead mode and brought up to date."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from typing import TYPE_CHECKING

from archive.alone import in_turn
from archive.db import at_rest, companions, deferred_indexes, folding
from archive.db.as_of import show_as_of
from archive.db.file_access import is_frozen, log_bytes, reading_uri
from archive.db.lean import sqlite_utils
from archive.db.made_aside import made_aside
from archive.db.schema.migrations import migrations
from archive.db.sqlite_errors import REMAKE, DamagedDatabaseError, wrapped
from archive.db.upgrade_copies import kept_copy
from archive.db.write_log import PAGE_BYTES
from archive.errors import DataFolderError, NoArchiveError
from archive.file_kinds import FILE, require_kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

logger = logging.getLogger(__name__)

APPLICATION_ID = 0x49535741
"""`ISWA`: tells our databases from others
(https://www.sqlite.org/pragma.html#pragma_application_id)."""

BUSY_TIMEOUT_MS = 30_000
"""Datasette's readers never block a writer in write-ahead mode; a backup or a checkpoint may, for
seconds."""

CACHE_KIB = 64_000
"""Enough for the indexes of a year; the default of 2 MB makes a big import read pages again and
again."""

CHECKPOINT_PAGES = 8_000
"""Of 4 KiB: the log is folded in every 32 MB. A report touches some 100 pages, many of them the
same as the one before, so that the default of 1,000 would write them again after every tenth
report."""

UNSYNCED = 0
"""`PRAGMA synchronous=OFF`, as a number."""


def open_database(path: Path, *, create: bool = True) -> sqlite_utils.Database:
    """The archive's database, ready for writing.

    Raises:
        DataFolderError: Not a database, not ours, of a newer version, or not readable.
    """
    require_file(path)
    if _is_new(path):
        if not create:
            raise NoArchiveError(f"{path}: no archive here; run collect or import first")
        _make(path)
    with ExitStack() as turn:
        return _opened(path, turn)


def _is_new(path: Path) -> bool:
    return not path.exists() or path.stat().st_size == 0


@contextmanager
def _changing(path: Path) -> Iterator[None]:
    """A turn to make or change the tables: one command at a time. The archive's lock does not do,
    since readers bring the tables up to date as well."""
    with in_turn(path.resolve().parent):
        yield


def _make(path: Path) -> None:
    """Make a database with empty tables, unless another command made one before our turn came."""
    with _changing(path):
        if not _is_new(path):
            return
        at_rest.forget(path)
        with wrapped(path), made_aside(path) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            folding.register(connection)
            migrations.apply(sqlite_utils.Database(connection, execute_plugins=False))


def _opened(path: Path, turn: ExitStack | None) -> sqlite_utils.Database:
    """The database for writing.

    Args:
        path: Where it is.
        turn: Holds the turn to change the tables if one has to be taken; None: the caller has it.
    """
    with wrapped(path):
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None)
        # sqlite-utils begins transactions; the implicit BEGIN of Python would begin others unasked
        db = sqlite_utils.Database(connection, execute_plugins=False)
        try:
            _prepare(db, path, turn)
        except BaseException:
            close_database(db, path)
            raise
    return db


def close_database(db: sqlite_utils.Database, path: Path) -> None:
    """Close what `open_database` gave; SQLite folds the log in, unless somebody reads it."""
    with at_rest.folding(path):
        db.close()


@contextmanager
def unlogged(db: sqlite_utils.Database) -> Iterator[None]:
    """Write straight into the file inside the block, without a log and without syncs. Where the
    block ends by a kill or an error, the database is unusable. Not inside a transaction."""
    db.execute("PRAGMA journal_mode=MEMORY").fetchall()
    db.execute(f"PRAGMA synchronous={UNSYNCED}")
    yield
    db.execute("PRAGMA synchronous=NORMAL")
    db.execute("PRAGMA journal_mode=WAL").fetchall()


@contextmanager
def writing(path: Path) -> Iterator[sqlite_utils.Database]:
    """The archive's database for writing, closed at the end.

    Raises:
        DataFolderError: As `open_database`.
    """
    db = open_database(path)
    try:
        yield db
        at_rest.committed_by_us(path).note()  # should we be ended before all is noted
    finally:
        close_database(db, path)


def fold_long_log(db: sqlite_utils.Database, path: Path, before: int) -> int:
    """Fold the log into the file if it grew by `CHECKPOINT_PAGES` since it had `before` bytes, as
    SQLite would by itself. While somebody reads the log it cannot be folded and goes on growing.

    Returns: The log's bytes now, or `before`, where it was left alone.
    """
    if log_bytes(path) - before < CHECKPOINT_PAGES * PAGE_BYTES:
        return before
    with at_rest.folding(path):
        db.execute("PRAGMA busy_timeout=0")  # readers are not waited for
        try:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            db.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    return log_bytes(path)


def open_readonly(
    path: Path, *, current: bool = True, as_of: str | None = None
) -> sqlite_utils.Database:
    """Open a database for reading alone, without a lock.

    Args:
        path: The database.
        current: Bring a database of an older version up to date first, since queries are written
            for this one; False: open it as it is.
        as_of: Show the archive as it stood at this moment (`archive.db.as_of.moment`); None: as it
            is.

    Raises:
        DataFolderError: As `open_database`; or of an older version where it cannot be written.
    """
    db = _open_current(path, current=current)
    if as_of is not None:
        show_as_of(db.conn, as_of)
    return db


def _open_current(path: Path, *, current: bool) -> sqlite_utils.Database:
    require_file(path)
    if not path.exists():
        raise NoArchiveError(f"{path}: no archive here; run collect or import first")
    if path.is_file() and _is_new(path):
        with _changing(path):
            pass  # who was making its tables has ended by then
    if path.is_file() and _is_new(path):
        raise DamagedDatabaseError(f"{path}: the file is empty; {REMAKE}")
    db = _open_as_it_is(path)
    if not current or not pending(db):
        return db
    db.close()
    if not os.access(path, os.W_OK) or is_frozen(path):
        raise DataFolderError(
            f"{path}: made by an older isw-archive, and it cannot be brought up to date here; "
            "run a command where the folder can be written"
        )
    with _changing(path):
        _bring_up_to_date(path)
    return _open_as_it_is(path)


def _bring_up_to_date(path: Path) -> None:
    """Migrate, unless another command did before our turn came: whoever holds the archive may be
    writing it already."""
    with closing(_open_as_it_is(path)) as db:
        if not pending(db):
            return
    close_database(_opened(path, None), path)


def require_file(path: Path) -> None:
    """Refuse to open what is no file: SQLite would wait for ever for a named pipe.

    Raises:
        DataFolderError: Something else stands in the place of the database or of a file beside it.
    """
    require_kind(FILE, path, f"move it away, then {REMAKE}")
    for suffix in companions.ALL:
        require_kind(FILE, companions.beside(path, suffix))


def fold_log(path: Path) -> None:
    """Fold the write-ahead log into the file.

    Raises:
        DataFolderError: The database cannot be read or written.
    """
    with (
        wrapped(path),
        at_rest.folding(path),
        closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1000)) as connection,
    ):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def migrated(path: Path) -> int:
    """How many migrations the database has had. Its log was folded in, and nobody is writing it.

    Raises:
        DataFolderError: It cannot be read.
    """
    uri = reading_uri(path, immutable=True)
    with wrapped(path), closing(sqlite3.connect(uri, uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0])


def _open_as_it_is(path: Path) -> sqlite_utils.Database:
    with wrapped(path):
        connection = sqlite3.connect(reading_uri(path, immutable=is_frozen(path)), uri=True)
        db = sqlite_utils.Database(connection, execute_plugins=False)
        try:
            _check_identity(db, path)
        except BaseException:
            connection.close()
            raise
    return db


def _prepare(db: sqlite_utils.Database, path: Path, turn: ExitStack | None) -> None:
    db.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    _check_identity(db, path)
    folding.register(db.conn)
    db.enable_wal()
    # NORMAL: a power cut may take the last transactions, never the file; the WARC holds them and
    # recovery reads it
    db.execute("PRAGMA synchronous=NORMAL")
    db.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    db.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    db.execute("PRAGMA foreign_keys=ON")
    if at_rest.is_kept(path):
        # `fold_long_log` alone folds: it has the pages compared before, which SQLite would not
        db.execute("PRAGMA wal_autocheckpoint=0")
    else:
        at_rest.let_go(path)
    deferred_indexes.make_missing(db)
    if pending(db):
        if turn is not None:
            turn.enter_context(_changing(path))
        # checksums are noted anew after the upgrade, so SQLite may fold by itself
        db.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        _migrate(db, path)


def _migrate(db: sqlite_utils.Database, path: Path) -> None:
    """Bring it up to date, unless another command did before our turn came; a copy of it as it was
    is kept."""
    waiting = pending(db)
    if not waiting:
        return
    was_noted = _require_as_written(path)
    if _holds_captures(db):
        kept = kept_copy(db, path, waiting[0])
        logger.warning(
            "%s: of an older version, brought up to date; as it was, it is kept as %s, which "
            "may be deleted once all is well", path, kept
        )  # fmt: skip
    migrations.apply(db)
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise DataFolderError(
            f"{path}: {len(broken)} broken references after migrating; rebuild it"
        )
    if was_noted:
        _note_again(db, path)


def _note_again(db: sqlite_utils.Database, path: Path) -> None:
    """Note the checksums of the migrated file, unless somebody reads the log: from here on every
    change counts."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    if not log_bytes(path):
        at_rest.whole(path)
        db.execute("PRAGMA wal_autocheckpoint=0")


def _require_as_written(path: Path) -> bool:
    """Refuse to migrate a damaged database: nearly all of it is written anew, and the damage would
    pass for what was meant.

    Returns: Whether it had checksums; they are removed.

    Raises:
        DamagedDatabaseError: It is damaged.
    """
    if (wrong := at_rest.damage(path)) is not None:
        raise DamagedDatabaseError(f"{path}: {wrong}; {REMAKE}")
    was_noted = at_rest.is_kept(path)
    at_rest.forget(path)
    return was_noted


def has_full_text() -> bool:
    """Whether this Python's SQLite can make full-text indexes."""
    with closing(sqlite3.connect(":memory:")) as db:
        try:
            db.execute("CREATE VIRTUAL TABLE tried USING fts5 (text)")
        except sqlite3.OperationalError:
            return False
    return True


def pending(db: sqlite_utils.Database) -> list[str]:
    """Names of the migrations that this version knows and the database has not had, in their
    order."""
    return [migration.name for migration in migrations.pending(db)]


def _holds_captures(db: sqlite_utils.Database) -> bool:
    """Whether it has captures to lose; a command that was killed while it made the tables left
    none."""
    try:
        return db.execute("SELECT 1 FROM captures LIMIT 1").fetchone() is not None
    except sqlite3.OperationalError:
        return False


def _check_identity(db: sqlite_utils.Database, path: Path) -> None:
    found = db.execute("PRAGMA application_id").fetchone()[0]
    if found != APPLICATION_ID:
        raise DataFolderError(
            f"{path}: a database of another program; name another data folder with --data"
        )
    if not db["_sqlite_migrations"].exists():
        return
    known = _names()
    unknown = [m.name for m in migrations.applied(db) if m.name not in known]
    if unknown:
        raise DataFolderError(
            f"{path}: made by a newer isw-archive ({unknown[0]}); "
            "install that version or a later one"
        )


@cache
def _names() -> frozenset[str]:
    """Names of all migrations this version knows."""
    empty = sqlite_utils.Database(memory=True, execute_plugins=False)
    try:
        return frozenset(pending(empty))
    finally:
        empty.close()
