"""When in a command's life it is struck: after a time, after so many bytes, or as soon as something
can be seen."""

from __future__ import annotations

import math
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.crash.processes import marked

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.crash.program import Command, Job

POLL_S = 0.003
LOOK_EVERY = 8
"""Polls for one look at all processes, which costs as much as the sleep between."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What a job does when nobody disturbs it: how long it takes, how many bytes it adds to the
    data folder."""

    seconds: float
    grown: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a command.

    Attributes:
        kind: `time`, `bytes`, or the name of something that can be seen; see `sights`.
        part: Of the usual time or growth, 0 to 1; how far a job is.
        late_s: Seconds that are let pass after it.
    """

    kind: str
    part: float
    late_s: float

    def __str__(self) -> str:
        words = self.kind if self.kind not in {"time", "bytes"} else f"{self.part:.0%} {self.kind}"
        return f"{words} +{1000 * self.late_s:.0f} ms"


@dataclass(slots=True)
class Watch:
    """A command as it is watched.

    Attributes:
        before: Size of the data folder when it began.
        known: Names of the WARC files that were there before.
    """

    command: Command
    data: Path
    usual: Usual
    before: int
    known: frozenset[str]
    looks: int = 0

    def size(self) -> int:
        """Bytes by which the data folder has grown."""
        return folder_bytes(self.data) - self.before

    def fresh_warcs(self) -> int:
        """WARC files begun since, with anything in them."""
        return sum(
            1
            for entry in _entries(self.data / "warc")
            if entry.name not in self.known and entry.stat().st_size > 0
        )

    def jobs(self, spider: str) -> bool:
        """Whether a spider has been told what to do, and has not ended."""
        return any(entry.name.endswith(f"-{spider}.json") for entry in _entries(self.data / "runs"))

    def has(self, role: str) -> bool:
        """Whether there is a process of that role; looks now and then only."""
        self.looks += 1
        if self.looks % LOOK_EVERY:
            return False
        return any(process.role == role for process in marked(self.command.mark))


def reached(watch: Watch, moment: Moment, latest_s: float = math.inf) -> bool:
    """Wait for a moment, or for the latest; False where the command is done before it."""
    seen = sight(moment, watch)
    process, until = watch.command.process, time.monotonic() + latest_s
    while process.poll() is None:
        if seen() or time.monotonic() > until:
            time.sleep(moment.late_s)
            return process.poll() is None
        time.sleep(POLL_S)
    return False


def sight(moment: Moment, watch: Watch) -> Callable[[], bool]:
    """What is looked for."""
    started = time.monotonic()
    what, _, name = moment.kind.partition(" ")
    if what == "time":
        return lambda: time.monotonic() - started >= moment.part * watch.usual.seconds
    if what == "bytes":
        return lambda: watch.size() >= moment.part * watch.usual.grown
    if what == "after":
        return _Over(watch, name).seen
    table: dict[str, Callable[[], bool]] = {
        "locked": lambda: _text(watch.data / "lock") == str(watch.command.process.pid),
        "warc": lambda: watch.fresh_warcs() >= 1,
        "second-warc": lambda: watch.fresh_warcs() >= 2,
        "worker": lambda: watch.has("worker"),
        "spider": lambda: watch.jobs(name),
        "rebuild": (watch.data / "rebuild" / "archive.db").exists,
    }
    return table[what]


@dataclass(slots=True)
class _Over:
    """Sees a spider end."""

    watch: Watch
    name: str
    begun: bool = False

    def seen(self) -> bool:
        under_way = self.watch.jobs(self.name)
        self.begun = self.begun or under_way
        return self.begun and not under_way


def sights(job: Job) -> tuple[str, ...]:
    """What can be seen of a job besides time and bytes."""
    spiders = [kind for name in job.spiders for kind in (f"spider {name}", f"after {name}")]
    if job.name == "rebuild":
        return ("locked", "worker", "rebuild")
    if job.name in {"run-due", "daemon"}:  # they hold the lock for moments
        return ("worker", "warc", *spiders)
    more = ("second-warc",) if len(job.spiders) > 1 else ()
    return ("locked", "worker", "warc", *more, *spiders)


def folder_bytes(data: Path) -> int:
    """Bytes in the WARC files, the database and its log, and in a database that is being made."""
    folders = (data, data / "warc", data / "rebuild")
    return sum(
        entry.stat().st_size
        for folder in folders
        for entry in _entries(folder)
        if entry.is_file() and entry.name != "lock"
    )


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """The files of a folder; those that vanish while they are looked at are not there."""
    try:
        with os.scandir(folder) as found:
            return [entry for entry in found if entry.is_file() and _is_there(entry)]
    except OSError:
        return []


def _is_there(entry: os.DirEntry[str]) -> bool:
    try:
        entry.stat()  # remembered by the entry
    except OSError:
        return False
    return True


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
