"""trafilatura's searches by names of elements, asked of each name once and not of each element.

Its patterns try some sixty ways at each letter of a class or an id, for each element of a page; but
the elements of a page share a few names, and most names have not one letter of what is looked for
in a row.
"""

from __future__ import annotations

import functools
import re
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.read.text.article.asked import is_known, stems_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_LISTS = ("BODY_XPATH", "OVERALL_DISCARD_XPATH")
"""In `trafilatura.main_extractor`, 2.3."""
_REGEXP = {"re": "http://exslt.org/regular-expressions"}
_PATTERN = "re:test("
_ATTRIBUTE = re.compile(r"@([\w-]+)")
_TAG = re.compile(r"self::(\w+)")
_LITERAL = re.compile(r"'([^']*)'")
_FLAG = re.compile(r",\s*'i'\s*\)")
_TRANSLATED = re.compile(r"translate\(\s*(@[\w-]+)\s*,\s*'\w+'\s*,\s*'\w+'\s*\)")
# A condition that an attribute is there at all.
_BARE = re.compile(r"[\[(]\s*@([\w-]+)\s+or\b|\bor\s+@([\w-]+)\s*(?:\]|or\b)")
_OTHERWISE = re.compile(r"\band\b|\bnot\(")
_FIRST = re.compile(r"\s*\(?(.*?)\)?\s*\[1\]\s*", re.DOTALL)
_OPTIONAL = re.compile(r"\((?:\?:)?[^()]*\)[?*]")

_Attributes = tuple[tuple[str, str], ...]


class Alike:
    """An expression for which one attribute of an element is enough; used as it is.

    Attributes:
        path: The expression.
    """

    def __init__(self, expression: etree.XPath) -> None:
        self.path: str = expression.path
        self._whole = expression
        first = _FIRST.fullmatch(self.path)
        self._most = None if first is None else 1
        own = self.path if first is None else first[1]
        self._alone = etree.XPath(own, namespaces=_REGEXP)
        self._tags = tuple(dict.fromkeys(_TAG.findall(own)))
        self._asked = frozenset(_ATTRIBUTE.findall(own))
        self._bare = frozenset(one or other for one, other in _BARE.findall(own))
        read = _FLAG.sub(")", _TRANSLATED.sub(r"\1", own))
        literals = (_OPTIONAL.sub(".", one) for one in _LITERAL.findall(read))
        self._stems = tuple(
            sorted({stem.lower() for literal in literals for stem in stems_of(literal)})
        )

    @staticmethod
    def may_be(expression: etree.XPath) -> bool:
        """Whether it asks by patterns, for one of several attributes, and of tags for nothing but
        the element's own."""
        path = expression.path
        is_plain = path.count("/") == 2 and ".//*" in path and not _OTHERWISE.search(path)
        return _PATTERN in path and is_plain

    def __call__(self, tree: HtmlElement) -> list[HtmlElement]:
        """What it finds below `tree`; where it asks for a first one that alone."""
        try:
            return list(islice(self._found(tree), self._most))
        except ValueError:  # a value that only the parser of web pages lets by
            return list(self._whole(tree))

    def _found(self, tree: HtmlElement) -> Iterator[HtmlElement]:
        asked = self._asked
        named = []
        for element in tree.iterdescendants(*(self._tags or "*")):
            held = tuple([one for one in element.items() if one[0] in asked])
            if held:
                named.append((element, held))
        found = self._telling({held for _, held in named})
        return (element for element, held in named if held in found)

    def _telling(self, named: set[_Attributes]) -> set[_Attributes]:
        """Those of some names for which an element is found."""
        values = {value for held in named for _, value in held}
        could = _with_any(self._stems, values)
        asked = [
            held
            for held in named
            if any(value in could or name in self._bare for name, value in held)
        ]
        sample = etree.Element("html")
        for held in asked:
            twin = etree.SubElement(sample, self._tags[0] if self._tags else "div")
            for name, value in held:  # in their order: of two the first may count alone
                twin.set(name, value)
        found = set(self._alone(sample)) if asked else set()
        return {held for held, twin in zip(asked, sample, strict=True) if twin in found}


def _with_any(stems: tuple[str, ...], values: set[str]) -> set[str]:
    """The values that hold one of some stems, in whatever case."""
    lower = {value: value.lower() for value in values}
    together = "\n".join(lower.values())
    there = [stem for stem in stems if stem in together]
    return {
        value
        for value, low in lower.items()
        if not low.isascii() or any(stem in low for stem in there)
    }


@functools.cache
def _lists() -> dict[str, tuple[list[etree.XPath], list[etree.XPath | Alike]]]:
    """trafilatura's lists as they are, and as they are asked here."""
    from trafilatura import main_extractor

    held = {name: getattr(main_extractor, name) for name in _LISTS}
    return {
        name: (own, [Alike(one) if Alike.may_be(one) else one for one in own])
        for name, own in held.items()
    }


@contextmanager
def asked_once() -> Iterator[None]:
    """While it lasts trafilatura asks so, if it is a version that was compared."""
    if not is_known():
        yield
        return
    from trafilatura import main_extractor

    for name, (_, quick) in _lists().items():
        setattr(main_extractor, name, quick)
    try:
        yield
    finally:
        for name, (own, _) in _lists().items():
            setattr(main_extractor, name, own)
