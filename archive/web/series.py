"""The page of a series: a calendar of what is held of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.show import series_reading
from archive.web.answering import NotHeldError, database_of, page
from archive.web.named import near

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

MOST_MONTHS = 60
"""Months of the calendar at first, the newest: five years make a page of a megabyte."""


async def series_page(request: Request, datasette: Datasette) -> Response:
    """The reports of a series by day, and the days between first and last without any.

    `?months=all` shows those that a long calendar leaves out.
    """
    database = await database_of(datasette, request)
    name = request.url_vars["series"]
    found = await database.execute_fn(lambda db: series_reading.series(db, name))
    if found is None:
        like = await database.execute_fn(lambda db: near(db, name))
        raise NotHeldError(f"No report of a series {name} is held here", like)
    months = found["months"]
    most = len(months) if request.args.get("months") == "all" else MOST_MONTHS
    shown = {
        "series": found, "told": found, "feed": {"series": name}, "months": months[:most],
        "earlier": months[most:],
    }  # fmt: skip
    return await page(datasette, request, database, "isw_series.html", shown)
