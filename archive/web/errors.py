"""What went wrong, as a plain page; what is our fault is logged as well."""

from __future__ import annotations

import errno
import json
import logging
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import datasette as datasette_package
from datasette.utils.asgi import BadRequest, Base400
from datasette.views.base import DatasetteError
from markupsafe import Markup

from archive.web.answering import refusal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    Answering = Callable[[], Awaitable[Response]]

logger = logging.getLogger(__name__)

_DATASETTE = Path(datasette_package.__file__).parent

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
_NULL = "null character"
"""In the words of Python's sqlite3 where a question has one (%00), as the name of a column."""
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


def mind_asked(request: Request) -> None:
    """Refuse a `_through` or `_facet` that datasette 0.65 would stumble over half-way: JSON, but
    not what it must name.

    Raises:
        BadRequest: It is no object with texts or numbers for table, column and value; or with a
            text for the column.
        json.JSONDecodeError: It is no JSON.
    """
    for text in request.args.getlist("_through"):
        asked = json.loads(text)
        named = [asked.get(name) for name in _THROUGH] if isinstance(asked, dict) else [None]
        if not all(isinstance(one, str | int) for one in named):
            raise BadRequest("_through names a table, a column and a value")
    facets = (name for name in request.args if name.startswith("_facet"))
    for text in (text for name in facets for text in request.args.getlist(name)):
        config = json.loads(text) if text.startswith("{") else {"simple": text}
        if not isinstance(config.get("simple"), str) or "\0" in config["simple"]:
            raise BadRequest("_facet names a column")


_THROUGH = ("table", "column", "value")


def answering(datasette: Datasette, request: Request, exception: Exception) -> Answering:
    """The response to a request that ended in this exception."""

    async def answer() -> Response:
        blamed = BadRequest(_UNREAD) if _is_about_what_was_asked(exception) else exception
        status, message, title = _explanation(blamed)
        if isinstance(exception, AssertionError) and request.method not in _READING:
            # datasette asserts that only questions are posted to
            status, message, title = 405, "This is only to be read.", "Not allowed"
        if status >= 500:
            logger.error("%s: %s", request.path, exception, exc_info=exception)
        told = {"status": status, "title": title, "error": message}
        in_json = request.path.split("?")[0].endswith(".json")
        return await refusal(datasette, request, told, in_json=in_json)

    return answer


_OURS = (
    "The answer could not be made. Try it again; if it stays so, tell who runs this archive: "
    "the log of its server says why."
)
_UNREAD = "An argument of this address (behind the question mark) is not what it has to be."


def _is_about_what_was_asked(exception: Exception) -> bool:
    """Whether datasette 0.65 stumbled over an argument: it takes numbers and JSON as they come.

    Told by where it was raised: in datasette's own code, not in ours nor in a library.
    """
    if not isinstance(exception, ValueError | LookupError | TypeError):
        return False
    trace = exception.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and Path(trace.tb_frame.f_code.co_filename).is_relative_to(_DATASETTE)


def _explanation(exception: Exception) -> tuple[int, Any, str]:
    """Status, message, title."""
    status, message, title = 500, _OURS, None
    if isinstance(exception, Base400):
        status, message = exception.status, str(exception.args[0] if exception.args else "")
    elif isinstance(exception, DatasetteError):
        # one without a status is about what was asked for all the same, such as a column to sort by
        status = 400 if exception.status == 500 else exception.status
        message = Markup(exception.message) if exception.message_is_html else exception.message  # noqa: S704 - datasette's own
        title = exception.title
    elif isinstance(exception, json.JSONDecodeError | sqlite3.DataError):
        status, message = 400, str(exception)
    elif isinstance(exception, OSError) and exception.errno == errno.ENAMETOOLONG:
        status, message = 404, "404"  # a static file of such a name there cannot be
    elif isinstance(exception, sqlite3.ProgrammingError) and _NULL in str(exception):
        status, message = 400, _UNREAD
    elif isinstance(exception, sqlite3.ProgrammingError) and _UNBOUND in str(exception):
        status, message = 404, "Record not found"
    if str(message).startswith("no such table: "):
        status, message, title = 404, "Table not found", None
    message = _PLAIN.get(str(message), message)
    return status, message, title or _TITLES.get(status, f"Error {status}")
