"""Any other layout: title, date and body found by what they are, not by what they are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lxml import etree

from archive.urls.publishers.registry import NAMES
from pipeline.read.parse import numbers
from pipeline.read.parse.dates import best_date
from pipeline.read.parse.draft import Draft
from pipeline.read.parse.lines import names_in
from pipeline.read.parse.page import json_ld, moment, own_address
from pipeline.read.parse.series import fold
from pipeline.read.parse.tree.dom import blocks_of, text_of
from pipeline.read.parse.tree.walk import is_skipped

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from pipeline.read.parse.page import Page

PARSER = numbers.GENERIC

PUBLISHED_META = (
    "article:published_time", "datepublished", "date", "dc.date", "dcterms.date",
    "citation_publication_date", "parsely-pub-date",
)  # fmt: skip
BYLINE_CLASSES = (
    "byline",
    "author",
    "authors",
    "entry-author",
    "post-author",
    "article-author",
    "p-author",
)
MODIFIED_META = ("article:modified_time", "datemodified", "og:updated_time")

# Frame around an article; notes are sometimes in a footer or aside of their own inside it.
_FRAME = frozenset({"nav", "header"})
_FRAME_IDS = re.compile(
    r"^(?:header|footer|masthead|colophon|sidebar\w*|comments?|respond|related\w*|nav\w*|menu\w*|breadcrumbs?"
    r"|cookie\w*|newsletter\w*|share\w*|social\w*|site-(?:header|footer|navigation)|widget-area)$",
    re.IGNORECASE,
)
_NOTES_NAME = re.compile(
    r"(?:foot|end)-?_?notes?|references|citations|sources|_edn|_ftn", re.IGNORECASE
)
_FIRST_LABEL = re.compile(r"^\s*(?:\[(?:1|i)\]|1[.)]\s)")
# A child that holds this much of its parent's text is the place to look; the rest is frame.
_DOMINANT_SHARE = 0.85
_MIN_BODY_CHARS = 200
_WIKI_CLASS = "mw-parser-output"
_TITLE_ENDING = re.compile(r"\s+[|–—»]\s+[^|–—»]{2,60}$|\s+-\s+[^-|]{2,40}$")


def read(page: Page) -> Draft | None:
    """The article on this page, or None when there is no title or hardly any text."""
    roots = page.by_tag.get("body")
    title = _title(page)
    if not roots or not title:
        return None
    body = find_body(roots[0])
    if body is None:
        return None
    _leave_wiki_links(body)
    url = own_address(page)
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    published = _declared_time(page, PUBLISHED_META, "datePublished")
    return Draft(
        parser=PARSER,
        publisher=NAMES.get(host, host or "unknown"),
        url=url,
        title=title,
        blocks=tuple(blocks_of(body, page.base_of(url))),
        printed_date=_printed_date(page),
        created_at=published,
        published_at=published,
        modified_at=_declared_time(page, MODIFIED_META, "dateModified"),
        researchers=tuple(_people(page)),
        loose=True,
        known=False,
    )


def _leave_wiki_links(body: Element) -> None:
    """Of a MediaWiki's page: links to its own articles explain words, what it cites is marked as
    external."""
    for wiki in body.iter("div"):
        if _WIKI_CLASS not in (wiki.get("class") or "").split():
            continue
        for link in wiki.iter("a"):
            address = link.get("href") or ""
            if not address.startswith("#") and "external" not in (link.get("class") or "").split():
                link.attrib.pop("href", None)


def find_body(root: Element) -> Element | None:
    """The smallest element that holds nearly all running text, its notes included."""
    weights = _weights(root)
    total = weights.get(root, 0)
    if total < _MIN_BODY_CHARS:
        return None
    node = root
    while True:
        children = [child for child in node if child in weights]
        heaviest = max(children, key=lambda child: weights[child], default=None)
        if heaviest is None or weights[heaviest] < _DOMINANT_SHARE * weights[node]:
            return node
        if any(_holds_notes(child) for child in children if child is not heaviest):
            return node
        if not len(heaviest):
            return node
        node = heaviest


def _weights(root: Element) -> dict[Element, int]:
    """Characters of text below each element that may be content; links count a tenth: menus are
    links."""
    weights: dict[Element, int] = {}
    in_link = 0
    skipped: Element | None = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            if node is not root and (is_skipped(node) or _is_frame(node)):
                skipped = node
                walk.skip_subtree()
                continue
            in_link += node.tag == "a"
            weights[node] = len((node.text or "").strip()) // (10 if in_link else 1)
            continue
        if node is skipped:
            weight = 0
        else:
            weight = weights[node]
            in_link -= node.tag == "a"
        parent = node.getparent()
        if node is not root and parent is not None:
            weights[parent] += weight + len((node.tail or "").strip())
    return weights


def _is_frame(node: Element) -> bool:
    if node.tag in _FRAME and next(node.iter("h1"), None) is None:
        return True
    names = (node.get("id") or "", *(node.get("class") or "").split())
    if not any(_FRAME_IDS.match(name) for name in names):
        return False
    return next(node.iter("h1", "article", "main"), None) is None


def _holds_notes(node: Element) -> bool:
    names = f"{node.get('id') or ''} {node.get('class') or ''}"
    if _NOTES_NAME.search(names):
        return True
    if any(
        _NOTES_NAME.search(inner.get("id") or "")
        for inner in node.iter("li", "a", "div", "section")
    ):
        return True
    return bool(_FIRST_LABEL.match(text_of(node)[:20]))


def _title(page: Page) -> str:
    """The first heading that the head repeats as title; a site's name is often an `<h1>` too."""
    declared = page.meta.get("og:title") or page.meta.get("citation_title") or ""
    site, known = fold(page.meta.get("og:site_name", "")), fold(declared or page.head_title)
    headings = [text for node in page.by_tag.get("h1", ()) if len(text := text_of(node)) > 3]
    headings = [text for text in headings if "{{" not in text and fold(text) != site]
    repeated = [text for text in headings if fold(text) and fold(text) in known]
    # Of several, the longest: "Valley Review" is in "Harbours, March 11 – Valley Review" as well.
    if repeated:
        return max(repeated, key=len)
    ending = _TITLE_ENDING.sub("", f" {page.head_title}").strip()
    return (headings[0] if headings else "") or " ".join(declared.split()) or ending


def _printed_date(page: Page) -> str | None:
    """A `<time>` of the page that is printed as a date."""
    for node in page.by_tag.get("time", ()):
        text = text_of(node)
        if best_date(text):
            return text
    return None


def _declared_time(page: Page, names: tuple[str, ...], key: str) -> str | None:
    for name in names:
        found = moment(page.meta.get(name))
        if found:
            return found
    values = (item.get(key) for item in json_ld(page))
    return next(
        (time for value in values if isinstance(value, str) and (time := moment(value))), None
    )


def _people(page: Page) -> list[str]:
    """Authors as JSON-LD, a byline outside the body or `<meta>` names them."""
    for item in json_ld(page):
        names = _names(item.get("author"))
        if names and "datePublished" in item:
            return names
    for name in BYLINE_CLASSES:
        for node in page.by_class.get(name, ()):
            people = names_in(text_of(node)) if len(node) < 20 else None
            if people:
                return list(people)
    author = page.meta.get("author") or page.meta.get("citation_author") or ""
    return [author] if author and " " in author and not author.startswith("http") else []


def _names(author: Any) -> list[str]:
    if isinstance(author, list):
        return [name for item in author for name in _names(item)]
    if isinstance(author, dict):
        name = author.get("name")
        return [name] if isinstance(name, str) and author.get("@type", "Person") == "Person" else []
    return [author] if isinstance(author, str) and author else []
