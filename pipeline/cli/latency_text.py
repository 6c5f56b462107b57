"""`report latency` for people, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from archive.model.latency import Firsts
from archive.show.latency import COUNTED, FIRST
from pipeline.run.jobs.say import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.model.latency import LatencyFigures

_NAME_WIDTH = 36
_FIRSTS = ("together", "first", "copied", "earliest")
_COLUMNS = (
    "group", "sources", "by_day", "later", "to_citation_h", "quartile_1_h", "quartile_3_h",
    "captured", "to_capture_h", *_FIRSTS,
)  # fmt: skip


def latency_lines(found: Sequence[LatencyFigures]) -> Iterator[str]:
    """The table that `isw-archive report latency` prints.

    Args:
        found: From `archive.show.latency.figures`, the first of all sources.
    """
    with_firsts = any(one.firsts for one in found)
    yield COUNTED
    if with_firsts:
        yield FIRST
    yield ""
    firsts = "".join(f"{name:>10}" for name in _FIRSTS) if with_firsts else ""
    yield (
        f"{'':{_NAME_WIDTH}}{'sources':>8}{'by day':>8}{'later':>7}{'to citation (h)':>17}"
        f"{'half within':>18}{'captured':>10}{'to capture (h)':>16}{firsts}"
    )
    for one in found:
        yield _line(one, with_firsts=with_firsts)


def _line(one: LatencyFigures, *, with_firsts: bool) -> str:
    name = printable(one.group)
    name = name if len(name) < _NAME_WIDTH else f"{name[: _NAME_WIDTH - 2]}…"
    within = f"{one.quartiles_h[0]:.1f} to {one.quartiles_h[1]:.1f}" if one.quartiles_h else "-"
    told = one.firsts or Firsts()
    firsts = "".join(f"{getattr(told, key):>10}" for key in _FIRSTS) if with_firsts else ""
    firsts = firsts if one.firsts else ""
    return (
        f"{name:{_NAME_WIDTH}}{one.sources:8d}{one.by_day:8d}{one.later:7d}"
        f"{_hours(one.to_citation_h):>17}{within:>18}{one.captured:10d}"
        f"{_hours(one.to_capture_h):>16}{firsts}"
    )


def _hours(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def csv_lines(found: Sequence[LatencyFigures]) -> Iterator[str]:
    """A header, then one line a group."""
    yield _csv(_COLUMNS)
    for one in found:
        told = asdict(one)
        quartiles, firsts = one.quartiles_h or ("", ""), told.pop("firsts") or {}
        row = {**told, "quartile_1_h": quartiles[0], "quartile_3_h": quartiles[1], **firsts}
        yield _csv(["" if row.get(name) is None else row[name] for name in _COLUMNS])


def _csv(values: Sequence[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(values)
    return out.getvalue()


def answer(by: str | None, found: Sequence[LatencyFigures]) -> dict[str, Any]:
    """All of it, JSON-ready."""
    return {
        "by": by, "counted": COUNTED, "first": FIRST, "groups": [asdict(one) for one in found],
    }  # fmt: skip
