"""The sources of reports: the real engine over the replica's small world."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.replica.server import Replica
from tests.replica.world import SMALL, build_world
from tests.spider_runs import AT, Crawl, Run

REPORT = (
    "https://understandingwar.org/research/russia-ukraine/"
    "russian-offensive-campaign-assessment-march-10-2026/"
)


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    with Replica(at=AT, world=build_world(SMALL)) as replica:
        env = {"ISW_ARCHIVE_TIMEOUT_S": "3", "ISW_ARCHIVE_RETRIES": "0"}
        crawl = Crawl(tmp_path_factory.mktemp("sources") / "data", replica, env)
        crawl.run("reports", urls=(REPORT,))
        crawl.move_to(AT + timedelta(minutes=5))
        yield crawl


@pytest.fixture(scope="module")
def run(crawl: Crawl) -> Run:
    return crawl.run("sources")


def test_every_cited_source_is_captured_once(run: Run, crawl: Crawl) -> None:
    assert run.done["reason"] == "finished"
    rows = crawl.rows("SELECT captures, count(*) FROM sources GROUP BY captures")
    [(captures, sources)] = rows
    assert captures == 1
    assert sources == len(run.captures("source")) >= 20


def test_no_source_is_left_unread_by_an_error_of_ours(run: Run, crawl: Crawl) -> None:
    assert crawl.rows("SELECT message FROM failures WHERE message LIKE '%Error:%'") == []


def test_no_request_goes_to_an_address_that_is_not_public(run: Run, crawl: Crawl) -> None:
    assert crawl.replica.violations == []


def test_no_host_has_more_than_two_requests_at_once(run: Run, crawl: Crawl) -> None:
    hosts = {seen.host for seen in crawl.replica.requests}
    assert max(crawl.replica.peak(host) for host in hosts) <= 2


def test_a_second_run_has_nothing_to_do(run: Run, crawl: Crawl) -> None:
    again = crawl.run("sources")
    assert again.captures("source") == {}
