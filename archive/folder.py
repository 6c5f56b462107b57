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

from archive import mounts
from archive.advice import error_with_advice
from archive.alone import stands
from archive.disk_space import write_obstacle
from archive.errors import DataFolderError, LockedError, NoArchiveError, NoDiskError
from archive.file_kinds import FILE, FOLDER, kind_of, require_kind
from archive.mounts import unmounted

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT_FOR_CHILDREN_S = 10.0
"""A spider sees within milliseconds that its parent is gone; a machine that swaps may take
seconds."""
LOOK_EVERY_S = 0.05
WAIT_FOR_LOOKS_S = 0.3
"""Who looks whether the archive is held (`DataFolder.is_held`) holds it for microseconds."""


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

    @property
    def lock(self) -> Path:
        """Held by who writes; it names that process, and nobody while none does."""
        return self.root / "lock"

    @property
    def restoring(self) -> Path:
        """Stands while a backup is put into the folder: what is there is not an archive yet."""
        return self.root / "restoring"

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
            DataFolderError: It does, or it cannot be looked at; or a restore into it broke off.
            LockedError: A restore into it is under way.
        """
        require_kind(FOLDER, self.root, "name another with --data")
        for folder in (self.warcs, self.root / "runs"):
            require_kind(FOLDER, folder)
        require_kind(FILE, self.lock)
        self._require_restored()

    def _require_restored(self) -> None:
        if kind_of(self.restoring) is None:
            return
        if self.is_held():
            raise LockedError(
                f"data folder {self.root}: a restore into it is under way; wait for it to end"
            )
        if kind_of(self.restoring) is not None:  # or it ended just now
            raise _broken_off(self.root)

    def is_held_by_others(self) -> bool:
        """Whether a run holds the archive now that is not this process."""
        if not self.is_held():
            return False
        try:
            return self.lock.read_text(encoding="utf-8", errors="replace") != str(os.getpid())
        except OSError:
            return False

    def is_held(self) -> bool:
        """Whether a run holds the archive now; nothing is taken away from it."""
        try:
            with self.lock.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def _entries(self) -> list[Path]:
        try:
            with os.scandir(self.warcs) as entries:
                names = [entry.name for entry in entries if entry.name.endswith(".warc.gz")]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise DataFolderError(f"folder {self.warcs}: {error_with_advice(error)}") from error
        return [self.warcs / name for name in sorted(names)]

    def begin(self) -> None:
        """Create what is missing; before whatever may be an archive's first command.

        Raises:
            NoDiskError: As `require_disk`.
            DataFolderError: As `make`.
        """
        self.require_disk()
        self.make()

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
        self.require_disk()
        raise NoArchiveError(
            f"data folder {self.root}: no archive here; "
            "name one with --data, or run collect or import first"
        )

    def require_disk(self) -> None:
        """Refuse to begin an archive where a disk belongs that is not mounted: it has one already,
        most likely.

        Raises:
            NoDiskError: That is so.
        """
        place = unmounted(self.root)
        if place is None or kind_of(self.database) is not None or self.warc_files():
            return
        raise NoDiskError(
            f"data folder {self.root}: no archive here, and no disk is mounted at {place}, where "
            f"{mounts.FSTAB} has one; mount it, or name another folder with --data"
        )

    @contextmanager
    def locked(self, *, wait: bool = True, restoring: bool = False) -> Iterator[int]:
        """Hold the archive for writing; the operating system frees it however the process ends.

        A process that is handed the file descriptor holds it, too, until it ends. After a run that
        was killed its last child may live for a moment: that moment is waited for.

        Args:
            wait: For such a child; who only looks whether somebody holds it is waited for anyhow.
            restoring: Also where a restore broke off, or is about to begin.

        Yields:
            The lock's file descriptor.

        Raises:
            LockedError: Another run holds it.
            DataFolderError: A restore broke off in it.
        """
        with self._taken(WAIT_FOR_CHILDREN_S if wait else WAIT_FOR_LOOKS_S) as file:
            if not restoring and kind_of(self.restoring) is not None:
                raise _broken_off(self.root)
            _sign(file)
            try:
                yield file.fileno()
            finally:
                # whoever lives on, as the daemon does, is not taken for its holder
                file.truncate(0)

    @contextmanager
    def _taken(self, wait_s: float) -> Iterator[TextIO]:
        until = time.monotonic() + wait_s
        while True:
            with self.lock.open("a+", encoding="utf-8", errors="replace") as file:
                if not self._is_taken(file, until):
                    time.sleep(LOOK_EVERY_S)
                elif stands(file.fileno(), self.lock):  # a restore takes its own away
                    yield file
                    return

    def _is_taken(self, file: TextIO, until: float) -> bool:
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
            return False
        return True


def _broken_off(root: Path) -> DataFolderError:
    return DataFolderError(
        f"data folder {root}: a restore into it broke off; run that again, and it goes on, or take "
        "the folder away"
    )


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
