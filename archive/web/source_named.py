"""Sources by their addresses, as people paste them behind `/-/source/`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from datasette.utils.asgi import NotFound, Response

from archive.show.held.find import find_held
from archive.urls.typed import typed_address
from archive.web.answering import read
from archive.web.described import our_databases

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request


async def led(request: Request, datasette: Datasette) -> Response:
    """Lead from an address, in any spelling, to the page of the source that it is of; where there
    is none, to what is held beside it.

    All of the request's query belongs to the address. Of several archives served, the first that
    holds it is meant.

    Raises:
        NotFound: No archive is served.
    """
    url = typed_address(request.url_vars["address"], request.query_string)
    first = ""
    for name, database in our_databases(datasette).items():
        await datasette.ensure_permissions(
            request.actor, [("view-database", name), "view-instance"]
        )
        own = {"db": name} if first else {}
        first = first or name
        found = await read(datasette, database, lambda db: find_held(db, url))
        if found.sources:
            query = f"?{urlencode(own)}" if own else ""
            return _leading(datasette, f"/-/source/{found.sources[0]['id']}{query}")
    if not first:
        raise NotFound("No archive is served here")
    return _leading(datasette, f"/-/held?{urlencode({'q': url})}")


def _leading(datasette: Datasette, path: str) -> Response:
    return Response.redirect(datasette.urls.path(path))
