"""The blocks of text that a page itself shows, in its order: paragraphs, headings, items, captions.

What extraction gave is compared with them, and links are told from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.read.text.limits import inner_text, one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LEAVES = frozenset((
    "p", *HEADINGS, "li", "blockquote", "dd", "dt", "td", "th", "pre", "figcaption", "div",
    "section",
))  # fmt: skip
BLOCK_TAGS = frozenset(
    (*_LEAVES, "article", "main", "header", "footer", "aside", "nav", "ul", "ol", "dl", "table",
        "tr", "tbody", "form",
     "figure", "fieldset", "address", "center", "details", "menu", "hr", "body")
)  # fmt: skip
_NO_LETTERS = re.compile(r"\W+")
_NO_ASCII_LETTERS = bytes(n for n in range(128) if _NO_LETTERS.fullmatch(chr(n)))
# A character of these scripts says about as much as three letters.
MOST_WEIGHT = 3
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class Block:
    """One block that holds no other.

    Attributes:
        number: Its place in the page.
        key: Letters and digits of its text, to compare by.
        linked: Characters of its text that stand in links.
    """

    element: HtmlElement
    number: int
    text: str
    key: str
    linked: int

    @property
    def link_share(self) -> float:
        """Share of the text that is links, 0.0 to 1.0."""
        return min(1.0, self.linked / len(self.text))


def key_of(text: str) -> str:
    """Letters and digits alone: the same for what two serialisers make of one paragraph."""
    # twice as fast for most texts, whose other signs are ASCII
    key = (
        text.encode("utf-8", "surrogatepass")
        .translate(None, _NO_ASCII_LETTERS)
        .decode("utf-8", "surrogatepass")
    )
    return key if key.isascii() or key.isalnum() else _NO_LETTERS.sub("", text)


def weight(text: str) -> int:
    """How much a text says, in letters of an alphabet."""
    if text.isascii():
        return len(text)
    return len(text) + (MOST_WEIGHT - 1) * len(_DENSE.findall(text))


def leaves(tree: HtmlElement) -> list[HtmlElement]:
    """The elements that hold text and no other block, in the page's order."""
    found = list(tree.iter(*BLOCK_TAGS))
    holders = set()
    for element in found:
        parent = element.getparent()
        while parent is not None and parent not in holders:
            holders.add(parent)
            parent = parent.getparent()
    return [e for e in found if e not in holders and (len(e) or e.text) and e.tag in _LEAVES]


def blocks_of(elements: list[HtmlElement]) -> list[Block]:
    """Those of some leaves that have letters in them."""
    found = []
    for number, element in enumerate(elements):
        text = one_line(inner_text(element))
        key = key_of(text)
        if key:
            found.append(Block(element, number, text, key, _linked(element)))
    return found


def _linked(element: HtmlElement) -> int:
    if len(element) == 0:
        around = element.getparent()
        whole = around is not None and around.tag == "a"
        return len((element.text or "").strip()) if whole else 0
    return sum(len(" ".join(inner_text(link).split())) for link in element.iter("a"))
