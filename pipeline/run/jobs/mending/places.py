"""Where databases stand at a rebuild: the folder in which the new one grows, the place that it
takes, and the name under which the old one is kept."""

from __future__ import annotations

import itertools
import shutil
from typing import TYPE_CHECKING

from archive.db import at_rest, companions
from archive.db.database import fold_log
from archive.durable_writes import sync_file, sync_folder
from archive.errors import DataFolderError

if TYPE_CHECKING:
    from pathlib import Path

    from archive.folder import DataFolder

REBUILD = "rebuild"
"""Where in the data folder the new database grows."""


def put_aside(database: Path, suffix: str, why: str, cost: str = "") -> list[str]:
    """Keep a database under another name."""
    if not database.exists():
        return []
    database = database.resolve()
    aside = _free(database.with_name(f"{database.name}.{suffix}"))
    for end in companions.OF_LOG:
        companion = companions.beside(database, end)
        if companion.exists():
            companion.replace(companions.beside(aside, end))
    database.replace(aside)
    at_rest.forget(database)
    return [f"{database}: {why} and is kept as {aside.name}{cost}"]


def _free(path: Path) -> Path:
    """The name, with a number where something has it already: what was kept before stays."""
    numbered = (path.with_name(f"{path.name}-{number}") for number in itertools.count(1))
    return path if not path.exists() else next(one for one in numbered if not one.exists())


def clear_target(target: DataFolder) -> None:
    """Remove what an earlier rebuild left; the link to the WARC files goes, never what it points
    to.

    Raises:
        DataFolderError: Something of others stands there.
    """
    if target.warcs.is_symlink():
        target.warcs.unlink()
    for path in _left_over(target.root):
        path.unlink()
    try:
        if target.root.exists():
            target.root.rmdir()
    except OSError as error:
        raise DataFolderError(
            f"{target.root}: here the new database grows, and something of others is in the way "
            f"({error.strerror}); take it away, then run again"
        ) from error


def _left_over(root: Path) -> list[Path]:
    return [p for p in root.glob("archive.db*") if p.is_file()] if root.exists() else []


def put_in_place(new: Path, old: Path) -> None:
    """Replace the old database by the new one, safely even if the power fails.

    Where that is a symbolic link, it stays, and its target is replaced.
    """
    old = old.resolve()
    if new.stat().st_dev != old.parent.stat().st_dev:
        # a file cannot be renamed onto another disk: it gets there under another name first
        beside = old.with_name(f"{old.name}.new")
        shutil.copyfile(new, beside)
        new = beside
    if old.exists():
        # A log of the old one would be read into the new one: it is folded in, and gone, before.
        fold_log(old)
    companions.remove(old)
    sync_file(new)
    # of a damaged one they are what tells of it, until it is gone
    is_damaged = _is_damaged(old)
    if not is_damaged:
        at_rest.forget(old)
    new.replace(old)
    sync_folder(old.parent)
    if is_damaged:
        at_rest.forget(old)


def _is_damaged(database: Path) -> bool:
    try:
        return database.exists() and at_rest.damage(database) is not None
    except OSError:
        return True
