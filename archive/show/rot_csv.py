"""Figures of rot and drift as CSV. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.show.rot import HORIZONS
from archive.spreadsheet import csv_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.show.rot import Figures


def csv_lines(found: Sequence[Figures]) -> Iterator[str]:
    """One line a group; the curves are in the JSON alone."""
    counts = (
        "group", "sources", "told", "untold", "ended", "on_arrival", "share", "cited_share", "gap",
        "followed",
    )  # fmt: skip
    spans = ["half_life", *(f"after_{days}" for days in HORIZONS)]
    yield csv_line([*counts, *(f"{name}{end}" for name in spans for end in ("", "_low", "_high"))])
    for one in found:
        estimates = [one.half_life, *(one.after[days] for days in HORIZONS)]
        figures = [part for each in estimates for part in (each.value, each.low, each.high)]
        yield csv_line([*(getattr(one, name) for name in counts), *figures])
