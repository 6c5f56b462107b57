"""The forward proxy: reads requests, asks the web for a reply, writes it. Never connects
anywhere."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.replica.messages import Headers, Reply, Request, typed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.replica.certificates import Certificates, TlsKind
    from tests.replica.sites import Network, Site, Web

MAX_HEAD_BYTES = 262_144  # room for any honest request; more is a bug of ours


@dataclass(frozen=True, slots=True)
class Seen:
    """One request that reached the replica.

    Attributes:
        at: `time.monotonic()` seconds when it was read.
        world_at: The world's time then.
        method: `CONNECT` for a tunnel that was refused.
        begun_at: When its connection was begun, if it is the first over a tunnel; else as `at`.
    """

    at: float
    world_at: datetime
    scheme: str
    host: str
    path: str
    method: str
    headers: Headers
    body: bytes = b""
    begun_at: float = 0.0

    @property
    def url(self) -> str:
        """The absolute URL."""
        return f"{self.scheme}://{self.host}{self.path}"


class _HangUpError(Exception):
    """The connection ends here, without a word."""


class Proxy:
    """Answers connections. One event loop, no threads of its own."""

    def __init__(self, web: Web, certificates: Certificates, now: Callable[[], datetime]) -> None:
        self.web = web
        self.requests: list[Seen] = []
        self.connections = 0
        self.errors: list[Exception] = []
        self.failing: dict[str, Network] = {}
        self.tls: dict[str, TlsKind] = {}
        self.in_flight: Counter[str] = Counter()
        self.peak: Counter[str] = Counter()
        self.now = now
        self._certificates = certificates
        self._asked: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a client, until either side ends it."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            await self._talk(reader, writer)
        except (_HangUpError, ConnectionError, OSError, asyncio.IncompleteReadError):
            pass
        except asyncio.CancelledError:
            pass  # the replica is closing
        finally:
            self._tasks.discard(task)
            writer.transport.abort()

    async def close(self) -> None:
        """End every open connection."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await _read_head(reader):
            method, target, headers = head
            if method == "CONNECT":
                host = target.lower().removesuffix(":443")
                await self._tunnel(host, headers, reader, writer)
                return
            url = urlsplit(target)
            path = (url.path or "/") + (f"?{url.query}" if url.query else "")
            host = (url.netloc.rpartition("@")[2]).lower().removesuffix(":80")
            seen = self._note(method, "http", host, path, headers, await _body(reader, headers))
            refused = self._refusal(bare_host(host))
            if not await self._respond(writer, seen, refused):
                return

    async def _tunnel(
        self,
        host: str,
        headers: Headers,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        started = time.monotonic()
        name = bare_host(host)
        refused = self._refusal(name)
        if refused:
            seen = self._note("CONNECT", "https", host, "", headers)
            await self._respond(writer, seen, refused)
            return
        site = self.web.find(name)
        assert site is not None
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await writer.drain()
        if self._network(name, site) == "silent":
            await asyncio.Event().wait()
        if self._network(name, site) == "reset":
            raise _HangUpError
        begun: float | None = started
        await writer.start_tls(self._certificates.context(name, self.tls.get(name, site.tls)))
        while head := await _read_head(reader):
            method, path, inner = head
            body = await _body(reader, inner)
            seen = self._note(method, "https", host, path, inner, body, begun=begun)
            begun = None
            if not await self._respond(writer, seen, None):
                return

    def _note(
        self,
        method: str,
        scheme: str,
        host: str,
        path: str,
        headers: Headers,
        body: bytes = b"",
        *,
        begun: float | None = None,
    ) -> Seen:
        at = time.monotonic()
        seen = Seen(at, self.now(), scheme, host, path, method, headers, body, begun or at)
        self.requests.append(seen)
        return seen

    def _network(self, host: str, site: Site | None) -> Network:
        default: Network = site.network if site else "dns"
        return self.failing.get(host, default)

    def _refusal(self, host: str) -> Reply | None:
        """What a proxy says when it cannot connect (squid's header names)."""
        network = self._network(host, self.web.find(host))
        if network == "dns":
            return _proxy_error(502, "ERR_DNS_FAIL 0", f"no such host: {host}")
        if network == "refuse":
            return _proxy_error(502, "ERR_CONNECT_FAIL 111", f"connection refused: {host}")
        return None

    async def _respond(self, writer: asyncio.StreamWriter, seen: Seen, ready: Reply | None) -> bool:
        """Answer one request; False when the connection is over."""
        host = bare_host(seen.host)
        self.in_flight[host] += 1
        self.peak[host] = max(self.peak[host], self.in_flight[host])
        try:
            reply = ready or await self._ask(seen)
            if reply.script:
                await reply.script(writer)
                await writer.drain()
                return False
            writer.write(reply.head(seen.world_at))
            if seen.method != "HEAD":
                writer.write(reply.body)
            await writer.drain()
            return not reply.raw and (reply.header("connection") or "").lower() != "close"
        finally:
            self.in_flight[host] -= 1

    async def _ask(self, seen: Seen) -> Reply:
        host = bare_host(seen.host)
        site = self.web.find(host)
        assert site is not None
        network = self._network(host, site)
        if network == "silent":
            await asyncio.Event().wait()
        if network == "reset":
            raise _HangUpError
        key = f"{seen.method} {seen.url}"
        request = Request(
            seen.method,
            seen.scheme,
            seen.host,
            seen.path,
            seen.headers,
            nth=self._asked[key],
            at=seen.world_at,
            body=seen.body,
        )
        self._asked[key] += 1
        try:
            return site.handler(request)
        except Exception as error:  # noqa: BLE001 - a fault of ours; it is raised when the replica ends
            self.errors.append(error)
            return typed(repr(error), "text/plain", 500, (("X-Replica-Error", "1"),))


def bare_host(host: str) -> str:
    """The name without its port."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).strip("[]")


def _proxy_error(status: int, squid: str, text: str) -> Reply:
    headers = (("X-Squid-Error", squid), ("Via", "1.1 replica"), ("Connection", "close"))
    return typed(f"<html><body><p>{text}</p></body></html>", "text/html", status, headers)


async def _read_head(reader: asyncio.StreamReader) -> tuple[str, str, Headers] | None:
    """Method, target and headers; None when the client has left."""
    try:
        block = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    except asyncio.LimitOverrunError as error:
        raise _HangUpError from error
    first, *lines = block.decode("latin-1").rstrip("\r\n").split("\r\n")
    if first.count(" ") != 2:
        raise _HangUpError  # not HTTP
    method, target, _version = first.split(" ")
    pairs = (line.partition(":") for line in lines)
    return method, target, tuple((name.strip(), value.strip()) for name, _, value in pairs)


async def _body(reader: asyncio.StreamReader, headers: Headers) -> bytes:
    """A request's body; only such as are announced with their length."""
    length = next((v for k, v in headers if k.lower() == "content-length"), "0")
    return await reader.readexactly(int(length))
