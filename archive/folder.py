"""The data folder: what lies where, and who holds it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from archive.advice import error_with_advice
from archive.disk_space import write_obstacle
from archive.errors import DataFolderError, LockedError
from archive.file_kinds import FILE, FOLDER, kind_of, require_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT_FOR_CHILDREN_S = 10.0
"""A spider sees within milliseconds that its parent is gone; a machine that swaps may take
seconds."""
LOOK_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Paths of one archive."""

    root: Path

    @property
    def database(self) -> Path:
        """The index: SQLite, can be made anew from the WARC files."""
        return self.root / "archive.db"

    @property
    def people(self) -> Path:
        """What people wrote: SQLite, beside the index, since no WARC file has it."""
        return self.root / "people.db"

    @property
    def warcs(self) -> Path:
        """The evidence: WARC files, only ever appended to."""
        return self.root / "warc"

    @property
    def ledger(self) -> Path:
        """What happened, an entry a line, only ever appended to; beside the WARC files, as evidence
        is."""
        return self.warcs / "ledger.jsonl"

    @property
    def checkpoint(self) -> Path:
        """The signed word on how long the ledger is, and on all that is in it."""
        return self.warcs / "ledger.checkpoint"

    @property
    def timestamps(self) -> Path:
        """What authorities vouched for, and the checkpoints that it is over."""
        return self.warcs / "timestamps"

    @property
    def ledger_tail(self) -> Path:
        """Where the ledger ends, noted by its last writer for the next."""
        return self.root / "ledger.tail"

    @property
    def ledger_key(self) -> Path:
        """What signs the ledger; never among the evidence, so that no copy of that carries it."""
        return self.root / "ledger.key"

    def warc_files(self) -> list[Path]:
        """The archive's WARC files by name; what cannot be one by its kind or name is left out
        (`odd_entries`).

        Raises:
            DataFolderError: The folder cannot be read.
        """
        return [path for path in self._entries() if _why_odd(path) is None]

    def odd_entries(self) -> list[str]:
        """What stands among the WARC files and is none, one line each.

        Raises:
            DataFolderError: The folder cannot be read.
        """
        return [
            f"{str(path).encode('utf-8', 'backslashreplace').decode()}: "
            f"{why}, and left out; take it out of the folder"
            for path in self._entries()
            if (why := _why_odd(path)) is not None
        ]

    def check(self) -> None:
        """Refuse to go on where something else stands in the place of what is ours; nothing is
        opened for that.

        Raises:
            DataFolderError: It does, or it cannot be looked at.
        """
        require_kind(FOLDER, self.root, "name another with --data")
        for folder in (self.warcs, self.root / "runs"):
            require_kind(FOLDER, folder)
        require_kind(FILE, self.root / "lock")

    def _entries(self) -> list[Path]:
        try:
            with os.scandir(self.warcs) as entries:
                names = [entry.name for entry in entries if entry.name.endswith(".warc.gz")]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise DataFolderError(f"folder {self.warcs}: {error_with_advice(error)}") from error
        return [self.warcs / name for name in sorted(names)]

    def make(self) -> None:
        """Create what is missing.

        Raises:
            DataFolderError: It cannot be created or written.
        """
        self.check()
        try:
            self.warcs.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DataFolderError(
                f"data folder {self.root}: {error_with_advice(error, self.root)}, "
                "or name another with --data"
            ) from error
        for folder in (self.root, self.warcs):
            if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
                found = write_obstacle(folder)
                why = "not readable and writable; change its owner or mode"
                raise DataFolderError(
                    f"folder {folder}: {error_with_advice(found) if found else why}"
                )

    def require(self) -> None:
        """Refuse to go on where no archive is.

        Raises:
            DataFolderError: There is no archive here, or something else stands in its place.
        """
        self.check()
        if kind_of(self.database) is not None:
            return
        if self.warcs.is_dir() and self.warc_files():
            raise DataFolderError(
                f"data folder {self.root}: no database, but WARC files; make it from them: "
                "isw-archive rebuild"
            )
        raise DataFolderError(
            f"data folder {self.root}: no archive here; "
            "name one with --data, or run collect or import first"
        )

    @contextmanager
    def locked(self, *, wait: bool = True) -> Iterator[int]:
        """Hold the archive for writing; the operating system frees it however the process ends.

        A process that is handed the file descriptor holds it, too, until it ends. After a run that
        was killed its last child may live for a moment: that moment is waited for.

        Yields:
            The lock's file descriptor.

        Raises:
            LockedError: Another run holds it.
        """
        with (self.root / "lock").open("a+", encoding="utf-8", errors="replace") as file:
            self._take(file, wait=wait)
            _sign(file)
            yield file.fileno()

    def _take(self, file: TextIO, *, wait: bool) -> None:
        until = time.monotonic() + (WAIT_FOR_CHILDREN_S if wait else 0)
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                holder = file.read().strip() or "unknown"
                if _is_alive(holder) or time.monotonic() > until:
                    raise LockedError(
                        f"data folder {self.root}: "
                        f"another run holds it (process {holder}); wait for it to end"
                    ) from None
                time.sleep(LOOK_EVERY_S)
            else:
                return


def _sign(file: TextIO) -> None:
    """Say who holds the lock; on a full disk it is held without a word."""
    file.truncate(0)
    with contextlib.suppress(OSError):
        os.write(file.fileno(), str(os.getpid()).encode())


def _why_odd(path: Path) -> str | None:
    """Why an entry among the WARC files cannot be one, or None."""
    try:
        path.name.encode("utf-8")
    except UnicodeEncodeError:
        return "its name is not UTF-8"
    if not path.exists():
        return "a link to nothing"
    return None if path.is_file() else "not a file"


_MAX_DIGITS = 9


def _is_alive(holder: str) -> bool:
    """Whether a process of this number runs; one that has ended and that nobody has asked for does
    not."""
    if not (
        holder.isascii() and holder.isdigit() and len(holder) <= _MAX_DIGITS and int(holder) > 1
    ):
        return False
    try:
        os.kill(int(holder), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        state = Path(f"/proc/{holder}/stat").read_text(encoding="utf-8").rpartition(") ")[2][:1]
    except OSError:
        return True
    return state not in {"Z", "X"}
