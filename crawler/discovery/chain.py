"""The chain of one site: each step in turn until one finds reports; how each did is recorded."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from archive.clock import now
from archive.db.tables import capture_rows, step_rows
from archive.model.fetch import Target
from archive.model.times import format_time, parse_time
from archive.model.vocabulary import NO_CONNECTION, RETRIEVED, SITE_REFUSALS, Kind, Outcome, Via
from crawler.discovery.steps import (
    cdx_url,
    days,
    followed,
    memento_url,
    pages_for,
    shards_worth_reading,
)
from crawler.frontier.fetches import Fetch
from pipeline.read.parse.dates import date_in_slug
from pipeline.read.parse.series import slug_of
from pipeline.run.spider_events import StepEnded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.model.understood import Discovered, Found
    from crawler.context import CrawlContext
    from crawler.frontier.fetch_queue import FetchQueue
    from crawler.frontier.fetches import Settled
    from pipeline.read.publishers.site import Site, Step

logger = logging.getLogger(__name__)

STEPS_WITHOUT_CONNECTION = 2
"""Steps after which a site counts as unreachable: one page alone may hang, two different ones
hardly."""

FEED_AGAIN = timedelta(hours=20)
"""Less than a day: a daily run looks again, an hourly one does not."""

LISTS = frozenset({"listing", "drupal-listing", "rest"})
"""Steps that reach reports of any age, page by page."""


class SiteResult(Enum):
    """How the discovery of one site ended."""

    FOUND = auto()
    NOTHING = auto()
    UNREACHABLE = auto()


def _failure_words(url: str, outcome: Outcome, text: str | None) -> str:
    """What went wrong with a page, its address once."""
    return text if text and text.startswith(f"{url}: ") else f"{url}: {text or outcome}"


@dataclass(slots=True)
class StepTally:
    """How one step does.

    Attributes:
        count: Reports named.
        read: Pages read.
        failed: Outcomes of pages that could not be.
        unchanged: A page that answers "not modified" was found before.
        lost: Pages that were asked for and of which nothing came, not even a failure: the run was
            ended meanwhile, or asked for them before.
    """

    count: int = 0
    read: int = 0
    unchanged: int = 0
    lost: int = 0
    failed: list[tuple[str, Outcome, str | None]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the step found reports, or knows that there is nothing new."""
        return bool(self.count or self.unchanged)

    @property
    def says_nothing(self) -> bool:
        """Whether all that was asked for got lost, which is no word about the site."""
        return self.lost > 0 and not (self.read or self.failed or self.ok)

    @property
    def detail(self) -> str | None:
        """What went wrong, in one line."""
        said = [_failure_words(url, outcome, text) for url, outcome, text in self.failed]
        if not said and not self.ok:
            said = ["no page names a report" if self.read else "no page to ask"]
        if not said and not self.count:
            said = ["nothing new"]
        return "; ".join(said) or None


class Fetches(Protocol):
    """What a discovery asks of the spider that it finds reports for."""

    context: CrawlContext
    queue: FetchQueue

    async def add_due(self) -> int:
        """Queue what the archive says is due now; says how many were not queued before."""
        ...

    def knows(self, urls: Iterable[str]) -> bool:
        """Whether one of these reports was queued in this run."""
        ...


class Discovery:
    """Finds the reports of one site for one run."""

    def __init__(self, spider: Fetches, site: Site) -> None:
        self._spider = spider
        self._context = spider.context
        self._site = site
        self._job = spider.context.job
        self._outcomes: set[Outcome] = set()
        self._oldest: str | None = None  # the earliest day of a report that was named

    async def run(self) -> SiteResult:
        """Try the site's steps until one finds reports.

        Those that are worth it beside that one are taken, too.
        """
        unconnected, found = 0, False
        for step in self._site.steps:
            if not self._applies(step) or (found and not await self._worth_beside(step)):
                continue
            tally = await self._try(step, beside=found)
            if not tally.says_nothing:
                await self._record(step, tally)
            found = found or tally.ok
            if found:
                continue
            unconnected += bool(self._outcomes) and self._outcomes <= NO_CONNECTION
            if unconnected == STEPS_WITHOUT_CONNECTION:
                return SiteResult.UNREACHABLE
        return SiteResult.FOUND if found else SiteResult.NOTHING

    async def _worth_beside(self, step: Step) -> bool:
        """Whether a step is taken although an earlier one found reports.

        A feed is one small request, and may name a report that a cached sitemap does not yet; one
        that names none is tried again on another day. Lists are for reports older than those named
        so far.
        """
        if step.name == "feed":
            archive = self._context.archive
            last = await self._context.ask(step_rows.last_step, archive.db, self._site.name, "feed")
            return last is None or last.ok or last.tried_at < format_time(now() - FEED_AGAIN)
        since = self._job.since
        reached = since is None or (self._oldest is not None and self._oldest <= since)
        return step.name in LISTS and not reached

    def _applies(self, step: Step) -> bool:
        if step.name == "wayback":
            return bool(self._context.settings.wayback and self._outcomes & SITE_REFUSALS)
        return step.name == "pattern" or bool(pages_for(step, self._job.series))

    async def _try(self, step: Step, *, beside: bool) -> StepTally:
        if step.name == "pattern":
            return await self._guess()
        if step.name == "wayback":
            return await self._ask_wayback(step)
        tally = StepTally()
        for page in pages_for(step, self._job.series):
            await self._walk(step, page.url, tally, whole=not beside)
        await self._spider.add_due()
        return tally

    async def _record(self, step: Step, tally: StepTally) -> None:
        site, ok, count, detail = self._site.name, tally.ok, tally.count, tally.detail
        self._context.progress.tell(StepEnded(step.name, site, ok, count, detail))
        record = self._context.archive.record_step
        await self._context.ask(
            record, site, step.name, at=now(), ok=ok, found=count, detail=detail
        )

    # --- pages that name reports ------------------------------------------------------------------

    async def _walk(self, step: Step, url: str, tally: StepTally, *, whole: bool) -> None:
        """Read a page, `whole` or if it changed, and the pages that it leads to as far as they are
        worth it."""
        todo, asked = [url], 0
        while todo and asked <= step.depth:
            asked += 1
            first, dated = whole and asked == 1, self._job.since is not None
            discovered = await self._page_names(step, todo.pop(0), tally, whole=first or dated)
            if discovered is None:
                continue
            if step.name == "sitemap":
                todo += await self._shards(followed(step, discovered.pages), tally)
            elif await self._goes_on(discovered):
                todo += [page.url for page in discovered.pages]

    async def _page_names(
        self, step: Step, url: str, tally: StepTally, *, whole: bool
    ) -> Discovered | None:
        """What a page names; None when it could not be read.

        Args:
            step: Which step asks.
            url: The page.
            tally: Where it is counted.
            whole: Ask for it whole: a sitemap index that did not change may name shards that a
                killed run never read.
        """
        archive = self._context.archive
        target = await self._context.ask(
            archive.wanted.target_for, url, Kind.DISCOVERY, "discovery", step.name
        )
        if whole:
            target = replace(target, etag=None, last_modified=None)
        settled = await self._spider.queue.fetched(Fetch(target), first=True)
        return self._tallied(settled, url, tally)

    def _tallied(self, settled: Settled | None, url: str, tally: StepTally) -> Discovered | None:
        if settled is None:
            tally.lost += 1
            return None
        self._outcomes.add(settled.outcome)
        if settled.outcome not in RETRIEVED:
            tally.failed.append((url, settled.outcome, None))
            return None
        tally.read += 1
        tally.unchanged += settled.outcome is Outcome.NOT_MODIFIED
        discovered = settled.processed.discovered
        if discovered is None:
            if settled.processed.failure:
                tally.failed.append((url, settled.outcome, settled.processed.failure))
            return None
        tally.count += len(discovered.reports)
        self._reach(_day_of(found) for found in discovered.reports)
        return discovered

    def _reach(self, reached: Iterable[str | None]) -> None:
        self._oldest = min((day for day in (self._oldest, *reached) if day), default=None)

    async def _shards(self, shards: Sequence[Found], tally: StepTally) -> list[str]:
        """The files to read of those that an index names; the others have not changed."""
        db = self._context.archive.db
        held = {s.url: await self._context.ask(capture_rows.last_read, db, s.url) for s in shards}
        wanted = shards_worth_reading(shards, held, self._job.since)
        tally.unchanged += len(shards) - len(wanted)
        if self._job.since is not None:  # what changed before then, and is left out, is older
            self._reach(shard.lastmod[:10] for shard in shards if shard.lastmod)
        return [shard.url for shard in wanted]

    async def _goes_on(self, discovered: Discovered) -> bool:
        """Whether the next page of a list may name a report that is wanted and not known."""
        if self._job.since is None:
            # another site's discovery may have queued this one's meanwhile
            added = await self._spider.add_due()
            return added > 0 or self._spider.knows(found.url for found in discovered.reports)
        dated = [d[:10] for f in discovered.reports if (d := f.published or f.lastmod)]
        return not dated or max(dated) >= self._job.since

    # --- addresses made of days -------------------------------------------------------------------

    async def _guess(self) -> StepTally:
        """Ask for the addresses that the reports of the days asked for would have."""
        from pipeline.read.candidates import candidate_urls

        tally = StepTally()
        for day in days(_day(self._job.since), _day(self._job.until), now().date()):
            for found in candidate_urls(day):
                if self._may_be(found):
                    await self._guess_one(found.url, tally)
        return tally

    def _may_be(self, found: Found) -> bool:
        """Whether a guessed address is of this site and of the series asked for."""
        wanted = self._job.series in {None, found.series}
        return wanted and urlsplit(found.url).hostname in self._site.hosts

    async def _guess_one(self, url: str, tally: StepTally) -> None:
        archive = self._context.archive
        target = await self._context.ask(archive.wanted.target_for, url, Kind.REPORT, "pattern")
        if target.previous is not None:
            tally.unchanged += 1  # held: when it is due, it is queued for that
            return
        settled = await self._spider.queue.fetched(Fetch(target), first=True)
        if settled is None:
            tally.lost += 1
            return
        self._outcomes.add(settled.outcome)
        tally.read += 1
        tally.count += settled.processed.report is not None

    # --- another archive --------------------------------------------------------------------------

    async def _ask_wayback(self, step: Step) -> StepTally:
        """Take what a Wayback holds of the days asked for; the site itself will not have us."""
        tally = StepTally()
        settings = self._context.settings
        since = _day(self._job.since) or now().date() - timedelta(days=settings.backfill_days)
        for prefix in self._site.archived:
            url = cdx_url(settings.wayback, prefix, since)
            discovered = await self._page_names(step, url, tally, whole=True)
            for found in discovered.reports if discovered else ():
                await self._take_memento(found)
        return tally

    async def _take_memento(self, found: Found) -> None:
        if found.lastmod is None:
            return
        moment = parse_time(found.lastmod)
        url = memento_url(self._context.settings.wayback, f"{moment:%Y%m%d%H%M%S}", found.url)
        target = Target(url, Kind.REPORT, "wayback")
        self._spider.queue.put(
            Fetch(target, uri_r=found.url, via=Via.WAYBACK, memento_at=format_time(moment))
        )


def _day_of(found: Found) -> str | None:
    """The day of a report: in its address, else when it was published or last changed."""
    printed = date_in_slug(slug_of(found.url))
    day = printed.on(printed.year) if printed and printed.year else None
    return day.isoformat() if day else (found.published or found.lastmod or "")[:10] or None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
