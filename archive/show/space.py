"""How much room the archive has, how fast it grows, and how long that lasts."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.db.database import open_readonly
from archive.errors import ArchiveError
from archive.model.times import format_time, parse_time

if TYPE_CHECKING:
    from datetime import datetime

    import sqlite_utils

    from archive.folder import DataFolder

LOOK_BACK = timedelta(days=28)
"""Four weeks: every day of the week counts alike."""

LOW_DAYS = 30
"""A month to buy a disk."""
LOW_BYTES = 1_000_000_000
"""One WARC file of the usual size."""

# Imports come once and say nothing of the next month. By whole days, as they are kept.
_GROWN = """
SELECT coalesce(sum(bytes), 0) FROM capture_days WHERE via <> 'import' AND day > ? AND day <= ?
"""
_FIRST = """
SELECT min(captured_at) FROM (SELECT DISTINCT outcome FROM capture_counts) AS told
CROSS JOIN captures ON captures.outcome = told.outcome
WHERE via <> 'import' AND captured_at > ?
"""


@dataclass(frozen=True, slots=True)
class Space:
    """Room and growth, in bytes.

    Attributes:
        free: On the disk that the data folder is on, for us.
        evidence: What the WARC files take.
        index: What the database takes.
        bytes_per_day: Growth of both in the last four weeks; None when nothing was captured.
        days_left: How long `free`, or what is `allowed` where that is less, lasts at that pace.
        allowed: What the archive's own budget leaves (`max_bytes_in_all`); None without one.
    """

    free: int
    evidence: int
    index: int
    bytes_per_day: float | None
    days_left: float | None
    allowed: int | None = None

    @property
    def is_low(self) -> bool:
        """Whether somebody should look for a larger disk."""
        soon = self.days_left is not None and self.days_left < LOW_DAYS
        return soon or self.free < LOW_BYTES


def forecast(folder: DataFolder, now: datetime, in_all: int = 0) -> Space:
    """Measure and reckon; an archive that is not there or cannot be read has no growth.

    Args:
        folder: The archive's.
        now: UTC.
        in_all: Bytes that all WARC files may take; 0: no limit.
    """
    there = folder.root if folder.root.exists() else folder.root.absolute().parent
    while not there.exists():
        there = there.parent
    free = shutil.disk_usage(there).free
    evidence = (
        sum(path.stat().st_size for path in folder.warc_files()) if folder.warcs.is_dir() else 0
    )
    index = folder.database.stat().st_size if folder.database.exists() else 0
    pace = _pace(folder, now)
    if pace is not None and evidence:
        pace *= 1 + index / evidence
    allowed = max(0, in_all - evidence) if in_all else None
    room = free if allowed is None else min(free, allowed)
    return Space(free, evidence, index, pace, room / pace if pace else None, allowed)


def _pace(folder: DataFolder, now: datetime) -> float | None:
    """Bytes of WARC records a day of late."""
    try:
        with closing(open_readonly(folder.database, current=False)) as db:
            return bytes_a_day(db, now)
    except (ArchiveError, sqlite3.DatabaseError):
        return None


def bytes_a_day(db: sqlite_utils.Database, now: datetime) -> float | None:
    """Bytes of WARC records that were captured a day, in the last four weeks or since the first
    capture."""
    since = format_time(now - LOOK_BACK)
    [size] = db.execute(_GROWN, [since[:10], format_time(now)[:10]]).fetchone()
    if not size:
        return None
    before = db.execute(
        "SELECT EXISTS (SELECT 1 FROM capture_days WHERE day <= ? AND via <> 'import')",
        [since[:10]],
    ).fetchone()[0]
    if before:
        return float(size / LOOK_BACK.days)
    [first] = db.execute(_FIRST, [since]).fetchone()
    return float(size / max(1.0, _days(first, now)))


def _days(first: str, now: datetime) -> float:
    return (now - parse_time(first)) / timedelta(days=1)


def human_bytes(size: float) -> str:
    """Bytes in the unit that gives one to three digits: `1.2 GB`."""
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1_000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1_000
    return f"{size:.1f} TB"
