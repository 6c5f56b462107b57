"""Pages of the archive as it stood: `?as_of=` a day, or a time, on any page of ours."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import parse_qsl, urlencode

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import NotFound
from datasette.views.base import DatasetteError

from archive import clock
from archive.db.as_of import moment, require_past, show_as_of
from archive.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

_T = TypeVar("_T")

ARGUMENT = "as_of"
PATIENCE = 2
"""How many times as long as a question of the present one of the past may take, which counts anew
what is kept for the present."""
TOO_LONG = (
    "As of another day this takes longer than is allowed here, for all is counted anew. A report "
    "and a source take less, and so does this page as of now."
)


class PastDatabase:
    """A database of datasette's that is read as it stood; all else of it is as it is.

    Each question opens a connection of its own, since a view of the past lasts as long as its
    connection, and those of datasette are everybody's.
    """

    def __init__(self, datasette: Datasette, database: Database, at: str) -> None:
        """Of a database that is served, at a moment."""
        self._datasette = datasette
        self._database = database
        self.as_of = at

    def __getattr__(self, name: str) -> Any:
        """What the database is otherwise: its name, its path."""
        return getattr(self._database, name)

    async def execute_fn(self, reading: Callable[[sqlite3.Connection], _T]) -> _T:
        """What `reading` makes of the archive as it stood.

        Raises:
            DatasetteError: It takes longer than a look at the past may.
        """
        return await asyncio.to_thread(self._ask_as_of, reading)

    def _ask_as_of(self, reading: Callable[[sqlite3.Connection], _T]) -> _T:
        with closing(self._database.connect()) as connection:
            self._datasette._prepare_connection(connection, self._database.name)  # noqa: SLF001 - as it prepares its own; there is no public way in 0.65
            show_as_of(connection, self.as_of)
            limit_ms = PATIENCE * int(self._datasette.setting("sql_time_limit_ms"))
            try:
                with sqlite_timelimit(connection, limit_ms):
                    return reading(connection)
            except sqlite3.OperationalError as error:
                if "interrupted" not in str(error):
                    raise
                raise DatasetteError(
                    TOO_LONG, title="Too much to ask at once", status=400
                ) from error


def asked_moment(request: Request | None) -> str | None:
    """The moment as which the archive is asked for; None: the present.

    Raises:
        NotFound: What is given is none.
    """
    given = None if request is None else request.args.get(ARGUMENT)
    if not given:
        return None
    try:
        return require_past(moment(given), clock.now())
    except BadInputError as error:
        raise NotFound(str(error)) from error


def asked_rightly(request: Request | None) -> str | None:
    """As `asked_moment`, without a complaint about what is none: for what is on every page."""
    try:
        return asked_moment(request)
    except NotFound:
        return None


def as_it_is_now(request: Request) -> str:
    """The address of the same page as of now, with all else that was asked."""
    given = parse_qsl(request.query_string, keep_blank_values=True)
    kept = urlencode([(name, value) for name, value in given if name != ARGUMENT])
    return f"{request.path}?{kept}" if kept else str(request.path)


def as_of(database: Database) -> str | None:
    """The moment as which a database is read; None: the present."""
    at = database.__dict__.get(ARGUMENT)
    return None if at is None else str(at)


def as_asked(datasette: Datasette, request: Request | None, database: Database) -> Database:
    """The database, or what it was at the moment that is asked for.

    Raises:
        NotFound: That is none.
    """
    at = asked_moment(request)
    return database if at is None else cast("Database", PastDatabase(datasette, database, at))
