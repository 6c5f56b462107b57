"""`python -m tests.cluster.moments`: what a cluster is made of is killed, and cut off, at seeded
moments; nothing is lost, no pace broken, and the index is whole. A line a fault.

A trial is one crawl with two workers, of which each role is started again when it ended, as systemd
would. PostgreSQL and the object store are processes of their own; workers and archive reach each
over a way that can be cut.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

import psycopg

from archive.clock import TEST_CLOCK, offset_to
from tests.cluster.cutting import Cable
from tests.cluster.postgres import Server, server
from tests.cluster.running import Cluster, gaps
from tests.cluster.world import web
from tests.fixity_samples import look
from tests.object_store import BUCKET, KEYS
from tests.replica.server import Replica
from tests.spider_runs import AT

if TYPE_CHECKING:
    from tests.replica.reports import Report

HOSTS, PAGES, LED = 7, 3, 6
PACE_S, SEEN_S = 0.8, 0.3
"""The pace, and what a busy machine may add to the way of one request and not to the next."""
WORKERS = ("worker-1", "worker-2")
VICTIMS = (
    "worker-1", "worker-2", "plan", "index", "postgres", "store",
    "postgres-cut-worker-1", "postgres-cut-home", "store-cut-worker-1", "store-cut-home",
)  # fmt: skip
MOMENTS = 10
"""Of one trial."""
SPAN_S = 80.0
"""Within which they are: what an undisturbed trial takes."""
LONGEST_S = 420.0
HOME_EVERY_S = 2.0
"""Between an end of planner or indexer and the next start of the other."""
PROGRAM = (sys.executable, "-m", "tests.cluster.quick")
LEFT = (
    "SELECT count(*) FROM sources WHERE captures = 0",
    "SELECT count(*) FROM sources WHERE captures > 0",
)


@dataclass(frozen=True, slots=True)
class Strike:
    """One moment: what is struck, when, and for how long where it is a cut."""

    victim: str
    at_s: float
    for_s: float

    def __str__(self) -> str:
        return f"{self.victim} at {self.at_s:.1f} s"


def draw(seed: int) -> list[Strike]:
    """The moments of one trial; each victim has its turn over the trials."""
    rng = random.Random(seed)
    first = seed * MOMENTS
    victims = [VICTIMS[(first + n) % len(VICTIMS)] for n in range(MOMENTS)]
    rng.shuffle(victims)
    times = sorted(rng.uniform(0.3, SPAN_S) for _ in victims)
    return [Strike(v, at, rng.uniform(0.5, 6)) for v, at in zip(victims, times, strict=True)]


@dataclass
class Trial:
    """One crawl.

    Attributes:
        ground: An archive with a report, of which nothing cited is captured.
        struck: Strikes that met something alive.
    """

    root: Path
    ground: Path
    queue: Server
    replica: Replica
    strikes: list[Strike]
    struck: list[Strike] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    workers: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    home: subprocess.Popen[str] | None = None
    home_is: str = "index"
    home_began: float = 0.0
    home_ended: float = 0.0
    doomed: dict[str, float] = field(default_factory=dict)
    smallest: float = float("inf")
    seconds: float = 0.0
    asked: int = 0

    def run(self) -> None:
        """Carry it out, and see what is left of it."""
        shutil.copytree(self.ground, self.root / "data")
        self.store_port = _free_port()
        self.store = self._store()
        self.cables = {
            (what, who): Cable(self.queue.port if what == "postgres" else self.store_port)
            for what in ("postgres", "store")
            for who in ("worker-1", "worker-2", "home")
        }
        self.log = (self.root / "log").open("w", encoding="utf-8")
        self.cluster = Cluster(
            self.root, self.queue.conninfo, self.replica, pace_s=PACE_S, program=PROGRAM
        )
        # after all that the archive already knows
        self.cluster.env[TEST_CLOCK] = offset_to(AT + timedelta(hours=1))
        self.cluster.env |= {
            **KEYS,
            "NO_PROXY": "127.0.0.1",
            "ISW_ARCHIVE_DEPOT": f"s3://{BUCKET}/depot",
        }
        before = len(self.replica.requests)
        began = time.monotonic()
        try:
            self._go_on(began)
            self._settle()
            self._judge(before)
        finally:
            self.seconds = time.monotonic() - began
            for one in (*self.workers.values(), self.home, self.store):
                if one is not None and one.poll() is None:
                    one.kill()
                    one.wait()
            for cable in self.cables.values():
                cable.close()
            self.log.close()

    # --- the crawl --------------------------------------------------------------------------------

    def _go_on(self, began: float) -> None:
        """Until all is captured and all strikes are over."""
        waiting = list(self.strikes)
        while True:
            now = time.monotonic() - began
            if now > LONGEST_S:
                self.faults.append(f"never ends: after {now:.0f} s {self._left()}")
                return
            while waiting and waiting[0].at_s <= now:
                self._strike(waiting.pop(0))
            self._keep_alive()
            if self._home_ended() and not waiting and self._left() == "nothing left":
                return
            time.sleep(0.05)

    def _keep_alive(self) -> None:
        for name in WORKERS:
            process = self.workers.get(name)
            if process is None or process.poll() is not None:
                words = ("work", "--at-once", "3")
                self.workers[name] = self.cluster.start(
                    name, *words, log=self.log, **self._env(name)
                )
        if self.store.poll() is not None:
            self.store = self._store()
        if self.home is None and time.monotonic() > self.home_ended + HOME_EVERY_S:
            self.home_is = "plan" if self.home_is == "index" else "index"
            self.home = self.cluster.start("data", self.home_is, log=self.log, **self._env("home"))
            self.home_began = time.monotonic()
        doom = self.doomed.get(self.home_is)
        if self.home is not None and doom is not None and time.monotonic() > self.home_began + doom:
            del self.doomed[self.home_is]
            if self.home.poll() is None:
                self.home.kill()

    def _home_ended(self) -> bool:
        """Whether an index run came to its good end just now."""
        if self.home is None or self.home.poll() is None:
            return False
        ended, self.home = self.home, None
        self.home_ended = time.monotonic()
        return ended.returncode == 0 and self.home_is == "index"

    def _left(self) -> str:
        [(waiting,)] = self.cluster.rows("data", LEFT[0])
        try:
            [(jobs,)] = self.cluster.sql("SELECT count(*) FROM procrastinate_jobs")
        except psycopg.Error as error:
            return f"no queue: {error}"
        return "nothing left" if waiting == jobs == 0 else f"{waiting} sources, {jobs} jobs left"

    def _env(self, who: str) -> dict[str, str]:
        postgres = self.cables["postgres", who].port
        return {
            "ISW_ARCHIVE_QUEUE": self.queue.conninfo.replace(
                f":{self.queue.port}/", f":{postgres}/"
            ),
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.cables['store', who].port}",
        }

    def _store(self) -> subprocess.Popen[str]:
        words = (sys.executable, "-m", "tests.cluster.store", str(self.store_port))
        return subprocess.Popen([*words, str(self.root / "store")], text=True)

    # --- the strikes ------------------------------------------------------------------------------

    def _strike(self, strike: Strike) -> None:
        self.log.write(f"--- {strike}\n")
        self.log.flush()
        self.struck.append(strike)
        what, cut, who = strike.victim.partition("-cut-")
        if cut:
            self.cables[what, who].cut(strike.for_s)
        elif what in WORKERS:
            self.workers[what].kill()
            self.workers[what].wait()
        elif what == "postgres":
            self.queue.kill()
            self.queue.start_again()
        elif what == "store":
            self.store.kill()
            self.store.wait()
        else:
            # its next start lives as long as one that is not struck, or shorter
            self.doomed[what] = strike.for_s / 2

    # --- what is left -----------------------------------------------------------------------------

    def _settle(self) -> None:
        """End it in good order: workers are told to, what they left is handed over and taken in."""
        if self.home is not None:
            self.home.wait(120)
            self.home = None
        for process in self.workers.values():
            process.terminate()
        for name, process in self.workers.items():
            process.wait(120)
            if self.faults:
                continue
            self.cluster.start(name, "work", "--drain", log=self.log, **self._env(name)).wait(120)
            left = [p.name for p in (self.root / name).iterdir() if (p / "order.json").exists()]
            if left:
                self.faults.append(f"left at a worker: {left}")
        self.cluster.start("data", "index", log=self.log, **self._env("home")).wait(240)

    def _judge(self, before: int) -> None:
        seen = self.replica.requests[before:]
        self.asked = len(seen)
        found = gaps(seen)
        self.smallest = found[0][0] if found else float("inf")
        self.faults += [
            f"pace broken: {gap:.2f} s at {name}" for gap, name in found if gap < PACE_S - SEEN_S
        ]
        [(captured,)] = self.cluster.rows("data", LEFT[1])
        if captured != HOSTS * PAGES + LED:
            self.faults.append(f"lost: {captured} of {HOSTS * PAGES + LED} captured")
        bad = self.cluster.rows("data", "SELECT url, last_outcome FROM sources "
            "WHERE captures > 0 AND last_outcome != 'ok'")  # fmt: skip
        self.faults += [f"wrong: {url} {outcome}" for url, outcome in bad]
        held = {name for (name,) in self.cluster.rows("data", "SELECT name FROM warc_files")}
        handed = {path.name.removesuffix(".json").rpartition("%2F")[2]
            for path in (self.root / "store").iterdir() if "said%2F" in path.name}  # fmt: skip
        if handed - held:
            self.faults.append(f"not taken in: {sorted(handed - held)}")
        answer = look(self.root / "data", deep=True)
        if not answer["ok"]:
            self.faults.append(f"verify: {answer['faults'][:2]}")
        tables = self.cluster.tables("data")
        self.cluster.run("data", "rebuild")
        other = self.cluster.tables("data")
        self.faults += [
            f"rebuild: another {name}" for name in tables if tables[name] != other[name]
        ]


def main() -> int:
    """Carry trials out, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.cluster.moments", description=__doc__)
    parser.add_argument("--trials", type=int, default=10, help=f"of {MOMENTS} moments each")
    parser.add_argument("--seed", type=int, default=1, help="of the first trial")
    parser.add_argument("--keep", type=Path, help="folder for what is left of trials with faults")
    args = parser.parse_args()
    # an ordinary end: what was started is ended, too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    struck = faulty = 0
    smallest = float("inf")
    world, report = web(HOSTS, PAGES, LED)
    with ExitStack() as stack:
        root = args.keep or Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="moments-"))
        )
        root.mkdir(exist_ok=True)
        queue = stack.enter_context(server())
        replica = stack.enter_context(Replica(at=AT, world=world))
        ground = _ground(root, queue, replica, report)
        for seed in range(args.seed, args.seed + args.trials):
            queue.wipe()
            trial = Trial(root / str(seed), ground, queue, replica, draw(seed))
            trial.root.mkdir()
            trial.run()
            struck += len(trial.struck)
            faulty += bool(trial.faults)
            smallest = min(smallest, trial.smallest)
            _tell(seed, trial, sys.stdout)
            if not trial.faults:
                shutil.rmtree(trial.root)
    print(
        f"{args.trials} trials from seed {args.seed}, {struck} moments, {faulty} trials with "
        f"faults; the smallest gap {smallest:.2f} s of {PACE_S} s"
    )
    return 1 if faulty else 0


def _tell(seed: int, trial: Trial, out: IO[str]) -> None:
    words = ", ".join(map(str, trial.strikes))
    out.write(
        f"seed {seed}: {trial.seconds:.0f} s, {trial.asked} requests, smallest gap "
        f"{trial.smallest:.2f} s; {words}\n"
    )
    out.writelines(f"    {fault}\n" for fault in trial.faults)
    out.flush()


def _ground(root: Path, queue: Server, replica: Replica, report: Report) -> Path:
    cluster = Cluster(root, queue.conninfo, replica, pace_s=0, program=PROGRAM)
    cluster.run("ground", "collect", "--report", report.url, "--no-sources")
    return root / "ground"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
