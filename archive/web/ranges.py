"""How long groups took, as one picture: for each its median, and within what half of it lies.

SVG drawn here: no script is needed to see it. Colours stand in `isw.css`.
"""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from archive.web.curves import axis_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROWS = 13
"""Groups in one picture, with all of them together."""

_WIDTH, _LEFT, _RIGHT = 720, 200, 40
_TOP, _ROW, _FOOT = 8, 28, 58
_TALL_ROW, _LINE = 46, 22
"""Of a name on two lines, and from one line to the next."""
_LONGEST_NAME = 15
"""Characters: as many as have room on a phone, where letters are larger."""
_TICKS = (
    (1, "1 hour"), (3, "3 hours"), (6, "6 hours"), (12, "12 hours"), (24, "1 day"), (48, "2 days"),
    (96, "4 days"), (168, "1 week"), (720, "30 days"), (2160, "90 days"), (8760, "1 year"),
)  # fmt: skip
_LABEL = 95
"""Room for a label of the axis, where letters are larger."""
_LEAST_H, _MOST_H = 0.5, 20_000.0
"""Hours that are told apart; a post of minutes ago and one of many years ago stand at the edges."""


@dataclass(frozen=True, slots=True)
class Range:
    """One group.

    Attributes:
        name: Its words.
        middle_h: Its median, in hours.
        quartiles_h: Between these lies half of it.
    """

    name: str
    middle_h: float
    quartiles_h: tuple[float, float]


def picture(groups: Sequence[Range], title: str) -> Markup:
    """The ranges of the first groups, on an axis of which each step is several times the last.

    Empty without two groups: one alone is told by its figures.
    """
    shown = groups[:ROWS]
    if len(shown) < 2:
        return Markup("")
    told = [hours for one in shown for hours in one.quartiles_h]
    axis = _Axis(max(_LEAST_H, min(told) / 1.5), min(_MOST_H, max(1.0, *told) * 1.5))
    names = [_lines(one.name) for one in shown]
    tall = _TALL_ROW if any(len(lines) > 1 for lines in names) else _ROW
    foot = _TOP + tall * len(shown)
    rows = [
        _row(one, lines, _TOP + tall * (place + 0.5), axis)
        for place, (one, lines) in enumerate(zip(shown, names, strict=True))
    ]
    parts = [*_ticks(axis, foot), *rows]
    said = " ".join(
        f"{one.name}: {one.middle_h:g} hours, half within {one.quartiles_h[0]:g} to "
        f"{one.quartiles_h[1]:g}."
        for one in shown
    )
    return Markup(
        '<svg class="isw-curves isw-ranges" viewBox="0 0 {} {}" role="img" aria-labelledby='
        '"ranges-title ranges-text"><title id="ranges-title">{}</title>'
        '<desc id="ranges-text">{}</desc>{}</svg>'
    ).format(_WIDTH, foot + _FOOT - 20, title, said, Markup("").join(parts))


@dataclass(frozen=True, slots=True)
class _Axis:
    least: float
    most: float

    def x(self, hours: float) -> float:
        share = math.log(max(hours, self.least) / self.least) / math.log(self.most / self.least)
        return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * min(1.0, share), 1)


def _lines(name: str) -> list[str]:
    """A name on one line or two, as long as have room."""
    end = "\N{HORIZONTAL ELLIPSIS}"
    return textwrap.wrap(name, _LONGEST_NAME, max_lines=2, placeholder=end) or [""]


def _row(one: Range, name: Sequence[str], y: float, axis: _Axis) -> Markup:
    top = y + 5 - _LINE * (len(name) - 1) / 2
    words = [axis_text(_LEFT - 12, top + _LINE * n, line, "end") for n, line in enumerate(name)]
    low, high = map(axis.x, one.quartiles_h)
    return Markup(
        '<path class="isw-half-of" d="M{} {}H{}"/><path class="isw-middle" d="M{} {}h0"/>{}'
    ).format(
        low, y, max(high, low + 1), axis.x(one.middle_h), y,
        Markup("").join(words),
    )  # fmt: skip


def _ticks(axis: _Axis, foot: float) -> Iterable[Markup]:
    last = 0.0
    for hours, words in _TICKS:
        x = axis.x(hours)
        if axis.least <= hours <= axis.most and x - last >= _LABEL:
            last = x
            yield Markup('<path class="isw-grid" d="M{} {}V{}"/>').format(x, _TOP, foot + 6)
            yield axis_text(x, foot + 24, words, "middle")
