"""Checks on a machine with troubles of its own: without a network, or with a wrong clock. No source
pays for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.config import Settings
from archive.db.database import open_readonly
from archive.db.tables import check_rows
from pipeline.decide.checks.plan import down_hosts
from pipeline.run.ingest import Archive
from tests.replica.lives import BEGIN, Life, lives
from tests.replica.lives_web import build, reports
from tests.replica.messages import Handler, Reply, Request
from tests.replica.server import Replica
from tests.replica.sites import Network, Web
from tests.spider_runs import ROOT, Crawl, command

pytestmark = pytest.mark.minutes(2)

SHAPES = ("stays", "soft stays", "post stays", "X stays", "video stays")
TABLES = ("verdicts", "events", "sources")


def some() -> tuple[Life, ...]:
    """Two dozen pages and posts on eleven hosts that stay all year."""
    chosen = [
        life for shape in SHAPES for life in [one for one in lives() if one.shape == shape][:6]
    ]
    return tuple(chosen)


class Armed:
    """Counts answers; from the chosen one on, every host is as good as gone."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.then: Callable[[], None] = lambda: None

    def around(self, handler: Handler) -> Handler:
        def answer(request: Request) -> Reply:
            if self.left is not None:
                self.left -= 1
                if self.left <= 0:
                    self.then()
            return handler(request)

        return answer


@pytest.fixture
def armed() -> Armed:
    return Armed()


ENV = {"ISW_ARCHIVE_TIMEOUT_S": "20", "ISW_ARCHIVE_RETRIES": "0", "ISW_ARCHIVE_WAYBACK": ""}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of five days, with all of them checked once."""
    data = tmp_path_factory.mktemp("trouble") / "data"
    with Replica(at=BEGIN, world=build(some())) as replica:
        crawl = Crawl(data, replica, ENV)
        crawl.move_to(BEGIN)
        crawl.run("reports", urls=tuple(r.url for r in reports(some())), discover=False)
        crawl.run("sources", limit=100)
        crawl.move_to(BEGIN + timedelta(days=5))
        assert len(crawl.run("checks").captures("source")) == len(some())
    return data


@pytest.fixture
def crawl(tmp_path: Path, archive: Path, armed: Armed) -> Iterator[Crawl]:
    shutil.copytree(archive, tmp_path / "data")
    world = Web()
    world.add(*(replace(site, handler=armed.around(site.handler)) for site in build(some()).sites))
    with Replica(at=BEGIN, world=world) as replica:
        yield Crawl(tmp_path / "data", replica, ENV)


def set_network(crawl: Crawl, how: Network | None) -> None:
    for host in crawl.replica.web.hosts:
        crawl.replica.fail_host(host, how)


def held(crawl: Crawl) -> dict[str, list[tuple[object, ...]]]:
    return {name: sorted(crawl.rows(f"SELECT * FROM {name}"), key=str) for name in TABLES}


def check(crawl: Crawl, *words: str) -> subprocess.CompletedProcess[str]:
    return command(crawl, "check", *words)


def down(crawl: Crawl) -> dict[str, tuple[str, str]]:
    db = open_readonly(crawl.data / "archive.db")
    try:
        return down_hosts(check_rows.failing_lately(db, "2026"))
    finally:
        db.close()


@pytest.mark.parametrize("how", ["dns", "refuse", "silent"])
def test_without_a_network_nothing_is_thought_of_anybody(crawl: Crawl, how: Network) -> None:
    before = held(crawl)
    if how == "silent":
        crawl.env["ISW_ARCHIVE_TIMEOUT_S"] = "2"
    for day in (12, 15) if how == "silent" else (12, 15, 19, 23):
        crawl.move_to(BEGIN + timedelta(days=day))
        set_network(crawl, how)
        done = check(crawl)
        assert done.returncode == 1
        assert "no network" in done.stderr
        assert held(crawl) == before
        assert down(crawl) == {}
    crawl.env |= ENV
    set_network(crawl, None)
    crawl.move_to(BEGIN + timedelta(days=24))
    assert check(crawl).returncode == 0
    assert {status for (status,) in crawl.rows("SELECT status FROM sources")} == {"alive"}
    assert crawl.rows("SELECT DISTINCT status FROM verdicts") == [("alive",)]


def test_without_a_network_one_named_source_is_not_suspected_either(crawl: Crawl) -> None:
    before = held(crawl)
    crawl.move_to(BEGIN + timedelta(days=12))
    set_network(crawl, "dns")
    done = check(crawl, "--source", some()[0].url)
    assert (done.returncode, held(crawl)) == (1, before)
    assert "no network" in done.stderr


def test_a_network_lost_on_the_way_stops_the_run_and_keeps_what_was_checked_before(
    crawl: Crawl, armed: Armed
) -> None:
    crawl.move_to(BEGIN + timedelta(days=12))
    armed.left, armed.then = 20, lambda: set_network(crawl, "reset")
    done = check(crawl)
    assert done.returncode == 1
    assert "no network" in done.stderr
    checked = crawl.rows(
        "SELECT outcome FROM captures WHERE kind = 'source' AND captured_at > '2026-04'"
    )
    assert 0 < len(checked) < len(some())
    assert {outcome for (outcome,) in checked} == {"not-modified"} | (
        {outcome for (outcome,) in checked} & {"ok"}
    )
    assert crawl.rows("SELECT DISTINCT status FROM sources") == [("alive",)]


def test_a_host_that_is_gone_is_suspected_where_others_answer(crawl: Crawl) -> None:
    crawl.move_to(BEGIN + timedelta(days=12))
    crawl.replica.fail_host(some()[0].host, "dns")
    assert check(crawl).returncode == 0
    [(status,)] = crawl.rows(f"SELECT status FROM sources WHERE cited_url = '{some()[0].url}'")
    assert status == "suspect"


def test_one_named_source_that_is_gone_is_suspected_while_others_would_answer(crawl: Crawl) -> None:
    crawl.move_to(BEGIN + timedelta(days=12))
    crawl.replica.fail_host(some()[0].host, "dns")
    assert check(crawl, "--source", some()[0].url).returncode == 0
    [(status,)] = crawl.rows(f"SELECT status FROM sources WHERE cited_url = '{some()[0].url}'")
    assert status == "suspect"


@pytest.mark.parametrize("days", [3, 400])
def test_a_clock_set_forward_stops_the_checks_and_changes_no_verdict(
    crawl: Crawl, days: int
) -> None:
    crawl.move_to(BEGIN + timedelta(days=12))
    before = held(crawl)
    at = BEGIN + timedelta(days=12 + days)
    crawl.move_to(at)
    crawl.replica.set_time(BEGIN + timedelta(days=12))
    done = check(crawl)
    assert done.returncode == 1
    assert "days apart" in done.stderr
    after = held(crawl)
    assert [(row[0], row[3]) for row in after["verdicts"] if row[4] != "clock"] == [
        (row[0], row[3]) for row in before["verdicts"]
    ]
    assert after["events"] == before["events"]
    assert {status for (status,) in crawl.rows("SELECT status FROM sources")} == {"alive"}


def test_a_clock_set_right_again_goes_on_where_it_was(crawl: Crawl) -> None:
    crawl.move_to(BEGIN + timedelta(days=412))
    crawl.replica.set_time(BEGIN + timedelta(days=12))
    assert check(crawl).returncode == 1
    crawl.move_to(BEGIN + timedelta(days=14))
    assert check(crawl).returncode == 0
    due = crawl.rows("SELECT max(next_due_at) FROM sources")[0][0]
    assert due < "2026-06"
    seen = crawl.rows(
        "SELECT count(*) FROM captures WHERE captured_at LIKE '2026-04-03%' AND kind = 'source'"
    )
    assert seen[0][0] == len(some())


def test_a_clock_set_back_stops_the_checks_before_anything_is_asked(crawl: Crawl) -> None:
    before, asked = held(crawl), len(crawl.replica.requests)
    crawl.move_to(BEGIN - timedelta(days=2))
    done = check(crawl)
    assert (done.returncode, held(crawl), len(crawl.replica.requests)) == (1, before, asked)
    assert "the clock says" in done.stderr


def test_what_a_clock_set_back_wrote_is_rebuilt_equal(crawl: Crawl) -> None:
    """Its file sorts before the files with the captures that it says are unchanged."""
    [(url,)] = crawl.rows("SELECT min(cited_url) FROM sources WHERE host LIKE '%-paper-lives.com'")
    crawl.move_to(BEGIN - timedelta(hours=1))
    assert command(crawl, "recrawl", url).returncode == 0
    captures = (
        "SELECT captured_at, outcome, content_digest FROM captures WHERE reason LIKE 'recrawl%'"
    )
    [(at, outcome, digest)] = crawl.rows(captures)
    assert (at < f"{BEGIN:%Y-%m-%dT%H}", outcome) == (True, "not-modified")
    before = held(crawl)
    assert command(crawl, "rebuild").returncode == 0
    assert held(crawl) == before
    assert crawl.rows(captures) == [(at, outcome, digest)]


def test_an_archive_without_a_source_has_nothing_to_check(tmp_path: Path) -> None:
    Archive.open(tmp_path / "data", Settings(), run="test").close()
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "--data", str(tmp_path / "data"), "check"],
        cwd=ROOT, env={**os.environ, "ISW_ARCHIVE_WAYBACK": ""}, capture_output=True, text=True,
        check=False, timeout=600,
    )  # fmt: skip
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
