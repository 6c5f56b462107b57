"""Finds reports, and captures those that are new, changed, due or named."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from archive.clock import now
from archive.model.fetch import Target
from archive.model.vocabulary import Kind
from crawler.discovery.chain import Discovery, SiteResult
from crawler.frontier.fetches import Fetch
from crawler.spiders.base import CaptureSpider
from pipeline.read.publishers.registry import SITES
from pipeline.run.preload_choice import preload_of
from pipeline.run.spider_events import CitedLeft

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


logger = logging.getLogger(__name__)

CITED = "cited"
"""The reason for capturing a report that is older than what is collected
(`archive.db.tables.due_rows`)."""
NEW = "new"
"""The reason for capturing a report that was found just now. Whatever the reason, it is queued
once."""
CITED_NAMED = 3
"""Reports left for the next run that are named."""


class ReportsSpider(CaptureSpider):
    """Runs every site's discovery, and fetches what the archive then says is due."""

    name = "reports"
    cited = 0
    """Old reports queued in this run because others cite them."""
    cited_left: Sequence[str] = ()
    """Those that wait for the next run."""

    preload = staticmethod(preload_of)

    async def feed(self) -> None:
        """Queue what is due or named, look for more, queue that."""
        await self.add_due()
        if self.context.job.discover and not self.context.job.urls:
            await self._discover()
        if self.cited_left:
            left = CitedLeft(len(self.cited_left), list(self.cited_left[:CITED_NAMED]))
            self.context.progress.tell(left)

    async def add_due(self) -> int:
        """Queue what the archive says is due for this job; says how many were not queued before."""
        archive, job = self.context.archive, self.context.job
        targets = await self.context.ask(archive.wanted.targets_due, now(), job=job)
        mine = [t for t in targets if job.urls or may_be_of(job.series, t.url)]
        added = self.queue.add(t for t in mine if t.reason != CITED)
        return added + self._add_cited([t for t in mine if t.reason == CITED])

    def knows(self, urls: Iterable[str]) -> bool:
        """Whether one of these reports was queued in this run."""
        return any(self.queue.frontier.knows(Fetch(Target(url, Kind.REPORT, NEW))) for url in urls)

    def _add_cited(self, targets: Sequence[Target]) -> int:
        """Queue old reports that others cite, as far as this run's budget goes; they cite older
        ones in turn."""
        before, left = self.cited, []
        for target in targets:
            if self.cited < self.context.settings.cited_reports_per_run:
                self.cited += self.queue.add([target])
            elif not self.queue.frontier.knows(Fetch(target)):
                left.append(target.url)
        self.cited_left = left
        return self.cited - before

    async def _discover(self) -> None:
        wanted = self.context.job.publisher
        sites = [site for site in SITES if wanted in {None, site.name}]
        results = await asyncio.gather(*(Discovery(self, site).run() for site in sites))
        # one site that does not answer may be down alone
        if len(sites) > 1 and all(result is SiteResult.UNREACHABLE for result in results):
            self.network = False
            self.queue.frontier.drop_all()
            logger.error("no network: none of the sites could be reached")


def may_be_of(series: str | None, url: str) -> bool:
    """Whether a report may belong to a series, as far as its address says; an address that says
    nothing may."""
    if series is None:
        return True
    from pipeline.read.parse.series import fold, known_series, slug_of

    named = known_series(fold(slug_of(url)))
    return named is None or named.slug == series
