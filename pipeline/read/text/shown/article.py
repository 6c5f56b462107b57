"""Pictures of an ordinary page: the one that it declares, and those among its article's text.

A picture is the article's when it stands between the heading and the last line of the text. What
stands there and belongs to the frame leads elsewhere (a teaser's picture is a link to its page), is
a sign of some points (icons, counters), or is in a list of other stories.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from archive.model.media import MediaKind, ShownMedia
from pipeline.read.text.shown import declared
from pipeline.read.text.shown.gathered import Gathered, address, pixels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

_LEAST_PIXELS = 100
"""Of a side as declared: smaller ones are icons, portraits of authors, counters."""
_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|bmp|tiff?)$", re.IGNORECASE)
_LATER = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-full-src")
"""Where pages put addresses that a script moves to `src` once a reader comes near."""
_ASIDES = frozenset({"nav", "footer", "aside", "form", "button", "noscript"})
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|teaser|promo|banner|advert\w*|ads?|avatar|author|byline"
    r"|share|social|logo|icon|emoji|sidebar|widget|newsletter|subscribe)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Words of class names; site builders write them in English, whatever the page's language."""
_OWN_NAME = 24
"""Letters of a file's name that stands at one place of a site alone: numbers, digests."""
_FRAME_LEVELS = 4
"""Of elements above a picture whose class names are looked at: further up all is layout."""


def shown(tree: HtmlElement, text: Iterable[HtmlElement], base: str) -> tuple[ShownMedia, ...]:
    """The pictures of an article.

    Args:
        tree: The page.
        text: The elements that hold the article's text.
        base: The page's address.
    """
    gathered = Gathered(base)
    body = list(_in_text(tree, list(text), base))
    lead = {_without_size(one.url): one for one in reversed(declared.shown(tree, base))}
    for one in reversed(lead.values()):
        same = next((b for b in body if _without_size(b.url) == _without_size(one.url)), None)
        said = same or one
        gathered.add(
            one.kind, one.url, width=said.width, height=said.height, alt=said.alt,
            duration_s=one.duration_s,
        )  # fmt: skip
    held = {_without_size(one.url) for one in gathered.all()}
    for one in body:
        if _without_size(one.url) not in held:
            held.add(_without_size(one.url))
            gathered.add(one.kind, one.url, width=one.width, height=one.height, alt=one.alt)
    return gathered.all()


def _in_text(tree: HtmlElement, text: list[HtmlElement], base: str) -> Iterator[ShownMedia]:
    """Pictures from the heading to the last line of the text."""
    if not text:
        return
    # all that is asked of others is on which side of these they stand
    told = ("img", "h1", *{str(element.tag) for element in text})
    order = {element: number for number, element in enumerate(tree.iter(*told))}
    placed = sorted((e for e in text if e in order), key=lambda e: order[e])
    if not placed:
        return
    headings = [order[h] for h in tree.iter("h1") if order[h] < order[placed[0]]]
    first = headings[-1] if headings else order[placed[0]]
    # a picture may stand within the last line, too
    last = order[placed[-1]] + sum(1 for _ in placed[-1].iterdescendants(*told))
    for image in tree.iter("img"):
        if first <= order[image] <= last and _is_body(image, base):
            yield from _picture(image, base)


def _is_body(image: HtmlElement, base: str) -> bool:
    sizes = [pixels(image.get(side)) for side in ("width", "height")]
    if any(size is not None and size < _LEAST_PIXELS for size in sizes):
        return False
    for level, above in enumerate((image, *image.iterancestors())):
        if above.tag in _ASIDES or (above.tag == "a" and not _leads_to_picture(above, base)):
            return False
        named = f"{above.get('class') or ''} {above.get('id') or ''}"
        if level <= _FRAME_LEVELS and above.tag not in {"body", "html"} and _FRAME.search(named):
            return False
    return True


def _leads_to_picture(link: HtmlElement, base: str) -> bool:
    """Whether a link is to the picture itself in full size, or to nowhere."""
    href = (link.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:")):
        return True
    try:
        whole = urlsplit(urljoin(base, href))
    except ValueError:
        return False
    own = urlsplit(base)
    return bool(_FILE.search(whole.path)) or (whole.netloc, whole.path) == (own.netloc, own.path)


def _picture(image: HtmlElement, base: str) -> Iterator[ShownMedia]:
    url = next(filter(None, (address(one, base) for one in _addresses(image))), None)
    if url is None or urlsplit(url).path.lower().endswith(".svg"):
        return
    yield ShownMedia(
        MediaKind.PICTURE,
        url,
        url,
        pixels(image.get("width")),
        pixels(image.get("height")),
        alt=_words(image),
    )


def _addresses(image: HtmlElement) -> Iterator[str | None]:
    """Where it may be, the whole picture first: scripts' places, `src`, the widest of `srcset`."""
    yield from (image.get(name) for name in _LATER)
    yield image.get("src")
    beside = image.getparent()
    sets = [image.get("srcset"), image.get("data-srcset")]
    if beside is not None and beside.tag == "picture":
        sets += [source.get("srcset") for source in beside.iter("source")]
    for one in filter(None, sets):
        choices = [part.split() for part in one.split(", ") if part.strip()]
        choices.sort(key=lambda c: float(_digits(c[1])) if len(c) > 1 else 0.0)
        yield from (choice[0] for choice in reversed(choices))


def _digits(descriptor: str) -> str:
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,4})?)[wx]", descriptor)
    return found[1] if found else "0"


def _words(image: HtmlElement) -> str | None:
    """The caption below it, else what stands for it in words."""
    for above in image.iterancestors("figure"):
        caption = next(above.iter("figcaption"), None)
        if caption is not None:
            told = " ".join(caption.text_content().split())
            if told:
                return told
        break
    return " ".join((image.get("alt") or "").split()) or None


def _without_size(url: str | None) -> str:
    """An address without what asks for a size, so that two sizes of one picture are one: its path,
    or the file's name alone where that is long enough to be no other's."""
    bare, _, query = (url or "").partition("?")
    if not _FILE.search(bare):
        return f"{bare}?{query}"
    name = bare.rpartition("/")[2]
    return name if len(name) >= _OWN_NAME else bare
