"""Captures what the reports cite and nobody has captured yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.clock import now
from crawler.spiders.base import CaptureSpider

if TYPE_CHECKING:
    from archive.records import Target

BATCH = 500
"""Sources queued at once: enough that every host has its turn, few enough to keep memory small."""

LOW = 100
"""When fewer wait, more are asked for, so that slow hosts at the end of a batch hold up nobody."""


class SourcesSpider(CaptureSpider):
    """Takes pending sources in batches, newest citations first, until none is left."""

    name = "sources"

    async def feed(self) -> None:
        """Queue batch after batch; each source is asked for once in a run, so this ends."""
        while self.network and self.add(await self.pending()):
            while len(self.frontier) > LOW:
                await self.taken.wait()
                self.taken.clear()

    async def pending(self) -> list[Target]:
        """What is pending, a batch beyond what is queued or under way and therefore still pending."""
        known = len(self.frontier) + self.frontier.under_way
        archive = self.context.archive
        return await self.context.ask(archive.sources_pending, now(), known + BATCH)
