"""What of Scrapy's request and response gets into an exchange."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.middlewares.capture import exchange_of, will_follow

URL = "https://a.example/page?q=1#part"


def test_the_exchange_is_what_went_over_the_network() -> None:
    request = Request(URL, headers={"User-Agent": "us/1", "Proxy-Authorization": "Basic c2VjcmV0"})
    headers = {"Set-Cookie": ["a=1", "b=2"], "X-Odd": "\xe9"}
    response = Response(
        URL, 203, headers, b"body", protocol="HTTP/1.0", ip_address=ip_address("192.0.2.1")
    )
    exchange = exchange_of(request, response)
    assert exchange.uri == "https://a.example/page?q=1"
    assert exchange.request is not None
    assert exchange.request.start_line == "GET /page?q=1 HTTP/1.1"
    assert exchange.request.headers == (("Host", "a.example"), ("User-Agent", "us/1"))
    assert exchange.response.start_line == "HTTP/1.0 203 Non-Authoritative Information"
    assert exchange.response.headers[:2] == (("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
    assert exchange.response.body == b"body"
    assert exchange.ip_address == "192.0.2.1"


def test_a_status_that_nobody_knows_has_no_phrase() -> None:
    exchange = exchange_of(Request(URL), Response(URL, 799))
    assert exchange.response.start_line == "HTTP/1.1 799"


def test_the_proxys_address_is_not_the_sites() -> None:
    request = Request(URL, meta={"proxy": "http://127.0.0.1:3128"})
    response = Response(URL, ip_address=ip_address("127.0.0.1"))
    assert exchange_of(request, response).ip_address is None


def test_what_the_download_handler_cut_is_flagged() -> None:
    request = Request(URL, meta={"isw_truncated": "time"})
    assert exchange_of(request, Response(URL)).truncated == "time"


@pytest.mark.parametrize(
    ("status", "location", "followed"),
    [
        (301, "/new", True),
        (308, "//b.example/new", True),
        (302, " https://b.example/new ", True),
        (302, "ftp://b.example/new", False),
        (302, "javascript:alert(1)", False),
        (302, "http://[bad", False),
        (302, None, False),
        (304, "/new", False),
        (200, "/new", False),
    ],
)
def test_which_redirects_are_followed(status: int, location: str | None, followed: bool) -> None:
    headers = {"Location": location} if location else {}
    assert will_follow(Request(URL), Response(URL, status, headers)) is followed
