"""What the elements of a page are called, gathered once for all who ask: to go through its elements
takes longer than most of what is asked of them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

GATHERED = frozenset(
    {"class", "id", "itemprop", "property", "pubdate", "rel", "data-testid", "data-component"}
)
"""What is asked for in many pages; of others a page is searched for each."""


class Names:
    """A page, and the values of attributes in it.

    What is taken out of the page afterwards is still among them.

    Attributes:
        tree: The page.
    """

    def __init__(self, tree: HtmlElement) -> None:
        self.tree = tree
        # held, for lxml makes an object for each element anew each time that none is left of it
        self._elements = list(tree.iter("*"))
        self._found: dict[str, set[str]] = {name: set() for name in GATHERED}
        for element in self._elements:
            for name, value in element.items():
                if name in GATHERED:
                    self._found[name].add(value)

    def values(self, attribute: str) -> set[str]:
        """The different values of an attribute."""
        if attribute not in self._found:
            self._found[attribute] = set(_values_of(attribute)(self.tree))
        return self._found[attribute]

    def together(self, *attributes: str) -> str:
        """All values of some attributes, a line each; to look for a few letters in."""
        return "\n".join(value for name in attributes for value in self.values(name))


@functools.cache
def _values_of(attribute: str) -> etree.XPath:
    return etree.XPath(f"//@{attribute}", smart_strings=False)
