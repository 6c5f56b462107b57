"""Backups by date in one folder, each a whole bag. Files that did not change are links to those of
the bag before, and only so many bags are kept.

While a bag is being made or removed it has another name, so that half a bag is never taken for a
whole one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING

from archive.alone import alone
from archive.durable_writes import sync_folder
from archive.errors import BadInputError, LockedError
from archive.fixity.backup import IN_USE, Made, backup, require_apart
from archive.fixity.bag import DECLARATION, dated_bags, dated_name, read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive.folder import DataFolder

MAKING, GONE = ".making", ".gone"


def dated_backup(
    folder: DataFolder, root: Path, at: str, keep: int, progress: Callable[[str], None]
) -> tuple[Made, Path]:
    """Make a bag named by its time in `root`; take the oldest ones away beyond `keep`.

    What the bag before has in the same bytes is linked; where the file system has no links, it is
    copied. Nothing is taken away after a backup with problems.

    Args:
        folder: The archive; a run may be writing to it.
        root: A folder for such bags alone.
        at: ISO 8601.
        keep: How many bags stay, the new one among them.
        progress: Told what is being copied.

    Raises:
        BadInputError: Something else lies there.
        OSError: A disk reports a fault.
    """
    require_apart(folder, root)
    if (root / DECLARATION).exists():
        raise BadInputError(
            f"{root}: one backup, of which no dates are kept; name a new folder, or no --keep"
        )
    root.mkdir(parents=True, exist_ok=True)
    with alone(root, IN_USE.format(root)):
        return _made(folder, root, at, keep, progress)


def _made(
    folder: DataFolder, root: Path, at: str, keep: int, progress: Callable[[str], None]
) -> tuple[Made, Path]:
    bag = root / dated_name(at, [one.name for one in dated_bags(root)])
    draft = _draft(root, f"{bag.name}{MAKING}")
    older = [one for one in dated_bags(root) if one.name != bag.name]
    linked = _linked(older[-1], draft) if older else {}
    made = backup(folder, draft, at, progress, linked)
    for path in [*(draft / "data").rglob("*")]:
        if path.is_file() and path.relative_to(draft).as_posix() not in made.listed:
            path.unlink()  # of one that was ended in the middle
    if bag.exists():
        _take_away(bag)
    draft.rename(bag)
    sync_folder(root)
    if not made.problems:
        for one in [*older, bag][:-keep]:
            with contextlib.suppress(LockedError), alone(one, "it is read; the next backup does"):
                progress(f"{one.name} is taken away")
                _take_away(one)
    return made, bag


def _draft(root: Path, name: str) -> Path:
    """The folder to make a bag in; it keeps what a backup had copied that was ended before it was
    whole."""
    for left in root.glob(f"*{GONE}"):
        shutil.rmtree(left)
    draft, lefts = root / name, sorted(root.glob(f"*{MAKING}"))
    for left in lefts[:-1]:
        shutil.rmtree(left)
    if lefts and lefts[-1] != draft:
        lefts[-1].rename(draft)
    (draft / "data").mkdir(parents=True, exist_ok=True)
    for tag in draft.glob("*.txt*"):
        tag.unlink()
    return draft


def _linked(bag: Path, draft: Path) -> dict[str, str]:
    """Link the files of another bag into the draft; their SHA-256, by name, as its manifest has
    them."""
    listed = read_manifest(bag)
    for name in listed:
        place = draft / name
        place.parent.mkdir(parents=True, exist_ok=True)
        # never in the place of what was copied newly: that is read, and kept where it is right
        if (bag / name).is_file() and not place.exists():
            with contextlib.suppress(OSError):
                os.link(bag / name, place)
    return {name: sha for name, sha in listed.items() if _same(bag / name, draft / name)}


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and one.samefile(other)


def _take_away(bag: Path) -> None:
    gone = bag.with_name(f"{bag.name}{GONE}")
    bag.rename(gone)
    shutil.rmtree(gone)
