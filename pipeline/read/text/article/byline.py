"""The author that trafilatura finds in the visible page, asked of the elements alone that could be
it."""

from __future__ import annotations

import copy
import functools
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.read.text.article.asked import Asked, alone, asked_of, is_known
from pipeline.read.text.limits import LIBRARY_ERRORS, inner_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from pipeline.read.text.article.names import Names

# A byline is no longer (`trafilatura.metadata.extract_author`, 2.3: 120 characters); what is
# longer by far is not made one by what is left out of it.
_LONG_CHARS = 1_000
_FILLED = "-" * _LONG_CHARS
# What the elements around a byline are told by.
_CARRIED = ("id", "class", "data-component")


def byline_of(names: Names) -> str | None:
    """The author of a page that declares none, as far as its elements are called so; the page stays
    as it is."""
    from trafilatura.metadata import extract_author

    tree = names.tree
    if not is_known():
        return extract_author(tree)
    asked = _asked()
    if next(tree.iter(*asked.tags), None) is not None:
        return extract_author(tree)
    could = asked.could(names)
    if not could:
        return None
    try:
        bare = _bare(tree, could)
    except LIBRARY_ERRORS:  # names that only a parser lets by
        return extract_author(tree)
    return extract_author(bare)  # type: ignore[arg-type] # elements of either kind will do


@functools.cache
def _asked() -> Asked:
    from trafilatura.xpaths import AUTHOR_XPATHS

    return asked_of(*AUTHOR_XPATHS)


def _bare(tree: HtmlElement, wanted: list[HtmlElement]) -> etree._Element:
    """A page of some elements and those around them."""
    root = etree.Element("html")
    made: dict[HtmlElement, etree._Element] = {tree: root}
    whole: set[HtmlElement] = set()
    for element in wanted:
        around = list(element.iterancestors())
        if element is tree or not whole.isdisjoint(around):
            continue
        for outer, parent in zip(around[-2::-1], around[:0:-1], strict=True):
            if outer not in made:
                made[outer] = alone(outer, made[parent], _CARRIED)
        if len(inner_text(element)) < _LONG_CHARS:
            whole.add(element)
            made[around[0]].append(copy.deepcopy(element))
        else:
            made[element] = alone(element, made[around[0]], _CARRIED)
            made[element].text = _FILLED
    return root
