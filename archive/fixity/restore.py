"""Making an archive out of a backup."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.db import companions
from archive.durable_writes import sync_folder
from archive.errors import ArchiveError, BadInputError
from archive.fixity.bag import newest_bag, read_manifest, reading
from archive.fixity.checkpoint import Signer
from archive.fixity.copying import copy, read_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from archive.folder import DataFolder


def restore(
    bag: Path, folder: DataFolder, key: Path | None, progress: Callable[[str], None]
) -> dict[str, int]:
    """Copy a backup into a new data folder; every file is compared with the bag's manifest.

    Args:
        bag: The backup.
        folder: Where to; the caller has it (`claimed`).
        key: The secret key of the ledger, kept elsewhere; None: a new one is made, and the ledger
            says so.
        progress: Told what is being copied.

    Returns:
        How many files and bytes.

    Raises:
        BadInputError: No backup.
        LockedError: It is being made.
        ArchiveError: A file is not what the manifest says; nothing stands in the folder then that
            was not right.
        OSError: A disk reports a fault.
    """
    found = newest_bag(bag)
    if found is None:
        raise BadInputError(f"{bag}: no backup; name the folder that isw-archive backup made")
    with reading(found):
        listed = read_manifest(found)
        if not listed:
            raise ArchiveError(
                f"{found}: its manifest is damaged; isw-archive verify {found} says more"
            )

        def one(name: str, target: Path) -> int:
            return _one(found / name, target, listed[name])

        return put_in_place(str(found), listed, one, folder, key, progress)


@contextmanager
def claimed(folder: DataFolder) -> Iterator[None]:
    """Hold a new data folder from before the first file of a backup until it is an archive; where
    nothing was put into it, nothing is left of it.

    Raises:
        BadInputError: It holds something.
        NoDiskError: As `DataFolder.require_disk`.
        LockedError: Another restore, or another command, is at it.
    """
    _require_new(folder)
    folder.require_disk()
    is_made = not folder.root.exists()
    folder.root.mkdir(parents=True, exist_ok=True)
    with folder.locked(restoring=True):
        try:
            _require_new(folder)  # the one that was waited for may have put an archive there
            yield
        finally:
            if _names(folder) == {folder.lock.name}:
                folder.lock.unlink()
                if is_made:
                    folder.root.rmdir()


def _require_new(folder: DataFolder) -> None:
    if folder.root.exists() and not folder.restoring.exists() and _names(folder) - {"lock"}:
        raise BadInputError(f"{folder.root}: not empty; name a new folder to restore into")


def _names(folder: DataFolder) -> set[str]:
    return {path.name for path in folder.root.iterdir()} if folder.root.exists() else set()


def put_in_place(
    source: str,
    listed: Mapping[str, str],
    one: Callable[[str, Path], int],
    folder: DataFolder,
    key: Path | None,
    progress: Callable[[str], None],
) -> dict[str, int]:
    """Have every file of a backup put in its place in a new data folder, or in one where a restore
    broke off: what is right there already stays. It is no archive before `ended`.

    Args:
        source: What the backup is called.
        listed: SHA-256 of its files, by their paths in the bag.
        one: Puts one file in its place, right or not at all; its bytes.
        folder: Where to; the caller has it (`claimed`).
        key: As `restore` has it.
        progress: Told what is being copied.

    Returns:
        How many `files`, and their `bytes`.

    Raises:
        ArchiveError: A file is not what the manifest says, or would stand outside of the folder.
        LedgerError, OSError: As `Signer.load` and `Signer.keep`, of the key.
    """
    if key is not None:
        Signer.load(key)
    if any(".." in name.split("/") or not name.startswith("data/") for name in listed):
        raise ArchiveError(f"{source}: its manifest names files outside of it; take another copy")
    if folder.restoring.exists():
        _forget_writers(folder)
    folder.restoring.touch()
    sync_folder(folder.root)
    try:
        size = _put_all(listed, one, folder, progress)
    except ArchiveError as error:
        if not _is_begun(folder):
            _clear(folder)
            raise
        raise ArchiveError(
            f"{error}; what is right stays in {folder.root}: restore again, from this or another "
            "copy, and it goes on"
        ) from error
    if key is not None:
        Signer.load(key).keep(folder.ledger_key)
    return {"files": len(listed), "bytes": size}


def ended(folder: DataFolder) -> None:
    """Make the folder an archive: its ledger says that it was restored.

    Raises:
        OSError: The disk reports a fault.
    """
    folder.restoring.unlink()
    sync_folder(folder.root)


def _forget_writers(folder: DataFolder) -> None:
    """Remove what a command wrote after a restore had broken off: it does not fit the files that
    are put there again."""
    for path in (folder.database, folder.people):
        companions.remove(path, companions.ALL)
    for path in (folder.ledger_tail, folder.ledger_key):
        path.unlink(missing_ok=True)


def _put_all(
    listed: Mapping[str, str],
    one: Callable[[str, Path], int],
    folder: DataFolder,
    progress: Callable[[str], None],
) -> int:
    size = 0
    # the database last: a folder without it is no archive yet
    for name in sorted(listed, key=lambda name: name == "data/archive.db"):
        progress(name)
        target = folder.root / name.removeprefix("data/")
        size += target.stat().st_size if _is(target, listed[name]) else one(name, target)
    return size


def _is(path: Path, sha256: str) -> bool:
    """Whether a restore that broke off had put this file there already."""
    return path.is_file() and read_back(path) == sha256


def _is_begun(folder: DataFolder) -> bool:
    """Whether any file was put there."""
    files = (path for path in folder.root.rglob("*") if path.is_file())
    return any(path not in {folder.restoring, folder.lock} for path in files)


def _clear(folder: DataFolder) -> None:
    """Remove the folders of a restore that put no file into them; the lock, which is held,
    stays."""
    folder.restoring.unlink()
    for path in sorted(folder.root.rglob("*"), reverse=True):
        if path != folder.lock:
            path.rmdir()


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
