"""The page of figures: how soon posts are cited and captured, and whose are first."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.errors import BadInputError
from archive.model.latency import By
from archive.show import latency
from archive.show.plain import platform_name, series_name, wait_told
from archive.web import ranges
from archive.web.answering import chosen, database_of, db_argument, page
from archive.web.cached_figures import cached
from archive.web.ranges import Range

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from archive.db.lean import sqlite_utils
    from archive.model.latency import LatencyFigures

SHOWN = 60
"""Groups on the page; the command has them all."""
_DASH = "\N{EN DASH}"
MOST_READ = 10_000
"""Of all that is cited, what was cited last, whose times a page reads, in a seventh of a second."""
_FEWER = {By.ACCOUNT: 0.3, By.SERIES: 0.7}
"""Of these so much, which takes as long: which account was first is told of each sentence."""
_NAMES = {By.SERIES: series_name, By.PLATFORM: platform_name}
"""What groups are called by, where their names are for programs."""
_KEPT = 8
"""Answers kept."""


@cached(_KEPT)
def _figures(db: sqlite_utils.Database, by: By) -> tuple[tuple[LatencyFigures, ...], int | None]:
    """The figures; and of how many sources they are, None: of all."""
    chosen = latency.newest(db, math.ceil(MOST_READ * _FEWER.get(by, 1)))
    read = None if chosen is None else len(chosen)
    try:
        return tuple(latency.figures(db, by, chosen=chosen)), read
    except BadInputError:
        return (), read


async def latency_page(request: Request, datasette: Datasette) -> Response:
    """Figures of all cited sources with a time and of each group; `?by=` as the command's."""
    database = await database_of(datasette, request)
    by = chosen(By, "by", request.args.get("by"), By.PLATFORM)
    path = Path(str(database.path))
    found, newest = await database.execute_fn(lambda db: _figures(path, db, by))
    context = {
        "by": by, "bys": list(By), "counted": latency.COUNTED,
        "first": latency.FIRST if by is By.ACCOUNT else None,
        "groups": [_row(one) for one in found[: SHOWN + 1]],
        "picture": ranges.picture([*_ranges(found, by)], "From post to citation"),
        "more": max(0, len(found) - SHOWN - 1),
        "newest": newest,
        "told": {
            "by": by, "counted": latency.COUNTED, "first": latency.FIRST, "newest": newest,
            "groups": found,
        },
        "db_argument": db_argument(datasette, database, "&"),
    }  # fmt: skip
    return await page(datasette, request, database, "isw_latency.html", context)


def _ranges(found: Sequence[LatencyFigures], by: By) -> Iterator[Range]:
    """Ranges for the groups most of whose posts state their hour."""
    for one in found:
        if one.to_citation_h is not None and one.quartiles_h and 2 * one.by_day <= one.sources:
            name = one.group.partition("/")[2] if by is By.ACCOUNT and "/" in one.group else None
            yield Range(name or _called(one, by), one.to_citation_h, one.quartiles_h)


def _called(one: LatencyFigures, by: By) -> str:
    """A group as people say it; the one of all is no series and no platform."""
    tell = _NAMES.get(by)
    return tell(one.group) if tell and one.group != latency.ALL else one.group


def _row(one: LatencyFigures) -> dict[str, Any]:
    platform, _, account = one.group.partition("/")
    # hours and minutes of what is known by the day would be made up
    posted = partial(_wait, by_day=one.by_day == one.sources)
    return {
        "figures": one,
        "account": (platform, account) if account else None,
        "to_citation": posted(one.to_citation_h),
        "within": " to ".join(map(posted, one.quartiles_h)) if one.quartiles_h else _DASH,
        "to_capture": _wait(one.to_capture_h),
    }


def _wait(hours: float | None, *, by_day: bool = False) -> str:
    return _DASH if hours is None else wait_told(hours, by_day=by_day)
