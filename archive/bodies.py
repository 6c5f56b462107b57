"""Large bodies in files of their own that have no name: nothing is left of them after a kill."""

from __future__ import annotations

import hashlib
import mmap
import os
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from archive.durable_writes import write_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PIECE_BYTES = 1024 * 1024
_HANDLES = "/proc/{}/fd/{}"
"""Where another process of ours finds an open file that has no name (Linux)."""


class FileBody:
    """A body in an open file, which is closed with the last that speaks of it.

    Sent to another process of this machine it is opened there anew; where the system has no way to
    do so, its bytes are sent.
    """

    __slots__ = ("__weakref__", "_handle", "_size", "digest")

    def __init__(self, handle: int, size: int, digest: str) -> None:
        """Take over an open file, which is then open for this body alone.

        Args:
            handle: The open file's number.
            size: Its bytes.
            digest: `sha256:<hex>` of them.
        """
        self._handle = handle
        self._size = size
        self.digest = digest
        weakref.finalize(self, os.close, handle)

    def __len__(self) -> int:
        return self._size

    def __repr__(self) -> str:
        return f"<{self._size} bytes in a file, {self.digest}>"

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        path = _HANDLES.format(os.getpid(), self._handle)
        if not Path(path).exists():
            return bytes, (b"".join(self.pieces()),)
        return _opened, (path, self._size, self.digest)

    def pieces(self, start: int = 0) -> Iterator[bytes]:
        """As `LargeBody`."""
        while start < self._size:
            piece = os.pread(self._handle, min(_PIECE_BYTES, self._size - start), start)
            if not piece:
                raise OSError(f"a file of {self._size} bytes ends after {start}")
            start += len(piece)
            yield piece

    def view(self, most: int) -> mmap.mmap:
        """As `LargeBody`."""
        return mmap.mmap(self._handle, min(most, self._size), access=mmap.ACCESS_READ)


def _opened(path: str, size: int, digest: str) -> FileBody:
    return FileBody(os.open(path, os.O_RDONLY | os.O_CLOEXEC), size, digest)


def file_of(path: Path) -> FileBody:
    """A file that has a name, as a body.

    Raises:
        OSError: It cannot be read.
    """
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        found, size = hashlib.sha256(), 0
        while piece := os.pread(handle, _PIECE_BYTES, size):
            found.update(piece)
            size += len(piece)
    except BaseException:
        os.close(handle)
        raise
    return FileBody(handle, size, f"sha256:{found.hexdigest()}")


def spooled(pieces: Iterable[bytes], folder: Path | None) -> FileBody:
    """Pieces in a file without a name.

    Args:
        pieces: What goes into it.
        folder: On whose disk; None, or one that takes none: where temporary files go.

    Raises:
        OSError: The disk does not take them.
    """
    try:
        file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - it outlasts this
    except OSError:
        file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
    found, size = hashlib.sha256(), 0
    with file:
        for piece in pieces:
            found.update(piece)
            size += len(piece)
            write_all(file.write, piece)
        handle = os.dup(file.fileno())
    return FileBody(handle, size, f"sha256:{found.hexdigest()}")
