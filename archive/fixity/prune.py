"""Files of a data folder that nothing needs any more: found by `find`, removed by `remove`.

Evidence is never among them. Each rule says what must hold before a file may go; a file that only
looks superfluous is listed with the reason why it stays.
"""

from __future__ import annotations

import mmap
import re
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive.db.database import open_readonly
from archive.db.tables import fixity_rows
from archive.durable_writes import sync_folder
from archive.errors import ArchiveError, WarcError
from archive.fixity.copying import read_back
from archive.warc.through import Wound, read_through

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import sqlite_utils

    from archive.folder import DataFolder

KEEP_DAYS = 30
"""A month to see that an upgrade went well, and to read a log."""
_CENTURY = 36_525
DRAFT_DAYS = 1
"""Nothing of ours writes a draft for a day."""

_UPGRADE = re.compile(r"archive\.db\.before-m\d{3}\w*(?:\.\d+)?")
"""As `archive.db.database` names its copies; `before-rebuild` knows captures that are lost."""
_KEPT_DATABASE = re.compile(r"archive\.db\.(?:before-rebuild|damaged)(?:-\d+)?")
_DRAFT = re.compile(r".+\.(?:warc\.gz|db)(?:\.before-\w+(?:\.\d+)?)?\.(?:part|patched|new)")
_TORN = re.compile(r"(?P<file>.+\.warc\.gz)\.torn(?:-\d+)?")
_ASIDE = re.compile(r"(?P<file>.+\.warc\.gz)\.damaged")


@dataclass(frozen=True, slots=True)
class Spare:
    """A file that may be taken away, or one that looks so and stays.

    Attributes:
        path: Where it is.
        size: Bytes.
        why: What it is, and what it is not needed for; of one that stays, what speaks against it.
        may_go: Nothing rests on it.
    """

    path: Path
    size: int
    why: str
    may_go: bool


def find(folder: DataFolder, now: datetime, keep_days: float = KEEP_DAYS) -> list[Spare]:
    """Everything in question, by name; read alone, and nothing is changed.

    Args:
        folder: The archive's.
        now: UTC.
        keep_days: What is younger is not looked at.

    Raises:
        DataFolderError: The database cannot be read: then nothing may go.
    """
    # also what is no number, or more days than a calendar has, is no leave to remove anything
    days = min(_CENTURY, keep_days)
    old, drafts = now - timedelta(days=days), now - timedelta(days=DRAFT_DAYS)
    with closing(open_readonly(folder.database)) as db:
        found = [
            *_drafts(folder, drafts), *_logs(folder, old), *_upgrades(db, folder, old),
            *_torn(folder, old), *_aside(db, folder, old),
        ]  # fmt: skip
    return sorted(found, key=lambda one: one.path)


def remove(spares: Iterable[Spare]) -> None:
    """Take away those that may go; on the disk when this returns.

    Raises:
        OSError: The disk refuses; what is left is found again.
    """
    going = [one.path for one in spares if one.may_go]
    for path in going:
        path.unlink(missing_ok=True)
    for parent in {path.parent for path in going}:
        sync_folder(parent)


def _files_called(place: Path, pattern: re.Pattern[str], before: datetime) -> Iterator[Path]:
    """Files of their own whose name fits and that were not written since then; links are left."""
    for path in sorted(place.iterdir()) if place.is_dir() else ():
        is_ours = pattern.fullmatch(path.name) and path.is_file() and not path.is_symlink()
        if is_ours and datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
            yield path


def _spare(path: Path, why: str, *, may_go: bool = True) -> Spare:
    return Spare(path, path.stat().st_size, why, may_go)


def _drafts(folder: DataFolder, before: datetime) -> Iterator[Spare]:
    for place in (folder.root, folder.warcs):
        for path in _files_called(place, _DRAFT, before):
            yield _spare(path, "a copy that was broken off; whole ones have another name")


def _logs(folder: DataFolder, before: datetime) -> Iterator[Spare]:
    for path in _files_called(folder.root / "runs", re.compile(r".+\.log"), before):
        yield _spare(path, "what a crawl said of itself; its captures say it, too")


def _upgrades(db: sqlite_utils.Database, folder: DataFolder, before: datetime) -> Iterator[Spare]:
    """Copies from before an upgrade, and databases that were put aside."""
    held: set[str] = set()
    for path in _files_called(folder.root, _UPGRADE, before):
        held = held or fixity_rows.known(db)
        more = _more(path, held)
        why = more or "from before an upgrade; the database has all that it has"
        yield _spare(path, why, may_go=not more)
    for path in _files_called(folder.root, _KEPT_DATABASE, before):
        why = "it may know what the WARC files no longer give; look at it, then take it away"
        yield _spare(path, why, may_go=False)


def _more(path: Path, held: set[str]) -> str:
    """What speaks against a copy's going, or nothing."""
    try:
        with closing(open_readonly(path, current=False)) as db:
            lacking = len(fixity_rows.known(db) - held)
    except ArchiveError as error:
        return f"it cannot be read ({error})"
    return f"it knows {lacking} captures or runs that the database lacks" if lacking else ""


def _torn(folder: DataFolder, before: datetime) -> Iterator[Spare]:
    for path in _files_called(folder.warcs, _TORN, before):
        match = _TORN.fullmatch(path.name)
        whole = folder.warcs / (match["file"] if match else "")
        if _stands_in(path, whole):
            yield _spare(path, f"each of its bytes stands in {whole.name}")
        else:
            yield _spare(path, "its bytes stand nowhere else; see status", may_go=False)


def _stands_in(part: Path, whole: Path) -> bool:
    if not whole.is_file() or not whole.stat().st_size:
        return False
    with whole.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
        return held.find(part.read_bytes()) >= 0


def _aside(db: sqlite_utils.Database, folder: DataFolder, before: datetime) -> Iterator[Spare]:
    closed = {one.name: one.sha256 for one in fixity_rows.measured(db) if one.sha256}
    for path in _files_called(folder.warcs, _ASIDE, before):
        match = _ASIDE.fullmatch(path.name)
        whole = folder.warcs / (match["file"] if match else "")
        right = whole.is_file() and closed.get(whole.name) == read_back(whole)
        if right and not _has_record(path):
            yield _spare(path, f"it holds no record, and {whole.name} is whole again")
        else:
            yield _spare(path, "no whole file has taken its place; see status", may_go=False)


def _has_record(path: Path) -> bool:
    try:
        return any(not isinstance(item, Wound) for item in read_through(path, large=True))
    except WarcError:
        return False
