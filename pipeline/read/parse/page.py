"""A page before anybody knows which layout it has: its tree, indexed once, and what its head
declares."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from archive.model.times import format_time, parse_time
from archive.urls.normal import is_report_url, is_settled
from pipeline.read.parse.tree.dom import text_of
from pipeline.read.text.json_of import json_of

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.etree import _Element as Element

_WAYBACK_PAGE = re.compile(
    r"^https?://web\.archive\.org/web/(\d{4,14})(?:[a-z]{2}_)?/(.+)$", re.DOTALL
)
_WAYBACK_LINK = re.compile(
    r"^(?:(?:https?:)?//web\.archive\.org)?/web/(\d{4,14})(?:[a-z]{2}_)?/((?:https?:|mailto:)?.*)$",
    re.DOTALL,
)
_LINKED = ("href", "src", "data-src", "content", "srcset")
_INDEXED_TAGS = frozenset({"h1", "h6", "article", "main", "title", "time", "body"})
_INDEXED_NAMES = frozenset({"class", "id", "property", "itemprop"})


@dataclass(frozen=True, slots=True)
class Page:
    """One captured page.

    Attributes:
        url: The address of the page itself, also where an archive's replay was fetched.
        meta: `<meta>` names and properties, lower case, first one wins.
        links: `<link rel>`, first one wins, absolute.
        by_class, by_tag, by_id: Elements in document order.
        declared: `property` and `itemprop` values of elements.
        bases: What `<base href>` says, absolute; the first counts.
    """

    root: Element
    url: str
    captured_at: datetime
    meta: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    by_class: dict[str, list[Element]] = field(default_factory=dict)
    by_tag: dict[str, list[Element]] = field(default_factory=dict)
    by_id: dict[str, Element] = field(default_factory=dict)
    declared: dict[str, list[Element]] = field(default_factory=dict)
    bases: list[str] = field(default_factory=list)

    def base_of(self, url: str) -> str:
        """What relative addresses are resolved against: `<base href>`, else the page's own address
        `url`."""
        return self.bases[0] if self.bases else url

    def first(self, name: str) -> Element | None:
        """The first element of a class."""
        return next(iter(self.by_class.get(name, ())), None)

    @property
    def body_classes(self) -> frozenset[str]:
        """Class names of `<body>`."""
        body = self.by_tag.get("body")
        return frozenset((body[0].get("class") or "").split()) if body else frozenset()

    @property
    def head_title(self) -> str:
        """The text of `<title>`."""
        titles = self.by_tag.get("title")
        return text_of(titles[0]) if titles else ""


def open_page(root: Element, url: str, captured_at: datetime) -> Page:
    """Index the tree in one pass; undo an archive's rewriting where the page was fetched from
    one."""
    replay = _WAYBACK_PAGE.match(url)
    if replay:
        _unrewrite(root, replay[1])
        url = _absolute(replay[2])
    page = Page(
        root, url, captured_at, {}, {}, defaultdict(list), defaultdict(list), {}, defaultdict(list)
    )
    for node in root.iter():
        tag = node.tag
        if tag == "meta":
            _read_meta(page, node)
        elif tag == "link":
            _read_link(page, node)
        elif tag == "base":
            base = resolve(url, node.get("href") or "")
            page.bases.extend([base] if base and node.get("href") else [])
        else:
            if tag in _INDEXED_TAGS:
                page.by_tag[str(tag)].append(node)
            if not _INDEXED_NAMES.isdisjoint(node.keys()):  # three of four elements have none
                _index(page, node)
    return page


def _absolute(target: str) -> str:
    return target if target.startswith(("http:", "https:")) else "https://" + target.lstrip("/")


def _unrewrite(root: Element, timestamp: str) -> None:
    """Addresses that the archive rewrote carry the page's own time; cited copies keep theirs."""
    for node in root.iter():
        for name in _LINKED:
            value = node.get(name)
            match = _WAYBACK_LINK.match(value) if value and "/web/" in value[:40] else None
            if match and match[1] == timestamp:
                node.set(name, match[2])


def _index(page: Page, node: Element) -> None:
    attributes = dict(node.items())  # asked for once: each question to lxml costs as much
    names = attributes.get("class")
    if names:
        for name in names.split():
            page.by_class[name].append(node)
    identifier = attributes.get("id")
    if identifier:
        page.by_id.setdefault(identifier, node)
    declared = attributes.get("property") or attributes.get("itemprop")
    if declared:
        for name in declared.split():
            page.declared[name].append(node)


def _read_meta(page: Page, node: Element) -> None:
    name = node.get("property") or node.get("name")
    if name:
        page.meta.setdefault(name.strip().lower(), (node.get("content") or "").strip())


def _read_link(page: Page, node: Element) -> None:
    href = (node.get("href") or "").strip()
    for rel in (node.get("rel") or "").lower().split():
        if href and rel not in page.links:
            page.links[rel] = resolve(page.url, href) or href


def own_address(page: Page) -> str:
    """The address the page declares for itself, where that can be believed; else the fetched one.

    A canonical link to another site or to a front page is a template's mistake, unless it leads
    from elsewhere to a report.
    """
    canonical = page.links.get("canonical") or page.meta.get("og:url", "")
    if resolve(page.url, canonical) != canonical:
        return page.url
    declared, fetched = urlsplit(canonical), urlsplit(page.url)
    if declared.path in {"", "/"} and fetched.path not in {"", "/"}:
        return page.url
    same_site = _site(declared.hostname) == _site(fetched.hostname)
    leads_home = is_report_url(canonical) and not is_report_url(page.url)
    return canonical if same_site or leads_home else page.url


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def resolve(base_url: str, href: str) -> str | None:
    """`href` as an absolute http(s) address, or None."""
    if is_settled(href):
        return href
    try:
        address = urljoin(base_url, href.strip())
        return address if urlsplit(address).scheme in {"http", "https"} else None
    except ValueError:
        return None


def moment(text: str | None) -> str | None:
    """A time as a page writes it, as ISO 8601 UTC; None when it is none."""
    if not text:
        return None
    try:
        return format_time(parse_time(text.strip()))
    except (ValueError, OverflowError):
        return None


def json_ld(page: Page) -> list[dict[str, Any]]:
    """The objects of the page's JSON-LD, graphs opened; broken JSON is passed over."""
    found: list[dict[str, Any]] = []
    for node in page.root.iter("script"):
        if "ld+json" not in (node.get("type") or "") or not node.text:
            continue
        try:
            loaded = json_of(node.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in loaded if isinstance(loaded, list) else [loaded]:
            if isinstance(item, dict):
                graph = item.get("@graph")
                found += (
                    [part for part in graph if isinstance(part, dict)]
                    if isinstance(graph, list)
                    else [item]
                )
    return found
