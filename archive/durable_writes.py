"""Writes that are whole or fail, and folders whose entries are on the disk itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import IO, Any


def write_all(write: Callable[[memoryview], int], content: bytes) -> None:
    """Write all of it: a single call may write only a part.

    Args:
        write: Takes what it can of the bytes and says how many those were (`os.write` on a handle,
            `write` of an unbuffered file).
        content: All that is to be written.

    Raises:
        OSError: The disk takes no more; a part may stand there then.
    """
    rest = memoryview(content)
    while rest:
        rest = rest[write(rest) :]


def sync_folder(folder: Path) -> None:
    """Have the disk hold the names in a folder: what was created, renamed or removed there.

    Raises:
        OSError: The disk reports a fault.
    """
    _sync(folder)


def sync_file(path: Path) -> None:
    """Have the disk hold what was written to a file, by whomever.

    Raises:
        OSError: It cannot be opened, or the disk reports a fault.
    """
    _sync(path)


def sync_written(file: IO[Any]) -> None:
    """Have the disk hold what was written to an open file. A disk that gives out its blocks late
    says only now that there are none.

    Raises:
        OSError: The disk is full, or reports a fault.
    """
    file.flush()
    os.fsync(file.fileno())


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put(path: Path, content: bytes, *, named: bool = True) -> None:
    """Write a small file whole or not at all, safe on the disk.

    Args:
        path: Where to.
        content: All of it.
        named: Wait until the disk knows it by its name, too; otherwise a power cut may bring back
            what stood there before.

    Raises:
        OSError: The disk does not take it.
    """
    draft = path.with_name(f"{path.name}.new")
    try:
        with draft.open("wb") as file:
            file.write(content)
            sync_written(file)
    except OSError:
        draft.unlink(missing_ok=True)  # half of it would take room that is short
        raise
    draft.replace(path)
    if named:
        sync_folder(path.parent)
