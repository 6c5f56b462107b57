"""`report rot` for people, as CSV and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from archive.show.lives import From, Measure
from archive.show.rot import BEGUN, COUNTED, ENDED, HORIZONS, half_life_told
from archive.show.rot_csv import csv_lines
from pipeline.cli.figures_text import notes, table

__all__ = ["csv_lines", "rot_lines"]

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.show.rot import Figures
    from archive.show.survival import Estimate

_DASH = "-"


def rot_lines(kind: Measure, found: Sequence[Figures], start: From = From.SEEN) -> Iterator[str]:
    """The table that `isw-archive report rot` prints.

    Args:
        kind: What ended the lives.
        found: From `archive.show.rot.figures`, the first of all sources.
        start: When the lives began.
    """
    yield from notes(
        COUNTED[kind],
        BEGUN[start],
        "Shares with their 95 % interval; 'cited': each source once for each report that cites it.",
    )
    if found[0].gap is not None:
        yield from notes(
            "Between the last sight of a dead source and the first check that failed: "
            f"{found[0].gap:.1f} days (median)."
        )
    yield ""
    heads = (
        "sources", "untold", ENDED[kind], "at once", "left", "cited", "half-life\n(days)",
        *(f"left after\n{days} days" for days in HORIZONS),
    )  # fmt: skip
    yield from table(heads, [(one.group, _cells(one)) for one in found])


def _cells(one: Figures) -> list[str]:
    return [
        str(one.sources), str(one.untold), str(one.ended), str(one.on_arrival),
        _percent(one.share), _percent(one.cited_share), half_life_told(one) or _DASH,
        *(_shares(one.after[days]) for days in HORIZONS),
    ]  # fmt: skip


def _shares(found: Estimate) -> str:
    if found.value is None:
        return _DASH
    if found.low == found.high:  # all or none: there is no interval to tell
        return _percent(found.value)
    return f"{_percent(found.value)} ({100 * (found.low or 0):.0f}-{100 * (found.high or 0):.0f})"


def _percent(share: float | None) -> str:
    return _DASH if share is None else f"{100 * share:.0f} %"


def answer(
    kind: Measure, by: str | None, found: Sequence[Figures], start: From = From.SEEN
) -> dict[str, Any]:
    """All of it, with every step of the curves, JSON-ready."""
    counted = f"{COUNTED[kind]} {BEGUN[start]}"
    return {
        "kind": str(kind), "by": by, "from": str(start), "counted": counted,
        "groups": [asdict(one) for one in found],
    }  # fmt: skip
