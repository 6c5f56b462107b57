"""Where everything stands on a card: rectangles and lines, the same for SVG and PNG. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model.times import shown_time
from archive.show.card.lines import is_rtl, words, wrapped
from archive.show.text_diff import DiffPart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archive.show.card.lines import Word
    from archive.show.card.text import Card, Side

    Measured = Callable[[str, int], float]
    """Width of a text in a size."""

WIDTH = 1200
"""As large as sites show pictures of links (1200 by 630 is asked for), and higher where needed."""
LEAST_HEIGHT = 630
_MARGIN, _PADDING = 48, 24
_INNER = WIDTH - 2 * _MARGIN
_LEADING = 1.45
_BELOW = 0.35
"""Of a line's size, what stands beneath its base line."""
TITLE, TEXT, SMALL = 34, 28, 18
"""Sizes of letters, in pixels."""

INK, MUTED, PAPER = "#1d2129", "#59616e", "#ffffff"
GONE, GONE_PAPER = "#a3211b", "#fdf1f0"
NEW, NEW_PAPER = "#0a6b34", "#eef8f1"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of one colour."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line, in the order of reading.

    Attributes:
        x: Its left edge, whatever the direction.
        y: Its base line.
        mark: Of changed words: their colour, and `under` or `through`.
    """

    x: float
    y: float
    width: float
    words: tuple[Word, ...]
    size: int
    colour: str
    mark: tuple[str, str]
    rtl: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A card, laid out."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


class _Sheet:
    """Collects what stands on a card, from its top down."""

    def __init__(self, measured: Measured) -> None:
        self._measured = measured
        self.y = float(_MARGIN)
        self.boxes: list[Box] = []
        self.lines: list[Line] = []

    def paragraph(
        self, parts: Sequence[DiffPart], size: int, colour: str, mark: tuple[str, str], inset: float
    ) -> None:
        """Text in lines; changed words in the colour and with the line of `mark`."""
        rtl = is_rtl(" ".join(part.text for part in parts))
        width = _INNER - 2 * inset
        for line in wrapped(words(parts), width, lambda text: self._measured(text, size)):
            self.y += size * _LEADING
            base = self.y - size * _BELOW
            self.lines.append(
                Line(_MARGIN + inset, base, width, tuple(line), size, colour, mark, rtl)
            )

    def side(self, label: str, side: Side, nothing: str, colours: tuple[str, str, str]) -> None:
        """One of the texts in a box, with when and in which bytes it was seen."""
        colour, paper, drawn = colours
        top = self.y
        self.y += _PADDING / 2
        self.plain(f"{label} · seen {shown_time(side.seen)}", SMALL, colour, inset=_PADDING)
        parts = side.parts or (DiffPart(nothing, changed=False),)
        tint = INK if side.parts else MUTED
        self.paragraph(parts, TEXT, tint, (colour, drawn), _PADDING)
        if side.digest:
            self.plain(side.digest, SMALL - 3, MUTED, inset=_PADDING)
        self.y += _PADDING
        self.boxes.append(Box(_MARGIN, top, _INNER, self.y - top, paper))
        self.boxes.append(Box(_MARGIN, top, 6, self.y - top, colour))
        self.y += _PADDING

    def plain(self, text: str, size: int, colour: str, *, inset: float = 0.0) -> None:
        """Words of ours, or a title or an address."""
        self.paragraph([DiffPart(text, changed=False)], size, colour, (colour, ""), inset)


def layout(card: Card, measured: Measured) -> Layout:
    """A card laid out.

    Args:
        card: What it says.
        measured: Width in pixels of a text in a size.
    """
    sheet = _Sheet(measured)
    sheet.plain(card.title, TITLE, INK)
    sheet.plain(" · ".join(card.facts), SMALL + 2, MUTED)
    sheet.y += _PADDING
    sheet.side(
        "Before", card.before, "(the sentence did not stand there)", (GONE, GONE_PAPER, "through")
    )
    sheet.side(
        "After", card.after, "(the sentence stands there no more)", (NEW, NEW_PAPER, "under")
    )
    for note in card.notes:
        sheet.plain(note, SMALL, MUTED)
    sheet.plain(card.address, SMALL, MUTED)
    height = max(LEAST_HEIGHT, round(sheet.y) + _MARGIN)
    paper = Box(0, 0, WIDTH, height, PAPER)
    return Layout(WIDTH, height, (paper, *sheet.boxes), tuple(sheet.lines))
