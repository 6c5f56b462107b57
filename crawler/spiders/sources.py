"""Captures the cited sources that were never captured; then the posts that those refer to, and the
pictures and videos that pages show."""

from __future__ import annotations

import contextlib
import itertools
from typing import TYPE_CHECKING, Any

from archive.clock import now
from archive.model.media import PICTURES
from crawler.download.failures import CannotKeepError
from crawler.spiders.base import CaptureSpider
from pipeline.decide import media

if TYPE_CHECKING:
    from archive.model.fetch import Target
    from archive.model.media import WantedMedia
    from crawler.frontier.fetch_queue import FetchQueue
    from crawler.frontier.fetches import Fetch

BATCH = 500
"""Sources queued at once: enough that every host has its turn, few enough to keep memory small."""

MOST_CONTEXT = 10_000
"""Posts that cited ones refer to, in one run; the day's budget is less as a rule."""

LOW = 100
"""When fewer wait, the next batch is queued, so that the slow hosts at the end of one hold up
nobody."""


LARGE_AT_ONCE = 2
"""Videos, sounds and files fetched at once: each is in memory, several times over, while it is
written and read."""


class SourcesSpider(CaptureSpider):
    """Takes pending sources in batches, newest citations first, until none is left; then posts
    that they answer, quote or forward (`context_per_day`), then pictures and videos that they
    show, as far as the setting `media` and its budgets go."""

    name = "sources"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left: dict[int, str] = {}

    async def feed(self) -> None:
        """Queue batch after batch; each source is asked for once in a run, so this ends."""
        if not self.context.job.media:
            await self._feed_sources()
            await self._feed_context()
        await self._feed_media()

    async def _feed_sources(self) -> None:
        passed = 0
        while self.network:
            pending, asked = await self.pending(passed)
            queued = self.queue.add(pending)
            if not queued and len(pending) < asked:
                return
            # Some that were asked for stay pending, or are again after hours: those behind them
            # have their turn.
            passed += 0 if queued else BATCH
            while self.queue.frontier.ready > LOW:
                await self.queue.wait_taken()

    async def pending(self, passed: int) -> tuple[list[Target], int]:
        """The next batch of pending sources, and how many were asked for: a batch more than are
        queued, under way or passed over."""
        asked = len(self.queue.frontier) + self.queue.frontier.under_way + passed + BATCH
        archive = self.context.archive
        return await self.context.ask(archive.wanted.sources_pending, now(), asked), asked

    async def _feed_context(self) -> None:
        """Queue what cited posts refer to, once these are read; one round, so nothing further."""
        if not self.context.settings.context_per_day:
            return
        while self.network and not self.queue.is_empty:
            await self.queue.wait_taken()
        if self.network:
            archive = self.context.archive
            self.queue.add(
                await self.context.ask(archive.wanted.context_wanted, now(), MOST_CONTEXT)
            )

    # --- what the pages show ----------------------------------------------------------------------

    async def _feed_media(self) -> None:
        """Queue what is shown once the pages are there; a listing among it names more."""
        context = self.context
        if context.settings.media == "none" and not context.job.media:
            return
        passed = 0
        while self.network:
            while not self.queue.is_empty:
                await self.queue.wait_taken()
            found, asked = await self._wanted(passed)
            queued = add_media(self.queue, [one for one in found if one.id not in self.left])
            if not queued and len(found) < asked:
                return
            passed += 0 if queued else BATCH

    async def _wanted(self, passed: int) -> tuple[list[WantedMedia], int]:
        """The next batch of what is shown, and how many were asked for; what is known to be left
        out is noted."""
        context, archive = self.context, self.context.archive
        if context.job.media:
            found = await context.ask(archive.wanted.media_of, context.job.urls)
            return found, len(found) + 1
        asked = BATCH + len(self.left) + passed
        found = await context.ask(archive.wanted.media_wanted, asked)
        why = {one.id: media.why_left(one, context.media.per_file, now()) for one in found}
        self.left.update({number: reason for number, reason in why.items() if reason})
        return found, asked

    def must_wait(self, fetch: Fetch) -> bool:
        """Whether a budget holds a fetch back; what a person named is always fetched."""
        why = None if self.context.job.media else self.context.media.why_left(fetch)
        if why is not None and fetch.target.subject:
            name = fetch.target.step or fetch.target.url
            self.left[media.media_id(fetch.target.subject, name)] = why
        return why is not None or super().must_wait(fetch)

    async def ended(self, reason: str) -> None:
        """Record what was left out and why, then end as every spider does."""
        # a database that cannot be written is told by whoever closes it
        with contextlib.suppress(CannotKeepError):
            if self.context.error is None and not self.context.job.media:
                await self._say_left()
        await super().ended(reason)

    async def _say_left(self) -> None:
        archive = self.context.archive
        for number, why in self.left.items():
            await self.context.ask(archive.leave_media, number, why, now())
        await self.context.ask(archive.leave_kinds, now())


def add_media(queue: FetchQueue, found: list[WantedMedia]) -> int:
    """Queue pictures; where there are none any more, some of the large files. Returns how many."""
    light = [one for one in found if one.kind in PICTURES]
    if queued := queue.add(map(media.target_of, light)):
        return queued
    heavy = (media.target_of(one) for one in found if one.kind not in PICTURES)
    taken = (one for one in heavy if queue.add([one]))
    return len(list(itertools.islice(taken, LARGE_AT_ONCE)))
