"""`make crash`: commands are killed at seeded moments; what they called kept must be kept. A table,
and a line a fault."""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests.crash import world
from tests.crash.grounds import prepare
from tests.crash.running import Result, run_all
from tests.crash.trials import COLLECT, JOBS, Trial, draw, spread
from tests.replica.server import Replica

if TYPE_CHECKING:
    from collections.abc import Iterable

_print = threading.Lock()


def main() -> int:
    """Carry trials out, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--trials", type=int, default=300)
    parser.add_argument("--seed", type=int, help="draws all trials; default: any")
    parser.add_argument("--only", type=int, nargs="+", metavar="SEED", help="only these trials")
    parser.add_argument("--job", choices=[job.name for job in JOBS], help="only trials of this job")
    parser.add_argument("--at-once", type=int, default=2, help="trials side by side")
    parser.add_argument("--keep", type=Path, help="folder for what is left of trials with faults")
    args = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if args.seed is None else args.seed
    trials = [draw(one) for one in args.only] if args.only else spread(seed, args.trials)
    trials = [one for one in trials if args.job in {None, one.job.name}]
    print(f"{len(trials)} trials, seed {seed}", flush=True)
    with contextlib.ExitStack() as stack:
        root = args.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="crash-")))
        count = min(args.at_once, len(trials))
        replicas = [
            stack.enter_context(Replica(at=world.AT, world=world.build())) for _ in range(count)
        ]
        # what a job is followed by is judged as it goes; only its own usual course is needed
        wanted = {one.job for one in trials} | {COLLECT} if args.job else JOBS
        grounds = prepare(root / "grounds", replicas[0], wanted)
        results = run_all(grounds, trials, replicas, tell)
    print(table(results))
    return 1 if any(result.faults for result in results) else 0


def tell(result: Result) -> None:
    """A line for what was wrong, as soon as it is known; a point for a trial without a fault."""
    with _print:
        if not result.faults:
            print("." if result.struck else "-", end="", flush=True)
            return
        print(f"\n{described(result.trial)} ({result.seconds:.0f} s)")
        for fault in result.faults:
            print(f"    {fault}", flush=True)


def described(trial: Trial) -> str:
    """A trial, and how to run it alone."""
    return f"--only {trial.seed}: {trial}"


def table(results: Iterable[Result]) -> str:
    """Trials by job and by strike: how many were struck, how many had faults; then the faults by
    kind."""
    every = list(results)
    counts: Counter[tuple[str, str]] = Counter()
    for result in every:
        job, who, number = result.trial.cell
        for row in (job, f"{who} {number}", "all trials"):
            counts[row, "trials"] += 1
            counts[row, "struck"] += result.struck
            counts[row, "faulty"] += bool(result.faults)
    rows = dict.fromkeys(row for row, _ in counts if row != "all trials")
    lines = [f"\n{'':<24}{'trials':>8}{'struck':>8}{'faulty':>8}"]
    for row in (*sorted(rows), "all trials"):
        numbers = (counts[row, name] for name in ("trials", "struck", "faulty"))
        lines.append(f"{row:<24}" + "".join(f"{number:>8}" for number in numbers))
    kinds = Counter(fault.partition(":")[0] for r in every for fault in set(r.faults))
    lines += [f"{count:>8} {kind}" for kind, count in kinds.most_common()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
