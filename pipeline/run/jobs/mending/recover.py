"""After a kill or a power cut: what a run had written and not committed is taken in before anything else begins.

Damage costs what is damaged: it is named, kept in mind in the table `damages`, and all else is taken in.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive import clock
from archive.db.store import Store
from archive.db.tables import capture_rows, fixity_rows
from archive.errors import WarcError
from archive.model.fixity import Damage
from archive.model.times import format_time
from archive.warc.reader import WarcRecord
from archive.warc.recover import heal, measure, set_aside
from archive.warc.through import Wound, read_through
from pipeline.run.jobs.mending.damage import damages_of, wounded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archive.config import Settings
    from archive.folder import DataFolder
    from archive.model.fixity import UnreadRow
    from archive.warc.recover import Healed
    from pipeline.run.ingest import Archive
    from pipeline.run.jobs.index import Hops
    from pipeline.run.pool import WorkerPool


@dataclass(slots=True)
class Recovered:
    """What was found.

    Attributes:
        files: WARC files that no run had closed.
        captures: Taken in.
        read: Pages that had been kept unread, and were read now.
        damages: What was found damaged, cut off or lost.
        problems: Files that could not be looked into; the others were.
        doubled: Two captures have one number: the database has to be made anew.
    """

    files: int = 0
    captures: int = 0
    read: int = 0
    damages: list[Damage] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    doubled: bool = False


def recover(folder: DataFolder, settings: Settings) -> Recovered:
    """Heal and index the WARC files that no run closed, and read the pages that were left unread.

    The caller holds the lock, so none of them is being written.

    Raises:
        WarcError: A file cannot be mended, or set aside.
        DataFolderError: The database cannot be written.
    """
    from pipeline.run.unread import STARTS

    found = Recovered(problems=folder.odd_entries())
    with Store(folder.database) as store:
        closed = fixity_rows.closed_names(store.db)
        _measure_again(store, folder, found)
        unread = fixity_rows.unread(store.db, tries=STARTS)
    left = in_order(path for path in warc_files(folder) if path.name not in closed)
    found.files = len(left)
    if left or unread:
        _take_in_all(folder, settings, left, unread, found)
    return found


def _measure_again(store: Store, folder: DataFolder, found: Recovered) -> None:
    """Closed files that an older version did not measure, or that were changed after they were closed: by a copy, or worse."""
    for file in fixity_rows.measured(store.db):
        path = folder.warcs / file.name
        if not file.closed or not path.is_file() or path.stat().st_mtime_ns == file.mtime_ns:
            continue
        try:
            now = measure(path)
            if file.sha256 is None:
                found.damages += _looked_through(store, path, now.size)
        except WarcError as error:
            found.problems.append(str(error))
            continue
        if file.sha256 in {None, now.sha256}:
            store.close_warc(now, file.last_capture_id)
        else:
            found.damages.append(
                Damage(
                    "altered",
                    file.name,
                    format_time(clock.now()),
                    "it was altered after it was closed",
                )
            )
    store.note_damages(found.damages)


def _looked_through(store: Store, path: Path, size: int) -> list[Damage]:
    """What is damaged in a file that an older version closed without a word on its bytes."""
    now = format_time(clock.now())
    wounds = (item for item in read_through(path) if isinstance(item, Wound))
    found = [wounded(store.db, wound, now) for wound in wounds]
    lost = fixity_rows.captures_within(store.db, path.name, size, None)
    if lost:
        text = f"it ends at byte {size}, and captures stood behind that"
        found.append(Damage("wound", path.name, now, text, size, None, lost))
    return found


def warc_files(folder: DataFolder) -> list[Path]:
    """The archive's WARC files by name."""
    return folder.warc_files()


def in_order(paths: Iterable[Path]) -> list[Path]:
    """WARC files in the order they were begun, which their names do not tell where the clock was set back between two.

    What a 304 says is unchanged must be taken in before it.
    """
    return sorted(paths, key=lambda path: (_first_capture(path), path.name))


def _first_capture(path: Path) -> int:
    """The number of the first capture in a file; 0 where none can be read."""
    with contextlib.suppress(WarcError):
        for record in read_through(path):
            if isinstance(record, WarcRecord) and record.context is not None:
                return record.context.capture_id
    return 0


def _take_in_all(
    folder: DataFolder,
    settings: Settings,
    left: list[Path],
    unread: list[UnreadRow],
    found: Recovered,
) -> None:
    from pipeline.run.ingest import Archive
    from pipeline.run.jobs.mending.unread import read_again
    from pipeline.run.pool import WorkerPool

    archive = Archive(folder, settings, run=None)
    try:
        with WorkerPool(1, settings.extract_timeout_s) as pool:
            hops: Hops = {}
            for path in left:
                _take_in(archive, pool, path, found, hops)
                archive.store.note_damages(found.damages)
            if not found.doubled:
                found.read = read_again(archive, pool, unread)
    finally:
        archive.abandon()


def _take_in(archive: Archive, pool: WorkerPool, path: Path, found: Recovered, hops: Hops) -> None:
    from pipeline.run.jobs.index import index_file

    healed = _healed(archive, path, found)
    if healed is None or not healed.length:
        return  # the kill came before the first whole record
    known = capture_rows.record_ids(archive.db, path.name)
    indexed = index_file(archive, path, pool, known, hops)
    found.captures += indexed.captures
    found.damages += damages_of(archive.db, path.name, indexed, format_time(clock.now()))
    found.doubled = found.doubled or bool(indexed.doubled)
    try:
        archive.store.close_warc(measure(path), indexed.last_capture_id)
    except WarcError as error:
        found.problems.append(str(error))


def _healed(archive: Archive, path: Path, found: Recovered) -> Healed | None:
    """The file without its torn tail; None for one that was set aside, since it holds no record."""
    now = format_time(clock.now())
    try:
        healed = heal(path)
    except WarcError as error:
        if not path.exists() or "no WARC" not in str(error):
            # it stays open: the next run tries again
            found.problems.append(str(error))
            return None
        lost = fixity_rows.captures_within(archive.db, path.name, 0, None)
        aside = set_aside(path).name
        text = f"{error}; it is set aside as {aside}"
        found.damages.append(Damage("no-warc", path.name, now, text, captures=lost, kept_as=aside))
        return None
    if healed.torn is not None:
        lost = fixity_rows.captures_within(archive.db, path.name, healed.length, None)
        end = healed.length + healed.torn_bytes
        text = f"{healed.torn_bytes} bytes after byte {healed.length} were no whole record ({healed.why})"
        torn = healed.torn.name
        found.damages.append(
            Damage("torn-tail", path.name, now, text, healed.length, end, lost, torn)
        )
    return healed
