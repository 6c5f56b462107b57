"""An archive out of a backup."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from archive.errors import ArchiveError, BadInputError
from archive.fixity.bag import newest_bag, read_manifest
from archive.fixity.checkpoint import Signer
from archive.fixity.copying import copy

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from archive.folder import DataFolder


def restore(
    bag: Path, folder: DataFolder, key: Path | None, progress: Callable[[str], None]
) -> dict[str, int]:
    """Copy a backup into a new data folder; every file is compared with the bag's manifest.

    Args:
        bag: The backup.
        folder: Where to; must not hold anything.
        key: The secret key of the ledger, kept elsewhere; None: a new one is made, and the ledger
            says so.
        progress: Told what is being copied.

    Returns:
        How many files and bytes.

    Raises:
        BadInputError: No backup, or the folder is not empty.
        ArchiveError: A file is not what the manifest says; nothing stands in the folder then that
            was not right.
        OSError: A disk reports a fault.
    """
    found = newest_bag(bag)
    if found is None:
        raise BadInputError(f"{bag}: no backup; name the folder that isw-archive backup made")
    listed = read_manifest(found)
    if not listed:
        raise ArchiveError(
            f"{found}: its manifest is damaged; isw-archive verify {found} says more"
        )

    def one(name: str, target: Path) -> int:
        return _one(found / name, target, listed[name])

    return put_in_place(str(found), listed, one, folder, key, progress)


def put_in_place(
    source: str,
    listed: Collection[str],
    one: Callable[[str, Path], int],
    folder: DataFolder,
    key: Path | None,
    progress: Callable[[str], None],
) -> dict[str, int]:
    """Have every file of a backup put in its place in a new data folder.

    Args:
        source: What the backup is called.
        listed: Its files, by their paths in the bag.
        one: Puts one file in its place, right or not at all; its bytes.
        folder: Where to; must not hold anything.
        key: As `restore` has it.
        progress: Told what is being copied.

    Returns:
        How many `files`, and their `bytes`.

    Raises:
        BadInputError: The folder holds something.
        ArchiveError: A file is not what the manifest says, or would stand outside of the folder.
        LedgerError, OSError: As `Signer.load` and `Signer.keep`, of the key.
    """
    if folder.root.exists() and any(folder.root.iterdir()):
        raise BadInputError(f"{folder.root}: not empty; name a new folder to restore into")
    if key is not None:
        Signer.load(key)
    if any(".." in name.split("/") or not name.startswith("data/") for name in listed):
        raise ArchiveError(f"{source}: its manifest names files outside of it; take another copy")
    size = 0
    # the database last: a folder without it is no archive yet
    for name in sorted(listed, key=lambda name: name == "data/archive.db"):
        progress(name)
        size += one(name, folder.root / name.removeprefix("data/"))
    if key is not None:
        Signer.load(key).keep(folder.ledger_key)
    return {"files": len(listed), "bytes": size}


def _one(source: Path, target: Path, sha256: str) -> int:
    with source.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise ArchiveError(
            f"{source}: not what the backup's manifest says; bring it back from another copy: "
            "isw-archive verify says what else is wrong"
        )
    copied = copy(source, target)
    if copied.sha256 != sha256:
        raise ArchiveError(f"{target}: what was read back is not what was written; check that disk")
    return copied.size
