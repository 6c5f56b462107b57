"""Writing what is known of other archives' copies, inside the transaction of the capture that tells it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite_utils

    from archive.rows import CaptureUpdate

_INSERT_CHECK = """
INSERT INTO memento_checks (capture_id, source_id, checked_at, found)
VALUES (:capture_id, :source_id, :checked_at, :found)
"""
_PUT_MEMENTO = """
INSERT OR REPLACE INTO mementos
    (source_id, url, memento_at, http_status, outcome, checked_at, checks, capture_id, next_due_at)
VALUES (:source_id, :url, :memento_at, :http_status, :outcome, :checked_at, :checks, :capture_id, :next_due_at)
"""


def save(db: sqlite_utils.Database, update: CaptureUpdate) -> None:
    """Write the question that the capture answers, and what is now known of its source's copies."""
    if update.memento_check is not None:
        db.execute(_INSERT_CHECK, asdict(update.memento_check))
    if update.memento is not None:
        db.execute(_PUT_MEMENTO, asdict(update.memento))
