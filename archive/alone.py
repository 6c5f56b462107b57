"""A folder that one command at a time is at: a lock on the folder itself, which leaves no file
behind and which the system frees however the command ends."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.errors import LockedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def alone(folder: Path, refused: str) -> Iterator[None]:
    """Be the only one at a folder; where its file system has no locks, all may be.

    Args:
        folder: Is there.
        refused: What to say where another is at it, or reads it.

    Raises:
        LockedError: Another is.
    """
    with _locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB, refused):
        yield


@contextmanager
def beside_readers(folder: Path, refused: str) -> Iterator[None]:
    """Read a folder that nobody is to write to meanwhile; others may read it, too.

    Args:
        folder: Is there.
        refused: What to say where another writes to it.

    Raises:
        LockedError: Another does.
    """
    with _locked(folder, fcntl.LOCK_SH | fcntl.LOCK_NB, refused):
        yield


@contextmanager
def in_turn(folder: Path) -> Iterator[None]:
    """As `alone`, once those before have ended; not within another of these. Where the
    folder cannot be opened, or is gone by then, what is done next says why."""
    with _locked(folder, fcntl.LOCK_EX, None):
        yield


@contextmanager
def _locked(folder: Path, how: int, refused: str | None) -> Iterator[None]:
    handle = _opened(folder)
    try:
        if handle is not None:
            is_ours = _is_taken(handle, how) and stands(handle, folder)
            if not is_ours and refused is not None:
                raise LockedError(refused)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _is_taken(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how)
    except BlockingIOError:
        return False
    except OSError:
        pass  # NFS locks no folder
    return True


def stands(handle: int, path: Path) -> bool:
    """Whether what was opened is still what others would open: who was at it before may have taken
    it away."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _opened(folder: Path) -> int | None:
    try:
        return os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
