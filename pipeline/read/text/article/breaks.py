"""Breaks that a reader sees and a parser does not: empty blocks between two lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def break_at_empty_blocks(tree: HtmlElement) -> None:
    """Turn each empty `<div>` before bare text into a `<br>`; a browser begins a new line there.

    Without it the last word of one paragraph and the first of the next become one.
    """
    for block in tree.iter("div"):
        bare = len(block) == 0 and not (block.text or "").strip()
        if bare and (block.tail or "").strip():
            block.tag = "br"
