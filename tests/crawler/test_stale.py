"""Connections kept for reuse that the server has closed: asked again, at the pace of its host."""

from __future__ import annotations

import itertools
import socket
import time
from typing import Any

from tests.fetching import Asked, Server, crawl, read_request

DELAY_S = 1.0


class Forgetful:
    """Keeps each connection for one answer more than it says; notes when it was asked for what."""

    def __init__(self) -> None:
        self.asked: list[tuple[float, str]] = []

    def __call__(self, connection: socket.socket, asked: Asked) -> None:
        self._note(asked)
        status = b"404 X" if asked.path == "/robots.txt" else b"200 OK"
        connection.sendall(b"HTTP/1.1 " + status + b"\r\nContent-Length: 2\r\n\r\nok")
        again = read_request(connection)
        if again is not None:
            self._note(again)  # and hangs up

    def _note(self, asked: Asked) -> None:
        self.asked.append((time.monotonic(), asked.path))


def fetched(urls: int) -> tuple[Forgetful, dict[str, Any], list[str]]:
    server = Forgetful()
    with Server(server).running() as running:
        pages = [f"http://forgetful.example:{running.port}/{n}" for n in range(urls)]
        ended = crawl(
            pages,
            isw={"host_delay_s": DELAY_S},
            names={"forgetful.example": ["127.0.0.1"]},
        )
    return server, ended, pages


def test_a_page_whose_kept_connection_was_closed_is_fetched_all_the_same() -> None:
    _, ended, pages = fetched(3)
    assert [ended[page].get("status") for page in pages] == [200, 200, 200]


def test_it_is_asked_again_no_sooner_than_another_page_would_be() -> None:
    server, _, _ = fetched(3)
    moments = sorted(moment for moment, _ in server.asked)
    assert len(moments) > 4  # robots.txt, three pages, and some of them again
    assert min(b - a for a, b in itertools.pairwise(moments)) > DELAY_S / 2
