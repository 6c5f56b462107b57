"""What fixity rounds found of each file: reading and writing. The caller of what writes holds the
archive's lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.model.fixity import FixityCheck
from archive.model.flat import values_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlite_utils

_NAMES = ", ".join(FixityCheck.__slots__)
_VALUES = ", ".join(f":{name}" for name in FixityCheck.__slots__)


def keep(db: sqlite_utils.Database, rows: Iterable[FixityCheck]) -> None:
    """Add what a round found."""
    with db.atomic():
        [before] = db.execute("SELECT coalesce(max(round), 0) FROM fixity_checks").fetchone()
        db.conn.executemany(
            f"INSERT INTO fixity_checks (round, {_NAMES}) "  # noqa: S608 - our names
            f"VALUES ({before + 1}, {_VALUES})",
            [values_of(row) for row in rows],
        )


def last_checked(db: sqlite_utils.Database) -> dict[str, str]:
    """When each file was last looked at; one that was put back was read then, too."""
    return dict(db.execute("SELECT file, max(at) FROM fixity_checks GROUP BY file").fetchall())


def last_rounds(db: sqlite_utils.Database) -> dict[str, int]:
    """The number of the round that looked at each file last."""
    return dict(db.execute("SELECT file, max(round) FROM fixity_checks GROUP BY file").fetchall())


def faults(db: sqlite_utils.Database) -> list[FixityCheck]:
    """Files that were not as they were when they were last looked at, a row a fault."""
    rows = db.execute(
        f"SELECT {_NAMES} FROM newest_fixity_checks WHERE outcome = 'fault' "  # noqa: S608
        "ORDER BY file, first_byte, id"
    )
    return [FixityCheck(*row) for row in rows.fetchall()]


def summary(db: sqlite_utils.Database) -> dict[str, Any]:
    """How far the rounds are: the newest look, files looked at, the oldest of their newest looks,
    closed WARC files that no round has read, files at fault."""
    last, files, oldest = db.execute(
        "SELECT max(at), count(DISTINCT file), min(at) FROM newest_fixity_checks"
    ).fetchone()
    [unread] = db.execute(
        "SELECT count(*) FROM warc_files WHERE closed AND NOT EXISTS "
        "(SELECT 1 FROM fixity_checks WHERE file = 'warc/' || warc_files.name)"
    ).fetchone()
    at_fault = len({row.file for row in faults(db)})
    return {
        "last_at": last, "files": files, "oldest_at": oldest, "not_yet": unread,
        "at_fault": at_fault,
    }  # fmt: skip


def of_file(db: sqlite_utils.Database, file: str) -> list[dict[str, Any]]:
    """All looks at one file, the oldest first."""
    return list(
        db.query(
            "SELECT at, outcome, record_id AS record, first_byte AS byte, detail "
            "FROM fixity_checks WHERE file = ? ORDER BY round, id",
            [file],
        )
    )
