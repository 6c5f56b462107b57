"""Ends a crawl that was told to stop in good order and soon."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import IgnoreRequest

from crawler.download.scrapy_internals.slots import Slots

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

LOOK_EVERY_S = 1.0  # short beside a fetch, long beside the microsecond that looking takes


class StoppingError(IgnoreRequest):
    """The crawl ends; this request was not sent, and nothing is recorded of it."""


class PutOffError(StoppingError):
    """The crawl has nothing else to do than to wait for this request's host: it is made in the next
    run."""


class Watch:
    """Looks for a crawl that was told to stop."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Look from the opening of the spider to its closing."""
        watch = cls(crawler)
        crawler.signals.connect(watch.opened, signals.spider_opened)
        crawler.signals.connect(watch.closed, signals.spider_closed)
        return watch

    def opened(self) -> None:
        """Begin to look."""
        self._task = asyncio.ensure_future(self._look())

    def closed(self) -> None:
        """Stop looking."""
        if self._task is not None:
            self._task.cancel()

    async def _look(self) -> None:
        engine = self._crawler.engine
        if engine is None:
            raise AssertionError("a spider without an engine")
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if not engine.running:
                Slots(self._crawler).end_all_waiting(StoppingError("the crawl ends"))
