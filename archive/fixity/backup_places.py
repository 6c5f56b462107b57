"""Where backups were made before. If such a place has none now, its disk is probably not mounted,
and a backup would go onto the disk below, hidden once the other is mounted again. So it is refused
until somebody says otherwise."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

from archive import mounts
from archive.durable_writes import put
from archive.errors import DataFolderError, NoDiskError
from archive.fixity.bag import newest_bag
from archive.mounts import unmounted

if TYPE_CHECKING:
    from pathlib import Path

    from archive.folder import DataFolder

NOTE = "backup-places.json"
"""In the data folder, and in no copy."""


def require_still_there(folder: DataFolder, place: Path) -> None:
    """Refuse a folder whose backup is gone, and one where a disk belongs that is not mounted.

    Raises:
        DataFolderError: One was made there before; or no disk is there.
    """
    if _holds_backup(place):
        return
    if (point := unmounted(place)) is not None:
        raise NoDiskError(
            f"{place}: no disk is mounted at {point}, where {mounts.FSTAB} has one; mount it. "
            "Where a backup is to begin without it: isw-archive backup --anew"
        )
    if str(place.absolute()) in _known(folder):
        raise DataFolderError(
            f"{place}: the backup that was made there is not there; is its disk mounted? Where it "
            "was taken away on purpose: isw-archive backup --anew"
        )


def note_made(folder: DataFolder, place: Path) -> None:
    """A backup was made there; where the archive's own disk takes nothing it is not noted."""
    known = _known(folder)
    if str(place.absolute()) not in known:
        told = json.dumps([*known, str(place.absolute())], indent=1)
        with contextlib.suppress(OSError):
            put(folder.root / NOTE, f"{told}\n".encode())


def _holds_backup(place: Path) -> bool:
    # one that was ended while it was brought up to date has its files
    return newest_bag(place) is not None or (place / "data").is_dir()


def _known(folder: DataFolder) -> list[str]:
    try:
        told = json.loads((folder.root / NOTE).read_bytes())
    except (OSError, ValueError):
        return []
    return [one for one in told if isinstance(one, str)] if isinstance(told, list) else []
