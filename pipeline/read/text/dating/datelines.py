"""The lines of a page that name a day, with what tells whether the day is the page's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.read.text.article.blocks import BLOCK_TAGS, key_of, weight
from pipeline.read.text.dating.written import written_days
from pipeline.read.text.limits import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lxml.html import HtmlElement

# What each day has that is written in a line: a year in full, or three numbers between marks.
_MAY_NAME_A_DAY = re.compile(r"\d{4}|\d\s?[./-]\s?\d{1,2}\s?[./-]\s?\d")
# Names of elements that hold a date.
_CALLED = re.compile(
    r"date|time(?!line)|publi|posted|submitted|datum|fecha|created|(?:^|[\W_])data(?:$|[\W_])",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"updat|modif|edited|revis|aktualis|geändert|stand:|mis à "
    r"jour|actualiz|aggiornat|обновл|оновл|изменен|zaktualiz|güncel|به‌روز|تحديث|עודכן|更新|수정",
    re.IGNORECASE,
)
# A line that states a date is short; a longer one is prose that names one.
_LINE_CHARS = 160
_RIGHTS = re.compile(r"©|\(c\)|copyright|all rights", re.IGNORECASE)
_PROSE_CHARS = 150
_DATELINE_CHARS = 14
# Letters of a line beside figures: names of a month and a weekday, of an author and a place.
_LETTERS, _ITEM_LETTERS = 45, 18
SPAN = re.compile(
    r"\d\.?\s?[-–—]\s?\d{1,2}\.?(?:\s|$|\))|\b(?:bis|until|till|до)\b|(?<=\d)-(?=\d{1,2}[^\d./-])"
)
_WALKED = frozenset({"start", "end"})
_APART = BLOCK_TAGS | {"br", "time"}
_UNREAD = frozenset({"script", "style", "select", "noscript", "template", "svg"})
STATED = re.compile(
    r"publi|posted|veröffentlich|erstellt|erschien|datum|\bdate\b|fecha|publié|paru|pubblicat|опублик|дата|opublik|dodano"
    r"|yayın|tarih|منتشر|تاریخ|نشر|פורסם|发布|發佈|公開|등록|입력",
    re.IGNORECASE,
)
DATE_CHARS = 30


@dataclass(frozen=True, slots=True)
class Where:
    """What a day's order is read by: the page's language, as it declares it, and its host."""

    language: str | None
    host: str


@dataclass(frozen=True, slots=True)
class Line:
    """A short line of the page, with the days in it.

    Attributes:
        number: Its place among all lines of the page.
        called: Whether mark-up or words call it a date.
        alone: Whether there is little else in it.
    """

    element: HtmlElement
    number: int
    text: str
    days: tuple[date, ...]
    called: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class DayLines:
    """Lines with a day in them.

    Attributes:
        heading: Place and element of the page's own heading.
        prose: Place of the first paragraph behind it.
    """

    lines: list[Line]
    heading: tuple[int, HtmlElement] | None
    prose: int | None


def lines_of(tree: HtmlElement, title: str | None, where: Where) -> DayLines:
    """The lines of a page that name a day, and where its heading and its first paragraph stand.

    Args:
        tree: The page.
        title: As it declares it; tells which heading is its own.
        where: How its days are read.
    """
    lines: list[Line] = []
    headings: list[tuple[int, HtmlElement, str]] = []
    prose: list[int] = []
    own, before = key_of(title or ""), ""
    for number, (element, text) in enumerate(_runs(tree)):
        long = weight(text) >= _PROSE_CHARS
        if element.tag in {"h1", "h2", "h3"}:
            key = key_of(text)
            if element.tag == "h1" or (own and key and (key in own or own in key)):
                headings.append((number, element, key))
        elif long:
            prose.append(number)
        # a dateline at the start of a paragraph counts, a day within it does not
        start = text[:_DATELINE_CHARS] if long else text
        if _MAY_NAME_A_DAY.search(start):
            labelled = before.endswith(":") and bool(STATED.search(before[-DATE_CHARS:]))
            lines += _line((element, number), start, where, dateline=long, labelled=labelled)
        before = text
    heading = _own_heading(headings, own)
    start_at = -1 if heading is None else heading[0]
    return DayLines(lines, heading, next((n for n in prose if n > start_at), None))


def _own_heading(
    headings: list[tuple[int, HtmlElement, str]], title: str
) -> tuple[int, HtmlElement] | None:
    """Place and element of the heading that the title names; a single other one will do."""
    mine = [h for h in headings if title and h[2] and (h[2] in title or title in h[2])]
    # of several the last: the first may be a hidden one, or the site's name
    best = max(mine, key=lambda h: (len(h[2]), h[1].tag == "h1", h[0]), default=None)
    if best is None and len(headings) == 1:
        best = headings[0]
    return None if best is None else best[:2]


def _line(
    place: tuple[HtmlElement, int], text: str, where: Where, *, dateline: bool, labelled: bool
) -> Iterator[Line]:
    element, number = place
    # to read its days takes longest, so that comes last
    if element.tag == "a" or len(text) > _LINE_CHARS or _RIGHTS.search(text):
        return
    if dateline and not text.lstrip("([„“").startswith(tuple("0123456789")):
        return
    says = STATED.search(text) is not None
    if not says and _CHANGED.search(text):
        return
    stated = labelled or says or _is_called(names_of(element))
    called = element.tag == "time" or stated
    if not called and not dateline and not _is_bare(element, text):
        return
    days = tuple(written_days(text, where.language, where.host))
    if days:
        alone = sum(map(str.isalpha, text)) <= _ITEM_LETTERS and element.tag != "li"
        yield Line(element, number, text, days, called and not dateline, alone and not dateline)


def _is_bare(element: HtmlElement, text: str) -> bool:
    """Whether a line without a name is little more than a day, and no span of days."""
    letters = sum(map(str.isalpha, text))
    return letters <= (_ITEM_LETTERS if element.tag == "li" else _LETTERS) and not SPAN.search(text)


def names_of(element: HtmlElement) -> str:
    """What an element is called: its class, id and itemprop."""
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"


@lru_cache(4096)  # the elements of a page share a few names
def _is_called(named: str | None) -> bool:
    return named is not None and bool(_CALLED.search(named))


def _runs(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Each run of text between two blocks, with the element it stands in; what is called a date is
    one by itself."""
    body = tree.find(".//body")
    root = tree if body is None else body
    parts: list[str] = []
    holder = root
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag
        unread = event not in _WALKED or tag in _UNREAD
        if not unread and (tag in _APART or _is_called(element.get("class"))):
            if parts:  # mostly there are none
                yield from _flushed(holder, parts)
            parts, holder = [], _holder(element, holder, event)
        if event != "start":
            text = None if element is root else element.tail
        elif unread:
            text = None
            walk.skip_subtree()
        elif tag == "time" and element.get("datetime"):
            text = _moment(element)
            walk.skip_subtree()
        else:
            text = element.text
        # blanks that nothing stands before, most of all texts, are no part of a run
        if text and (parts or not text.isspace()):
            parts.append(text)
    yield from _flushed(holder, parts)


def _flushed(holder: HtmlElement, parts: list[str]) -> Iterator[tuple[HtmlElement, str]]:
    if text := one_line("".join(parts)):
        yield holder, text


def _holder(element: HtmlElement, before: HtmlElement, event: str) -> HtmlElement:
    """The element that text stands in from here on."""
    if event == "start":
        return element
    up = element.getparent()
    return before if up is None else up


def _moment(element: HtmlElement) -> str:
    """What `<time>` says in words if that is a day, else its machine-readable form."""
    text = "".join(element.itertext())
    return text if written_days(text) else f"{(element.get('datetime') or '')[:10]} {text}"
