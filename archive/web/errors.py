"""What went wrong, as a plain page; what is our fault is logged as well."""

from __future__ import annotations

import json
import logging
import sqlite3
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import BadRequest, Base400, Response
from datasette.views.base import DatasetteError
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    Answering = Callable[[], Awaitable[Response]]

_log = logging.getLogger(__name__)

_PLAIN = {
    "404": "There is no page at this address.",
    "Database not found": "There is no page at this address.",
    "Table not found": "There is no table or question of this name.",
    "Record not found": "There is no row of this key.",
    "string or blob too big": "This would be larger than is allowed here.",
}
_UNBOUND = "did not supply a value for binding"
"""SQLite's words where a row's address has fewer parts than its key: datasette binds what is there,
and our own statements are bound whole."""
_TITLES = {400: "Not understood", 403: "Not allowed", 404: "Not here", 500: "Something went wrong"}

_READING = frozenset({"GET", "HEAD"})

LONGEST_VALUE = 64 * 1024 * 1024
"""Bytes of a value that a question may make or read; more than any page kept. SQLite looks at the
time limit between steps only, and making a longer one is a single step."""
LONGEST_PATTERN = 500
"""Characters of a LIKE or GLOB; matching a long one is a single step, too."""


def limit(connection: sqlite3.Connection) -> None:
    """Keep single steps of a question short, so that its time limit holds."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, LONGEST_PATTERN)


def mind_through(request: Request) -> None:
    """Refuse a `_through` that datasette 0.65 would stumble over: JSON, but not what it must name.

    Raises:
        BadRequest: It is no object with texts or numbers for table, column and value.
        json.JSONDecodeError: It is no JSON.
    """
    for text in request.args.getlist("_through"):
        asked = json.loads(text)
        named = [asked.get(name) for name in _THROUGH] if isinstance(asked, dict) else [None]
        if not all(isinstance(one, str | int) for one in named):
            raise BadRequest("_through names a table, a column and a value")


_THROUGH = ("table", "column", "value")


def answering(datasette: Datasette, request: Request, exception: Exception) -> Answering:
    """What answers a request that ended so."""

    async def answer() -> Response:
        limit_asked = request.args.get("_timelimit") or "0"
        unread = isinstance(exception, ValueError) and not limit_asked.isdecimal()
        blamed = BadRequest("_timelimit is a number of milliseconds") if unread else exception
        status, message, title = _said(blamed)
        if isinstance(exception, AssertionError) and request.method not in _READING:
            # datasette asserts that only questions are posted to
            status, message, title = 405, "This is only to be read.", "Not allowed"
        if status >= 500:
            _log.error("%s: %s", request.path, exception, exc_info=exception)
        if request.path.split("?")[0].endswith(".json"):
            told = {"ok": False, "error": str(message), "status": status, "title": title}
            return Response.json(told, status=status)
        shown = {"status": status, "title": title, "error": message}
        html = await datasette.render_template("error.html", shown, request=request)
        return Response.html(html, status=status)

    return answer


def _said(exception: Exception) -> tuple[int, Any, str]:
    """Status, message, title."""
    status, message, title = 500, "The answer could not be made; the log says why.", None
    if isinstance(exception, Base400):
        status, message = exception.status, str(exception.args[0] if exception.args else "")
    elif isinstance(exception, DatasetteError):
        # one without a status is about what was asked for all the same, such as a column to sort by
        status = 400 if exception.status == 500 else exception.status
        message = Markup(exception.message) if exception.message_is_html else exception.message  # noqa: S704 - datasette's own
        title = exception.title
    elif isinstance(exception, json.JSONDecodeError | sqlite3.DataError):
        status, message = 400, str(exception)
    elif isinstance(exception, sqlite3.ProgrammingError) and _UNBOUND in str(exception):
        status, message = 404, "Record not found"
    if str(message).startswith("no such table: "):
        status, message, title = 404, "Table not found", None
    message = _PLAIN.get(str(message), message)
    return status, message, title or _TITLES.get(status, f"Error {status}")
