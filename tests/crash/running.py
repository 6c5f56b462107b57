"""Trials carried out: folders to begin with, the strike, the commands after it, the checks."""

from __future__ import annotations

import contextlib
import math
import os
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TYPE_CHECKING

from tests.crash import checks, copies
from tests.crash.grounds import Grounds, when, words
from tests.crash.holding import Held, held, read
from tests.crash.moments import Watch, folder_bytes, reached
from tests.crash.processes import PROC, end, freeze, marked, send, wait_for_none
from tests.crash.program import Command, Job, environment, start
from tests.crash.trials import (
    AGAIN,
    ASKED,
    BACKUP,
    COLLECT,
    COPIES,
    DAEMON,
    REBUILD,
    REPAIR,
    SCHEDULES,
    SOFT,
    Trial,
    victims,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.replica.server import Replica

HANGS_AFTER_S = 120
"""A command of some seconds that is not done by then hangs, unless it is still at work: see
`IDLE_S`."""
IDLE_S = 45
"""A command whose processes together use hardly any processor time for so long waits for something
that will not come."""
BUSY_S = 0.9
"""Processor seconds within `IDLE_S` below which nobody is at work; waiting threads wake up now and
then."""
ORPHANS_END_S = 3.0
LATEST = 2.0
"""Times of a usual run after which a daemon, which has no end, is struck whatever is seen."""


@dataclass
class Result:
    """What came of a trial.

    Attributes:
        struck: False where the command was done, or had no such process, before the moment came.
        said: What its commands said, by name.
    """

    trial: Trial
    faults: list[str] = field(default_factory=list)
    struck: bool = False
    said: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass
class Ring:
    """Where one trial after the other is carried out: a replica with its own time."""

    grounds: Grounds
    replica: Replica
    said: Callable[[Result], None] = lambda result: None

    def run(self, trial: Trial) -> Result:
        """Carry a trial out; its folder is removed where nothing was wrong."""
        begun = time.monotonic()
        result = Result(trial)
        data = self.grounds.root / f"trial-{trial.seed}"
        shutil.copytree(self.grounds.base(trial.job), data)
        stage = _Stage(self, trial, result, data)
        try:
            stage.run()
        finally:
            for mark in stage.marks:
                end(mark)
        result.seconds = time.monotonic() - begun
        if not result.faults:
            for path in self.grounds.root.glob(f"trial-{trial.seed}*"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        self.said(result)
        return result


@dataclass
class _Stage:
    """One trial under way."""

    ring: Ring
    trial: Trial
    result: Result
    data: Path
    marks: list[str] = field(default_factory=list)
    at: int = 0

    def fault(self, *texts: str) -> None:
        self.result.faults += texts

    def run(self) -> None:
        trial = self.trial
        first = self.begin("first", trial.job)
        before = self.strike(first)
        if not self.wait("first", first, _ends_of_first(trial) if self.result.struck else {0, 1}):
            return
        if trial.job in SCHEDULES and trial.victims == "command":
            # the job under way is a process of its own, and goes on to its end
            wait_for_none(first.mark, HANGS_AFTER_S)
        self.fault(*copies.whole_bags(copies.bags_of(self.data)))
        if not self.command("next", trial.after):
            return
        if left := wait_for_none(first.mark, ORPHANS_END_S):
            self.fault(f"orphans: {', '.join(sorted(one.role for one in left))}")
            end(first.mark)
        if trial.job in SCHEDULES:
            self.fault(*checks.schedule_is_kept(self.data))
            # what a spider that was killed left is due with the next look, hours later
            if not self.command("repeat", COLLECT):
                return
        elif trial.after is not trial.job and not self.command("repeat", trial.job):
            return
        self.check(before)

    def begin(self, name: str, job: Job, data: Path | None = None) -> Command:
        ring, mark = self.ring, f"{os.getpid()}-{self.trial.seed}-{name}"
        settings = {**job.settings, **self.trial.settings}
        env = environment(ring.replica, when(self.trial.job) + self.at * AGAIN, settings, mark)
        self.at += 1
        self.marks.append(mark)
        return start(data or self.data, words(ring.grounds, job, data or self.data), env)

    def strike(self, first: Command) -> Held:
        """Wait for the moment; everything stands still while it is seen what is held, then the
        victims are struck."""
        trial, grounds = self.trial, self.ring.grounds
        base = grounds.base(trial.job)
        known = frozenset(path.name for path in (base / "warc").glob("*"))
        watch = Watch(first, self.data, grounds.usual[trial.job.name], folder_bytes(base), known)
        latest = LATEST * watch.usual.seconds if trial.job is DAEMON else math.inf
        while reached(watch, trial.moment, latest):
            group = _group(first.process.pid)
            processes = freeze(first.mark)
            hit = victims(trial, processes, group)
            before = self.held_before() if hit else Held()
            send(trial.number, hit)
            send(signal.SIGCONT, processes)
            if hit:
                self.result.struck = True
                return before
            time.sleep(0.02)  # nobody of that kind yet
        return Held()

    def held_before(self) -> Held:
        """What must be there in the end; of a damaged folder all that its backup has."""
        is_hurt = self.trial.job is REPAIR
        return held(self.ring.grounds.root / "held" if is_hurt else self.data)

    def command(self, name: str, job: Job) -> bool:
        """Run a command to its end; False where it hangs."""
        return self.wait(name, self.begin(name, job), {0, 1})

    def wait(self, name: str, command: Command, codes: set[int]) -> bool:
        """Wait for a command's end; False where it hangs, and the trial is over."""
        code = _code(command)
        self.result.said[name] = command.out
        self.fault(*checks.words(name, command.out))
        if code is None:
            roles = ", ".join(sorted(one.role for one in marked(command.mark)))
            self.fault(f"hangs: {name} ({roles} alive)")
            return False
        if code not in codes:
            self.fault(f"exit code {code} of {name}: {_last_line(command.out)}")
        return True

    def check(self, before: Held) -> None:
        data, grounds = self.data, self.ring.grounds
        if self.trial.job is BACKUP:
            self.fault(*copies.done(copies.bags_of(data)))
        self.fault(*checks.lock_is_free(data), *checks.left_over(data), *checks.logs(data))
        self.command("status", Job("status", ("status",), ""))
        if not (data / "archive.db").exists():
            self.fault("no database")
            return
        copy = checks.copy_of_warcs(data, data.with_name(f"{data.name}-copy"))
        again = self.begin("rebuild", REBUILD, copy)
        since = f"{when(self.trial.job):%Y-%m-%dT%H:%M:%SZ}"
        self.fault(
            *checks.whole_warcs(data),
            *checks.sound_database(data),
            *checks.nothing_lost(data, before),
            *checks.nothing_doubled(data, since),
            *checks.rows_and_records_agree(data),
            *checks.ledger_holds(data),
            *checks.read_as_ever(data, frozenset(grounds.judged)),
            *self.all_there(),
        )
        if self.wait("rebuild", again, {0, 1}) and "Traceback" not in again.out:
            self.fault(*checks.rebuild_is_equal(data, copy))

    def all_there(self) -> Iterator[str]:
        """What the job was for is done, as its last run said."""
        commands, database = {self.trial.job.name, self.trial.after.name}, self.data / "archive.db"
        if "import" in commands:
            [(count,)] = read(database, "SELECT count(*) FROM captures WHERE via = 'import'")
            if count != self.ring.grounds.imported:
                yield f"imported {count} captures of {self.ring.grounds.imported}"
        if commands & {COLLECT.name, COPIES.name} or self.trial.job in SCHEDULES:
            sql = "SELECT url FROM sources WHERE captures = 0 AND report_count > 0"
            missing = [url for (url,) in read(database, sql)]
            if missing:
                yield f"not captured: {len(missing)}: {missing[0]}"
        if ASKED.name in commands or "check" in commands:
            now = f"{when(self.trial.job):%Y-%m-%dT%H:%M:%SZ}"
            sql = f"SELECT url FROM sources WHERE captures > 0 AND next_due_at <= '{now}'"
            if late := read(database, sql):
                yield f"not checked: {len(late)}: {late[0][0]}"


def _ends_of_first(trial: Trial) -> set[int]:
    """How a command may end that was struck."""
    if trial.victims in {"all", "command", "group"}:
        return {-trial.number, *((0, 1) if trial.number in SOFT else ())}
    return {0, 1}


def _group(leader: int) -> set[int]:
    """Process ids of a process group."""
    found = set()
    for pid in (int(path.name) for path in PROC.iterdir() if path.name.isdecimal()):
        with contextlib.suppress(ProcessLookupError):
            if os.getpgid(pid) == leader:
                found.add(pid)
    return found


def _code(command: Command) -> int | None:
    """The exit code, or None where the command hangs."""
    begun = quiet = time.monotonic()
    spent = 0.0
    while (code := command.process.poll()) is None:
        time.sleep(0.02)
        now = time.monotonic()
        if now - quiet < IDLE_S:
            continue
        used = sum(one.cpu_s for one in marked(command.mark))
        if abs(used - spent) < BUSY_S and now - begun > HANGS_AFTER_S:
            return None
        quiet, spent = now, used
    return code


def _last_line(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "")[:200]


def run_all(
    grounds: Grounds,
    trials: Sequence[Trial],
    replicas: Sequence[Replica],
    said: Callable[[Result], None],
) -> list[Result]:
    """Carry trials out, as many at a time as there are replicas; results in their order."""
    rings: SimpleQueue[Ring] = SimpleQueue()
    for replica in replicas:
        rings.put(Ring(grounds, replica, said))

    def one(trial: Trial) -> Result:
        ring = rings.get()
        try:
            return ring.run(trial)
        finally:
            rings.put(ring)

    with ThreadPoolExecutor(len(replicas)) as pool:
        return list(pool.map(one, trials))
