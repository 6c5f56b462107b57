"""The database anew from the WARC files: a new file beside the old one, which it replaces at the
end."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from archive import clock
from archive.counted import counted
from archive.db.database import fold_log, open_readonly, require_file
from archive.db.sqlite_errors import DamagedDatabaseError, wrapped
from archive.db.store import Store
from archive.db.tables import capture_rows, fixity_rows
from archive.errors import DataFolderError, WarcError
from archive.fixity.preview import changes, lines
from archive.folder import DataFolder
from archive.model.times import format_time
from archive.warc.measured import measure
from pipeline.run.jobs.ledger_keeper import unseal
from pipeline.run.jobs.mending.damage import NUMBERS, damages_of, told
from pipeline.run.jobs.mending.places import REBUILD, clear_target, put_aside, put_in_place
from pipeline.run.jobs.mending.recover import in_order, warc_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from archive.config import Settings
    from archive.db.tables.fixity_rows import Places
    from archive.model.fixity import Damage
    from pipeline.run.ingest import Archive
    from pipeline.run.jobs.index import Hops, Indexed
    from pipeline.run.jobs.mending.ahead import Ahead
    from pipeline.run.jobs.say import Say

DAY = timedelta(days=1)
NAMED = 3
"""Files named in one line of complaint."""
ADVICE = "restore the files from a copy, or go on without them: isw-archive rebuild --accept-loss"


@dataclass(slots=True)
class Filling:
    """What came of filling an empty database.

    Attributes:
        files: WARC files that were read.
        captures: Captures in them.
        problems: What needs a person.
        remarks: What to say once the new database stands in the old one's place.
    """

    files: int
    captures: int = 0
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The numbers by name."""
        return {"files": self.files, "captures": self.captures}


def rebuild(
    folder: DataFolder,
    settings: Settings,
    say: Say,
    *,
    accept_loss: bool = False,
    ahead: Ahead | None = None,
) -> tuple[dict[str, int], list[str]]:
    """Make the database anew; run logs are carried over, all else comes from the WARC files.

    Until it is whole, and on the disk, the old database stands untouched. The caller holds the
    lock.

    Args:
        folder: The archive.
        settings: Its settings.
        say: For progress.
        accept_loss: Also where the WARC files no longer give captures that the old database knows;
            it is kept beside.
        ahead: Has the files read by others before they are taken in; None: nobody does.

    Returns:
        Counts of files and captures, and what needs a person.

    Raises:
        DataFolderError: The old database is another program's or of a newer version, or it knows
            captures that the WARC files no longer give.
    """
    held = held_places(folder.database)
    warc_files(folder)  # a folder that cannot be read is called by its own name
    target = DataFolder(folder.root / REBUILD)
    clear_target(target)
    try:
        return _rebuild(folder, target, held, (settings, say, accept_loss), ahead)
    finally:
        # also what a full disk left half made: its room is needed
        clear_target(target)


def _rebuild(
    folder: DataFolder,
    target: DataFolder,
    held: dict[str, Places] | None,
    how: tuple[Settings, Say, bool],
    ahead: Ahead | None,
) -> tuple[dict[str, int], list[str]]:
    settings, say, accept_loss = how
    target.make()
    target.warcs.rmdir()
    target.warcs.symlink_to(folder.warcs.resolve(), target_is_directory=True)
    filled = index_all(
        target, settings, say, held or {}, preload=_preload(folder.database, held), ahead=ahead
    )
    problems = filled.problems
    lost = files_with_fewer(held or {}, held_places(target.database) or {})
    if lost and not accept_loss:
        raise DataFolderError(
            f"rebuild: the WARC files lack captures that {folder.database} knows "
            f"({', '.join(lost)}); it stands as it was; {'; '.join([*problems[:NAMED], ADVICE])}"
        )
    if held is not None:
        _tell_changes(folder.database, target.database, say)
    carried = held is not None and _carry_logs(folder.database, target.database)
    if not carried:
        problems += put_aside(
            folder.database, "damaged", "was damaged", "; its log of runs is lost"
        )
    elif lost:
        problems += put_aside(folder.database, "before-rebuild", "knew more captures")
    unseal(folder)
    put_in_place(target.database, folder.database)
    for text in filled.remarks:
        say.line(text)
    return filled.counts, problems


def _tell_changes(old: Path, new: Path, say: Say) -> None:
    """Say what the new database has otherwise, before it counts: another version may read and
    judge otherwise what was kept."""
    try:
        found = [one for one in changes(old, new) if not one.is_none]
    except sqlite3.DatabaseError as error:
        say.line(f"what changes cannot be told: the old database cannot be read ({error})")
        return
    summary = f"with changes in {counted(len(found), 'tables')}:" if found else "without a change"
    say.line(f"rebuilt, {summary}")
    for one in found:
        for text in lines(one):
            say.line(text)


def held_places(database: Path) -> dict[str, Places] | None:
    """The places of captures' records in each WARC file; none where there is no database, None
    where it cannot be read."""
    require_file(database)
    if not database.exists():
        return {}
    try:
        db = open_readonly(database, current=False)
    except DamagedDatabaseError:
        return None
    try:
        with wrapped(database):
            return fixity_rows.all_places(db)
    except DamagedDatabaseError:
        return None
    finally:
        db.close()


def _preload(database: Path, held: dict[str, Places] | None) -> Sequence[str]:
    """What workers begin with: where no cited page is held, nothing that reads them, which takes as
    long as a hundred reports."""
    from pipeline.run.preloads import PAGES, REPORTS

    if not held:
        return PAGES
    with closing(open_readonly(database, current=False)) as db, wrapped(database):
        return PAGES if capture_rows.holds_sources(db) else REPORTS


def files_with_fewer(before: dict[str, Places], now: dict[str, Places]) -> list[str]:
    """Files that gave more captures once, with how many they lack; the first few."""
    given: set[str] = set().union(*now.values())  # a file may have another name by now
    counts = ((name, len(held.keys() - given)) for name, held in sorted(before.items()))
    return [f"{name}: {count}" for name, count in counts if count > 0][:NAMED]


def index_all(
    target: DataFolder,
    settings: Settings,
    say: Say,
    held: dict[str, Places],
    *,
    preload: Sequence[str] | None = None,
    ahead: Ahead | None = None,
) -> Filling:
    """Fill an empty database with all that the WARC files hold.

    Args:
        target: Where it is made.
        settings: Of the archive.
        say: For progress.
        held: Places of records that the old database knows, by WARC file.
        preload: Modules that workers begin with; None: those for all kinds of pages.
        ahead: Has the files read by others before they are taken in; None: nobody does.
    """
    from pipeline.run.preloads import PAGES
    from pipeline.run.worker import prepare

    with suppress(OSError):  # the pool tells what is wrong
        prepare(preload or PAGES)  # beside what this process loads, and the new tables
    from pipeline.run.ingest import Archive
    from pipeline.run.jobs.index import index_file
    from pipeline.run.jobs.mending.readings import Readings
    from pipeline.run.pool import WorkerPool

    files = in_order(warc_files(target))
    if ahead:
        ahead.begin(files, preload or PAGES)
    filled = Filling(len(files))
    hops: Hops = {}
    archive = Archive(target, settings, run=None)
    try:
        with (
            archive.store.filled(for_good=False),
            WorkerPool(
                settings.workers, settings.extract_timeout_s, preload=preload or PAGES
            ) as pool,
        ):
            for number, path in enumerate(files, 1):
                done = counted(filled.captures, "captures")
                say.progress(f"rebuild: file {number} of {len(files)}, {done}")
                with ahead.of(path) if ahead else Readings(None) as readings:
                    indexed = index_file(archive, path, pool, hops, readings.take)
                _add(filled, archive, path, indexed, held.get(path.name))
    finally:
        archive.abandon()
    return filled


def _add(
    filled: Filling, archive: Archive, path: Path, indexed: Indexed, known: Places | None
) -> None:
    """Take account of a file that was taken in."""
    filled.captures += indexed.captures
    told_of = _noted(archive, path, indexed, known)
    filled.problems += [text for text in told_of if text not in filled.problems]
    filled.problems += _closed(archive, path, indexed)
    filled.remarks += _remarks(path, indexed)


def _remarks(path: Path, indexed: Indexed) -> Iterator[str]:
    """What is true of a file once the new database stands."""
    if indexed.ahead is not None:
        yield (
            f"{path.name}: our clock was {indexed.ahead / DAY:.1f} days ahead of every server's; "
            "its captures have the servers' time"
        )
    if indexed.unreadable is not None:
        yield (
            f"{path.name}: the next command that writes looks into it, and sets it aside where "
            "it holds no record"
        )
    elif any(wound.is_torn for wound in indexed.wounds):
        yield (
            f"{path.name}: ends within a record; the next command that writes moves what is left "
            "of that one into a file beside it"
        )


def _closed(archive: Archive, path: Path, indexed: Indexed) -> list[str]:
    """Close a file that was read to its end; one that a kill left torn or empty is left to the next
    run."""
    if indexed.unreadable is not None:
        return [_at_home(path, indexed.unreadable)]
    if any(wound.is_torn for wound in indexed.wounds):
        return []
    try:
        archive.store.close_warc(measure(path), indexed.last_capture_id)
    except WarcError as error:
        return [str(error)]
    return []


def _noted(archive: Archive, path: Path, indexed: Indexed, known: Places | None) -> list[str]:
    """Keep what is damaged in mind; how to say it."""
    if indexed.unreadable is not None:
        # it is told by itself, and says nothing of what is in the file
        indexed, known = replace(indexed, unreadable=None), None
    now = format_time(clock.now())
    damages = [
        replace(damage, detail=_at_home(path, damage.detail))
        for damage in damages_of(path.name, indexed, known, path.stat().st_size, now)
        if not _is_torn(damage, indexed)
    ]
    archive.store.note_damages(damages)
    return [told(damage) for damage in damages if damage.kind not in NUMBERS]


def _at_home(path: Path, text: str) -> str:
    """Without the folder that the new database grows in, which is gone when this is read."""
    return text.replace(str(path.parent), str(path.parent.resolve()))


def _is_torn(damage: Damage, indexed: Indexed) -> bool:
    """What a kill left at the end of a file, where no capture is known to have stood, is no
    damage."""
    if damage.captures:
        return False
    return any(w.is_torn and w.start == damage.first_byte for w in indexed.wounds)


def _carry_logs(old: Path, new: Path) -> bool:
    """Take over the run logs; False where the old database cannot be read."""
    if old.exists():
        with Store(new) as store:
            try:
                fold_log(old)  # whoever reads it for writing folds it in
                store.copy_run_logs(old)
            except DamagedDatabaseError:
                return False
    return True
