"""Recognizing files whose captures are all held already, by the heads of their records, so that
importing them again costs little.

Nothing that reads pages or takes them in is loaded for that. The same rows are asked as by an
import, so that a file with anything that was lost, or not taken in yet, is imported.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.counted import counted
from archive.db.database import open_readonly
from archive.db.sqlite_errors import wrapped
from archive.db.tables.capture_rows import ImportedRecords
from archive.errors import WarcError
from archive.warc.reader import iter_heads
from archive.warc.record import NO_CAPTURE
from pipeline.run.jobs.intake.names import named_origin

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import sqlite_utils

    from pipeline.run.jobs.session import Session


@dataclass(slots=True)
class _Held:
    """What a file holds: captures of ours, and what nobody cites."""

    captures: int = 0
    not_cited: int = 0


def are_held(session: Session, files: Sequence[Path]) -> bool:
    """Whether an import of these files would find nothing to do; that is then reported and counted
    as an import would.

    False also where heads alone do not tell: damage, packages, parts, records without an id.
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
    held, known = _Held(), ImportedRecords(db)
    try:
        for head in iter_heads(path):
            if head.type in NO_CAPTURE:
                continue
            if not head.record_id or head.uri is None or head.type == "continuation":
                return None
            if named_origin(head, known) in known:
                held.captures += 1
            elif _is_wanted(db, head.uri):
                return None
            else:
                held.not_cited += 1
    except WarcError:
        return None
    return held if held.captures else None


def _is_wanted(db: sqlite_utils.Database, url: str) -> bool:
    # most files that are held have no address that asks for it
    from pipeline.run.jobs.intake.ours import is_wanted

    return is_wanted(db, url)


def _tell(session: Session, path: Path, held: _Held) -> None:
    counts = {"already held": held.captures, "not cited": held.not_cited}
    for name, count in counts.items():
        if count:
            session.count(name, count)
    said = ", ".join(counted(count, name) for name, count in counts.items() if count)
    session.say.line(f"{path.name}: {said}")
