"""One page after the other in Chromium, each in a context of its own that is thrown away."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.model.vocabulary import Outcome
from crawler.browser.proxy import place_of
from crawler.browser.visit import Answered, Visit
from crawler.download.guard import check_url, without_userinfo
from crawler.download.refusals import RefusedError

if TYPE_CHECKING:
    from typing import Self

    from playwright.async_api import Browser, BrowserContext, Page, Playwright, Request, Response

    from archive.urls.addresses import Allowed
    from crawler.browser.account import Account
    from crawler.browser.proxy import GuardProxy
    from crawler.browser.visit import Began, Order

WIDTH, HEIGHT = 1280, 1600  # points; a desktop's width, two screens' height
TALLEST = 8_000
"""Points of a page's height that its picture shows: 40 MB of points, five screens of a map's
story."""
_SETTLES_S = 8.0
"""Seconds after loading in which a page's scripts fetch what they show."""
_KEEPS_S = 15.0
"""Seconds beyond a page's own for its picture; and for a page to be closed."""
_STEPS = 12
"""Of scrolling, that what is loaded only when it is seen is loaded."""

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
_SCROLL = """
async ([steps, tall]) => {
  let gone = 0;
  while (gone < steps && scrollY + innerHeight < Math.min(tall, document.body.scrollHeight)) {
    scrollBy(0, innerHeight);
    gone += 1;
    await new Promise(go => setTimeout(go, 150));
  }
  scrollTo(0, 0);
  return gone;
}
"""
_FAILURES = (
    (re.compile(r"ERR_NAME_NOT_RESOLVED"), Outcome.DNS_FAILURE),
    (re.compile(r"ERR_CERT_|ERR_SSL_"), Outcome.TLS_FAILURE),
    (re.compile(r"ERR_TOO_MANY_REDIRECTS"), Outcome.REDIRECT_LOOP),
    (re.compile(r"Timeout|ERR_TIMED_OUT"), Outcome.TIMEOUT),
    (re.compile(r"Download is starting|ERR_ABORTED|crashed"), Outcome.UNSUPPORTED),
)


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
            raise BrowserGoneError(f"{_first_line(error)}{hint}") from error
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

    async def visit(self, order: Order) -> Visit:
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

    async def _visited(self, order: Order, *, verified: bool) -> Visit:
        from playwright.async_api import Error

        assert self._browser is not None
        if not self._browser.is_connected():
            raise BrowserGoneError("Chromium ended")
        account = self._proxy.begin(order.limits)
        clock = asyncio.get_running_loop().call_later(order.limits.seconds, account.out_of_time)
        try:
            context = await self._context(verified=verified)
            page = await context.new_page()
        except Error as error:  # no site had a part in it
            raise BrowserGoneError(f"it opens no page: {_first_line(error)}") from error
        look = _Look(order, account, self.name)
        try:
            return await asyncio.wait_for(
                look.at(page, verified=verified), order.limits.seconds + _KEEPS_S
            )
        except Error as error:
            if not self._browser.is_connected():
                raise BrowserGoneError(_first_line(error)) from error
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


@dataclass(slots=True, eq=False)
class _Look:
    """One look at a page.

    Attributes:
        size: Bytes of bodies kept so far.
        bodies: How many.
        status: Of the last answer to the page's own address, wherever it went on to.
        cut: The page, as it stood in the browser, is larger than is kept.
    """

    order: Order
    account: Account
    browser: str
    answers: list[Answered] = field(default_factory=list)
    size: int = 0
    bodies: int = 0
    status: int | None = None
    cut: bool = False
    _keeping: set[asyncio.Task[None]] = field(default_factory=set)

    async def at(self, page: Page, *, verified: bool) -> Visit:
        """Open it, wait until it has what it shows, keep that.

        Raises:
            playwright.async_api.Error: It could not be opened, or was ended.
        """
        page.set_default_timeout(self.order.limits.seconds * 1000)
        self._listen(page)
        # a name and password were never meant for us, as in the plain way
        await page.goto(without_userinfo(self.order.url), wait_until="domcontentloaded")
        await self._settled(page)
        if self._keeping:
            await asyncio.wait(self._keeping, timeout=_SETTLES_S)
        if not page.url.startswith(("http://", "https://")):
            # it went on to where nothing was to be had, and the browser shows a page of its own
            return self._ended(*self._cause(Outcome.CONNECTION_FAILURE, "it went on to nowhere"))
        dom, screenshot, pdf = await self._kept(page)
        secure = page.url.startswith("https:")
        return Visit(
            final_url=page.url.partition("#")[0],
            status=self.status,
            tls_verified=verified if secure else None,
            limit=self.account.over,
            refused=tuple(self.account.refused.items()),
            browser=self.browser,
            requests=self.account.requests,
            size=self.account.size,
            answers=self._aged(),
            dom=dom,
            cut=self.cut,
            screenshot=screenshot,
            pdf=pdf,
        )

    def failed(self, error: Exception) -> Visit:
        """It could not be shown."""
        text = _first_line(error)
        outcome = next((o for known, o in _FAILURES if known.search(text)), None)
        return self._ended(*self._cause(outcome or Outcome.CONNECTION_FAILURE, text))

    def too_slow(self) -> Visit:
        """It did not come to its end."""
        return self._ended(Outcome.TIMEOUT, f"more than {self.order.limits.seconds:g} seconds")

    def _cause(self, outcome: Outcome, text: str) -> tuple[Outcome, str]:
        """Of what the browser only sees as a connection that ended, what the proxy knows."""
        account = self.account
        if account.over is not None:
            late = account.over.endswith("seconds")
            return (Outcome.TIMEOUT if late else Outcome.TOO_LARGE), account.over
        if account.refused:
            place, why = next(reversed(account.refused.items()))
            return Outcome.ADDRESS_REFUSED, f"{place}: {why}"
        if account.failed and outcome is Outcome.CONNECTION_FAILURE:
            return account.failed[-1]
        return outcome, text

    def _ended(self, outcome: Outcome, text: str) -> Visit:
        return Visit(
            error=(str(outcome), text),
            limit=self.account.over,
            refused=tuple(self.account.refused.items()),
            browser=self.browser,
            requests=self.account.requests,
            size=self.account.size,
            answers=self._aged(),
        )

    def _aged(self) -> tuple[Answered, ...]:
        """The answers, each with its age instead of its moment: whoever keeps them has the clock
        that counts."""
        end = time.monotonic()
        return tuple(replace(one, age_s=round(end - one.age_s, 3)) for one in self.answers)

    def drop(self) -> None:
        """Let go of what is still being kept."""
        for one in self._keeping:
            one.cancel()

    # --- while it loads ---------------------------------------------------------------------------

    def _listen(self, page: Page) -> None:
        context = page.context
        context.on("request", lambda request: self._asked(request.url))
        page.on("websocket", lambda opened: self._asked(opened.url))
        page.on("response", lambda answer: self._note(answer, page))
        context.on("requestfinished", lambda request: self._begin(self._keep(request)))
        page.on("dialog", lambda dialog: self._begin(dialog.dismiss()))
        page.on("download", lambda download: self._begin(download.cancel()))
        context.on("page", lambda other: self._begin(_closed(other, page)))

    def _asked(self, url: str) -> None:
        with contextlib.suppress(ValueError):
            if url.startswith(("http", "ws")):
                self.account.asked(place_of(url))

    def _note(self, answer: Response, page: Page) -> None:
        if answer.request.is_navigation_request() and answer.frame == page.main_frame:
            self.status = answer.status

    def _begin(self, doing: Any) -> None:
        task = asyncio.ensure_future(_quietly(doing))
        self._keeping.add(task)
        task.add_done_callback(self._keeping.discard)

    async def _keep(self, request: Request) -> None:
        """What came for one request; a body at once, for the browser forgets it when the page goes
        on."""
        answer = await request.response()
        if answer is None or not request.url.startswith(("http://", "https://")):
            return
        at = time.monotonic()
        body = None if 300 <= answer.status < 400 else await self._body(answer)
        self.answers.append(
            Answered(
                url=request.url.partition("#")[0],
                age_s=at,
                method=request.method,
                asked=tuple((h["name"], h["value"]) for h in await request.headers_array()),
                status=answer.status,
                phrase=answer.status_text,
                headers=tuple((h["name"], h["value"]) for h in await answer.headers_array()),
                body=body,
                address=self.account.addresses.get(place_of(request.url)),
                protocol=await _protocol(answer),
            )
        )

    async def _body(self, answer: Response) -> str | None:
        from playwright.async_api import Error

        try:
            body = await answer.body()
        except Error:  # gone with an earlier page, or larger than the browser keeps
            return None
        if self.size + len(body) > self.order.limits.size:
            return None
        self.size += len(body)
        self.bodies += 1
        return self._written(f"{self.bodies:05}.body", body)

    async def _settled(self, page: Page) -> None:
        """Until nothing more comes, or long enough; seen from top to bottom once."""
        from playwright.async_api import Error

        with contextlib.suppress(Error):
            await page.wait_for_load_state("load", timeout=_SETTLES_S * 1000)
        with contextlib.suppress(Error):
            await page.wait_for_load_state("networkidle", timeout=_SETTLES_S * 1000)
        with contextlib.suppress(Error):
            if await page.evaluate(_SCROLL, [_STEPS, TALLEST]):
                await page.wait_for_load_state("networkidle", timeout=_SETTLES_S * 1000)

    # --- what is kept of it -----------------------------------------------------------------------

    async def _kept(self, page: Page) -> tuple[str, str, str | None]:
        """The page as it is in the browser, its picture, and printed."""
        content = (await page.content()).encode("utf-8", "replace")
        self.cut = len(content) > self.order.limits.size
        dom = self._written("page.html", content[: self.order.limits.size])
        tall = await page.evaluate("() => document.documentElement?.scrollHeight")
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": shown_height(tall)}
        picture = await page.screenshot(full_page=True, clip=clip, animations="disabled")  # type: ignore[arg-type]
        printed = await page.pdf(print_background=True) if self.order.pdf else None
        shown = self._written("page.png", picture)
        return dom, shown, self._written("page.pdf", printed) if printed is not None else None

    def _written(self, name: str, content: bytes) -> str:
        (Path(self.order.folder) / name).write_bytes(content)
        return name


def shown_height(said: object) -> int:
    """Points of a page that its picture shows; its scripts may have the browser say anything."""
    if isinstance(said, int | float) and said >= 1:
        return int(min(said, TALLEST))
    return HEIGHT


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


async def _quietly(doing: Any) -> None:
    """What the browser cannot do any more, since the page is gone, is not done."""
    from playwright.async_api import Error

    with contextlib.suppress(Error):
        await doing


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


async def _closed(other: Page, own: Page) -> None:
    """A window that a page opens is not looked at."""
    if other is not own:
        await other.close()


async def _protocol(answer: Response) -> str | None:
    """Newer versions of playwright tell."""
    from playwright.async_api import Error

    try:
        said = await answer.http_version()
    except (AttributeError, Error):
        return None
    return said or None
