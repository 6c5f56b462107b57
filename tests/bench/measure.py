"""Time, processor time and memory of a command with all its descendants (Linux)."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

CORES = os.cpu_count() or 1
_TICKS = os.sysconf("SC_CLK_TCK")
_LOOK_EVERY_S = 0.2


@dataclass
class Usage:
    """What one run took.

    Attributes:
        cpu_s: Of all its processes; of each up to the last look at it, so up to 0.2 s too little.
        memory: At each look: seconds since the start, bytes of all its processes (proportional set
            size).
    """

    wall_s: float = 0.0
    cpu_s: float = 0.0
    memory: list[tuple[float, int]] = field(default_factory=list)

    @property
    def peak_bytes(self) -> int:
        return max((size for _, size in self.memory), default=0)

    def without(self, start: Usage) -> Usage:
        """What is left when another run's share is taken off."""
        return Usage(self.wall_s - start.wall_s, self.cpu_s - start.cpu_s, self.memory)

    def mean(self, other: Usage) -> Usage:
        """Of two runs of the same."""
        return Usage((self.wall_s + other.wall_s) / 2, (self.cpu_s + other.cpu_s) / 2)


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


def run(words: list[str], env: Mapping[str, str] | None = None) -> Usage:
    """Run a command of ours to its end."""
    usage, done = Usage(), threading.Event()
    begun = time.perf_counter()
    with subprocess.Popen(
        words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        watcher = threading.Thread(target=_watch, args=(process.pid, usage, done))
        watcher.start()
        _, said = process.communicate()
        usage.wall_s = time.perf_counter() - begun
        done.set()
        watcher.join()
    if process.returncode not in {0, 1}:
        sys.exit(f"bench: {' '.join(words)[:200]} ended with {process.returncode}: {said[-500:]}")
    return usage


def cpu_s(pid: int) -> float:
    """Processor time of one process so far; 0.0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _watch(pid: int, usage: Usage, done: threading.Event) -> None:
    begun = time.perf_counter()
    spent: dict[int, float] = {}
    while not done.wait(_LOOK_EVERY_S):
        family = _family(pid)
        usage.memory.append((time.perf_counter() - begun, sum(map(_pss, family))))
        for one in family:
            spent[one] = max(spent.get(one, 0.0), cpu_s(one))
        usage.cpu_s = sum(spent.values())


def _family(pid: int) -> list[int]:
    children = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            children += [int(text) for text in (task / "children").read_text().split()]
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(child))]


def _pss(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:"))
