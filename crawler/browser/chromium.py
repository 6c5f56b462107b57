"""One page after the other in Chromium, each in a context of its own that is thrown away."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from archive.model.vocabulary import Outcome
from crawler.browser.look import HEIGHT, WIDTH, Look, first_line
from crawler.browser.visit import Visit
from crawler.download.guard import check_url
from crawler.download.refusals import RefusedError

if TYPE_CHECKING:
    from typing import Self

    from playwright.async_api import Browser, BrowserContext, Playwright

    from archive.urls.addresses import Allowed
    from crawler.browser.proxy import GuardProxy
    from crawler.browser.visit import Began, VisitOrder

_KEEPS_S = 15.0
"""Seconds beyond a page's own for its picture; and for a page to be closed."""

# What else than the proxy a browser could use to reach the network, and what it asks for by itself.
_FLAGS = (
    # names: only the proxy resolves any
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--dns-prefetch-disable",
    "--disable-quic",
    # WebRTC: no datagram that does not go through the proxy, which takes none
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-pings",
    "--no-first-run",
    "--disable-gpu",
    "--disable-dev-shm-usage",
)
# A page that has no peer connections opens none; the flags above hold where a script finds another
# way to them.
_NO_PEERS = """
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel",
                    "WebTransport"]) {
  Object.defineProperty(globalThis, name, {value: undefined, configurable: false});
}
"""


class BrowserGoneError(Exception):
    """Chromium does not start, or ended."""


class Chromium:
    """A running browser; use it as a context manager."""

    def __init__(self, began: Began, proxy: GuardProxy, allowed: Allowed) -> None:
        self._began = began
        self._proxy = proxy
        self._allowed = allowed
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    async def __aenter__(self) -> Self:
        from playwright.async_api import Error, async_playwright

        self._playwright = await async_playwright().start()
        where = f"http://127.0.0.1:{self._proxy.port}"
        try:
            self._browser = await self._playwright.chromium.launch(
                executable_path=self._began.program,
                chromium_sandbox=self._began.sandbox,
                args=[*_FLAGS, f"--proxy-server={where}", "--proxy-bypass-list=<-loopback>"],
            )
        except Error as error:
            await self._playwright.stop()
            hint = ""
            if self._began.sandbox:
                hint = "; where it gets no sandbox from the system: sandbox = false in [browser]"
            raise BrowserGoneError(f"{first_line(error)}{hint}") from error
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._browser is not None:
            await self._browser.close()
        if self._playwright is not None:
            await self._playwright.stop()

    @property
    def name(self) -> str:
        """Name and version."""
        return f"Chromium/{self._browser.version}" if self._browser else ""

    async def visit(self, order: VisitOrder) -> Visit:
        """Look at one page; what goes wrong is told in the visit.

        Raises:
            BrowserGoneError: Chromium ended.
        """
        try:
            check_url(order.url, self._allowed)
        except RefusedError as error:
            return Visit(error=(str(error.outcome), str(error)), browser=self.name)
        told = await self._visited(order, verified=True)
        if told.error is None or told.error[0] != Outcome.TLS_FAILURE:
            return told
        # as the plain way: once more without, and flagged
        return await self._visited(order, verified=False)

    async def _visited(self, order: VisitOrder, *, verified: bool) -> Visit:
        from playwright.async_api import Error

        assert self._browser is not None
        if not self._browser.is_connected():
            raise BrowserGoneError("Chromium ended")
        traffic = self._proxy.begin(order.limits)
        clock = asyncio.get_running_loop().call_later(order.limits.seconds, traffic.out_of_time)
        try:
            context = await self._context(verified=verified)
            page = await context.new_page()
        except Error as error:  # no site had a part in it
            raise BrowserGoneError(f"it opens no page: {first_line(error)}") from error
        look = Look(order, traffic, self.name)
        try:
            return await asyncio.wait_for(
                look.at(page, verified=verified), order.limits.seconds + _KEEPS_S
            )
        except Error as error:
            if not self._browser.is_connected():
                raise BrowserGoneError(first_line(error)) from error
            return look.failed(error)
        except TimeoutError:  # a script that never ends, in which nothing can be asked
            return look.too_slow()
        finally:
            clock.cancel()
            self._proxy.end()
            look.drop()
            await _closed_within(context)

    async def _context(self, *, verified: bool) -> BrowserContext:
        """A browser that knows nothing and may nothing."""
        assert self._browser is not None
        context = await self._browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            user_agent=await self._agent(),
            accept_downloads=False,
            service_workers="block",
            permissions=[],
            ignore_https_errors=not verified,
            locale="en-US",
            timezone_id="UTC",
        )
        await context.add_init_script(_NO_PEERS)
        return context

    async def _agent(self) -> str:
        """What the browser says that it is, and who asks."""
        version = self._browser.version.partition(".")[0] if self._browser else ""
        return (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
            f"HeadlessChrome/{version}.0.0.0 Safari/537.36 {self._began.agent}"
        )


async def _closed_within(context: BrowserContext) -> None:
    """Throw a context away.

    Raises:
        BrowserGoneError: Chromium does not even do that.
    """
    from playwright.async_api import Error

    try:
        with contextlib.suppress(Error):
            await asyncio.wait_for(context.close(), _KEEPS_S)
    except TimeoutError as error:
        raise BrowserGoneError("Chromium does not answer any more") from error
