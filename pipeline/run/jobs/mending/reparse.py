"""After an upgrade of the parser: what it read before is read again, so that versions are always
compared under one parser.

An upgrade makes no version: all captures of a publication are parsed by the present parser, and its
versions follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.database import open_readonly
from archive.db.tables import version_rows
from archive.errors import ArchiveError
from pipeline.run.jobs.ledger_keeper import unseal

if TYPE_CHECKING:
    from archive.config import Settings
    from archive.folder import DataFolder
    from pipeline.run.jobs.say import Say


def reparse_stale(folder: DataFolder, settings: Settings, say: Say) -> int:
    """Bring every publication that an older parser read up to the present one; returns how many
    there were.

    The caller holds the lock.
    """
    from pipeline.read.parse import PARSERS

    db = open_readonly(folder.database)
    try:
        stale = version_rows.stale_publications(db, PARSERS)
    finally:
        db.close()
    if stale:
        _reparse(folder, settings, say, stale)
    return len(stale)


def _reparse(folder: DataFolder, settings: Settings, say: Say, stale: list[int]) -> None:
    from pipeline.run.ingest import Archive

    unseal(folder)
    say.line(f"the parser has changed: reading the captures of {len(stale)} publications again")
    archive = Archive(folder, settings, run=None)
    try:
        for number, publication in enumerate(stale, 1):
            say.progress(f"reading again: {number} of {len(stale)}")
            try:
                archive.reread(publication)
            except ArchiveError as error:
                # it stays as it was read before, so that nothing is lost; `rebuild` decides anew
                say.failure(str(error))
    finally:
        archive.abandon()
