"""What is known of each WARC file before it is read: by the ledger, the database, and the manifest
of a bag."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.db.file_access import log_bytes, reading_uri
from archive.fixity.ledger import ReadLedger, newest, read
from archive.fixity.state import STAMPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.fixity.checkpoint import Key
    from archive.fixity.holding import Holding
    from archive.fixity.state import Entry, LedgerState
    from archive.folder import DataFolder

# What a killed run had captured is entered before the next one is told as done.
_ENDED = """
SELECT id FROM runs WHERE finished_at IS NOT NULL AND (outcome != 'killed' OR EXISTS (
    SELECT 1 FROM runs AS later WHERE later.started_at > runs.started_at AND later.finished_at IS
      NOT NULL
    AND later.outcome != 'killed'))
"""


@dataclass(frozen=True, slots=True)
class Member:
    """Where a record stands that the ledger has, and the SHA-256 of its bytes as they lie there."""

    record: str
    offset: int
    length: int
    sha256: str
    entry: int


@dataclass(slots=True)
class Expected:
    """What should be there.

    Attributes:
        ledger: As read; None where it is missing or damaged.
        members: Records by WARC file, in the order of the file, requests among them.
        captures: Ledger entries of captures, by record id.
        closed: Size and SHA-256 of closed WARC files, with the name of who says so.
        taken_in: WARC files whose records all have a row, as the database says.
        committed: Of files that are not closed: the bytes that the database knows to be on the
            disk.
        stamps: Ledger entries of timestamps and proofs.
        lost: Records that a rebuild went on without, as its operator decided.
        runs: Ids of the runs that the database said were finished before the ledger was read: their
            captures must be in the ledger; None where the database cannot be asked.
        note: The ledger's newest checkpoint when the verification began; None where there is none.
    """

    ledger: ReadLedger | None = None
    members: dict[str, list[Member]] = field(default_factory=dict)
    captures: dict[str, Entry] = field(default_factory=dict)
    closed: dict[str, list[tuple[str, int | None, str]]] = field(default_factory=dict)
    taken_in: set[str] = field(default_factory=set)
    committed: dict[str, int] = field(default_factory=dict)
    stamps: list[Entry] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    runs: set[str] | None = None
    note: str | None = None

    @property
    def state(self) -> LedgerState | None:
        """The ledger's; None where it has none."""
        return None if self.ledger is None else self.ledger.state

    def names(self) -> set[str]:
        """Every WARC file that should be there."""
        gone = {name for name, all_of in self.members.items() if self._accepted(all_of)}
        open_ones = {name for name, size in self.committed.items() if size}
        return {*self.closed, *self.members, *open_ones} - gone

    def _accepted(self, members: list[Member]) -> bool:
        return bool(self.lost) and all(
            one.record in self.lost for one in members if one.record in self.captures
        )


def take_ledger(known: Expected, folder: DataFolder, keys: Iterable[Key]) -> ReadLedger:
    """Add what the ledger says, which is read once. Of a ledger that is not as it was written
    nothing is added.

    Args:
        known: Filled.
        folder: Whose ledger.
        keys: Those believed; none: the keys that the ledger names itself.

    Raises:
        LedgerError: As `read`.
    """
    told = Expected()
    found = read(folder, keys, lambda number, entry: _take(told, number, entry))
    known.ledger, known.members, known.captures = found, told.members, told.captures
    known.stamps, known.lost = told.stamps, told.lost
    for name, (size, sha256) in found.state.files.items():
        known.closed.setdefault(name, []).append(("the ledger", size, sha256))
    return found


def _take(known: Expected, number: int, entry: Entry) -> None:
    if entry["kind"] in {"capture", "hop"}:
        members = known.members.setdefault(entry["file"], [])
        members += _members(entry, number)
        if entry["kind"] == "capture":
            known.captures[entry["record"]] = entry
    elif entry["kind"] in STAMPS:
        known.stamps.append(entry)
    elif entry["kind"] == "rebuilt":
        known.lost.update(entry.get("lost", ()))


def _members(entry: Entry, number: int) -> Iterator[Member]:
    for one in (entry, entry.get("request")):
        if one is not None:
            yield Member(one["record"], one["offset"], one["length"], one["sha256"], number)


def begin(known: Expected, holding: Holding) -> None:
    """Note what must be known before anything else is read, so that a run that begins meanwhile is
    noticed."""
    known.note = newest(holding.folder)
    if holding.folder.database.is_file():
        # that the database is damaged is said where it is checked
        with suppress(sqlite3.DatabaseError), closing(connect(holding)) as db:
            known.runs = {str(name) for (name,) in db.execute(_ENDED)}


def take_database(known: Expected, holding: Holding) -> None:
    """Add what the database says of WARC files.

    Raises:
        sqlite3.DatabaseError: It cannot be read.
    """
    with closing(connect(holding)) as db:
        rows = db.execute("SELECT name, closed, size, sha256 FROM warc_files").fetchall()
    known.taken_in = {name for name, closed, *_ in rows if closed}
    for name, closed, size, sha256 in rows:
        if closed and sha256:
            known.closed.setdefault(name, []).append(("the database", size, sha256))
        else:
            known.committed[name] = int(size or 0)


def connect(holding: Holding) -> sqlite3.Connection:
    """The database, for reading alone, whatever version made it.

    Raises:
        sqlite3.DatabaseError: It cannot be opened.
    """
    path = holding.folder.database.absolute()
    # without a log nobody writes it, and reading it must leave no log behind either
    is_still = not holding.busy and not log_bytes(path)
    return sqlite3.connect(reading_uri(path, immutable=is_still), uri=True)
