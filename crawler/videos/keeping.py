"""What yt-dlp gave of one video becomes a record, and rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from archive.bodies import file_of
from archive.media_types import other_media_type
from archive.model.body import LARGE_BYTES, pieces_of
from archive.model.fetch import Exchange, HttpMessage, Target
from archive.model.player import VIDEO_PREFIX, PlayerNote, unsigned
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind, Via
from crawler.frontier.fetches import Fetch
from crawler.settling import settle_page
from crawler.videos.failures import failure

if TYPE_CHECKING:
    from datetime import datetime

    from archive.model.body import Body
    from archive.model.fetch import FetchContext, Written
    from archive.model.player import WantedVideo
    from archive.model.vocabulary import Outcome
    from crawler.context import CrawlContext
    from crawler.frontier.fetches import Settled
    from crawler.videos.running import VideoAttempt

MOST_REFUSED = 10
"""Hosts that were not reached, named in a record's header."""
REASON = "shown: video"
UNKNOWN = "application/octet-stream"


def fetch_of(wanted: WantedVideo, url: str) -> Fetch:
    """The fetch of a video at an address."""
    target = Target(url, Kind.MEDIA, REASON, step=wanted.name, subject=wanted.source_url)
    return Fetch(target, via=Via.YTDLP)


def note_of(tried: VideoAttempt) -> PlayerNote:
    """What is to be known of how it came, or did not."""
    got, traffic = tried.got, tried.traffic
    return PlayerNote(
        program=got.program,
        extractor=got.extractor,
        format_id=got.format_id,
        origin=unsigned(got.url) if got.url else None,
        width=got.width,
        height=got.height,
        duration_s=got.duration_s,
        connections=traffic.connections,
        size=traffic.size,
        refused=tuple(traffic.refused.items())[:MOST_REFUSED],
        limit=traffic.over,
    )


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps one video.

    Attributes:
        folder: Where its file is.
        ended_at: When it was there, by our clock.
        most_bytes: What a file may have.
    """

    context: CrawlContext
    wanted: WantedVideo
    folder: Path
    ended_at: datetime
    most_bytes: int

    async def keep(self, tried: VideoAttempt) -> Settled | None:
        """Write and index it, or why it could not be had.

        Raises:
            CannotKeepError: The WARC or the database cannot be written.
        """
        uri = VIDEO_PREFIX + self.wanted.source_url
        fetch = fetch_of(self.wanted, uri)
        fetch.captured_at = self.ended_at
        body, tried = self._file_kept(tried)
        if not body:
            return await self._failed(fetch, tried)
        kind = other_media_type(next(pieces_of(body))) or UNKNOWN
        exchange = Exchange(uri, self.ended_at, HttpMessage("", (), body))

        def write() -> tuple[Written, FetchContext]:
            context = self._context_of(fetch, tried)
            return self.context.archive.writer.write_resource(exchange, context, kind), context

        fetch.written, context = await self.context.keep(write)
        page = FetchedPage(context, uri, self.ended_at, None, {"content-type": kind}, body)
        return await settle_page(self.context, fetch, page)

    def _file_kept(self, tried: VideoAttempt) -> tuple[Body, VideoAttempt]:
        """The file, empty where there is none that may be kept; what was tried then says why."""
        got = tried.got
        if got.file is None or tried.traffic.over is not None:
            return b"", tried
        path = self.folder / got.file
        if Path(got.file).name != got.file or path.is_symlink() or not path.is_file():
            return b"", replace(tried, got=replace(got, error="it names no file of its own"))
        size = path.stat().st_size
        if 0 < size <= self.most_bytes:
            return (file_of(path) if size > LARGE_BYTES else path.read_bytes()), tried
        said = f"a file of {size:,} bytes"
        return b"", replace(tried, got=replace(got, error=said, is_large=size > 0))

    async def _failed(self, fetch: Fetch, tried: VideoAttempt) -> Settled | None:
        error: tuple[Outcome, str] = failure(tried.got, tried.traffic)

        def write() -> tuple[Written, FetchContext]:
            context = replace(self._context_of(fetch, tried), error=(str(error[0]), error[1]))
            written = self.context.archive.writer.write_failure(fetch.uri_r, self.ended_at, context)
            return written, context

        fetch.written, context = await self.context.keep(write)
        page = FetchedPage(context, fetch.uri_r, self.ended_at, None, {}, b"", error=context.error)
        return await settle_page(self.context, fetch, page)

    def _context_of(self, fetch: Fetch, tried: VideoAttempt) -> FetchContext:
        """What a record says; in the archive's thread."""
        self.context.give_number(fetch)
        told = fetch.make_context(run=self.context.job.run, final=True)
        return replace(told, player=note_of(tried))
