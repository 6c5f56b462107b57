"""Where a page that declares no day shows when it was published: its address, its heading, what is called a date.

None is better than a wrong one: dates in the prose, of teasers, of copyright lines and in addresses of files do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.read.text.blocks import BLOCK_TAGS, key_of, weight
from pipeline.read.text.limits import one_line
from pipeline.read.text.written import written_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_IN_PATH = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([/_-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)|(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"
)
# Names of elements that hold a date.
_CALLED = re.compile(
    r"date|time(?!line)|publi|posted|submitted|datum|fecha|created|(?:^|[\W_])data(?:$|[\W_])", re.IGNORECASE
)
_MACHINE = re.compile(r"datePublished|dateCreated|dcterms\.created|dc:date|schema:dateCreated|pubdate", re.IGNORECASE)
_MICROFORMAT = re.compile(r"(?:^|\s)(?:published|entry-date|dt-published|post-date|timestamp)(?:$|\s)")
_DIVIDER = re.compile(r"\s+[|–—·•-]\s+")
_OTHERS = re.compile(
    r"comment|related|sidebar|teaser|recommend|most-|latest|trending|popular|(?<!post-)(?<!entry-)(?<!article-)(?<!asset-)footer|modif|last-?updat|updated?-?(?:date|at|time|on)|event"
    r"|calendar|(?:^|[\W_])(?:nav|more|next|prev)(?:$|[\W_])",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"(?:^|[\W_])(?:comment|kommentar|reply|leserbrief|profile|joined|member|user)", re.IGNORECASE)
_CHANGED = re.compile(
    r"updat|modif|edited|revis|aktualis|geändert|stand:|mis à jour|actualiz|aggiornat|обновл|оновл|изменен|zaktualiz|güncel"
    r"|به‌روز|تحديث|עודכן|更新|수정",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"publi|posted|veröffentlich|erstellt|erschien|datum|\bdate\b|fecha|publié|paru|pubblicat|опублик|дата|opublik|dodano"
    r"|yayın|tarih|منتشر|تاریخ|نشر|פורסם|发布|發佈|公開|등록|입력",
    re.IGNORECASE,
)
# Elements beside the article.
_BESIDE = ("aside", "nav", "footer", "form", "select", "script", "style")
# A line that states a date is short; a longer one is prose that names one.
_LINE_CHARS = 160
_PROSE_CHARS = 150
# Lines looked at above the heading and below it.
_ABOVE, _BELOW = 8, 14
# A line so close to the heading belongs to it, whatever its element is called.
_CLOSE = 2
# Behind the first paragraph, which may be the lead, a day still counts if it is marked or alone.
_BEHIND = 2
# Different days in mark-up from which a page is a list: published, changed, and one other.
_FEW_DAYS = 3
_DATE_CHARS = 30
# Letters of a line beside figures: names of a month and a weekday, of an author and a place.
_LETTERS, _ITEM_LETTERS = 45, 18
_SPAN = re.compile(r"\d\.?\s?[-–—]\s?\d{1,2}\.?(?:\s|$|\))|\b(?:bis|until|till|до)\b|(?<=\d)-(?=\d{1,2}[^\d./-])")
_DATELINE_CHARS = 14
# Elements around a date whose names say whose it is.
_AROUND = 6
_APART = BLOCK_TAGS | {"br", "time"}
_UNREAD = frozenset({"script", "style", "select", "noscript", "template", "svg"})


@dataclass(frozen=True, slots=True)
class _Line:
    """A short line of the page, with the days in it."""

    element: HtmlElement
    number: int
    text: str
    days: tuple[date, ...]
    called: bool
    alone: bool


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


def machine_days(tree: HtmlElement) -> list[str]:
    """Stamps in attributes of elements that mark-up calls the publication's: microdata, RDFa, microformats.

    A list of articles has many; then none is the page's.
    """
    found = []
    for element in tree.iter("abbr", "time", "span", "p", "div", "meta", "data", "li"):
        named = f"{element.get('itemprop') or ''} {element.get('property') or ''}"
        marked = element.get("pubdate") is not None or _MACHINE.search(named)
        if marked or _MICROFORMAT.search(element.get("class") or ""):
            values = (element.get(name) for name in ("content", "datetime", "title"))
            value = next(filter(None, values), None)
            if value and not _is_beside(element, frozenset()):
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
    language = tree.get("lang") or tree.get("xml:lang")
    host = urlsplit(url).hostname or ""
    lines, heading, prose = _lines(tree, title, language, host)
    place = None if heading is None else heading[0]
    shared = frozenset(() if heading is None else heading[1].iterancestors())
    lines = [line for line in lines if not _is_comment(line.element, shared)]
    close = [ln for ln in lines if place is not None and abs(ln.number - place) <= _CLOSE]
    lines = [line for line in lines if line in close or not _is_beside(line.element, shared)]
    near = [ln for ln in lines if place is not None and prose and _is_near(ln, place, prose)]
    if near:
        return [line.days[0] for line in near]
    said = [line for line in lines if _STATED.search(line.text)]
    called = [line for line in lines if line.called]
    alone = [line for line in lines if line.alone]
    found = _only(said) or _only(called) or ([] if called else _only(alone))
    return found or _in_title(tree, title, language, host)


def _only(lines: list[_Line]) -> list[date]:
    """The day of lines that all name one; of several nobody can tell which is the page's."""
    days = {line.days[0] for line in lines}
    return list(days) if len(days) == 1 else []


def _in_title(tree: HtmlElement, title: str | None, language: str | None, host: str) -> list[date]:
    """A part of the title that is nothing but a day."""
    full = one_line(tree.findtext(".//title"))
    parts = [part for text in (full, title or "") for part in _DIVIDER.split(text)]
    if any(map(_SPAN.search, (full, title or ""))):
        return []
    short = (part for part in parts if len(part) <= _DATE_CHARS)
    return [day for part in short for day in written_days(part, language, host)]


def _is_near(line: _Line, heading: int, prose: int | None) -> bool:
    last = heading + _BELOW if prose is None else min(max(prose, heading + 1), heading + 2 * _BELOW)
    if prose is not None and (line.called or line.alone):
        last += _BEHIND
    return heading - _ABOVE <= line.number <= last


def _lines(
    tree: HtmlElement, title: str | None, language: str | None, host: str
) -> tuple[list[_Line], tuple[int, HtmlElement] | None, int | None]:
    """Lines with a day in them, the place of the heading, and that of the first paragraph behind it."""
    lines: list[_Line] = []
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
        if any(c.isdigit() for c in text[:_LINE_CHARS]):
            # a dateline at the start of a paragraph counts, a day within it does not
            start = text[:_DATELINE_CHARS] if long else text
            labelled = before.endswith(":") and bool(_STATED.search(before[-_DATE_CHARS:]))
            lines += _line(element, number, start, language, host, dateline=long, labelled=labelled)
        before = text
    mine = [h for h in headings if own and h[2] and (h[2] in own or own in h[2])]
    # of several the last: the first may be a hidden one, or the site's name
    best = max(mine, key=lambda h: (len(h[2]), h[1].tag == "h1", h[0]), default=None)
    if best is None and len(headings) == 1:
        best = headings[0]
    start_at = -1 if best is None else best[0]
    behind = next((n for n in prose if n > start_at), None)
    return lines, None if best is None else best[:2], behind


def _line(
    element: HtmlElement, number: int, text: str, language: str | None, host: str, *,
    dateline: bool, labelled: bool,
) -> Iterator[_Line]:
    days = tuple(written_days(text, language, host))
    if not days or (dateline and not text.lstrip("([„“").startswith(tuple("0123456789"))):
        return
    if element.tag == "a" or len(text) > _LINE_CHARS:
        return
    if _CHANGED.search(text) and not _STATED.search(text):
        return
    stated = labelled or bool(_STATED.search(text)) or bool(_CALLED.search(_names(element)))
    called = element.tag == "time" or stated
    if not called and not dateline and not _is_bare(element, text):
        return
    alone = sum(map(str.isalpha, text)) <= _ITEM_LETTERS and element.tag != "li"
    yield _Line(element, number, text, days, called and not dateline, alone and not dateline)


def _is_comment(element: HtmlElement, shared: frozenset[HtmlElement]) -> bool:
    around = islice((element, *element.iterancestors()), _AROUND)
    return any(_COMMENT.search(_names(e)) for e in around if e not in shared and e.tag != "body")


def _is_bare(element: HtmlElement, text: str) -> bool:
    """Whether a line without a name is little more than a day, and no span of days."""
    letters = sum(map(str.isalpha, text))
    return letters <= (_ITEM_LETTERS if element.tag == "li" else _LETTERS) and not _SPAN.search(text)


def _is_beside(element: HtmlElement, shared: frozenset[HtmlElement]) -> bool:
    """Whether it stands beside the article, by elements that do not hold the heading, too."""
    for around in islice((element, *element.iterancestors()), _AROUND):
        if around in shared or around.tag == "body":
            return False
        in_article = around.tag == "footer" and next(around.iterancestors("article"), None) is not None
        if (around.tag in _BESIDE and not in_article) or _OTHERS.search(_names(around)):
            return True
    return False


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"


def _runs(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Each run of text between two blocks, with the element it stands in; what is called a date is one by itself."""
    body = tree.find(".//body")
    root = tree if body is None else body
    stack: list[tuple[HtmlElement, bool]] = [(root, False)]
    parts: list[str] = []
    holder = root
    while stack:
        element, done = stack.pop()
        apart = element.tag in _APART or bool(_CALLED.search(element.get("class") or ""))
        if not done:
            if not isinstance(element.tag, str) or element.tag in _UNREAD:
                parts.append(element.tail or "")
                continue
            if apart:
                yield from _flushed(holder, parts)
                parts, holder = [], element
            stack.append((element, True))
            if element.tag == "time" and element.get("datetime"):
                parts.append(_moment(element))
                continue
            parts.append(element.text or "")
            stack += [(child, False) for child in reversed(element)]
            continue
        if apart:
            yield from _flushed(holder, parts)
            up = element.getparent()
            parts, holder = [], holder if up is None else up
        if element is not root:
            parts.append(element.tail or "")
    yield from _flushed(holder, parts)


def _moment(element: HtmlElement) -> str:
    """What `<time>` says in words if that is a day, else its machine-readable form."""
    text = "".join(element.itertext())
    return text if written_days(text) else f"{(element.get('datetime') or '')[:10]} {text}"


def _flushed(holder: HtmlElement, parts: list[str]) -> Iterator[tuple[HtmlElement, str]]:
    text = one_line("".join(parts))
    if text:
        yield holder, text
