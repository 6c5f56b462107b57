"""Copying files so that the copy is known to be right: digested on the way, synced, read back."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.durable_writes import sync_folder, sync_written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

BLOCK_BYTES = 1 << 20
_TOO_SMALL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy as it stands.

    Attributes:
        size: Its bytes.
        sha256: Of them, as read back from the copy.
        source: SHA-256 of what was read.
    """

    size: int
    sha256: str
    source: str

    @property
    def is_right(self) -> bool:
        """What was read back is what was written."""
        return self.sha256 == self.source


def _nobody(_: int) -> None:
    """Stands for `progress` where nobody asks for it."""


def copy(
    source: Path,
    target: Path,
    size: int | None = None,
    *,
    progress: Callable[[int], None] = _nobody,
) -> Copied:
    """Copy the first `size` bytes (None: all) to a new name beside the target, read them back, and
    put them in its place.

    The target is replaced only by a copy that is right.

    Raises:
        OSError: One of the disks reports a fault.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.part")
    assert source.absolute() != draft.absolute()
    digest, done = hashlib.sha256(), 0
    with _of_target(draft), source.open("rb") as old, draft.open("wb") as new:
        while block := old.read(BLOCK_BYTES if size is None else min(BLOCK_BYTES, size - done)):
            digest.update(block)
            new.write(block)
            done += len(block)
            progress(done)
        sync_written(new)
        found = os.fstat(old.fileno())
    copied = Copied(done, read_back(draft), digest.hexdigest())
    if not copied.is_right:
        draft.unlink()
        return copied
    os.utime(draft, ns=(found.st_atime_ns, found.st_mtime_ns))
    draft.replace(target)
    sync_folder(target.parent)
    return copied


@contextmanager
def _of_target(draft: Path) -> Iterator[None]:
    """What the disk of a draft does not take is said of that; half a draft leaves no room taken."""
    try:
        yield
    except OSError as error:
        draft.unlink(missing_ok=True)
        # of a write the system names no file, and of two disks only one can be too small
        if error.filename is None and error.errno in _TOO_SMALL:
            error.filename = str(draft)
        raise


def read_back(path: Path) -> str:
    """SHA-256 of a file, from the disk itself where the system lets go of what it has in memory.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        _forget(file)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _forget(file: BinaryIO) -> None:
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
