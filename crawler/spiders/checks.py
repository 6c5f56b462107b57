"""Looks again at sources that were captured before, and asks hosts what they answer to addresses
that cannot exist."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

from archive.clock import now
from archive.model.vocabulary import RETRIEVED
from crawler.frontier.fetches import Fetch
from crawler.spiders.base import CaptureSpider
from pipeline.run.choose import control_for, probe_for

if TYPE_CHECKING:
    from archive.model.fetch import Target
    from crawler.frontier.fetches import Settled

CONTROLS = 2
"""A page known to be good; where that tells nothing, the host's front page."""


class ChecksSpider(CaptureSpider):
    """Makes the checks that are planned, each once."""

    name = "checks"

    async def feed(self) -> None:
        """Check what is due."""
        context = self.context
        due = await context.ask(context.archive.wanted.checks_due, now(), context.job)
        await asyncio.gather(*(self._check(target) for target in due))

    async def _check(self, target: Target) -> None:
        """Check one source, and probe its host where that may change the verdict."""
        settled = await self._settled(target)
        if settled is not None and settled.outcome in RETRIEVED:
            await self._ask_listing(target.subject or target.url)
            await self._ask_host(target.subject or target.url)

    async def _ask_listing(self, cited: str) -> None:
        """Ask what a post shows, where another answer than its page says that."""
        for listing in await self.context.ask(self.context.archive.wanted.listings_of, cited):
            await self._settled(listing)

    async def _ask_host(self, cited: str) -> None:
        """Ask a source's host what it answers elsewhere, as far as that may change the verdict."""
        held = self.context.archive.held
        probe = await self.context.ask(probe_for, held, cited, secrets.token_hex(8))
        if probe is not None and await self._settled(probe) is None:
            return
        for _ in range(CONTROLS):
            control = await self.context.ask(control_for, held, cited)
            if control is None or await self._settled(control) is None:
                return

    async def _settled(self, target: Target) -> Settled | None:
        """The end of one fetch; None when it was asked for before in this run, or lost."""
        return await self.queue.fetched(Fetch(target)) if self.network else None
