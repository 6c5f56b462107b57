"""Backup, restore and repair, with what they enter in the ledger."""

from __future__ import annotations

import contextlib
import errno
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive import clock
from archive.db import at_rest, companions
from archive.db.database import writing
from archive.db.people_file import REMEDY, note_first
from archive.db.sqlite_errors import DamagedDatabaseError
from archive.db.store import Store
from archive.db.tables import round_rows
from archive.dossier.give_back import give_back
from archive.errors import BadInputError, LedgerError, LockedError
from archive.fixity import backup as backups
from archive.fixity.backup_places import note_made, require_still_there
from archive.fixity.bag import reading
from archive.fixity.check_database import UNENTERED
from archive.fixity.check_stamps import put_back
from archive.fixity.copying import copy
from archive.fixity.custody import capture_row
from archive.fixity.dated_backups import dated_backup
from archive.fixity.entries import runs_of
from archive.fixity.expected import Expected
from archive.fixity.files import Seen
from archive.fixity.holding import Holding, WarcsAlone, holding
from archive.fixity.ledger import entries
from archive.fixity.repair import Repaired, repair_file, repair_ledger
from archive.fixity.repair_people import repair_people
from archive.fixity.restore import claimed, ended
from archive.fixity.restore import restore as put_into
from archive.fixity.verify import VerifyOptions
from archive.fixity.verify import verify as look
from archive.model.fixity import FixityCheck
from archive.model.times import format_time
from pipeline.run.bucket import Bucket, is_remote
from pipeline.run.jobs.ledger_keeper import (
    LedgerKeeper,
    compare_sealed,
    hide_withheld,
    unseal,
    who,
)
from pipeline.run.jobs.mending.recover import recover
from pipeline.run.jobs.remote_backup import remote_backup, remote_restore

if TYPE_CHECKING:
    from archive.config import Settings
    from archive.fixity.findings import Findings
    from archive.folder import DataFolder
    from pipeline.run.jobs.say import Say


_UNWRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM}
"""The disk takes nothing, or nothing of ours: the folder is somebody else's."""


def backup(
    folder: DataFolder, place: str, keep: int, say: Say, *, anew: bool = False
) -> dict[str, Any]:
    """Back up; the ledger says so, unless a run holds the archive meanwhile.

    Args:
        folder: The archive.
        place: A folder, or `s3://bucket/prefix`.
        keep: How many backups by date stay there; 0: in a folder one that is brought up to date,
            in a store the newest.
        say: Shows what is copied.
        anew: Also where a backup was made in that folder before, and is not there.

    Raises:
        DataFolderError: That is so, and nobody said that it may be.
    """
    at = format_time(clock.now())
    if not anew and not is_remote(place):
        require_still_there(folder, Path(place))

    def progress(what: str) -> None:
        say.progress(f"backup: {what}")

    # a run that holds it has compared it
    with contextlib.suppress(LockedError, OSError), folder.locked(wait=False):
        compare_sealed(folder)
    if is_remote(place):
        made, where = remote_backup(folder, Bucket.at(place), at, keep or 1, progress)
    elif keep:
        made, bag = dated_backup(folder, Path(place), at, keep, progress)
        where = str(bag)
    else:
        made, where = backups.backup(folder, Path(place), at, progress), place
    if not is_remote(place) and (unknown := note_made(folder, Path(place))) is not None:
        made.problems.append(unknown)
    answer = made.answer(where)
    told = {"files": made.copied + made.kept, "bytes": made.size, "to": _last(where), "at": at}
    try:
        with contextlib.suppress(LockedError), folder.locked(wait=False):
            _noted(folder, {"kind": "backup", "ok": not made.problems, **told})
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
        # a disk that the system made read-only for its faults is when a copy matters most
        say.line(f"{folder.root} is read-only, so that its ledger does not name this copy")
    return answer


def restore(place: str, folder: DataFolder, key: Path | None, say: Say) -> dict[str, Any]:
    """Make an archive of a backup; the ledger goes on there, and says so."""

    def progress(what: str) -> None:
        say.progress(f"restore: {what}")

    with claimed(folder):
        if is_remote(place):
            counts = remote_restore(Bucket.at(place), folder, key, progress)
        else:
            counts = put_into(Path(place), folder, key, progress)
        if folder.database.is_file() and at_rest.flagged(folder.database) is None:
            # the copy's digest was compared; the seal is of the file that it was copied from
            at_rest.forget(folder.database)
            at_rest.whole(folder.database)
        note_first(folder.people)
        entry = {
            "kind": "restored",
            "at": format_time(clock.now()),
            "from": _last(place),
        }
        found = [_noted(folder, entry), _wrong_with_people(folder)]
        ended(folder)
    problems = [text for text in found if text is not None]
    return {"restored": str(folder.root), "ok": not problems, **counts, "problems": problems}


def _wrong_with_people(folder: DataFolder) -> str | None:
    wrong = at_rest.flagged(folder.people)
    return wrong and f"{folder.people}: {wrong}; {REMEDY}"


def _last(place: str) -> str:
    """The last part of where a backup lies: what the ledger names it by."""
    return place.rstrip("/").rpartition("/")[2]


def repair(folder: DataFolder, source: Path, settings: Settings, say: Say) -> dict[str, Any]:
    """Put back what is damaged or lost from another copy, or a dossier; then look again.

    Raises:
        BadInputError: The copy is none, or the archive itself.
        LockedError: Another run holds the archive, or a backup is being made there.
    """
    if source.is_file():
        with tempfile.TemporaryDirectory(prefix="isw-archive-repair-") as lent:
            known, _ = _looked(folder)
            give_back(source, known, Path(lent))
            return _repair(folder, source, Holding(WarcsAlone(Path(lent))), settings, say)
    other = holding(source)
    if other.top.resolve() == folder.root.resolve():
        raise BadInputError(f"{source}: that is the archive itself; name another copy")
    with reading(other.bag):
        return _repair(folder, source, other, settings, say)


def _repair(
    folder: DataFolder, source: Path, other: Holding, settings: Settings, say: Say
) -> dict[str, Any]:
    done = Repaired()
    with folder.locked():
        say.progress("repair: looking for what is wrong")
        repair_ledger(folder, other.folder, done)
        _files(folder, other.folder, done, say)
        _database(folder, other, done)
        repair_people(folder, other, done)
        with contextlib.suppress(LedgerError, OSError):
            done.files += [f"timestamps/{path.name}" for path in put_back(folder, other.folder)]
        problem = None
        if done.files or done.records:
            unseal(folder)
            recover(folder, settings)
            problem = _noted(
                folder,
                {
                    "kind": "repaired",
                    "at": format_time(clock.now()),
                    "from": source.name,
                    "files": done.files,
                    "records": [one["record"] for one in done.records],
                },
            )
        say.progress("repair: looking again")
        left = look(Holding(folder), VerifyOptions())
        _note_rounds(folder, done, {fault.file for fault in left.faults}, source.name)
    problems = [*done.problems, *([problem] if problem else []), *map(str, left.faults)]
    return {
        "ok": not problems,
        "files": done.files,
        "records": done.records,
        "problems": problems,
    }


def _note_rounds(folder: DataFolder, done: Repaired, wrong: set[str], source: str) -> None:
    """What was put back, and is right since: no fixity round's word on it stands any more."""
    names = sorted({*done.files, *(one["file"] for one in done.records)})
    at_root = {folder.database.name, folder.people.name}
    places = [(folder.root if name in at_root else folder.warcs) / name for name in names]
    at, detail = format_time(clock.now()), f"put back from {source}"
    rows = [
        FixityCheck(at, file, "repaired", path.stat().st_size, detail=detail)
        for path in places
        if (file := path.relative_to(folder.root).as_posix()) not in wrong and path.is_file()
    ]
    if rows and folder.database.exists():
        unseal(folder)
        with writing(folder.database) as db:
            round_rows.keep(db, rows)
        LedgerKeeper(folder).seal()


def _files(folder: DataFolder, other: DataFolder, done: Repaired, say: Say) -> None:
    """Each WARC file that is missing or not what it was."""
    known, found = _looked(folder)
    wrong = {fault.file.rpartition("/")[2] for fault in found.faults}
    there = {path.name for path in other.warc_files()}
    for name in sorted(wrong):
        if not name.endswith(".warc.gz"):
            continue
        say.progress(f"repair: {name}")
        if name not in there:
            done.problems.append(f"{name}: the other copy does not have it")
            continue
        repair_file(folder.warcs / name, [other.warcs / name], known, done)


def _looked(folder: DataFolder) -> tuple[Expected, Findings]:
    known, seen = Expected(), Seen()
    return known, look(Holding(folder), VerifyOptions(), known, seen)


def _database(folder: DataFolder, other: Holding, done: Repaired) -> None:
    """The database from the other copy, where ours is damaged and theirs is whole; recovery takes
    in what is newer.

    The runs since then are entered again as the ledger has them; other logs are as of that copy.
    """
    name = folder.database.name
    wrong = _wrong_with_database(folder)
    if UNENTERED in wrong:
        LedgerKeeper(folder).note()  # by now it is mended, where it can be
        wrong = _wrong_with_database(folder)
    # no copy has what ours has of the runs since, and it is what a command wrote
    if folder.database.exists() and (not wrong or UNENTERED in wrong):
        return
    theirs = other.folder.database
    found = look(other, VerifyOptions())
    if not theirs.exists() or any(fault.file.endswith(name) for fault in found.faults):
        done.problems.append(
            f"{folder.database}: no whole one in the other copy: isw-archive rebuild"
        )
        return
    unseal(folder)
    companions.remove(folder.database)
    copy(theirs, folder.database.resolve())  # a link stays
    # not before: where the copy fails, or is ended, ours is known to be damaged all the same
    at_rest.forget(folder.database)
    with contextlib.suppress(LedgerError, OSError), Store(folder.database) as store:
        store.enter_runs(runs_of(entry for _, entry in entries(folder)))
    hide_withheld(folder)
    done.files.append(name)


def _wrong_with_database(folder: DataFolder) -> set[str]:
    found = look(Holding(folder), VerifyOptions())
    return {fault.what for fault in found.faults if fault.file == folder.database.name}


def withhold(folder: DataFolder, name: str, reason: str, *, undo: bool) -> dict[str, Any]:
    """Hide a capture from pages and exports, or show it again; its bytes stay. First the ledger has
    it, then the table.

    Raises:
        BadInputError: It is not held.
        LedgerError: The ledger is damaged; nothing is hidden without an entry.
    """
    with folder.locked():
        with Store(folder.database) as store:
            row = capture_row(store.db, name)
        told = {"capture": row["id"], "record": row["record_id"], "who": who(), "reason": reason}
        book = LedgerKeeper(folder)
        at = format_time(clock.now())
        book.note({"kind": "shown" if undo else "withheld", "at": at, **told})
        if book.problem is None:
            book.unseal()
            hide_withheld(folder)
            book.note()
        if book.problem is not None:
            raise LedgerError(book.problem)
    return {"ok": True, "withheld": not undo, "capture": row["id"], "url": row["url"]}


def _noted(folder: DataFolder, entry: dict[str, Any]) -> str | None:
    """Enter something; what is wrong with the ledger, or with the database, if anything."""
    try:
        book = LedgerKeeper(folder)
        book.note(entry)
    except (LedgerError, DamagedDatabaseError) as error:
        return str(error)
    return book.problem or book.damage
