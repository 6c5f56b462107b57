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
    return (Job("collect", ("collect",), hours, minute),)


def _time_of_day(text: str) -> tuple[int, int]:
    hour, _, minute = text.partition(":")
    if hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60:
        return int(hour), int(minute)
    raise BadInputError(f"daily_at: {text!r} is no time of day; write it as 06:10 (UTC)")


def build(settings: Settings, command: tuple[str, ...]) -> BlockingScheduler:
    """A scheduler with every job in it, not yet started.

    Args:
        settings: Say when.
        command: What comes before a job's own arguments: interpreter, module, global options.
    """
    # UTC throughout: a local clock shows 01:30 twice when summer time ends
    scheduler = BlockingScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": MISFIRE_GRACE_S},
    )
    for job in jobs(settings):
        scheduler.add_job(
            run_command,
            CronTrigger(hour=job.hours, minute=job.minute, timezone="UTC"),
            args=[(*command, *job.arguments)],
            id=job.id,
            replace_existing=True,
        )
    return scheduler


def run_command(command: tuple[str, ...]) -> int:
    """Run one command to its end; whatever it does, the daemon goes on."""
    log.info("start %s", " ".join(command[3:]))
    code = subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode  # noqa: S603 - our own command
    if code == BUSY:
        log.warning("skipped %s: another run holds the archive", command[-1])
    elif code:
        log.error("%s ended with code %d; see isw-archive status", command[-1], code)
    else:
        log.info("done %s", command[-1])
    return code


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
    command = (sys.executable, "-m", "pipeline", *options)
    scheduler = build(settings, command)

    def stop(_number: int, _frame: FrameType | None) -> None:
        scheduler.shutdown(wait=False)

    signal.signal(signal.SIGTERM, stop)
    if now:
        scheduler.add_job(run_command, args=[(*command, "collect")], id="collect-now")
    for job in jobs(settings):
        log.info("%s at minute %02d of hours %s UTC", job.id, job.minute, job.hours)
    try:
        scheduler.start()
    except KeyboardInterrupt:
        scheduler.shutdown(wait=False)
