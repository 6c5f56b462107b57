"""robots.txt per RFC 9309: what an answer means, and that nothing is asked for before it is
known."""

from __future__ import annotations

import contextlib
import gzip
import os
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from protego import Protego
from scrapy import Request
from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response

from archive.errors import WarcError
from archive.model.vocabulary import Kind, Outcome
from crawler.download.refusals import AddressRefused, RobotsDisallowed
from crawler.frontier.robots_rules import (
    MAX_AGE_S,
    MAX_BYTES,
    MIN_AGE_S,
    age_s,
    parse,
    rules_from,
)
from crawler.middlewares import robots
from crawler.middlewares.robots import RobotsMiddleware, authority_of
from tests.fetching import Asked, Server, crawl, pages, reply

PROTEGO = os.environ.get("ISW_ARCHIVE_TEST_PROTEGO")

PAGE = "https://site.example/a/b.html"
CLOSED = b"User-agent: *\nDisallow: /\n"


# --- what an answer means -------------------------------------------------------------------------


@pytest.mark.parametrize("status", [200, 203, 206, 299])
def test_a_good_answer_is_rules(status: int) -> None:
    assert not rules_from(status, CLOSED).allows(PAGE)


@pytest.mark.parametrize("status", [300, 304, 400, 401, 403, 404, 405, 410, 418, 451, 499])
def test_no_robots_txt_means_all_is_allowed_whatever_the_page_says(status: int) -> None:
    assert rules_from(status, CLOSED).allows(PAGE)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 520, 599, 100, 999])
def test_a_server_that_cannot_answer_closes_its_host(status: int) -> None:
    rules = rules_from(status, b"User-agent: *\nAllow: /\n")
    assert rules.closed
    assert not rules.allows(PAGE)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!DOCTYPE html><html><body>User-agent: *\nDisallow: /\n</body>",
        b"\xef\xbb\xbf \n<html>\nUser-agent: *\nDisallow: /\n</html>",
        b"<!-- a --> <!-- b -->\n<HTML>\nUser-agent: *\nDisallow: /",
        b"<?xml version='1.0'?>\nUser-agent: *\nDisallow: /",
        b"<!-- never closed\nUser-agent: *\nDisallow: /",
        b"\x89PNG\r\n\x1a\n\0\0User-agent: *\nDisallow: /",
        b"\x1f\x8b\x08\0\nUser-agent: *\nDisallow: /",
        "Nur Text, keine Regeln: nichts.".encode("utf-16-le"),
    ],
)
def test_what_is_no_robots_txt_is_not_obeyed_as_one(body: bytes) -> None:
    assert rules_from(200, body).allows(PAGE)


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf" + CLOSED,
        b"\xff\xfe" + CLOSED.decode().encode("utf-16-le"),
        b"\xfe\xff" + CLOSED.decode().encode("utf-16-be"),
        CLOSED.replace(b"\n", b"\r"),
        CLOSED.replace(b"\n", b"\r\n"),
        b"<!-- a comment of HTML -->\n" + CLOSED,
        b"caf\xe9: not utf-8\n" + CLOSED,
        b"\n\n# comment\n" + CLOSED,
    ],
)
def test_good_rules_are_read_however_they_are_written(body: bytes) -> None:
    assert not rules_from(200, body).allows(PAGE)


def names(agent: str) -> bytes:
    return f"User-agent: *\nAllow: /\n\nUser-agent: {agent}\nDisallow: /\n".encode()


@pytest.mark.parametrize(
    "agent", ["isw-archive", "ISW-Archive", "isw-archive/1.0", "isw-archive # us"]
)
def test_a_group_for_our_name_is_ours(agent: str) -> None:
    assert not rules_from(200, names(agent)).allows(PAGE)


@pytest.mark.parametrize(
    "agent", ["isw", "archive", "isw-archiver", "w-a", "GPTBot", "isw*", "another"]
)
def test_a_group_for_another_name_is_not_ours(agent: str) -> None:
    assert rules_from(200, names(agent)).allows(PAGE)


def test_our_group_stands_instead_of_the_one_for_all() -> None:
    rules = parse("User-agent: *\nDisallow: /\n\nUser-agent: isw-archive\nDisallow: /private\n")
    assert rules.allows(PAGE)
    assert not rules.allows("https://site.example/private/x")


def test_groups_share_rules_with_the_agents_named_before_them() -> None:
    rules = parse("User-agent: a\nUser-agent: isw-archive\nUser-agent: b\nDisallow: /x\n")
    assert not rules.allows("https://site.example/x")


def test_the_longest_match_wins_and_allow_wins_a_tie() -> None:
    rules = parse("User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /c\nAllow: /c\n")
    assert not rules.allows("https://site.example/a")
    assert rules.allows(PAGE)
    assert rules.allows("https://site.example/c")


def test_only_the_first_500_kib_are_read_and_no_half_line() -> None:
    filler = b"# filler\n" * (MAX_BYTES // 9 + 1)
    assert rules_from(200, filler + CLOSED).allows(PAGE)
    room = MAX_BYTES - len(b"User-agent: *\n") - len(b"Disallow: /a")
    cut = b"User-agent: *\n" + b"#" * (room - 1) + b"\nDisallow: /a/very/special/place\n"
    assert rules_from(200, cut).allows(PAGE)


def test_a_crowd_of_agents_costs_no_more_than_its_lines() -> None:
    crowd = "".join(f"User-agent: bot{n}\n" for n in range(5000))
    rules = parse(crowd + "User-agent: *\n" + "".join(f"Disallow: /{n}\n" for n in range(5000)))
    assert not rules.allows("https://site.example/4999")
    # Three groups whatever the crowd: ours or all, and one for everybody else.
    assert len(rules.parsed._user_agents) == 2  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("lines", "delay"),
    [
        ("Crawl-delay: 10", 10.0),
        ("crawl-delay: 0.5", 0.5),
        ("Request-rate: 1/5", 5.0),
        ("Crawl-delay: 2\nRequest-rate: 1/1m", 60.0),
        ("Crawl-delay: soon", None),
        ("Crawl-delay: -3", None),
        ("Crawl-delay: 0", None),
        ("Crawl-delay: inf", None),
        ("Crawl-delay: nan", None),
        ("Disallow:", None),
    ],
)
def test_the_delay_asked_for_is_read(lines: str, delay: float | None) -> None:
    assert parse(f"User-agent: *\n{lines}\n").crawl_delay_s == delay


@pytest.mark.parametrize(
    ("header", "age"),
    [
        (None, MAX_AGE_S),
        ("public", MAX_AGE_S),
        ("max-age=3600", 3600.0),
        ("public, max-age = 7200, s-maxage=3600", 3600.0),
        ('max-age="3600"', 3600.0),
        ("max-age=999999999", MAX_AGE_S),
        ("max-age=0", MIN_AGE_S),
        ("no-store", MIN_AGE_S),
        ("private, no-cache", MIN_AGE_S),
        ("max-age=never", MAX_AGE_S),
    ],
)
def test_an_answer_is_kept_for_a_day_at_most(header: str | None, age: float) -> None:
    assert age_s(header) == age


@pytest.mark.skipif(not PROTEGO, reason="ISW_ARCHIVE_TEST_PROTEGO names no checkout")
def test_the_files_that_protego_collected_are_read_as_protego_does() -> None:
    files = sorted((Path(PROTEGO or "") / "tests" / "test_data").iterdir())
    assert len(files) > 4000
    different = []
    for file in files:
        body = file.read_bytes()
        ours = rules_from(200, body)
        theirs = Protego.parse(body.decode("utf-8-sig", "replace"))
        for path in ("/", "/news/1.html", "/search?q=x", "/wp-admin/", "/a/b/c.pdf"):
            url = f"https://{file.name}{path}"
            if ours.allows(url) != theirs.can_fetch(url, "isw-archive"):
                different.append(url)
    assert different == []


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
    crawler: Any = SimpleNamespace(engine=engine)
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
