"""A database is copied before an upgrade changes it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from archive.db.file_access import reading_uri
from archive.errors import DataFolderError

if TYPE_CHECKING:
    from pathlib import Path

    import sqlite_utils

ROOM_BYTES = 10_000_000
"""Less is full: a sort of a large table needs more."""

_LACKING = """
SELECT 1 FROM now.captures AS here
WHERE NOT EXISTS (SELECT 1 FROM captures WHERE captures.record_id = here.record_id)
UNION ALL
SELECT 1 FROM now.runs AS here WHERE NOT EXISTS (
    SELECT 1 FROM runs WHERE runs.id = here.id AND runs.finished_at IS here.finished_at)
LIMIT 1
"""


def kept_copy(db: sqlite_utils.Database, path: Path, first: str) -> Path:
    """Keep the database as it is beside it, before the migration `first` changes it; the copy's
    path. Where an upgrade was broken off, the copy of before that one is the one to keep.

    Args:
        db: The database, opened.
        path: Where it is.
        first: Name of a migration.

    Raises:
        DataFolderError: There is no room for it; nothing was changed.
    """
    for earlier in sorted(path.parent.glob(f"{path.name}.before-m*")):
        if earlier.suffix != ".part" and _has_all(earlier, path):
            return earlier
    names = (f"{path.name}.before-{first}{n}" for n in ("", *(f".{n}" for n in range(2, 1_000))))
    kept = next(kept for name in names if not (kept := path.with_name(name)).exists())
    size = db.execute(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    ).fetchone()[0]
    free = shutil.disk_usage(path.parent).free
    if free < size + ROOM_BYTES:
        raise DataFolderError(
            f"{path}: of an older version, and there is no room to keep a copy ({size:,} bytes, "
            f"{free:,} are free) before it is brought up to date; free disk space and run again; "
            "nothing was changed"
        )
    half = path.with_name(f"{kept.name}.part")
    half.unlink(missing_ok=True)
    with closing(sqlite3.connect(half)) as copy:
        db.conn.backup(copy)
    half.replace(kept)
    return kept


def _has_all(kept: Path, path: Path) -> bool:
    """Whether a copy from before an upgrade has every capture and run that the database has: no
    command has written since but upgrades."""
    try:
        with closing(sqlite3.connect(reading_uri(kept, immutable=True), uri=True)) as db:
            db.execute("ATTACH DATABASE ? AS now", [reading_uri(path, immutable=False)])
            return db.execute(_LACKING).fetchone() is None
    except sqlite3.Error:
        return False  # a draft, or none of ours
