"""Keeping the ledger: what a job enters when it begins and when it ends.

Captures are entered from the WARC files before the end of their run is, so that after a kill the
next start enters whatever is missing.
"""

from __future__ import annotations

import contextlib
import getpass
import sqlite3
from typing import TYPE_CHECKING

from archive import SOFTWARE, clock
from archive.db import at_rest
from archive.db.at_rest import AT_ONCE_BYTES
from archive.db.database import fold_log, migrated, open_readonly
from archive.db.file_access import log_bytes
from archive.db.integrity import REMEDY
from archive.db.people_file import note_first
from archive.db.store import Store
from archive.db.tables import fixity_rows
from archive.errors import DataFolderError, LedgerError
from archive.fixity.entries import missing, of_damage, withheld_of
from archive.fixity.ledger import Ledger, entries
from archive.fixity.state import damage_key
from archive.model.times import format_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from archive.config import Settings
    from archive.fixity.state import Entry
    from archive.folder import DataFolder
    from archive.model.rows import RunRow

ADVICE = (
    "nothing is entered until it is mended: isw-archive verify says what is wrong, a backup "
    "brings it back"
)


class LedgerKeeper:
    """The ledger of an archive, for the job that holds its lock. A damaged ledger is left alone,
    which is reported once."""

    def __init__(self, folder: DataFolder) -> None:
        """Open it.

        Args:
            folder: The archive.
        """
        self._folder = folder
        self._ledger: Ledger | None = None
        self.problem: str | None = None
        self.damage: str | None = None
        """What of the database is not what was written; such a one is not sealed."""
        try:
            self._ledger = Ledger(folder, _now())
            self._tell_gone(self._ledger.gone)
        except LedgerError as error:
            self._fail(error)

    def begin(self, run: RunRow, settings: Settings) -> None:
        """Enter that a run begins; before that, what the ledger lacks of earlier runs."""
        began = {
            "kind": "run",
            "at": run.started_at,
            "run": run.id,
            "job": run.job,
            "arguments": run.arguments,
            "who": run.who,
            "reason": run.reason,
            "software": SOFTWARE,
            "settings": settings.changed(),
        }
        self._enter(lambda ledger: [*self._lacking(ledger), *_upgraded(ledger), began])

    def catch_up(self) -> None:
        """Enter what was captured, judged, found damaged and closed since the last entry."""
        self._enter(self._lacking)

    def end(self, run: str, outcome: str, counts: dict[str, int]) -> None:
        """Enter that a run ended, and the database's digest as the run leaves it."""
        told: Entry = {
            "kind": "end",
            "at": _now(),
            "run": run,
            "outcome": outcome,
            "counts": counts,
        }
        self._enter(lambda ledger: [told, *self._seal(ledger)])

    def seal(self) -> None:
        """Enter the database's digest alone: it was written outside of a run."""
        self._enter(lambda ledger: [*self._seal(ledger)])

    def compare_sealed(self) -> None:
        """See the function `compare_sealed`; called before anything is written."""
        path = self._folder.database
        seal = None if self._ledger is None else self._ledger.state.seal
        if seal is None or _is_noted(path) or log_bytes(path):
            return
        # what is no database, or cannot be read, is told by whoever opens it
        with contextlib.suppress(DataFolderError, sqlite3.Error, OSError):
            # a later version may have brought it up to date without a run
            if migrated(path) == seal["schema"]:
                at_rest.adopt(path, str(seal["sha256"]))

    def unseal(self) -> None:
        """See the function `unseal`; called before the database is written."""
        self.compare_sealed()
        if self._ledger is not None and self._ledger.state.seal is not None:
            self._enter(lambda ledger: _written(ledger, _now()))

    def note(self, *new: Entry) -> None:
        """Enter something else, then what the ledger lacks, then the database's digest."""
        self._enter(lambda ledger: [*new, *self._lacking(ledger), *self._seal(ledger)])

    def _enter(self, made: Callable[[Ledger], Iterable[Entry]]) -> None:
        if self._ledger is None:
            return
        try:
            self._ledger.append(made(self._ledger))
        except LedgerError as error:
            self._ledger = None
            self._fail(error)

    def _tell_gone(self, before: str | None) -> None:
        if before is not None:
            size, root = before.split("\n")[1:3]
            self.problem = (
                f"{self._folder.ledger} was not there, nor its checkpoint, and was begun anew with "
                f"what the WARC files hold; the one before had {size} entries and the root {root}: "
                "if nobody took it away, keep this one elsewhere and bring that back from a copy"
            )

    def _fail(self, error: LedgerError) -> None:
        text = str(error)
        # the file may be another, such as the key's
        if not text.startswith(str(self._folder.root)):
            text = f"ledger {self._folder.ledger}: {text}"
        self.problem = f"{text}; {ADVICE}"

    def _lacking(self, ledger: Ledger) -> Iterator[Entry]:
        db = open_readonly(self._folder.database)
        try:
            known = fixity_rows.measured(db)
            yield from missing(ledger.state, self._folder.warc_files(), known, db)
            for damage in reversed(fixity_rows.damages(db)):
                entry = of_damage(damage)
                if damage_key(entry) not in ledger.state.damages:
                    yield entry
        finally:
            db.close()

    def _seal(self, ledger: Ledger) -> Iterator[Entry]:
        """The database's size and digest, once its log is folded in; nothing while somebody is
        reading the log."""
        path, at = self._folder.database, _now()
        with contextlib.suppress(OSError):
            note_first(self._folder.people)  # of an earlier version, or its checksums are lost
        self.compare_sealed()  # where nobody had to write
        fold_log(path)
        is_later = path.stat().st_size > AT_ONCE_BYTES and _same_day(ledger.state.sealed_at, at)
        if is_later and at_rest.is_kept(path):
            self.damage = _remedied(at_rest.flagged(path))
            yield from _written(ledger, at)
            return
        if log_bytes(path):
            return
        digest, damage = at_rest.whole(path)
        if damage is not None:
            # a seal would vouch for damage
            self.damage = _remedied(damage)
            yield from _written(ledger, at)
            return
        yield {
            "kind": "database",
            "at": at,
            "size": path.stat().st_size,
            "sha256": digest,
            # a later version may bring it up to date without a run
            "schema": migrated(path),
        }


def compare_sealed(folder: DataFolder) -> None:
    """Compare a database that has no checksums (they are lost, or were never noted) with its seal,
    before it is written: afterwards damage could not be told from what was written. The caller
    holds the lock."""
    if folder.checkpoint.exists() and not _is_noted(folder.database):
        LedgerKeeper(folder).compare_sealed()


def _is_noted(path: Path) -> bool:
    """Whether nothing has to be compared: the database has checksums, or there is none."""
    return not path.is_file() or not path.stat().st_size or at_rest.is_kept(path)


def unseal(folder: DataFolder) -> None:
    """Enter that the database is about to be written, where no entry of a run says so. Until it is
    sealed again, a difference from its seal is not called damage, even if we are killed or somebody
    keeps its log from being folded in. The caller holds the lock."""
    if folder.checkpoint.exists():  # a ledger that is gone is begun anew by whoever tells of it
        LedgerKeeper(folder).unseal()


def enter_rebuilt(folder: DataFolder, counts: dict[str, int], *, accept_loss: bool) -> list[str]:
    """Enter that the database was made anew, and what was given up with it. Returns what went wrong
    with that.

    Args:
        folder: The archive; the caller holds the lock.
        counts: Of files and captures.
        accept_loss: The operator goes on without records that are lost; they are named in the
            entry.
    """
    book = LedgerKeeper(folder)
    entry: Entry = {"kind": "rebuilt", "at": _now(), "software": SOFTWARE, "counts": counts}
    if accept_loss:
        entry["lost"] = _gone(folder)
    hide_withheld(folder)
    book.note(entry)
    return [book.problem] if book.problem else []


def hide_withheld(folder: DataFolder) -> None:
    """Enter in the database which captures the ledger says are withheld: the ledger outlives the
    database. The caller holds the lock."""
    try:
        rows = withheld_of(entry for _, entry in entries(folder))
    except (LedgerError, OSError):
        return
    with Store(folder.database) as store:
        store.withhold(rows)


def _gone(folder: DataFolder) -> list[str]:
    """Records of captures that the ledger has and the database no longer has."""
    db = open_readonly(folder.database)
    try:
        held = {record for records in fixity_rows.all_places(db).values() for record in records}
        held |= {row.record_id for row in fixity_rows.unread(db)}
    finally:
        db.close()
    try:
        captures = (entry for _, entry in entries(folder) if entry["kind"] == "capture")
        return sorted(entry["record"] for entry in captures if entry["record"] not in held)
    except (LedgerError, OSError):
        return []


def _upgraded(ledger: Ledger) -> Iterator[Entry]:
    before = ledger.state.software
    if before not in {None, SOFTWARE}:
        from pipeline.read.parse import PARSERS

        parsers = sorted(PARSERS)
        yield {"kind": "upgrade", "at": _now(), "from": before, "to": SOFTWARE, "parsers": parsers}


def _written(ledger: Ledger, at: str) -> Iterator[Entry]:
    """The entry that the database is not what was sealed last, and has no new seal."""
    if ledger.state.seal is not None:
        yield {"kind": "written", "at": at}


def _remedied(damage: str | None) -> str | None:
    return damage and f"{damage}; {REMEDY}"


def _same_day(before: str | None, at: str) -> bool:
    return before is not None and before[:10] == at[:10]


def _now() -> str:
    return format_time(clock.now())


def who() -> str | None:
    """The name by which the system knows who runs this; kept with the run."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None
