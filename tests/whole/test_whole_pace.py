"""No host sees more requests than its pace: the real program with a real pace, over a small web
that wrote down when."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator

import pytest

from archive.clock import TEST_CLOCK, offset_to
from crawler.frontier.names import slot_of
from tests.replica.citing_report import web_citing
from tests.replica.messages import Reply, Request, html, redirect, typed
from tests.replica.server import Replica
from tests.replica.sites import Handler, Site, by_path
from tests.spider_runs import AT

PACE_S, REPORT_PACE_S, ASKED_PACE_S, RETRY_AFTER_S = 1.2, 1.5, 2.0, 4
# A request may come late on a busy machine, and the next one on time: then less lies between them.
# Such a delay does not add up; a pace does.
SLACK_S = 0.6
TEXT = "<p>The crane at the upper quay was painted again before the season began.</p>" * 12

ORDINARY, PARTS, SLOW, BUSY, HOPS = (
    "ordinary-replica.net",
    "parts-replica.net",
    "slow-replica.net",
    "busy-replica.net",
    "hops-replica.net",
)
CITED = (
    *(f"https://{ORDINARY}/{n}" for n in range(5)),
    *(f"https://{part}.{PARTS}/{n}" for part in ("news", "www2") for n in range(2)),
    *(f"https://{SLOW}/{n}" for n in range(3)),
    *(f"https://{BUSY}/{n}" for n in range(3)),
    *(f"https://{HOPS}/{n}" for n in range(2)),
)
PACES = {
    ORDINARY: PACE_S,
    PARTS: PACE_S,
    SLOW: ASKED_PACE_S,
    BUSY: PACE_S,
    HOPS: PACE_S,
    "understandingwar.org": REPORT_PACE_S,
}
ENV = {
    "ISW_ARCHIVE_CONTACT": "mailto:operator@isw-archive.example",
    "ISW_ARCHIVE_HOST_DELAY_S": str(PACE_S),
    "ISW_ARCHIVE_REPORT_HOST_DELAY_S": str(REPORT_PACE_S),
    "ISW_ARCHIVE_RETRIES": "1",
    "ISW_ARCHIVE_WORKERS": "1",
    "ISW_ARCHIVE_ALLOW_NETWORKS": "127.0.0.1/32",
    "ISW_ARCHIVE_WAYBACK": "",
    TEST_CLOCK: offset_to(AT),
}


def page(request: Request) -> Reply:
    return html(f"<html><head><title>{request.path}</title></head><body>{TEXT}{request.url}</body>")


def busy(request: Request) -> Reply:
    if request.path == "/0" and request.nth == 0:
        return html("Later.", 429, headers=(("Retry-After", str(RETRY_AFTER_S)),))
    return page(request)


def with_robots(rules: str, handler: Handler) -> Handler:
    return by_path({"/robots.txt": typed(rules, "text/plain")}, handler)


def hops(request: Request) -> Reply:
    return page(request) if request.path.startswith("/new") else redirect(f"/new{request.path}")


@pytest.fixture(scope="module")
def replica(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replica]:
    open_to_all = "User-agent: *\nDisallow:\n"
    web, report = web_citing(
        CITED,
        Site((ORDINARY,), with_robots(open_to_all, page)),
        Site((f"news.{PARTS}", f"www2.{PARTS}"), with_robots(open_to_all, page)),
        Site((SLOW,), with_robots(f"User-agent: *\nCrawl-delay: {ASKED_PACE_S:.0f}\n", page)),
        Site((BUSY,), with_robots(open_to_all, busy)),
        Site((HOPS,), with_robots(open_to_all, hops)),
    )
    data = tmp_path_factory.mktemp("pace") / "data"
    with Replica(at=AT, world=web) as replica:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", "--data", str(data), "collect", "--report",
                report.url],
            env={**replica.env(), **ENV},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        yield replica


def times(replica: Replica, path: str | None = None) -> dict[str, list[float]]:
    """When requests came, by registered domain."""
    found: dict[str, list[float]] = defaultdict(list)
    for seen in replica.requests:
        if path is None or seen.path == path:
            found[slot_of(seen.url)].append(seen.begun_at)
    return {domain: sorted(moments) for domain, moments in found.items()}


def test_every_source_was_asked_for(replica: Replica) -> None:
    assert {seen.url for seen in replica.requests} >= set(CITED)


@pytest.mark.parametrize("domain", PACES)
def test_a_domain_never_sees_more_than_its_pace(replica: Replica, domain: str) -> None:
    came = times(replica)[domain]
    assert len(came) >= 3
    for (i, first), (j, later) in itertools.combinations(enumerate(came), 2):
        assert later - first >= (j - i) * PACES[domain] - SLACK_S, (i, j, came)


def test_a_host_that_names_a_time_is_left_alone_for_it(replica: Replica) -> None:
    came = times(replica)[BUSY]
    refused = times(replica, "/0")[BUSY][0]
    after = [at for at in came if at > refused]
    assert len(after) >= 2
    assert min(after) - refused >= RETRY_AFTER_S - SLACK_S


def test_hosts_that_are_not_named_have_no_more_than_the_usual_pace(replica: Replica) -> None:
    for domain, came in times(replica).items():
        for earlier, later in itertools.pairwise(came):
            assert later - earlier >= PACE_S - SLACK_S, domain


def test_waiting_for_one_host_holds_up_no_other(replica: Replica) -> None:
    """All at their pace in turn would take the sum of the spans; they are asked side by side."""
    spans = [came[-1] - came[0] for domain, came in times(replica).items() if domain in PACES]
    sources = [
        at for d, came in times(replica).items() if d != "understandingwar.org" for at in came
    ]
    assert max(sources) - min(sources) < sum(spans)
