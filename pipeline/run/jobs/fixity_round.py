"""A fixity round: the part of the archive that was verified longest ago is verified, and the result
is kept."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

from archive import clock
from archive.db.database import open_readonly, writing
from archive.db.tables import round_rows
from archive.fixity.holding import holding
from archive.fixity.rounds import as_rows, look_round
from archive.model.times import format_time
from pipeline.decide.fixity_round import chosen
from pipeline.run.jobs.ledger_keeper import LedgerKeeper, unseal

if TYPE_CHECKING:
    from archive.fixity.findings import Findings
    from archive.folder import DataFolder
    from pipeline.run.jobs.say import Say

MB = 1_000_000


def fixity_round(folder: DataFolder, budget: int | None, say: Say) -> dict[str, Any]:
    """Verify the ledger, the database and as many WARC files as the budget allows. What was found
    becomes rows of `fixity_checks` and an entry of the ledger.

    The archive is held only while that is written, not while files are read, since they do not
    change.

    Args:
        folder: The archive.
        budget: Bytes of WARC files; None: all of them.
        say: Shows how far it is.

    Raises:
        LockedError: Another run holds the archive.
        DataFolderError: It cannot be read.
    """
    began, at = time.monotonic(), format_time(clock.now())
    with folder.locked():
        pass  # nothing is read for an hour and then not noted
    with closing(open_readonly(folder.database)) as db:
        rounds = round_rows.last_rounds(db)
        last, before = round_rows.last_checked(db), {row.file for row in round_rows.faults(db)}
    what = holding(folder.root)
    sizes = {what.name(path): path.stat().st_size for path in folder.warc_files()}
    names = [name.rpartition("/")[2] for name in chosen(sizes, last, budget)]
    found, looked = look_round(what, names, lambda n: say.progress(f"fixity: {n // MB} MB"))
    rows = as_rows(at, folder.root, found, looked, before)
    with folder.locked():
        unseal(folder)
        with writing(folder.database) as db:
            since = round_rows.last_rounds(db)
            # who looked at a file meanwhile, or put it back, has the newer word on it
            round_rows.keep(db, [r for r in rows if since.get(r.file) == rounds.get(r.file)])
        problem = _entered(folder, at, found, len(looked))
    if problem:
        found.notes.append(problem)
    answer = found.answer(time.monotonic() - began)
    waiting = len(sizes) - len(names)
    return {
        "at": at, "path": str(folder.root), "looked_at": looked, "waiting": waiting, **answer
    }  # fmt: skip


def _entered(folder: DataFolder, at: str, found: Findings, files: int) -> str | None:
    """Enter the round in the ledger. Returns what went wrong with that, if anything."""
    book = LedgerKeeper(folder)
    wrong = sorted({fault.file for fault in found.faults})
    told = {"files": files, "bytes": found.checked["bytes"], "wrong": wrong}
    book.note({"kind": "fixity", "at": at, **told})
    return book.problem
