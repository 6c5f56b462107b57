"""The main text of a page: trafilatura's answer, made whole from the page's own blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.read.text.article.blocks import blocks_of, key_of, leaves
from pipeline.read.text.article.breaks import break_at_empty_blocks
from pipeline.read.text.article.complete import Completed, complete, is_prose
from pipeline.read.text.article.extraction import extracted
from pipeline.read.text.article.inline import join_inline
from pipeline.read.text.article.links import links_of
from pipeline.read.text.article.signposts import without_signposts
from pipeline.read.text.limits import (
    TextLimits,
    paragraphs,
    paragraphs_of_lines,
    without_stand_ins,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from archive.model.understood import TextLink
    from pipeline.read.text.article.blocks import Block
    from pipeline.read.text.article.metadata import Metadata
    from pipeline.read.text.article.names import Names

# Below this trafilatura is asked again with its slower fallbacks. On the real pages the quick way
# took three quarters of the time and differed on one of ten, where it had found 187 of 5,509
# characters.
_SHORT_CHARS = 250
# Beside the text; what trafilatura's cleaning and its fallbacks all remove (trafilatura.settings,
# 2.3).
_ASIDES = ("aside", "footer")
# What one element costs, in characters of text: trafilatura copies and searches the tree five
# times.
_ELEMENT_CHARS = 40
# With a menu of forty places.
_FRAMED_CHARS = 700
_CONTENT = ("article", "main")
_BETWEEN_CHARS = 60
"""Of a link or a date that stands between paragraphs in no block of its own."""
_HELD = 0.7
_CUT_PARTS = 5
"""Two blocks, and what is before, between and behind them."""
# The heading is among the first lines; an address or a rubric may stand above it.
_HEADING_LINES = 3


@dataclass(frozen=True, slots=True)
class MainText:
    """The main text of a page.

    Attributes:
        doubts: Flags: `incomplete` (prose of the article is missing), `too-large-for-extraction`
            (paragraphs as they stand), `text-cut` (longer than a text may be).
        links: Where the text leads.
        shown: The elements that hold the text.
    """

    text: str
    doubts: tuple[str, ...] = ()
    links: tuple[TextLink, ...] = ()
    shown: tuple[HtmlElement, ...] = ()


def drop_unread(tree: HtmlElement) -> None:
    """Take out what trafilatura throws away in every one of its passes, before it copies and
    searches the tree five times.

    JSON-LD stays, since its last resort reads that; so does what holds all of the page's
    paragraphs.
    """
    for element in list(tree.iter("script", "style", "svg")):
        if element.get("type") != "application/ld+json":
            element.drop_tree()
    if any(next(p.iterancestors(*_ASIDES), None) is None for p in tree.iter("p")):
        for element in list(tree.iter(*_ASIDES)):
            if element.getparent() is not None:
                element.drop_tree()


def main_text(
    names: Names, url: str, declared: Metadata, limits: TextLimits, *, large: bool = False
) -> MainText:
    """The main text of a page whose unread parts are out.

    Args:
        names: The page; its inline elements are made plain in it.
        url: Its address, against which links are read.
        declared: What it says of itself.
        limits: Bounds of the work.
        large: Whether its source was so large that what is left must be measured first.
    """
    tree = names.tree
    break_at_empty_blocks(tree)
    doubts = []
    if large and _size(tree) > limits.extract_max_bytes:
        doubts.append("too-large-for-extraction")
        found = _as_it_stands(tree)
    else:
        found = _extracted(names, url, declared.title)
        if found.incomplete:
            doubts.append("incomplete")
    text = "\n\n".join(found.lines)
    if len(declared.article) > 2 * len(text):
        text = paragraphs(re.sub(r"<[^<>]{0,500}>", "\n", declared.article))
        doubts = []
    if len(text) > limits.max_chars:
        doubts.append("text-cut")
    text = without_stand_ins(text[: limits.max_chars])
    elements = tuple(block.element for block in found.blocks)
    return MainText(text, tuple(doubts), links_of(found.blocks, url), elements)


def _size(tree: HtmlElement) -> int:
    """How much work the page is, in characters: its text, and so much for each element."""
    return len("".join(tree.itertext())) + _ELEMENT_CHARS * sum(1 for _ in tree.iter())


def _as_it_stands(tree: HtmlElement) -> Completed:
    """The paragraphs of a page too large to be searched for its article; one pass over it."""
    prose = tuple(block for block in blocks_of(leaves(tree)) if is_prose(block))
    return Completed(tuple(block.text for block in prose), blocks=prose)


def _extracted(names: Names, url: str, title: str | None) -> Completed:
    """The quick way, then the slow one; then what they left out, without what the page says
    elsewhere."""
    shown = leaves(names.tree)
    join_inline(shown)
    best = paragraphs_of_lines(extracted(names, url, fast=True))
    if len(best) < _SHORT_CHARS:
        slow = paragraphs_of_lines(extracted(names, url, fast=False))
        best = slow if len(slow) > len(best) else best
    if not best:
        return Completed(())
    page = blocks_of(shown)
    found = best.split("\n\n")
    if len(best) < _FRAMED_CHARS:
        found = [part for line in found for part in _apart(line, page)]
    whole = complete(page, found)
    lines = whole.lines if len(best) >= _FRAMED_CHARS else _without_frame(whole.lines, names.tree)
    lines = _without_heading(lines, page, title)
    return Completed(without_signposts(lines, page), whole.incomplete, whole.blocks)


def _apart(line: str, page: list[Block]) -> list[str]:
    """The paragraphs of the page that a line is put together from, by trafilatura's last fallback;
    the line where it is one. What stands between them, a link say, is a line of its own."""
    for start, block in enumerate(page):
        if line.startswith(block.text) and len(block.text) < len(line):
            parts = _cut(line, page[start:])
            if parts:
                return parts
    return [line]


def _cut(line: str, blocks: list[Block]) -> list[str]:
    """A line cut where the blocks begin that make up most of it; empty where they do not."""
    parts: list[str] = []
    done = held = 0
    for block in blocks:
        at = line.find(block.text, done, done + len(block.text) + _BETWEEN_CHARS)
        if at < 0:
            break
        parts += [line[done:at], block.text]
        done, held = at + len(block.text), held + len(block.text)
    parts.append(line[done:])
    whole = len(parts) >= _CUT_PARTS and held >= _HELD * len(line)
    return [part.strip() for part in parts if key_of(part)] if whole else []


def _without_frame(lines: tuple[str, ...], tree: HtmlElement) -> tuple[str, ...]:
    """Without the menu and the site's head, which trafilatura's last fallback takes for text where
    hardly any other is."""
    frames = list(tree.iter("nav"))
    frames += [h for h in tree.iter("header") if next(h.iterancestors(*_CONTENT), None) is None]
    framed = {key_of(text) for frame in frames for text in frame.itertext()}
    rest = tuple(line for line in lines if key_of(line) not in framed)
    return rest or lines


def _without_heading(
    lines: tuple[str, ...], page: list[Block], title: str | None
) -> tuple[str, ...]:
    """The page's heading is its title, and is kept as such."""
    headings = {block.key for block in page if block.element.tag == "h1"} | {key_of(title or "")}
    start = [
        line for at, line in enumerate(lines[:_HEADING_LINES])
        if key_of(line) not in headings or _is_repeated(line, lines[:at])
    ]  # fmt: skip
    rest = (*start, *lines[_HEADING_LINES:])
    return rest or lines


def _is_repeated(line: str, before: tuple[str, ...]) -> bool:
    """Whether a heading stood above already: of a flash of news its text is the headline again."""
    return key_of(line) in set(map(key_of, before))
