"""Sites that have IPv6 alone: found, fetched, and guarded as all others."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from tests.fetching import Server, crawl, pages


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


pytestmark = pytest.mark.skipif(not _has_ipv6(), reason="no IPv6 on this machine")

OPENED = {"allow_networks": ("::1/128", "127.0.0.1/32")}


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(pages({"/page": b"over six"}), host="::1", family=socket.AF_INET6).running() as one:
        yield one


def test_a_name_with_an_ipv6_address_alone_is_fetched(server: Server) -> None:
    url = f"http://six.example:{server.port}/page"
    ended = crawl([url], isw=OPENED, names={"six.example": ["::1"]})
    assert ended[url]["head"] == "over six"


def test_a_literal_ipv6_address_is_fetched(server: Server) -> None:
    url = f"http://[::1]:{server.port}/page"
    assert crawl([url], isw=OPENED)[url]["head"] == "over six"
    assert server.asked[0].headers["host"] == f"[::1]:{server.port}"


def test_an_ipv6_address_that_is_not_opened_is_not_touched(server: Server) -> None:
    urls = [f"http://inside.example:{server.port}/page", f"http://[::1]:{server.port}/page"]
    ended = crawl(urls, names={"inside.example": ["::1"]})
    assert {ended[url]["outcome"] for url in urls} == {"address-refused"}
    assert server.touched == 0


def test_an_ipv6_host_that_refuses_is_a_failed_connection_and_no_missing_name() -> None:
    with contextlib.closing(socket.socket(socket.AF_INET6)) as taken:
        taken.bind(("::1", 0))  # bound and not listening
        url = f"http://six.example:{taken.getsockname()[1]}/page"
        ended: dict[str, Any] = crawl([url], isw=OPENED, names={"six.example": ["::1"]})
    assert ended[url]["outcome"] == "connection-failure"


def test_a_name_without_any_address_is_a_missing_name() -> None:
    url = "http://nowhere.example/page"
    assert crawl([url], isw=OPENED)[url]["outcome"] == "dns-failure"


def test_the_other_address_is_tried_where_the_first_does_not_answer(server: Server) -> None:
    url = f"http://both.example:{server.port}/page"
    ended = crawl([url], isw=OPENED, names={"both.example": ["127.0.0.1,::1"]})
    assert ended[url]["head"] == "over six"
