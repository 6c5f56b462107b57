"""Cited pages through the whole way: fetched over TLS, kept in a WARC, read, put into SQLite.

Beside bare trafilatura.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.clock import TEST_CLOCK, offset_to
from tests.bench import fixity
from tests.bench.measure import CORES, Usage, cpu_s, run, seconds
from tests.bench.table import line
from tests.bench.web import REPORT_URL, page
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
    """A replica under way, and an archive that collects from it."""

    replica: subprocess.Popen[str]
    env: dict[str, str]
    data: Path

    def run(self, *words: str) -> tuple[Usage, float]:
        """A command of ours; what it took, and the replica's processor time in it."""
        before = cpu_s(self.replica.pid)
        usage = run([sys.executable, "-m", "pipeline", "--data", str(self.data), *words], self.env)
        return usage, cpu_s(self.replica.pid) - before

    def count(self, where: str) -> int:
        with contextlib.closing(sqlite3.connect(self.data / "archive.db")) as db:
            sql = f"SELECT count(*) FROM captures WHERE kind = 'source' AND {where}"
            return int(db.execute(sql).fetchone()[0])


def whole_way(count: int) -> None:
    """First visits, then unchanged ones."""
    with collecting(1) as crawl:
        start, _ = crawl.run("collect", "--report", REPORT_URL)
        _held(crawl, "outcome = 'ok'", 1)
        again_start, _ = crawl.run("recrawl", "--sql", "SELECT cited_url FROM sources")
    line("start-up of a crawl, left out below", None, f"{start.wall_s:.1f} s")
    before = _bare(count)
    with collecting(count) as crawl:
        first, served = crawl.run("collect", "--report", REPORT_URL)
        first = first.without(start)
        # on both sides of what it stands beside: a machine shared with others changes its speed
        # within a minute
        bare = before.mean(_bare(count))
        line(f"bare trafilatura, {CORES} processes", count / bare.wall_s, _each(bare, count))
        _held(crawl, "outcome = 'ok'", count)
        line(
            "whole way, new pages", count / first.wall_s,
            f"{bare.wall_s / first.wall_s:.2f} of bare trafilatura on the clock, "
            f"{bare.cpu_s / first.cpu_s:.2f} in processor time without the replica's",
        )  # fmt: skip
        line("", None, _each(first, count) + f", and {1e3 * served / count:.1f} ms of the replica")
        fixity.ledger(crawl.data, first.wall_s)
        again, served = crawl.run("recrawl", "--sql", "SELECT cited_url FROM sources")
        again = again.without(again_start)
        _held(crawl, "outcome = 'not-modified'", count)
        line("whole way, unchanged pages (304)", count / again.wall_s, _each(again, count))


def _each(usage: Usage, count: int) -> str:
    each = usage.cpu_s / count
    return f"{1e3 * each:.1f} ms CPU each: {CORES / each:.0f}/s if all cores were ours"


def many_sources(count: int) -> None:
    """Memory of one long run, in fifths of it."""
    with collecting(count) as crawl:
        usage, served = crawl.run("collect", "--report", REPORT_URL)
        _held(crawl, "outcome = 'ok'", count)
    line(
        f"{count} sources in one run",
        count / usage.wall_s,
        f"replica {served:.0f} s CPU, ours {usage.cpu_s:.0f} s",
    )
    for part in range(5):
        looks = usage.memory[len(usage.memory) * part // 5 : len(usage.memory) * (part + 1) // 5]
        mean = sum(size for _, size in looks) / max(1, len(looks))
        line(f"  memory in fifth {part + 1}", None, f"{mean / 1e6:.0f} MB in the mean")


def _held(crawl: Crawl, where: str, count: int) -> None:
    held = crawl.count(where)
    if held != count:
        sys.exit(f"bench: {held} of {count} sources with {where}")


@contextlib.contextmanager
def collecting(
    count: int, web: str = "tests.bench.web", *more: str, **settings: str
) -> Iterator[Crawl]:
    """An archive that collects from a replica of this module, with so many pages."""
    folder = Path(tempfile.mkdtemp())
    words = [sys.executable, "-m", web, "--pages", str(count), *more]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as replica:
        try:
            assert replica.stdout is not None
            proxy, ca_file = replica.stdout.readline().split()
            proxies = dict.fromkeys(
                ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), proxy
            )
            env = {
                **os.environ,
                **proxies,
                "no_proxy": "",
                "NO_PROXY": "",
                "SSL_CERT_FILE": ca_file,
            }
            clock = {TEST_CLOCK: offset_to(DEFAULT_AT)}  # the replica's, or the crawl would stop
            yield Crawl(replica, {**env, **_QUICK, **clock, **settings}, folder / "data")
        finally:
            replica.terminate()
            shutil.rmtree(folder, ignore_errors=True)


def _bare(count: int) -> Usage:
    """The same pages through trafilatura alone, in as many processes as there are cores."""
    bodies = [page(number).encode() for number in range(count)]
    usage = Usage()
    with multiprocessing.get_context("fork").Pool(CORES) as pool:
        pool.map(_extract, bodies[: 4 * CORES])
        workers = [process.pid for process in multiprocessing.active_children() if process.pid]
        before = sum(map(cpu_s, workers))
        usage.wall_s = seconds(lambda: pool.map(_extract, bodies, chunksize=8))
        usage.cpu_s = sum(map(cpu_s, workers)) - before
    return usage


def _extract(body: bytes) -> int:
    import trafilatura

    return len(trafilatura.extract(body) or "")
