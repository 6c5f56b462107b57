"""Captures that are withheld: their pages answer 451 (RFC 7725), and lists are without them.

While anything is withheld, datasette answers no SQL of visitors and gives no copy of the database:
both would show it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from datasette.filters import FilterArguments
from datasette.utils.asgi import Response

from archive.show.withheld import HIDDEN, any_withheld, withheld_reason
from archive.web.described import DESCRIBED_NAME, description, our_databases

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from datasette.app import Datasette
    from datasette.database import Database

    from archive.web.headers import App, Receive, Send

STATUS = 451
_ROW = re.compile(r"/([^/]+)/(captures|texts|versions|notes)/(\d{1,19})(?:\.\w+)?$")
_DATA = re.compile(r"/([^/.]+)/([^/.]+)\.(?!csv$)\w+$")
"""The answer of a question as datasette gives it, which knows of nothing withheld."""
_ACTIONS = frozenset({"execute-sql", "view-database-download"})


async def without_withheld(
    datasette: Datasette, database: str, table: str
) -> FilterArguments | None:
    """What keeps withheld captures out of a table's page."""
    if database not in our_databases(datasette) or table not in HIDDEN:
        return None
    if not await datasette.databases[database].execute_fn(any_withheld):
        return None
    column, values = HIDDEN[table]
    return FilterArguments([f'"{column}" NOT IN ({values})'])


async def is_allowed(datasette: Datasette, action: str, resource: Any) -> bool | None:
    """False for what would show all of a database in which something is withheld; None: as ever."""
    name = resource[0] if isinstance(resource, (tuple, list)) else resource
    if action not in _ACTIONS or name not in our_databases(datasette):
        return None
    return False if await datasette.databases[name].execute_fn(any_withheld) else None


def withholding(app: App, datasette: Datasette) -> App:
    """`app`, whose pages of single rows answer 451 where these are withheld."""

    async def wrapped(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        said = await _refused(path, datasette)
        if said is None:
            await app(scope, receive, send)
        else:
            await Response.text(f"{said}\n", status=STATUS).asgi_send(send)

    return wrapped


async def _refused(path: str, datasette: Datasette) -> str | None:
    """What is said in place of an answer; None: it is given."""
    found = _ROW.search(path) or _DATA.fullmatch(path)
    database = our_databases(datasette).get(found[1]) if found else None
    if found is None or database is None:
        return None
    if found.re is _ROW:
        return "This capture is withheld." if await _is_hidden(database, found) else None
    questions = description()["databases"][DESCRIBED_NAME]["queries"]
    if found[2] in questions and await database.execute_fn(any_withheld):
        return "While something is withheld, questions are answered as pages and as CSV only."
    return None


async def _is_hidden(database: Database, found: re.Match[str]) -> bool:
    number = int(found[3])
    if number >= 2**63:
        return False
    return await database.execute_fn(lambda db: withheld_reason(db, found[2], number)) is not None
