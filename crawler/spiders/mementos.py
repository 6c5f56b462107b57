"""Asks another archive for its copies: takes copies of sources whose live page is lost, and notes
which copies it has of others, a few each run."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

from archive.clock import now
from archive.db.tables import memento_rows
from archive.model.fetch import Target
from archive.model.times import format_time, parse_time
from archive.model.vocabulary import NOT_FETCHED, PASSING_SOON, Kind, Outcome, Via
from crawler.discovery.steps import memento_url
from crawler.frontier.fetches import Fetch
from crawler.middlewares.politeness import retry_after_s
from crawler.spiders.base import CaptureSpider
from pipeline.read.mementos import STEP, question_url
from pipeline.run.spider_events import MementosAsked
from pipeline.run.wayback import Wayback, WaybackAnswer

if TYPE_CHECKING:
    from archive.model.due import WantedMemento
    from archive.model.understood import Memento
    from crawler.frontier.fetches import Settled

MOST = 500
"""Sources asked about in one run, newest citations first: an hour at the pace of one host, and the
next run goes on."""

ABREAST = 2
"""Sources under way at once: as many requests as one host ever has."""


@dataclass(slots=True)
class MementoTally:
    """What a run had of the other archive, in sources."""

    asked: int = 0
    held: int = 0
    none: int = 0
    listed: int = 0


class MementosSpider(CaptureSpider):
    """Asks the Wayback for the copies nearest to the citing date, and keeps the first good one of
    each source."""

    name = "mementos"
    retries = 0  # further tries are those of `pipeline.run.wayback`
    tally: MementoTally
    wayback: Wayback

    async def feed(self) -> None:
        """Ask about one source after the other until all are asked about, or the Wayback is to be
        left alone."""
        context, settings = self.context, self.context.settings
        self.tally = MementoTally()
        self.wayback = Wayback.under(settings)
        wanted = deque(await self._wanted() if settings.wayback else [])
        try:
            await asyncio.gather(*(self._work(wanted) for _ in range(ABREAST)))
        finally:
            tally = self.tally
            context.progress.tell(MementosAsked(**asdict(tally), detail=self.wayback.down))

    async def _wanted(self) -> list[WantedMemento]:
        """What is lost, then the sources whose turn it is, as far as the day's budget goes."""
        context = self.context
        database, moment = context.archive.db, format_time(now())
        lost = await context.ask(memento_rows.sources_to_ask, database, now=moment, limit=MOST)
        if not context.job.in_turn:
            return lost
        spent = await context.ask(memento_rows.asked_on_round, database, moment[:10])
        left = max(0, context.settings.mementos_per_day - spent)
        most = left if context.job.limit is None else min(left, context.job.limit)
        turn = memento_rows.wanted_on_round
        return [*lost, *await context.ask(turn, database, now=moment, limit=most)]

    async def _work(self, wanted: deque[WantedMemento]) -> None:
        while wanted and self.wayback.down is None:
            await self._ask_about(wanted.popleft())

    async def _ask_about(self, source: WantedMemento) -> None:
        """Ask about a source, and where it is lost take copies until one is good."""
        self.tally.asked += 1
        answer = await self.wayback.ask(partial(self._question, source))
        self.tally.none += answer.said and not answer.mementos
        if not source.lost:
            self.tally.listed += bool(answer.mementos)
            return
        for memento in answer.mementos:
            if self.wayback.down is not None:
                return
            copy = await self.wayback.take(partial(self._copy, source, memento))
            if copy.good:
                self.tally.held += 1
                return
        self.tally.listed += bool(answer.mementos)

    async def _question(self, source: WantedMemento) -> WaybackAnswer:
        # A report is written in the course of its day: noon is never more than half a day wrong.
        at = parse_time(f"{source.cited_on}T12:00:00Z")
        url = question_url(self.context.settings.wayback, source.cited_url, at)
        target = Target(url, Kind.DISCOVERY, source.reason, step=STEP, subject=source.cited_url)
        settled = await self.queue.fetched_even_if_again(Fetch(target))
        if settled is None:
            return WaybackAnswer(
                said=False, final=True, detail="lost to an error of ours; see the log"
            )
        found = settled.processed.mementos
        return WaybackAnswer(
            said=found is not None,
            mementos=found or (),
            retry_after_s=_retry_after(settled),
            final=settled.outcome in NOT_FETCHED,
            detail=None if found is not None else _detail(settled),
        )

    async def _copy(self, source: WantedMemento, memento: Memento) -> WaybackAnswer:
        stamp = f"{parse_time(memento.at):%Y%m%d%H%M%S}"
        url = memento_url(self.context.settings.wayback, stamp, memento.url)
        target = Target(url, Kind.SOURCE, source.reason, subject=source.cited_url)
        fetch = Fetch(target, via=Via.WAYBACK, memento_at=memento.at)
        settled = await self.queue.fetched_even_if_again(fetch)
        if settled is None:
            return WaybackAnswer(
                said=False, final=True, detail="lost to an error of ours; see the log"
            )
        # With this header even an error page is a copy: the site's words, not the Wayback's.
        replayed = "memento-datetime" in settled.processed.page.headers
        return WaybackAnswer(
            said=replayed or settled.outcome not in PASSING_SOON,
            good=settled.outcome is Outcome.OK,
            retry_after_s=_retry_after(settled),
            detail=None if replayed else _detail(settled),
        )


def _retry_after(settled: Settled) -> float | None:
    return retry_after_s(settled.processed.page.headers.get("retry-after"), now())


def _detail(settled: Settled) -> str:
    page = settled.processed.page
    return settled.detail or f"{settled.outcome} (HTTP {page.http_status}) from {page.final_url}"
