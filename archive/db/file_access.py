"""How the file of a database can be opened: whether we may write it, whether anybody can, and the
address under which SQLite opens it for reading alone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from archive.db.companions import LOG, LOG_INDEX, beside

if TYPE_CHECKING:
    from pathlib import Path


def reading_uri(path: Path, *, immutable: bool) -> str:
    """The address under which SQLite opens a database for reading alone.

    Args:
        path: The database.
        immutable: Nobody writes it as long as it is open: SQLite then takes no locks, reads no log,
            and leaves no file beside it. Of a database that does change it would read half of the
            old and half of the new.
    """
    mode = "mode=ro&immutable=1" if immutable else "mode=ro"
    return f"{path.absolute().as_uri()}?{mode}"


def log_bytes(path: Path) -> int:
    """Bytes of the write-ahead log; 0 where there is none."""
    try:
        return beside(path, LOG).stat().st_size
    except FileNotFoundError:
        return 0


def is_frozen(path: Path) -> bool:
    """Whether we can open it only as a file that nobody writes: in write-ahead mode SQLite needs a
    log and its index beside the file; there is no log now, and we may not make one. The folder's
    owner may still come and write, unless the disk is read-only (`is_on_read_only_disk`)."""
    if may_write(path):
        return False
    log = beside(path, LOG)
    # an empty log that was copied here without its index counts as none
    return not log.exists() or (not log_bytes(path) and not beside(path, LOG_INDEX).exists())


def may_write(path: Path) -> bool:
    """Whether we can make a log beside it."""
    return os.access(path.resolve().parent, os.W_OK)


def is_on_read_only_disk(path: Path) -> bool:
    """Whether nobody at all can write it."""
    return bool(os.statvfs(path.resolve().parent).f_flag & os.ST_RDONLY)
