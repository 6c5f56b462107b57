"""A command whose power is cut at many moments: what each cut may leave is built, and what was
promised is looked for in it."""

from __future__ import annotations

import hashlib
import random
import shutil
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from archive.db import at_rest
from tests.crash.disk import FATES, Disk
from tests.crash.holding import read, warc_files
from tests.crash.program import environment
from tests.crash.trace import record
from tests.crash.warcs import Record, whole_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from tests.crash.program import Job
    from tests.crash.trace import Event
    from tests.replica.server import Replica

TELLING = frozenset({"sync", "rename", "unlink", "create", "said", "exit"})
"""Just before and after these most can go wrong; half of all cuts are there."""
MEASURED = "SELECT name, closed, size, sha256 FROM warc_files WHERE size IS NOT NULL"
ROWS = "SELECT url, record_id, warc_file, warc_offset FROM captures"


@dataclass(frozen=True)
class Recording:
    """A command that ran to its end, and all it did to the disk.

    Attributes:
        before: Its data folder's parent as it was when it began.
        kept: Record ids of all captures that it said it kept.
    """

    job: Job
    at: datetime
    before: Path
    events: tuple[Event, ...]
    kept: frozenset[str]


@dataclass(frozen=True)
class Cut:
    """A power cut.

    Attributes:
        place: How many events happened before it.
        ordered: See `tests.crash.disk`.
        fate: Of what was not synced.
    """

    seed: int
    place: int
    ordered: bool
    fate: str

    def __str__(self) -> str:
        names = "ext4" if self.ordered else "worst"
        return f"{self.seed}: before event {self.place}, {self.fate} of the unsynced, names {names}"


@dataclass
class Found:
    """What a cut left, and what was wrong with it."""

    cut: Cut
    faults: list[str] = field(default_factory=list)


def recording(
    job: Job, words: tuple[str, ...], at: datetime, base: Path, replica: Replica, root: Path
) -> Recording:
    """Run a command to its end, and keep all it does.

    Args:
        base: The data folder to begin with.
        root: Where to; made.
    """
    before, stage = root / "before", root / "stage"
    shutil.copytree(base, before / "data")
    shutil.copytree(before, stage)
    data = stage / "data"
    env = environment(replica, at, job.settings, f"power-{job.name}")
    events, _ = record(data, words, env, root / "traces")
    shutil.rmtree(root / "traces")
    kept = frozenset(row[1] for row in read(data / "archive.db", ROWS))
    return Recording(job, at, before, tuple(events), kept)


def drawn(recorded: Recording, seed: int, count: int) -> list[Cut]:
    """So many cuts, in the order of their places; the last is after the end."""
    rng = random.Random(seed)
    places = len(recorded.events)
    telling = [i for i, event in enumerate(recorded.events) if event.kind in TELLING]
    cuts = []
    for number in range(count):
        near = rng.choice(telling) + rng.randrange(2)
        place = near if number % 2 else rng.randrange(1, places + 1)
        fate = FATES[number // 2 % len(FATES)]
        cuts.append(Cut(rng.randrange(10**9), place, rng.random() < 0.5, fate))
    cuts += [Cut(seed + n, places, bool(n), "nothing") for n in (0, 1)]
    return sorted(cuts, key=lambda cut: cut.place)


def left_by(recorded: Recording, cuts: list[Cut], root: Path) -> Iterator[tuple[Cut, Path]]:
    """The data folder that each cut leaves; it is removed when the next one is asked for."""
    disks = {ordered: Disk.of(recorded.before, ordered=ordered) for ordered in (True, False)}
    done = 0
    for cut in cuts:
        for event in recorded.events[done : cut.place]:
            for disk in disks.values():
                disk.take(event)
        done = cut.place
        folder = root / f"cut-{cut.seed}"
        disks[cut.ordered].after_cut(cut.fate, random.Random(cut.seed), folder)
        yield cut, folder / "data"
        shutil.rmtree(folder)


def broken_promises(recorded: Recording, cut: Cut, data: Path) -> list[str]:
    """What the archive says it holds, or was said to be done, and is not there."""
    there = {one.record_id: one for path in warc_files(data) for one in _whole(path)}
    faults = []
    if (recorded.before / "data" / "archive.db").exists() and not _is_there(data / "archive.db"):
        faults = ["no database: the old one is gone and the new one is not there"]
    elif _is_there(data / "archive.db"):
        faults = [*_sound(data), *_rows(data, there), *_measured(data)]
    said = any(event.kind in {"said", "exit"} for event in recorded.events[: cut.place])
    if said and (lost := recorded.kept - set(there)):
        faults.append(f"said to be kept and lost: {len(lost)} of {len(recorded.kept)} records")
    return faults


def _whole(path: Path) -> list[Record]:
    return _whole_of(path.name, path.read_bytes())


@cache
def _whole_of(name: str, content: bytes) -> list[Record]:
    """Equal files are read once; most cuts leave what another one left."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="whole-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return whole_records(path)


def _is_there(database: Path) -> bool:
    return database.exists() and database.stat().st_size > 0


def _sound(data: Path) -> list[str]:
    changed = at_rest.damage(data / "archive.db")  # before anybody opens it
    told = [f"checksums: {changed}"] if changed else []
    answers = _asked(data, "PRAGMA quick_check")
    return [*told, *(f"database: {row[0]}" for row in answers if row[0] != "ok")]


def _rows(data: Path, there: dict[str, Record]) -> list[str]:
    lost = [
        url
        for url, key, name, offset in _asked(data, ROWS)
        if (found := there.get(key)) is None or (found.file, found.offset) != (name, offset)
    ]
    return [f"rows without a record: {len(lost)}, e.g. {lost[0]}"] if lost else []


def _measured(data: Path) -> list[str]:
    """Files have the bytes that the database says: closed ones exactly, open ones at least."""
    faults = []
    for name, closed, size, digest in _asked(data, MEASURED):
        path = data / "warc" / name
        content = path.read_bytes() if path.exists() else b""
        if len(content) < size or (closed and len(content) > size):
            faults.append(f"measured file: {name} has {len(content)} bytes of {size}")
        elif digest and hashlib.sha256(content).hexdigest() not in digest:
            faults.append(f"measured file: {name} has another digest")
    return faults


def _asked(data: Path, sql: str) -> list[tuple[object, ...]]:
    import sqlite3

    try:
        return read(data / "archive.db", sql)
    except sqlite3.OperationalError as error:
        if "no such column" in str(error):
            return []
        raise
    except sqlite3.DatabaseError as error:
        return [(f"{error}",)] if sql.startswith("PRAGMA") else []


def look(
    recorded: Recording, cuts: list[Cut], root: Path, more: Callable[[Cut, Path], list[str]]
) -> list[Found]:
    """Look at what each cut leaves.

    Args:
        root: For the folders.
        more: Asked about each as well; may change the folder.
    """
    return [
        Found(cut, [*broken_promises(recorded, cut, data), *more(cut, data)])
        for cut, data in left_by(recorded, cuts, root)
    ]
