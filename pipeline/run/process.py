"""One command as a process of its own, with limits of time and memory, that can be ended at any
time."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.decide.rhythm import End
from pipeline.run.interrupts import shielded
from pipeline.run.jobs.session import ENV_RUN

if TYPE_CHECKING:
    from collections.abc import Sequence

STOP_S = 8.0
"""After SIGTERM a command finishes what must not be left half done; after so long its process group
is killed, since systemd and people wait for seconds only. What a killed command wrote is taken in
at the next start."""

OVERTIME_STOP_S = 60.0
"""As `STOP_S`, for a command that took too long: nobody waits for it."""

ENDS = {0: End.DONE, 1: End.PROBLEMS, 2: End.FAILED, 3: End.STOPPED}
"""What the exit codes of `isw-archive` say, see its --help; what found the archive held is tried
again."""

WHY = {2: "it refused its words or its configuration", 3: "another run held the archive"}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended.

    Attributes:
        why: What was wrong, beyond what it said itself; empty when nothing was.
    """

    end: End
    why: str = ""


@dataclass(slots=True)
class Runner:
    """Runs commands one at a time, and can end the one under way from another thread.

    Attributes:
        command: What comes before a job's own arguments: interpreter, module, global options.
        limit_s: Seconds that one may take.
        memory_bytes: Of each of its processes; 0: no limit.
    """

    command: tuple[str, ...]
    limit_s: float
    memory_bytes: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def stopping(self) -> bool:
        """Whether it was told to stop."""
        return self._stop.is_set()

    def run(self, arguments: Sequence[str], run: str | None = None) -> Ended:
        """Run one command to its end.

        Args:
            arguments: Of the command line.
            run: The row of `runs` that is its own, if it has one.
        """
        if self.stopping:
            return Ended(End.STOPPED)
        env = {**os.environ, ENV_RUN: run} if run else None
        words = [*self.command, *arguments]
        with subprocess.Popen(  # noqa: S603 - our own command
            words, stdin=subprocess.DEVNULL, env=env, start_new_session=True
        ) as process:
            try:
                self._process = process
                self._limit(process.pid)
                if self.stopping:  # told so while it was started
                    process.terminate()
                return self._ended(process)
            except BaseException:
                with shielded():  # a second signal would leave it behind, at work
                    _end(process, STOP_S)
                raise
            finally:
                self._process = None

    def stop(self) -> None:
        """Ask the command under way to end, and begin no other; `STOP_S` later it is killed."""
        self._stop.set()
        process = self._process
        if process is not None:
            _end(process, STOP_S)

    def _limit(self, pid: int) -> None:
        """Set the limits of a process before it has loaded anything, so that its children inherit
        them."""
        if self.memory_bytes:
            with contextlib.suppress(OSError):  # it has ended already
                # private writable memory; files mapped and shared libraries do not count. Only the
                # soft limit: a browser reserves more than it ever uses, and raises its own
                hard = resource.prlimit(pid, resource.RLIMIT_DATA)[1]
                resource.prlimit(pid, resource.RLIMIT_DATA, (self._soft(hard), hard))

    def _soft(self, hard: int) -> int:
        return self.memory_bytes if hard == resource.RLIM_INFINITY else min(self.memory_bytes, hard)

    def _ended(self, process: subprocess.Popen[bytes]) -> Ended:
        try:
            code = process.wait(self.limit_s)
        except subprocess.TimeoutExpired:
            _end(process, OVERTIME_STOP_S)
            return Ended(End.FAILED, f"ended after {self.limit_s / 3600:g} hours (job_hours)")
        if self.stopping and code:
            return Ended(End.STOPPED)
        if code < 0:
            return Ended(End.LOST, f"killed by signal {-code} ({_signal(-code)})")
        return Ended(
            ENDS.get(code, End.FAILED),
            WHY.get(code, "" if code in ENDS else f"ended with code {code}"),
        )


def _end(process: subprocess.Popen[bytes], grace_s: float) -> None:
    """Ask a process to end, then kill it with all that it started in its group; spiders end when
    the process that started them does."""
    process.terminate()
    try:
        process.wait(grace_s)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"
