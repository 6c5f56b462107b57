"""Writing what is known of other archives' copies, inside the transaction of the capture that tells it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite_utils

    from archive.model.rows import CaptureUpdate

_INSERT_CHECK = """
INSERT INTO memento_checks (capture_id, source_id, checked_at, found)
VALUES (:capture_id, :source_id, :checked_at, :found)
"""
_PUT_MEMENTO = """
INSERT OR REPLACE INTO mementos
    (source_id, url, memento_at, http_status, outcome, checked_at, checks, capture_id, next_due_at, answered_at,
     round_due_at)
VALUES (:source_id, :url, :memento_at, :http_status, :outcome, :checked_at, :checks, :capture_id, :next_due_at,
        :answered_at, :round_due_at)
"""
_ONLY_COPY = """
UPDATE sources SET only_copy = EXISTS (SELECT 1 FROM only_copies WHERE only_copies.source_id = sources.id)
WHERE id = ?
"""


def save(db: sqlite_utils.Database, update: CaptureUpdate) -> None:
    """Write the question that the capture answers, and what is now known of its source's copies."""
    if update.memento_check is not None:
        db.execute(_INSERT_CHECK, asdict(update.memento_check))
    if update.memento is not None:
        db.execute(_PUT_MEMENTO, asdict(update.memento))


def refresh_only_copies(db: sqlite_utils.Database, update: CaptureUpdate) -> None:
    """Let the sources that the capture tells of say whether what is held here is all there is."""
    told = {found.source_id for found in update.verdicts}
    if update.memento is not None:
        told.add(update.memento.source_id)
    db.conn.executemany(_ONLY_COPY, [(source,) for source in sorted(told)])
