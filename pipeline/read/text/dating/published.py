"""Where a page that declares no day shows when it was published: its address, its heading, what is
called a date.

None is better than a wrong one: dates in the prose, of teasers, of copyright lines and in addresses
of files do not count.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from pipeline.read.text.dating.datelines import (
    DATE_CHARS,
    SPAN,
    STATED,
    DayLines,
    Line,
    Where,
    lines_of,
    names_of,
)
from pipeline.read.text.dating.written import written_days
from pipeline.read.text.limits import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from pipeline.read.text.article.names import Names

_IN_PATH = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([/_-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)|(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"
)
_MACHINE = re.compile(
    r"datePublished|dateCreated|dcterms\.created|dc:date|schema:dateCreated|pubdate", re.IGNORECASE
)
_STAMPS = ("published", "entry-date", "dt-published", "post-date", "timestamp")
_MICROFORMAT = re.compile(rf"(?:^|\s)(?:{'|'.join(_STAMPS)})(?:$|\s)")
_DIVIDER = re.compile(r"\s+[|–—·•-]\s+")
_OTHERS = re.compile(
    r"comment|related|sidebar|teaser|recommend|most-|latest|trending|popular|(?<!post-)(?<!entry-)(?<!article-)(?<!asset-)footer|modif|last-?updat|updated?-?(?:date|at|time|on)|event"
    r"|calendar|menu|(?:^|[\W_])(?:nav|more|next|prev)(?:$|[\W_])",
    re.IGNORECASE,
)
_CARDS = re.compile(
    r"related|sidebar|teaser|recommend|most-|latest|trending|popular|footer|copyright|(?:^|[\W_])(?:more|card|cards)(?:$|[\W_])",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    r"(?:^|[\W_])(?:comment|kommentar|reply|leserbrief)|(?:^|\s)(?:profile|joined|member|user)",
    re.IGNORECASE,
)
# The day of the visit, which some pages print.
_NOW = re.compile(
    r"aktuelle|current|heute|\btoday|\bnow\b|сегодня|сейчас|сьогодні|aujourd|\bhoy\b|\boggi\b|bugün|dzisiaj",
    re.IGNORECASE,
)
# The whole name of a caption; `teaser__caption` is a style of letters.
_CAPTION = re.compile(r"(?:^|\s)(?:[a-z]+-)?caption(?:-text)?(?:$|\s)", re.IGNORECASE)
_CONTENT = ("article", "main", "section")
_STAMPED = etree.XPath(
    "descendant-or-self::*[@content or @datetime or @title][self::abbr or self::time or self::span"
    " or self::p or self::div or self::meta or self::data or self::li]"
)
_TOP = 4
# Elements beside the article.
_BESIDE = ("aside", "nav", "footer", "form", "select", "script", "style")
# Lines looked at above the heading and below it.
_ABOVE, _BELOW = 8, 14
# A line so close to the heading belongs to it, whatever its element is called.
_CLOSE = 2
# Behind the first paragraph, which may be the lead, a day still counts if it is marked or alone.
_BEHIND = 2
# Different days in mark-up from which a page is a list: published, changed, and one other.
_FEW_DAYS = 3
# Elements around a date whose names say whose it is.
_AROUND = 6


def day_in_address(url: str) -> date | None:
    """The day that a page's own address names, or None."""
    path = urlsplit(url).path
    for match in _IN_PATH.finditer(path):
        year, month, day = (match[1], match[3], match[4]) if match[1] else match.group(5, 6, 7)
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def _is_marked(element: HtmlElement) -> bool:
    if element.get("pubdate") is not None:
        return True
    named = f"{element.get('itemprop') or ''} {element.get('property') or ''}"
    if named != " " and _MACHINE.search(named):
        return True
    called = element.get("class")
    return called is not None and bool(_MICROFORMAT.search(called))


def _may_be_marked(names: Names) -> bool:
    """Whether any element of a page is."""
    if names.values("pubdate") or _MACHINE.search(names.together("itemprop", "property")):
        return True
    called = names.together("class")
    return any(one in called for one in _STAMPS) and bool(_MICROFORMAT.search(called))


def machine_days(names: Names) -> list[str]:
    """Stamps in attributes of elements that mark-up calls the publication's: microdata, RDFa,
    microformats.

    A list of articles has many; then none is the page's.
    """
    if not _may_be_marked(names):
        return []
    found = []
    for element in _STAMPED(names.tree):
        if _is_marked(element):
            values = (element.get(name) for name in ("content", "datetime", "title"))
            value = next(filter(None, values), None)
            if (
                value
                and not _is_aside(element, frozenset())
                and not _is_framed(element, frozenset())
            ):
                found.append(value)
    days = {value[:10] for value in found}
    return found if len(days) <= _FEW_DAYS else []


def shown_days(tree: HtmlElement, url: str, title: str | None) -> list[date]:
    """Days that the page shows for itself, the likeliest first.

    Args:
        tree: The page.
        url: Its address.
        title: As it declares it; tells which heading is its own.
    """
    where = Where(tree.get("lang") or tree.get("xml:lang"), urlsplit(url).hostname or "")
    found = lines_of(tree, title, where)
    lines, heading, prose = found.lines, found.heading, found.prose
    place = None if heading is None else heading[0]
    shared = frozenset(() if heading is None else heading[1].iterancestors())
    lines = [
        ln
        for ln in lines
        if not _is_comment(ln.element, shared)
        and (not _is_aside(ln.element, shared) or _is_head(ln, found, shared))
        and not _is_clock(ln, place)
        and not _is_of_a_picture(ln.element, shared)
        and not _is_of_the_site(ln.element, shared)
    ]
    close = [ln for ln in lines if place is not None and abs(ln.number - place) <= _CLOSE]
    own = [
        ln
        for ln in lines
        if ln in close or STATED.search(ln.text) or not _is_framed(ln.element, shared)
    ]
    near = [ln for ln in own if place is not None and prose and _is_near(ln, place, prose)]
    if near:
        return [line.days[0] for line in near]
    if close and prose is None:
        return _only(close)
    if place is None and prose:
        known = _only([line for line in own if 0 < prose - line.number <= _CLOSE])
        if known:
            return known
    return _only(_telling(own, lines, shared)) or _in_title(tree, title, where)


def _telling(own: list[Line], lines: list[Line], shared: frozenset[HtmlElement]) -> list[Line]:
    """The lines that tell a day best, wherever they stand; of the first kind of which there are
    any."""
    ways = (
        [line for line in own if STATED.search(line.text) and line.element.tag != "li"],
        [line for line in own if line.called],
        [line for line in own if line.alone],
        # where a page shows one day at all, it may stand in a frame, but not among other articles
        [line for line in lines if line.called and not _is_card(line.element, shared)],
    )
    return next((way for way in ways if way), [])


def _is_clock(line: Line, place: int | None) -> bool:
    """Whether it tells the day of the visit: at the top of the page, or in so many words."""
    at_top = line.number < _TOP and (place is None or place > line.number + _TOP)
    return at_top or bool(_NOW.search(f"{line.text} {names_of(line.element)}"))


def _is_of_a_picture(element: HtmlElement, shared: frozenset[HtmlElement]) -> bool:
    """Whether it is told beneath a picture, without the heading: when that was taken."""
    around = islice((element, *element.iterancestors()), _AROUND)
    return any(
        e.tag == "figcaption" or _CAPTION.search(names_of(e)) for e in around if e not in shared
    )


def _is_of_the_site(element: HtmlElement, shared: frozenset[HtmlElement]) -> bool:
    """Whether it stands in the site's head, above every article: the day of the visit."""
    around = (element, *element.iterancestors())
    head = next((e for e in around if e.tag == "header" or e.get("role") == "banner"), None)
    if head is None or head in shared:
        return False
    return not any(e.tag in _CONTENT for e in head.iterancestors())


def _only(lines: list[Line]) -> list[date]:
    """The day of lines that all name one; of several nobody can tell which is the page's."""
    days = {line.days[0] for line in lines}
    return list(days) if len(days) == 1 else []


def _in_title(tree: HtmlElement, title: str | None, where: Where) -> list[date]:
    """A part of the title that is nothing but a day."""
    full = one_line(tree.findtext(".//title"))
    parts = [part for text in (full, title or "") for part in _DIVIDER.split(text)]
    if any(map(SPAN.search, (full, title or ""))):
        return []
    short = (part for part in parts if len(part) <= DATE_CHARS)
    return [day for part in short for day in written_days(part, where.language, where.host)]


def _is_near(line: Line, heading: int, prose: int | None) -> bool:
    last = heading + _BELOW if prose is None else min(max(prose, heading + 1), heading + 2 * _BELOW)
    if prose is not None and (line.called or line.alone):
        last += _BEHIND
    above = _ABOVE if line.called else _ABOVE // 2
    return heading - above <= line.number <= last


def _is_comment(element: HtmlElement, shared: frozenset[HtmlElement]) -> bool:
    around = islice((element, *element.iterancestors()), _AROUND)
    return any(_COMMENT.search(names_of(e)) for e in around if e not in shared and e.tag != "body")


def _is_card(element: HtmlElement, shared: frozenset[HtmlElement]) -> bool:
    """Whether an element around it that does not hold the heading is called a list of other
    articles."""
    around = islice((element, *element.iterancestors()), _AROUND)
    return any(_CARDS.search(names_of(e)) for e in around if e not in shared)


def _is_head(line: Line, found: DayLines, shared: frozenset[HtmlElement]) -> bool:
    """Whether it stands in the heading's own `<article>`, before its second paragraph: an `<aside>`
    of particulars."""
    if found.heading is None or found.prose is None:
        return False
    article = next(line.element.iterancestors("article"), None)
    between = found.heading[0] < line.number <= found.prose + _BEHIND
    return between and article in shared and not _is_card(line.element, shared)


def _is_aside(element: HtmlElement, shared: frozenset[HtmlElement]) -> bool:
    """Whether it stands in an element for what is beside the article, without the heading."""
    for around in (element, *element.iterancestors()):
        if around in shared:
            return False
        in_article = (
            around.tag == "footer" and next(around.iterancestors("article"), None) is not None
        )
        if around.tag in _BESIDE and not in_article:
            return True
    return False


def _is_framed(element: HtmlElement, shared: frozenset[HtmlElement]) -> bool:
    """Whether elements that do not hold the heading, too, are called something other than an
    article."""
    for around in islice((element, *element.iterancestors()), _AROUND):
        if around in shared or around.tag == "body":
            return False
        if _OTHERS.search(names_of(around)):
            return True
    return False
