"""Time, processor time and memory of a command with all its descendants (Linux)."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

CORES = os.cpu_count() or 1
_TICKS = os.sysconf("SC_CLK_TCK")
_LOOK_EVERY_S = 0.1
_MEMORY_EVERY = 10
"""Looks: the kernel goes through all pages of a process to tell what they come to, 7 ms for those
of a crawl, on the cores that it is measured on."""
COMMAND, CRAWL, SERVER, WORKERS, OTHERS = (
    "the command", "the crawl", "the workers' fork server", "workers", "others",
)  # fmt: skip
"""Processes of a run."""


@dataclass
class Usage:
    """What one run took.

    Attributes:
        cpu_s: Of all its processes. One that outlived what began it counts up to the last look at
            it, so up to 0.1 s too little.
        memory: Now and then: seconds since the start, bytes of all its processes (proportional set
            size).
        by_process: Processor seconds of its kinds of processes.
        reached: Seconds since the start until each of the moments that were waited for, up to 0.1 s
            too much.
    """

    wall_s: float = 0.0
    cpu_s: float = 0.0
    memory: list[tuple[float, int]] = field(default_factory=list)
    by_process: dict[str, float] = field(default_factory=dict)
    reached: dict[str, float] = field(default_factory=dict)

    @property
    def peak_bytes(self) -> int:
        return max((size for _, size in self.memory), default=0)

    def without(self, start: Usage) -> Usage:
        """What is left when another run's share is taken off."""
        each = {
            kind: took - start.by_process.get(kind, 0.0) for kind, took in self.by_process.items()
        }
        wall_s, cpu_s = self.wall_s - start.wall_s, self.cpu_s - start.cpu_s
        return Usage(wall_s, cpu_s, self.memory, each, self.reached)


Moments = Mapping[str, Callable[[], bool]]
"""What a run is looked at for: names, and whether it is so."""


def seconds(work: Callable[[], object]) -> float:
    """Wall time."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def cpu_seconds(work: Callable[[], object]) -> float:
    """Processor time of this process: what other work on the machine changes least."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def run(
    words: list[str], env: Mapping[str, str] | None = None, moments: Moments | None = None
) -> Usage:
    """Run a command of ours, or of others, to its end."""
    usage, done, before = Usage(), threading.Event(), _reaped_s()
    begun = time.perf_counter()
    with subprocess.Popen(
        words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        watch = _Watch(process.pid, usage, dict(moments or {}))
        watcher = threading.Thread(target=watch.until, args=(done,))
        watcher.start()
        _, said = process.communicate()
        usage.wall_s = time.perf_counter() - begun
        done.set()
        watcher.join()
    usage.cpu_s = max(usage.cpu_s, _reaped_s() - before)
    if process.returncode not in {0, 1}:
        sys.exit(f"bench: {' '.join(words)[:200]} ended with {process.returncode}: {said[-500:]}")
    return usage


def _reaped_s() -> float:
    """Processor time of our children that ended, and of theirs: exact, but without those that
    outlived who began them."""
    took = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took.ru_utime + took.ru_stime


def cpu_s(pid: int) -> float:
    """Processor time of one process so far; 0.0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


class _Watch:
    """Looks at a process and its descendants while they run."""

    def __init__(self, pid: int, usage: Usage, moments: dict[str, Callable[[], bool]]) -> None:
        self.pid, self.usage, self.moments = pid, usage, moments
        self.begun = time.perf_counter()
        self.spent: dict[int, float] = {}
        self.kinds: dict[int, str] = {}

    def until(self, done: threading.Event) -> None:
        looks = 0
        while not done.wait(_LOOK_EVERY_S):
            self.look(memory=looks % _MEMORY_EVERY == 0)
            looks += 1
        self.sum_up()

    def look(self, *, memory: bool) -> None:
        at = time.perf_counter() - self.begun
        for name in [name for name, so in self.moments.items() if so()]:
            self.usage.reached[name] = at
            del self.moments[name]
        family = _family(self.pid, 0)
        if memory:
            self.usage.memory.append((at, sum(_pss(one) for one, _ in family)))
        for one, parent in family:
            self.spent[one] = max(self.spent.get(one, 0.0), cpu_s(one))
            words = _words_of(one)
            if words or one not in self.kinds:  # it has its parent's words until it has its own
                self.kinds[one] = kind_of(words, self.kinds.get(parent))

    def sum_up(self) -> None:
        each = self.usage.by_process
        for one, took in self.spent.items():
            each[self.kinds[one]] = each.get(self.kinds[one], 0.0) + took
        self.usage.cpu_s = sum(self.spent.values())


def kind_of(words: str, parent: str | None) -> str:
    """What a process of a run is, of its command line and what began it (None: the bench)."""
    if parent is None:
        return COMMAND
    if parent in {SERVER, WORKERS}:
        return WORKERS
    if "multiprocessing.forkserver" in words:
        return SERVER
    return CRAWL if " -m crawler " in words else OTHERS


def _words_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def _family(pid: int, parent: int) -> list[tuple[int, int]]:
    """The process and its descendants, each after its parent, and that."""
    children = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            children += [int(text) for text in (task / "children").read_text().split()]
    except OSError:
        return [(pid, parent)]
    return [(pid, parent), *(one for child in children for one in _family(child, pid))]


def _pss(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:"))
