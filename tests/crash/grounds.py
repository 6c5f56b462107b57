"""What all trials begin with and are measured by: each job run once with nobody disturbing it."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.crash import world
from tests.crash.copies import bags_of, copied, hurt
from tests.crash.holding import judgements
from tests.crash.moments import Usual, folder_bytes
from tests.crash.program import Job, environment, start
from tests.crash.trials import (
    BACKUP,
    COLLECT,
    COPIES,
    DAEMON,
    IMPORT,
    REBUILD,
    REPAIR,
    RUN_DUE,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from tests.replica.server import Replica


@dataclass
class Grounds:
    """What all trials begin with and are measured by.

    Attributes:
        usual: How each job goes undisturbed, by name.
        judged: What is made of each page in undisturbed runs.
        imported: Captures that the saved copies give.
    """

    root: Path
    usual: dict[str, Usual] = field(default_factory=dict)
    judged: set[tuple[object, ...]] = field(default_factory=set)
    imported: int = 0

    @property
    def saved(self) -> Path:
        """The file of saved copies."""
        return self.root / "saved.warc.gz"

    @property
    def bag(self) -> Path:
        """The backup that damaged folders are mended from."""
        return self.root / "held-bag"

    def base(self, job: Job) -> Path:
        """The folder that a job begins with."""
        return self.root / job.base


def when(job: Job) -> datetime:
    """The time at which a job is begun."""
    return world.AT if job.base == "empty" else world.LATER


def prepare(root: Path, replica: Replica, jobs: Iterable[Job]) -> Grounds:
    """Run each job undisturbed, which gives the folders to begin with and what is usual.

    Raises:
        AssertionError: A job does not end well, with nobody disturbing it.
    """
    grounds = Grounds(root)
    (root / "empty").mkdir(parents=True)
    grounds.imported = world.saved_copies(grounds.saved)
    wanted = dict.fromkeys(jobs)
    if DAEMON in wanted:
        wanted |= {RUN_DUE: None}
    if any(job.base in {"held", "hurt"} for job in wanted):
        wanted |= {COPIES: None}  # which makes that folder
    first = [job for job in (IMPORT, COLLECT, COPIES, RUN_DUE) if job in wanted]
    for job in (*first, *(job for job in wanted if job.base == "held")):
        data = _undisturbed(grounds, replica, job)
        if job is COPIES:
            data.rename(root / "held")
    if REPAIR in wanted:
        _hurt(grounds, replica)
    if DAEMON in wanted:  # which has no end; it does what run-due does
        grounds.usual[DAEMON.name] = grounds.usual[RUN_DUE.name]
    late = Job("collect late", ("collect",), "held", settings=COLLECT.settings)
    if any(job.base == "held" for job in wanted):
        _undisturbed(grounds, replica, late)  # what a collect finds then is judged by it
    return grounds


def _hurt(grounds: Grounds, replica: Replica) -> None:
    """A damaged folder, a backup of it from before, and how long its repair takes."""
    data = grounds.root / "held"
    plain = Job("backup before", ("backup", str(grounds.bag)), "held")
    mark = f"{os.getpid()}-before"
    command = start(data, plain.words, environment(replica, when(plain), {}, mark))
    assert command.process.wait(300) == 0, command.out
    hurt(copied(data, grounds.base(REPAIR)))
    _undisturbed(grounds, replica, REPAIR)


def _undisturbed(grounds: Grounds, replica: Replica, job: Job) -> Path:
    data = grounds.root / f"usual-{job.name}"
    shutil.copytree(grounds.base(job), data)
    before, begun = folder_bytes(data), time.monotonic()
    command = start(
        data,
        words(grounds, job, data),
        environment(replica, when(job), job.settings, f"{os.getpid()}-{job.name}"),
    )
    assert command.process.wait(600) == 0, command.out
    grown = 0 if job in {REBUILD, BACKUP, REPAIR} else folder_bytes(data) - before
    grounds.usual[job.name] = Usual(time.monotonic() - begun, grown or folder_bytes(data))
    grounds.judged |= judgements(data)
    return data


def words(grounds: Grounds, job: Job, data: Path) -> tuple[str, ...]:
    """The words of a job in a folder."""
    given = {"SAVED": grounds.saved, "BAG": grounds.bag, "BAGS": bags_of(data)}
    return tuple(str(given.get(word, word)) for word in job.words)
