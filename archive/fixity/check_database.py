"""Verifying the database: the file must be, bit for bit, as the last command left it, and its rows
must agree with the ledger and the WARC records."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from archive.counted import counted
from archive.db import at_rest
from archive.db.file_access import log_bytes
from archive.db.held_open import blocks, descriptor
from archive.fixity.check_ledger import is_late, say_late
from archive.fixity.copying import BLOCK_BYTES
from archive.fixity.expected import connect
from archive.fixity.findings import BACK, REMAKE, Findings
from archive.fixity.holding import is_overtaken

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive.fixity.expected import Expected
    from archive.fixity.files import Seen
    from archive.fixity.holding import Holding

_Answer = TypeVar("_Answer")

_ROWS = """
SELECT id, record_id, warc_file, warc_offset, warc_length, payload_digest, run FROM captures
"""
_NAMED = 3
UNENTERED = (
    "the database is not what was sealed, but what a command wrote that could not enter it in the "
    "ledger"
)
"""A fault by itself: its checksums say so, and they are no evidence."""


def check_seal(holding: Holding, known: Expected, findings: Findings, *, deep: bool) -> bool:
    """Compare the file's digest with what the ledger says of it.

    Returns: Whether the rows can be asked at all.
    """

    def check(as_held: Holding, found: Findings) -> bool:
        return _check_file(as_held, known, found, deep=deep)

    return _checked(holding, known, findings, check)


def _checked(
    holding: Holding,
    known: Expected,
    findings: Findings,
    check: Callable[[Holding, Findings], _Answer],
) -> _Answer:
    """What a check gives and finds. Where it fails or finds faults, and a run has written since the
    verification began, it is done once more, as of an archive that a run is writing to: parts of it
    that were read before and after do not fit together, though nothing is damaged.

    Raises:
        sqlite3.DatabaseError: The database cannot be read, and no run explains why.
    """
    found = Findings()
    try:
        answer = check(holding, found)
        is_doubtful = bool(found.faults) and _was_overtaken(holding, known)
    except sqlite3.DatabaseError:
        if not _was_overtaken(holding, known):
            raise
        is_doubtful = True
    if is_doubtful:
        found = Findings()
        answer = check(replace(holding, busy=True), found)
    findings.take(found)
    return answer


def _was_overtaken(holding: Holding, known: Expected) -> bool:
    return not holding.busy and is_overtaken(holding, known.note)


def _check_file(holding: Holding, known: Expected, findings: Findings, *, deep: bool) -> bool:
    path = holding.folder.database
    name = holding.name(path)
    sealed = _is_sealed(holding, known, findings)
    try:
        broken = _broken(holding) if deep or not sealed else []
    except sqlite3.DatabaseError as error:
        broken = [str(error)]
    for text in broken[:_NAMED]:
        findings.fault(name, f"the database is damaged: {text}", REMAKE)
    return not broken


def _is_sealed(holding: Holding, known: Expected, findings: Findings) -> bool:
    """Whether the database is, bit for bit, what the ledger says."""
    path = holding.folder.database
    seal = known.state.seal if known.state else None
    if holding.bag is not None:
        return not _is_marked(holding, findings)  # its manifest has the digest
    if (holding.busy or seal is None) and (changed := at_rest.damage(path)) is not None:
        findings.fault(holding.name(path), changed, REMAKE)
        return False
    if holding.busy:
        findings.notes.append("a run is under way: the database is checked as far as it stands")
        return False
    if seal is None:
        findings.notes.append(
            "the database was not sealed by the last command: it broke off, is of an older "
            "version, somebody was reading, or the database is a large one, which is sealed once "
            "a day; --deep compares its rows"
        )
        return False
    digest = hashlib.sha256()
    for block in blocks(descriptor(path), BLOCK_BYTES):
        digest.update(block)
    findings.checked["bytes"] += path.stat().st_size
    if digest.hexdigest() == seal["sha256"] and not log_bytes(path):
        return True
    if _migrations(holding) != seal["schema"]:
        findings.notes.append("the database was brought up to date since the last command")
        return False
    _tell_unlike(holding.name(path), path, findings)
    return False


def _tell_unlike(name: str, path: Path, findings: Findings) -> None:
    changed = at_rest.damage(path)
    if changed is None and at_rest.is_kept(path) and not log_bytes(path):
        remedy = "the next command that can enter it seals it; verify --deep compares its rows"
        findings.fault(name, UNENTERED, remedy)
        return
    unlike = "the database is not what the last command left: its SHA-256 is another"
    findings.fault(name, changed or unlike, REMAKE)


def _is_marked(holding: Holding, findings: Findings) -> bool:
    """Whether it was damaged when it was copied into the bag."""
    path = holding.folder.database
    marked = at_rest.flagged(path)
    if marked is not None:
        findings.fault(holding.name(path), marked, f"{REMAKE}, also of a restored one")
    return marked is not None


def _migrations(holding: Holding) -> int:
    try:
        with closing(connect(holding)) as db:
            return int(db.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0])
    except sqlite3.DatabaseError:
        return -1


def _broken(holding: Holding) -> list[str]:
    with closing(connect(holding)) as db:
        found = [row[0] for row in db.execute(f"PRAGMA integrity_check({_NAMED})").fetchall()]
        lost = db.execute("PRAGMA foreign_key_check").fetchall()
    broken = [text for text in found if text != "ok"]
    return [*broken, *(f"row {row[1]} of {row[0]} refers to none of {row[2]}" for row in lost)]


def check_rows(holding: Holding, known: Expected, findings: Findings, seen: Seen) -> None:
    """Find rows without a record or ledger entry, records and entries without a row, and rows that
    disagree with them.

    Raises:
        sqlite3.DatabaseError: The database cannot be read.
    """
    told = {fault.record for fault in findings.faults if fault.record}

    def check(as_held: Holding, found: Findings) -> None:
        _check_rows(as_held, known, found, seen, told)

    _checked(holding, known, findings, check)


def _check_rows(
    holding: Holding, known: Expected, findings: Findings, seen: Seen, told: set[str]
) -> None:
    name = holding.name(holding.folder.database)
    late, found = 0, set()
    with closing(connect(holding)) as db:
        for number, record, *values, run in db.execute(_ROWS):
            findings.checked["rows"] += 1
            found.add(record)
            what = None if record in told else _wrong(record, tuple(values), known, seen)
            # while a run writes, the row may be younger than the reading of its file, too
            if what is not None and (what == "late" or holding.busy) and is_late(known, run):
                late += 1
            elif what is not None:
                what = "the ledger does not have it" if what == "late" else what
                findings.fault(name, f"row {number} of captures: {what}", REMAKE, record=record)
        unread = {row[0] for row in db.execute("SELECT record_id FROM unread")}
    if late:
        say_late(findings, late)
    _check_missing(name, found | unread, known, findings, seen)


def _wrong(record: str, values: tuple[object, ...], known: Expected, seen: Seen) -> str | None:
    """What is wrong with a row; `late`: the ledger does not have it, or not yet."""
    file, offset, length, payload = values
    entry, place = known.captures.get(record), seen.finals.get(record)
    if place is None and file in seen.files:
        return f"no record of this id stands in {file}"
    if place is not None and (file, offset, length, payload) != (
        place.file, place.offset, place.length, place.payload,
    ):  # fmt: skip
        return f"its place or digest is not that of the record ({place.file}, byte {place.offset})"
    if entry is None:
        return "late" if known.ledger is not None else None
    said = (entry["file"], entry["offset"], entry["length"], entry.get("payload"))
    if (file, offset, length, payload) != said:
        return (
            f"its place or digest is not that of the ledger ({entry['file']}, byte "
            f"{entry['offset']})"
        )
    return None


def _check_missing(
    name: str, rows: set[str], known: Expected, findings: Findings, seen: Seen
) -> None:
    waiting = 0
    for record, entry in known.captures.items():
        if record in rows or record in known.lost:
            continue
        if entry["file"] not in known.taken_in:
            waiting += 1
            continue
        where = f"{entry['file']}, byte {entry['offset']}"
        what = f"no row of capture {entry['capture']} ({where}), which the ledger has"
        findings.fault(name, what, REMAKE, record=record)
    for record, place in seen.finals.items():
        if record in rows or record in known.captures or is_late(known, place.run):
            continue
        if place.file not in known.taken_in:
            waiting += 1
            continue
        what = f"no row of the record at {place.file}, byte {place.offset}"
        findings.fault(name, what, f"{REMAKE}; {BACK}", record=record)
    if waiting:
        findings.notes.append(
            f"not in the tables yet: {counted(waiting, 'captures')}, as a run that broke off "
            "leaves them; the next command that writes takes them in"
        )
