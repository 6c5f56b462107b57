"""What is to be captured, by what the archive holds and by its settings: what a spider asks before
it fills its queue."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from archive.db.tables import browser_rows, check_rows, media_rows, player_rows
from archive.model.times import format_time
from archive.model.vocabulary import Kind
from pipeline.decide.media import KINDS, target_of
from pipeline.read.sources import source_row
from pipeline.run import choose, targets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import sqlite_utils

    from archive.config import Settings
    from archive.model.browser import WantedPage
    from archive.model.fetch import Target
    from archive.model.media import WantedMedia
    from archive.model.player import WantedVideo
    from pipeline.run.job import SpiderJob

AGAIN_AFTER = timedelta(hours=20)
"""A page that the browser could not show is tried again in another day's run."""


class Wanted:
    """Questions to one archive; nothing is written. In the archive's thread."""

    def __init__(self, db: sqlite_utils.Database, settings: Settings) -> None:
        self._db = db
        self._settings = settings

    def target_for(self, url: str, kind: Kind, reason: str, step: str | None = None) -> Target:
        """See `pipeline.run.targets.target_for`."""
        return targets.target_for(self._db, url, kind, reason, step)

    def targets_due(self, now: datetime, *, job: SpiderJob) -> list[Target]:
        """See `pipeline.run.targets.targets_due`."""
        return targets.targets_due(self._db, now, job, self._settings.backfill_days)

    def sources_pending(self, now: datetime, limit: int) -> list[Target]:
        """See `pipeline.run.targets.sources_pending`."""
        return targets.sources_pending(self._db, now, limit)

    def context_wanted(self, now: datetime, limit: int) -> list[Target]:
        """See `pipeline.run.targets.context_wanted`."""
        return targets.context_wanted(self._db, now, self._settings.context_per_day, limit)

    def media_wanted(self, limit: int) -> list[WantedMedia]:
        """See `archive.db.tables.media_rows.wanted`."""
        return media_rows.wanted(self._db, KINDS[self._settings.media], limit)

    def media_of(self, cited: Sequence[str]) -> list[WantedMedia]:
        """Pictures, videos and files that these sources show and that are not held yet."""
        return media_rows.wanted_of(self._db, [source_row(url).id for url in cited])

    def listings_of(self, cited: str) -> list[Target]:
        """Where what a post shows can be asked again, if its own page does not show it."""
        found = media_rows.listings(self._db, source_row(cited).id)
        return [target_of(one) for one in found]

    def pages_to_browse(self, named: Sequence[str], now: datetime) -> list[WantedPage]:
        """Cited pages to look at in a browser: those named, if a rule names their host; otherwise
        those of which no browser has shown anything yet."""
        rules = self._settings.browser_hosts
        if named:
            return browser_rows.wanted_of(self._db, rules, [source_row(url).id for url in named])
        since, most = format_time(now - AGAIN_AFTER), self._settings.browser_pages_per_run
        return browser_rows.wanted(self._db, rules, since=since, limit=most)

    def videos_wanted(self, named: Sequence[str], limit: int) -> list[WantedVideo]:
        """Videos in players for yt-dlp to fetch: those of the named sources, otherwise the next
        that wait."""
        rules = self._settings.ytdlp_hosts
        if named:
            return player_rows.wanted_of(self._db, rules, [source_row(url).id for url in named])
        return player_rows.wanted(self._db, rules, limit)

    def checks_due(self, now: datetime, job: SpiderJob) -> list[Target]:
        """The checks to make: those that the job names, otherwise what is due
        (`pipeline.run.choose`)."""
        if job.urls:
            reason = check_rows.REASON
            return [targets.target_for(self._db, url, Kind.SOURCE, reason) for url in job.urls]
        if job.early:
            return choose.targets_to_look_at_early(self._db, now, self._settings, limit=job.limit)
        return choose.targets_to_check(
            self._db, now, self._settings, limit=job.limit, all_due=job.all_due
        )
