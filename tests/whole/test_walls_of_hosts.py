"""Weeks of checks at hosts that show everybody the same: no false death, no false removal, no edit
that was none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.replica.lives import BEGIN
from tests.replica.lives_web import report_of
from tests.replica.server import Replica
from tests.replica.walled import CUT, HOSTS, PRIVATE, TELEGRAM, Walled, build, cited
from tests.spider_runs import Crawl

pytestmark = pytest.mark.minutes(3)

DAYS = (7, 10, 14, 19, 27, 36)
ENV = {"ISW_ARCHIVE_TIMEOUT_S": "20", "ISW_ARCHIVE_RETRIES": "0", "ISW_ARCHIVE_WAYBACK": ""}


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    with Replica(at=BEGIN, world=build()) as replica:
        crawl = Crawl(tmp_path_factory.mktemp("walled") / "data", replica, ENV)
        crawl.move_to(BEGIN)
        crawl.run("reports", urls=(report_of(0, list(cited())).url,), discover=False)
        crawl.run("sources", limit=100)
        for day in DAYS:
            crawl.move_to(BEGIN + timedelta(days=day))
            crawl.run("checks", all_due=True)
        yield crawl


def said_of(crawl: Crawl, url: str) -> tuple[str, set[str]]:
    """Its status now, and all that it ever had."""
    [(number, status)] = crawl.rows(f"SELECT id, status FROM sources WHERE cited_url = '{url}'")
    ever = crawl.rows(f"SELECT DISTINCT status FROM verdicts WHERE source_id = {number}")
    return status, {one for (one,) in ever}


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_a_host_that_shows_everybody_the_same_says_nothing_of_one_page(
    crawl: Crawl, host: Walled
) -> None:
    found = [said_of(crawl, url) for url in host.urls]
    assert [status for status, _ in found] == list(host.truth)
    for (_, ever), truth in zip(found, host.truth, strict=True):
        assert "drifted" not in ever
        assert truth == "dead" or not {"dead", "suspect"} & ever


def test_nothing_happened_but_what_did(crawl: Crawl) -> None:
    told = crawl.rows("SELECT kind, subject FROM events WHERE source_id IS NOT NULL ORDER BY 1, 2")
    assert [kind for kind, _ in told] == ["died", "died", "removed"]
    assert all("gone" in subject for kind, subject in told if kind == "died")


def test_a_platform_in_words_that_no_sign_knows_has_removed_nothing(crawl: Crawl) -> None:
    private, unknown, gone = (said_of(crawl, url)[0] for url in TELEGRAM)
    assert (private, unknown, gone) == ("blocked", "blocked", "dead")
    rows = crawl.rows("SELECT DISTINCT evidence FROM captures WHERE outcome = 'forbidden'")
    assert any("Zorb marl tessel" in evidence for (evidence,) in rows)


def test_private_addresses_are_login_walls_that_nobody_asks(crawl: Crawl) -> None:
    for url in PRIVATE:
        found = crawl.rows(f"SELECT DISTINCT outcome FROM captures WHERE url = '{url}'")
        assert found == [("login-wall",)]
    asked = [request.url for request in crawl.replica.requests if "t.me/c/" in request.url]
    assert asked == []


def test_a_cut_address_is_printed_and_no_source(crawl: Crawl) -> None:
    [(source,)] = crawl.rows("SELECT source_id FROM citations WHERE url LIKE '%7009-the-long%'")
    assert source is None
    assert not any("7009" in request.url for request in crawl.replica.requests)
    assert CUT.endswith("…")


def test_rebuilt_the_verdicts_are_the_same(crawl: Crawl) -> None:
    from tests.spider_runs import command

    sql = "SELECT source_id, capture_id, status, rule, drift, evidence FROM verdicts ORDER BY 1, 2"
    before = crawl.rows(sql)
    assert command(crawl, "rebuild").returncode == 0
    assert crawl.rows(sql) == before
