"""Figures for people: notes that fit a terminal, and tables no wider than what stands in them."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from pipeline.run.jobs.say import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH = 80
"""Columns of the notes: what a terminal has at least."""
NAME_WIDTH = 40
"""Columns of a group's name at most."""
_GAP = "  "


def notes(*texts: str) -> Iterator[str]:
    """Paragraphs above a table, broken into lines."""
    for text in texts:
        yield from textwrap.wrap(text, WIDTH, break_on_hyphens=False, break_long_words=False)


def table(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """A name on the left of each line, figures on the right, each column as wide as it needs.

    Args:
        heads: Of the figures; where a line break stands in one, it takes two lines.
        rows: Names and figures.
    """
    stacked = [head.split("\n") for head in heads]
    tall = max(map(len, stacked), default=1)
    lines = [[""] * (tall - len(one)) + one for one in stacked]
    names = [_name(name) for name, _ in rows]
    first = max(map(len, names), default=0)
    widths = [
        max(map(len, [*head, *(cells[n] for _, cells in rows)])) for n, head in enumerate(lines)
    ]
    for at in range(tall):
        yield _line("", first, [head[at] for head in lines], widths)
    for name, (_, cells) in zip(names, rows, strict=True):
        yield _line(name, first, cells, widths)


def _line(name: str, first: int, cells: Sequence[str], widths: Sequence[int]) -> str:
    told = [f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)]
    return _GAP.join([f"{name:{first}}", *told]).rstrip()


def _name(group: str) -> str:
    name = printable(group)
    return name if len(name) <= NAME_WIDTH else f"{name[: NAME_WIDTH - 1]}…"
