"""The program under trial: its command line, its settings, and the few of its names that a trial
has to know."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from archive.db.schema.migrations import RUN_LOGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.replica.server import Replica

PROGRAM = str(Path(sys.executable).with_name("isw-archive"))
TEST_CLOCK = "ISW_ARCHIVE_TEST_CLOCK_OFFSET_S"
MARK = "ISW_TRIAL_MARK"
"""Names the command in the environment of each process it starts, so that all of them can be
found."""
NOT_REBUILT = RUN_LOGS
"""Tables that say what was done, which no WARC file can give back."""
SETTINGS = {
    "ISW_ARCHIVE_CONTACT": "mailto:operator@isw-archive.example",
    "ISW_ARCHIVE_HOST_DELAY_S": "0",
    "ISW_ARCHIVE_REPORT_HOST_DELAY_S": "0",
    "ISW_ARCHIVE_TIMEOUT_S": "30",  # on a busy machine a page of the replica may take seconds
    "ISW_ARCHIVE_RETRIES": "0",
    "ISW_ARCHIVE_ALLOW_NETWORKS": "127.0.0.1/32",
    "ISW_ARCHIVE_WORKERS": "2",
}


@dataclass(frozen=True)
class Job:
    """A command and what it needs.

    Attributes:
        base: The folder it begins with: `empty` or `held`.
        spiders: Those that it runs, in order.
        settings: Beside the usual ones.
    """

    name: str
    words: tuple[str, ...]
    base: str
    spiders: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass
class Command:
    """A command under way, in a session of its own; what it says goes to files, which nobody has to
    read."""

    process: subprocess.Popen[bytes]
    mark: str
    said: Path

    @property
    def out(self) -> str:
        """What it has written so far, to both outputs."""
        files = (self.said.with_suffix(".out"), self.said.with_suffix(".err"))
        return "\n".join(path.read_text("utf-8", "replace") for path in files)


def environment(
    replica: Replica, at: datetime, settings: Mapping[str, str], mark: str
) -> dict[str, str]:
    """What a command finds: the replica as its web, `at` as the time."""
    replica.set_time(at)
    offset = (at - datetime.now(UTC)) / timedelta(seconds=1)
    return {**replica.env(), **SETTINGS, **settings, TEST_CLOCK: str(offset), MARK: mark}


def start(
    data: Path, words: tuple[str, ...], env: Mapping[str, str], before: tuple[str, ...] = ()
) -> Command:
    """Begin a command over a data folder.

    Args:
        data: The data folder.
        words: The command's.
        env: From `environment`; its mark names the files for what the command says.
        before: The beginning of a command that starts it.
    """
    said = data.parent / f"{data.name}-{env[MARK].rpartition('-')[2]}"
    with said.with_suffix(".out").open("wb") as out, said.with_suffix(".err").open("wb") as err:
        process = subprocess.Popen(
            [*before, PROGRAM, "--data", str(data), *words],
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
            cwd=os.sep,
        )
    return Command(process, env[MARK], said)
