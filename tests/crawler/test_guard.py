"""The address guard: the hook under every socket, and what a URL shows."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from scrapy import Request
from twisted.internet.error import ConnectError

from archive.errors import BadInputError
from archive.model.vocabulary import Outcome
from archive.urls.addresses import Allowed
from crawler.download import guard, proxies
from crawler.download.refusals import AddressRefused, UnsupportedScheme
from crawler.download.scrapy_internals.proxied import ProxyMiddleware
from crawler.middlewares.guard import GuardMiddleware
from tests.fetching import Answer, Asked, Server, crawl, pages, reply

ONLY_ONE = Allowed.of(["127.0.0.1"])


@pytest.fixture
def installed() -> Iterator[guard.SocketGuard]:
    made = guard.SocketGuard(ONLY_ONE)
    guard.install(made)
    yield made
    guard.install(None)


# --- the hook -------------------------------------------------------------------------------------


def test_a_forbidden_address_is_refused_before_anything_is_sent(installed: Any) -> None:
    server = Server(pages({}), host="127.0.0.2")
    with server.running():
        for connect in (socket.socket.connect, socket.socket.connect_ex):
            refused = pytest.raises(guard.ConnectForbiddenError, match=r"127\.0\.0\.2")
            with socket.socket() as opened, refused as caught:
                connect(opened, ("127.0.0.2", server.port))
            assert caught.value.errno == guard.REFUSED_ERRNO
    assert server.touched == 0


def test_an_allowed_address_is_connected(installed: Any) -> None:
    with Server(pages({})).running() as server, socket.socket() as opened:
        opened.connect(("127.0.0.1", server.port))


def test_a_datagram_to_a_forbidden_address_is_refused(installed: Any) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        with pytest.raises(guard.ConnectForbiddenError):
            opened.sendto(b"x", ("127.0.0.2", 9))
        with pytest.raises(guard.ConnectForbiddenError):
            opened.sendmsg([b"x"], [], 0, ("127.0.0.2", 9))


def test_the_hook_holds_in_every_thread(installed: Any) -> None:
    seen: list[int | None] = []

    def connect() -> None:
        with socket.socket() as opened:
            try:
                opened.connect(("127.0.0.2", 9))
            except OSError as error:
                seen.append(error.errno)

    thread = threading.Thread(target=connect)
    thread.start()
    thread.join()
    assert seen == [guard.REFUSED_ERRNO]


def test_a_name_is_no_address_to_connect_to() -> None:
    judged = guard.SocketGuard(ONLY_ONE)
    assert judged.why_refused(socket.AF_INET, ("localhost", 80))
    assert judged.why_refused(socket.AF_INET, ("", 80))
    assert judged.why_refused(socket.AF_INET6, ("::ffff:127.0.0.2", 80, 0, 0))
    assert judged.why_refused(socket.AF_INET6, ("::ffff:127.0.0.1", 80, 0, 0)) is None
    assert judged.why_refused(socket.AF_UNIX, "/run/log") is None
    assert judged.why_refused(-7, b"anything")


def test_the_operators_proxy_is_reachable_and_only_on_its_port() -> None:
    judged = guard.SocketGuard(Allowed(), frozenset({("10.0.0.9", 3128)}))
    assert judged.why_refused(socket.AF_INET, ("10.0.0.9", 3128)) is None
    assert judged.why_refused(socket.AF_INET, ("10.0.0.9", 22)) is not None


def test_whether_a_host_has_a_proxy_is_asked_once_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def said(host: str) -> bool:
        asked.append(host)
        return host == "in"

    monkeypatch.setattr(proxies, "proxy_bypass", said)
    middleware = ProxyMiddleware()
    middleware.proxies = {"https": (b"dTpw", "http://127.0.0.2:3128")}
    seen = []
    for url in ("https://out/1", "https://in/1", "https://out/2", "http://out/3"):
        request = Request(url)
        middleware.process_request(request)
        seen.append((request.meta.get("proxy"), request.headers.get("Proxy-Authorization")))
    through = ("http://127.0.0.2:3128", b"Basic dTpw")
    assert seen == [through, (None, None), through, (None, None)]
    assert asked == ["out", "in"]


def test_what_the_environment_says_of_hosts_without_a_proxy_is_read_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("no_proxy", "in.example,.local")
    is_bypassed = proxies.bypassed()
    monkeypatch.setenv("no_proxy", "")
    hosts = ("in.example", "out.example", "a.local")
    assert [is_bypassed(host) for host in hosts] == [True, False, True]


def test_proxies_are_read_from_what_the_environment_says() -> None:
    assert guard.proxy_addresses(
        {"http": "http://u:p@127.0.0.2:3128", "https": "127.0.0.2:3129"}
    ) == {
        ("127.0.0.2", 3128),
        ("127.0.0.2", 3129),
    }
    assert guard.proxy_addresses({"http": "http://127.0.0.2", "ftp": "http://127.0.0.3:1"}) == {
        ("127.0.0.2", 80)
    }
    assert guard.proxy_addresses({"http": "http://127.0.0.2:port"}) == frozenset()


def test_the_self_test_passes_with_the_guard(installed: guard.SocketGuard) -> None:
    assert guard.prove_live(installed) == "127.0.0.2"


def test_the_self_test_fails_without_the_guard() -> None:
    guard.install(None)
    with pytest.raises(guard.GuardNotLiveError):
        guard.prove_live(guard.SocketGuard(ONLY_ONE))


def test_the_self_test_fails_under_another_guard() -> None:
    guard.install(guard.SocketGuard(Allowed.of(["127.0.0.0/8"])))
    with pytest.raises(guard.GuardNotLiveError):
        guard.prove_live(guard.SocketGuard(ONLY_ONE))
    guard.install(None)


def test_opening_everything_is_a_mistake() -> None:
    with pytest.raises(BadInputError):
        guard.prove_live(guard.SocketGuard(Allowed.of(["0.0.0.0/0"])))


def test_the_hooks_refusal_is_known_by_its_number() -> None:
    wrapped = RuntimeError("wrapped")
    wrapped.__cause__ = ConnectError(guard.REFUSED_ERRNO)
    assert guard.is_refusal(guard.ConnectForbiddenError("why"))
    assert guard.is_refusal(wrapped)
    assert not guard.is_refusal(ConnectError(errno.ECONNREFUSED))


# --- the URL --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        " file:///etc/passwd",
        "ftp://example.com/",
        "data:text/plain,x",
        "javascript:alert(1)",
        "gopher://example.com:70/",
        "source:file:///etc/passwd",
        "s3://bucket/key",
        "//example.com/",
    ],
)
def test_only_http_and_https_are_fetched(url: str) -> None:
    with pytest.raises(UnsupportedScheme) as caught:
        guard.check_url(url, Allowed())
    assert caught.value.outcome is Outcome.UNSUPPORTED


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "https://0x7f.1/",
        "http://2130706433/",
        "http://user@127.0.0.1/",
        "http://example.com@127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:a9fe:a9fe]/latest/meta-data/",
        "http://[64:ff9b::7f00:1]/",
        "http://localhost:8000/",
        "http://169.254.169.254/",
        "http://%31%32%37.0.0.1/",
        "http://127.0.0.1\\@example.com/",
        "http://[::1/",
        "http://example.com:notaport/",
        "http://example.com:99999/",
        "http:///path",
        "http://example.com:22/",
        "http://example.com:6667/",
        "https://example.com:0/",
    ],
)
def test_a_url_of_a_forbidden_place_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        guard.check_url(url, Allowed())
    assert caught.value.outcome is Outcome.ADDRESS_REFUSED


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "https://example.com:8443/a?b#c",
        "HTTP://EXAMPLE.com:8080",
        "https://8.8.8.8/",
    ],
)
def test_a_public_url_passes(url: str) -> None:
    guard.check_url(url, Allowed())


def test_user_and_password_are_taken_out_of_a_url() -> None:
    middleware = GuardMiddleware(Allowed())
    request = Request("https://user:pass@example.com:8443/a@b?c=d", meta={"kept": 1})
    replaced = middleware.process_request(request)
    assert replaced is not None
    assert replaced.url == "https://example.com:8443/a@b?c=d"
    assert replaced.meta["isw_userinfo_stripped"] is True
    assert replaced.meta["kept"] == 1
    assert middleware.process_request(replaced) is None


# --- the real engine ------------------------------------------------------------------------------


def redirect_to(*targets: str) -> Answer:
    """Redirects `/0`, `/1`, … to each target; answers everything else."""

    def answer(connection: socket.socket, asked: Asked) -> None:
        number = asked.path.removeprefix("/to/")
        if asked.path.startswith("/to/"):
            reply(connection, 302, b"", Location=targets[int(number)])
        else:
            reply(connection, 404 if asked.path == "/robots.txt" else 200)

    return answer


def test_the_engine_touches_no_forbidden_address() -> None:
    open_, forbidden = Server(pages({})), Server(pages({}), host="127.0.0.2")
    with ExitStack() as stack:
        stack.enter_context(open_.running())
        forbidden.port = port = open_.port  # so that a name can turn from one to the other
        stack.enter_context(forbidden.running())
        targets = [
            f"http://127.0.0.2:{port}/",
            f"http://inside.example:{port}/",
            f"//127.2:{port}/",
            "http://127.0.0.1:22/",
            "file:///etc/passwd",
        ]
        open_.answer = redirect_to(*targets)
        base = f"http://127.0.0.1:{port}"
        fetched, unfollowed, turning = f"{base}/", f"{base}/to/4", f"http://turning.example:{port}/"
        refused = [
            *[f"{base}/to/{n}" for n in range(4)],
            f"http://127.0.0.2:{port}/",
            f"http://0x7f.2:{port}/",
            f"http://inside.example:{port}/a",
            f"http://[::ffff:127.0.0.2]:{port}/",
            {"url": f"http://inside.example:{port}/b", "meta": {"isw_no_robots": True}},
            turning,  # robots.txt comes from the first address, the page would come from the other
        ]
        ended = crawl(
            [fetched, unfollowed, *refused],
            names={"inside.example": ["127.0.0.2"], "turning.example": ["127.0.0.1", "127.0.0.2"]},
            scrapy={"DNSCACHE_ENABLED": False},
        )
    assert forbidden.touched == 0
    assert "Traceback" not in ended.pop("log")["text"]
    assert ended.pop(fetched)["status"] == 200
    assert ended.pop(unfollowed)["status"] == 302  # Scrapy does not follow to another scheme
    assert ended[turning]["error"] == "AddressRefused"
    assert len(ended) == len(refused)
    assert {line["outcome"] for line in ended.values()} == {"address-refused"}, ended


@pytest.mark.parametrize("opened", [(), ("127.0.0.1",)])
def test_a_proxy_may_stand_anywhere_but_no_forbidden_target_is_asked_of_it(opened: Any) -> None:
    proxy = Server(pages({"/page": b"from the proxy"}), host="127.0.0.2")
    with proxy.running():
        environ = {"http_proxy": f"http://127.0.0.2:{proxy.port}"}
        urls = [
            "http://public.example/page",
            "http://127.0.0.3/page",
            "http://0x7f.3/page",
            "http://[::1]/page",
            "http://metadata.internal/page",
            "http://localhost/page",
            "http://localhost.localdomain/page",
            "http://LOCALHOST.LocalDomain./page",
            "http://Printer.LOCAL./page",
            "http://router.home.arpa/page",
            "http://intranet/page",
        ]
        ended = crawl(urls, isw={"allow_networks": opened}, environ=environ)
    assert ended["http://public.example/page"]["head"] == "from the proxy"
    assert {ended[url]["outcome"] for url in urls[1:]} == {"address-refused"}
    assert {asked.target for asked in proxy.asked} == {
        "http://public.example/robots.txt",
        "http://public.example/page",
    }


def test_a_crawl_with_everything_opened_does_not_start() -> None:
    with pytest.raises(AssertionError, match="allow_networks opens every address"):
        crawl(["http://127.0.0.1:9/"], isw={"allow_networks": ("0.0.0.0/0",)})
