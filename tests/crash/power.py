"""`python -m tests.crash.power`: the power is cut in the middle of a real import and a real
collect.

Every write, name and fsync of a command is recorded once; then, for each of many moments, a folder
is built that a disk could
have after a cut there, and what had been promised is looked for in it. On some of them the next
commands are run, too.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.crash import checks, world
from tests.crash.cuts import Cut, Found, Recording, drawn, look, recording
from tests.crash.holding import judgements, read
from tests.crash.program import Job, environment, start
from tests.crash.trials import AGAIN, COLLECT, IMPORT, REBUILD
from tests.replica.server import Replica

if TYPE_CHECKING:
    from tests.crash.holding import Judgements

ADD = replace(IMPORT, name="import-more", base="held")
JOBS = {job.name: job for job in (IMPORT, COLLECT, REBUILD, ADD)}
HANGS_AFTER_S = 300


@dataclass
class Stage:
    """Where recordings are made and the next commands run.

    Attributes:
        usual: What is made of each page when nobody cuts anything.
        imported: Captures that the saved copies give.
    """

    root: Path
    replica: Replica
    imported: int = 0
    usual: dict[str, Judgements] = field(default_factory=dict)
    recorded: dict[str, Recording] = field(default_factory=dict)

    @property
    def saved(self) -> Path:
        """The file of saved copies."""
        return self.root / "saved.warc.gz"

    def words(self, job: Job) -> tuple[str, ...]:
        """A job's words."""
        return tuple(str(self.saved) if word == "SAVED" else word for word in job.words)

    def record(self, job: Job) -> Recording:
        """A job from its beginning to its end: `rebuild` and a further import of what a collect
        left, the others of nothing."""
        if job.name not in self.recorded:
            self.recorded[job.name] = self._record(job)
        return self.recorded[job.name]

    def _record(self, job: Job) -> Recording:
        if not self.imported:
            self.imported = world.saved_copies(self.saved)
        base = self.root / "empty"
        base.mkdir(exist_ok=True)
        if job in {REBUILD, ADD}:
            self.record(COLLECT)
            base = self.root / COLLECT.name / "stage" / "data"
        folder = self.root / job.name
        made = recording(job, self.words(job), world.AT, base, self.replica, folder)
        self.usual[job.name] = judgements(folder / "stage" / "data")
        return made

    def go_on(self, recorded: Recording, cut: Cut, data: Path) -> list[str]:
        """Run the commands that follow a cut; what was wrong with them, and with what they left."""
        job, faults = recorded.job, []
        empty = not (data / "archive.db").exists()
        jobs = [Job("status", ("status",), ""), job]
        if cut.seed % 2 and not empty and job is not REBUILD:
            jobs.insert(1, REBUILD)
        for number, one in enumerate(jobs, 1):
            mark = f"power-{cut.seed}-{number}"
            settings = {**job.settings, **one.settings}
            env = environment(self.replica, recorded.at + number * AGAIN, settings, mark)
            command = start(data, self.words(one), env)
            code = command.process.wait(HANGS_AFTER_S)
            faults += checks.words(one.name, command.out)
            if code not in {0, 1} and not (empty and one.name == "status"):
                faults.append(f"exit code {code} of {one.name}: {command.out[-200:]}")
        return [*faults, *self._whole(recorded, data)]

    def _whole(self, recorded: Recording, data: Path) -> list[str]:
        faults = [
            *checks.whole_warcs(data),
            *checks.sound_database(data),
            *checks.rows_and_records_agree(data),
            *checks.ledger_holds(data),
            *checks.read_as_ever(data, self.usual[recorded.job.name]),
        ]
        if recorded.job is IMPORT:
            sql = "SELECT count(*) FROM captures WHERE via = 'import'"
            [(count,)] = read(data / "archive.db", sql)
            if count != self.imported:
                faults.append(f"imported {count} captures of {self.imported}")
        return faults


def cut_many(stage: Stage, recorded: Recording, count: int, seed: int, sample: int) -> list[Found]:
    """Cut a recorded command's power so often, and go on after a sample of the cuts."""
    cuts = drawn(recorded, seed, count)
    chosen = set(random.Random(seed).sample([cut.seed for cut in cuts], min(sample, len(cuts))))

    def more(cut: Cut, data: Path) -> list[str]:
        return stage.go_on(recorded, cut, data) if cut.seed in chosen else []

    return look(recorded, cuts, stage.root / f"cuts-{recorded.job.name}", more)


def main() -> int:
    """Cut, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash.power", description=__doc__)
    parser.add_argument("--cuts", type=int, default=200, help="for each command")
    parser.add_argument("--go-on", type=int, default=10, help="cuts after which commands are run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--job", choices=tuple(JOBS), help="only this command")
    args = parser.parse_args()
    faulty = 0
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="power-")))
        replica = stack.enter_context(Replica(at=world.AT, world=world.build()))
        stage = Stage(folder, replica)
        for name in [args.job] if args.job else JOBS:
            recorded = stage.record(JOBS[name])
            found = cut_many(stage, recorded, args.cuts, args.seed, args.go_on)
            faulty += tell(name, recorded, found)
    return 1 if faulty else 0


def tell(name: str, recorded: Recording, found: list[Found]) -> int:
    """What came of the cuts of one command; returns how many had faults."""
    synced = sum(event.kind == "sync" for event in recorded.events)
    print(f"{name}: {len(recorded.events)} events, {synced} of them syncs; {len(found)} cuts")
    faulty = [one for one in found if one.faults]
    for one in faulty:
        print(f"  cut {one.cut}")
        for fault in one.faults:
            print(f"    {fault}")
    kinds = Counter(fault.partition(":")[0] for one in found for fault in set(one.faults))
    for kind, count in kinds.most_common():
        print(f"{count:>8} {kind}")
    print(f"{len(faulty)} of {len(found)} cuts with faults", flush=True)
    return len(faulty)


if __name__ == "__main__":
    sys.exit(main())
