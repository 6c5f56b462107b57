"""Saved WARCs as the live web: every page that was captured, at the world's time, and sitemaps that
lead to them."""

from __future__ import annotations

import bisect
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import attrgetter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator

from tests.replica.isw_wp import HOME, sitemap_reply
from tests.replica.messages import Reply, Request, not_found, with_validators
from tests.replica.sites import Site, Web

if TYPE_CHECKING:
    from pathlib import Path

    from warcio.recordloader import ArcWarcRecord

DROPPED = frozenset(
    {
        "content-length",
        "transfer-encoding",
        "content-encoding",
        "connection",
        "keep-alive",
        "date",
        "etag",
        "last-modified",
    }
)
"""Headers that the replica makes itself, or that say how the body was sent then."""


@dataclass(frozen=True, slots=True)
class Saved:
    """One response of a WARC."""

    captured_at: datetime
    reply: Reply


@dataclass(slots=True)
class SavedWeb:
    """All responses, by URL without fragment, each list in time order."""

    captures: dict[str, list[Saved]] = field(default_factory=lambda: defaultdict(list))

    def add(self, url: str, saved: Saved) -> None:
        """Put one response in its place."""
        bisect.insort(self.captures[_key(url)], saved, key=attrgetter("captured_at"))

    def newest(self, url: str, at: datetime) -> Saved | None:
        """The newest capture of a URL that is not later than `at`."""
        seen = self.captures.get(_key(url), [])
        index = bisect.bisect_right(seen, at, key=attrgetter("captured_at"))
        return seen[index - 1] if index else None

    def hosts(self) -> list[str]:
        """All hosts, sorted."""
        return sorted({_key(url).partition("/")[0] for url in self.captures})

    def __call__(self, request: Request) -> Reply:
        """The reply to one request; a made sitemap where none was captured."""
        saved = self.newest(request.url, request.at)
        if saved:
            return with_validators(saved.reply, request, saved.captured_at)
        if request.host.removeprefix("www.") == "understandingwar.org":
            return self._sitemap(request)
        return not_found()

    def _sitemap(self, request: Request) -> Reply:
        reports = [
            (f"https://{key}", saved.captured_at)
            for key in self.captures
            if _is_report(key) and (saved := self.newest(key, request.at))
            if saved.reply.status == 200
        ]
        if not reports or request.path not in {"/sitemap_index.xml", "/post-sitemap.xml"}:
            return not_found()
        if request.path == "/post-sitemap.xml":
            return sitemap_reply("urlset", "url", sorted(reports))
        shard = (f"{HOME}/post-sitemap.xml", max(when for _, when in reports))
        return sitemap_reply("sitemapindex", "sitemap", [shard])


def web_of_warcs(paths: list[Path]) -> Web:
    """A web that holds every response of these files.

    Raises:
        FileNotFoundError: If a file is not there.
    """
    saved = SavedWeb()
    for path in paths:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type == "response" and record.http_headers:
                    saved.add(*_read(record))
    hosts = {*saved.hosts(), "understandingwar.org", "www.understandingwar.org"}
    web = Web()
    web.add(Site(tuple(sorted(hosts)), saved))
    return web


def _read(record: ArcWarcRecord) -> tuple[str, Saved]:
    url = record.rec_headers.get_header("WARC-Target-URI").strip("<>")
    when = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")).astimezone(UTC)
    headers = tuple(
        (name, value) for name, value in record.http_headers.headers if name.lower() not in DROPPED
    )
    body = record.content_stream().read()  # content coding undone: it is not sent again
    return url, Saved(when, Reply(int(record.http_headers.get_statuscode()), headers, body))


def _key(url: str) -> str:
    """Host and path with query: http and https are the same page here, `www.` is not."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower()}{parts.path or '/'}{query}"


def _is_report(key: str) -> bool:
    host, _, path = key.partition("/")
    ours = host.removeprefix("www.") == "understandingwar.org"
    return ours and path.startswith(("research/", "backgrounder/"))
