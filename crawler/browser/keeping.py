"""What a browser gave of one page becomes records, and rows: the page first, then its parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.model.browser import (
    DOM_PREFIX,
    PAGE,
    PDF,
    PRINT_PREFIX,
    RESPONSE,
    SCREENSHOT,
    VIEW_PREFIX,
    BrowserNote,
)
from archive.model.fetch import Exchange, HttpMessage, Target
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind, Outcome, Via
from archive.warc.digests import sha256_digest
from crawler.frontier.fetches import Fetch
from crawler.settling import settle_page
from pipeline.read.process import process

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from archive.model.browser import WantedPage
    from archive.model.fetch import FetchContext, Headers, Written
    from crawler.browser.visit import Answered, Visit
    from crawler.context import CrawlContext
    from crawler.frontier.fetches import Settled

HTML = "text/html; charset=utf-8"
MOST_REFUSED = 30
"""Hosts that were not reached, named in a record's header."""
_PROTOCOLS = {"h2": "HTTP/2", "h3": "HTTP/3"}
_BODILESS = frozenset({204, 205, 304})


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps one page.

    Attributes:
        reason: Why it was looked at.
        folder: Where the files are that the visit names.
        ended_at: When the visit was over, by our clock.
    """

    context: CrawlContext
    wanted: WantedPage
    reason: str
    folder: Path
    ended_at: datetime

    async def keep(self, visit: Visit) -> Settled | None:
        """Write and index all of it; the page's own capture as it was settled.

        Raises:
            CannotKeepError: The WARC or the database cannot be written.
        """
        fetch = self._fetch(self.wanted.cited_url, PAGE)
        settled = await self._page(fetch, visit)
        if fetch.written is None:
            raise AssertionError("a page without a record")
        page = fetch.written.record_id
        for answered in visit.answers:
            await self._answer(answered, page, visit)
        url = visit.final_url or self.wanted.cited_url
        for name, part, prefix, kind in (
            (visit.screenshot, SCREENSHOT, VIEW_PREFIX, "image/png"),
            (visit.pdf, PDF, PRINT_PREFIX, "application/pdf"),
        ):
            if name is not None:
                await self._resource(self._bytes_of(name), page, (part, prefix + url, kind))
        return settled

    def _fetch(self, url: str, part: str) -> Fetch:
        subject = self.wanted.cited_url
        target = Target(url, Kind.BROWSER, self.reason, step=part, subject=subject)
        return Fetch(target, via=Via.BROWSER)

    def _bytes_of(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    # --- the page ---------------------------------------------------------------------------------

    async def _page(self, fetch: Fetch, visit: Visit) -> Settled | None:
        at = fetch.captured_at = self.ended_at
        note = BrowserNote(
            final_url=visit.final_url,
            http_status=visit.status,
            browser=visit.browser,
            requests=visit.requests,
            size=visit.size,
            refused=visit.refused[:MOST_REFUSED],
            limit=visit.limit,
        )
        if visit.dom is None:
            return await self._failed(fetch, visit, note)
        uri = DOM_PREFIX + (visit.final_url or fetch.uri_r)
        body = self._bytes_of(visit.dom)
        truncated = "length" if visit.cut else None
        exchange = Exchange(uri, at, HttpMessage("", (), body), truncated=truncated)

        def write() -> tuple[Written, FetchContext]:
            context = self._context_of(fetch, note, tls_verified=visit.tls_verified)
            return self.context.archive.writer.write_resource(exchange, context, HTML), context

        fetch.written, context = await self.context.keep(write)
        page = FetchedPage(
            context, uri, at, None, {"content-type": HTML}, body, truncated=truncated
        )
        return await settle_page(self.context, fetch, page)

    async def _failed(self, fetch: Fetch, visit: Visit, note: BrowserNote) -> Settled | None:
        outcome, why = visit.error or (str(Outcome.CONNECTION_FAILURE), "nothing was shown")
        at, error = self.ended_at, (Outcome(outcome), why)

        def write() -> tuple[Written, FetchContext]:
            context = replace(self._context_of(fetch, note), error=(outcome, why))
            written = self.context.archive.writer.write_failure(fetch.uri_r, at, context)
            return written, context

        fetch.written, context = await self.context.keep(write)
        page = FetchedPage(context, fetch.uri_r, at, None, {}, b"", error=error)
        return await settle_page(self.context, fetch, page)

    def _context_of(
        self, fetch: Fetch, note: BrowserNote, *, tls_verified: bool | None = None
    ) -> FetchContext:
        """What a record says; in the archive's thread."""
        self.context.give_number(fetch)
        told = fetch.make_context(run=self.context.job.run, final=True, tls_verified=tls_verified)
        return replace(told, browser=note)

    # --- its parts --------------------------------------------------------------------------------

    async def _answer(self, answered: Answered, page: str, visit: Visit) -> None:
        fetch = self._fetch(answered.url, RESPONSE)
        body = self._bytes_of(answered.body) if answered.body else b""
        exchange = exchange_of(answered, body, self.ended_at - timedelta(seconds=answered.age_s))
        verified = visit.tls_verified if answered.url.startswith("https:") else None

        def write() -> tuple[Written, FetchContext]:
            context = self._context_of(fetch, BrowserNote(page=page), tls_verified=verified)
            archive = self.context.archive
            earlier = archive.find_payload(sha256_digest(body)) if body else None
            return archive.writer.write(exchange, context, earlier), context

        fetch.written, context = await self.context.keep(write)
        headers = {name.lower(): value for name, value in exchange.response.headers}
        await self._committed(
            fetch,
            FetchedPage(
                context, answered.url, exchange.captured_at, answered.status, headers, body,
                truncated=exchange.truncated,
            ),
        )  # fmt: skip

    async def _resource(self, body: bytes, page: str, about: tuple[str, str, str]) -> None:
        part, uri, kind = about
        fetch, at = self._fetch(uri, part), self.ended_at
        exchange = Exchange(uri, at, HttpMessage("", (), body))

        def write() -> tuple[Written, FetchContext]:
            context = self._context_of(fetch, BrowserNote(page=page))
            return self.context.archive.writer.write_resource(exchange, context, kind), context

        fetch.written, context = await self.context.keep(write)
        await self._committed(
            fetch, FetchedPage(context, uri, at, None, {"content-type": kind}, body)
        )

    async def _committed(self, fetch: Fetch, page: FetchedPage) -> None:
        # nothing is read of a part, so that no worker is needed
        await self.context.commit(process(page, self.context.limits), fetch)


def exchange_of(answered: Answered, body: bytes, at: datetime) -> Exchange:
    """An answer as the record keeps it: what the browser reports, and nothing that contradicts the
    body that it gave."""
    parts = urlsplit(answered.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    spoken = _PROTOCOLS.get(answered.protocol or "", answered.protocol or "")
    spoken = spoken if spoken.startswith("HTTP/") else "HTTP/1.1"
    may_be_empty = answered.status in _BODILESS or answered.method == "HEAD"
    return Exchange(
        uri=answered.url,
        captured_at=at,
        response=HttpMessage(
            f"{spoken} {answered.status} {answered.phrase}".rstrip(),
            unpacked_headers(answered.headers),
            body,
        ),
        request=HttpMessage(f"{answered.method} {path} HTTP/1.1", _honest(answered.asked)),
        ip_address=answered.address,
        truncated=None if answered.body or may_be_empty else "unspecified",
    )


def unpacked_headers(headers: Headers) -> Headers:
    """With the header of a content coding renamed that the body is not in any more."""
    return tuple(
        (f"X-Crawler-{name}" if name.lower() == "content-encoding" else name, value)
        for name, value in _honest(headers)
    )


def _honest(headers: Headers) -> Headers:
    """Headers without HTTP/2's own (`:status`), which are no header lines; of several values one a
    line."""
    return tuple(
        (name, line)
        for name, value in headers
        if not name.startswith(":")
        for line in value.split("\n")
    )
