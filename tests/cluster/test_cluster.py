"""Planner, workers and indexer over a real PostgreSQL, by their commands, over the replica."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
import pytest

from archive.clock import TEST_CLOCK, offset_to
from archive.db.database import open_readonly
from pipeline.decide.batches import shared_name
from pipeline.read.publishers.registry import SITES
from tests.cluster.postgres import Server, server
from tests.fixity_samples import look
from tests.replica.proxy import Seen
from tests.replica.server import Replica
from tests.replica.world import SMALL, build_world
from tests.spider_runs import AT, QUICK

REPORT = (
    "https://understandingwar.org/research/russia-ukraine/"
    "russian-offensive-campaign-assessment-march-10-2026/"
)
PACE_S, SLACK_S = 0.8, 0.4
"""A request is seen by the replica after the worker sent it, and on a busy machine not always
equally so."""

WHOLE = os.environ.get("ISW_ARCHIVE_TEST_CLUSTER") == "whole"
SOME = 4
"""Domains of the small form, which CI takes; `make cluster` takes all."""

pytestmark = pytest.mark.minutes(2)


class Cluster:
    """A folder with an archive, a depot, and workers' folders.

    Attributes:
        seen: What the workers asked for, and when.
    """

    def __init__(self, root: Path, queue: Server, replica: Replica) -> None:
        self.root = root
        self.queue = queue
        self.replica = replica
        self.seen: list[Seen] = []
        self.env = {
            **os.environ,
            **replica.env(),
            **QUICK,
            TEST_CLOCK: offset_to(AT),
            "ISW_ARCHIVE_QUEUE": queue.conninfo,
            "ISW_ARCHIVE_DEPOT": str(root / "depot"),
            "ISW_ARCHIVE_CONTACT": "mailto:nobody@replica.example",
            "ISW_ARCHIVE_HOST_DELAY_S": str(PACE_S),
            "ISW_ARCHIVE_REPORT_HOST_DELAY_S": str(PACE_S),
            "ISW_ARCHIVE_TIMEOUT_S": "2",
            "ISW_ARCHIVE_RETRIES": "0",
        }

    def start(self, folder: str, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [
                str(Path(sys.executable).parent / "isw-archive"),
                "--data",
                str(self.root / folder),
                *words,
            ],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, folder: str, *words: str) -> str:
        with self.start(folder, *words) as process:
            said = process.communicate(timeout=600)[0]
        assert process.returncode == 0, said
        return said

    def rows(self, folder: str, sql: str) -> list[tuple[Any, ...]]:
        with closing(open_readonly(self.root / folder / "archive.db")) as db:
            return list(db.execute(sql).fetchall())

    def sql(self, statement: str) -> None:
        with psycopg.connect(self.queue.conninfo, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two workers' work, one of them killed in the middle; taken in."""
    world = build_world(SMALL)
    with server() as queue, Replica(at=AT, world=world) as replica:
        made = Cluster(tmp_path_factory.mktemp("cluster"), queue, replica)
        made.run("data", "collect", "--report", REPORT, "--no-sources")
        made.run("data", "plan")
        if not WHOLE:
            made.sql(f"DELETE FROM procrastinate_jobs WHERE id > {SOME}")
        killed_in_the_middle(made)
        workers = [made.start(f"worker-{n}", "work", "--drain") for n in (1, 2)]
        said = [one.communicate(timeout=600)[0] for one in workers]
        if [one.returncode for one in workers] != [0, 0]:
            pytest.fail("\n".join(said))
        made.seen = replica.requests
        made.run("data", "index")
        yield made


def killed_in_the_middle(cluster: Cluster) -> None:
    """A worker is killed while its spiders write, and the queue is told that it has been silent."""
    worker = cluster.start("worker-1", "work", "--at-once", "3")
    while not list((cluster.root / "worker-1").glob("*/warc/*.warc.gz")):
        assert worker.poll() is None, worker.communicate()[0]
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    cluster.sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")


def test_each_cited_source_is_captured_and_judged(cluster: Cluster) -> None:
    tried = cluster.rows("data", "SELECT status FROM sources WHERE captures > 0")
    assert len(tried) >= SOME
    assert ("unchecked",) not in tried
    left = cluster.rows("data", "SELECT url FROM sources WHERE captures = 0")
    assert bool(left) is not WHOLE
    planned = json.loads(cluster.run("data", "plan", "--json"))
    assert planned["targets"] >= len(left)
    cluster.sql("DELETE FROM procrastinate_jobs")


def test_the_archive_is_whole_and_made_again_equal(cluster: Cluster) -> None:
    assert look(cluster.root / "data", deep=True)["ok"]
    tables = {
        "captures": "SELECT id, url, outcome, warc_file, warc_offset FROM captures ORDER BY id",
        "sources": "SELECT url, status, captures, last_outcome FROM sources ORDER BY id",
        "texts": "SELECT * FROM texts ORDER BY 1",
    }
    before = {name: cluster.rows("data", sql) for name, sql in tables.items()}
    assert before["captures"]
    cluster.run("data", "rebuild")
    assert {name: cluster.rows("data", sql) for name, sql in tables.items()} == before


@pytest.mark.skipif(not WHOLE, reason="a whole crawl more; make cluster takes it")
def test_sources_have_what_one_machine_finds(cluster: Cluster) -> None:
    with_all = Cluster(cluster.root, cluster.queue, cluster.replica)
    with_all.env |= {"ISW_ARCHIVE_WAYBACK": "", "ISW_ARCHIVE_HOST_DELAY_S": "0"}
    with_all.run("alone", "collect", "--report", REPORT)
    sql = "SELECT url, status, last_outcome FROM sources WHERE captures > 0"
    found = set(cluster.rows("data", sql))
    assert found <= set(cluster.rows("alone", sql))
    assert len(found) >= SOME


def test_no_domain_is_asked_faster_than_its_pace(cluster: Cluster) -> None:
    times: dict[str, list[float]] = defaultdict(list)
    for request in cluster.seen:
        if _vouches(request):
            continue
        times[shared_name(request.url)].append(request.at)
    gaps = [(b - a, name) for name, mine in times.items() for a, b in pairwise(sorted(mine))]
    assert gaps
    assert min(gaps)[0] > PACE_S - SLACK_S, min(gaps)


def _vouches(request: Seen) -> bool:
    """A new archive knows no host that answered of late but the publishers'."""
    own = {host for site in SITES for host in site.hosts}
    return request.host in own and request.url.endswith("/robots.txt")


def test_what_was_handed_over_is_taken_in_once(cluster: Cluster) -> None:
    captures = "SELECT count(*) FROM captures"
    before = cluster.rows("data", captures)
    assert "0 files taken in" in cluster.run("data", "index")
    assert cluster.rows("data", captures) == before
    assert json.loads(cluster.run("data", "queue"))["jobs"] == {}
