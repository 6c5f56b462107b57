"""Hosts that make a run wait: no run is held by one, and nothing is recorded of what was not
asked."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fetching import Asked, Server, reply
from tests.replica.citing_report import web_citing
from tests.replica.messages import Handler, Reply, Request, html, not_found, typed
from tests.replica.server import Replica
from tests.replica.sites import Site
from tests.spider_runs import AT, Crawl, command

SLOW, FINE, OEMBED = "slow-replica.net", "fine-replica.net", "publish.twitter.com"
TEXT = "<p>" + "The lock at the lower quay was opened again on Monday. " * 30 + "</p>"
PAGES = tuple(f"https://{SLOW}/{n}" for n in range(3))
GOOD = f"https://{FINE}/page"
POSTS = tuple(f"https://x.com/river_log/status/{n}" for n in range(1001, 1005))


def site(host: str, answer: Handler) -> Site:
    def handler(request: Request) -> Reply:
        return not_found() if request.path == "/robots.txt" else answer(request)

    return Site((host,), handler)


def busy(status: int, *headers: tuple[str, str]) -> Handler:
    return lambda _: html("<h1>Later</h1>", status, headers=headers)


@contextlib.contextmanager
def citing(folder: Path, cited: tuple[str, ...], *sites: Site, wait_s: int = 1) -> Iterator[Crawl]:
    """An archive that holds a report with these citations, and the web that it is in."""
    fine = site(FINE, lambda _: html(TEXT))
    web, report = web_citing(cited, fine, *sites)
    with Replica(at=AT, world=web) as replica:
        env = {"ISW_ARCHIVE_SLOW_HOST_WAIT_S": str(wait_s), "ISW_ARCHIVE_TIMEOUT_S": "3"}
        crawl = Crawl(folder / "data", replica, env)
        crawl.run("reports", urls=(report.url,))
        yield crawl


@pytest.mark.parametrize("status", [429, 503])
def test_one_slow_host_holds_no_run_and_the_rest_is_due_in_the_next(
    tmp_path: Path, status: int
) -> None:
    with citing(tmp_path, (*PAGES, GOOD), site(SLOW, busy(status))) as crawl:
        run = crawl.run("sources")
        assert run.done["reason"] == "finished"
        assert run.done["left"] == {SLOW: 2}
        assert run.captures("source")[GOOD] == "ok"
        assert crawl.rows("SELECT count(*) FROM sources WHERE captures = 0") == [(2,)]
        again = crawl.run("sources")
        assert again.done["left"] == {SLOW: 1}
        assert len(again.captures("source")) == 1


def test_the_run_says_what_it_left(tmp_path: Path) -> None:
    with citing(tmp_path, (*PAGES, GOOD), site(SLOW, busy(503))) as crawl:
        done = command(crawl, "recrawl", *PAGES)
    assert f"2 pages left for the next run: {SLOW} asked us to wait" in done.stderr
    assert done.returncode == 0, done.stderr


class Silent:
    """A server that never answers, but for robots.txt where told so; knows how many waited at
    once.

    Who left is asked of the connections themselves: the thread that waits on one may hear of it
    only after the next request came.
    """

    def __init__(self, *, robots: bool) -> None:
        self.peak = 0
        self._robots = robots
        self._waiting: list[socket.socket] = []
        self._lock = threading.Lock()

    def __call__(self, connection: socket.socket, asked: Asked) -> None:
        if self._robots and asked.path == "/robots.txt":
            return reply(connection, 404)
        with self._lock:
            self._waiting.append(connection)
            self.peak = max(self.peak, sum(_is_there(one) for one in self._waiting))
        with contextlib.suppress(OSError):
            connection.recv(1)  # until the client leaves
        with self._lock:
            self._waiting.remove(connection)
        return None


def _is_there(connection: socket.socket) -> bool:
    """Whether the client of a connection has not closed it."""
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


@pytest.mark.parametrize(("robots", "asked"), [(True, 3), (False, 1)])
def test_a_host_that_never_answers_has_one_request_waiting(
    tmp_path: Path, robots: bool, asked: int
) -> None:
    silent = Silent(robots=robots)
    with Server(silent).running() as server:
        pages = tuple(f"http://127.0.0.1:{server.port}/{n}" for n in range(3))
        with citing(tmp_path, (*pages, GOOD), wait_s=60) as crawl:
            crawl.env |= {"no_proxy": "127.0.0.1", "ISW_ARCHIVE_RETRIES": "0"}
            crawl.env["ISW_ARCHIVE_TIMEOUT_S"] = "1"
            run = crawl.run("sources")
    assert run.done["reason"] == "finished"
    assert len(run.captures("source")) == 4
    assert silent.peak == 1
    assert len([one for one in server.asked if not robots or one.path != "/robots.txt"]) == asked


def limited(seconds: int) -> Handler:
    """Refuses the first post, and shows the others."""
    answered: list[str] = []

    def answer(request: Request) -> Reply:
        answered.append(request.path)
        if len(answered) == 1:
            again = (("Retry-After", str(seconds)),)
            return typed("{}", "application/json", 429, again)
        post = {
            "url": "https://twitter.com/river_log/status/1",
            "author_name": "River log",
            "html": (
                "<blockquote><p>The lock was opened again.</p>&mdash; <a>March 10, "
                "2026</a></blockquote>"
            ),
        }
        return typed(json.dumps(post), "application/json")

    return answer


def test_after_one_429_the_other_posts_wait_and_nothing_is_recorded_of_them(
    tmp_path: Path,
) -> None:
    with citing(tmp_path, (*POSTS, GOOD), site(OEMBED, limited(900))) as crawl:
        run = crawl.run("sources")
        assert run.done["left"] == {OEMBED: 3}
        assert list(run.captures("source").values()).count("rate-limited") == 1
        kept = crawl.rows("SELECT count(*) FROM captures WHERE outcome = 'rate-limited'")
        assert kept == [(1,)]
        assert "rate-limited" not in crawl.run("sources").captures("source").values()
