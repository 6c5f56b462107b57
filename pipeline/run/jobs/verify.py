"""Verifying an archive, and comparing its database row by row with one made anew."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.dossier.check import CheckOptions, check
from archive.dossier.check_signature import Demand
from archive.errors import BadInputError
from archive.fixity.bag import reading
from archive.fixity.compare import check_indexes, compare
from archive.fixity.expected import Expected, connect
from archive.fixity.findings import REMAKE, Findings
from archive.fixity.holding import Holding, holding, is_overtaken
from archive.fixity.ledger import newest
from archive.fixity.verify import VerifyOptions
from archive.fixity.verify import verify as look
from archive.folder import DataFolder
from pipeline.run.bucket import Bucket
from pipeline.run.jobs.verify_remote import verify_remote

if TYPE_CHECKING:
    from archive.config import Settings
    from pipeline.run.jobs.say import Say


_UNDER_WAY = "a run is under way: rows were not compared with what records give"


def verify(
    path: Path | str,
    settings: Settings,
    say: Say,
    options: VerifyOptions,
    demand: Demand | None = None,
) -> dict[str, Any]:
    """Verify what lies in a folder, or a dossier; the answer of `isw-archive verify --json`.

    Args:
        path: What to look at; a text: backups in a store, `s3://bucket/prefix`.
        settings: Of the archive.
        say: For progress.
        options: What is asked for.
        demand: What is asked of a dossier's signature.

    Raises:
        BadInputError: Nothing of an archive lies there.
        DataFolderError: It cannot be read.
        LockedError: A backup is being made there.
    """
    began = time.monotonic()
    if isinstance(path, str):
        return _remote(path, options, demand or Demand(), began)
    if path.is_file():
        return _dossier(path, options, demand or Demand(), began)
    if demand is not None and demand.is_made:
        raise BadInputError(f"{path}: no dossier; signatures are demanded of dossiers alone")
    what = holding(path)
    known = Expected()
    with reading(what.bag):
        findings = look(what, options, known)
        if options.deep and what.folder.database.exists():
            _compare(what, settings, say, findings, known.note)
    findings.finish()
    answer = findings.answer(time.monotonic() - began)
    return {"path": str(path), "deep": options.deep, **answer, "checkpoint": newest(what.folder)}


def _remote(place: str, options: VerifyOptions, demand: Demand, began: float) -> dict[str, Any]:
    """The newest backup in a store."""
    if demand.is_made:
        raise BadInputError(f"{place}: no dossier; signatures are demanded of dossiers alone")
    if options.since is not None:
        raise BadInputError("verify: --since goes with a folder, not with a store")
    findings, checkpoint = verify_remote(Bucket.at(place), options)
    answer = findings.answer(time.monotonic() - began)
    return {"path": place, "deep": options.deep, **answer, "checkpoint": checkpoint}


def _dossier(path: Path, options: VerifyOptions, demand: Demand, began: float) -> dict[str, Any]:
    """A dossier, which is verified without an archive."""
    findings = Findings()
    told = check(path, CheckOptions(options.trust, demand, options.progress), findings)
    findings.finish()
    answer = findings.answer(time.monotonic() - began)
    return {"path": str(path), "deep": options.deep, **answer, "checkpoint": told.checkpoint}


def _compare(
    what: Holding, settings: Settings, say: Say, findings: Findings, note: str | None
) -> None:
    """Compare each row with what the records give, unless a run is writing or has written since the
    ledger's checkpoint was `note`; and only where the WARC files are whole, since otherwise all
    rows would differ."""
    if what.busy or is_overtaken(what, note):
        findings.notes.append(_UNDER_WAY)
        return
    database = what.name(what.folder.database)
    if any(fault.file != database and fault.file.endswith(".warc.gz") for fault in findings.faults):
        findings.notes.append(
            "rows are compared with what records give once the WARC files are whole"
        )
        return
    found = Findings()
    _compare_rows(what, settings, say, found)
    if found.faults and is_overtaken(what, note):
        findings.notes.append(_UNDER_WAY)
    else:
        findings.take(found)


def _compare_rows(what: Holding, settings: Settings, say: Say, findings: Findings) -> None:
    database = what.name(what.folder.database)
    with tempfile.TemporaryDirectory(prefix="isw-archive-verify-") as name:
        fresh = DataFolder(Path(name))
        try:
            made_anew(what.folder, fresh, settings, say)
            with closing(connect(what)) as db:
                compare(what, db, fresh.database, findings)
            copy = Path(name) / "copy.db"
            with closing(connect(what)) as db, closing(sqlite3.connect(copy)) as new:
                db.backup(new)
            check_indexes(copy, database, findings)
        except sqlite3.DatabaseError as error:
            findings.fault(database, f"the database is damaged: {error}", REMAKE)


def made_anew(folder: DataFolder, fresh: DataFolder, settings: Settings, say: Say) -> None:
    """Make a database, in another folder, of the WARC files alone."""
    from pipeline.run.jobs.mending.rebuild import index_all

    fresh.warcs.symlink_to(folder.warcs.resolve(), target_is_directory=True)
    index_all(fresh, settings, say, {})
