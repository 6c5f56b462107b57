"""Keeping up to date what publishers edited: after each capture of a report, in the transaction
that writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.tables import edit_rows
from pipeline.read.process import REPOST

if TYPE_CHECKING:
    import sqlite_utils

    from archive.model.rows import CaptureUpdate, VersionPlan


def follow(db: sqlite_utils.Database, update: CaptureUpdate) -> None:
    """List the edits of a report anew, as far as a capture, which is written already, changes
    them."""
    if update.plan is not None and update.publication is not None:
        follow_versions(db, update.publication.id, update.plan)


def follow_versions(db: sqlite_utils.Database, publication: int, plan: VersionPlan) -> None:
    """List the edits of versions that were written, and of those after them.

    What others posted again is no edit of a publisher.
    """
    if not plan.write and not plan.delete:
        return
    held = edit_rows.versions(db, publication)
    if len(held) < 2 or held[0]["publisher"] == REPOST:
        return
    # of each hundred captures hardly one is a further version, and they take 0.07 s to load
    from archive.show.diff_reading import read_version
    from pipeline.decide.edits.listing import edits_of

    numbers = [row.version for row in plan.write]
    first = 1 if plan.delete or not numbers else max(1, min(numbers) - 1)
    read = [(row["id"], read_version(db.conn, row)) for row in held]
    for at in range(first, len(held)):
        edit_rows.put(db, held[at], held[at - 1]["id"], edits_of(read[: at + 1]))
