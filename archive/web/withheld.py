"""Captures that are withheld: their pages answer 451 (RFC 7725), and lists are without them.

While anything is withheld, datasette answers no SQL of visitors and gives no copy of the database: both would show it.
"""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any

from datasette.filters import FilterArguments
from datasette.utils.asgi import Response

from archive.web.described import our_databases

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from datasette.app import Datasette
    from datasette.database import Database

    from archive.web.headers import App, Receive, Send

STATUS = 451
_CAPTURES = """
SELECT captures.id FROM captures JOIN withheld ON withheld.record_id IN (captures.record_id, captures.revisit_of)
"""
_TEXTS = f"""
SELECT text_id FROM captures WHERE text_id IS NOT NULL
GROUP BY text_id HAVING sum(captures.id NOT IN ({_CAPTURES})) = 0
"""  # noqa: S608 - our words
_HIDDEN = {
    "captures": ("id", _CAPTURES),
    "texts": ("id", _TEXTS),
    "versions": ("id", _CAPTURES),
    **dict.fromkeys(("notes", "citations", "markers", "figures"), ("version_id", _CAPTURES)),
    **dict.fromkeys(("hops", "failures", "attachments"), ("capture_id", _CAPTURES)),
    "text_links": ("text_id", _TEXTS),
}
"""Tables with something of captures in them: the column that tells, and which values are hidden."""
_ROW = re.compile(r"/([^/]+)/(captures|texts|versions|notes)/(\d{1,19})(?:\.\w+)?$")
_ACTIONS = frozenset({"execute-sql", "view-database-download"})


class WithheldError(Exception):
    """What was asked for is withheld; the message says why."""


def require_shown(connection: sqlite3.Connection, capture: int) -> None:
    """Let pass what is not withheld.

    Raises:
        WithheldError: It is.
    """
    reason = _reason(connection, "captures", capture)
    if reason is not None:
        raise WithheldError(f"Capture {capture} is withheld: {reason}")


def hidden(connection: sqlite3.Connection, captures: list[int]) -> set[int]:
    """Which of these captures are withheld."""
    return {one for one in captures if _reason(connection, "captures", one) is not None}


def _reason(connection: sqlite3.Connection, table: str, number: int) -> str | None:
    if not _any(connection):
        return None
    column, values = _HIDDEN[table]
    row = connection.execute(
        f'SELECT 1 FROM "{table}" WHERE id = ? AND {column} IN ({values})',  # noqa: S608 - names from above
        [number],
    ).fetchone()
    if row is None:
        return None
    told = connection.execute(
        "SELECT reason FROM withheld ORDER BY capture_id != ? LIMIT 1", [number]
    ).fetchone()
    return str(told[0]) if told else ""


def _any(connection: sqlite3.Connection) -> bool:
    try:
        return connection.execute("SELECT 1 FROM withheld LIMIT 1").fetchone() is not None
    except sqlite3.OperationalError:
        return False  # a database of an older version


async def without(datasette: Datasette, database: str, table: str) -> FilterArguments | None:
    """What keeps withheld captures out of a table's page."""
    if database not in our_databases(datasette) or table not in _HIDDEN:
        return None
    if not await datasette.databases[database].execute_fn(_any):
        return None
    column, values = _HIDDEN[table]
    return FilterArguments([f'"{column}" NOT IN ({values})'])


async def is_allowed(datasette: Datasette, action: str, resource: Any) -> bool | None:
    """False for what would show all of a database in which something is withheld; None: as ever."""
    name = resource[0] if isinstance(resource, (tuple, list)) else resource
    if action not in _ACTIONS or name not in our_databases(datasette):
        return None
    return False if await datasette.databases[name].execute_fn(_any) else None


def withholding(app: App, datasette: Datasette) -> App:
    """`app`, whose pages of single rows answer 451 where these are withheld."""

    async def wrapped(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        found = _ROW.search(scope["path"]) if scope["type"] == "http" else None
        database = our_databases(datasette).get(found[1]) if found else None
        if found is None or database is None or not await _is_hidden(database, found):
            await app(scope, receive, send)
            return
        await Response.text("This capture is withheld.\n", status=STATUS).asgi_send(send)

    return wrapped


async def _is_hidden(database: Database, found: re.Match[str]) -> bool:
    number = int(found[3])
    if number >= 2**63:
        return False
    return await database.execute_fn(lambda db: _reason(db, found[2], number)) is not None
