"""The pages of runs and alarms: what was done, and what needs a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import NotFound, Response

from archive import clock
from archive.show import operations_reading
from archive.web.answering import database_of, page, page_number, read

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request


async def runs_page(request: Request, datasette: Datasette) -> Response:
    """The runs, the newest first; `?page=` goes back in time."""
    database = await database_of(datasette, request)
    number = page_number(request.args.get("page"))
    found, more = await read(datasette, database, lambda db: operations_reading.runs(db, number))
    if number > 1 and not found:
        raise NotFound(f"There is no page {number} of this")
    context = {"runs": found, "more": more, "number": number, "told": {"runs": found, "more": more}}
    return await page(datasette, request, database, "isw_runs.html", context)


async def run_page(request: Request, datasette: Datasette) -> Response:
    """One run: what it was asked, what came of it."""
    database = await database_of(datasette, request)
    name = request.url_vars["run"]
    found = await read(datasette, database, lambda db: operations_reading.run(db, name))
    if found is None:
        raise NotFound(f"No run {name} is held here")
    context = {"run": found, "told": found, "outcome_words": operations_reading.outcome_words}
    return await page(datasette, request, database, "isw_run.html", context)


async def alarms_page(request: Request, datasette: Datasette) -> Response:
    """What is wrong now, and since when; `?page=` goes back through its changes."""
    database = await database_of(datasette, request)
    number = page_number(request.args.get("page"))
    today = clock.now().date()
    found = await read(
        datasette, database, lambda db: operations_reading.alarms(db, number, today)
    )  # fmt: skip
    if number > 1 and not found["changes"]:
        raise NotFound(f"There is no page {number} of this")
    context = {"alarms": found, "number": number, "told": found, "of_today": True}
    return await page(datasette, request, database, "isw_alarms.html", context)
