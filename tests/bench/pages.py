"""News pages as large and as cluttered as real ones, made up: the same for the same number.

How large and of what is measured of 923 pages of 2013 to 2020 that trafilatura is evaluated with
(tests/eval of its repository, August 2026), of all bytes: 146 kB in the mean, 96 kB in the median,
36 to 305 kB from the tenth to the ninetieth of a hundred; 22 % script, 16 % style, 5 % drawings,
1 % linked data, 35 % attributes; 870 elements, 154 links, 31 paragraphs, 24 pictures. A day is
declared in linked data by 43 %, in a meta element by 48 %, in either by 60 %; 38 % have a `time`.
Most have no line or one that looks like a date, some have dozens. `parts_of` has these as functions
of the size: each a power of it, times a factor drawn around one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from statistics import NormalDist
from typing import TYPE_CHECKING

from tests.bench import clutter
from tests.replica.prose import LANGUAGES, rng_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.replica.prose import Language

CODES = ("en", "ru", "uk", "ar", "fa", "he", "tr", "fr")
CACHED = 1_000
SMALLEST, LARGEST = 20_000, 1_600_000
"""Bytes of a page."""
_SIZES = NormalDist(11.51, 0.84)
"""Of the natural logarithm of the bytes."""
_GOLDEN = 0.6180339887498949
"""Multiples of it, without their whole part, lie evenly however many there are."""
_USUAL = 100_000
_DAYS_IN_PROSE = (0, 0, 0, 0, 0, 1, 1, 1, 2, 16)
"""Lines with a date beside the text; a page draws one."""
_WORD_BYTES = 8
_PICTURED = 0.25
_BRIEF = 200
"""Bytes of text of a page that is about a video, or of which little is free: one in seven."""
_INDENTED = "\n" + " " * 14
"""Before what a template fills in: 9 kB a page."""
_STORIES = (
    ('<article class="story"><div class="story__wrap">', "</div></article>"),
    ('<article itemscope><section class="content">', "</section></article>"),
    ('<article class="post"><div class="post__body">', "</div></article>"),
    ('<div class="col-md-8"><div class="inner left">', "</div></div>"),
    ('<div id="main-column"><div class="box box--wide">', "</div></div>"),
)
"""Two of five pages have no `article` around their text."""
_BYLINE = '<span class="by">By <a href="/authors/bellamy">Nora Bellamy</a></span>'
_FIGURE = (
    '<figure><img src="/img/a.jpg" alt=""><figcaption>Photo: press office</figcaption></figure>'
)
_PARAGRAPHS = (*[('<p class="story__text">', "</p>")] * 4, ("", "<br><br>"))


@dataclass(frozen=True)
class Parts:
    """Bytes of what a page is made of, and how many links it has.

    Attributes:
        linked: Linked data (JSON-LD); 0 for none.
        rest: Menus, teasers and comments, with their attributes.
    """

    script: int
    style: int
    drawings: int
    linked: int
    text: int
    rest: int
    links: int


def size_of(number: int) -> int:
    """Bytes wanted of a page."""
    share = (0.5 + number * _GOLDEN) % 1
    drawn = exp(_SIZES.inv_cdf(min(max(share, 1e-6), 1 - 1e-6)))
    return round(min(max(drawn, SMALLEST), LARGEST))


def parts_of(size: int, rng: Random) -> Parts:
    """How a page of this size is divided."""

    def drawn(usual: float, power: float, spread: float, most: float) -> int:
        middle = usual * (size / _USUAL) ** power
        return round(min(middle * exp(rng.gauss(0, spread)), most * size))

    script = drawn(12_000, 1.35, 1.18, 0.6)
    style = drawn(4_400, 1.79, 1.9, 0.6) if rng.random() < 0.72 else 0
    drawings = drawn(7_500, 0.76, 1.4, 0.3) if rng.random() < 0.42 else 0
    linked = drawn(2_600, 0.33, 0.9, 0.1) if rng.random() < 0.49 else 0
    text = _BRIEF if rng.random() < 0.15 else drawn(6_000, 0.35, 0.8, 0.3)
    links = max(10, drawn(95, 0.47, 0.6, 0.01))
    rest = max(4_000, size - script - style - drawings - linked - text)
    return Parts(script, style, drawings, linked, text, rest, links)


@lru_cache(maxsize=CACHED)
def page(number: int) -> bytes:
    """The page's mark-up, in UTF-8."""
    rng = rng_for(f"bench page {number}")
    language = LANGUAGES[CODES[number % len(CODES)]]
    parts = parts_of(size_of(number), rng)
    title = language.headline(rng)
    day = f"2026-03-{number % 17 + 2:02d}T08:00:00Z"
    head = "".join(_head(rng, language, parts, title, day))
    body = "".join(_body(rng, language, parts, title, day))
    shown = (
        f'<!DOCTYPE html><html lang="{language.code}"><head>{head}</head><body>{body}</body></html>'
    )
    return shown.encode()


def _head(rng: Random, language: Language, parts: Parts, title: str, day: str) -> Iterator[str]:
    yield f'<meta charset="utf-8"><title>{title}</title>'
    yield f'<meta property="og:title" content="{title}">'
    yield f'<meta name="description" content="{_words(rng, language, 160)}">'
    # of those with linked data 87 % say the day there, and half of these in a meta element, too
    declared = bool(parts.linked) and rng.random() < 0.87
    if rng.random() < (0.7 if declared else 0.31):
        yield f'<meta property="article:published_time" content="{day}">'
    if parts.linked:
        linked = _linked(rng, language, parts.linked, title, day if declared else None)
        yield f'<script type="application/ld+json">{linked}</script>'
    if parts.style:
        yield f"<style>{clutter.style(rng, parts.style)}</style>"
    pieces = rng.randint(4, 20)
    for n in range(pieces):
        yield f'<link rel="preload" href="/static/{n}.css" as="style">'
        yield f'<script async src="/static/{n}.js"></script>'
        yield f"<script>{clutter.script(rng, parts.script // pieces)}</script>"


def _body(rng: Random, language: Language, parts: Parts, title: str, day: str) -> Iterator[str]:
    menu = parts.links // 3
    each = parts.rest // parts.links
    opened, closed = rng.choice(_STORIES)
    nested = rng.randint(1, 7)
    yield (
        '<div class="layout">' * nested + '<header class="masthead"><nav class="nav nav--main"><ul>'
    )
    yield from (_item(rng, language, n, each) for n in range(menu))
    yield f'</ul></nav></header><main>{opened}<h1 class="story__title">{title}</h1>'
    yield f'<div class="story__meta">{_BYLINE}'
    if rng.random() < 0.38:
        yield f'<time datetime="{day}">{day[8:10]}.03.2026</time>'
    yield '</div><div class="story__body">'
    yield from _text(rng, language, parts.text)
    yield f"</div>{closed}</main>{clutter.drawings(rng, parts.drawings)}"
    yield '<aside class="rail"><div class="rail__inner">'
    days = rng.choice(_DAYS_IN_PROSE)
    yield from (_teaser(rng, language, n, each, dated=n < days) for n in range(parts.links - menu))
    yield (
        f"</div></aside>{clutter.remark(rng)}<footer><p>All rights reserved.</p></footer>"
        + "</div>" * nested
    )


def _words(rng: Random, language: Language, size: int) -> str:
    """About so many bytes of words in no order.

    Made of ready sentences, all pages would be near-duplicates of each other.
    """
    wide = 1 if language.code in {"en", "fr", "tr"} else 2
    known = _vocabulary(language)
    return " ".join(rng.choices(known, k=max(3, size // (_WORD_BYTES * wide)))).capitalize() + "."


@lru_cache
def _vocabulary(language: Language) -> list[str]:
    return " ".join((*language.who, *language.said, *language.where, *language.what)).split()


def _text(rng: Random, language: Language, size: int) -> Iterator[str]:
    """Paragraphs; links and stress inside, a picture with its caption now and then. One page in
    five has breaks of line instead."""
    start, end = rng.choice(_PARAGRAPHS)
    while size > 0:
        text = _words(rng, language, rng.randint(120, 600))
        size -= len(text.encode())
        first, second, rest = text.split(" ", 2)
        tag = f'<a href="/tag/{rng.randrange(999)}">{first}</a>'
        yield f"{start}{tag} <strong>{second}</strong> {rest}{end}"
        if rng.random() < 0.2:
            yield _FIGURE


def _item(rng: Random, language: Language, number: int, size: int) -> str:
    name = rng.choice(language.where)
    link = f'<a class="menu-link" href="/section/{number}" {clutter.attributes(rng, size - 190)}>'
    return f'{_INDENTED}<li class="menu-item menu-item-{number}">{link}<span>{name}</span></a></li>'


def _teaser(rng: Random, language: Language, number: int, size: int, *, dated: bool) -> str:
    title = _words(rng, language, 60)
    when = f"{number % 28 + 1:02d}.{number % 12 + 1:02d}.2025" if dated else "5 min"
    left = max(0, size - 460)
    picture = f'<img class="thumb" alt="" src="/img/{rng.getrandbits(64):x}.jpg">' * (
        rng.random() < _PICTURED
    )
    track = clutter.attributes(rng, left)
    opened = f'{_INDENTED}<div class="teaser card card--{number % 5}" {track}>{_INDENTED}'
    link = f'<a href="/news/{number}/{rng.randrange(999)}">{picture}<div class="teaser__text">'
    head = f'{_INDENTED}<h3 class="teaser__title"><span>{title}</span></h3></div></a>'
    return f'{opened}{link}{head}{_INDENTED}<span class="teaser__time">{when}</span></div>'


def _linked(rng: Random, language: Language, size: int, title: str, day: str | None) -> str:
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "author": {"@type": "Person", "name": "Nora Bellamy"},
        "description": _words(rng, language, max(60, size - 400)),
        "publisher": {"@type": "Organization", "name": "Paper"},
    }
    dates = {} if day is None else {"datePublished": day, "dateModified": day}
    return json.dumps(article | dates, ensure_ascii=False)
