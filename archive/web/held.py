"""The page that answers whether something is held: an address, a digest, or words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.show import plain
from archive.show.held.asked import MOST_CHARS, QueryKind
from archive.show.held.find import find_held
from archive.web.answering import database_of, db_argument, page, read, root_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request, Response


async def held_page(request: Request, datasette: Datasette) -> Response:
    """What is held of what `?q=` says; without it, the form."""
    database = await database_of(datasette, request)
    given = (request.args.get("q") or "")[: 2 * MOST_CHARS]
    found = None
    if given.strip():
        found = await read(datasette, database, lambda db: find_held(db, given))
    context = {
        "given": given,
        "answer": found,
        "what": QueryKind,
        "plain": plain,
        "bookmarklet": _bookmarklet(request, datasette, database),
        "told": found.told() if found else {"asked": None},
    }
    return await page(datasette, request, database, "isw_held.html", context)


def _bookmarklet(request: Request, datasette: Datasette, database: Database) -> str | None:
    """A bookmark that asks for the page it is used on: its address alone, nothing of the page.

    None where this archive's own address cannot be told.
    """
    root = root_of(request, datasette)
    if not root:
        return None
    own = db_argument(datasette, database, "&")
    asked = json.dumps(f"{root}/-/held?q=")
    tail = f"+{json.dumps(own)}" if own else ""
    return f"javascript:void(open({asked}+encodeURIComponent(location.href){tail}))"
