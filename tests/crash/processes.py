"""The processes of one command, found by the mark in their environment."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.crash.program import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable

PROC = Path("/proc")
TICKS_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Process:
    """One process as /proc shows it.

    Attributes:
        role: `command`, `job` (of a schedule), `spider`, `forkserver`, `worker`, or `other` (the
            tracker of shared resources).
        cpu_s: Processor time so far.
    """

    pid: int
    parent: int
    role: str
    cpu_s: float


def marked(mark: str) -> list[Process]:
    """All living processes that a command and its children are, in order of their ids; none that is
    a zombie."""
    needle = f"{MARK}={mark}".encode()
    pids = sorted(int(entry.name) for entry in PROC.iterdir() if entry.name.isdecimal())
    found = [_look(pid, needle) for pid in pids]
    alive = [one for one in found if one is not None]
    servers = {one.pid for one in alive if one.role == "forkserver"}
    return [_worker(one) if one.parent in servers else one for one in alive]


def _worker(process: Process) -> Process:
    return Process(process.pid, process.parent, "worker", process.cpu_s)


def _look(pid: int, needle: bytes) -> Process | None:
    folder = PROC / str(pid)
    try:
        if needle not in (folder / "environ").read_bytes().split(b"\0"):
            return None
        words = (folder / "cmdline").read_bytes()
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has ended meanwhile, or is another user's
        return None
    if fields[0] in "ZX":
        return None
    cpu_s = (int(fields[11]) + int(fields[12])) / TICKS_S
    return Process(pid, int(fields[1]), _role(words), cpu_s)


def _role(words: bytes) -> str:
    if b"resource_tracker" in words:
        return "other"
    if b"forkserver" in words:
        return "forkserver"
    if b"-m\0pipeline\0" in words:
        return "job"
    return "spider" if b"-m\0crawler\0" in words else "command"


def send(number: signal.Signals, processes: Iterable[Process]) -> None:
    """A signal to each; those that have ended are passed over."""
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, number)


def freeze(mark: str) -> list[Process]:
    """Stop every process of a command, those included that are begun meanwhile; what they wrote
    stands still now."""
    stopped: dict[int, Process] = {}
    while fresh := [one for one in marked(mark) if one.pid not in stopped]:
        send(signal.SIGSTOP, fresh)
        stopped |= {one.pid: one for one in fresh}
    parents = {one.parent for one in stopped.values()}
    for process in stopped.values():
        # who begins another waits in the kernel, state D, until that one is under way, which now
        # stands still
        moving = "RS" if process.pid in parents else "RSD"
        while _state(process.pid) in moving:
            time.sleep(0.001)
    return list(stopped.values())


def _state(pid: int) -> str:
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "ended"


def end(mark: str) -> None:
    """Leave nothing of a command behind."""
    while left := marked(mark):
        send(signal.SIGKILL, left)
        time.sleep(0.01)


def wait_for_none(mark: str, within_s: float) -> list[Process]:
    """Those that are still there when time is up; it ends as soon as none is."""
    until = time.monotonic() + within_s
    while (left := marked(mark)) and time.monotonic() < until:
        time.sleep(0.02)
    return left
