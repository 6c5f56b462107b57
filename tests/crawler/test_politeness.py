"""Pace, Retry-After, back-off and the breaker, on Scrapy's own slots and a clock of ours."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Response
from twisted.internet.defer import Deferred

from archive.config import Settings
from archive.errors import WarcError
from archive.model.vocabulary import Outcome
from crawler.download.refusals import MAX_PAUSE_S, AddressRefused, HostBusy, HostDown
from crawler.frontier.names import slot_of
from crawler.middlewares.politeness import (
    BREAKER_FAILURES,
    BREAKER_S,
    CRAWL_DELAY_CAP_S,
    FIRST_PAUSE_S,
    PolitenessMiddleware,
    retry_after_s,
)
from tests.fetching import Asked, Server, crawl, pages, reply

NOON = datetime(2026, 3, 16, 12, 0, 0, tzinfo=UTC)


class Desk:
    """The middleware at work: slots as Scrapy makes them, and a clock that stands until it is
    moved."""

    def __init__(self, **settings: Any) -> None:
        self.at = 5000.0
        self.slots: dict[str, Slot] = {}
        self.per_slot: dict[str, dict[str, float]] = {}
        downloader = SimpleNamespace(
            slots=self.slots, per_slot_settings=self.per_slot, _get_slot=self._get_slot
        )
        self.told: list[tuple[str, float]] = []
        context = SimpleNamespace(tell_rest=lambda *told: self.told.append(told))
        crawler: Any = SimpleNamespace(
            engine=SimpleNamespace(downloader=downloader), spider=SimpleNamespace(context=context)
        )
        self.middleware = PolitenessMiddleware(
            crawler, Settings(**settings), clock=lambda: self.at, now=lambda: NOON
        )

    def ask(self, url: str, **meta: Any) -> Request:
        request = Request(url, meta=meta)
        self.middleware.process_request(request)
        return request

    def _get_slot(self, request: Request) -> tuple[str, Slot]:
        """As Downloader's."""
        key = request.meta["download_slot"]
        given = self.per_slot[key]
        return key, self.slots.setdefault(key, Slot(2, given["delay"], given["jitter"]))

    def answered(self, request: Request, status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = Response(request.url, status=status, headers=named)
        self.middleware.response_downloaded(response, request)

    def failed(self, request: Request, error: Exception | None = None) -> None:
        self.middleware.process_exception(request, error or ConnectionResetError("reset"))

    def wait_s(self, request: Request) -> float:
        """How long Scrapy would hold the slot's next request (Downloader._process_queue)."""
        slot = self.slots[request.meta["download_slot"]]
        return max(0.0, slot.download_delay() - self.at + slot.lastseen)


# --- whose pace -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "slot"),
    [
        ("https://www.bbc.co.uk/news/1", "bbc.co.uk"),
        ("https://T.me/s/channel", "t.me"),
        ("http://a.b.understandingwar.org:8080/", "understandingwar.org"),
        ("http://127.0.0.1:99/", "127.0.0.1"),
        ("http://[2001:db8::1]/", "2001:db8::1"),
        ("http://localhost/", "localhost"),
        ("http://site.example./", "site.example"),
        ("https://xn--80ak6aa92e.xn--p1ai/", "xn--80ak6aa92e.xn--p1ai"),
        ("http://[broken/", ""),
    ],
)
def test_hosts_of_one_registered_domain_share_a_slot(url: str, slot: str) -> None:
    assert slot_of(url) == slot


@pytest.mark.parametrize(
    ("url", "delay"),
    [
        ("https://t.me/a/1", 2.0),
        ("https://understandingwar.org/research/", 10.0),
        ("https://www.criticalthreats.org/analysis/", 10.0),
    ],
)
def test_the_settings_say_the_least_delay(url: str, delay: float) -> None:
    desk = Desk()
    request = desk.ask(url)
    assert desk.slots[request.meta["download_slot"]].delay == delay
    assert desk.slots[request.meta["download_slot"]].jitter == 0.0


@pytest.mark.parametrize(
    ("asked", "delay"), [(None, 2.0), (1.0, 2.0), (10.0, 10.0), (86400.0, CRAWL_DELAY_CAP_S)]
)
def test_a_crawl_delay_is_obeyed_up_to_its_cap(asked: float | None, delay: float) -> None:
    desk = Desk()
    meta = {} if asked is None else {"isw_crawl_delay": asked}
    assert (
        desk.slots[desk.ask("https://a.example.org/", **meta).meta["download_slot"]].delay == delay
    )


def test_a_slot_that_is_there_is_slowed_down_too_and_stays_so() -> None:
    desk = Desk()
    desk.ask("https://a.example.org/robots.txt")
    desk.ask("https://a.example.org/1", isw_crawl_delay=20.0)
    desk.ask("https://b.example.org/2")
    assert desk.slots["example.org"].delay == 20.0


def test_autothrottle_may_slow_down_and_never_hurries() -> None:
    desk = Desk()
    request = desk.ask("https://a.example.org/1", isw_crawl_delay=5.0)
    desk.slots["example.org"].delay = 2.6  # what AutoThrottle makes of a quick answer
    desk.answered(request)
    assert desk.slots["example.org"].delay == 5.0
    desk.slots["example.org"].delay = 31.0  # and of a slow one
    desk.answered(request)
    assert desk.slots["example.org"].delay == 31.0


# --- Retry-After ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Mon, 16 Mar 2026 12:02:00 GMT", 120.0),
        ("Monday, 16-Mar-26 12:02:00 GMT", 120.0),
        ("Mon Mar 16 12:02:00 2026", 120.0),
        ("Mon, 16 Mar 2026 14:02:00 +0200", 120.0),
        ("Mon, 16 Mar 2026 11:00:00 GMT", 0.0),
        ("99999999999999999999", 999999999.0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("١٢٠", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after_s(value, NOON) == seconds


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_given_the_time_it_asks_for(status: int) -> None:
    desk = Desk()
    request = desk.ask("https://a.example.org/1")
    desk.slots["example.org"].lastseen = desk.at
    desk.answered(request, status, Retry_After="90")
    assert desk.wait_s(request) == pytest.approx(90.0)
    desk.at += 90.0
    assert desk.wait_s(request) == 0.0


def test_what_a_busy_host_asks_is_told_to_all_who_may_ask_it() -> None:
    desk = Desk()
    request = desk.ask("https://a.example.org/1")
    desk.answered(request, 429, Retry_After="4000")
    assert desk.told == [("a.example.org", 4000.0)]


def test_a_date_is_read_by_the_clock_of_the_server_that_gave_it() -> None:
    desk = Desk()
    request = desk.ask("https://a.example.org/1")
    # Its clock is a day behind ours.
    today = {"Date": "Sun, 15 Mar 2026 12:00:00 GMT"}
    desk.answered(request, 429, Retry_After="Sun, 15 Mar 2026 12:01:30 GMT", **today)
    assert desk.wait_s(request) == pytest.approx(90.0)


def test_a_pause_holds_without_any_delay() -> None:
    desk = Desk(host_delay_s=0.0)
    request = desk.ask("https://a.example.org/1")
    desk.answered(request, 429, Retry_After="90")
    assert desk.slots["example.org"].delay > 0  # else Scrapy would not look at the time
    assert desk.wait_s(request) == pytest.approx(90.0)


def test_a_host_that_stays_busy_is_left_alone_for_longer_each_time() -> None:
    desk = Desk()
    request = desk.ask("https://a.example.org/1")
    waits = []
    for _ in range(6):
        desk.answered(request, 429)
        waits.append(desk.wait_s(request))
        desk.at += waits[-1]
    doubled = [min(MAX_PAUSE_S, FIRST_PAUSE_S * 2**n) for n in range(6)]
    assert waits == pytest.approx(doubled)
    desk.answered(request, 200)
    desk.answered(request, 429)
    assert desk.wait_s(request) == pytest.approx(FIRST_PAUSE_S)


@pytest.mark.parametrize("status", [200, 301, 304, 404, 500, 502])
def test_other_answers_make_no_pause(status: int) -> None:
    desk = Desk()
    request = desk.ask("https://a.example.org/1")
    desk.answered(request, status, Retry_After="90")
    assert desk.wait_s(request) == 0.0


def test_a_host_that_asks_for_hours_is_not_asked_again_meanwhile() -> None:
    desk = Desk()
    request = desk.ask("https://a.example.org/1")
    desk.answered(request, 429, Retry_After="3600")
    assert request.meta["dont_retry"] is True
    with pytest.raises(HostBusy) as caught:
        desk.ask("https://a.example.org/2")
    assert caught.value.outcome is Outcome.RATE_LIMITED
    assert caught.value.evidence == {
        "rule": "retry-after",
        "host": "a.example.org",
        "seconds": 3600,
    }
    desk.ask("https://b.example.org/")  # another host of the domain did not say so
    desk.at += 3600
    desk.ask("https://a.example.org/3")


def queued(desk: Desk, url: str) -> list[BaseException]:
    """Put a request into its slot's queue; what it ends with."""
    ended: list[BaseException] = []
    request = desk.ask(url)
    waiting: Deferred[Any] = Deferred()
    waiting.addErrback(lambda failure: ended.append(failure.value))
    desk.slots[request.meta["download_slot"]].queue.append((request, waiting))
    return ended


def test_requests_that_already_wait_for_such_a_host_end_too() -> None:
    desk = Desk()
    request = desk.ask("https://a.example.org/1")
    waiting, beside = (
        queued(desk, "https://a.example.org/2"),
        queued(desk, "https://b.example.org/"),
    )
    desk.answered(request, 503, Retry_After="86400")
    assert [type(error) for error in waiting] == [HostBusy]
    assert beside == []
    assert len(desk.slots["example.org"].queue) == 1


# --- the breaker ----------------------------------------------------------------------------------


def broken(desk: Desk, host: str = "a.example.org") -> None:
    for _ in range(BREAKER_FAILURES):
        desk.failed(desk.ask(f"https://{host}/"))


def test_a_host_that_keeps_failing_is_left_alone() -> None:
    desk = Desk()
    broken(desk)
    with pytest.raises(HostDown) as caught:
        desk.ask("https://a.example.org/4")
    assert caught.value.outcome is Outcome.CONNECTION_FAILURE
    evidence = {"rule": "breaker", "host": "a.example.org", "after": "connection-failure"}
    assert caught.value.evidence == evidence
    desk.ask("https://b.example.org/")


def test_a_name_that_does_not_resolve_is_said_to_for_all_its_urls() -> None:
    desk = Desk()
    for _ in range(BREAKER_FAILURES):
        desk.failed(desk.ask("https://a.example.org/"), CannotResolveHostError("no such name"))
    with pytest.raises(HostDown) as caught:
        desk.ask("https://a.example.org/4")
    assert caught.value.outcome is Outcome.DNS_FAILURE


def test_requests_that_already_wait_for_it_end_too() -> None:
    desk = Desk()
    desk.ask("https://a.example.org/")
    waiting = queued(desk, "https://a.example.org/2")
    broken(desk)
    assert [type(error) for error in waiting] == [HostDown]


def test_an_answer_in_between_starts_the_count_again() -> None:
    desk = Desk()
    for _ in range(BREAKER_FAILURES):
        for _ in range(BREAKER_FAILURES - 1):
            desk.failed(desk.ask("https://a.example.org/"))
        desk.answered(desk.ask("https://a.example.org/"), 404)
    desk.ask("https://a.example.org/")


def test_after_a_while_one_request_finds_out() -> None:
    desk = Desk()
    broken(desk)
    desk.at += BREAKER_S
    probe = desk.ask("https://a.example.org/probe")
    with pytest.raises(HostDown):
        desk.ask("https://a.example.org/other")
    desk.failed(probe)
    desk.at += BREAKER_S - 1
    with pytest.raises(HostDown):
        desk.ask("https://a.example.org/other")
    desk.at += 1
    desk.answered(desk.ask("https://a.example.org/probe"))
    desk.ask("https://a.example.org/other")
    desk.ask("https://a.example.org/another")


@pytest.mark.parametrize(
    "error",
    [AddressRefused("no"), IgnoreRequest("no"), WarcError("disk full"), HostBusy("a.example", 60)],
)
def test_what_is_not_the_hosts_doing_is_not_counted(error: Exception) -> None:
    desk = Desk()
    for _ in range(BREAKER_FAILURES + 1):
        desk.failed(desk.ask("https://a.example.org/"), error)
    desk.ask("https://a.example.org/")


def test_a_host_that_the_proxy_cannot_reach_counts_as_failing() -> None:
    desk = Desk()
    for _ in range(BREAKER_FAILURES):
        request = desk.ask("http://a.example.org/", proxy="http://127.0.0.1:1")
        desk.answered(request, 503, X_Squid_Error="ERR_CONNECT_FAIL 111")
    with pytest.raises(HostDown):
        desk.ask("http://a.example.org/")


def test_a_host_that_only_claims_to_be_a_proxy_does_not() -> None:
    desk = Desk()
    for _ in range(BREAKER_FAILURES):
        desk.answered(desk.ask("http://a.example.org/"), 500, X_Squid_Error="ERR_CONNECT_FAIL 111")
    desk.ask("http://a.example.org/")


# --- the real engine ------------------------------------------------------------------------------


def test_hosts_of_one_domain_never_see_more_than_their_pace() -> None:
    seen: list[float] = []

    def note(connection: Any, asked: Asked) -> None:
        seen.append(time.monotonic())
        reply(connection, 404 if asked.path == "/robots.txt" else 200)

    hosts = ["a.example.org", "b.example.org"]
    with Server(note).running() as server:
        urls = [f"http://{host}:{server.port}/{n}" for n in range(3) for host in hosts]
        ended = crawl(
            urls,
            isw={"host_delay_s": 0.2},
            scrapy={"AUTOTHROTTLE_ENABLED": True, "AUTOTHROTTLE_START_DELAY": 0.0},
            names={host: ["127.0.0.1"] for host in hosts},
        )
    assert len(seen) == len(urls) + len(hosts)
    assert all(ended[url]["meta"]["download_slot"] == "example.org" for url in urls)
    # Only the first one's lateness could shorten this; without a pace it takes no time at all.
    assert seen[-1] - seen[0] >= 0.2 * (len(seen) - 1) / 2


def test_the_delay_of_robots_txt_reaches_the_slot_and_autothrottle_leaves_it() -> None:
    rules = b"User-agent: *\nCrawl-delay: 0.3\n"
    with Server(pages({"/robots.txt": rules, "/1": b"", "/2": b"", "/3": b""})).running() as server:
        urls = [f"http://127.0.0.1:{server.port}/{n}" for n in (1, 2, 3)]
        ended = crawl(urls, scrapy={"AUTOTHROTTLE_ENABLED": True, "AUTOTHROTTLE_START_DELAY": 0.0})
    assert {round(ended[url]["delay"], 3) for url in urls} == {0.3}


def test_the_rest_of_a_dead_hosts_requests_end_at_once() -> None:
    quiet = Server(pages({}))
    with quiet.running():
        port = quiet.port  # nobody listens there any more below
    api = {"isw_no_robots": True}
    urls = [{"url": f"http://127.0.0.1:{port}/{n}", "meta": api} for n in range(6)]
    ended = crawl(list(urls), scrapy={"CONCURRENT_REQUESTS": 1})
    errors = [ended[str(entry["url"])]["error"] for entry in urls]
    assert errors[:3] == ["DownloadConnectionRefusedError"] * 3
    assert errors[3:] == ["HostDown"] * 3
    assert {ended[str(entry["url"])]["outcome"] for entry in urls} == {"connection-failure"}


def test_a_host_that_asks_for_an_hour_ends_its_other_requests_as_rate_limited() -> None:
    busy = (429, b"later", {"Retry_After": "3600"})
    with Server(pages({"/0": busy})).running() as server:
        urls = [f"http://127.0.0.1:{server.port}/{n}" for n in range(4)]
        ended = crawl(urls, scrapy={"CONCURRENT_REQUESTS_PER_DOMAIN": 1})
    assert ended[urls[0]]["status"] == 429
    assert {ended[url]["outcome"] for url in urls[1:]} == {"rate-limited"}
    assert server.paths() == ["/robots.txt", "/0"]
    assert MAX_PAUSE_S < 3600
