"""Where a body is while it comes: in memory as long as it is small, then in a file without a name.

Scrapy gathers a body in memory until its last byte; a slow host would keep thirty megabytes there
for a minute, and sixteen hosts at once. What came into a file stays there where that is asked for:
Scrapy's response is empty then, and whoever keeps it reads it from the file, piece by piece.
"""

from __future__ import annotations

import hashlib
import io
import logging
import os
import tempfile
from typing import TYPE_CHECKING, Any

from archive.bodies import FileBody
from archive.durable_writes import write_all
from archive.model.body import LARGE_BYTES

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)

IN_MEMORY = LARGE_BYTES
"""Bytes that a body has before it goes into a file."""


class Spool:
    """Stands in for the buffer of Scrapy's reader of bodies.

    Attributes:
        held: What came, where it stays in its file; None: `getvalue` gives it.
    """

    def __init__(self, folder: Path | None, begun: bytes = b"", *, stays: bool = False) -> None:
        """With what came so far.

        Args:
            folder: Where the file goes, on the disk of the archive; None: where temporary files go.
            begun: What came so far.
            stays: What is in a file in the end stays there.
        """
        self.held: FileBody | None = None
        self._stays = stays
        self._hash = hashlib.sha256()
        self._folder = folder
        self._buffer = io.BytesIO()
        self._file: Any = None
        self._size = 0
        self._is_full = False
        self.write(begun)

    def write(self, data: bytes) -> None:
        """Add what came. A disk that takes no more costs memory, and not the body."""
        if self._file is None and not self._is_full and self._size + len(data) > IN_MEMORY:
            self._roll_over()
        if self._file is not None:
            try:
                self._append(data)
            except OSError as error:
                self._back_to_memory(error)
                self._buffer.write(data)
        else:
            self._buffer.write(data)
        self._size += len(data)

    def getvalue(self) -> bytes:
        """All that came, and the file is gone then; nothing, where it stays in its file."""
        if self._file is None:
            return self._buffer.getvalue()
        if self._stays:
            digest = f"sha256:{self._hash.hexdigest()}"
            self.held = FileBody(os.dup(self._file.fileno()), self._size, digest)
            self._close()
            return b""
        whole = self._whole_body()
        self._close()
        self._buffer = io.BytesIO(whole)
        return whole

    def truncate(self, size: int) -> None:
        """Let go of what came; `size` is 0."""
        self._close()
        self._buffer = io.BytesIO()
        self._size = size

    def _roll_over(self) -> None:
        try:
            self._file = tempfile.TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115
            self._append(self._buffer.getvalue(), at=0)
        except OSError as error:
            self._close()
            self._tell(error)
            return
        self._buffer = io.BytesIO()

    def _append(self, data: bytes, at: int | None = None) -> None:
        self._file.seek(self._size if at is None else at)
        write_all(self._file.write, data)
        if self._stays:
            self._hash.update(data)

    def _back_to_memory(self, error: OSError) -> None:
        self._buffer = io.BytesIO()
        self._buffer.write(self._whole_body())
        self._close()
        self._tell(error)

    def _whole_body(self) -> bytes:
        self._file.seek(0)
        return bytes(self._file.read(self._size))

    def _tell(self, error: OSError) -> None:
        self._is_full = True
        logger.warning("a body stays in memory while it comes: %s", error)

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def spool(response: Any, folder: Path | None, *, stays: bool = False) -> Spool | None:
    """Let the body of a response of Twisted's that is being read go through a spool; None where
    none is read."""
    reader = getattr(response, "_bodyProtocol", None)
    begun = getattr(reader, "_bodybuf", None)
    if reader is None or not isinstance(begun, io.BytesIO):
        return None
    made = Spool(folder, begun.getvalue(), stays=stays)
    reader._bodybuf = made  # noqa: SLF001 - as Scrapy does; no public way
    return made
