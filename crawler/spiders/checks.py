"""Looks again at sources that were captured before, and asks hosts what they answer to addresses that cannot exist."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

from archive.clock import now
from archive.model.records import Outcome
from crawler.frontier.targets import Fetch
from crawler.spiders.base import CaptureSpider
from pipeline.run.choose import probe_for

if TYPE_CHECKING:
    from archive.model.records import Target


class ChecksSpider(CaptureSpider):
    """Makes the checks that are planned, each once."""

    name = "checks"

    async def feed(self) -> None:
        """Check what is due."""
        context = self.context
        due = await context.ask(context.archive.checks_due, now(), context.job)
        await asyncio.gather(*(self._check(target) for target in due))

    async def _check(self, target: Target) -> None:
        """Check one source, and probe its host where that may change the verdict."""
        fetch = Fetch(target)
        fetch.waiter = asyncio.get_running_loop().create_future()
        if not self.queue(fetch):
            return
        settled = await fetch.waiter
        if settled is None:
            return
        if settled.outcome is Outcome.OK:
            probe = await self.context.ask(
                probe_for,
                self.context.archive.db,
                target.subject or target.url,
                secrets.token_hex(8),
            )
            if probe is not None:
                self.queue(Fetch(probe))
