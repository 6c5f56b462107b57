"""What a server may do to us: drips, floods, endless bodies. Each ends within its limits, and the
run goes on."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import re
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.fetching import Asked, Server, crawl, pages

TIMEOUT_S = 1.5
MAX_BYTES, LARGE = 100_000, 2_000_000
HELD = threading.Event()  # set when the test is over: what stalls until then would stall for good
HEAD = b"HTTP/1.1 200 OK\r\n"


def drip(connection: socket.socket, _: Asked) -> None:
    connection.sendall(HEAD + b"Content-Length: 100000\r\n\r\n")
    while not HELD.wait(0.05):
        connection.sendall(b"x")


def stall(head: bytes) -> Any:
    def answer(connection: socket.socket, _: Asked) -> None:
        connection.sendall(head)
        HELD.wait(30)

    return answer


def broken(connection: socket.socket, _: Asked) -> None:
    connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\nabc")


def many_headers(connection: socket.socket, _: Asked) -> None:
    connection.sendall(HEAD)
    for number in itertools.count():
        connection.sendall(b"X-%d: %s\r\n" % (number, b"y" * 900))


def one_long_header(connection: socket.socket, _: Asked) -> None:
    connection.sendall(HEAD + b"X: ")
    for _number in itertools.count():
        connection.sendall(b"y" * 1000)


def one_folded_header(connection: socket.socket, _: Asked) -> None:
    connection.sendall(HEAD + b"X: y\r\n")
    for _number in itertools.count():
        connection.sendall(b" folded\r\n" * 100)


def early_hints(connection: socket.socket, _: Asked) -> None:
    for _number in itertools.count():
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 50)


def endless(connection: socket.socket, _: Asked) -> None:
    connection.sendall(HEAD + b"\r\n")
    for _number in itertools.count():
        connection.sendall(b"x" * 10_000)


def endless_chunks(connection: socket.socket, _: Asked) -> None:
    connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    for _number in itertools.count():
        connection.sendall(b"3e8\r\n" + b"x" * 1000 + b"\r\n")


def announced(connection: socket.socket, _: Asked) -> None:
    connection.sendall(HEAD + b"Content-Length: 99999999\r\n\r\n")
    for _number in itertools.count():
        connection.sendall(b"x" * 10_000)


def looping(connection: socket.socket, asked: Asked) -> None:
    location = b"/loop?" + str(len(asked.path)).encode()
    connection.sendall(
        b"HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"
    )


MISBEHAVIOUR: dict[str, Any] = {
    "/fine": b"fine",
    "/drip": drip,
    "/stall": stall(HEAD + b"Content-Length: 1000\r\n\r\nabc"),
    "/stall-chunked": stall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"),
    "/stall-open": stall(HEAD + b"\r\nabc"),
    "/stall-in-head": stall(HEAD + b"A: b\r\n"),
    "/stall-silent": stall(b""),
    "/broken": broken,
    "/many-headers": many_headers,
    "/one-long-header": one_long_header,
    "/one-folded-header": one_folded_header,
    "/early-hints": early_hints,
    "/endless": endless,
    "/endless-chunks": endless_chunks,
    "/endless-apart": endless,
    "/announced": announced,
    "/bomb": (200, gzip.compress(bytes(50_000_000)), {"Content_Encoding": "gzip"}),
    "/loop": looping,
}
META = {"/endless-apart": {"isw_apart": True, "isw_file_bytes": LARGE}}


@pytest.fixture(scope="module")
def ended() -> Iterator[dict[str, Any]]:
    HELD.clear()
    table = {**MISBEHAVIOUR, **{f"/loop?{n}": looping for n in range(20)}}
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(Server(pages(table)).running())
        stack.callback(HELD.set)
        # Each behaviour on a host of its own, so that all go at once.
        hosts = {path: f"h{n}.example" for n, path in enumerate(MISBEHAVIOUR)}
        yield crawl(
            [
                {"url": f"http://{host}:{server.port}{path}", "as": path, "meta": META.get(path)}
                for path, host in hosts.items()
            ],
            isw={"timeout_s": TIMEOUT_S, "max_bytes": MAX_BYTES, "max_redirects": 3},
            names={host: ["127.0.0.1"] for host in hosts.values()},
            scrapy={"CONCURRENT_REQUESTS": 50},
        )


def test_every_misbehaviour_ends_and_the_run_goes_on(ended: dict[str, Any]) -> None:
    assert set(MISBEHAVIOUR) <= set(ended)
    assert ended["/fine"]["status"] == 200
    assert "isw_truncated" not in ended["/fine"]["meta"]
    assert "Traceback" not in ended["log"]["text"]


@pytest.mark.parametrize("path", ["/stall", "/stall-chunked", "/stall-open"])
def test_what_came_before_time_was_up_is_kept(ended: dict[str, Any], path: str) -> None:
    assert ended[path]["head"] == "abc"
    assert ended[path]["meta"]["isw_truncated"] == "time"


def test_a_drip_is_cut_although_it_never_pauses(ended: dict[str, Any]) -> None:
    assert ended["/drip"]["meta"]["isw_truncated"] == "time"
    assert 0 < ended["/drip"]["length"] < 1000


@pytest.mark.parametrize("path", ["/stall-in-head", "/stall-silent"])
def test_an_answer_without_a_body_in_time_is_a_timeout(ended: dict[str, Any], path: str) -> None:
    assert ended[path]["outcome"] == "timeout"


def test_what_came_before_the_connection_broke_is_kept(ended: dict[str, Any]) -> None:
    assert ended["/broken"]["head"] == "abc"
    assert ended["/broken"]["meta"]["isw_truncated"] == "disconnect"


@pytest.mark.parametrize(
    "path", ["/many-headers", "/one-long-header", "/one-folded-header", "/early-hints"]
)
def test_a_flood_of_headers_is_too_large(ended: dict[str, Any], path: str) -> None:
    assert ended[path]["outcome"] == "too-large"


@pytest.mark.parametrize("path", ["/endless", "/endless-chunks"])
def test_a_body_is_cut_at_its_limit_and_kept(ended: dict[str, Any], path: str) -> None:
    assert ended[path]["meta"]["isw_truncated"] == "length"
    assert MAX_BYTES < ended[path]["length"] < MAX_BYTES + 200_000  # one more read at most


def test_a_large_body_is_cut_at_its_limit_in_a_file(ended: dict[str, Any]) -> None:
    found = ended["/endless-apart"]
    assert (found["meta"]["isw_truncated"], found["length"]) == ("length", 0)
    held = re.match(r"<(\d+) bytes in a file", found["meta"]["isw_large"])
    assert held is not None
    assert LARGE < int(held[1]) < LARGE + 200_000


def test_a_body_announced_as_too_large_is_not_begun(ended: dict[str, Any]) -> None:
    assert ended["/announced"]["status"] == 200
    assert ended["/announced"]["length"] == 0
    assert ended["/announced"]["meta"]["isw_truncated"] == "length"


def test_a_bomb_is_not_unpacked_by_the_crawler(ended: dict[str, Any]) -> None:
    assert ended["/bomb"]["status"] == 200
    assert ended["/bomb"]["length"] < MAX_BYTES


def test_a_redirect_loop_ends(ended: dict[str, Any]) -> None:
    assert ended["/loop"]["error"] == "IgnoreRequest"
