"""What extraction left out of an article although the page shows it as one: its lead, its second
half, words of a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.read.text.article.blocks import MOST_WEIGHT, Block, key_of, weight
from pipeline.read.text.article.inline import is_hidden

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Letters from which a block is a sentence or two and not a label.
_PROSE_CHARS = 40
_LEAD_CHARS = 30
# Blocks mostly of links lead elsewhere.
_MAX_LINKS = 0.5
_MAX_LEADS = 3
_PARAGRAPHS = frozenset({"p", "blockquote", "div", "pre"})
# Elements around a paragraph, itself among them, that hold nothing else of the article; deeper ones
# are other parts' frames.
_MAX_DEPTH = 4
# A body of its own has at least so many letters: two short paragraphs.
_BODY_CHARS = 120
_LONG_CHARS = 150
_SENTENCE_ENDS = frozenset('.!?…。！？؟।۔»”"')
# Letters at both ends by which a paragraph and what was made of it are known as one.
_END_CHARS = 10
# A text is incomplete when prose of this many letters, and this share of what was kept, is missing
# from the article.
_MISSING_CHARS = 300
_MISSING_SHARE = 0.25
# Beside the article, whatever stands in it.
_BESIDE = frozenset(
    {"aside", "nav", "footer", "form", "figure", "dialog", "noscript", "select", "button",
        "figcaption", "template"}
)  # fmt: skip
# Words in classes and ids of what is no text of the author: vocabulary of HTML's authors, English
# in every country.
_FRAME = re.compile(
    r"comment|related|newsletter|subscri|share|social|promo|sidebar|cookie|consent|modal|popup|widget|recommend|teaser"
    r"|sign-?up|author|byline|caption|credit|copyright|disclaimer|disclosure|breadcrumb|menu|advert|sponsor|outbrain"
    r"|taboola|image|photo|picture|video|footer|hidden|login|noscript|print|legal|rules|terms|policy|push|most-|more-|signature|follow|donat|banner|notice|trending|latest|carousel|gallery"
    r"|(?:^|[\W_])(?:shar|bio|nav|tags?|meta|ads?|poll|quiz|slide|hide|card)(?:$|[\W_])",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# `article-body-first` and `article-body-second` are two parts of one body.
_PART = re.compile(
    r"(?<=\w)(?:--?|__?)(?:\d{1,2}|first|second|third|last|top|middle|bottom|part|start|end|upper|lower)$",
    re.IGNORECASE,
)
_FOLDED = re.compile(r"collaps|expand|unfold|read-?more|show-?more|full-?text", re.IGNORECASE)
_LEAD = re.compile(
    r"\blead\b|lede|standfirst|\bdek\b|\bdeck\b|sapo|\bintro|summary|sub-?(?:title|head|line)|abstract|excerpt|chapo"
    r"|vorspann|anrei|ingress|strapline|sommario|occhiello|entradilla|bajada|copete|perex|teaser-text|description",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Completed:
    """A text made whole.

    Attributes:
        lines: Paragraphs, in order.
        incomplete: Whether prose of the article is still missing.
        blocks: The page's blocks that the text holds, in order.
    """

    lines: tuple[str, ...]
    incomplete: bool = False
    blocks: tuple[Block, ...] = ()


def complete(page: list[Block], extracted: list[str]) -> Completed:
    """Add to what was extracted what belongs to it by the page's own mark-up.

    Args:
        page: Every block of the page.
        extracted: What the extraction gave, a paragraph each.
    """
    keys = list(map(key_of, extracted))
    lines = _mended(page, extracted, keys)
    if lines is not extracted:
        keys = list(map(key_of, lines))
    text = "".join(keys)
    kept = [block for block in page if block.key in text]
    sure = [block for block in kept if is_prose(block)]
    if not sure:
        return Completed(tuple(lines), blocks=tuple(kept))
    article = _Article.of(sure, page)
    numbers = {block.number for block in kept}
    missing = [b for b in page if b.number not in numbers and article.may_hold(b)]
    added = [b for b in missing if article.is_lead(b)][:_MAX_LEADS]
    added += _bodies([b for b in missing if article.is_body(b)], article)
    added = _with_neighbours(added, missing, article)
    numbers |= {block.number for block in added}
    left = sum(len(b.key) for b in missing if b.number not in numbers and article.lacks(b))
    incomplete = left >= max(_MISSING_CHARS, _MISSING_SHARE * len(text))
    held = sorted([*kept, *added], key=lambda block: block.number)
    return Completed(tuple(_inserted(lines, keys, kept, added)), incomplete, tuple(held))


def is_prose(block: Block) -> bool:
    """Whether a block is a sentence or two, and not mostly links."""
    if len(block.key) * MOST_WEIGHT < _PROSE_CHARS:  # most blocks
        return False
    return weight(block.key) >= _PROSE_CHARS and block.link_share < _MAX_LINKS


@dataclass(frozen=True, slots=True)
class _Article:
    """Where the article stands in the page, told from the blocks that extraction found.

    Attributes:
        first: Number of its first paragraph; `last` of its last.
        heading: Number of the heading above it, if there is one.
        end: Number of the next article's heading.
        around: Every element that holds a part of it.
        articles: The `<article>` elements that do; None stands for no such element.
        bodies: What the elements directly around its paragraphs are called.
    """

    first: int
    last: int
    heading: int | None
    end: float
    around: frozenset[HtmlElement]
    articles: frozenset[HtmlElement | None]
    bodies: frozenset[tuple[str, frozenset[str]]]

    @classmethod
    def of(cls, sure: list[Block], page: list[Block]) -> _Article:
        first = sure[0].number
        headings = [block.number for block in page if block.element.tag == "h1"]
        parents = {block.element.getparent() for block in sure}
        return cls(
            first,
            sure[-1].number,
            max((n for n in headings if n < first), default=None),
            min((n for n in headings if n > first), default=float("inf")),
            frozenset(e for block in sure for e in block.element.iterancestors()),
            frozenset(next(b.element.iterancestors("article"), None) for b in sure),
            frozenset(_called(p) for p in parents if p is not None and _is_named(p)),
        )

    def own(self, block: Block) -> list[HtmlElement]:
        """The block's element and those around it that hold nothing else of the article."""
        chain = [block.element]
        for element in block.element.iterancestors():
            if element in self.around:
                break
            chain.append(element)
        return chain

    def may_hold(self, block: Block) -> bool:
        """Whether nothing in the mark-up around this block says that it is no part of the
        article."""
        if block.number >= self.end or block.link_share >= _MAX_LINKS:
            return False
        article = next(block.element.iterancestors("article"), None)
        if article not in self.articles and not self.is_part(article):
            return False
        own = self.own(block)
        return not any(e.tag in _BESIDE or (is_hidden(e) and not _is_folded(e)) for e in own)

    def is_part(self, article: HtmlElement | None) -> bool:
        """Whether an `<article>` goes on with one that was found: beside it, called the same, and
        without a heading of its own."""
        if article is None or next(article.iter(*_HEADINGS), None) is not None:
            return False
        beside = (a for a in self.articles if a is not None and _is_named(a))
        return any(
            a.getparent() is article.getparent() and _called(a) == _called(article) for a in beside
        )

    def is_lead(self, block: Block) -> bool:
        """Whether it stands between the heading and the first paragraph, and is a sentence or is
        called a lead."""
        if block.number >= self.first or weight(block.key) < _LEAD_CHARS:
            return False
        names = [*map(_names, self.own(block))]
        # `teaser-text vorspann` is a lead's name, not a frame's
        if any(_FRAME.search(_LEAD.sub(" ", name)) for name in names[1:]):
            return False
        if any(map(_LEAD.search, names)):
            return self.heading is None or block.number > self.heading
        between = self.heading is not None and block.number > self.heading
        return between and _ends_sentence(block) and not _FRAME.search(names[0])

    def is_body(self, block: Block) -> bool:
        """Whether what is around it is called as what is around the article's other paragraphs."""
        if block.number < self.first or block.element.tag not in _PARAGRAPHS:
            return False
        between = block.number < self.last
        own = self.own(block)
        if between and is_prose(block) and any(e.tag == "blockquote" for e in own):
            return True
        parent = block.element.getparent()
        if parent is None or len(own) > _MAX_DEPTH or self.framed(block):
            return False
        beside = parent in self.around or (_is_folded(parent) and parent.getparent() in self.around)
        if not _ends_sentence(block) or not (is_prose(block) or (beside and between)):
            return False
        return beside or _called(parent) in self.bodies

    def framed(self, block: Block) -> bool:
        """Whether what is around it is called as something other than an article's text."""
        names = [_names(e) for e in self.own(block) if not _is_folded(e)]
        return any(_FRAME.search(name) or _LEAD.search(name) for name in names)

    def lacks(self, block: Block) -> bool:
        """Whether a text without this block is without a part of the article."""
        paragraph = block.element.tag in _PARAGRAPHS and is_prose(block) and _ends_sentence(block)
        begun = block.number > (self.first if self.heading is None else self.heading)
        return paragraph and begun and len(self.own(block)) <= _MAX_DEPTH and not self.framed(block)


def _ends_sentence(block: Block) -> bool:
    return block.text[-1] in _SENTENCE_ENDS or weight(block.key) >= _LONG_CHARS


def _is_named(element: HtmlElement) -> bool:
    return bool(element.get("class") or element.get("itemprop"))


def _called(element: HtmlElement) -> tuple[str, frozenset[str]]:
    """Its tag, and its names without what numbers the parts of one thing."""
    named = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    return str(element.tag), frozenset(_PART.sub("", name) for name in named.split())


def _is_folded(element: HtmlElement) -> bool:
    """Whether it holds what a button unfolds, hidden until then."""
    return is_hidden(element) and bool(_FOLDED.search(_names(element)))


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _bodies(found: list[Block], article: _Article) -> list[Block]:
    """Those that stand beside kept paragraphs, or make up a block of several: a lone one is a card
    of another article."""
    sizes: Counter[HtmlElement] = Counter()
    for block in found:
        parent = block.element.getparent()
        if parent is not None:
            sizes[parent] += weight(block.key)
    parents = {
        e
        for e, size in sizes.items()
        if e in article.around or e.tag == "blockquote" or size >= _BODY_CHARS
    }
    return [block for block in found if block.element.getparent() in parents]


def _with_neighbours(added: list[Block], missing: list[Block], article: _Article) -> list[Block]:
    """Headings, items and short lines of a body that was added belong to it, too."""
    bodies = {b.element.getparent() for b in added if b.number > article.first} - article.around
    if not bodies:
        return added
    numbers = {block.number for block in added}
    more = [
        b
        for b in missing
        if b.number not in numbers and any(e in bodies for e in b.element.iterancestors())
    ]
    return sorted([*added, *more], key=lambda block: block.number)


def _inserted(
    lines: list[str], keys: list[str], kept: list[Block], added: list[Block]
) -> list[str]:
    """The lines with each added block behind the one that precedes it in the page."""
    if not added:
        return lines
    starts = list(accumulate(map(len, keys), initial=0))[:-1]
    text = "".join(keys)
    # Only long blocks tell a place; a short one may stand anywhere.
    places = [(b.number, text.find(b.key)) for b in kept if len(b.key) >= _LEAD_CHARS]
    behind: dict[int, list[str]] = {}
    for block in added:
        before = [place for number, place in places if number < block.number]
        line = bisect_right(starts, before[-1]) - 1 if before else -1
        behind.setdefault(line, []).append(block.text)
    result = behind.get(-1, [])
    for at, kept_line in enumerate(lines):
        result += [kept_line, *behind.get(at, [])]
    return result


def _mended(page: list[Block], lines: list[str], keys: list[str]) -> list[str]:
    """Lines that begin and end as one of the page's paragraphs, and lack words of it, are given
    whole."""
    text = "\n".join(keys)
    ends = {
        (b.key[:_END_CHARS], b.key[-_END_CHARS:]): b
        for b in page
        if is_prose(b) and b.key not in text
    }
    if not ends:
        return lines
    result = []
    for line, key in zip(lines, keys, strict=True):
        block = ends.get((key[:_END_CHARS], key[-_END_CHARS:]))
        lacks = block is not None and len(key) < len(block.key) < 2 * len(key)
        result.append(block.text if block is not None and lacks else line)
    return result
