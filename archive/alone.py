"""A folder that one command at a time is at: a lock on the folder itself, which leaves no file
behind and which the system frees however the command ends."""

from __future__ import annotations

import contextlib
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
    """Be the only one at a folder.

    Args:
        folder: Is there.
        refused: What to say where another is at it.

    Raises:
        LockedError: Another is.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if not _is_taken(handle) or not _stands(handle, folder):
            raise LockedError(refused)
        yield
    finally:
        os.close(handle)


@contextmanager
def in_turn(folder: Path) -> Iterator[None]:
    """The same, once those before have ended; not within another `alone` or `in_turn` of it. Where
    the folder cannot be opened or locked, what is done next says why."""
    handle = _opened(folder)
    try:
        if handle is not None:
            with contextlib.suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _is_taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _stands(handle: int, folder: Path) -> bool:
    """Whether it is still there: who was at it before may have taken it away."""
    try:
        return os.path.samestat(os.fstat(handle), folder.stat())
    except FileNotFoundError:
        return False


def _opened(folder: Path) -> int | None:
    try:
        return os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
