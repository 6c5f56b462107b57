"""Reports by other names than their id, as the commands take them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from datasette.utils.asgi import Response

from archive.db.lean import sqlite_utils
from archive.errors import BadInputError
from archive.show.reports_named import named, nearest
from archive.web.answering import NotHeldError, wants_json

if TYPE_CHECKING:
    import sqlite3

    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request


async def led(
    request: Request, datasette: Datasette, database: Database, tail: str = ""
) -> Response:
    """Lead from another name of a report to its own: `SERIES/newest`, or an address of it.

    Args:
        request: For a page of the report that it names.
        datasette: Serves it.
        database: In which no report has what it names for its id.
        tail: What of the report is asked for: `/changes`, `/check`.

    Raises:
        NotHeldError: There is no such report; with the nearest.
    """
    name = request.url_vars["report"]
    found, like = await database.execute_fn(lambda db: _meant(db, name))
    if found is None or found == name:
        raise NotHeldError(f"No report {name} is held here", like)
    form = ".json" if wants_json(request) and request.path.endswith(".json") else ""
    query = f"?{request.query_string}" if request.query_string else ""
    return Response.redirect(datasette.urls.path(f"/-/report/{quote(found)}{tail}{form}{query}"))


def near(connection: sqlite3.Connection, name: str) -> list[str]:
    """The ids of up to three reports that a name which none has may have meant."""
    db = sqlite_utils.Database(connection, recursive_triggers=False)
    return nearest(db, name, misspelt=False)


def _meant(connection: sqlite3.Connection, name: str) -> tuple[str | None, list[str]]:
    db = sqlite_utils.Database(connection, recursive_triggers=False)
    try:
        found = named(db, name)
    except BadInputError:  # an address, which nothing is like
        return None, []
    return found, [] if found else nearest(db, name, misspelt=False)
