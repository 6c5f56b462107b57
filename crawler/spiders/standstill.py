"""When a run ends although something waits: only hosts are left that are busy or do not answer, or
fetches that nobody carries out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.download.scrapy_internals.slots import Slots
from crawler.middlewares.politeness import pace_of_hosts

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.frontier.fetch_queue import FetchQueue
    from crawler.frontier.patience import Patience


class Standstill:
    """Looks whether a crawl gets on."""

    def __init__(self, crawler: Crawler, queue: FetchQueue, patience: Patience) -> None:
        """For one crawl.

        Args:
            crawler: Scrapy's: its engine, its slots, and what paces the hosts.
            queue: What there is to fetch.
            patience: How long it may stand still.
        """
        self._crawler = crawler
        self._queue = queue
        self._patience = patience

    @property
    def look_s(self) -> float:
        """Seconds until the next look."""
        return self._patience.look_s

    def is_long(self) -> bool:
        """Look. Returns whether the crawl has stood still for long enough to end it."""
        return self._patience.is_over(waits_only=self.waits_only())

    def waits_only(self) -> bool:
        """Whether nothing is left but hosts that are busy or do not answer, and further tries."""
        pace, frontier = pace_of_hosts(self._crawler), self._queue.frontier
        if self._queue.settling or pace is None or self._crawler.engine is None:
            return False
        if self.is_lost():
            return True
        urls = [
            *(request.url for request in Slots(self._crawler).asked()),
            *(one.target.url for one in frontier.queued()),
        ]
        if not urls and not len(frontier):
            return False
        return not self._queue.is_empty and all(pace.is_troubled(url) for url in urls)

    def is_lost(self) -> bool:
        """Whether the fetches that count as under way are carried out by nobody, and no other may
        begin: a fault of ours, by which the run would never end."""
        frontier = self._queue.frontier
        is_stuck = frontier.under_way and (self._queue.is_full or frontier.next_time() is None)
        return bool(is_stuck) and not self._queue.settling and Slots(self._crawler).is_idle()
