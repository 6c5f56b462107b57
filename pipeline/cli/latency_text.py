"""`report latency` for people, as CSV and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from archive.show.latency import COUNTED, FIRST
from archive.spreadsheet import csv_line
from pipeline.cli.figures_text import notes, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.model.latency import LatencyFigures

_HEADS = (
    "sources", "by day", "later", "post to\ncitation (h)", "half of them\nwithin (h)", "captured",
    "citation to\ncapture (h)",
)  # fmt: skip
_FIRSTS = ("together", "first", "copied", "earliest")
_COLUMNS = (
    "group", "sources", "by_day", "later", "to_citation_h", "quartile_1_h", "quartile_3_h",
    "captured", "to_capture_h", *_FIRSTS,
)  # fmt: skip


def latency_lines(found: Sequence[LatencyFigures]) -> Iterator[str]:
    """The tables that `isw-archive report latency` prints; who was first is one of its own.

    Args:
        found: From `archive.show.latency.figures`, the first of all sources.
    """
    yield from notes(COUNTED)
    yield ""
    yield from table(_HEADS, [(one.group, _cells(one)) for one in found])
    firsts = [(one.group, one.firsts) for one in found if one.firsts]
    if firsts:
        yield ""
        yield from notes(FIRST)
        yield ""
        told = [(name, [str(getattr(one, key)) for key in _FIRSTS]) for name, one in firsts]
        yield from table(_FIRSTS, told)


def _cells(one: LatencyFigures) -> list[str]:
    within = f"{one.quartiles_h[0]:.1f} to {one.quartiles_h[1]:.1f}" if one.quartiles_h else "-"
    return [
        str(one.sources), str(one.by_day), str(one.later), _hours(one.to_citation_h), within,
        str(one.captured), _hours(one.to_capture_h),
    ]  # fmt: skip


def _hours(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def csv_lines(found: Sequence[LatencyFigures]) -> Iterator[str]:
    """A header, then one line a group."""
    yield csv_line(_COLUMNS)
    for one in found:
        told = asdict(one)
        quartiles, firsts = one.quartiles_h or ("", ""), told.pop("firsts") or {}
        row = {**told, "quartile_1_h": quartiles[0], "quartile_3_h": quartiles[1], **firsts}
        yield csv_line(["" if row.get(name) is None else row[name] for name in _COLUMNS])


def answer(by: str | None, found: Sequence[LatencyFigures]) -> dict[str, Any]:
    """The figures as an object for JSON."""
    return {
        "by": by, "counted": COUNTED, "first": FIRST, "groups": [asdict(one) for one in found],
    }  # fmt: skip
