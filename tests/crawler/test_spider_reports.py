"""Discovery and the daily run: the real engine over the replica's world and worlds in which parts
of it fail."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from archive.config import Settings
from archive.model.fetch import Target
from archive.model.vocabulary import Kind
from crawler.context import CrawlContext
from crawler.frontier.fetch_queue import FetchQueue
from crawler.frontier.frontier import Frontier
from crawler.frontier.names import slot_of
from crawler.spiders.reports import CITED, ReportsSpider
from crawler.spiders.sources import SourcesSpider
from pipeline.run.job import SpiderJob
from pipeline.run.preloads import PAGES, REPORTS
from tests.replica.isw_wp import IswWordPress
from tests.replica.messages import Reply, Request, html, not_found
from tests.replica.reports import Report
from tests.replica.server import Replica
from tests.replica.sites import Site, Web
from tests.replica.wayback import Wayback
from tests.replica.wayback import site as wayback_site
from tests.replica.world import SMALL, build_world, fetch, reports
from tests.spider_runs import AT, Crawl


def isw_reports() -> list[Report]:
    return [r for r in reports(SMALL) if r.site == "isw"]


def isw_web(change: Callable[[Request, Reply], Reply] | None = None, *others: Site) -> Web:
    """ISW alone, its answers changed by `change`; CTP does not exist."""
    handler = IswWordPress(tuple(isw_reports()))

    def changed(request: Request) -> Reply:
        reply = handler(request)
        return change(request, reply) if change else reply

    web = Web()
    web.add(Site(("understandingwar.org",), changed), *others)
    return web


def visible(at: datetime = AT) -> set[str]:
    return {report.url for report in isw_reports() if report.at(at)}


def without(*paths: str) -> Callable[[Request, Reply], Reply]:
    return lambda request, reply: not_found() if request.bare_path in paths else reply


def test_a_run_takes_so_many_old_reports_that_are_cited_and_names_the_rest() -> None:
    spider = ReportsSpider()
    spider.queue = FetchQueue(Frontier(slot_of, 1), 1)
    spider.context = cast(
        "CrawlContext", SimpleNamespace(settings=Settings(cited_reports_per_run=2))
    )
    old = [Target(f"https://understandingwar.org/research/x/{n}/", Kind.REPORT,
        CITED) for n in range(5)]  # fmt: skip
    assert spider._add_cited(old[:1]) == 1
    # those of before are asked for, and count for the run
    assert spider._add_cited(old) == 1
    assert spider.cited_left == [target.url for target in old[2:]]


def test_workers_load_the_extraction_libraries_only_where_cited_pages_may_come() -> None:
    report = "https://understandingwar.org/research/middle-east/iran-update-march-16-2026/"
    named = [(), (report,), (report, "https://a.example/")]
    jobs = [SpiderJob("data", "run", urls=urls) for urls in named]
    assert [ReportsSpider.preload(job) for job in jobs] == [REPORTS, REPORTS, PAGES]
    assert SourcesSpider.preload(jobs[0]) == PAGES


def test_a_run_captures_every_report_that_is_there(tmp_path: Path) -> None:
    with Replica(at=AT, world=build_world(SMALL)) as replica:
        run = Crawl(tmp_path / "data", replica).run("reports", since="2026-03-01")
        held = run.captures("report")
        assert replica.violations == []
    assert visible() <= held.keys()
    assert {held[url] for url in visible()} == {"ok"}
    assert ("isw", "sitemap", True) in run.steps()
    assert ("ctp", "listing", True) in run.steps()


def test_a_second_run_asks_only_for_what_changed(tmp_path: Path) -> None:
    with Replica(at=AT, world=isw_web()) as replica:
        crawl = Crawl(tmp_path / "data", replica)
        crawl.run("reports")
        before = len(replica.requests)
        run = crawl.run("reports")
        asked = {
            seen.path for seen in replica.requests[before:] if seen.host == "understandingwar.org"
        }
    assert run.captures("report") == {}
    assert asked == {"/sitemap_index.xml"}


def test_a_report_that_was_corrected_is_captured_again(tmp_path: Path) -> None:
    corrected = next(r for r in isw_reports() if len(r.states) > 1)
    first, second = (state.since for state in corrected.states[:2])
    with Replica(at=AT, world=isw_web()) as replica:
        crawl = Crawl(tmp_path / "data", replica)
        crawl.move_to(first + timedelta(minutes=1))
        crawl.run("reports")
        crawl.move_to(second + timedelta(minutes=1))
        crawl.run("reports")
    [(captures, versions)] = crawl.rows(
        "SELECT p.captures, (SELECT count(*) FROM versions v WHERE v.publication_id = p.id) "
        f"FROM publications p WHERE p.url = '{corrected.url}'"
    )
    assert (captures, versions) == (2, 2)


def test_without_a_sitemap_the_lists_are_asked(tmp_path: Path) -> None:
    with Replica(at=AT, world=isw_web(without("/sitemap_index.xml"))) as replica:
        crawl = Crawl(tmp_path / "data", replica)
        run = crawl.run("reports")
    steps = [(step, ok) for site, step, ok in run.steps() if site == "isw"]
    assert steps == [("sitemap", False), ("listing", True), ("feed", False)]
    assert set(run.captures("report")) == visible()
    health = crawl.rows(
        "SELECT step, ok, found > 0 FROM discovery_steps WHERE site = 'isw' ORDER BY step"
    )
    assert health == [("feed", 0, 0), ("listing", 1, 1), ("sitemap", 0, 0)]


FEED = "/feed/?post_type=post"


def feed_of(found: Report) -> bytes:
    item = f"<item><link>{found.url}</link><title>{found.series_name}</title></item>"
    return f"<rss><channel>{item}</channel></rss>".encode()


def test_a_feed_is_looked_at_beside_a_sitemap_that_lags(tmp_path: Path) -> None:
    newest = max((r for r in isw_reports() if r.at(AT)), key=lambda r: r.date)

    def lagging(request: Request, reply: Reply) -> Reply:
        if request.path == FEED:
            return Reply(200, (("Content-Type", "application/rss+xml"),), feed_of(newest))
        if "sitemap" in request.path:
            return replace(
                reply, body=reply.body.replace(newest.url.encode(), b"https://a.example/")
            )
        return reply

    with Replica(at=AT, world=isw_web(lagging)) as replica:
        run = Crawl(tmp_path / "data", replica).run("reports", since="2026-03-01")
    assert ("isw", "sitemap", True) in run.steps()
    assert ("isw", "feed", True) in run.steps()
    assert run.captures("report")[newest.url] == "ok"


def test_lists_are_read_where_older_reports_are_wanted_than_the_sitemap_names(
    tmp_path: Path,
) -> None:
    def steps(since: str) -> list[str]:
        with Replica(at=AT, world=isw_web()) as replica:
            run = Crawl(tmp_path / since, replica).run("reports", since=since, until="2022-03-01")
        return [step for site, step, _ in run.steps() if site == "isw"]

    assert "drupal-listing" in steps("2022-02-24")
    assert steps("2026-03-18") == ["sitemap", "feed"]


def test_without_any_list_addresses_are_made_of_days(tmp_path: Path) -> None:
    gone = without("/sitemap_index.xml", "/research/", "/feed/", "/publications", "/")
    with Replica(at=AT, world=isw_web(gone)) as replica:
        run = Crawl(tmp_path / "data", replica).run(
            "reports",
            since="2026-03-19",
            until="2026-03-19",
            series="russian-offensive-campaign-assessment",
        )
    steps = [(step, ok) for site, step, ok in run.steps() if site == "isw"]
    assert steps[-1] == ("pattern", True)
    [found] = [url for url, outcome in run.captures("report").items() if outcome == "ok"]
    assert found.endswith("/russian-offensive-campaign-assessment-march-19-2026/")


def test_when_the_site_refuses_a_wayback_is_asked(tmp_path: Path) -> None:
    web = isw_web()
    there = [url for url in sorted(visible()) if not url.endswith("_15-3/")]
    archive = Wayback(there, (AT - timedelta(hours=1),), lambda url, at: fetch(web, url, at))
    refused = isw_web(
        lambda request, _: html("<title>Forbidden</title>", 403), wayback_site(archive)
    )
    with Replica(at=AT, world=refused) as replica:
        crawl = Crawl(tmp_path / "data", replica)
        run = crawl.run("reports", since="2026-03-01")
    steps = [(step, ok) for site, step, ok in run.steps() if site == "isw"]
    assert steps[-1] == ("wayback", True)
    rows = crawl.rows(
        "SELECT url, outcome, memento_at FROM captures WHERE via = 'wayback' ORDER BY url"
    )
    assert rows == [(url, "ok", "2026-03-20T11:00:00Z") for url in there]
    held = crawl.rows("SELECT url FROM publications WHERE captures > 0 ORDER BY url")
    assert held == [(url,) for url in there]


def test_no_network_is_said_once(tmp_path: Path) -> None:
    with Replica(at=AT, world=Web()) as replica:
        run = Crawl(tmp_path / "data", replica).run("reports")
    assert run.done["network"] is False
    assert run.log.count("no network") == 1


def test_one_site_down_is_no_dead_network(tmp_path: Path) -> None:
    with Replica(at=AT, world=isw_web()) as replica:
        run = Crawl(tmp_path / "data", replica).run("reports")
    assert run.done["network"] is True
    assert ("ctp", "listing", False) in run.steps()


def test_only_the_series_asked_for_is_captured(tmp_path: Path) -> None:
    with Replica(at=AT, world=isw_web()) as replica:
        run = Crawl(tmp_path / "data", replica).run("reports", series="iran-update")
    assert run.captures("report")
    assert [url for url in run.captures("report") if "/iran-" not in url] == []


def test_a_named_report_is_captured_without_discovery(tmp_path: Path) -> None:
    url = min(visible())
    with Replica(at=AT, world=isw_web()) as replica:
        run = Crawl(tmp_path / "data", replica).run("reports", urls=(url,))
    assert run.captures("report") == {url: "ok"}
    assert run.captures(Kind.DISCOVERY) == {}


def test_a_killed_run_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with Replica(at=AT, world=isw_web()) as replica:
        crawl = Crawl(tmp_path / "data", replica)
        with crawl.start("reports") as process:
            assert process.stdout is not None
            lines = iter(process.stdout.readline, "")
            assert any('"kind": "report"' in line for line in lines)
            os.kill(process.pid, signal.SIGKILL)
            process.stdout.read()
            assert process.stderr is not None
            process.stderr.read()
        crawl.recover()
        run = crawl.run("reports")
    assert run.done["reason"] == "finished"
    finals = [r for r in crawl.records() if r.context is not None and r.context.final]
    rows = crawl.rows("SELECT id, record_id FROM captures")
    assert sorted((r.context.capture_id, r.record_id) for r in finals if r.context) == sorted(rows)
    captured = crawl.rows("SELECT url, count(*) FROM captures WHERE kind = 'report' GROUP BY url")
    assert dict(captured) == dict.fromkeys(visible(), 1)


def test_a_run_that_is_told_to_stop_ends_in_good_order(tmp_path: Path) -> None:
    with Replica(at=AT, world=isw_web()) as replica:
        crawl = Crawl(tmp_path / "data", replica, {"ISW_ARCHIVE_REPORT_HOST_DELAY_S": "600"})
        with crawl.start("reports") as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.terminate()
            out, _ = process.communicate(timeout=30)
    assert '"event": "done"' in out.splitlines()[-1]
    assert '"reason": "shutdown"' in out.splitlines()[-1]


def test_a_run_ends_at_once_when_its_parent_is_killed(tmp_path: Path) -> None:
    parent = "import subprocess, sys; subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE).wait()"
    with Replica(at=AT, world=isw_web()) as replica:
        crawl = Crawl(tmp_path / "data", replica, {"ISW_ARCHIVE_REPORT_HOST_DELAY_S": "600"})
        with crawl.start(
            "reports", before=(sys.executable, "-c", parent), entry="crawler"
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.kill()
            out, _ = process.communicate(timeout=30)  # ends when the spider, too, is gone
    assert '"event": "done"' not in out
