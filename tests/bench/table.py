"""Tables of what was measured, to be read in a terminal or put into the documents."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from statistics import median

_MARKDOWN: ContextVar[bool] = ContextVar("_MARKDOWN", default=False)
_WIDTHS = (44, 11, 15)
"""Of the columns in a terminal; later ones are as wide as the last."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure of several runs: the middle one, the smallest, the largest."""

    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        return cls(median(values), min(values), max(values))

    def shown(self, form: str = ".1f") -> tuple[str, str]:
        """The median, and from where to where."""
        return f"{self.middle:{form}}", f"{self.least:{form}} to {self.most:{form}}"


@contextmanager
def in_markdown(*, wanted: bool) -> Iterator[None]:
    """Whether tables are printed as Markdown meanwhile."""
    before = _MARKDOWN.set(wanted)
    try:
        yield
    finally:
        _MARKDOWN.reset(before)


def heading(*names: str) -> None:
    """Begin a table with these columns."""
    if _MARKDOWN.get():
        print(f"\n| {' | '.join(names)} |\n|{' --- |' * len(names)}", flush=True)
    else:
        row(*names)


def row(*cells: str) -> None:
    """One row: what was measured first."""
    if _MARKDOWN.get():
        print(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |", flush=True)
        return
    wide = [*_WIDTHS, *[_WIDTHS[-1]] * len(cells)]
    shown = (f"{cell:<{size}}" for cell, size in zip(cells, wide, strict=False))
    print(f"  {'  '.join(shown)}".rstrip(), flush=True)


def progress(text: str) -> None:
    """For who waits: beside the tables, never in them."""
    print(f"  ({text})", file=sys.stderr, flush=True)


def figure(name: str, values: Sequence[float], unit: str, beside: str = "") -> None:
    """A row of a table whose columns are what, median, spread, beside."""
    middle, spread = Spread.of(values).shown(_form(values))
    row(name, f"{middle} {unit}".rstrip(), spread if len(values) > 1 else "one run", beside)


def _form(values: Sequence[float]) -> str:
    """Three digits that count, or all of a whole number."""
    high = max(map(abs, values))
    return ",.0f" if high >= 100 else ".1f" if high >= 10 else ".2f"


def line(name: str, rate: float | None, ratio: str) -> None:
    """What was measured, how many a second, and beside what."""
    row(name, f"{rate:.0f}/s" if rate is not None else "", ratio)
