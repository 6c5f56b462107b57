"""Words within a sentence, whatever element holds them: made plain before extraction throws them
away.

trafilatura drops `<time>`, `<label>`, `<output>`, `<button>` and whatever has a class that looks
like sharing, an author or printing. Where such an element stands in the flow of a sentence it is a
part of it.
"""

from __future__ import annotations

import unicodedata
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

_SENTENCES = frozenset({"p", "li", "dd", "td", "blockquote", "h2", "h3", "h4", "div"})
# Elements that extraction drops with their words; `rt`, `select` and the like are no part of what
# is read in the line.
_DROPPED = frozenset(
    {"time", "label", "output", "button", "math", "legend", "fieldset", "menuitem", "progress",
        "marquee", "blink"}
)  # fmt: skip
_UNSEEN = frozenset({"script", "style", "noscript", "template", "select", "svg", "rp", "rt"})
_TELLING = frozenset({"class", "id", "style", "aria-hidden", "role", "itemprop"})
_ENDS = frozenset(".!?…:;。！？؟।۔|·•")
_GOES_ON = frozenset(",;.)]}’”\"'»،、，。;")
# Own words of a block, in letters, from which a last element without anything behind it belongs to
# the sentence.
_SENTENCE_CHARS = 25
# Siblings looked at on each side; more are a table of contents, no sentence.
_NEIGHBOURS = 40


def join_inline(blocks: Iterable[HtmlElement]) -> None:
    """Make plain each inline element in the flow of a sentence; drop what is hidden in it.

    Args:
        blocks: Elements that hold text and no other block.
    """
    for block in blocks:
        if len(block) and block.tag in _SENTENCES:
            for element in list(block.iterdescendants()):
                if element.tag in _DROPPED or not _TELLING.isdisjoint(element.keys()):
                    _join(element, block)


def _join(element: HtmlElement, block: HtmlElement) -> None:
    if element.tag in _UNSEEN or element.getparent() is None or not _has_words(element):
        return
    if is_hidden(element):
        element.drop_tree()
    elif _flows(element, block):
        if element.tag in _DROPPED:
            element.tag = "span"
        for name in _TELLING:
            element.attrib.pop(name, None)


def is_hidden(element: HtmlElement) -> bool:
    """Whether a browser shows nothing of it, by its own mark-up."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return "hidden" in element.attrib or "display:none" in style or "visibility:hidden" in style


def _has_words(element: HtmlElement) -> bool:
    return any(text.strip() for text in element.itertext())


def _flows(element: HtmlElement, block: HtmlElement) -> bool:
    """Whether the sentence goes on from what stands before, or into what stands behind."""
    before, after = _before(element, block), _after(element, block)
    from_before = bool(before) and before[-1] not in _ENDS
    into_after = bool(after) and _continues(after)
    if from_before:
        return into_after or bool(after) or len(before) >= _SENTENCE_CHARS
    return into_after and len(after) >= _SENTENCE_CHARS and after[0] not in _ENDS


def _continues(after: str) -> bool:
    first = after[0]
    return first in _GOES_ON or unicodedata.category(first) in {"Ll", "Lo", "Lm", "Nd"}


def _before(element: HtmlElement, block: HtmlElement) -> str:
    """The text of the block up to the element, as much of it as matters."""
    parts: list[str] = []
    while element is not block:
        parent = element.getparent()
        for sibling in islice(element.itersiblings(preceding=True), _NEIGHBOURS):
            parts.append(sibling.tail or "")
            if sibling.tag == "br" or _is_enough(parts):
                return "".join(reversed(parts)).strip()
            parts.append("".join(sibling.itertext()))
        if parent is None:
            break
        parts.append(parent.text or "")
        element = parent
    return "".join(reversed(parts)).strip()


def _after(element: HtmlElement, block: HtmlElement) -> str:
    """The text of the block behind the element, as much of it as matters."""
    parts: list[str] = []
    while element is not block:
        parts.append(element.tail or "")
        for sibling in islice(element.itersiblings(), _NEIGHBOURS):
            if sibling.tag == "br" or _is_enough(parts):
                return "".join(parts).strip()
            parts += ["".join(sibling.itertext()), sibling.tail or ""]
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return "".join(parts).strip()


def _is_enough(parts: list[str]) -> bool:
    return sum(map(len, parts)) > 2 * _SENTENCE_CHARS and "".join(parts).strip() != ""
