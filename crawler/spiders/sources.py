"""Captures what the reports cite and nobody has captured yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.clock import now
from crawler.spiders.base import CaptureSpider

if TYPE_CHECKING:
    from archive.model.fetch import Target

BATCH = 500
"""Sources queued at once: enough that every host has its turn, few enough to keep memory small."""

LOW = 100
"""When fewer wait, more are asked for, so that slow hosts at the end of a batch hold up nobody."""


class SourcesSpider(CaptureSpider):
    """Takes pending sources in batches, newest citations first, until none is left."""

    name = "sources"

    async def feed(self) -> None:
        """Queue batch after batch; each source is asked for once in a run, so this ends."""
        passed = 0
        while self.network:
            pending, asked = await self.pending(passed)
            queued = self.add(pending)
            if not queued and len(pending) < asked:
                return
            # Some that were asked for stay pending, or are again after hours: those behind them
            # have their turn.
            passed += 0 if queued else BATCH
            while self.frontier.ready > LOW:
                await self.taken.wait()
                self.taken.clear()

    async def pending(self, passed: int) -> tuple[list[Target], int]:
        """What is pending, and how many were asked for: a batch beyond what is queued, under way or
        passed over."""
        asked = len(self.frontier) + self.frontier.under_way + passed + BATCH
        archive = self.context.archive
        return await self.context.ask(archive.sources_pending, now(), asked), asked
