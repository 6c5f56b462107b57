"""The page about the archive: what is held, how far it can be trusted, how to take it along and
cite it, and what its words mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.show import about
from archive.web.answering import database_of, folder_of, page, read, root_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response


async def about_page(request: Request, datasette: Datasette) -> Response:
    """What a reader needs to judge the archive; of today, whatever day is asked for."""
    database = await database_of(datasette, request)
    folder = folder_of(database)
    found = await read(datasette, database, lambda db: about.about(db, folder))
    context = {
        "about": found, "told": found, "of_today": True, "root": root_of(request, datasette),
        "title": datasette.metadata("title"),
        "statuses": about.statuses(), "outcomes": about.outcomes(),
    }  # fmt: skip
    return await page(datasette, request, database, "isw_about.html", context)
