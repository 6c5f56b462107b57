"""A page's body as a flat list of blocks: text with its links laid in.

Parsers, references and plain-text import all work on blocks, so none of them depends on a layout's
tags.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class BlockKind(StrEnum):
    """What a block was in the page."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CAPTION = "caption"
    FIGURE = "figure"
    RULE = "rule"


class Run(
    NamedTuple
):  # a page has a thousand: a frozen dataclass takes three times as long to make
    """A stretch of text under one link, or under none.

    Attributes:
        text: As printed, entities decoded; a line break (`<br>`) is a newline. White space is not
            collapsed.
        href: The link's address as written (entities decoded, not resolved), or None.
        sup: True inside `<sup>`.
        bold: True inside `<b>` or `<strong>`: Word-style pages mark headings and takeaways so.
    """

    text: str
    href: str | None = None
    sup: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One block element's own content, in document order; nested blocks are blocks of their own.

    Attributes:
        level: Of a heading, 1 to 6; of a list item, its depth from 1; else 0.
        ordered: True for an item of a numbered list.
        section: The nearest enclosing section's name as the layout gives it (`data-id`/`title`), or
            None.
        image: Absolute address of a figure's picture.
        label: What a numbered list prints before this item (`3`, `iv`; `start` and `value` heeded),
            or None.
        anchors: `id` and `name` of the elements the block begins with or holds: what `#fn3` points
            to.
        text: All runs' text in a row.
    """

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    level: int = 0
    ordered: bool = False
    section: str | None = None
    image: str | None = None
    label: str | None = None
    anchors: tuple[str, ...] = ()
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # joined once, for it is asked for five times and more
        object.__setattr__(self, "text", "".join([run.text for run in self.runs]))
