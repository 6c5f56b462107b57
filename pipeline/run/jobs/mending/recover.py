"""After a kill or a power cut: what a run had written and not committed is taken in before anything
else begins.

Damage costs what is damaged: it is named, kept in mind in the table `damages`, and all else is
taken in.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archive import clock
from archive.db.store import Store
from archive.db.tables import fixity_rows
from archive.errors import WarcError
from archive.model.fixity import UNREAD_STARTS, Damage
from archive.model.times import format_time
from archive.warc.measured import measure
from archive.warc.reader import WarcRecord
from archive.warc.recover import cut_torn_tail, set_aside
from archive.warc.through import read_through
from pipeline.run.jobs.ledger_keeper import unseal
from pipeline.run.jobs.mending.damage import RESTORE, all_of, damages_of, lost_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archive.config import Settings
    from archive.db.tables.fixity_rows import Measured, Places
    from archive.folder import DataFolder
    from archive.model.fixity import UnreadRow
    from archive.warc.recover import CutFile
    from pipeline.run.ingest import Archive
    from pipeline.run.jobs.index import Hops, Indexed
    from pipeline.run.pool import WorkerPool


@dataclass(slots=True)
class Recovered:
    """What was found.

    Attributes:
        files: WARC files that no run had closed.
        captures: Taken in.
        moved: Captures whose record stood elsewhere than the tables said.
        read: Pages that had been kept unread, and were read now.
        damages: What was found damaged, cut off or lost.
        problems: Files that could not be looked into; the others were.
        doubled: Two captures have one number: the database has to be made anew.
    """

    files: int = 0
    captures: int = 0
    moved: int = 0
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
    found = Recovered(problems=folder.odd_entries())
    with Store(folder.database) as store:
        closed = fixity_rows.closed_names(store.db)
        _measure_again(store, folder, found)
        unread = fixity_rows.unread(store.db, tries=UNREAD_STARTS)
        found.doubled = any(one.kind == "doubled" for one in fixity_rows.damages(store.db))
    left = in_order(path for path in warc_files(folder) if path.name not in closed)
    found.files = len(left)
    if left or unread:
        _take_in_all(folder, settings, left, unread, found)
    return found


def _measure_again(store: Store, folder: DataFolder, found: Recovered) -> None:
    """Closed files that an older version did not measure, or that were changed after they were
    closed: by a copy, or worse."""
    changed: list[tuple[Measured, Path]] = []
    altered = {one.warc_file for one in fixity_rows.damages(store.db) if _is_altered(one)}
    for file in fixity_rows.measured(store.db):
        path = folder.warcs / file.name
        if not path.is_file():
            # what is no file is among the odd entries
            if not path.exists():
                found.problems.append(f"{path} is missing; {RESTORE}")
        elif file.closed and (file.name in altered or _is_changed(file, path)):
            changed.append((file, path))
    if changed:
        unseal(folder)
    for file, path in changed:
        try:
            _compared(store, file, path, found, was_altered=file.name in altered)
        except WarcError as error:
            found.problems.append(str(error))
    store.note_damages(found.damages)


def _is_changed(file: Measured, path: Path) -> bool:
    """Whether a file may be another than it was when it was closed: a disk that lost its end leaves
    it its time. A file that an older version closed has no size."""
    there = path.stat()
    return there.st_mtime_ns != file.mtime_ns or file.size not in {None, there.st_size}


def _compared(
    store: Store, file: Measured, path: Path, found: Recovered, *, was_altered: bool
) -> None:
    """Look at a closed file that may have changed, or that was altered: a copy of it that was put
    back may have the time that it had.

    Raises:
        WarcError: It cannot be read.
    """
    now = measure(path)
    if file.sha256 is None:  # an older version closed it without a word on its bytes
        found.damages += _looked_through(store, path, now.size, found)
    elif file.sha256 != now.sha256:
        found.damages.append(_altered(store, path, now.size, found))
        return
    elif was_altered:
        # somebody brought it back; what stood elsewhere meanwhile stands in its place again
        _looked_through(store, path, now.size, found)
        store.forget_altered(file.name)
    store.close_warc(now, file.last_capture_id)


def _is_altered(damage: Damage) -> bool:
    return damage.kind == "altered" and damage.first_byte is None


def _altered(store: Store, path: Path, size: int, found: Recovered) -> Damage:
    """What became of a file that was altered after it was closed, in one."""
    parts = _looked_through(store, path, size, found)
    known = any(part.captures is not None for part in parts)
    lost = tuple(number for part in parts for number in part.captures or ())
    where = f": {parts[0].detail}" if parts else ""
    more = f", and {len(parts) - 1} more" if len(parts) > 1 else ""
    text = f"it was altered after it was closed{where}{more}"
    now = format_time(clock.now())
    return Damage("altered", path.name, now, text, captures=lost if known or not parts else None)


def _looked_through(store: Store, path: Path, size: int, found: Recovered) -> list[Damage]:
    """What is damaged in a file whose records are in the tables; their places are mended."""
    from pipeline.run.jobs.index import look_through

    known = fixity_rows.places(store.db, path.name)
    indexed = look_through(store, path, known or {})
    found.moved += indexed.moved
    return damages_of(path.name, indexed, known, size, format_time(clock.now()))


def warc_files(folder: DataFolder) -> list[Path]:
    """The archive's WARC files by name."""
    return folder.warc_files()


def in_order(paths: Iterable[Path]) -> list[Path]:
    """WARC files in the order they were begun, which their names do not tell where the clock was
    set back between two.

    What a 304 says is unchanged must be taken in before it.
    """
    return sorted(paths, key=lambda path: (_first_capture(path), path.name))


def _first_capture(path: Path) -> int:
    """The number of the first capture in a file; 0 where none can be read."""
    with contextlib.suppress(WarcError):
        for record in read_through(path, large=True):
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

    unseal(folder)
    archive = Archive(folder, settings, run=None)
    try:
        with WorkerPool(1, settings.extract_timeout_s) as pool:
            hops: Hops = {}
            for path in left:
                _take_in(archive, pool, path, found, hops)
                archive.store.note_damages(found.damages)
            found.doubled |= any(one.kind == "doubled" for one in found.damages)
            found.read = read_again(archive, pool, unread)
    finally:
        archive.abandon()


def _take_in(archive: Archive, pool: WorkerPool, path: Path, found: Recovered, hops: Hops) -> None:
    from pipeline.run.jobs.index import Indexed, index_file

    known = fixity_rows.places(archive.db, path.name)
    healed = _healed(path, known, found)
    if healed is None or not (healed.length or healed.torn):
        return  # the kill came before the first whole record
    indexed = index_file(archive, path, pool, hops) if healed.length else Indexed(0, 0)
    found.captures += indexed.captures
    found.moved += indexed.moved
    found.damages += _damages(healed, indexed, known)
    if not healed.length:
        return
    try:
        archive.store.close_warc(measure(path), indexed.last_capture_id)
    except WarcError as error:
        found.problems.append(str(error))


def _damages(healed: CutFile, indexed: Indexed, known: Places | None) -> list[Damage]:
    """What is wrong with an open file; what stood in its torn end is that one's cost."""
    now, name = format_time(clock.now()), healed.path.name
    found = damages_of(name, indexed, known, healed.length, now)
    if healed.torn is not None:
        lost = lost_of(known or {}, indexed.seen).get(None, None if known is None else ())
        text = (
            f"{healed.torn_bytes} bytes after byte {healed.length} were no whole record "
            f"({healed.why})"
        )
        end = healed.length + healed.torn_bytes
        torn = Damage("torn-tail", name, now, text, healed.length, end, lost, healed.torn.name)
        found = [torn, *(one for one in found if not _is_missing_end(one))]
    # the database is to be made anew, and that may be refused
    return [replace(one, kind="doubled") if one.kind == "renumbered" else one for one in found]


def _is_missing_end(damage: Damage) -> bool:
    return damage.kind == "wound" and damage.end_byte is None


def _healed(path: Path, known: Places | None, found: Recovered) -> CutFile | None:
    """The file without its torn tail; None for one that was set aside, since it holds no record."""
    try:
        return cut_torn_tail(path)
    except WarcError as error:
        if not path.exists() or "no WARC" not in str(error):
            # it stays open: the next run tries again
            found.problems.append(str(error))
            return None
        aside = set_aside(path).name
        text, now = f"{error}; it is set aside as {aside}", format_time(clock.now())
        lost = all_of(known)
        found.damages.append(Damage("no-warc", path.name, now, text, captures=lost, kept_as=aside))
        return None
