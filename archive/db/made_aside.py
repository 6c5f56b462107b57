"""A new database is made aside and takes its place whole.

Any program may open the file of its name at any time. While it is made, that gets in the way:
where SQLite already reads, it does not wait for another, but gives up at once
(https://www.sqlite.org/c3ref/busy_handler.html), and switching to write-ahead mode reads first. So
who looks for a database meanwhile finds none, instead of half of one.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from archive.db.companions import OF_SQLITE, remove
from archive.durable_writes import sync_file, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def made_aside(path: Path) -> Iterator[sqlite3.Connection]:
    """A database to make the tables of, without a log or syncs; in write-ahead mode, whole and on
    the disk it is put where `path` leads to once that is done. The caller has the folder's turn,
    and no database is there but an empty file.

    Raises:
        sqlite3.Error: It cannot be made; what is there is as it was.
        OSError: The disk does not take it; so, too.
    """
    place = path.resolve()
    draft = place.with_name(f"{place.name}.new")
    _discard(draft)
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode=MEMORY")
            db.execute("PRAGMA synchronous=OFF")
            yield db
            db.execute("PRAGMA journal_mode=WAL")
        sync_file(draft)
        remove(place, OF_SQLITE)  # of one that is gone
        draft.replace(place)
    except BaseException:
        _discard(draft)
        raise
    sync_folder(place.parent)


def _discard(draft: Path) -> None:
    remove(draft, ("", *OF_SQLITE))
