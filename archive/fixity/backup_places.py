"""Where backups were made before. If such a place has none now, its disk is probably not mounted,
and a backup would go onto the disk below, hidden once the other is mounted again. So it is refused
until somebody says otherwise."""

from __future__ import annotations

import contextlib
import json
import zlib
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
        DataFolderError: One was made there before, or nobody knows; or no disk is there.
    """
    if _holds_backup(place):
        return
    if (point := unmounted(place)) is not None:
        raise NoDiskError(
            f"{place}: no disk is mounted at {point}, where {mounts.FSTAB} has one; mount it. "
            "Where a backup is to begin without it: isw-archive backup --anew"
        )
    known = _known(folder)
    if known is None:
        raise DataFolderError(
            f"{place}: holds no backup, and whether one was made there is not known: "
            f"{folder.root / NOTE} is damaged. If its disk is mounted: isw-archive backup --anew"
        )
    if str(place.absolute()) in known:
        raise DataFolderError(
            f"{place}: the backup that was made there is not there; is its disk mounted? Where it "
            "was taken away on purpose: isw-archive backup --anew"
        )


def note_made(folder: DataFolder, place: Path) -> str | None:
    """A backup was made there; where the archive's own disk takes nothing it is not noted.

    Returns: That places noted before are not known any more, if so.
    """
    known, here = _known(folder), str(place.absolute())
    told = _note_bytes(sorted({*(known or []), here}))
    with contextlib.suppress(OSError):
        note = folder.root / NOTE
        if known is None or not note.is_file() or note.read_bytes() != told:
            put(note, told)
    if known is not None:
        return None
    return (
        f"{folder.root / NOTE}: damaged, begun anew with {place}; look whether the disks of other "
        "backups are mounted before the next one is made there"
    )


def _holds_backup(place: Path) -> bool:
    # one that was ended while it was brought up to date has its files
    return newest_bag(place) is not None or (place / "data").is_dir()


def _note_bytes(places: list[str]) -> bytes:
    """The note, with a checksum: a changed letter would name another place."""
    sums = zlib.crc32(json.dumps(places).encode())
    return f"{json.dumps({'places': places, 'crc32': sums}, indent=1)}\n".encode()


def _known(folder: DataFolder) -> list[str] | None:
    """The places that are noted; None: the note is damaged."""
    try:
        content = (folder.root / NOTE).read_bytes()
    except FileNotFoundError:
        return []
    except OSError:
        return None
    with contextlib.suppress(ValueError, KeyError, TypeError):
        told = json.loads(content)
        is_older = isinstance(told, list)  # of an earlier version, without a checksum
        places = [str(one) for one in (told if is_older else told["places"])]
        return places if is_older or _note_bytes(places) == content else None
    return None
