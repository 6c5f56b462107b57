"""What is wrong with the files and the index that hold the archive, one line each: what, where,
what next."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.counted import counted
from archive.db.integrity import wrong_at_once
from archive.db.people import wrong_with
from archive.db.tables import fixity_rows, round_rows
from archive.errors import WarcError
from archive.fixity.ledger_quick_check import ledger_quick_check
from archive.model.fixity import UNREAD_STARTS
from archive.warc.measured import is_held, measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import sqlite_utils

    from archive.db.tables.fixity_rows import Measured
    from archive.folder import DataFolder
    from archive.model.fixity import FixityCheck

_RESTORE = "bring it back from a copy, then: isw-archive rebuild"


def alarms(db: sqlite_utils.Database, folder: DataFolder) -> list[str]:
    """What needs a person, or the next command that writes.

    Args:
        db: The archive's database.
        folder: The archive's. Sizes of WARC files are compared; a file is read only where it was
            changed after it was closed.
    """
    known, warcs = fixity_rows.measured(db), folder.warcs
    found = folder.odd_entries()
    found += [line for file in known if (line := _wrong(file, warcs / file.name))]
    found += _not_taken_in(known, folder)
    found += _unread(db)
    found += _damages(db, warcs)
    found += _set_aside(db, warcs)
    found += _rounds(db, folder, found)
    found += [
        line for line in (ledger_quick_check(folder), wrong_with(folder.people)) if line is not None
    ]
    if (line := wrong_at_once(db.conn, folder.database)) is not None:
        found.append(line)
    return found


def _wrong(file: Measured, path: Path) -> str | None:
    try:
        there = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return f"{path} is missing; {_RESTORE}"
    except OSError as error:
        return f"{path} cannot be looked at: {error_with_advice(error)}"
    if not stat.S_ISREG(there.st_mode):
        return f"{path} is missing: what stands there is no file; {_RESTORE}"
    if not os.access(path, os.R_OK):
        return f"{path} cannot be read; check its owner and mode"
    if file.size is None or there.st_size == file.size:
        return _altered(file, path) if there.st_mtime_ns != file.mtime_ns else None
    if there.st_size < file.size:
        lacks = f"it lacks {file.size - there.st_size} of {file.size} bytes"
        return f"{path} is shorter than it was: {lacks}; {_RESTORE}"
    if file.closed:
        more = there.st_size - file.size
        return (
            f"{path} is longer than it was: {more} bytes were added after it was closed; {_RESTORE}"
        )
    return None  # it is being written, or `_not_taken_in` tells


def _altered(file: Measured, path: Path) -> str | None:
    """A copy may have another time; another content is another file."""
    if not file.closed or file.sha256 is None:
        return None
    try:
        digest = measure(path).sha256
    except WarcError as error:
        return str(error)
    return None if digest == file.sha256 else f"{path} was altered after it was closed; {_RESTORE}"


def _not_taken_in(known: list[Measured], folder: DataFolder) -> Iterator[str]:
    """Records without rows, as a run that broke off leaves them; not those of a run that goes on.

    Their bytes may be among those that are known to be on the disk: it is known when another
    capture was committed.
    """
    sizes = {file.name: (file.closed, file.size or 0) for file in known}
    for path in folder.warc_files():
        closed, size = sizes.get(path.name, (False, 0))
        try:
            more = path.stat().st_size - size
            if closed or more < 0 or is_held(path):
                continue
        except OSError as error:
            yield f"{path} cannot be read: {error_with_advice(error)}"
            continue
        if more:
            what = f"{more} bytes are not in the tables yet, as a run that broke off leaves them"
        else:
            what = "a run that broke off left it open, and the tables may lack its last records"
        yield f"{path}: {what}; the next command that writes looks into it"


def _unread(db: sqlite_utils.Database) -> Iterator[str]:
    rows = fixity_rows.unread(db)
    given_up = [row for row in rows if row.tries >= UNREAD_STARTS]
    waiting = [row for row in rows if row.tries < UNREAD_STARTS]
    if waiting:
        yield (
            f"{counted(len(waiting), 'pages')} kept and not read yet ({waiting[0].url}: "
            f"{waiting[0].why}); the next command that writes tries again"
        )
    if given_up:
        yield (
            f"{counted(len(given_up), 'pages')} kept that could not be read at {UNREAD_STARTS} "
            f"starts ({given_up[0].url}: {given_up[0].why}); isw-archive rebuild tries again"
        )


def _damages(db: sqlite_utils.Database, warcs: Path) -> Iterator[str]:
    for damage in fixity_rows.damages(db):
        where = f"{warcs / damage.warc_file}: {damage.detail}"
        if damage.kind == "doubled":
            yield (
                f"{where}; nothing is lost; isw-archive rebuild makes the numbers those of the "
                "files"
            )
        elif damage.kept_as is None and damage.kind != "renumbered":
            yield f"{where}; {_cost(damage.captures)}; {_RESTORE}"


def _rounds(db: sqlite_utils.Database, folder: DataFolder, told: Sequence[str]) -> Iterator[str]:
    """What fixity rounds found, of files of which nothing was said yet."""
    by_file: dict[str, list[FixityCheck]] = {}
    for row in round_rows.faults(db):
        by_file.setdefault(row.file, []).append(row)
    for file, rows in by_file.items():
        path = str(folder.root / file)
        if any(line.startswith((f"{path} ", f"{path}:")) for line in told):
            continue
        first, more = rows[0], len(rows) - 1
        at = "" if first.first_byte is None else f" at byte {first.first_byte}"
        others = f" (and {more} more)" if more else ""
        yield f"{path}{at}: {first.detail}{others}, found {first.at}; {first.remedy}"


def _set_aside(db: sqlite_utils.Database, warcs: Path) -> Iterator[str]:
    """What was cut off or set aside, until somebody has looked at it and taken it away."""
    told = {damage.kept_as: damage for damage in fixity_rows.damages(db) if damage.kept_as}
    for path in sorted([*warcs.glob("*.torn*"), *warcs.glob("*.damaged")]):
        damage = told.get(path.name)
        why = damage.detail if damage else f"{path.lstat().st_size} bytes"
        held = _cost(damage.captures if damage else None)
        yield f"{path} was set aside ({why}); {held}; look at it, then take it away"


def _cost(captures: tuple[int, ...] | None) -> str:
    if captures is None:
        return "the tables do not know which captures were in it"
    if not captures:
        return "no capture that the tables know lost the record"
    return f"{counted(len(captures), 'captures')} lost the record"
