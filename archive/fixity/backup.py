"""A consistent copy of an archive, made while it runs: database, WARC files and ledger in a BagIt
bag.

Brought up to date, a bag keeps the files that its manifest and the database say are right; nothing
in it is ever removed. `archive.fixity.dated_backups` makes a bag for each date instead, and keeps a
number of them.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archive import SOFTWARE
from archive.alone import alone
from archive.db import at_rest, companions, database, people_file
from archive.db.file_access import is_frozen, reading_uri
from archive.db.held_open import descriptor
from archive.db.sqlite_errors import DamagedDatabaseError, wrapped
from archive.disk_space import write_obstacle
from archive.durable_writes import put, sync_written
from archive.errors import BadInputError, DataFolderError, LedgerError
from archive.fixity.bag import DECLARATION, dated_bags, read_manifest, write_tags
from archive.fixity.copying import copy, read_back
from archive.fixity.ledger import read
from archive.fixity.ledger_quick_check import ledger_quick_check
from archive.folder import DataFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_FILES = "SELECT name, closed, size, sha256 FROM warc_files ORDER BY name"
IN_USE = "{}: another backup is being made there; wait for it"
_COUNTERS, _COUNTER_BYTES = (24, 40, 92), 4
"""Of changes, of changed tables, and of the change since which the header's size is right:
https://www.sqlite.org/fileformat2.html#file_change_counter"""
_OURS = {database.APPLICATION_ID, people_file.APPLICATION_ID}
_PAGES = 4_000
"""Of the database in one step: a writer waits no longer than for 16 MB."""


@dataclass(slots=True)
class Made:
    """A backup as it was made.

    Attributes:
        copied: WARC files that were copied.
        kept: WARC files that were there already.
        size: Bytes copied.
        problems: What could not be copied, and what to do.
        entries: Of the ledger in it; None without one.
    """

    copied: int = 0
    kept: int = 0
    size: int = 0
    problems: list[str] = field(default_factory=list)
    entries: int | None = None
    listed: dict[str, str] = field(default_factory=dict)

    def answer(self, where: str) -> dict[str, Any]:
        """As JSON; `where` the backup lies."""
        return {
            "backup": where,
            "ok": not self.problems,
            "copied": self.copied,
            "kept": self.kept,
            "bytes": self.size,
            "entries": self.entries,
            "problems": self.problems,
        }


def backup(
    folder: DataFolder,
    bag: Path,
    at: str,
    progress: Callable[[str], None],
    before: dict[str, str] | None = None,
) -> Made:
    """Copy what the bag lacks; each copy is read back and compared before it counts.

    Args:
        folder: The archive; a run may be writing to it.
        bag: A new folder, or an earlier backup of the same archive.
        at: ISO 8601; stands in the bag.
        progress: Told what is being copied.
        before: SHA-256 of what lies in the bag already; None: its manifest says it.

    Raises:
        BadInputError: Something else lies there, or backups by date.
        LockedError: Another backup is being made there.
        DataFolderError: The database cannot be read.
        OSError: A disk reports a fault.
    """
    if before is None:
        _require_room_for(folder, bag)
    bag.mkdir(parents=True, exist_ok=True)
    with alone(bag, IN_USE.format(bag)):
        return _made(folder, bag, at, progress, read_manifest(bag) if before is None else before)


def _made(
    folder: DataFolder,
    bag: Path,
    at: str,
    progress: Callable[[str], None],
    before: dict[str, str],
) -> Made:
    target = DataFolder(bag / "data")
    target.warcs.mkdir(parents=True, exist_ok=True)
    _clear(target)
    made = Made(listed={name: sha for name, sha in before.items() if (bag / name).is_file()})
    # The ledger first: what it vouches for is then in the WARC files that follow.
    note = read_ledger(folder, made)
    progress("the database")
    copy_database(folder.database, target.database, made)
    copy_people(folder, target, made)
    _copy_files(folder, target, before, made, progress)
    if note is not None:
        put_ledger(folder, target, note, made)
    write_tags(bag, made.listed, info(note, at))
    made.problems += missing_parts(bag, made.listed)
    return made


def _clear(target: DataFolder) -> None:
    """Remove what a backup left behind that was ended before it was whole."""
    for left in {
        *target.root.glob("*.part"),
        *target.warcs.glob("*.new"),
        *target.warcs.glob("*.part"),
    }:
        left.unlink()


def missing_parts(bag: Path, listed: dict[str, str]) -> list[str]:
    """What is wrong with a bag that was just made: its own tags as they stand on the disk, and each
    file that they speak of; what was copied has been read back before."""
    if read_manifest(bag) != listed:
        return [f"{bag}: its manifest is not what was written; check that disk"]
    return [
        f"{bag / name}: missing; check that disk" for name in listed if not (bag / name).is_file()
    ]


def _require_room_for(folder: DataFolder, bag: Path) -> None:
    require_apart(folder, bag)
    if dated_bags(bag):
        raise BadInputError(
            f"{bag}: holds backups by date; add one to them with --keep N, or name a new folder"
        )
    names = {path.name for path in bag.iterdir()} if bag.is_dir() else set()
    # the very first backup, ended in the middle, leaves its payload and maybe half a tag file
    if DECLARATION not in names and names - {"data", f"{DECLARATION}.new"}:
        raise BadInputError(f"{bag}: not empty, and no backup; name a new folder")


def require_apart(folder: DataFolder, bag: Path) -> None:
    """Refuse a place for backups that lies within the archive, or around it.

    Raises:
        BadInputError: It does, or it is a file.
    """
    if bag.exists() and not bag.is_dir():
        raise BadInputError(f"{bag}: a file; name a folder for the backup")
    here, root = bag.resolve(), folder.root.resolve()
    if here == root or root in here.parents or here in root.parents:
        raise BadInputError(
            f"{bag}: overlaps the data folder; name a folder elsewhere, on another disk"
        )


def read_ledger(folder: DataFolder, made: Made) -> tuple[str, int, str] | None:
    """The newest checkpoint, the bytes it vouches for, and whose ledger it is."""
    if not folder.checkpoint.exists():
        if (wrong := ledger_quick_check(folder)) is not None:
            made.problems.append(f"{folder.ledger}: not copied, {wrong}")
        return None
    try:
        found = read(folder)
    except LedgerError as error:
        made.problems.append(
            f"{folder.ledger}: not copied, {error}; the copy of the last backup stays: "
            "isw-archive verify says more"
        )
        return None
    made.entries = found.checkpoint.size
    return found.note, found.length, found.checkpoint.origin


def copy_people(folder: DataFolder, target: DataFolder, made: Made) -> None:
    """Copy what people wrote, if they did. A database of theirs that cannot be read does not end
    the backup, and a damaged one never replaces an earlier copy, since nothing could make it
    anew."""
    if not folder.people.is_file():
        if (wrong := people_file.wrong_in(folder.people, deep=False)) is not None:
            made.problems.append(f"{folder.people}: not copied, {wrong}: {people_file.REMEDY}")
        return
    try:
        copy_database(folder.people, target.people, made, people_file.REMEDY, keeps_earlier=True)
    except DataFolderError as error:
        companions.remove(_draft(target.people), ("", *companions.OF_LOG))
        told = str(error).partition(";")[0]
        made.problems.append(
            f"{told}; not copied, the copy of the last backup stays: {people_file.REMEDY}"
        )


def _draft(copy: Path) -> Path:
    """Where a copy is made before it takes the place of the last one."""
    return copy.with_name(f"{copy.name}.part")


def copy_database(
    source: Path,
    target: Path,
    made: Made,
    advice: str = "isw-archive rebuild",
    *,
    keeps_earlier: bool = False,
) -> None:
    """Copy the database consistently, also while it is being written; a copy that is damaged does
    not count.

    Args:
        source: The database.
        target: Where to, in the data folder of the bag.
        made: Is told what was copied, and what is wrong.
        advice: What to do where it is damaged.
        keeps_earlier: A database that something else changed does not replace a copy that is there.
    """
    draft = _draft(target)
    draft.unlink(missing_ok=True)
    # a disk that the system made read-only may be failing: it is copied while it can be read
    uri = reading_uri(source, immutable=is_frozen(source))
    with (
        wrapped(source),
        closing(sqlite3.connect(uri, uri=True)) as old,
        blamed(draft),
        closing(sqlite3.connect(draft)) as new,
    ):
        _require_ours(old, source, advice)
        old.backup(new, pages=_PAGES)
        [(answer, *_)] = new.execute("PRAGMA quick_check(1)").fetchall()
    companions.remove(draft)
    changed = at_rest.damage(source)
    if answer != "ok" or (changed is not None and keeps_earlier and target.is_file()):
        draft.unlink()
        why = changed if answer == "ok" else f"it is damaged ({answer})"
        made.problems.append(
            f"{source}: not copied, {why}; the copy of the last backup stays: {advice}"
        )
        return
    with draft.open("rb+") as file:
        _count_changes_as(source, file.fileno())
        sync_written(file)
    draft.replace(target)
    if changed is not None:
        made.problems.append(f"{source}: copied as it is, but {changed}: {advice}")
    made.listed[f"data/{target.name}"] = read_back(target)
    made.size += target.stat().st_size
    _mark(target, changed, made)


def _require_ours(db: sqlite3.Connection, path: Path, advice: str) -> None:
    """Refuse a file that is empty, or another program's: it would take the place of a copy.

    Raises:
        DamagedDatabaseError: It is.
    """
    if db.execute("PRAGMA application_id").fetchone()[0] not in _OURS:
        raise DamagedDatabaseError(f"{path}: empty, or of another program; {advice}")


def _mark(target: Path, changed: str | None, made: Made) -> None:
    """Have the copy of a damaged database say so: nothing else in it does, and who repairs from it
    or restores it would take it for what was kept."""
    beside = companions.beside(target, companions.SUMS)
    name = f"data/{beside.name}"
    if changed is None:
        at_rest.forget(target)
        made.listed.pop(name, None)
    else:
        at_rest.mark(target, changed)
        made.listed[name] = read_back(beside)


def _count_changes_as(source: Path, copy: int) -> None:
    """Give the copy the change counter of the database: SQLite counts the copying as a change.
    Nothing else differs, so that the copy then has the digest that the ledger knows."""
    counters = [os.pread(descriptor(source), _COUNTER_BYTES, place) for place in _COUNTERS]
    for place, counter in zip(_COUNTERS, counters, strict=True):
        os.pwrite(copy, counter, place)


@contextmanager
def blamed(draft: Path) -> Iterator[None]:
    """Name the copy, not the database, where the copy's disk is at fault: SQLite does not say which
    of its files it means, and the database is only read.

    Raises:
        DataFolderError: The disk of the copy is full, or takes nothing.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        if "full" not in str(error) and write_obstacle(draft.parent) is None:
            raise
        with wrapped(draft):
            raise


def _copy_files(
    folder: DataFolder,
    target: DataFolder,
    before: dict[str, str],
    made: Made,
    progress: Callable[[str], None],
) -> None:
    """Copy the WARC files that the copied database knows, up to the bytes that it knows, so that
    both fit each other; then the files that were set aside."""
    if not target.database.exists():
        return
    for name, size, wanted in warc_files_of(target.database):
        progress(name)
        if wanted is not None and _is_there(target.warcs / name, size, before, wanted):
            made.listed[f"data/warc/{name}"] = wanted
            made.kept += 1
            continue
        copy_one(folder, target, name, (size, wanted), made)
    copy_set_aside(folder, target, made)


def copy_set_aside(folder: DataFolder, target: DataFolder, made: Made) -> None:
    """Copy what damage left: ends of files that are no whole record, and files without one."""
    for path in sorted([*folder.warcs.glob("*.torn*"), *folder.warcs.glob("*.damaged")]):
        copy_one(folder, target, path.name, (path.stat().st_size, None), made)


def warc_files_of(path: Path) -> list[tuple[str, int, str | None]]:
    """The WARC files that a copied database knows: name, bytes, and the SHA-256 of a closed one."""
    with closing(sqlite3.connect(reading_uri(path, immutable=True), uri=True)) as db:
        rows = db.execute(_FILES).fetchall()
    return [(name, size, sha if closed else None) for name, closed, size, sha in rows if size]


def _is_there(path: Path, size: int, before: dict[str, str], sha256: str) -> bool:
    """Whether an earlier backup has the file: by its manifest and its size, without reading it
    again. A backup that was ended before it was whole has no manifest; its files are read."""
    told = before.get(f"data/warc/{path.name}")
    if told not in {None, sha256} or not path.is_file() or path.stat().st_size != size:
        return False
    return told == sha256 or read_back(path) == sha256


def copy_one(
    folder: DataFolder, target: DataFolder, name: str, wanted: tuple[int, str | None], made: Made
) -> None:
    """Copy a WARC file, or what was set aside, if it is as long as it was, and what it was.

    Args:
        folder: The archive.
        target: The data folder of the bag.
        name: In the folder `warc/`.
        wanted: How many of its bytes, and the SHA-256 of a closed file.
        made: Is told what was copied, and what is wrong.

    Raises:
        OSError: A disk reports a fault.
    """
    size, sha256 = wanted
    source, place = folder.warcs / name, target.warcs / name
    try:
        beside = place.with_name(f"{name}.new")
        copied = copy(source, beside, size)
    except FileNotFoundError:
        made.problems.append(f"{source}: missing; isw-archive repair --from a copy that has it")
        return
    if not copied.is_right:
        made.problems.append(
            f"{place}: what was read back is not what was written; check that disk"
        )
    elif copied.size != size or sha256 not in {None, copied.sha256}:
        beside.unlink()
        made.problems.append(
            f"{source}: not copied, since it is not what it was; isw-archive verify says more"
        )
    else:
        beside.replace(place)
        made.listed[f"data/warc/{name}"] = copied.sha256
        made.copied += 1
        made.size += size


def put_ledger(
    folder: DataFolder, target: DataFolder, note: tuple[str, int, str], made: Made
) -> None:
    """The ledger up to a checkpoint, and that beside it."""
    text, length, _ = note
    copied = copy(folder.ledger, target.ledger, length)
    if not copied.is_right:
        made.problems.append(
            f"{target.ledger}: what was read back is not what was written; check that disk"
        )
        return
    put(target.checkpoint, text.encode())
    for path in sorted(folder.timestamps.glob("*.*")) if folder.timestamps.is_dir() else ():
        one = copy(path, target.timestamps / path.name)
        made.listed[f"data/warc/timestamps/{path.name}"] = one.sha256
    made.listed["data/warc/ledger.jsonl"] = copied.sha256
    made.listed["data/warc/ledger.checkpoint"] = read_back(target.checkpoint)
    made.size += copied.size


def info(note: tuple[str, int, str] | None, at: str) -> dict[str, str]:
    """Fields of bag-info.txt."""
    ledger = {"External-Identifier": note[2]} if note else {}
    return {
        "Bag-Software-Agent": SOFTWARE,
        "Bagging-Date": at[:10],
        "External-Description": "A backup of an archive of ISW and CTP reports and what they "
        f"cite, as of {at}; isw-archive restore makes an archive of it",
        **ledger,
    }
