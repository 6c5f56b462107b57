"""After a kill: what a run had written but not yet committed is taken in before anything else begins."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.db import queries
from archive.db.store import Store
from archive.errors import WarcError
from archive.warc.reader import iter_records
from archive.warc.recover import heal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archive.config import Settings
    from archive.folder import DataFolder


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was found."""

    files: int = 0
    captures: int = 0


def recover(folder: DataFolder, settings: Settings) -> Recovered:
    """Heal and index the WARC files that no run closed.

    The caller holds the lock, so none of them is being written.
    """
    with Store(folder.database) as store:
        closed = queries.closed_warcs(store.db)
    left = in_order(path for path in warc_files(folder) if path.name not in closed)
    if not left:
        return Recovered()
    return Recovered(len(left), sum(_take_in(folder, settings, path) for path in left))


def warc_files(folder: DataFolder) -> list[Path]:
    """The archive's WARC files by name."""
    return sorted(folder.warcs.glob("*.warc.gz"))


def in_order(paths: Iterable[Path]) -> list[Path]:
    """WARC files in the order they were begun, which their names do not tell where the clock was set back between two.

    What a 304 says is unchanged must be taken in before it.
    """
    return sorted(paths, key=lambda path: (_first_capture(path), path.name))


def _first_capture(path: Path) -> int:
    """The number of the first capture in a file; 0 where none can be read."""
    with contextlib.suppress(WarcError):
        for record in iter_records(path):
            if record.context is not None:
                return record.context.capture_id
    return 0


def _take_in(folder: DataFolder, settings: Settings, path: Path) -> int:
    from pipeline.run.ingest import Archive
    from pipeline.run.jobs.index import index_file
    from pipeline.run.pool import WorkerPool

    if not heal(path).length:
        return 0  # the kill came before the first whole record
    archive = Archive(folder, settings, run=None)
    try:
        known = queries.record_ids(archive.db, path.name)
        with WorkerPool(1, settings.extract_timeout_s) as pool:
            indexed = index_file(archive, path, pool, known)
        if indexed.damage is not None:
            raise WarcError(indexed.damage)
        archive.store.close_warc(path.name, indexed.last_capture_id)
    finally:
        archive.abandon()
    return indexed.captures
