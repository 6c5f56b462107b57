"""The page of figures: how many independent voices stand behind citing sentences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.errors import BadInputError
from archive.show import reading, support
from archive.show.plain import series_name
from archive.show.support import By
from archive.web.answering import chosen, database_of, db_argument, page
from archive.web.cached_figures import cached

if TYPE_CHECKING:
    from collections.abc import Mapping

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from archive.db.lean import sqlite_utils
    from archive.show.support import SupportFigures

SHOWN = 60
"""Groups on the page; the views have them all."""
PICTURED = 12
"""Groups in the picture: a screen's height."""
_KEPT = 8
"""Answers kept: of a million citations one takes about a second."""

SHARES = {
    "one_voice": "one voice",
    "telegram_x": "Telegram and X only",
    "one_channel": "one Telegram channel",
    "no_live_support": "no live support left",
    "only_copies": "an only copy",
    "circular": "a circular source",
}
"""What of the sentences that cite others is shown as a share."""


@cached(_KEPT)
def _figures(db: sqlite_utils.Database, by: By) -> tuple[tuple[SupportFigures, ...], int]:
    try:
        return tuple(support.figures(db, by)), support.uncounted(db)
    except BadInputError:
        return (), support.uncounted(db)


async def support_page(request: Request, datasette: Datasette) -> Response:
    """Figures of all sentences and of each group; `?by=` is series, year or report."""
    database = await database_of(datasette, request)
    by = chosen(By, "by", request.args.get("by"), By.SERIES)
    path = Path(str(database.path))
    found, uncounted = await database.execute_fn(lambda db: _figures(path, db, by))
    shown = [one.group for one in found[1 : SHOWN + 1]] if by is By.REPORT else []
    titles = await database.execute_fn(lambda db: reading.titles(db, shown))
    context = {
        "titles": titles,
        "pictured": [(_name(one, by, titles), one.voices) for one in found[: PICTURED + 1]],
        "by": by, "bys": list(By), "shares": SHARES, "counted": support.COUNTED,
        "groups": [_row(one) for one in found[: SHOWN + 1]], "uncounted": uncounted,
        "more": max(0, len(found) - SHOWN - 1),
        "told": {"by": by, "counted": support.COUNTED, "groups": found, "uncounted": uncounted},
        "db_argument": db_argument(datasette, database, "&"),
    }  # fmt: skip
    return await page(datasette, request, database, "isw_support.html", context)


def _name(one: SupportFigures, by: By, titles: Mapping[str, str]) -> str:
    if by is By.SERIES and one.group != support.ALL:
        return series_name(one.group)
    return titles.get(one.group, one.group)


def _row(one: SupportFigures) -> dict[str, Any]:
    return {"figures": one, "shares": [_share(one, name) for name in SHARES]}


def _share(one: SupportFigures, name: str) -> str:
    share = one.share(getattr(one, name))
    return "\N{EN DASH}" if share is None else f"{100 * share:.0f} %"
