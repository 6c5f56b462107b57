"""An archive that collects from a replica in a process of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive.clock import TEST_CLOCK, offset_to
from tests.bench.measure import Moments, Usage, cpu_s, run
from tests.replica.server import DEFAULT_AT

_QUICK = {
    "ISW_ARCHIVE_CONTACT": "mailto:operator@isw-archive.example",
    "ISW_ARCHIVE_HOST_DELAY_S": "0",
    "ISW_ARCHIVE_REPORT_HOST_DELAY_S": "0",
    "ISW_ARCHIVE_ALLOW_NETWORKS": "127.0.0.1/32",
    "ISW_ARCHIVE_WAYBACK": "",
}


@dataclass
class Crawl:
    """A replica under way, and an archive that collects from it.

    Attributes:
        ca_file: Whom to trust for the replica's certificates.
    """

    replica: subprocess.Popen[str]
    env: dict[str, str]
    data: Path
    ca_file: str = ""

    def run(self, *words: str, moments: Moments | None = None) -> tuple[Usage, float]:
        """A command of ours; what it took, and the replica's processor time in it."""
        ours = [sys.executable, "-m", "pipeline", "--data", str(self.data), *words]
        return self.beside(ours, moments)

    def beside(self, words: list[str], moments: Moments | None = None) -> tuple[Usage, float]:
        """Any command that asks the replica; as `run`."""
        before = cpu_s(self.replica.pid)
        usage = run(words, self.env, moments)
        return usage, cpu_s(self.replica.pid) - before

    def anew(self) -> None:
        """Begin with no archive again."""
        shutil.rmtree(self.data, ignore_errors=True)

    def count(self, where: str) -> int:
        """Sources with a capture for which it is so."""
        with contextlib.closing(sqlite3.connect(self.data / "archive.db")) as db:
            sql = (
                f"SELECT count(DISTINCT source_id) FROM captures WHERE kind = 'source' AND {where}"
            )
            return int(db.execute(sql).fetchone()[0])

    def has(self, kind: str) -> bool:
        """Whether a capture of this kind is in the database, which need not be there yet."""
        try:
            with contextlib.closing(
                sqlite3.connect(f"file:{self.data}/archive.db?mode=ro", uri=True)
            ) as db:
                sql = "SELECT 1 FROM captures WHERE kind = ? LIMIT 1"
                return db.execute(sql, (kind,)).fetchone() is not None
        except sqlite3.Error:
            return False


def patient_with_nobody(env: Mapping[str, str], at: datetime = DEFAULT_AT) -> dict[str, str]:
    """An environment in which a crawl of a replica waits between no two requests."""
    clock = {TEST_CLOCK: offset_to(at)}  # the replica's, or the crawl would stop
    return {**env, **_QUICK, **clock}


@contextlib.contextmanager
def collecting(
    count: int,
    web: str = "tests.bench.web",
    *more: str,
    at: datetime = DEFAULT_AT,
    **settings: str,
) -> Iterator[Crawl]:
    """An archive that collects from a replica of this module, with so many pages.

    Where it is another time than the replica's own, `more` has to say so to it.
    """
    folder = Path(tempfile.mkdtemp())
    words = [sys.executable, "-m", web, "--pages", str(count), *more]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as replica:
        try:
            assert replica.stdout is not None
            proxy, ca_file = replica.stdout.readline().split()
            proxies = dict.fromkeys(
                ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), proxy
            )
            trust = {"no_proxy": "", "NO_PROXY": "", "SSL_CERT_FILE": ca_file}
            env = patient_with_nobody({**os.environ, **proxies, **trust}, at)
            yield Crawl(replica, {**env, **settings}, folder / "data", ca_file)
        finally:
            replica.terminate()
            shutil.rmtree(folder, ignore_errors=True)
