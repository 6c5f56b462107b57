"""A day's budget of bytes: what is over is not asked for, stays due, and is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive.db.database import open_readonly
from archive.db.tables.metric_rows import bytes_by_url
from crawler.frontier.names import slot_of
from tests.replica.server import Replica
from tests.replica.world import SMALL, build_world
from tests.spider_runs import AT, Crawl

REPORT = (
    "https://understandingwar.org/research/russia-ukraine/"
    "russian-offensive-campaign-assessment-march-10-2026/"
)


pytestmark = pytest.mark.minutes(1)


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Crawl]:
    with Replica(at=AT, world=build_world(SMALL)) as replica:
        env = {
            "ISW_ARCHIVE_TIMEOUT_S": "3",
            "ISW_ARCHIVE_RETRIES": "0",
            "ISW_ARCHIVE_CONCURRENCY": "1",
        }
        yield Crawl(tmp_path / "data", replica, env)


def test_what_is_over_the_days_budget_is_left_and_named_and_stays_due(crawl: Crawl) -> None:
    crawl.run("reports", urls=(REPORT,))
    [(spent,)] = crawl.rows("SELECT sum(warc_length) FROM captures")
    crawl.env["ISW_ARCHIVE_MAX_BYTES_PER_DAY"] = str(spent + 5_000)
    some = crawl.run("sources")
    assert "max_bytes_per_day" in some.done["error"]
    assert "are due tomorrow" in some.done["error"]
    kept = crawl.rows("SELECT count(*) FROM captures WHERE kind = 'source'")[0][0]
    due = "SELECT count(*) FROM sources WHERE captures = 0 AND next_due_at IS NOT NULL"
    assert kept < crawl.rows(due)[0][0]
    assert crawl.rows("SELECT count(*) FROM warc_files WHERE NOT closed") == [(0,)]
    # on the same day nothing more is asked
    before = len(crawl.replica.requests)
    crawl.run("sources")
    assert len(crawl.replica.requests) == before
    # the next day has a budget of its own
    db = open_readonly(crawl.data / "archive.db")
    today = sum(size for _, size in bytes_by_url(db, AT))
    assert today == crawl.rows("SELECT sum(warc_length) FROM captures")[0][0]
    assert bytes_by_url(db, AT + timedelta(days=1)) == []
    db.close()


def test_what_is_over_a_hosts_budget_waits_and_the_others_go_on(crawl: Crawl) -> None:
    """Of each domain at most what is under way is had, and all stays due."""
    crawl.run("reports", urls=(REPORT,))
    crawl.env["ISW_ARCHIVE_MAX_BYTES_PER_HOST_PER_DAY"] = "1"
    some = crawl.run("sources")
    assert some.done["error"] is None
    [left] = [event for event in some.events if event["event"] == "over-budget"]
    had = {slot_of(url) for url in some.captures("source")}
    assert had
    assert slot_of(left["first"]) in left["left"]
    due = crawl.rows("SELECT count(*) FROM sources WHERE captures = 0 AND next_due_at IS NOT NULL")
    assert 0 < due[0][0] <= sum(left["left"].values())
    # what a person names is had all the same
    named = crawl.run("reports", urls=(left["first"],), discover=False, reason="recrawl: test")
    assert left["first"] in named.captures("source")
