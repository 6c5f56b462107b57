"""Watches: a page that lists them, and a feed of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import NotFound, Response

from archive.db import watches
from archive.show import watching
from archive.show.watch_feed import watch_feed as as_feed
from archive.web.answering import database_of, db_argument, folder_of, page, read, root_of
from archive.web.atom import feed_response

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request


async def watches_page(request: Request, datasette: Datasette) -> Response:
    """The watches that there are, each with its feed."""
    database = await database_of(datasette, request)
    found = watches.all_watches(folder_of(database).people)
    own = db_argument(datasette, database, "?")
    context = {"watches": found, "own": own, "told": {"watches": found}, "of_today": True}
    return await page(datasette, request, database, "isw_watches.html", context)


async def watch_feed(request: Request, datasette: Datasette) -> Response:
    """What a watch found, as Atom."""
    database = await database_of(datasette, request)
    name = request.url_vars["watch"]
    watch = watches.named(folder_of(database).people, name)
    if watch is None:
        raise NotFound(f"There is no watch {name[:60]} here")
    found = await read(datasette, database, lambda db: watching.new_finds(db, watch))
    return feed_response(request, as_feed(watch, found, root_of(request, datasette)))
