"""Sees that the database file was replaced (`rebuild` and `restore` do), and has datasette open the
new one."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette import database as datasette_database

from archive.web.described import our_databases

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from datasette.app import Datasette
    from datasette.database import Database

    from archive.web.headers import App, Receive, Send


def reopening_replaced(app: App, datasette: Datasette) -> App:
    """`app`, which looks before each request whether the files that it shows are still those it has
    open."""
    opened: dict[str, tuple[int, int]] = {}

    async def wrapped(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            for name in our_databases(datasette):
                _follow(datasette.databases[name], opened)
        await app(scope, receive, send)

    return wrapped


def _follow(database: Database, opened: dict[str, tuple[int, int]]) -> None:
    if database.path is None:
        return
    try:
        found = Path(database.path).stat()
    except OSError:
        return  # between two files; or gone, which the next query says
    now = (found.st_dev, found.st_ino)
    if opened.setdefault(str(database.path), now) != now:
        opened[str(database.path)] = now
        _reopen(database)


def _reopen(database: Database) -> None:
    """Have every thread open the file anew.

    HACK: datasette keeps each thread's connections by the name of the database, in a variable of
    its module, for good (0.65, `datasette/database.py`). A query under way ends on the old file,
    which is closed when nothing holds it any more. To be removed when a database can be closed and
    added again under its name.
    """
    datasette_database.connections = threading.local()
    database._all_file_connections.clear()  # noqa: SLF001 - see above
    database._cached_table_counts = None  # noqa: SLF001
