"""Scrapy's engine, running one spider after the other in one process."""

from __future__ import annotations

import importlib
import logging
import sys
from typing import TYPE_CHECKING

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.spider import iter_spider_classes

import crawler.download.scrapy_internals.first  # noqa: F401 - it says why
from archive.urls.normal import registered_domain
from crawler.download.scrapy_internals.settings import CrawlSettings
from crawler.download.scrapy_internals.signals import Signals
from crawler.progress import Progress
from pipeline.read.platforms.registry import platforms
from pipeline.run.spider_events import ProcessFree

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.settings import Settings

    from crawler.orders import Orders


USUAL = (
    "crawler.download.handler", "crawler.middlewares.capture", "crawler.middlewares.guard",
    "crawler.middlewares.politeness", "crawler.middlewares.robots", "pipeline.read.outcomes",
    "pipeline.run.ingest",
)  # fmt: skip
"""Modules that a spider does not import itself, loaded ahead because loading them in the middle of
a crawl would hold it up: the first missing robots.txt, for example, is judged here."""


def load(spider: str) -> None:
    """Load what a spider needs, whatever it will have to do."""
    for name in (f"crawler.spiders.{spider}", *USUAL):
        importlib.import_module(name)
    registered_domain("example.org")  # reads the public suffix list, 0.1 s
    platforms()


def run_all(name: str, job: str, orders: Orders) -> int:
    """Run a spider and those that are ordered after it; the exit code, 1 when one could not be
    started."""
    settings = CrawlSettings()
    settings.setmodule("crawler.settings", priority="project")
    # spiders are named to us: Scrapy would load all of them to find one
    settings.set("SPIDER_MODULES", [], priority="cmdline")
    process = _Process(settings, orders)
    process.crawl(spider_named(name), job=job)
    process.start()
    return int(process.bootstrap_failed)


def spider_named(name: str) -> type[Spider]:
    """The spider of that name, which is its module's, too."""
    module = importlib.import_module(f"crawler.spiders.{name}")
    return next(one for one in iter_spider_classes(module) if one.name == name)


class _Process(AsyncCrawlerProcess):
    """Ends when nothing more is ordered, or a spider could not be started."""

    def __init__(self, settings: Settings, orders: Orders) -> None:
        super().__init__(settings)
        # Scrapy makes a record of each word and drops it at the very end
        logging.disable(logging.getLevelNamesMapping()[settings["LOG_LEVEL"]] - 1)
        self._orders = orders
        self._stopping = False

    def create_crawler(self, crawler_or_spidercls: type[Spider] | str | Crawler) -> Crawler:
        """As Scrapy's, with our signals, before anybody hears any."""
        crawler = super().create_crawler(crawler_or_spidercls)
        crawler.signals = Signals(crawler)
        return crawler

    async def stop(self) -> None:
        """End what is under way, and take no more."""
        self._stopping = True
        self._orders.give_up()
        await super().stop()

    async def join(self) -> None:
        """Run until all is done."""
        await super().join()
        while not (self.bootstrap_failed or self._stopping):
            awaited = self._orders.awaited()
            Progress(sys.stdout).tell(ProcessFree())
            order = await awaited
            if order is None:
                return
            name, job = order
            self.crawl(spider_named(name), job=job)
            await super().join()
