"""Files of which all is held: who imports them again is told so by the heads of their records.

Nothing of what reads pages, and takes them in, is loaded for that. The same rows of captures are
asked as by an import, so that what was lost, or is not taken in yet, is looked at by one.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.counted import counted
from archive.db.database import open_readonly, wrapped
from archive.db.tables import capture_rows
from archive.errors import BadUrlError, WarcError
from archive.warc.reader import iter_heads
from archive.warc.record import NO_CAPTURE
from pipeline.run.jobs.intake.names import own_name, place_of, placed_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import sqlite_utils

    from archive.warc.record import RecordHead
    from pipeline.run.jobs.session import Session


@dataclass(slots=True)
class _Held:
    """What a file holds: captures of ours, and what nobody cites."""

    captures: int = 0
    not_cited: int = 0


def are_held(session: Session, files: Sequence[Path]) -> bool:
    """Whether an import of these files would find nothing to do; then that is told and counted, as
    the import would.

    False also where it takes more than their heads to know: damage, packages, parts, records
    without an id.
    """
    found: list[_Held] = []
    database = session.folder.database
    with wrapped(database), closing(open_readonly(database)) as db:
        for path in files:
            held = _held_of(db, path)
            if held is None:
                return False
            found.append(held)
    for path, held in zip(files, found, strict=True):
        _tell(session, path, held)
    return True


def _held_of(db: sqlite_utils.Database, path: Path) -> _Held | None:
    """What a file holds; None where something of it is not held, or not whole."""
    held = _Held()
    try:
        for head in iter_heads(path):
            if head.type in NO_CAPTURE:
                continue
            if not head.record_id or head.uri is None or head.type == "continuation":
                return None
            if _is_imported(db, head):
                held.captures += 1
            elif _is_of_nobody(db, head.uri):
                held.not_cited += 1
            else:
                return None
    except WarcError:
        return None
    return held if held.captures else None


def _is_imported(db: sqlite_utils.Database, head: RecordHead) -> bool:
    return capture_rows.is_imported(
        db, own_name(head), place_of(head), other_name=placed_name(head)
    )


def _is_of_nobody(db: sqlite_utils.Database, url: str) -> bool:
    """Whether an address is neither a report's nor one that a report held here cites."""
    from archive.urls import normal as urls  # most files that are held have no such address

    try:
        return not urls.is_report_url(url) and not capture_rows.is_cited(
            db, urls.stable_id(urls.source_key(url))
        )
    except BadUrlError:
        return True


def _tell(session: Session, path: Path, held: _Held) -> None:
    counts = {"already held": held.captures, "not cited": held.not_cited}
    for name, count in counts.items():
        if count:
            session.count(name, count)
    said = ", ".join(counted(count, name) for name, count in counts.items() if count)
    session.say.line(f"{path.name}: {said}")
