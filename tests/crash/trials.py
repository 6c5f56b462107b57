"""One trial: a job is struck at a moment, the next command follows at once, and all that was kept
must be kept."""

from __future__ import annotations

import random
import signal
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING

from tests.crash.moments import Moment, sights
from tests.crash.program import Job

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.crash.processes import Process

NO_WAYBACK = {"ISW_ARCHIVE_WAYBACK": ""}
IMPORT = Job("import", ("import", "SAVED"), "empty")
COLLECT = Job("collect", ("collect",), "empty", ("reports", "sources"), NO_WAYBACK)
CHECK = Job("check", ("check", "--all-due"), "held", ("checks",), NO_WAYBACK)
REBUILD = Job("rebuild", ("rebuild",), "held")
COPIES = Job("mementos", ("collect",), "empty", ("reports", "sources", "mementos"))
ASKED = Job("check+mementos", ("check", "--all-due"), "held", ("checks", "mementos"))
BACKUP = Job("backup", ("backup", "BAGS", "--keep", "2"), "held")
REPAIR = Job("repair", ("repair", "--from", "BAG"), "hurt")
PLANNED = {**NO_WAYBACK, "ISW_ARCHIVE_DAILY_AT": "06:00"}
"""All that there is to be done is due: of an archive without a run, each job is."""
RUN_DUE = Job("run-due", ("run-due",), "empty", ("reports", "sources"), PLANNED)
DAEMON = Job("daemon", ("daemon",), "empty", ("reports", "sources"), PLANNED)
SCHEDULES = (RUN_DUE, DAEMON)
"""What runs other commands, each a process of its own; what they left is made up by `run-due`."""
JOBS = (IMPORT, COLLECT, CHECK, REBUILD, COPIES, ASKED, BACKUP, REPAIR, *SCHEDULES)
"""Also the other archives' copies: after what `collect` found lost, and in the round of `check`."""

SHARES = {
    IMPORT: 3, COLLECT: 2, CHECK: 2, REBUILD: 2, COPIES: 1, ASKED: 1, BACKUP: 1, REPAIR: 1,
    RUN_DUE: 1, DAEMON: 1,
}  # fmt: skip
"""Of many trials. One of copies that others hold, or of a schedule, takes 25 s of processor time,
one of the first 10."""

SOFT = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
KILLED = ("all", "command", "spider", "worker", "workers", "forkserver")
SMALL_FILES = 50_000
"""Bytes of a WARC file in some trials: several are closed in one run then."""
AGAIN = timedelta(minutes=5)
"""Between two commands, as the clock says; nothing falls due in it."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is done in one trial; all of it follows from the seed.

    Attributes:
        victims: `all` processes of the command, the `command` alone, its process `group` (a
            terminal's, without spiders), the `job` that a schedule runs, the `spider`, one
            `worker`, all `workers`, or the `forkserver` they come from.
        after: The next command, which is run at once.
        file_bytes: A WARC file is closed at this size.
    """

    seed: int
    job: Job
    victims: str
    number: signal.Signals
    moment: Moment
    after: Job
    file_bytes: int
    workers: int

    def __str__(self) -> str:
        strike = f"{self.victims} {self.number.name} at {self.moment}"
        return f"{self.job.name}: {strike}, then {self.after.name}"

    @property
    def cell(self) -> tuple[str, str, str]:
        """What it is counted under."""
        return self.job.name, self.victims, self.number.name

    @property
    def settings(self) -> dict[str, str]:
        """Beside the job's own."""
        return {
            "ISW_ARCHIVE_WORKERS": str(self.workers),
            "ISW_ARCHIVE_WARC_MAX_BYTES": str(self.file_bytes),
        }


def draw(seed: int) -> Trial:
    """The trial of a seed."""
    rng = random.Random(seed)
    job = rng.choice(JOBS)
    victims, number = rng.choice(list(_strikes(job)))
    return Trial(
        seed,
        job,
        victims,
        number,
        _moment(rng, job),
        _after(rng, job),
        rng.choice((10**9, SMALL_FILES)),
        rng.choice((1, 1, 2)),
    )


def _strikes(job: Job) -> Iterator[tuple[str, signal.Signals]]:
    if job is DAEMON:  # it goes on whatever else is struck, and reads its settings at SIGHUP
        yield from product(("all", "command"), (signal.SIGKILL, signal.SIGTERM, signal.SIGINT))
        return
    if job is RUN_DUE:
        yield "job", signal.SIGKILL
    killed = [who for who in KILLED if who != "spider" or job.spiders]
    if job in {BACKUP, REPAIR}:
        killed = ["all", "command"]  # they have no workers, or hardly any
    yield from ((who, signal.SIGKILL) for who in killed)
    yield from product(("all", "command"), SOFT)
    yield from (("group", number) for number in (signal.SIGINT, signal.SIGHUP))


def _moment(rng: random.Random, job: Job) -> Moment:
    if job in {BACKUP, REPAIR}:
        return Moment("time", rng.uniform(0.3, 0.98), 0.0)  # the first third loads the program
    kind = rng.choice(("time", "bytes", "bytes", *rng.sample(sights(job), 2)))
    # most of what matters is before a job's last bytes; beyond its usual time it may just be done
    return Moment(kind, rng.uniform(0.02, 0.98), rng.choice((0.0, 0.0, rng.uniform(0, 0.3))))


def _after(rng: random.Random, job: Job) -> Job:
    if job is REPAIR:
        return job  # others refuse, or rightly say, what is damaged
    if job in SCHEDULES:
        return RUN_DUE
    others = [IMPORT, COLLECT] if job.base == "empty" else list(JOBS[:4])
    return job if rng.random() < 0.6 else rng.choice(others)


def spread(master: int, count: int) -> list[Trial]:
    """So many trials: each job has its share, and meets every strike before it meets one again."""
    rng = random.Random(master)
    turns = {job: _in_turn(rng, job) for job in JOBS}
    wanted: list[tuple[str, str, str]] = []
    while len(wanted) < count:
        for job, share in SHARES.items():
            wanted += [next(turns[job]) for _ in range(share)]
    return [_drawn(rng, cell) for cell in wanted[:count]]


def _in_turn(rng: random.Random, job: Job) -> Iterator[tuple[str, str, str]]:
    """Every strike of a job, again and again, each time in another order."""
    cells = [(job.name, who, number.name) for who, number in _strikes(job)]
    while True:
        yield from rng.sample(cells, len(cells))


def _drawn(rng: random.Random, cell: tuple[str, str, str]) -> Trial:
    while True:
        trial = draw(rng.randrange(10**9))
        if trial.cell == cell:
            return trial


def victims(trial: Trial, processes: list[Process], group: set[int]) -> list[Process]:
    """Whom the strike meets.

    Args:
        trial: What is struck.
        processes: All of the command.
        group: Process ids of the command's own process group.
    """
    if trial.victims == "all":
        return processes
    if trial.victims == "group":
        return [one for one in processes if one.pid in group]
    role = "worker" if trial.victims == "workers" else trial.victims
    found = [one for one in processes if one.role == role]
    return found if trial.victims == "workers" else found[:1]
