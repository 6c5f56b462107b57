"""Pages that only send their visitor on: `<meta http-equiv="refresh">`, or the `Refresh` header
that says the same.

Shorteners (t.co for browsers), moved sites and old servers use them in the place of a 3xx. Followed
as a redirect is: a hop with its own record, guard, robots.txt and pace, counted and stopped with
the others. A page with something to read is never left, and neither is a bot wall's: what it would
lead to is for those who run scripts.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from w3lib.html import get_base_url, get_meta_refresh

from archive.clock import now
from archive.model.fetch import FetchContext
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind
from archive.warc.decode import decode_body
from pipeline.read.text.decode import decode_text

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

META, HEADER = "meta-refresh", "refresh-header"
FOLLOWED = frozenset({Kind.SOURCE, Kind.REPORT, Kind.PROBE})
"""Robots.txt, discovery pages and files are never HTML that sends somebody on."""

MAX_DELAY_S = 5.0
"""Less time than a visitor needs to read anything; longer delays (60 and up) reload live pages."""
MAX_SENT_BYTES = 4_096
"""Such a page is a few lines; larger ones are not even unpacked, which keeps this free."""
MAX_BYTES = 16_384
MAX_SHOWN_CHARS = 300
"""`You are being redirected; if nothing happens, click here`, in any language."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """Where a page sends its visitor, and by what: `meta-refresh` or `refresh-header`."""

    url: str
    led_by: str


def refresh_of(request: Request, response: Response, kind: Kind) -> Refresh | None:
    """Where this answer sends its visitor; None for a page that stands for itself.

    One that reloads its own address is a page, too: without scripts and cookies it would do so for
    good.
    """
    if kind not in FOLLOWED or response.status != 200 or request.meta.get("dont_redirect"):
        return None
    if not response.body or len(response.body) > MAX_SENT_BYTES or not _may_be_html(response):
        return None
    header = (response.headers.get("Refresh") or b"").decode("latin-1")
    page = _page(response, kind)
    body = decode_body(response.body, page.headers, MAX_BYTES).body
    if not header and b"refresh" not in body.lower():
        return None
    from pipeline.read.outcomes.seen import Seen, shown
    from pipeline.read.outcomes.walls import challenge

    text = decode_text(body, page.headers.get("content-type"))
    found = _header_target(header, response.url) or _meta_target(text, response.url)
    if found is None or _bare(found.url) == _bare(request.url) or challenge(Seen(page, None, body)):
        return None
    said = " ".join(html.unescape(shown(text)).split())
    return found if len(said) <= MAX_SHOWN_CHARS else None


def _may_be_html(response: Response) -> bool:
    declared = (response.headers.get("Content-Type") or b"text/html").lower()
    return b"html" in declared


def _header_target(value: str, base: str) -> Refresh | None:
    """The target of a `Refresh` header; its syntax is that of the element's content."""
    quoted = html.escape(value, quote=True)
    url = _target(f'<meta http-equiv="refresh" content="{quoted}">', base) if value else None
    return Refresh(url, HEADER) if url else None


def _meta_target(text: str, page_url: str) -> Refresh | None:
    # Inside <noscript> it is for visitors without scripts, such as us; inside a script it is a
    # string.
    url = _target(text, get_base_url(text, page_url))
    return Refresh(url, META) if url else None


def _target(text: str, base: str) -> str | None:
    try:
        delay_s, url = get_meta_refresh(text, base, ignore_tags=("script",))
        scheme = urlsplit(url or "").scheme
    except ValueError:
        return None
    if delay_s is None or delay_s > MAX_DELAY_S or scheme not in {"http", "https"}:
        return None
    return url


def _page(response: Response, kind: Kind) -> FetchedPage:
    """The answer as the rules of outcomes see it; it has no number yet."""
    headers = {
        name.decode("latin-1").lower(): values[-1].decode("latin-1")
        for name, values in response.headers.items()
        if values
    }
    context = FetchContext(0, kind, response.url)
    return FetchedPage(context, response.url, now(), response.status, headers, response.body)


def _bare(url: str) -> str:
    return url.partition("#")[0]
