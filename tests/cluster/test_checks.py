"""Checks carried out by workers lead to the verdicts that one machine comes to (`make cluster`)."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator

import pytest

from archive.clock import TEST_CLOCK, offset_to
from archive.urls.normal import host
from tests.cluster.postgres import Server
from tests.cluster.running import Cluster
from tests.crash.world import AT, COUNTING, LATER
from tests.replica import living
from tests.replica.citing_report import web_citing
from tests.replica.server import Replica

pytestmark = [
    pytest.mark.minutes(6),
    pytest.mark.skipif(
        os.environ.get("ISW_ARCHIVE_TEST_CLUSTER") != "whole",
        reason="two whole rounds of checks; make cluster takes them",
    ),
]

VERDICTS = "SELECT url, status, last_outcome, drift FROM sources ORDER BY url"
PROBED = "SELECT url FROM captures WHERE kind = 'probe'"
ROUNDS = 12


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, postgres: Server) -> Iterator[Cluster]:
    """Two archives of one past, eight days later: one checked by itself, one by workers."""
    urls = [fact.url for fact in living.facts() if not fact.url.startswith(COUNTING)]
    world, report = web_citing(urls, *living.sites())
    with Replica(at=AT, world=world) as replica:
        made = Cluster(tmp_path_factory.mktemp("checks"), postgres.database(), replica, pace_s=0.05)
        made.env |= {"ISW_ARCHIVE_WAYBACK": "", "ISW_ARCHIVE_TIMEOUT_S": "30"}
        alone = {"ISW_ARCHIVE_QUEUE": ""}
        made.start("alone", "collect", "--report", report.url, **alone).communicate()
        shutil.copytree(made.root / "alone", made.root / "data")
        replica.set_time(LATER)
        made.env[TEST_CLOCK] = offset_to(LATER)
        made.start("alone", "check", **alone).communicate()
        for _ in range(ROUNDS):
            planned = json.loads(made.run("data", "plan", "--json"))
            made.run("worker", "work", "--drain", "--at-once", "3")
            made.run("data", "index")
            if not planned["targets"]:
                break
        yield made


def test_verdicts_are_those_of_one_machine(cluster: Cluster) -> None:
    mine, alone = cluster.rows("data", VERDICTS), cluster.rows("alone", VERDICTS)
    assert len(mine) > 10
    assert dict.fromkeys(mine) == dict.fromkeys(alone)


def test_the_same_hosts_are_asked_beside(cluster: Cluster) -> None:
    mine, alone = probed(cluster, "data"), probed(cluster, "alone")
    assert alone
    assert mine == alone


def probed(cluster: Cluster, folder: str) -> Counter[str]:
    """How many addresses that nobody cites each host was asked for."""
    return Counter(host(url) for (url,) in cluster.rows(folder, PROBED))


def test_nothing_is_left_to_be_checked(cluster: Cluster) -> None:
    assert json.loads(cluster.run("data", "plan", "--json"))["targets"] == 0
