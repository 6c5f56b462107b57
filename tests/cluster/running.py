"""A cluster's commands over a replica, and what is seen of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

import psycopg

from archive.clock import TEST_CLOCK, offset_to
from archive.db.database import open_readonly
from pipeline.decide.batches import shared_name
from tests.replica.proxy import Seen
from tests.replica.server import Replica
from tests.spider_runs import AT, QUICK

PROGRAM = (str(Path(sys.executable).parent / "isw-archive"),)
TABLES = {
    "captures": "SELECT id, url, outcome, warc_file, warc_offset FROM captures ORDER BY id",
    "sources": "SELECT url, status, captures, last_outcome FROM sources ORDER BY id",
    "texts": "SELECT * FROM texts ORDER BY 1",
}
"""What `rebuild` has to make equal."""


class Cluster:
    """A folder with an archive, a depot, and workers' folders.

    Attributes:
        program: The words that begin each command.
        env: Of each command.
    """

    def __init__(
        self,
        root: Path,
        conninfo: str,
        replica: Replica,
        *,
        pace_s: float,
        program: Sequence[str] = PROGRAM,
    ) -> None:
        self.root = root
        self.conninfo = conninfo
        self.program = program
        self.env = {
            **os.environ,
            **replica.env(),
            **QUICK,
            TEST_CLOCK: offset_to(AT),
            "ISW_ARCHIVE_QUEUE": conninfo,
            "ISW_ARCHIVE_DEPOT": str(root / "depot"),
            "ISW_ARCHIVE_CONTACT": "mailto:nobody@replica.example",
            "ISW_ARCHIVE_HOST_DELAY_S": str(pace_s),
            "ISW_ARCHIVE_REPORT_HOST_DELAY_S": str(pace_s),
            "ISW_ARCHIVE_TIMEOUT_S": "2",
            "ISW_ARCHIVE_RETRIES": "0",
        }

    def start(
        self, folder: str, *words: str, log: IO[str] | None = None, **env: str
    ) -> subprocess.Popen[str]:
        """Start a command; what it says goes into `log`, or is to be read."""
        return subprocess.Popen(
            [*self.program, "--data", str(self.root / folder), *words],
            env={**self.env, **env},
            stdout=log or subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, folder: str, *words: str) -> str:
        """Run a command that has to succeed; what it says."""
        with self.start(folder, *words) as process:
            said = process.communicate(timeout=600)[0]
        assert process.returncode == 0, said
        return said

    def rows(self, folder: str, sql: str) -> list[tuple[Any, ...]]:
        """What the archive in a folder answers."""
        with closing(open_readonly(self.root / folder / "archive.db")) as db:
            return list(db.execute(sql).fetchall())

    def tables(self, folder: str) -> dict[str, list[tuple[Any, ...]]]:
        """`TABLES` of the archive in a folder."""
        return {name: self.rows(folder, sql) for name, sql in TABLES.items()}

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """What the queue's database answers."""
        with psycopg.connect(self.conninfo, autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(statement)  # type: ignore[arg-type]
            return list(cursor.fetchall()) if cursor.description else []


def gaps(requests: Iterable[Seen]) -> list[tuple[float, str]]:
    """Seconds between two requests to a domain, each with its name, the smallest first."""
    times: dict[str, list[float]] = defaultdict(list)
    for request in requests:
        times[shared_name(request.url)].append(request.begun_at or request.at)
    return sorted((b - a, name) for name, mine in times.items() for a, b in pairwise(sorted(mine)))
