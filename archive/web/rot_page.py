"""The page of figures: how long cited sources last, with survival curves.

By what cites them, and by where they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound

from archive.errors import BadInputError
from archive.folder import DataFolder
from archive.show import rot
from archive.show.lives import By, From, Measure
from archive.show.precision import precisions
from archive.show.reading import titles
from archive.show.rot_csv import csv_lines
from archive.web.answering import chosen
from archive.web.cached_figures import cached
from archive.web.curves import LINES, Labels, picture, standalone_svg

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from pathlib import Path

    from archive.db.lean import sqlite_utils
    from archive.show.rot import Figures
    from archive.show.survival import Estimate


SHOWN = 60
"""Groups on the page: the largest, of reports the newest. The views have them all."""
_KEPT = 16
"""Answers kept: of half a million citations one takes some seconds."""

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
        found, left_out = rot.figures_of_first(db, kind, by, start, most)
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
    counted = f"{rot.COUNTED[kind]} {rot.BEGUN[start]}"
    return {
        "kind": kind, "by": by, "start": start, "kinds": KINDS, "bys": list(By), "starts": STARTS,
        "counted": counted,
        "ended": rot.ENDED[kind],
        "horizons": rot.HORIZONS,
        "groups": [_row(one) for one in found[: SHOWN + 1]],
        "titles": titles(connection, _names(found) if by is By.REPORT else ()),
        "more": max(0, len(found) - SHOWN - 1) + left_out,
        "lines": [one.group for one in found[:LINES] if one.curve],
        "precisions": precisions(DataFolder(path.parent).people),
        "gap": found[0].gap if found else None,
        "told": {
            "kind": kind, "by": by, "from": start, "counted": counted, "groups": found,
        },
        "picture": picture(found, _labels(kind, start)),
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
    drawn = standalone_svg(found, _labels(kind, start))
    if not drawn:
        raise NotFound("No source was followed yet, so there is no curve")
    return str(drawn)


def _asked(asked: Mapping[str, str]) -> tuple[Measure, By, From]:
    kind = chosen(Measure, "kind", asked.get("kind"), Measure.ROT)
    by = chosen(By, "by", asked.get("by"), By.PLATFORM)
    start = chosen(From, "from", asked.get("from"), From.SEEN)
    return kind, by, start


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
