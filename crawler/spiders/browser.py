"""Looks in a browser at cited pages that show little without scripts, once they were captured
without one."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from archive.clock import now
from archive.counted import counted
from archive.model.fetch import Target
from archive.model.vocabulary import Kind, Outcome
from crawler.browser.keeping import Keeper
from crawler.browser.page_traffic import PageLimits
from crawler.browser.running import BrowserEndedError, NoBrowserError, Running
from crawler.browser.visit import Visit, VisitOrder
from crawler.frontier.fetches import Fetch
from crawler.frontier.names import slot_of
from crawler.frontier.turns import Turns
from crawler.spiders.base import CaptureSpider

if TYPE_CHECKING:
    from archive.model.browser import WantedPage

REASON = "browser"


class BrowserSpider(CaptureSpider):
    """One page after the other, each by the rule that names its host; asks for nothing itself."""

    name = "browser"

    async def feed(self) -> None:
        """Look at what is wanted; without a browser that is said, and nothing is lost."""
        context = self.context
        # after sources the job's words are about the report that cites them
        named = () if context.job.sources else context.job.urls
        wanted = await context.ask(context.archive.wanted.pages_to_browse, named, now())
        left = list(wanted)
        try:
            if left:
                await self._look(left)
        except NoBrowserError as error:
            self.stopped = (
                f"{counted(len(left), 'pages')} of hosts in browser_hosts kept as they came, not "
                f"as a browser shows them, the first {left[0].cited_url}: {error}; then run again"
            )

    async def _look(self, left: list[WantedPage]) -> None:
        """Look at pages in the browser; each of which something could be kept is off the list then.

        A page over which the browser ends counts as one that it could not show; otherwise it would
        be tried first for ever. Where the browser ends over two pages in a row, neither is blamed.

        Raises:
            NoBrowserError: There is none, or it ended twice in a row.
        """
        turns = Turns(self.context.settings.host_delay_s)
        ended: BrowserEndedError | None = None
        while left:
            async with Running(self.context.settings) as browser:
                before = len(left)
                try:
                    await self._pages(browser, left, turns)
                    return
                except BrowserEndedError as error:
                    if ended is not None and before == len(left):
                        raise
                    ended = error
            await self._kept(left.pop(0), _over(ended))

    async def _pages(self, browser: Running, left: list[WantedPage], turns: Turns) -> None:
        while left:
            spent = self.context.budget.over()
            if spent is not None:
                self.leave_rest(*spent)
                return
            one = left[0]
            if self.must_wait(Fetch(Target(one.cited_url, Kind.SOURCE, REASON))):
                left.pop(0)
                continue
            await turns.wait(slot_of(one.cited_url))
            await self._visit(browser, one)
            left.pop(0)

    async def _visit(self, browser: Running, one: WantedPage) -> None:
        settings = self.context.settings
        folder = Path(tempfile.mkdtemp(prefix="isw-archive-browser-"))
        limits = PageLimits(
            settings.browser_page_s, settings.browser_page_requests, settings.browser_page_bytes
        )
        try:
            order = VisitOrder(one.cited_url, str(folder), pdf=settings.browser_pdf, limits=limits)
            await self._kept(one, await browser.visit(order), folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    async def _kept(self, one: WantedPage, visit: Visit, folder: Path = Path()) -> None:
        context = self.context
        reason = REASON if context.job.sources else context.job.reason or REASON
        await Keeper(context, one, reason, folder, now()).keep(visit)


def _over(error: BrowserEndedError) -> Visit:
    """What is recorded of a page over which the browser ended."""
    return Visit(error=(str(Outcome.UNSUPPORTED), str(error)))
