from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.config import Settings
from archive.errors import BadInputError
from pipeline.run import schedule


def test_the_daemon_collects_four_times_a_day_in_utc_and_checks_once_between() -> None:
    jobs = schedule.build(Settings(daily_at="21:40"), schedule.Runner(("isw-archive",))).get_jobs()
    hours: dict[str, list[tuple[int, int]]] = {}
    for job in jobs:
        moment = datetime(2026, 11, 1, tzinfo=UTC)
        while (moment := job.trigger.get_next_fire_time(moment, moment)).day == 1:
            hours.setdefault(job.id, []).append((moment.hour, moment.minute))
            moment += timedelta(minutes=1)
    assert hours == {"collect": [(3, 40), (9, 40), (15, 40), (21, 40)], "check": [(0, 40)]}


def test_a_late_start_still_does_each_job_once() -> None:
    for job in schedule.build(Settings(), schedule.Runner(("isw-archive",))).get_jobs():
        kept = (job.coalesce, job.max_instances, job.misfire_grace_time)
        assert kept == (True, 1, schedule.MISFIRE_GRACE_S)


@pytest.mark.parametrize("text", ["", "6", "25:00", "06:60", "six", "06:1O"])
def test_a_wrong_time_of_day_is_said_so(text: str) -> None:
    with pytest.raises(BadInputError, match="daily_at"):
        schedule.jobs(Settings(daily_at=text))


@pytest.mark.parametrize("code", [0, 1, 3])
def test_a_command_that_fails_does_not_end_the_daemon(code: int) -> None:
    assert schedule.Runner((sys.executable,)).run("-c", f"raise SystemExit({code})") == code


def test_the_daemon_runs_until_it_is_told_to_stop(tmp_path: Path) -> None:
    env = {**os.environ, "ISW_ARCHIVE_CONTACT": "mailto:a@b.example"}
    words = [sys.executable, "-m", "pipeline", "--data", str(tmp_path / "data"), "daemon"]
    with subprocess.Popen(words, env=env, stderr=subprocess.PIPE, text=True) as daemon:
        assert daemon.stderr is not None
        for line in daemon.stderr:
            if "Scheduler started" in line:
                break
        daemon.send_signal(signal.SIGTERM)
        assert daemon.wait(20) == 0
