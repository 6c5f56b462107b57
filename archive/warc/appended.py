"""One WARC file while it is written: bytes are appended whole or not at all, and are on the disk
itself once they are synced."""

from __future__ import annotations

import fcntl
import hashlib
import os
from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.durable_writes import sync_folder, write_all
from archive.errors import WarcWriteError
from archive.model.fixity import WarcFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

# Readable by the operator's group, written by us alone; the umask may narrow it.
_FILE_MODE = 0o644


class AppendedFile:
    """A new file, locked as long as it is open.

    Attributes:
        path: Where it stands.
        size: Its bytes so far.
    """

    def __init__(self, path: Path) -> None:
        """Create it, and its folder where that is missing.

        Raises:
            WarcWriteError: The disk does not take it, or it is there already.
        """
        self.path = path
        self.size = 0
        self._synced = 0
        self._is_named = False
        self._hash = hashlib.sha256()
        self._handle = -1
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
            self._handle = os.open(path, flags, _FILE_MODE)
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.give_up()
            raise self._failure(error) from error

    @property
    def is_open(self) -> bool:
        """Whether more can be appended; not once it is closed, or given up after a fault of the
        disk."""
        return self._handle >= 0

    def append(self, *contents: bytes) -> None:
        """Append all of it, or nothing.

        Raises:
            WarcWriteError: The disk does not take it.
        """
        try:
            for content in contents:
                write_all(self._write, content)
        except BaseException as error:
            self._undo()
            if isinstance(error, OSError):
                raise self._failure(error) from error
            raise
        for content in contents:
            self.size += len(content)
            self._hash.update(content)

    def append_pieces(
        self, members: Sequence[Iterable[bytes]], most: int | None
    ) -> list[int] | None:
        """Append all pieces of all members, or nothing; only a piece at a time is in memory.

        Returns:
            Where the first begins, then where each ends. None, and nothing is written, where the
            file would have more than `most` bytes.

        Raises:
            WarcWriteError: The disk does not take it.
        """
        digest, size, ends = self._hash.copy(), self.size, [self.size]
        try:
            for member in members:
                for piece in member:
                    write_all(self._write, piece)
                    digest.update(piece)
                    size += len(piece)
                    if most is not None and size > most:
                        self._undo()
                        return None
                ends.append(size)
        except BaseException as error:
            self._undo()
            if isinstance(error, OSError):
                raise self._failure(error) from error
            raise
        self.size, self._hash = size, digest
        return ends

    def sync(self) -> None:
        """Have the disk itself hold what was appended; what is on the disk already is not synced
        again.

        Raises:
            WarcWriteError: The disk reports a fault; the file is given up.
        """
        if not self.is_open or self._synced == self.size:
            return
        try:
            os.fdatasync(self._handle)
            if not self._is_named:
                sync_folder(self.path.parent)
        except OSError as error:
            # Asked again, a system that dropped what it could not write would say that all is well.
            self.give_up()
            raise self._failure(error) from error
        self._synced, self._is_named = self.size, True

    def close(self) -> WarcFile:
        """Have the disk hold the file, and close it; what it is then.

        Raises:
            WarcWriteError: The disk reports a fault.
        """
        try:
            self.sync()
            mtime_ns = os.fstat(self._handle).st_mtime_ns
        finally:
            self.give_up()
        return WarcFile(self.path.name, self.size, self._hash.hexdigest(), mtime_ns)

    def give_up(self) -> None:
        """Close it as it is: the next start looks through it."""
        if self.is_open:
            os.close(self._handle)
            self._handle = -1

    def _write(self, content: memoryview) -> int:
        return os.write(self._handle, content)

    def _undo(self) -> None:
        """Take half a record away again; where even that fails, the next start mends the file, and
        another is used."""
        try:
            os.ftruncate(self._handle, self.size)
        except OSError:
            self.give_up()

    def _failure(self, error: OSError) -> WarcWriteError:
        return WarcWriteError(
            f"WARC {self.path} cannot be written: "
            f"{error_with_advice(error, self.path)}. What was written before is kept"
        )
