"""The replica as a context manager, for tests, the demo and the benchmarks."""

from __future__ import annotations

import asyncio
import os
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from archive.model.times import parse_time
from tests.replica.certificates import Certificates
from tests.replica.messages import Reply, Request, as_json
from tests.replica.proxy import MAX_HEAD_BYTES, Proxy, Seen, bare_host
from tests.replica.sites import Site, Web
from tests.replica.world import build_world

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from tests.replica.certificates import TlsKind
    from tests.replica.sites import Network

DEFAULT_AT = datetime(2026, 3, 20, 12, tzinfo=UTC)
LOOPBACK = "127.0.0.1"
CONTROL_HOST = "replica.invalid"  # RFC 2606: no such host can exist elsewhere


class Replica:
    """A small web behind a forward proxy on 127.0.0.1, in a thread with its own event loop.

    Args:
        at: The world's time; it stands still until `set_time`.
        warcs: Serve these files as the live web instead of our world.
        world: Serve this web instead of our world.
        port: 0 takes a free one.
        ca_file: Where to write the authority's certificate; None: a temporary file.
    """

    def __init__(
        self,
        at: datetime = DEFAULT_AT,
        warcs: Sequence[Path | str] = (),
        world: Web | None = None,
        port: int = 0,
        ca_file: Path | str | None = None,
    ) -> None:
        self._at = at
        self._port = port
        self.web = Web()
        self.web.add(*(world or _web_of(warcs)).sites, Site((CONTROL_HOST,), self._control))
        self._folder = tempfile.TemporaryDirectory(prefix="replica-")
        self.ca_file = Path(ca_file or Path(self._folder.name) / "ca.pem")
        self._certificates = Certificates()
        self._certificates.write_authority(self.ca_file)
        self._proxy = Proxy(self.web, self._certificates, lambda: self._at)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._done: asyncio.Event | None = None
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="replica", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        if self._failure:
            self._folder.cleanup()
            raise self._failure
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._done is not None
        self._loop.call_soon_threadsafe(self._done.set)
        self._thread.join()
        self._folder.cleanup()
        if self._proxy.errors and error is None:
            raise ExceptionGroup("the replica itself failed", self._proxy.errors)

    @property
    def proxy_url(self) -> str:
        """What http_proxy and https_proxy are set to."""
        return f"http://{LOOPBACK}:{self._port}"

    def env(self) -> dict[str, str]:
        """A copy of the environment in which every client goes through the replica and trusts
        it."""
        proxies = dict.fromkeys(("http_proxy", "https_proxy"), self.proxy_url)
        proxies |= {name.upper(): url for name, url in proxies.items()}
        trust = {"SSL_CERT_FILE": str(self.ca_file)}
        return {**os.environ, **proxies, "no_proxy": "", "NO_PROXY": "", **trust}

    @property
    def requests(self) -> list[Seen]:
        """Every request so far, in order."""
        return list(self._proxy.requests)

    @property
    def connections(self) -> int:
        """Connections accepted so far."""
        return self._proxy.connections

    @property
    def violations(self) -> list[Seen]:
        """Requests for addresses that are not public: nobody may make any."""
        return [seen for seen in self.requests if self._is_forbidden(seen.host)]

    def _is_forbidden(self, host: str) -> bool:
        name = bare_host(host)
        site = self.web.find(name)
        return (site is not None and site.forbidden) or ":" in name or name.isdecimal()

    def peak(self, host: str) -> int:
        """Most requests under way at once for one host."""
        return self._proxy.peak[host]

    @property
    def now(self) -> datetime:
        """The world's time."""
        return self._at

    def set_time(self, at: datetime) -> None:
        """Move the world's time."""
        self._at = at

    def fail_host(self, host: str, how: Network | None) -> None:
        """Make a host fail from now on: `dns`, `refuse`, `reset`, `silent`; None makes it well
        again."""
        if how is None:
            self._proxy.failing.pop(host, None)
        else:
            self._proxy.failing[host] = how

    def set_tls(self, host: str, kind: TlsKind | None) -> None:
        """Let a host show another certificate from now on; None: its site's own."""
        if kind is None:
            self._proxy.tls.pop(host, None)
        else:
            self._proxy.tls[host] = kind

    def _control(self, request: Request) -> Reply:
        """`/time?at=…` moves the world's time, `/log` tells what was asked: for programs outside
        this process."""
        if request.bare_path == "/time":
            if "at" in request.query:
                self.set_time(parse_time(request.query["at"]))
            return as_json({"now": self.now.isoformat()})
        asked = [seen for seen in self.requests if seen.host != CONTROL_HOST]
        return as_json([[seen.at, seen.method, seen.url] for seen in asked])

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits for us
            self._failure = error
        finally:
            self._loop.close()
            self._ready.set()

    async def _serve(self) -> None:
        self._done = asyncio.Event()
        server = await asyncio.start_server(
            self._proxy.serve, LOOPBACK, self._port, limit=MAX_HEAD_BYTES
        )
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._done.wait()
        server.close()
        await self._proxy.close()
        await server.wait_closed()
        await asyncio.sleep(0)  # aborted transports say so in the next round


def _web_of(warcs: Sequence[Path | str]) -> Web:
    if not warcs:
        return build_world()
    from tests.replica.saved import web_of_warcs

    return web_of_warcs([Path(warc) for warc in warcs])
