"""The way out of the browser, spoken to without one."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping

import pytest

from archive.model.vocabulary import Outcome
from archive.urls.addresses import Allowed
from crawler.browser import page_traffic
from crawler.browser.page_traffic import PageLimits, PageTraffic
from crawler.browser.proxy import GuardProxy
from tests.fetching import Answer, Asked, Server, pages

ONLY_ONE = Allowed.of(["127.0.0.1"])


async def said(
    request: str,
    *,
    place: str,
    limits: PageLimits | None = None,
    upstream: Mapping[str, str] | None = None,
) -> tuple[bytes, PageTraffic]:
    """All that comes back for one request of a page that asks for something at `place`."""
    async with GuardProxy(ONLY_ONE, upstream or {}) as proxy:
        traffic = proxy.begin(limits or PageLimits())
        traffic.asked(place)
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(request.encode())
        answer = await asyncio.wait_for(reader.read(), 10)
        writer.close()
    return answer, traffic


def get(url: str, *more: str) -> str:
    return "\r\n".join([f"GET {url} HTTP/1.1", "Proxy-Connection: keep-alive", *more, "", ""])


async def test_a_plain_request_is_passed_on_without_what_was_for_the_proxy() -> None:
    with Server(pages({"/x?y": b"found"})).running() as server:
        place = f"127.0.0.1:{server.port}"
        answer, traffic = await said(get(f"http://{place}/x?y"), place=place)
    assert answer.endswith(b"found")
    assert server.asked[0].target == "/x?y"
    assert "proxy-connection" not in server.asked[0].headers
    assert traffic.addresses == {place: "127.0.0.1"}


async def test_a_second_request_on_the_same_connection_is_not_passed_on() -> None:
    with Server(pages({"/": b"found"})).running() as server:
        place = f"127.0.0.1:{server.port}"
        twice = get(f"http://{place}/") + get("http://127.0.0.2/")
        answer, _ = await said(twice, place=place)
    assert b"Connection: close" in answer
    assert server.paths() == ["/"]


async def test_what_is_refused_gets_no_answer_that_could_pass_for_the_sites() -> None:
    with Server(pages({}), host="127.0.0.2").running() as server:
        place = f"127.0.0.2:{server.port}"
        for request in (get(f"http://{place}/"), f"CONNECT {place} HTTP/1.1\r\n\r\n"):
            answer, traffic = await said(request, place=place)
            assert answer == b""
            assert "loopback" in traffic.refused[place]
    assert server.touched == 0


async def test_an_errand_of_the_browser_itself_is_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_traffic, "WORD_S", 0.01)
    with Server(pages({})).running() as server:
        place = f"127.0.0.1:{server.port}"
        answer, traffic = await said(get(f"http://{place}/"), place="another.example:443")
    assert answer == b""
    assert traffic.refused == {}
    assert server.touched == 0


async def test_more_bytes_than_allowed_end_the_page() -> None:
    with Server(pages({"/": b"x" * 300_000})).running() as server:
        place = f"127.0.0.1:{server.port}"
        limits = PageLimits(size=100_000)
        answer, traffic = await said(get(f"http://{place}/"), place=place, limits=limits)
    assert len(answer) <= 100_000
    assert traffic.over == "more than 100,000 bytes"


async def test_after_a_page_is_over_nothing_is_let_through() -> None:
    with Server(pages({"/": b"found"})).running() as server:
        async with GuardProxy(ONLY_ONE, {}) as proxy:
            traffic = proxy.begin(PageLimits())
            traffic.asked(f"127.0.0.1:{server.port}")
            traffic.out_of_time()
            reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
            writer.write(get(f"http://127.0.0.1:{server.port}/").encode())
            assert await reader.read() == b""
            writer.close()
    assert traffic.over == "more than 60 seconds"
    assert server.touched == 0


async def test_more_requests_than_allowed_end_the_page() -> None:
    traffic = PageTraffic(PageLimits(requests=2))
    for _ in range(3):
        traffic.asked("a.example:443")
    assert traffic.closed
    assert traffic.over == "more than 2 requests"


async def test_a_body_goes_along_and_nothing_behind_it() -> None:
    came: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        came.append(await reader.readexactly(4))
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nthanks")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        place = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        head = f"POST http://{place}/ HTTP/1.1\r\nContent-Length: 4\r\n\r\n"
        told, traffic = await said(head + "four and more", place=place)
    assert came == [b"four"]
    assert told.endswith(b"thanks")
    assert traffic.size == 4 + len(b"HTTP/1.1 200 OK\r\n\r\nthanks")


# --- behind the operator's proxy ------------------------------------------------------------------


async def through(answer: Answer, request: str, place: str) -> tuple[bytes, PageTraffic, Server]:
    with Server(answer).running() as server:
        way = f"http://me:secret@127.0.0.1:{server.port}"
        upstream = {"http": way, "https": way}
        came, traffic = await said(request, place=place, upstream=upstream)
    return came, traffic, server


async def test_the_operators_proxy_is_told_where_to_and_who_asks() -> None:
    def answer(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nfrom there")

    tunnel = "CONNECT far.example:443 HTTP/1.1\r\n\r\n"
    came, _, server = await through(answer, tunnel, "far.example:443")
    assert came.endswith(b"\r\n\r\nfrom there")
    assert server.asked[0].method == "CONNECT"
    assert server.asked[0].headers["proxy-authorization"] == "Basic bWU6c2VjcmV0"


async def test_a_local_name_is_not_handed_to_the_operators_proxy() -> None:
    place = "printer.internal:80"
    came, traffic, server = await through(pages({}), get(f"http://{place}/"), place)
    assert came == b""
    assert place in traffic.refused
    assert server.touched == 0


async def test_the_operators_proxys_own_error_is_no_word_of_the_site() -> None:
    came, traffic, server = await through(
        pages({"/": (502, b"no")}), get("http://far.example/"), "far.example:80"
    )
    assert came == b""
    assert server.asked[0].target == "http://far.example/"
    assert [outcome for outcome, _ in traffic.failed] == [Outcome.CONNECTION_FAILURE]
