"""A page's JSON-LD: which of its items is the page itself, and what it says."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin

from archive.near_duplicates import UNSPACED
from pipeline.read.text.json_of import json_of
from pipeline.read.text.limits import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.html import HtmlElement

Item = dict[str, Any]

_KINDS = re.compile(
    r"Article|Posting|Report|WebPage|VideoObject|Review|LiveBlog|HowTo|Recipe|CreativeWork|Podcast",
    re.IGNORECASE,
)
# Share of a headline's words that the page's own title has; titles are shortened and reworded for
# search engines.
_SAME_TITLE = 0.5
_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(rf"[{UNSPACED}]")
# Members read from JSON-LD that is no JSON.
_MEMBER = re.compile(
    r'"(headline|datePublished|mainEntityOfPage)"\s{0,9}:\s{0,9}"([^"\\\n]{1,500})"'
)
# What blogs call an author who has given no name.
_LOGIN = re.compile(r"[a-z0-9_.-]+")
# Entries of a live blog that are read; the longest known have some hundred.
_MAX_UPDATES = 2_000


def json_ld(tree: HtmlElement) -> Iterator[Item]:
    """Every object of the page's JSON-LD, graphs and lists unrolled."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            # Editors leave raw line breaks in strings.
            loaded = json_of(script.text or "", strict=False)
        except (ValueError, RecursionError):
            loaded = _salvaged(script.text or "")
        for item in loaded if isinstance(loaded, list) else [loaded]:
            graph = item.get("@graph") if isinstance(item, dict) else None
            for part in graph if isinstance(graph, list) else [item]:
                if isinstance(part, dict):
                    yield part
                    main = part.get("mainEntity")
                    if isinstance(main, dict):
                        yield main


def _salvaged(broken: str) -> Item:
    """What JSON with a slip in it says of one item; nothing where it tells of several."""
    found: dict[str, set[str]] = {}
    for match in _MEMBER.finditer(broken):
        found.setdefault(match[1], set()).add(match[2])
    single = {name: next(iter(values)) for name, values in found.items() if len(values) == 1}
    return {"@type": "Article", **single} if "datePublished" in single else {}


def kind_of(item: Item) -> str:
    """Its `@type`, several in one string."""
    kind = item.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind or "")


def own_items(tree: HtmlElement, addresses: Iterable[str], titles: Iterable[str]) -> list[Item]:
    """The items that are the page: articles first, then the web page, then a film.

    Pages describe related stories, films and lists, too. The page's own item has its address or its
    title.

    Args:
        tree: The page.
        addresses: Its address, and those that it declares for itself.
        titles: Its title as declared and as shown.
    """
    items = [item for item in json_ld(tree) if _KINDS.search(kind_of(item))]
    if not items:
        return []
    keys = frozenset(filter(None, map(_key, addresses)))
    words = [frozenset(_words(title)) for title in titles if title]
    base = next((a for a in addresses if a), "")
    marked = [(item, _is_at(item, keys, base), _is_called(item, words)) for item in items]
    at_home = [(item, called) for item, at, called in marked if at]
    if at_home:
        # Addresses that differ only in a query look the same; then the title decides among them.
        known = any(called for _, called in at_home)
        own = [item for item, called in at_home if called is not False or not known]
        # and what another plug-in says of the same article without naming its address
        own += [item for item, at, called in marked if at is None and called is not False]
    else:
        own = [item for item, at, called in marked if called or (called is None and at is None)]
    return sorted(own, key=_rank)


def _rank(item: Item) -> int:
    kind = kind_of(item).lower()
    return 0 if "article" in kind or "posting" in kind else 2 if "video" in kind else 1


def _is_at(item: Item, keys: frozenset[str], base: str) -> bool | None:
    """Whether it names the page's address; None where it names none."""
    named = [item.get("url"), item.get("mainEntityOfPage"), item.get("@id")]
    flat = [one.get("@id") or one.get("url") if isinstance(one, dict) else one for one in named]
    texts = [one for one in flat if isinstance(one, str) and one.strip()]
    if any(_key(urljoin(base, one)) in keys for one in texts):
        return True
    # `https://…/#website` is a name that several items share, and says nothing against one
    return False if any("#" not in one for one in texts) else None


def _is_called(item: Item, titles: list[frozenset[str]]) -> bool | None:
    """Whether its headline is the page's title; None where either is missing."""
    named = item.get("headline") or item.get("name")
    words = frozenset(_words(named)) if isinstance(named, str) else frozenset()
    if not words or not titles:
        return None
    return any(
        len(words & title) >= _SAME_TITLE * min(len(words), len(title) or 1)
        for title in titles
        if title
    )


def _words(text: str) -> list[str]:
    """Words; of scripts without blanks the characters."""
    found = _WORD.findall(one_line(text).casefold())
    return [piece for word in found for piece in (word if _UNSPACED.search(word) else (word,))]


def _key(url: str) -> str:
    """An address without what differs between two of one page: scheme, www. or m., query, fragment,
    last slash."""
    bare = unquote(url.partition("#")[0].partition("?")[0]).partition("://")[2]
    return re.sub(r"^(?:www\.|m\.|amp\.)", "", bare.rstrip("/").casefold())


def names_of(value: Any, known: Mapping[str, Item] | None = None) -> str | None:
    """Names of a JSON-LD person or organisation, or of several, divided by `; `.

    Args:
        value: As an item has it.
        known: The page's items by their `@id`, by which graphs refer to one another.
    """
    names = []
    for item in value if isinstance(value, list) else [value]:
        named = _referred(item, known or {}) if isinstance(item, dict) else item
        name = named.get("name") if isinstance(named, dict) else named
        for one in name if isinstance(name, list) else [name]:
            text = shown_line(one) if isinstance(one, str) else ""
            if text and not text.startswith("http") and text not in names:
                names.append(text)
    return "; ".join(names) or None


def _referred(item: Item, known: Mapping[str, Item]) -> Item:
    return known.get(str(item.get("@id")), item) if "name" not in item else item


def by_id(tree: HtmlElement) -> dict[str, Item]:
    """The page's people and houses, by their `@id`; of one whose name is that of a login nothing
    is known."""
    named = ((item.get("@id"), item.get("name"), item) for item in json_ld(tree))
    return {
        str(key): item for key, name, item in named
        if key and isinstance(name, str) and not _LOGIN.fullmatch(name)
    }  # fmt: skip


def shown_line(text: str) -> str:
    """A declared text on one line, as a browser would show it: entities that were written twice
    undone."""
    return one_line(html.unescape(text)) if "&" in text else one_line(text)


def article_of(item: Item) -> str:
    """The article's text as the item carries it; of a live blog its entries, in their order."""
    updates = item.get("liveBlogUpdate")
    entries = (
        [updates] if isinstance(updates, dict) else updates if isinstance(updates, list) else []
    )
    told = [_said(item), *(_entry(e) for e in entries[:_MAX_UPDATES] if isinstance(e, dict))]
    return "\n\n".join(filter(None, told))


def _entry(entry: Item) -> str:
    headline, body = entry.get("headline"), _said(entry)
    title = one_line(headline) if isinstance(headline, str) else ""
    return "\n\n".join(filter(None, (title if title not in body else "", body)))


def _said(item: Item) -> str:
    body = item.get("articleBody") or item.get("text")
    return body if isinstance(body, str) else ""
