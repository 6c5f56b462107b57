"""The data folder: what lies where, and who holds it."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import DataFolderError, LockedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Paths of one archive."""

    root: Path

    @property
    def database(self) -> Path:
        """The index: SQLite, can be made anew from the WARC files."""
        return self.root / "archive.db"

    @property
    def warcs(self) -> Path:
        """The evidence: WARC files, only ever appended to."""
        return self.root / "warc"

    def make(self) -> None:
        """Create what is missing.

        Raises:
            DataFolderError: It cannot be created or written.
        """
        try:
            self.warcs.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DataFolderError(
                f"data folder {self.root}: {error.strerror}; name another with --data"
            ) from error
        if not os.access(self.warcs, os.W_OK):
            raise DataFolderError(
                f"data folder {self.root}: not writable; change its owner or mode"
            )

    def require(self) -> None:
        """Refuse to go on where no archive is.

        Raises:
            DataFolderError: There is no archive here.
        """
        if self.database.exists():
            return
        if next(self.warcs.glob("*.warc.gz"), None) is not None:
            raise DataFolderError(
                f"data folder {self.root}: no database, but WARC files; make it from them: isw-archive rebuild"
            )
        raise DataFolderError(
            f"data folder {self.root}: no archive here; name one with --data, or run collect or import first"
        )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the archive for writing; the operating system frees it however the process ends.

        Raises:
            LockedError: Another run holds it.
        """
        path = self.root / "lock"
        with path.open("a+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                file.seek(0)
                holder = file.read().strip() or "unknown"
                raise LockedError(
                    f"data folder {self.root}: another run holds it (process {holder}); wait for it to end"
                ) from None
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield
