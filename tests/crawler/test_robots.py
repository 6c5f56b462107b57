"""Nothing is asked for before its robots.txt is known, and what is forbidden is not."""

from __future__ import annotations

import contextlib
import gzip
import os
import threading
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response

from archive.clock import now
from archive.errors import WarcError
from archive.model.fetch import Exchange, HttpMessage
from archive.model.vocabulary import Kind, Outcome
from crawler.download.refusals import AddressRefused, RobotsDisallowed
from crawler.frontier.robots_rules import (
    MAX_AGE_S,
)
from crawler.middlewares import robots
from crawler.middlewares.robots import RobotsMiddleware, authority_of
from tests.fetching import Asked, Server, crawl, pages, reply

PROTEGO = os.environ.get("ISW_ARCHIVE_TEST_PROTEGO")

PAGE = "https://site.example/a/b.html"
CLOSED = b"User-agent: *\nDisallow: /\n"


# --- the middleware, against an engine that answers as told ---------------------------------------


class Engine:
    """Answers `download_async` from a table and counts; a page is 404."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers
        self.asked: list[Request] = []

    async def download_async(self, request: Request) -> Response:
        self.asked.append(request)
        found = self.answers.get(request.url, Response(request.url, status=404))
        if isinstance(found, Exception):
            raise found
        return found


def middleware(**answers: Any) -> tuple[RobotsMiddleware, Engine, list[float]]:
    """The middleware, its engine, and its clock's time in a list of one."""
    time_ = [1000.0]
    engine = Engine({f"https://{host}.example/robots.txt": a for host, a in answers.items()})
    crawler: Any = SimpleNamespace(engine=engine, spider=None)
    return RobotsMiddleware(crawler, clock=lambda: time_[0]), engine, time_


def answer(body: bytes = CLOSED, status: int = 200, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response("https://x.example/robots.txt", status=status, body=body, headers=named)


async def ask(mw: RobotsMiddleware, url: str, **meta: Any) -> Request:
    request = Request(url, meta=meta)
    await mw.process_request(request)
    return request


async def test_a_disallowed_page_ends_with_its_outcome() -> None:
    mw, _, _ = middleware(a=answer())
    with pytest.raises(RobotsDisallowed) as caught:
        await ask(mw, "https://a.example/x")
    assert caught.value.outcome is Outcome.ROBOTS_DISALLOWED
    assert caught.value.evidence["rule"] == "robots"


async def test_robots_txt_is_asked_for_as_a_capture_of_its_own() -> None:
    mw, engine, _ = middleware(a=answer(b""))
    await ask(mw, "https://a.example/x?y#z")
    (request,) = engine.asked
    assert request.url == "https://a.example/robots.txt"
    assert request.meta["isw_target"].kind is Kind.ROBOTS
    await mw.process_request(request)  # and is not held up by itself
    assert len(engine.asked) == 1


async def test_schemes_hosts_and_ports_have_rules_of_their_own() -> None:
    mw, engine, _ = middleware(a=answer())
    for url in ("http://a.example/", "https://a.example:8443/", "https://b.a.example/"):
        await ask(mw, url)
    for url in ("https://a.example/", "https://A.example:443/", "https://u:p@a.example/"):
        with pytest.raises(RobotsDisallowed):
            await ask(mw, url)
    assert len(engine.asked) == 4


def test_an_authority_is_written_in_one_way() -> None:
    assert authority_of("HTTPS://u:p@Site.Example:443/a") == "https://site.example"
    assert authority_of("http://site.example:8080/a") == "http://site.example:8080"
    assert authority_of("http://[2001:db8::1]:80/") == "http://[2001:db8::1]"


async def test_rules_are_asked_for_again_after_a_day() -> None:
    mw, engine, time_ = middleware(a=answer(b""))
    await ask(mw, "https://a.example/1")
    time_[0] += MAX_AGE_S - 1
    await ask(mw, "https://a.example/2")
    assert len(engine.asked) == 1
    time_[0] += 1
    await ask(mw, "https://a.example/3")
    assert len(engine.asked) == 2


async def test_a_shorter_life_is_honoured() -> None:
    mw, engine, time_ = middleware(a=answer(b"", Cache_Control="max-age=3600"))
    await ask(mw, "https://a.example/1")
    time_[0] += 3600
    await ask(mw, "https://a.example/2")
    assert len(engine.asked) == 2


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (CannotResolveHostError("no such name"), Outcome.DNS_FAILURE),
        (DownloadTimeoutError("too long"), Outcome.TIMEOUT),
        (ConnectionResetError("reset"), Outcome.CONNECTION_FAILURE),
        (AddressRefused("at connect", evidence={"at": "connect"}), Outcome.ADDRESS_REFUSED),
    ],
)
async def test_a_host_that_cannot_be_reached_ends_as_the_page_would(
    error: Exception, outcome: Outcome
) -> None:
    mw, engine, _ = middleware(a=error)
    with pytest.raises(RobotsDisallowed) as caught:
        await ask(mw, "https://a.example/x")
    assert caught.value.outcome is outcome
    engine.answers.clear()
    await ask(mw, "https://a.example/x")  # there again


async def test_a_busy_or_broken_server_closes_its_host_for_a_while() -> None:
    mw, engine, time_ = middleware(a=answer(b"", status=503))
    with pytest.raises(RobotsDisallowed) as caught:
        await ask(mw, "https://a.example/x")
    assert caught.value.outcome is Outcome.ROBOTS_DISALLOWED
    assert "503" in str(caught.value)
    time_[0] += robots.UNREACHABLE_AGE_S - 1
    with pytest.raises(RobotsDisallowed):
        await ask(mw, "https://a.example/y")
    assert len(engine.asked) == 1
    time_[0] += robots.UNREACHABLE_AGE_S
    engine.answers.clear()
    await ask(mw, "https://a.example/x")


async def test_a_robots_txt_lost_in_redirects_counts_as_not_there() -> None:
    mw, _, _ = middleware(a=IgnoreRequest("max redirections reached"))
    await ask(mw, "https://a.example/x")


async def test_a_robots_txt_redirected_to_a_forbidden_place_keeps_us_out() -> None:
    mw, _, _ = middleware(a=AddressRefused("10.0.0.1", evidence={"refused": "private"}))
    with pytest.raises(RobotsDisallowed) as caught:
        await ask(mw, "https://a.example/x")
    assert caught.value.outcome is Outcome.ROBOTS_DISALLOWED


async def test_an_archive_that_cannot_be_written_is_not_the_sites_fault() -> None:
    mw, _, _ = middleware(a=WarcError("disk full"))
    with pytest.raises(WarcError):
        await ask(mw, "https://a.example/x")


async def test_apis_are_not_governed_by_robots_txt() -> None:
    mw, engine, _ = middleware(api=answer())
    await ask(mw, "https://api.example/oembed", isw_no_robots=True)
    await ask(mw, "https://api.example/oembed", isw_no_robots="api.example")
    assert engine.asked == []
    with pytest.raises(RobotsDisallowed):  # a redirect to another host is no API call any more
        await ask(mw, "https://api.example/oembed", isw_no_robots="other.example")


async def test_the_delay_travels_with_the_request_and_not_with_a_redirect() -> None:
    mw, _, _ = middleware(a=answer(b"User-agent: *\nCrawl-delay: 7\n"))
    request = await ask(mw, "https://a.example/x")
    assert request.meta["isw_crawl_delay"] == 7.0
    redirected = request.replace(url="https://b.example/")
    await mw.process_request(redirected)
    assert "isw_crawl_delay" not in redirected.meta


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip"])
async def test_packed_rules_are_unpacked_within_their_limit(coding: str) -> None:
    packed = gzip.compress(CLOSED + b"#" * 50_000_000)
    for _ in range(coding.count("gzip") - 1):
        packed = gzip.compress(packed)
    mw, _, _ = middleware(a=answer(packed, Content_Encoding=coding))
    with pytest.raises(RobotsDisallowed):
        await ask(mw, "https://a.example/x")


async def test_rules_in_an_unknown_coding_are_no_rules() -> None:
    packed = bytes(value * value * 7919 % 256 for value in range(1, 300))
    mw, _, _ = middleware(a=answer(packed, Content_Encoding="snappy"))
    await ask(mw, "https://a.example/x")


async def test_rules_that_only_claim_a_coding_are_rules() -> None:
    mw, _, _ = middleware(a=answer(CLOSED, Content_Encoding="snappy"))
    with pytest.raises(RobotsDisallowed):
        await ask(mw, "https://a.example/x")


async def test_no_more_authorities_are_remembered_than_fit() -> None:
    mw, _, _ = middleware()
    for number in range(robots.MAX_REMEMBERED + 20):
        await ask(mw, f"https://h{number}.example/")
    assert len(mw._entries) == robots.MAX_REMEMBERED


# --- what an earlier run kept ---------------------------------------------------------------------


class Kept:
    """Stands for the archive of a crawl: what it holds of each robots.txt, and who asked."""

    def __init__(self, body: bytes = b"", status: int = 200, **more: Any) -> None:
        self.lines: tuple[tuple[str, str], ...] = more.pop("lines", ())
        self.message = HttpMessage(f"HTTP/1.1 {status} Said", self.lines, body)
        self.age_s: float = more.pop("age_s", 60.0)
        self.more = more

    def robots_txt(self, url: str, since: datetime) -> Exchange:
        return Exchange(url, now() - timedelta(seconds=self.age_s), self.message, **self.more)

    async def ask(self, call: Any, *args: Any) -> Any:
        return call(*args)

    @property
    def archive(self) -> Kept:
        return self


def beside(kept: Kept, **answers: Any) -> tuple[RobotsMiddleware, Engine, list[float]]:
    """As `middleware`, in a crawl of an archive that keeps something."""
    mw, engine, time_ = middleware(**answers)
    mw._crawler.spider = SimpleNamespace(context=kept)  # type: ignore[assignment]
    return mw, engine, time_


async def test_rules_that_an_earlier_run_kept_are_not_asked_for_again() -> None:
    rules = b"User-agent: *\nCrawl-delay: 7\nDisallow: /private\n"
    mw, engine, _ = beside(Kept(rules))
    request = await ask(mw, "https://a.example/x")
    assert request.meta["isw_crawl_delay"] == 7.0
    assert engine.asked == []


async def test_a_page_that_kept_rules_forbid_is_asked_about_once_more() -> None:
    mw, engine, _ = beside(Kept(CLOSED), a=answer(b""), b=answer())
    await ask(mw, "https://a.example/x")  # allowed by now
    with pytest.raises(RobotsDisallowed):
        await ask(mw, "https://b.example/x")
    with pytest.raises(RobotsDisallowed):
        await ask(mw, "https://b.example/y")
    assert len(engine.asked) == 2


async def test_kept_rules_last_no_longer_than_others() -> None:
    mw, engine, time_ = beside(Kept(age_s=MAX_AGE_S - 100))
    await ask(mw, "https://a.example/1")
    time_[0] += 90
    await ask(mw, "https://a.example/2")
    assert engine.asked == []
    time_[0] += 20
    await ask(mw, "https://a.example/3")
    assert len(engine.asked) == 1


@pytest.mark.parametrize(
    "kept",
    [
        Kept(status=503),
        Kept(status=429),
        Kept(truncated="disconnect"),
        Kept(age_s=MAX_AGE_S),
        Kept(age_s=-60),
        Kept(age_s=3600, lines=(("Cache-Control", "max-age=3600"),)),
        Kept(age_s=700, lines=(("cache-control", "public"), ("cache-control", "no-cache"))),
    ],
    ids=["broken", "busy", "cut", "old", "of the future", "short-lived", "not to be kept"],
)
async def test_what_may_not_be_used_any_more_is_asked_for(kept: Kept) -> None:
    mw, engine, _ = beside(kept)
    await ask(mw, "https://a.example/x")
    assert len(engine.asked) == 1


async def test_kept_rules_are_unpacked_as_they_were_sent() -> None:
    packed = gzip.compress(b"User-agent: *\nDisallow: /private\n")
    mw, engine, _ = beside(Kept(packed, lines=(("Content-Encoding", "gzip"),)), a=answer())
    await ask(mw, "https://a.example/x")
    assert engine.asked == []
    with pytest.raises(RobotsDisallowed):
        await ask(mw, "https://a.example/private")


# --- the real engine ------------------------------------------------------------------------------


def test_the_first_requests_wait_for_one_robots_txt() -> None:
    def slow_rules(connection: Any, asked: Asked) -> None:
        threading.Event().wait(0.2)  # so that every page could overtake it
        reply(connection, 200, b"User-agent: *\nDisallow: /no\n")

    with Server(
        pages({"/robots.txt": slow_rules, **{f"/yes{n}": b"" for n in range(8)}})
    ).running() as s:
        base = f"http://127.0.0.1:{s.port}"
        urls = [f"{base}/{'no' if n % 2 else 'yes'}{n}" for n in range(8)]
        ended = crawl(urls)
    assert s.paths()[0] == "/robots.txt"
    assert sorted(s.paths()[1:]) == ["/yes0", "/yes2", "/yes4", "/yes6"]
    assert {ended[url].get("outcome") for url in urls[1::2]} == {"robots-disallowed"}


def test_rules_behind_redirects_hold_for_the_host_that_was_asked() -> None:
    hops = {f"/hop{n}": (302, b"", {"Location": f"/hop{n + 1}"}) for n in range(12)}
    table = {
        **hops,
        "/four/robots.txt": b"",
        "/page": b"page",
        "/rules": CLOSED,
        "/hop4": (302, b"", {"Location": "/rules"}),
    }

    def robots_txt(connection: Any, asked: Asked) -> None:
        # After five redirects come rules for near.example, and no end for far.example.
        near = asked.headers["host"].startswith("near")
        reply(connection, 301, b"", Location="/hop1" if near else "/hop5")

    with contextlib.ExitStack() as stack:
        server = stack.enter_context(Server(pages({**table, "/robots.txt": robots_txt})).running())
        near = f"http://near.example:{server.port}/page"
        far = f"http://far.example:{server.port}/page"
        ended = crawl(
            [near, far], names={h: ["127.0.0.1"] for h in ("near.example", "far.example")}
        )
    assert ended[near]["outcome"] == "robots-disallowed"
    assert ended[far]["status"] == 200


def test_rules_that_break_off_are_not_taken_for_the_whole() -> None:
    def broken(connection: Any, asked: Asked) -> None:
        rules = b"User-agent: *\nAllow: /\n"
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + rules)

    def long(connection: Any, asked: Asked) -> None:
        reply(connection, 200, b"User-agent: *\nDisallow: /no\n" + b"# filler\n" * 500_000)

    with contextlib.ExitStack() as stack:
        first = stack.enter_context(Server(pages({"/robots.txt": broken, "/": b""})).running())
        other = stack.enter_context(Server(pages({"/robots.txt": long, "/": b""})).running())
        urls = [
            f"http://127.0.0.1:{s.port}/{p}" for s, p in ((first, ""), (other, ""), (other, "no"))
        ]
        ended = crawl(urls)
    assert ended[urls[0]]["outcome"] == "robots-disallowed"
    assert ended[urls[1]]["status"] == 200
    assert ended[urls[2]]["outcome"] == "robots-disallowed"


def test_each_hop_of_a_redirect_is_asked_for_its_own_rules() -> None:
    with contextlib.ExitStack() as stack:
        closed = stack.enter_context(Server(pages({"/robots.txt": CLOSED, "/": b""})).running())
        away = (302, b"", {"Location": f"http://127.0.0.1:{closed.port}/"})
        first = stack.enter_context(Server(pages({"/": away})).running())
        url = f"http://127.0.0.1:{first.port}/"
        ended = crawl([url])
    assert ended[url]["outcome"] == "robots-disallowed"
    assert closed.paths() == ["/robots.txt"]
