"""Corrections that stand beside a page's text: in its footer, in an aside, before or behind the
body.

Extraction leaves out what is not the article; of these lines that would make a paper that owns up
to a change look silent.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.read.corrections import is_labelled
from pipeline.read.text.limits import inner_text, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from pipeline.read.text.article.names import Names

_MAX_CHARS = 900
_MAX_LINES = 12
_BLOCKS = (
    "p",
    "div",
    "li",
    "section",
    "aside",
    "footer",
    "header",
    "blockquote",
    "dd",
    "small",
    "em",
    "details",
)
_INNER = frozenset(
    {"p", "div", "li", "ul", "ol", "section", "aside", "footer", "table", "article", "nav", "form"}
)
_ELSEWHERE = frozenset({"nav", "form", "button", "select"})
_OTHERS = re.compile(
    r"comment|related|recommend|teaser|sidebar|menu|breadcrumb|most-?read|trending|promo",
    re.IGNORECASE,
)
# How sites call the place; of their own making, so only whole parts of a name count.
_PLACE = re.compile(
    r"(?:^|[\s_-])(?:correct(?:ion|ed|ions|if)|clarification|erratum|errata|editors?-?note|update-?note|rectif\w*|"
    r"korrektur|berichtigung|richtigstellung|sprostowanie|correccion|correcao|correzione|popravka|ispravk\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PLACES = (
    "correct", "clarification", "errat", "editor", "update-note", "updatenote", "rectif",
    "korrektur", "berichtigung", "richtigstellung", "sprostowanie", "correccion", "correcao",
    "correzione", "popravka", "ispravk",
)  # fmt: skip
"""One of these is in each such name; whether one is there at all is told in a hundredth of the time
that the pattern takes."""
_CALLED = etree.XPath("//*[@class or @id]")
_LEAST_WORDS = 4
_ABOVE = 2
"""So far above a line stands the element that is named for what it holds."""
_LINKED = 0.6
"""A line of which so much is a link leads to another page."""
_TIMED = re.compile(r"\d{1,2}[:.]\d\d|\b(?:19|20)\d\d\b|[۰-۹٠-٩]{2}")
_TIMED_WORDS = 11
"""`Updated on Monday, 3 March 2025 at 14:20 GMT by …`: the frame's, and another one each time."""


def admissions(names: Names) -> list[str]:
    """Lines of a page that correct its text or bring it up to date, wherever they stand, in the
    page's order."""
    named = correction_places(names)
    found = dict.fromkeys(
        line for element in _lines(names.tree) if (line := _admission(element, named))
    )
    return list(found)[:_MAX_LINES]


def with_admissions(text: str, lines: Sequence[str]) -> str:
    """The text with those of the lines below it that it has not."""
    held = one_line(text)
    below = [line for line in lines if line not in held]
    return "\n\n".join(filter(None, (text, *below)))


def _lines(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Elements that hold one paragraph."""
    holders: set[HtmlElement] = set()
    for inner in tree.iter(*_INNER):
        around = inner.getparent()
        while around is not None and around not in holders:
            holders.add(around)
            around = around.getparent()
    return (element for element in tree.iter(*_BLOCKS) if element not in holders)


def _admission(element: HtmlElement, named: set[HtmlElement]) -> str | None:
    line = _line_of(element)
    if not line or len(line) > _MAX_CHARS:
        return None
    if not (is_labelled(line) or (named and _is_named(element, named))):
        return None
    words = len(line.split())
    if words < _LEAST_WORDS and len(line) < 4 * _LEAST_WORDS:
        return None
    if words < _TIMED_WORDS and _TIMED.search(line) and not re.search(r"[.!?。][\"”»)]?$", line):
        return None
    return None if _stands_elsewhere(element) or _is_link(element, line) else line


def _line_of(element: HtmlElement) -> str:
    """Its text; of what is unfolded without the button."""
    button = element.find("summary") if element.tag == "details" else None
    if button is None:
        return one_line(inner_text(element))
    return one_line(
        inner_text(element).removeprefix(element.text or "").removeprefix(inner_text(button))
    )


def correction_places(names: Names) -> set[HtmlElement]:
    """The elements of the page that are called a place of corrections; most pages have none."""
    called = names.together("class", "id").lower()
    if called.isascii() and not any(one in called for one in _PLACES):
        return set()
    places = {name for one in ("class", "id") for name in names.values(one) if _PLACE.search(name)}
    if not places:
        return set()
    return {e for e in _CALLED(names.tree) if e.get("class") in places or e.get("id") in places}


def _is_named(element: HtmlElement, named: set[HtmlElement]) -> bool:
    above = chain((element,), islice(element.iterancestors(), _ABOVE))
    return any(one in named for one in above)


def _stands_elsewhere(element: HtmlElement) -> bool:
    return any(
        e.tag in _ELSEWHERE or _OTHERS.search(f"{e.get('class') or ''} {e.get('id') or ''}")
        for e in (element, *element.iterancestors())
        if e.tag not in {"html", "body"}
    )


def _is_link(element: HtmlElement, line: str) -> bool:
    linked = sum(len(one_line(inner_text(link))) for link in element.iter("a"))
    return linked >= _LINKED * len(line)
