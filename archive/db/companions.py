"""What the files beside a SQLite database are called: SQLite's own
(https://www.sqlite.org/tempfiles.html) and our notes of its pages. They belong to one content of
the database: beside another they would be read as its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LOG = "-wal"
"""The write-ahead log."""
LOG_INDEX = "-shm"
"""Where in the log each page stands; made anew by whoever opens the database."""
JOURNAL = "-journal"
"""The rollback journal, while a database is in no write-ahead mode yet."""
SUMS = "-sums"
"""A checksum of each page (`archive.db.sums_file`)."""
COMMITTED = "-sums-log"
"""What was committed since the log was folded in last (`archive.db.committed`)."""

OF_LOG = (LOG, LOG_INDEX)
OF_SQLITE = (JOURNAL, *OF_LOG)
ALL = (*OF_SQLITE, SUMS, COMMITTED)


def beside(path: Path, suffix: str) -> Path:
    """A file beside the database; where that is a symbolic link, beside what it leads to."""
    real = path.resolve()
    return real.with_name(real.name + suffix)


def remove(path: Path, suffixes: Iterable[str] = OF_LOG) -> None:
    """Remove what stands beside a database that nobody has open, as far as it is there."""
    for suffix in suffixes:
        beside(path, suffix).unlink(missing_ok=True)
