"""One look at a page in Chromium: what it asks for, what came, and what is kept of it."""

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
from crawler.download.guard import without_userinfo

if TYPE_CHECKING:
    from playwright.async_api import Page, Request, Response

    from crawler.browser.page_traffic import PageTraffic
    from crawler.browser.visit import VisitOrder


WIDTH, HEIGHT = 1280, 1600  # points; a desktop's width, two screens' height
TALLEST = 8_000
"""Points of a page's height that its picture shows: 40 MB of points, five screens of a map's
story."""
_SETTLES_S = 8.0
"""Seconds after loading in which a page's scripts fetch what they show."""
_STEPS = 12
"""Of scrolling, that what is loaded only when it is seen is loaded."""

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


@dataclass(slots=True, eq=False)
class Look:
    """One look at a page.

    Attributes:
        size: Bytes of bodies kept so far.
        bodies: How many.
        status: Of the last answer to the page's own address, wherever it went on to.
        cut: The page, as it stood in the browser, is larger than is kept.
    """

    order: VisitOrder
    traffic: PageTraffic
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
        return replace(
            self._figures(),
            final_url=page.url.partition("#")[0],
            status=self.status,
            tls_verified=verified if secure else None,
            dom=dom,
            cut=self.cut,
            screenshot=screenshot,
            pdf=pdf,
        )

    def failed(self, error: Exception) -> Visit:
        """The visit of a page that could not be shown."""
        text = first_line(error)
        outcome = next((o for known, o in _FAILURES if known.search(text)), None)
        return self._ended(*self._cause(outcome or Outcome.CONNECTION_FAILURE, text))

    def too_slow(self) -> Visit:
        """The visit of a page that did not come to its end."""
        return self._ended(Outcome.TIMEOUT, f"more than {self.order.limits.seconds:g} seconds")

    def _cause(self, outcome: Outcome, text: str) -> tuple[Outcome, str]:
        """What the proxy knows of a failure that the browser only sees as a broken connection."""
        traffic = self.traffic
        if traffic.over is not None:
            late = traffic.over.endswith("seconds")
            return (Outcome.TIMEOUT if late else Outcome.TOO_LARGE), traffic.over
        if traffic.refused:
            place, why = next(reversed(traffic.refused.items()))
            return Outcome.ADDRESS_REFUSED, f"{place}: {why}"
        if traffic.failed and outcome is Outcome.CONNECTION_FAILURE:
            return traffic.failed[-1]
        return outcome, text

    def _ended(self, outcome: Outcome, text: str) -> Visit:
        return replace(self._figures(), error=(str(outcome), text))

    def _figures(self) -> Visit:
        """What is told of every visit, however it ended."""
        return Visit(
            limit=self.traffic.over,
            refused=tuple(self.traffic.refused.items()),
            browser=self.browser,
            requests=self.traffic.requests,
            size=self.traffic.size,
            answers=self._aged(),
        )

    def _aged(self) -> tuple[Answered, ...]:
        """The answers, each with its age instead of its moment: whoever keeps them has the clock
        that counts."""
        end = time.monotonic()
        return tuple(replace(one, age_s=round(end - one.age_s, 3)) for one in self.answers)

    def drop(self) -> None:
        """Give up what is still being kept."""
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
                self.traffic.asked(place_of(url))

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
                address=self.traffic.addresses.get(place_of(request.url)),
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
        """Wait until nothing more comes, or long enough; the page is scrolled from top to bottom
        once."""
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


def first_line(error: Exception) -> str:
    """What a browser says of an error, without the log behind it."""
    return str(error).strip().partition("\n")[0]


async def _quietly(doing: Any) -> None:
    """What the browser cannot do any more, since the page is gone, is not done."""
    from playwright.async_api import Error

    with contextlib.suppress(Error):
        await doing


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
