"""What a library's expressions ask of the names of elements, told without asking them.

trafilatura searches pages with XPath expressions whose patterns run in Python for each element:
1 to 4 ms each time. Most pages have no element that one could find; for that a look at the values
of a few attributes is enough.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from pipeline.read.text.article.names import Names

# `@class='byline'`, `contains(@itemprop, 'author')`, `re:test(@id, '[Aa]uthor|writer')`.
_ON_ATTRIBUTE = re.compile(r"@([\w-]+)\s*[=,]\s*'([^']*)'")
# `//author`, and the children that a name without a mark before it asks for.
_ELEMENT = re.compile(r"(?:^|\|)\s*//(\w+)|[\s(](\w+)\s*='")
# Ways within a bracket; what need not be there in a text that a pattern finds, or is no literal.
_WAYS = re.compile(r"\((?:\?:)?([^()?]*)\)(?![?*])")
_NOT_LITERAL = re.compile(r"\([^()]*\)[?*]?|.[?*{]|\[[^\]]*\]|[^\w -]")
_WAYS_LEFT = re.compile(r"\([^)]*\|")
# Conditions that are not read here.
_OTHERWISE = re.compile(r"translate\(|@\w+\|@|,\s*'i'\s*\)")
_ANY = "*"
_KNOWN = "2.3."


@functools.cache
def is_known() -> bool:
    """Whether the installed trafilatura is one whose parts were compared with the whole of it
    (`tests/pipeline/test_text_extraction.py`). Of another one only the whole is asked, which takes
    a third longer."""
    from trafilatura import __version__

    return __version__.startswith(_KNOWN)


@dataclass(frozen=True, slots=True)
class Asked:
    """What elements must have of which some expressions find one.

    Attributes:
        expressions: They.
        stems: For each attribute: its value has one of these in it.
        tags: Or else the element is called so.
    """

    expressions: tuple[etree.XPath, ...]
    stems: dict[str, tuple[str, ...]]
    tags: tuple[str, ...]

    def values(self, names: Names) -> dict[str, frozenset[str]]:
        """The values of attributes in the page for which an element could be found."""
        found = {}
        for name, stems in self.stems.items():
            held = names.values(name)
            together = "\n".join(held)
            there = [stem for stem in stems if stem in together]
            if there:
                found[name] = frozenset(v for v in held if any(stem in v for stem in there))
        return found

    def could(self, names: Names, tree: HtmlElement | None = None) -> list[HtmlElement]:
        """The elements whose attributes are such, in the page's order; of a part or a copy of it
        where one is given."""
        values = self.values(names)
        if not values:
            return []
        asked = tuple(values.items())
        found = []
        for element in (names.tree if tree is None else tree).iter():
            for name, held in asked:
                if element.get(name) in held:
                    found.append(element)
                    break
        return found

    def found(self, names: Names, tree: HtmlElement, *holding: str) -> list[HtmlElement]:
        """What the expressions find, where they ask for attributes and for what an element holds.

        Args:
            names: Of the page.
            tree: A part or a copy of it, which is searched.
            holding: The tags that they ask for within an element.
        """
        if self.tags:
            return [one for asks in self.expressions for one in asks(tree)]
        sample = etree.Element("html")
        twins = {}
        for element in self.could(names, tree):
            twin = alone(element, sample, tuple(self.stems))
            twins[twin] = element
            for tag in holding:
                if next(element.iter(tag), None) is not None:
                    etree.SubElement(twin, tag)
        return [twins[one] for asks in self.expressions for one in asks(sample) if one in twins]


def alone(element: HtmlElement, parent: etree._Element, names: tuple[str, ...]) -> etree._Element:
    """An element with some of its attributes and without what is in it, as another's last child.

    Raises:
        ValueError: Its name is one that only the parser of web pages lets by.
    """
    held = {name: value for name in names if (value := element.get(name)) is not None}
    return etree.SubElement(parent, str(element.tag), held)


def asked_of(*expressions: etree.XPath) -> Asked:
    """What the conditions of some expressions have in common with each value that fulfils them."""
    stems: dict[str, set[str]] = {}
    tags: set[str] = set()
    for expression in expressions:
        if _OTHERWISE.search(expression.path):
            tags.add(_ANY)
        for name, pattern in _ON_ATTRIBUTE.findall(expression.path):
            stems.setdefault(name, set()).update(stems_of(pattern))
        tags.update(one or other for one, other in _ELEMENT.findall(expression.path))
    told = {name: tuple(sorted(found)) for name, found in stems.items()}
    return Asked(expressions, told, tuple(sorted(tags)))


def stems_of(pattern: str) -> set[str]:
    """The longest literal part of each way in which a pattern may be fulfilled; an empty one where
    that cannot be told."""
    bracket = _WAYS.search(pattern)
    if bracket is None:
        if _WAYS_LEFT.search(pattern):
            return {""}
        return {max(_NOT_LITERAL.split(way), key=len) for way in pattern.split("|")}
    before, behind = pattern[: bracket.start()], pattern[bracket.end() :]
    # ways of the whole pattern end at the bars next to the bracket
    left, bar, before = before.rpartition("|")
    behind, other_bar, right = behind.partition("|")
    ways = "|".join(f"{before}{way}{behind}" for way in bracket[1].split("|"))
    return stems_of(f"{left}{bar}{ways}{other_bar}{right}")
