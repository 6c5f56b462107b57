"""The page of figures: how long cited sources last, with survival curves.

By what cites them, and by where they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound

from archive.counted import counted
from archive.errors import BadInputError
from archive.folder import DataFolder
from archive.show import rot
from archive.show.lives import By, From, Measure
from archive.show.plain import platform_name, series_name
from archive.show.precision import precisions
from archive.show.reading import titles
from archive.show.rot_csv import csv_lines
from archive.web.answering import chosen
from archive.web.cached_figures import cached
from archive.web.curves import LINES, Labels, picture, standalone_svg

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from archive.db.lean import sqlite_utils
    from archive.show.rot import Figures
    from archive.show.survival import Estimate


SHOWN = 60
"""Groups on the page: the largest, of reports the newest. The views have them all."""
_KEPT = 16
"""Answers kept: of half a million citations one takes some seconds."""

_ENDED = {
    Measure.ROT: ("is dead", "are dead"),
    Measure.DRIFT: ("has drifted", "have drifted"),
    Measure.REFERENCE: ("is dead or has drifted", "are dead or have drifted"),
}
"""What became of one, and of several."""
_CALLED: dict[By, Callable[[str], str]] = {By.PLATFORM: platform_name, By.SERIES: series_name}
KINDS = {
    Measure.ROT: "Link rot",
    Measure.DRIFT: "Content drift",
    Measure.REFERENCE: "Reference rot (either)",
}
LEFT = {
    Measure.ROT: "Share not dead",
    Measure.DRIFT: "Share not drifted",
    Measure.REFERENCE: "Share not rotten",
}
STARTS = {From.SEEN: "first seen", From.CITED: "cited"}


@cached(_KEPT)
def _figures(
    db: sqlite_utils.Database, kind: Measure, by: By, start: From, most: int | None
) -> tuple[tuple[Figures, ...], int]:
    """The figures, and how many groups are left out of them."""
    try:
        if most is None:
            return tuple(rot.figures(db, kind, by, start=start)), 0
        found, left_out = rot.figures_of_first(db, kind, by, start, most, LINES)
    except BadInputError:
        return (), 0  # nothing is cited yet
    return tuple(found), left_out


def context(
    connection: sqlite3.Connection, path: Path, asked: Mapping[str, str], *, whole: bool
) -> dict[str, Any]:
    """What the template shows.

    Args:
        connection: To the archive.
        path: Of its database.
        asked: The arguments of the address: `kind`, `by`, `from`.
        whole: Whether all groups are wanted, as programs do.

    Raises:
        NotFound: An argument is none of those that there are.
    """
    kind, by, start = _asked(asked)
    found, left_out = _figures(path, connection, kind, by, start, None if whole else SHOWN)
    what = f"{rot.COUNTED[kind]} {rot.BEGUN[start]}"
    return {
        "kind": kind, "by": by, "start": start, "kinds": KINDS, "bys": list(By), "starts": STARTS,
        "counted": what,
        "ended": rot.ENDED[kind],
        "horizons": rot.HORIZONS,
        "groups": [_row(one) for one in found[: SHOWN + 1]],
        "titles": _titles(connection, found, by),
        "in_short": _in_short(found[0], kind) if found else None,
        "more": max(0, len(found) - SHOWN - 1) + left_out,
        "lines": [one.group for one in found[:LINES] if one.curve],
        "precisions": precisions(DataFolder(path.parent).people),
        "gap": found[0].gap if found else None,
        "told": {
            "kind": kind, "by": by, "from": start, "counted": what, "groups": found,
        },
        "picture": picture(_titled(found, by), _labels(kind, start)),
    }  # fmt: skip


def csv_file(connection: sqlite3.Connection, path: Path, asked: Mapping[str, str]) -> str:
    """The whole table, one line a group.

    Raises:
        NotFound: As `context`.
    """
    found, _ = _figures(path, connection, *_asked(asked), None)
    return "".join(f"{line}\r\n" for line in csv_lines(found))


def svg_file(connection: sqlite3.Connection, path: Path, asked: Mapping[str, str]) -> str:
    """The curves as a file that stands by itself.

    Raises:
        NotFound: As `context`, or there is no curve.
    """
    kind, by, start = _asked(asked)
    found, _ = _figures(path, connection, kind, by, start, SHOWN)
    drawn = standalone_svg(_titled(found, by), _labels(kind, start))
    if not drawn:
        raise NotFound("No source was followed yet, so there is no curve")
    return str(drawn)


def _asked(asked: Mapping[str, str]) -> tuple[Measure, By, From]:
    kind = chosen(Measure, "kind", asked.get("kind"), Measure.ROT)
    by = chosen(By, "by", asked.get("by"), By.PLATFORM)
    start = chosen(From, "from", asked.get("from"), From.SEEN)
    return kind, by, start


def _titles(connection: sqlite3.Connection, found: tuple[Figures, ...], by: By) -> dict[str, str]:
    """What groups are called on the page."""
    if by is By.REPORT:
        return titles(connection, _names(found))
    return {one.group: _name(one.group, by) for one in found[1:]}


def _name(group: str, by: By) -> str:
    called = _CALLED.get(by)
    return called(group) if called else group


def _titled(found: tuple[Figures, ...], by: By) -> list[Figures]:
    return [*found[:1], *(replace(one, group=_name(one.group, by)) for one in found[1:])]


def _in_short(one: Figures, kind: Measure) -> str:
    """The figures of all in a sentence or two, before curves and columns."""
    ended = _ENDED[kind][one.ended != 1]
    told = f"Of {counted(one.sources, 'cited sources')} {one.ended:,} {ended}"
    told += f"; {one.untold:,} could not be seen." if one.untold else "."
    days = max((days for days, found in one.after.items() if found.value is not None), default=None)
    if days is None:
        return told
    left = one.after[days]
    share, around = f"{100 * (left.value or 0):.0f} %", ""
    if left.low is not None and left.high is not None and left.low != left.high:
        around = f" (with 95 % confidence {100 * left.low:.0f} to {100 * left.high:.0f} %)"
    return f"{told} After {days} days {share}{around} were left."


def _names(found: tuple[Figures, ...]) -> list[str]:
    return [one.group for one in found[1 : SHOWN + 1]]


def _labels(kind: Measure, start: From) -> Labels:
    return Labels(KINDS[kind], f"Days since {STARTS[start]}", LEFT[kind])


def _row(one: Figures) -> dict[str, Any]:
    return {
        "figures": one,
        "left": None if one.share is None else f"{100 * one.share:.0f} %",
        "half_life": rot.half_life_told(one),
        "after": [_share(one.after[days]) for days in rot.HORIZONS],
    }


def _share(found: Estimate) -> str | None:
    if found.value is None:
        return None
    value = f"{100 * found.value:.0f} %"
    if found.low is None or found.high is None or found.low == found.high:
        return value
    return f"{value} ({100 * found.low:.0f}-{100 * found.high:.0f})"
