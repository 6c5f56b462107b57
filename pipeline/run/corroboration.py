"""Keeping up to date what other observers saw: after each capture of a source, in the transaction
that writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.tables import corroboration_rows, verdict_rows
from archive.errors import BadUrlError
from archive.model.corroboration import Observed
from archive.model.vocabulary import Kind, Outcome
from archive.urls.copies import ARCHIVE_TODAY
from archive.urls.normal import host
from pipeline.decide.corroboration import beside, corroborated
from pipeline.read.mementos import replay_parts

if TYPE_CHECKING:
    import sqlite_utils

    from archive.db.tables.corroboration_rows import Copy
    from archive.model.rows import CaptureUpdate


def follow(db: sqlite_utils.Database, update: CaptureUpdate) -> None:
    """Compare a good capture, which is written already, with the copies that it can be compared
    with."""
    row = update.capture
    if row.kind != Kind.SOURCE or row.outcome != Outcome.OK or row.text_id is None:
        return
    assert row.source_id is not None
    _compare(db, row.source_id, row.id)
    original = corroboration_rows.source_at(db, row.leads_to) if row.leads_to else None
    if original is not None and original != row.source_id:
        _compare(db, original, row.id)


def _compare(db: sqlite_utils.Database, source: int, fresh: int) -> None:
    """Compare the copies of a source that a new capture is, or stands beside."""
    found = [observed(copy) for copy in corroboration_rows.copies(db, source)]
    copies = [one for one in found if one is not None]
    if not copies:
        return
    own = corroboration_rows.own(db, source)
    concerned = [
        copy
        for copy in copies
        if fresh == copy.capture_id or fresh in {one.capture_id for one in beside(copy, own)}
    ]
    told = [
        corroborated(copy, own, lambda text: verdict_rows.reading(db, text)) for copy in concerned
    ]
    corroboration_rows.put(db, source, [one for one in told if one is not None])


def observed(copy: Copy) -> Observed | None:
    """A copy, with the observer who made it and the moment; None: one of these is not known.

    archive.today draws pages anew and has altered some, so it is no witness.
    """
    number, at, text, kept_at, via, url = copy
    if via == "import":
        return Observed(number, at, text, kept_at, "import")
    parts = replay_parts(url)
    try:
        archive = host(url)
    except BadUrlError:
        return None
    if parts is None or archive in ARCHIVE_TODAY:
        return None
    return Observed(number, parts[0], text, kept_at, archive)
