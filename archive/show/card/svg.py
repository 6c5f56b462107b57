"""A card as SVG: one file that loads nothing and runs nothing. Pure.

Lines are broken here, by widths on the safe side, for who shows the file has other fonts; within a
line, whoever shows it sets the words.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from archive.show.card.layout import layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.show.card.layout import Box, Line
    from archive.show.card.text import Card

_FONTS = "'DejaVu Sans', Verdana, 'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans Arabic', sans-serif"
_WIDE, _NARROW, _USUAL, _CAPITAL = 1.0, 0.36, 0.62, 0.78
"""Widths in ems, of DejaVu Sans and Verdana, which are the widest of the common ones."""
_DECORATED = {"under": "underline", "through": "line-through"}


def svg(card: Card) -> str:
    """The card as an SVG file, with its alternative text inside."""
    laid = layout(card, width_of)
    parts = [*map(_box, laid.boxes), *map(_line, laid.lines)]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" '
        'role="img" aria-labelledby="title desc" font-family="{2}">\n'
        '<title id="title">{3}</title>\n<desc id="desc">{4}</desc>\n{5}\n</svg>\n'
    ).format(
        laid.width, laid.height, _FONTS, card.title, card.alternative, Markup("\n").join(parts)
    )


def width_of(text: str, size: int) -> float:
    """About how wide a text is, rather more than less."""
    return size * sum(_ems(char) for char in text)


def _ems(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return _WIDE
    if char in " .,:;!'|ijl()[]":
        return _NARROW
    return _CAPITAL if char.isupper() or char in "mwMW@%—" else _USUAL


def _box(box: Box) -> Markup:
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>').format(
        _number(box.x), _number(box.y), _number(box.width), _number(box.height), box.colour
    )


def _line(line: Line) -> Markup:
    x = line.x + line.width if line.rtl else line.x
    way = "rtl" if line.rtl else "ltr"
    return Markup(
        '<text x="{}" y="{}" font-size="{}" fill="{}" direction="{}" unicode-bidi="embed" '
        'xml:space="preserve">{}</text>'
    ).format(
        _number(x), _number(line.y), line.size, line.colour, way,
        Markup("").join(_words(line)),
    )  # fmt: skip


def _words(line: Line) -> Iterator[Markup]:
    """The words in runs that look alike; blanks stand between them, none before the first."""
    colour, drawn = line.mark
    for changed, run in groupby(enumerate(line.words), key=lambda one: one[1].changed):
        found = list(run)
        gaps = ["" if word.glued or not at else " " for at, word in found]
        text = "".join(f"{gap}{word.text}" for gap, (_, word) in zip(gaps, found, strict=True))
        if not changed or not drawn:
            yield Markup("<tspan>{}</tspan>").format(text)
            continue
        yield Markup('{}<tspan fill="{}" text-decoration="{}">{}</tspan>').format(
            gaps[0], colour, _DECORATED[drawn], text.removeprefix(gaps[0])
        )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
