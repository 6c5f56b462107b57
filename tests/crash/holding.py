"""What an archive holds, read from its files alone: rows, records, judgements."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.db import at_rest
from tests.crash.program import NOT_REBUILT
from tests.crash.warcs import Record, whole_records

if TYPE_CHECKING:
    from collections.abc import Iterator

JUDGED = """
SELECT kind, url, outcome, http_status, content_digest FROM captures
WHERE kind IN ('report', 'source') AND outcome <> 'not-modified'
"""
ROWS = "SELECT id, record_id, url, payload_digest, warc_file, warc_offset FROM captures"
Judgements = frozenset[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Held:
    """An archive at one moment.

    Attributes:
        rows: Captures of the database, by record id: number, address, digest, place.
        ended: Records that end a capture, whole in their WARC files, by record id.
    """

    rows: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    ended: dict[str, Record] = field(default_factory=dict)


def held(data: Path) -> Held:
    """What a folder holds that nobody writes to; the folder itself is not touched."""
    with _copied(data) as database:
        rows = {row[1]: tuple(row) for row in read(database, ROWS)} if database else {}
    return Held(rows, {one.record_id: one for one in ended(data)})


def ended(data: Path) -> Iterator[Record]:
    """The records that end a capture, of all WARC files."""
    for path in warc_files(data):
        yield from (one for one in whole_records(path) if one.capture is not None)


def warc_files(data: Path) -> list[Path]:
    """The archive's WARC files by name."""
    return sorted((data / "warc").glob("*.warc.gz"))


@contextlib.contextmanager
def _copied(data: Path) -> Iterator[Path | None]:
    """A copy of the database with its log; a reader of the original would mend what a kill left."""
    if not (data / "archive.db").exists():
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="held-") as name:
        for path in (data / "archive.db", data / "archive.db-wal"):
            if path.exists():
                shutil.copy(path, name)
        yield Path(name) / "archive.db"


def read(database: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query; none where its tables are not there yet."""
    # whoever reads it folds in the log that a kill left
    with at_rest.folding(database), contextlib.closing(sqlite3.connect(database)) as connection:
        try:
            return connection.execute(sql).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return []
            raise


def judgements(data: Path) -> Judgements:
    """What was made of each page: its outcome, and the digest of what was understood."""
    return frozenset(map(tuple, read(data / "archive.db", JUDGED)))


def tables(data: Path) -> dict[str, list[str]]:
    """Every row of every table that a rebuild makes again, in an order of its own."""
    database = data / "archive.db"
    listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    names = [
        name
        for (name,) in read(database, listed)
        if "_fts" not in name and not name.startswith("_") and name not in NOT_REBUILT
    ]
    return {name: sorted(map(repr, read(database, f'SELECT * FROM "{name}"'))) for name in names}
