"""What discovery pages name: sitemaps, lists, feeds, CTP's script, a Wayback's index; and addresses
made of dates.

Pure: bytes in, `Discovered` out. A page that is something else than what its step expects is a
`ParseError` that says what was expected, so that a site's change is seen and not taken for silence.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urlsplit

from archive.errors import ParseError
from archive.model.times import format_time
from archive.model.understood import Discovered, Found
from archive.urls.normal import is_report_url
from pipeline.read import wordpress
from pipeline.read.parse.dates import best_date
from pipeline.read.parse.page import Page, moment, open_page, resolve
from pipeline.read.parse.series import fold, known_series, slug_of
from pipeline.read.parse.tree import dom, xml
from pipeline.read.text.json_of import json_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml.etree import _Element as Element

    from archive.urls.series import KnownSeries

_MAX_JSON_ROWS = 200_000

CARD_TITLE_CLASS = "research-card-title"
CARD_ITEM_CLASSES = ("research-card-loop-item", "gb-loop-item", "gb-query-loop-item")
VIEW_ROW_CLASS = "views-row"
VIEW_DATE_CLASS = "datespan"
VIEW_EMPTY_CLASSES = ("view-empty", "no-results", "gb-query-no-results")
NEXT_CLASSES = ("pager-next", "next", "nav-next", "pagination-next", "gb-pagination-next")
INI_LIST = re.compile(r"\bINI_LIST\s*=\s*(?=\[)")


def read_discovery(step: str, body: bytes, url: str, captured_at: datetime) -> Discovered:
    """The reports, and further pages, that one discovery page names.

    Args:
        step: `sitemap`, `listing` (any of the site's lists), `drupal-listing`, `ini-list`, `feed`,
            `rest` (WordPress) or `wayback`.
        body: Content-decoded; a sitemap may still be gzip.
        url: Where it was fetched from.
        captured_at: When.

    Raises:
        ParseError: The page is not what the step expects, or the step is unknown.
    """
    reader = _READERS.get(step)
    if reader is None:
        raise ParseError(f"{url}: no discovery step is called {step!r}; known: {sorted(_READERS)}")
    return reader(_Source(body, url, captured_at))


@dataclass(frozen=True, slots=True)
class _Source:
    body: bytes
    url: str
    captured_at: datetime

    def wrong(self, expected: str, found: str = "") -> ParseError:
        """What to say when the page is something else."""
        seen = f", got {found}" if found else ""
        return ParseError(
            f"{self.url}: expected {expected}{seen}; look at the page, the site may have changed"
        )


# --- XML ------------------------------------------------------------------------------------------


def _xml(source: _Source, expected: str) -> Element:
    root = xml.open_xml(source.body)
    if isinstance(root, str):
        raise source.wrong(expected, root)
    return root


def _sitemap(source: _Source) -> Discovered:
    root = _xml(source, "a sitemap or sitemap index")
    name = xml.local_name(root)
    if name not in {"urlset", "sitemapindex"}:
        raise source.wrong("a sitemap or sitemap index", f"<{name}>")
    # wherever they stand: some makers wrap one `urlset` in another
    entries = [
        (xml.local_name(node), xml.child_texts(node))
        for node in root.iter()
        if xml.local_name(node) in {"url", "sitemap"}
    ]
    found = [
        (kind, _found(loc, lastmod=moment(fields.get("lastmod"))))
        for kind, fields in entries
        if (loc := resolve(source.url, fields.get("loc", "")))
    ]
    if len(root) and not entries:
        raise source.wrong("a sitemap's entries", f"<{xml.local_name(root[0])}>")
    pages = (f for kind, f in found if kind == "sitemap" or name == "sitemapindex")
    return Discovered(
        reports=_distinct(f for kind, f in found if kind == "url" and is_report_url(f.url)),
        # A shard of another host would send us anywhere.
        pages=_distinct(f for f in pages if _same_site(f.url, source.url)),
    )


def _feed(source: _Source) -> Discovered:
    root = _xml(source, "an RSS or Atom feed")
    if xml.local_name(root) not in {"rss", "rdf", "feed"}:
        raise source.wrong("an RSS or Atom feed", f"<{xml.local_name(root)}>")
    found = []
    for node in root.iter():
        if xml.local_name(node) in {"item", "entry"}:
            address = resolve(source.url, _feed_link(node))
            if address and is_report_url(address):
                found.append(_feed_item(node, address))
    return Discovered(reports=_distinct(found))


def _feed_link(node: Element) -> str:
    for child in node:
        if xml.local_name(child) == "link" and child.get("rel", "alternate") == "alternate":
            return (child.get("href") or child.text or "").strip()
    fields = xml.child_texts(node)
    guid = fields.get("guid", "")
    return guid if guid.startswith("http") else ""


def _feed_item(node: Element, address: str) -> Found:
    fields = xml.child_texts(node)
    published = fields.get("pubdate") or fields.get("published") or fields.get("date")
    return _found(
        address,
        title=" ".join(fields.get("title", "").split()) or None,
        lastmod=_feed_time(fields.get("updated") or fields.get("modified")),
        published=_feed_time(published),
    )


def _feed_time(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        parsed = parsedate_to_datetime(text)
    except ValueError:
        return moment(text)
    return format_time(parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC))


# --- HTML lists -----------------------------------------------------------------------------------


def _listing(source: _Source) -> Discovered:
    """Any of the sites' lists: which one it is, the page itself says."""
    text = dom.decode(source.body)
    if INI_LIST.search(text):
        return _ini_list(source)
    page = _page(source)
    if page.by_class.get(CARD_TITLE_CLASS):
        return _cards(source, page)
    if page.by_class.get(VIEW_ROW_CLASS):
        return _rows(source, page)
    if any(page.by_class.get(name) for name in VIEW_EMPTY_CLASSES):
        return Discovered()
    found = _linked_headings(page)
    if not found:
        raise source.wrong(
            f"a list of reports (.{CARD_TITLE_CLASS}, .{VIEW_ROW_CLASS} or INI_LIST)",
            repr(page.head_title[:80]) if page.head_title else "",
        )
    return Discovered(reports=found, pages=_next_pages(page))


def _page(source: _Source) -> Page:
    root = dom.parse(source.body)
    if root is None:
        raise source.wrong("a list of reports", "an empty page")
    return open_page(root, source.url, source.captured_at)


def _cards(source: _Source, page: Page) -> Discovered:
    found = []
    for heading in page.by_class[CARD_TITLE_CLASS]:
        link = heading if heading.tag == "a" else next(heading.iter("a"), None)
        address = _href(page, link)
        if address and is_report_url(address):
            published = _card_time(heading)
            found.append(_found(address, title=dom.text_of(heading), published=published))
    return Discovered(reports=_distinct(found), pages=_next_pages(page))


def _card_time(heading: Element) -> str | None:
    """The `<time>` of the card around a heading."""
    for ancestor in heading.iterancestors():
        if not set(CARD_ITEM_CLASSES).isdisjoint(dom.classes(ancestor)):
            time = next(ancestor.iter("time"), None)
            return moment(time.get("datetime")) if time is not None else None
    return None


def _rows(source: _Source, page: Page) -> Discovered:
    found = []
    for row in page.by_class[VIEW_ROW_CLASS]:
        link = next((a for a in row.iter("a") if dom.text_of(a) and _report_href(page, a)), None)
        address = _report_href(page, link)
        if link is not None and address:
            day = best_date(_row_date(row))
            printed = day.on(day.year) if day and day.year else None
            published = printed.isoformat() if printed else None
            title = dom.text_of(link)
            found.append(_found(address, title=title, published=published))
    return Discovered(reports=_distinct(found), pages=_next_pages(page))


def _row_date(row: Element) -> str:
    for node in row.iter():
        if VIEW_DATE_CLASS in dom.classes(node) or "date-display-single" in dom.classes(node):
            return dom.text_of(node)
    return ""


def _linked_headings(page: Page) -> tuple[Found, ...]:
    """Report links in headings: a list whose classes are not known."""
    found = []
    for heading in page.root.iter("h2", "h3", "h4"):
        for link in heading.iter("a"):
            address = _report_href(page, link)
            if address and address != page.url:
                found.append(_found(address, title=dom.text_of(link)))
    return _distinct(found)


def _next_pages(page: Page) -> tuple[Found, ...]:
    links = [
        a for name in NEXT_CLASSES for node in page.by_class.get(name, ()) for a in _anchors(node)
    ]
    links += [a for a in page.root.iter("a") if "next" in (a.get("rel") or "").lower().split()]
    addresses = [page.links.get("next"), *(_href(page, link) for link in links)]
    return _distinct(
        Found(address)
        for address in addresses
        if address and address != page.url and _same_site(address, page.url)
    )


def _anchors(node: Element) -> list[Element]:
    return [node] if node.tag == "a" else list(node.iter("a"))


def _href(page: Page, link: Element | None) -> str | None:
    href = link.get("href") if link is not None else None
    address = resolve(page.url, href) if href else None
    return urldefrag(address).url if address else None


def _report_href(page: Page, link: Element | None) -> str | None:
    address = _href(page, link)
    return address if address and is_report_url(address) else None


# --- scripts and JSON -----------------------------------------------------------------------------


def _ini_list(source: _Source) -> Discovered:
    """CTP's list: `var INI_LIST = [{"slug", "title", "published_timestamp"}, …]` in a script."""
    text = dom.decode(source.body)
    match = INI_LIST.search(text)
    if match is None:
        raise source.wrong("a script with `var INI_LIST = […]`", "none")
    try:
        entries, _ = json.JSONDecoder(strict=False).raw_decode(text, match.end())
    except (ValueError, RecursionError) as error:
        raise source.wrong("INI_LIST to be JSON", str(error)[:100]) from error
    listed = known_series(fold(slug_of(source.url)))
    found = [_ini_entry(source, entry, listed) for entry in entries if isinstance(entry, dict)]
    if entries and not any(found):
        raise source.wrong("entries of INI_LIST with `slug` and `title`", repr(entries[0])[:100])
    return Discovered(reports=_distinct(item for item in found if item))


def _ini_entry(source: _Source, entry: dict[str, Any], listed: KnownSeries | None) -> Found | None:
    slug = entry.get("slug") or entry.get("url")
    if not isinstance(slug, str) or not slug.strip():
        return None
    path = slug if slug.startswith(("/", "http")) else f"/analysis/{slug}"
    address = resolve(source.url, path)
    title = entry.get("title")
    title = " ".join(title.split()) if isinstance(title, str) else None
    if address is None:
        return None
    found = _found(address, title=title, published=_unix(entry.get("published_timestamp")))
    if found.series is None and listed is not None:
        return Found(found.url, found.title, found.lastmod, found.published, listed.slug)
    return found


def _unix(seconds: Any) -> str | None:
    try:
        return format_time(datetime.fromtimestamp(float(seconds), UTC))
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _rest(source: _Source) -> Discovered:
    """WordPress's posts as JSON, and the next page where this one is full."""
    posts = wordpress.posts_of(dom.decode(source.body))
    if posts is None:
        raise source.wrong("WordPress's posts: a JSON list of objects with `link`")
    found = [
        _found(url, title=post.title, published=post.published, lastmod=post.modified)
        for post in posts
        if (url := resolve(source.url, post.link)) and is_report_url(url)
    ]
    following = wordpress.next_page(source.url, len(posts))
    return Discovered(_distinct(found), (Found(following),) if following else ())


def _wayback(source: _Source) -> Discovered:
    """CDX as JSON: a row of field names, then one row for each capture."""
    text = dom.decode(source.body).strip()
    try:
        rows = json_of(text or "[]")
    except (ValueError, RecursionError) as error:
        raise source.wrong("a CDX answer as JSON", repr(text[:60])) from error
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise source.wrong("a CDX answer: a list of rows", type(rows).__name__)
    if not rows:
        return Discovered()
    names = [str(name) for name in rows[0]]
    if not {"timestamp", "original"} <= set(names):
        raise source.wrong("CDX fields `timestamp` and `original`", repr(names)[:100])
    newest: dict[str, Found] = {}
    for row in rows[1 : _MAX_JSON_ROWS + 1]:
        found = _memento(dict(zip(names, map(str, row), strict=False)))
        if found and (found.lastmod or "") > (newest.get(found.url, found).lastmod or ""):
            newest[found.url] = found
        elif found:
            newest.setdefault(found.url, found)
    return Discovered(reports=tuple(newest.values()))


def _memento(row: dict[str, str]) -> Found | None:
    address = re.sub(r"^(https?://[^/:]+):(?:80|443)(?=/|$)", r"\1", row.get("original", ""))
    if row.get("statuscode", "200") not in {"200", "-"} or not is_report_url(address):
        return None
    if not row.get("mimetype", "text/html").startswith(("text/html", "warc/revisit")):
        return None
    try:
        captured = datetime.strptime(row["timestamp"][:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return _found(address, lastmod=format_time(captured))


# --- what they share ------------------------------------------------------------------------------


def _found(
    url: str, *, title: str | None = None, lastmod: str | None = None, published: str | None = None
) -> Found:
    known = known_series(fold(title or "")) or known_series(fold(slug_of(url)))
    return Found(url, title or None, lastmod, published, known.slug if known else None)


def _distinct(found: Iterable[Found]) -> tuple[Found, ...]:
    return tuple({item.url: item for item in reversed(list(found))}.values())[::-1]


def _same_site(url: str, other: str) -> bool:
    return _site(url) == _site(other)


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


_READERS: dict[str, Callable[[_Source], Discovered]] = {
    "sitemap": _sitemap,
    "listing": _listing,
    "drupal-listing": _listing,
    "feed": _feed,
    "ini-list": _ini_list,
    "rest": _rest,
    "wayback": _wayback,
}
