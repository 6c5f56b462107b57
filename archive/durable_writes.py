"""What the disk has to take whole, and what it has to hold itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def write_all(write: Callable[[memoryview], int], content: bytes) -> None:
    """Have all of it written where a single call may take but a part of it.

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
    """Have the disk hold the names in a folder.

    Raises:
        OSError: The disk reports a fault.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
