"""The process that runs a command's spiders, one after the other.

It is a process of its own because a reactor cannot be started twice, and a crash must not take the
daemon with it. There is one for all spiders because loading takes longer than most crawls.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from pipeline.run.interrupts import interrupts_held
from pipeline.run.spider_events import FREE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

STOP_GRACE_S = 30
"""After SIGTERM a spider finishes the requests under way (up to their timeout); then its process
group is ended."""


@dataclass(slots=True)
class SpiderProcess:
    """A running process of spiders: it runs one, or waits for the next.

    Attributes:
        log: What it logs; removed at its end when it is empty.
        free: It is alive, and waits for the next spider.
    """

    log: Path
    process: subprocess.Popen[str]
    free: bool = False

    @classmethod
    def start(cls, log: Path, lock: int, spider: str) -> Self:
        """Start the process, which loads what a spider needs and waits to be told to run it.

        It holds the archive's lock as we do, and ends when we are gone: it sees that by its
        standard input, whose other end only we hold.

        Args:
            log: Where its standard error goes.
            lock: The file descriptor of the archive's lock.
            spider: The first that it will run, most likely.
        """
        # the settings are found by name, so that it works from any folder, installed or in a
        # checkout
        env = {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONUNBUFFERED": "1"}
        with log.open("w", encoding="utf-8") as errors, interrupts_held():
            process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
                [sys.executable, "-m", "crawler", spider],
                env=env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,
                pass_fds=(lock,),
            )
        return cls(log, process)

    def prepare(self, preload: Sequence[str]) -> None:
        """Have it begin to load what workers begin with, before it is told what to run.

        Args:
            preload: The modules; empty: nothing is begun.
        """
        if preload:
            self._tell([list(preload)])

    def run(self, name: str, job: Path, preload: Sequence[str] = ()) -> None:
        """Have it run a spider; only once all events of the one before were read.

        Args:
            name: The spider.
            job: The file of its `SpiderJob`.
            preload: What workers begin to load at once, for pages will have to be read; empty: they
                begin with the first page.
        """
        self.free = False
        self._tell([name, str(job), *([list(preload)] if preload else [])])

    def _tell(self, order: list[str | list[str]]) -> None:
        assert self.process.stdin is not None
        # one that has died meanwhile says nothing more, which is heard
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()

    def lines(self) -> Iterator[str]:
        """The spider's events, until the process is free for the next spider, or gone."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line == FREE:
                self.free = True
                return
            yield line

    def dismiss(self) -> None:
        """Have the process end, which is free or gone by now; `end` waits for that."""
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()

    def end(self) -> int:
        """Wait until the process has ended, which is free or gone by now. Returns its exit code."""
        assert self.process.stdout is not None
        self.dismiss()
        code = self._waited_for()
        self.process.stdout.close()
        if not self.log.stat().st_size:
            self.log.unlink()
        return code

    def stop(self) -> None:
        """Have the spider under way end early, and the process with it."""
        self.process.terminate()
        self._waited_for()
        self.end()

    def _waited_for(self) -> int:
        try:
            return self.process.wait(STOP_GRACE_S)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            return self.process.wait()
