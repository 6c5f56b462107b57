"""The proxy that Chromium must use: each name is resolved once, its address judged, and just that
address connected to.

A browser asks for what scripts, frames, redirects, sockets and workers want, and follows its own
rules in doing so. None of them matters here: what is to be sent anywhere comes through this proxy
as a host and a port, and the same guard as for the plain way decides (`crawler.download.guard`).
What goes through TLS is not looked into; its bytes are counted.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import proxy_bypass

from archive.model.vocabulary import Outcome
from crawler.browser.page_traffic import PageTraffic
from crawler.download.guard import check_url
from crawler.download.proxies import ProxyError, proxy_failure
from crawler.download.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from typing import Self

    from archive.urls.addresses import Allowed
    from crawler.browser.page_traffic import PageLimits

    Resolver = Callable[[str, int], Awaitable[list[str]]]

HOST = "127.0.0.1"
_BLOCK_BYTES = 65_536
_HEAD_BYTES = 65_536  # what Chromium itself sends at most is a quarter of that
_CONNECT_S = 15.0
"""Seconds for a name or a connection; what takes longer keeps a page from being kept in time."""
_HOP = frozenset({"connection", "proxy-connection", "keep-alive", "proxy-authorization"})
"""Headers between two programs that talk to each other, not for whoever stands behind (RFC 9110,
section 7.6.1)."""
_SAID = ("x-squid-error", "proxy-status", "server", "via", "retry-after")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the browser wants.

    Attributes:
        url: Of a tunnel, the site's.
        lines: Header lines as they came.
    """

    method: str
    url: str
    host: str
    port: int
    path: str
    lines: tuple[bytes, ...]

    @property
    def is_tunnel(self) -> bool:
        return self.method == "CONNECT"

    @property
    def place(self) -> str:
        return place_of(self.url)

    @property
    def length(self) -> int:
        """Bytes of the request's body."""
        named = (line.partition(b":") for line in self.lines)
        sizes = [value for name, _, value in named if name.strip().lower() == b"content-length"]
        return int(sizes[-1]) if sizes else 0


class _CannotConnectError(Exception):
    """Nobody answers there."""

    def __init__(self, outcome: Outcome, why: str) -> None:
        super().__init__(why)
        self.outcome = outcome


def place_of(url: str) -> str:
    """Host and port of an address."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme in {"https", "wss"} else 80)
    return f"{parts.hostname}:{port}"


async def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows it.

    Raises:
        OSError: It has none.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=1)  # SOCK_STREAM
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class GuardProxy:
    """Serves one page at a time, on a port of loopback; outside of a page nothing is let through.

    Attributes:
        port: Where it listens.
        traffic: Of the page that is being looked at.
    """

    port: int = 0
    traffic: PageTraffic | None = None

    def __init__(
        self, allowed: Allowed, upstream: Mapping[str, str], resolver: Resolver = resolved
    ) -> None:
        """Prepare to serve.

        Args:
            allowed: What may be reached.
            upstream: The operator's proxies, by scheme (`urllib.request.getproxies`).
            resolver: Gives the addresses of a name.
        """
        self._allowed = allowed
        self._upstream = {s: u for s, u in upstream.items() if s in {"http", "https"} and u}
        self._resolve = resolver
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._opened, HOST, 0, limit=_HEAD_BYTES)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.end()
        if self._server is not None:
            self._server.close()

    def begin(self, limits: PageLimits, *, trusted: bool = False) -> PageTraffic:
        """A page begins; the one before is over.

        Args:
            limits: Its bounds.
            trusted: As `Account.is_trusted`.
        """
        self.end()
        self.traffic = PageTraffic(limits, trusted)
        return self.traffic

    def end(self) -> None:
        """The page is over: nothing of it goes on."""
        if self.traffic is not None:
            self.traffic.end()

    # --- one connection of the browser ------------------------------------------------------------

    def _opened(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        traffic = self.traffic
        if traffic is None or traffic.closed:
            writer.close()
            return
        traffic.connected()
        if traffic.closed:
            writer.close()
            return
        talk = asyncio.ensure_future(self._talk(traffic, reader, writer))
        traffic.holds(talk, writer.close)

    async def _talk(
        self, traffic: PageTraffic, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        place = ""
        # Where nothing can be had the connection just ends: an answer of ours would be the site's
        # own word to the page, and in what is kept of it.
        try:
            asked = _understood(await reader.readuntil(b"\r\n\r\n"))
            place = asked.place
            check_url(asked.url, self._allowed, self._upstream)
            if not await traffic.knows(place):
                return
            there = await self._connected(traffic, asked)
            await _carried(traffic, asked, (reader, writer), there)
        except RefusedError as error:
            traffic.refused[place] = str(error.evidence.get("refused") or error)
        except _CannotConnectError as error:
            traffic.failed.append((error.outcome, str(error)))
        except (ValueError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the browser or the site broke off, which the browser sees

    async def _connected(
        self, traffic: PageTraffic, asked: _Asked
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection to the site, or to the operator's proxy, which was told where to.

        Raises:
            RefusedError: All of its addresses are refused.
            _CannotConnectError: It does not answer.
        """
        further = self._upstream.get("https" if asked.is_tunnel else "http")
        if further and not proxy_bypass(asked.host):
            return await _through(further, asked)
        failed = _CannotConnectError(Outcome.DNS_FAILURE, f"{asked.host}: no address")
        for address in await self._addresses(traffic, asked):
            try:
                there = await asyncio.wait_for(
                    asyncio.open_connection(address, asked.port, limit=_HEAD_BYTES), _CONNECT_S
                )
            except TimeoutError:
                failed = _CannotConnectError(Outcome.TIMEOUT, f"{asked.place}: no answer")
                continue
            except OSError as error:
                failed = _CannotConnectError(Outcome.CONNECTION_FAILURE, f"{asked.place}: {error}")
                continue
            traffic.addresses[asked.place] = address
            if not asked.is_tunnel:
                there[1].write(_request_head(asked, asked.path))
            return there
        raise failed

    async def _addresses(self, traffic: PageTraffic, asked: _Asked) -> list[str]:
        """Addresses of the host that may be connected to."""
        try:
            found = await asyncio.wait_for(self._resolve(asked.host, asked.port), _CONNECT_S)
        except TimeoutError as error:
            why = f"{asked.host}: looking up its name takes too long"
            raise _CannotConnectError(Outcome.TIMEOUT, why) from error
        except OSError as error:
            raise _CannotConnectError(Outcome.DNS_FAILURE, f"{asked.host}: {error}") from error
        good, why = [], "no address"
        for address in found:
            refused = self._allowed.why_refused(address)
            if refused is None and (address, asked.port) == (HOST, self.port):
                refused = "it is the way out itself"
            if refused is None:
                good.append(address)
            why = refused or why
        if found and not good:
            raise RefusedError(f"{asked.place}: {why}", evidence={"refused": why})
        return good


def _understood(head: bytes) -> _Asked:
    """What a request's head asks for.

    Raises:
        ValueError: It is none that a browser sends to a proxy.
    """
    first, *lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    method, target, _ = first.decode("latin-1").split(" ", 2)
    url = f"https://{target}/" if method == "CONNECT" else target
    parts = urlsplit(url)
    if not parts.hostname or (method != "CONNECT" and parts.scheme != "http"):
        raise ValueError(target)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _Asked(
        method, url, parts.hostname, parts.port or (443 if method == "CONNECT" else 80), path,
        tuple(lines),
    )  # fmt: skip


def _request_head(asked: _Asked, target: str, *more: bytes) -> bytes:
    """The head as it is passed on; one request a connection, so that each is judged."""
    kept = [line for line in asked.lines if _name(line) not in _HOP]
    first = f"{asked.method} {target} HTTP/1.1".encode("latin-1")
    return b"\r\n".join([first, *kept, *more, b"Connection: close", b"", b""])


def _name(line: bytes) -> str:
    return line.partition(b":")[0].strip().lower().decode("latin-1")


async def _through(proxy: str, asked: _Asked) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection to the site by way of the operator's proxy, who looks the name up.

    Raises:
        _CannotConnectError: It does not answer, or not for this site.
    """
    parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    login: tuple[bytes, ...] = ()
    if parts.username:
        words = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        login = (b"Proxy-Authorization: Basic " + base64.b64encode(words),)
    try:
        there = await asyncio.wait_for(
            asyncio.open_connection(parts.hostname, parts.port or 80, limit=_HEAD_BYTES), _CONNECT_S
        )
        if not asked.is_tunnel:
            there[1].write(_request_head(asked, asked.url, *login))
            return there
        place = asked.url.removeprefix("https://").rstrip("/").encode("latin-1")
        lines = [b"CONNECT " + place + b" HTTP/1.1", b"Host: " + place, *login, b"", b""]
        there[1].write(b"\r\n".join(lines))
        answer = await asyncio.wait_for(there[0].readuntil(b"\r\n\r\n"), _CONNECT_S)
    except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
        why = f"the proxy {parts.hostname}: {error}"
        raise _CannotConnectError(Outcome.CONNECTION_FAILURE, why) from error
    first = answer.partition(b"\r\n")[0].decode("latin-1")
    if first.split(" ", 2)[1:2] != ["200"]:
        there[1].close()
        why = f"{asked.place}: the proxy {parts.hostname} answered {first!r}"
        raise _CannotConnectError(Outcome.CONNECTION_FAILURE, why)
    return there


async def _carried(
    traffic: PageTraffic,
    asked: _Asked,
    here: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    there: tuple[asyncio.StreamReader, asyncio.StreamWriter],
) -> None:
    """Carry bytes both ways until one side is done."""
    ways: list[asyncio.Future[None]] = []
    try:
        if asked.is_tunnel:
            here[1].write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            ways.append(asyncio.ensure_future(_moved(traffic, here[0], there[1])))
        else:
            await _moved(traffic, here[0], there[1], asked.length)
            await _answer_head(traffic, asked, there[0], here[1])
        ways.append(asyncio.ensure_future(_moved(traffic, there[0], here[1])))
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        there[1].close()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*ways, return_exceptions=True)


async def _answer_head(
    traffic: PageTraffic, asked: _Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Pass on the head of a plain answer, and that no second request may follow it.

    Raises:
        _CannotConnectError: It is no site's, but the operator's proxy's own.
    """
    head = await reader.readuntil(b"\r\n\r\n")
    traffic.moved(len(head))
    first, *lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    if asked.place not in traffic.addresses:
        _require_site(asked, first.decode("latin-1"), lines)
    kept = [line for line in lines if _name(line) not in _HOP]
    writer.write(b"\r\n".join([first, *kept, b"Connection: close", b"", b""]))


def _require_site(asked: _Asked, first: str, lines: list[bytes]) -> None:
    status = int(first.split(" ", 2)[1])
    said = dict.fromkeys(_SAID, b"")
    said.update((_name(line), line.partition(b":")[2].strip()) for line in lines)
    headers = {name.title(): value.decode("latin-1") for name, value in said.items()}
    failed = proxy_failure(status, headers, tunnelled=False, proxy=asked.url)
    if isinstance(failed, ProxyError):
        raise _CannotConnectError(failed.outcome, f"{asked.place}: {failed}")
    if failed is not None:
        raise _CannotConnectError(Outcome.CONNECTION_FAILURE, f"{asked.place}: {first}")


async def _moved(
    traffic: PageTraffic,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    most: int | None = None,
) -> None:
    """Carry bytes one way, to the end or `most` of them."""
    left = most
    while left is None or left > 0:
        block = await reader.read(_BLOCK_BYTES if left is None else min(left, _BLOCK_BYTES))
        if not block or traffic.closed:
            return
        traffic.moved(len(block))
        if traffic.closed:
            return
        writer.write(block)
        await writer.drain()
        if left is not None:
            left -= len(block)
