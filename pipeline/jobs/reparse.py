"""After an upgrade of the parser: what it read before is read again, so that versions are always compared under one parser.

An upgrade makes no version: all captures of a publication are parsed by the present parser, and its versions follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive import queries
from archive.database import open_readonly
from archive.errors import ArchiveError
from archive.records import CapturedContent
from pipeline import decide

if TYPE_CHECKING:
    from archive.config import Settings
    from archive.folder import DataFolder
    from archive.records import Content, Processed
    from pipeline.ingest import Archive
    from pipeline.jobs.say import Say


def reparse_stale(folder: DataFolder, settings: Settings, say: Say) -> int:
    """Bring every publication that an older parser read up to the present one; returns how many there were.

    The caller holds the lock.
    """
    from pipeline.parse import PARSERS

    db = open_readonly(folder.database)
    try:
        stale = queries.stale_publications(db, PARSERS)
    finally:
        db.close()
    if stale:
        _reparse(folder, settings, say, stale)
    return len(stale)


def _reparse(folder: DataFolder, settings: Settings, say: Say, stale: list[int]) -> None:
    from pipeline.ingest import Archive

    say.line(f"the parser has changed: reading the captures of {len(stale)} publications again")
    archive = Archive(folder, settings, run=None)
    try:
        for number, publication in enumerate(stale, 1):
            say.progress(f"reading again: {number} of {len(stale)}")
            _reparse_one(archive, say, publication)
    finally:
        archive.abandon()


def _reparse_one(archive: Archive, say: Say, publication: int) -> None:
    read: dict[int, Processed] = {}
    for captured in queries.captured_contents(archive.db, publication):
        try:
            read[captured.capture_id] = archive.parse_again(captured.capture_id)
        except ArchiveError as error:
            # as it was read before, so that nothing is lost; `rebuild` decides anew
            say.failure(str(error))
            return
    held = [
        CapturedContent(
            c.capture_id,
            c.captured_at,
            read[c.capture_id].digest or c.digest,
            _complete(read[c.capture_id]),
        )
        for c in queries.captured_contents(archive.db, publication)
    ]
    stored = queries.stored_versions(archive.db, publication)
    fresh = decide.Previous(held[:-1], [], _no_version, lambda capture: read[capture])
    plan = decide.plan_versions(fresh, held[-1], read[held[-1].capture_id])
    archive.store.replace_versions(publication, held, [v.id for v in stored], plan)


def _complete(processed: Processed) -> bool:
    return processed.report is not None and processed.report.complete


def _no_version(version: int) -> Content:
    raise AssertionError(f"version {version} is asked for although all are made anew")
