"""Title, author, site and dates as a page declares them: JSON-LD, Open Graph, meta; the visible
heading before `<title>`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.read.text.article.byline import byline_of
from pipeline.read.text.article.jsonld import article_of, by_id, names_of, own_items, shown_line
from pipeline.read.text.limits import LIBRARY_ERRORS, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from pipeline.read.text.article.names import Names

_TITLE_META = ("og:title", "twitter:title", "dc.title", "citation_title")
_AUTHOR_META = (
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "citation_author",
    "byl",
    "sailthru.author",
)
_DATE_META = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "dc.date.issued", "citation_publication_date", "article.published", "sailthru.date",
    "publishdate", "pubdate", "dc.date", "date",
)  # fmt: skip
# Names of other systems for the same.
_DATE_NAME = re.compile(
    r"(?:^|[\W_])(?:pub(?:lish(?:ed|ing)?|lication)?[\W_]?(?:date|time|on)|date[\W_]?(?:published|created|issued)|issued)$"
)
# Page titles end in the site's name behind one of these.
_TITLE_DIVIDER = re.compile(r"\s+(?:[|–—»·•]|-|::)\s+")
_MAX_AUTHOR = 200
_FREE = "isAccessibleForFree"
_MONTH_TAIL = re.compile(
    r"[\s,]+(?:january|february|march|april|may|june|july|august|september|october|november|december|updated|published)\b.*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page declares about itself.

    Attributes:
        dates: Claims of when it was published, best first, as written.
        free: False where JSON-LD or Open Graph says that the article is not free to read.
        article: JSON-LD's own copy of the article's text.
    """

    title: str | None
    author: str | None
    site_name: str | None
    dates: tuple[str, ...]
    free: bool
    article: str


def read_metadata(names: Names, url: str) -> Metadata:
    """Read what the page at `url` declares; broken declarations count as absent."""
    tree = names.tree
    metas = _metas(tree)
    articles = own_items(tree, {url, *_own_addresses(tree, metas)}, _own_titles(tree, metas))
    site = _site_name(tree, metas, articles, url)
    return Metadata(
        title=_title(tree, metas, articles, site),
        author=_author(names, metas, articles),
        site_name=site,
        dates=_dates(metas, articles),
        free=_is_free(metas, articles) and not _is_sold(tree),
        article=max(map(article_of, articles), key=len, default=""),
    )


def _is_free(metas: dict[str, list[str]], articles: list[dict[str, Any]]) -> bool:
    """Whether neither schema.org's item nor Open Graph's tier says that one has to pay."""
    if any(tier.lower() == "locked" for tier in metas.get("article:content_tier", ())):
        return False
    return not any(str(item.get("isAccessibleForFree")).lower() == "false" for item in articles)


def _is_sold(tree: HtmlElement) -> bool:
    """Whether microdata says of the item around the heading, or of the page, that it is not
    free."""
    for element in tree.iter("meta", "link", "span"):
        if (element.get("itemprop") or "").strip() != _FREE:
            continue
        said = element.get("content") or element.get("href") or element.text or ""
        item = next((e for e in element.iterancestors() if e.get("itemscope") is not None), None)
        own = item is None or next(item.iter("h1"), None) is not None
        if own and said.strip().lower().endswith("false"):
            return True
    return False


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    """Contents of `<meta>` by lower-cased name, in document order."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = shown_line(element.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _own_addresses(tree: HtmlElement, metas: dict[str, list[str]]) -> list[str]:
    canonical = [e.get("href") or "" for e in tree.iter("link") if e.get("rel") == "canonical"]
    return [*canonical, *metas.get("og:url", ())]


def _own_titles(tree: HtmlElement, metas: dict[str, list[str]]) -> list[str]:
    shown = [one_line(e.text_content()) for e in tree.iter("h1", "title")]
    return [*shown, *(title for name in _TITLE_META for title in metas.get(name, ()))]


def _first(metas: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((metas[name][0] for name in names if name in metas), None)


def _site_name(
    tree: HtmlElement, metas: dict[str, list[str]], articles: list[dict[str, Any]], url: str
) -> str | None:
    publishers = (names_of(item.get("publisher")) for item in articles)
    declared = _first(metas, ("og:site_name",)) or next(filter(None, publishers), None)
    if declared:
        return declared
    # `… | The Times of Somewhere` at timesofsomewhere.com.
    tail = _TITLE_DIVIDER.split(one_line(tree.findtext(".//title")))[-1]
    letters = re.sub(r"\W", "", tail).casefold()
    label = max(re.split(r"[./:-]", url.partition("//")[2].partition("/")[0]), key=len, default="")
    if label and len(letters) <= 2 * len(label) and label.casefold() in letters:
        return tail
    handle = _first(metas, ("application-name", "twitter:site"))
    return handle.lstrip("@") if handle else None


def _title(
    tree: HtmlElement, metas: dict[str, list[str]], articles: list[dict[str, Any]], site: str | None
) -> str | None:
    headings = [one_line(h.text_content()) for h in tree.iter("h1")]
    declared = _first(metas, _TITLE_META)
    headline = next((shown_line(str(a["headline"])) for a in articles if a.get("headline")), None)
    pages = [one_line(e.text_content()) for e in tree.xpath("//head/title | //body/title")]
    page = next(filter(None, pages), None)
    for title in (declared, headline):
        if title and not _is_site_name(title, site):
            # Open Graph titles often carry the site's name; the heading is the same without it.
            return next(
                (h for h in headings if h and title.startswith(h + " ")), _without_site(title, site)
            )
    single = headings[0] if len(headings) == 1 and headings[0] else None
    return single or (_without_site(page, site) if page else None) or declared


def _is_site_name(title: str, site: str | None) -> bool:
    """Whole sites repeat one Open Graph title on every page (ISW's old pages do)."""
    return site is not None and title.casefold() == site.casefold()


def _without_site(title: str, site: str | None) -> str:
    """`title` without `| Site name` at its end."""
    pieces = _TITLE_DIVIDER.split(title)
    if len(pieces) > 1 and site and pieces[-1].casefold() in site.casefold():
        return title[: title.rindex(pieces[-1])].rstrip(" |–—»·•-:")
    return title


def _author(
    names: Names, metas: dict[str, list[str]], articles: list[dict[str, Any]]
) -> str | None:
    for claim in _author_claims(names, metas, articles):
        # `article:author` is often the address of a Facebook page.
        if claim and "http" not in claim and "@" not in claim and len(claim) <= _MAX_AUTHOR:
            return claim
    return _byline(names)


def _author_claims(
    names: Names, metas: dict[str, list[str]], articles: list[dict[str, Any]]
) -> Iterator[str | None]:
    """What the page says of its author, best first; the last is searched for in the whole page."""
    claims = [item.get("author") for item in articles]
    known = by_id(names.tree) if any(map(_is_reference, claims)) else {}
    yield from (names_of(claim, known) for claim in claims)
    yield from ("; ".join(dict.fromkeys(metas[name])) for name in _AUTHOR_META if name in metas)
    if "author" in names.values("rel"):
        called = (one_line(e.text_content()) for e in names.tree.xpath("//*[@rel='author']"))
        yield "; ".join(dict.fromkeys(filter(None, called)))


def _is_reference(claim: Any) -> bool:
    one = claim[0] if isinstance(claim, list) and claim else claim
    return isinstance(one, dict) and "@id" in one and "name" not in one


def _byline(names: Names) -> str | None:
    """The author that trafilatura finds in the visible page, without the date that often
    follows."""
    try:
        found = _MONTH_TAIL.sub("", byline_of(names) or "").strip()
    except LIBRARY_ERRORS:
        return None
    return found if found and "@" not in found and len(found) <= _MAX_AUTHOR else None


def _dates(metas: dict[str, list[str]], articles: list[dict[str, Any]]) -> tuple[str, ...]:
    claims = [str(item["datePublished"]) for item in articles if item.get("datePublished")]
    claims += [metas[name][0] for name in _DATE_META if name in metas]
    claims += [values[0] for name, values in metas.items() if _DATE_NAME.search(name)]
    return (*claims, *(str(item["uploadDate"]) for item in articles if item.get("uploadDate")))
