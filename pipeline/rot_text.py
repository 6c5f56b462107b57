"""`report rot` for people, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from archive.rot import HORIZONS, From, Kind
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
    Kind.REFERENCE: (
        "Cited sources that could be seen or were proved dead; days from when each was first seen to the first check that "
        "proved it dead or found another text, whichever came first; the others are censored when last seen. A source "
        "without a text to compare can only die."
    ),
}
FROM_CITATION = (
    "Days from the citing report's date on, not from the first sight; a source counts among those at risk only from its first "
    "sight on, and what was dead whenever tried is in no curve."
)
ENDED = {Kind.ROT: "dead", Kind.DRIFT: "drifted", Kind.REFERENCE: "rotten"}
_NAME_WIDTH = 36
_DASH = "-"


def lines(kind: Kind, found: Sequence[Figures], start: From = From.SEEN) -> Iterator[str]:
    """The table that `isw-archive report rot` prints.

    Args:
        kind: What ended the lives.
        found: From `archive.rot.figures`, the first of all sources.
        start: When the lives began.
    """
    ended = ENDED[kind]
    yield COUNTED[kind]
    if start is From.CITED:
        yield FROM_CITATION
    yield "Shares with their 95 % interval; 'cited': each source once for each report that cites it."
    if found[0].gap is not None:
        yield f"Between the last sight of a dead source and the first check that failed: {found[0].gap:.1f} days (median)."
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
    """Days with their interval; where the curve stays above a half, only that it is longer than anything was followed."""
    days = one.half_life
    if one.followed is None:
        return _DASH
    value = f"over {one.followed:.0f}" if days.value is None else f"{days.value:.0f}"
    if days.low is None:
        return value
    return f"{value} ({days.low:.0f}-{'' if days.high is None else f'{days.high:.0f}'})"


def _shares(found: Estimate) -> str:
    if found.value is None:
        return _DASH
    if found.low == found.high:  # all or none: there is no interval to tell
        return _percent(found.value)
    return f"{_percent(found.value)} ({100 * (found.low or 0):.0f}-{100 * (found.high or 0):.0f})"


def _percent(share: float | None) -> str:
    return _DASH if share is None else f"{100 * share:.0f} %"


def answer(
    kind: Kind, by: str | None, found: Sequence[Figures], start: From = From.SEEN
) -> dict[str, Any]:
    """All of it, with every step of the curves, JSON-ready."""
    counted = f"{COUNTED[kind]} {FROM_CITATION}" if start is From.CITED else COUNTED[kind]
    return {
        "kind": str(kind), "by": by, "from": str(start), "counted": counted,
        "groups": [asdict(one) for one in found],
    }  # fmt: skip


def csv_lines(found: Sequence[Figures]) -> Iterator[str]:
    """One line a group; the curves are in the JSON alone."""
    counts = (
        "group", "sources", "told", "untold", "ended", "on_arrival", "share", "cited_share", "gap", "followed",
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
