"""The daemon: APScheduler runs the daily jobs, each as a process of its own."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from archive.errors import BadInputError

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

    from archive.config import Settings

log = logging.getLogger(__name__)

EVERY_H = 6
"""ISW publishes in the evening, Washington time, and corrects through the next day; four looks a day see both."""

CHECK_AFTER_H = 3
"""Checks run once a day, half way between two looks for reports, for only one run holds the archive."""

MISFIRE_GRACE_S = 3600
"""A machine that slept through the hour still does the job when it wakes within this time."""

BUSY = 3
"""Exit code of a command that found the archive held by another run: not an error for a schedule."""


@dataclass(frozen=True, slots=True)
class Job:
    """One scheduled command.

    Attributes:
        id: Explicit, so that a job is never there twice.
        arguments: Of `isw-archive`, after the global options.
        hours: As cron writes them.
    """

    id: str
    arguments: tuple[str, ...]
    hours: str
    minute: int


def jobs(settings: Settings) -> tuple[Job, ...]:
    """What the daemon runs.

    Raises:
        BadInputError: `daily_at` is no time of day.
    """
    hour, minute = _time_of_day(settings.daily_at)
    hours = ",".join(str((hour + n) % 24) for n in range(0, 24, EVERY_H))
    return (
        Job("collect", ("collect",), hours, minute),
        Job("check", ("check",), str((hour + CHECK_AFTER_H) % 24), minute),
    )


def _time_of_day(text: str) -> tuple[int, int]:
    hour, _, minute = text.partition(":")
    if hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60:
        return int(hour), int(minute)
    raise BadInputError(f"daily_at: {text!r} is no time of day; write it as 06:10 (UTC)")


@dataclass(slots=True)
class Runner:
    """Runs commands one at a time, each as a process of its own, and can end the one under way.

    Attributes:
        command: What comes before a job's own arguments: interpreter, module, global options.
    """

    command: tuple[str, ...]
    _process: subprocess.Popen[bytes] | None = None

    def run(self, *arguments: str) -> int:
        """Run one command to its end; whatever it does, the daemon goes on."""
        name = " ".join(arguments)
        log.info("start %s", name)
        words = [*self.command, *arguments]
        self._process = subprocess.Popen(words, stdin=subprocess.DEVNULL)  # noqa: S603 - our own command
        code = self._process.wait()
        if code == BUSY:
            log.warning("skipped %s: another run holds the archive", name)
        elif code:
            log.error("%s ended with code %d; see isw-archive status", name, code)
        else:
            log.info("done %s", name)
        return code

    def stop(self) -> None:
        """Ask the command under way to end; what it has written is taken in at the next start."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()


def build(settings: Settings, runner: Runner) -> BlockingScheduler:
    """A scheduler with every job in it, not yet started."""
    # UTC throughout: a local clock shows 01:30 twice when summer time ends
    scheduler = BlockingScheduler(timezone="UTC")
    for job in jobs(settings):
        scheduler.add_job(
            runner.run,
            CronTrigger(hour=job.hours, minute=job.minute, timezone="UTC"),
            args=job.arguments,
            id=job.id,
            replace_existing=True,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=MISFIRE_GRACE_S,
        )
    return scheduler


def serve_forever(settings: Settings, data: Path, config: Path | None, *, now: bool) -> None:
    """Run the schedule until SIGTERM or Ctrl-C.

    Args:
        settings: Say when.
        data: The data folder.
        config: The configuration file given on the command line.
        now: Also collect at once.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    options = (
        "--data",
        str(data.absolute()),
        *(("--config", str(config.absolute())) if config else ()),
    )
    runner = Runner((sys.executable, "-m", "pipeline", *options))
    scheduler = build(settings, runner)
    # the handler only raises: taking the scheduler's locks inside one can wait for ever
    signal.signal(signal.SIGTERM, _raise_exit)
    if now:
        scheduler.add_job(runner.run, args=("collect",), id="collect-now")
    for job in jobs(settings):
        log.info("%s at minute %02d of hours %s UTC", job.id, job.minute, job.hours)
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        log.info("stopping")
    finally:
        runner.stop()
        if scheduler.running:
            scheduler.shutdown(wait=False)


def _raise_exit(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
