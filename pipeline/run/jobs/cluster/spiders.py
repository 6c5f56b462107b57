"""The processes of a worker's spiders: each carries out one job after the other, for what one loads
takes longer than many a job."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.run.jobs.session import Session

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from pipeline.run.jobs.spider_process import SpiderProcess

JOBS = 200
"""Of one process; then another takes its place, so that what a library never lets go does not
add up for weeks."""


@dataclass(slots=True)
class Spiders:
    """Those of one worker; its jobs run in threads of their own.

    Attributes:
        lock: The file descriptor of the worker's lock, which they hold, too.
        logs: Folder of what they log.
        free: Those that wait for a job.
        living: All that were started.
        jobs: How many each has carried out.
    """

    lock: int
    logs: Path
    free: list[SpiderProcess] = field(default_factory=list)
    living: set[subprocess.Popen[str]] = field(default_factory=set)
    jobs: Counter[int] = field(default_factory=Counter)

    def take(self) -> SpiderProcess | None:
        """A process that waits for a job; None when one has to be started."""
        while self.free:
            one = self.free.pop()
            if one.process.poll() is None:
                return one
            one.end()
        return None

    def give(self, one: SpiderProcess) -> None:
        """Its job is done."""
        self.jobs[one.process.pid] += 1
        if one.free and self.jobs[one.process.pid] < JOBS:
            self.free.append(one)
            return
        self.jobs.pop(one.process.pid)
        one.end()

    def stop(self) -> None:
        """Have each process finish what is under way, and take no further job."""
        for process in self.living:
            if process.poll() is None:
                process.terminate()

    def end(self) -> None:
        """End the processes that wait."""
        while self.free:
            self.free.pop().end()


@dataclass(slots=True)
class JobSession(Session):
    """One job under way. Its folder is no archive: nothing is taken in, torn ends are cut off.

    Attributes:
        spiders: Those of its worker.
    """

    spiders: Spiders | None = None

    def recover(self, whose: str = "") -> None:
        """Do nothing: what a killed spider left is mended when it is handed over."""

    def started(self, spider: subprocess.Popen[str]) -> None:
        """See `Session.started`."""
        assert self.spiders is not None
        for one in [one for one in self.spiders.living if one.poll() is not None]:
            self.spiders.living.discard(one)
        self.spiders.living.add(spider)

    def log_of(self, spider: str) -> Path:
        """The log's file, beside the jobs' folders, which are removed."""
        assert self.spiders is not None
        self.spiders.logs.mkdir(exist_ok=True)
        return self.spiders.logs / f"{self.run}-{spider}.log"

    def end_crawling(self) -> None:
        """Keep the process for the next job."""
        assert self.spiders is not None
        if self.crawling is not None:
            self.spiders.give(self.crawling)
            self.crawling = None
