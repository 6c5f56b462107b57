"""What one page of a publisher says about how its reports stand and are found. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from archive.errors import BadInputError

if TYPE_CHECKING:
    from datetime import datetime

_FEEDS = frozenset({"application/rss+xml", "application/atom+xml"})
_REST = "https://api.w.org/"
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(https?://[^\s<>]+) -->")
_POSTS = "wp/v2/posts?per_page=100&_fields=link,date_gmt,modified_gmt,title"
_COMMENTS = re.compile(r"comments?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says about its site.

    Attributes:
        address: Of the page: as it was given, else as it says itself; empty where nobody says.
        title: The site's name, or its host.
        paths: A regular expression for pages that stand where this one does.
        feed: Of the site's posts, on its own host, or None.
        rest: WordPress's list of posts, or None.
    """

    address: str
    title: str
    paths: str
    feed: str | None
    rest: str | None


def page_facts(body: bytes, address: str, captured_at: datetime) -> PageFacts:
    """What a saved page says.

    Args:
        body: Content-decoded HTML.
        address: Where it stood; empty: the page says so itself.
        captured_at: When it was saved.

    Raises:
        BadInputError: It is no HTML, or nobody says where it stood.
    """
    # not above: all of this package is loaded to find the sites, and parsers are slow to load
    from pipeline.read.parse.page import open_page, resolve
    from pipeline.read.parse.tree import dom

    root = dom.parse(body)
    if root is None:
        raise BadInputError("nothing on the page is HTML")
    page = open_page(root, address, captured_at)
    where = address or _own_address(
        body, page.links.get("canonical") or page.meta.get("og:url", "")
    )
    parts = urlsplit(where)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadInputError("the page does not say where it stands; name it with --address")
    feed = rest = None
    for link in root.iter("link"):
        target = resolve(where, link.get("href") or "")
        if not target or urlsplit(target).hostname != parts.hostname:
            continue
        if (link.get("type") or "").lower() in _FEEDS and not _COMMENTS.search(target):
            feed = feed or target
        if link.get("rel") == _REST:
            rest = f"{target.rstrip('/')}/{_POSTS}"
    name = " ".join(page.meta.get("og:site_name", "").split())
    return PageFacts(where, name or parts.hostname, _paths(parts.path), feed, rest)


def _own_address(body: bytes, declared: str) -> str:
    """Where a page stood, as it says itself, else as the browser noted that saved it."""
    noted = _SAVED_FROM.search(body[:4_000])
    return declared or (noted[1].decode("utf-8", "replace") if noted else "")


def _paths(path: str) -> str:
    """Numbers as numbers of as many digits, the last part as any."""
    parts = [part for part in unquote(path).lower().split("/") if part]
    shown = [rf"\d{{{len(part)}}}" if part.isdecimal() else re.escape(part) for part in parts[:-1]]
    return "/" + "/".join([*shown, "[^/]+"]) + "/?"
