"""A crawl ends with the process that asked for it: it holds the lock under which we write."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import TYPE_CHECKING

from scrapy import signals

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0  # short beside a fetch, long beside the microsecond that looking takes


class ParentWatch:
    """Closes the spider in good order when its parent process is gone."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._parent = os.getppid()
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
            self._task = None

    async def _look(self) -> None:
        while os.getppid() == self._parent:
            await asyncio.sleep(LOOK_EVERY_S)
        self._task = None  # closing the spider must not cancel what closes it
        logger.warning("the process that started this crawl is gone: stopping")
        if self._crawler.engine is not None:
            await self._crawler.engine.stop_async()
