"""Has yt-dlp fetch videos that only a player has, on hosts that a rule names."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import getproxies

from archive.clock import now
from archive.counted import counted
from archive.urls.addresses import Allowed
from crawler.browser.page_traffic import PageLimits
from crawler.browser.proxy import GuardProxy
from crawler.frontier.names import slot_of
from crawler.frontier.turns import Turns
from crawler.spiders.base import CaptureSpider
from crawler.videos.failures import is_ours
from crawler.videos.keeping import Keeper, fetch_of
from crawler.videos.order import VideoOrder
from crawler.videos.running import fetched, limits_of
from pipeline.run.ytdlp import missing

if TYPE_CHECKING:
    from archive.model.player import WantedVideo

MOST_CONNECTIONS = 2_000
"""Of one video: each piece of a stream is one."""


class VideosSpider(CaptureSpider):
    """One video after the other; asks for nothing itself."""

    name = "videos"

    async def feed(self) -> None:
        """Fetch what is wanted; without yt-dlp that is said, and nothing is lost."""
        context = self.context
        named = context.job.urls if context.job.media else ()
        most = context.settings.ytdlp_videos_per_run
        wanted = await context.ask(context.archive.wanted.videos_wanted, named, most)
        without = missing()
        if wanted and without is not None:
            self.stopped = (
                f"{counted(len(wanted), 'videos')} of hosts in ytdlp_hosts not fetched: "
                f"{without[0]}; {without[1]}, then run again"
            )
        elif wanted:
            await self._fetch(wanted)

    async def _fetch(self, wanted: list[WantedVideo]) -> None:
        allowed = Allowed.of(self.context.settings.allow_networks)
        turns = Turns(self.context.settings.host_delay_s)
        async with GuardProxy(allowed, getproxies()) as proxy:
            for one in wanted:
                spent = self.context.budget.over()
                if spent is not None:
                    self.leave_rest(*spent)
                    return
                fetch = fetch_of(one, one.cited_url)
                why = None if self.context.job.media else self.context.media.why_left(fetch)
                if why is not None:
                    archive = self.context.archive
                    await self.context.ask(archive.leave_media, one.id, why, now())
                elif not self.must_wait(fetch):
                    await turns.wait(slot_of(one.cited_url))
                    await self._fetch_one(proxy, one)
                if self.stopped:
                    return

    async def _fetch_one(self, proxy: GuardProxy, one: WantedVideo) -> None:
        context, settings = self.context, self.context.settings
        folder = Path(tempfile.mkdtemp(prefix="isw-archive-video-"))
        most = context.media.per_file
        limits = limits_of(PageLimits(settings.ytdlp_video_s, MOST_CONNECTIONS), most)
        try:
            order = VideoOrder(
                one.cited_url, str(folder), proxy.port, most, limits.seconds, settings.user_agent
            )
            tried = await fetched(proxy, order, limits)
            if is_ours(tried.got):
                self.stopped = f"no room for a video in {folder.parent}; free some, then run again"
                return
            await Keeper(context, one, folder, now(), most).keep(tried)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
