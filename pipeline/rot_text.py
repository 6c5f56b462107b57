"""`report rot` for people, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from archive.rot import HORIZONS, Kind
from pipeline.jobs.say import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.rot import Figures
    from archive.survival import Estimate

COUNTED = {
    Kind.ROT: (
        "Cited sources that could be seen or were proved dead; days from when each was first seen to the first of the "
        "checks that proved it dead; those not dead are censored when last seen; dead whenever tried: day 0."
    ),
    Kind.DRIFT: (
        "Cited sources whose text could be compared; days from when each was first seen to the first check that found "
        "another text; the others, and the dead, are censored when last seen."
    ),
}
_NAME_WIDTH = 36
_DASH = "-"


def lines(kind: Kind, found: Sequence[Figures]) -> Iterator[str]:
    """The table that `isw-archive report rot` prints.

    Args:
        kind: What ended the lives.
        found: From `archive.rot.figures`, the first of all sources.
    """
    ended = "dead" if kind is Kind.ROT else "drifted"
    yield COUNTED[kind]
    yield "Shares with their 95 % interval; 'cited': each source once for each report that cites it."
    yield ""
    horizons = "".join(f"{f'{days} d':>17}" for days in HORIZONS)
    yield (
        f"{'':{_NAME_WIDTH}}{'sources':>8}{'untold':>7}{ended:>8}{'at once':>8}{'left':>6}{'cited':>6}"
        f"{'half-life (days)':>22}{horizons}"
    )
    for one in found:
        yield _line(one)


def _line(one: Figures) -> str:
    name = printable(one.group)
    name = name if len(name) < _NAME_WIDTH else f"{name[: _NAME_WIDTH - 2]}…"
    after = "".join(f"{_shares(one.after[days]):>17}" for days in HORIZONS)
    return (
        f"{name:{_NAME_WIDTH}}{one.sources:8d}{one.untold:7d}{one.ended:8d}{one.on_arrival:8d}"
        f"{_percent(one.share):>6}{_percent(one.cited_share):>6}{_half_life(one):>22}{after}"
    )


def _half_life(one: Figures) -> str:
    days = one.half_life
    if days.value is None:
        return _DASH if days.low is None else f"over {days.low:.0f}"
    return (
        f"{days.value:.0f} ({days.low or 0:.0f}-{'' if days.high is None else f'{days.high:.0f}'})"
    )


def _shares(found: Estimate) -> str:
    if found.value is None:
        return _DASH
    return f"{_percent(found.value)} ({100 * (found.low or 0):.0f}-{100 * (found.high or 0):.0f})"


def _percent(share: float | None) -> str:
    return _DASH if share is None else f"{100 * share:.0f} %"


def answer(kind: Kind, by: str | None, found: Sequence[Figures]) -> dict[str, Any]:
    """All of it, with every step of the curves, JSON-ready."""
    return {
        "kind": str(kind), "by": by, "counted": COUNTED[kind], "groups": [asdict(one) for one in found],
    }  # fmt: skip


def csv_lines(found: Sequence[Figures]) -> Iterator[str]:
    """One line a group; the curves are in the JSON alone."""
    counts = (
        "group", "sources", "told", "untold", "ended", "on_arrival", "share", "cited_share",
    )  # fmt: skip
    spans = ["half_life", *(f"after_{days}" for days in HORIZONS)]
    yield _csv([*counts, *(f"{name}{end}" for name in spans for end in ("", "_low", "_high"))])
    for one in found:
        estimates = [one.half_life, *(one.after[days] for days in HORIZONS)]
        figures = [part for each in estimates for part in (each.value, each.low, each.high)]
        yield _csv([*(getattr(one, name) for name in counts), *figures])


def _csv(row: Sequence[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(row)
    return out.getvalue()
