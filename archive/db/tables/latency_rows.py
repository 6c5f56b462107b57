"""When what a source holds was posted: `sources.posted_at`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.schema.latency import POSTED
from archive.model.vocabulary import Kind, Outcome

if TYPE_CHECKING:
    import sqlite_utils

    from archive.model.rows import CaptureUpdate


def save(db: sqlite_utils.Database, update: CaptureUpdate) -> None:
    """Bring it up to date with a good capture, inside the caller's transaction; captures come in
    any order."""
    row = update.capture
    if row.kind == Kind.SOURCE and row.outcome == Outcome.OK and row.source_id is not None:
        sql = f"UPDATE sources SET posted_at = {POSTED} WHERE id = ?"  # noqa: S608 - ours
        db.execute(sql, [row.source_id])
