"""The number of a table's rows that a filter leaves, on its page: from what is kept, or counted no
longer than somebody waits for it. Without it the page says no number.

As data they are counted as ever.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from datasette.database import QueryInterrupted

from archive.show.kept_count import kept_count
from archive.web.described import our_databases

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from datasette.app import Datasette
    from datasette.database import Database

    from archive.web.headers import App, Receive, Send

COUNTING_MS = 100
"""A total is worth this much waiting, as a facet is (`archive.web.serve`)."""
_COUNT = re.compile(r"select count\(\*\) from ")
_PAGE = re.compile(r"/([^/.]+)/[^/.]+$")


@dataclass(slots=True)
class _Counting:
    """A page of a table that is being made.

    Attributes:
        given_up: Its rows were not counted in time. A facet reads the same rows, and more of them,
            so that it would not be counted in time either.
    """

    given_up: bool = False


_COUNTING: ContextVar[_Counting | None] = ContextVar("counting", default=None)


def count_within_bounds(database: Database) -> None:
    """Let datasette count the rows of a filtered table of ours so."""
    execute = database.execute

    async def bounded(sql: str, *given: Any, **named: Any) -> Any:
        counting = _COUNTING.get()
        if not _COUNT.match(sql):
            if counting is not None and counting.given_up and named.get("custom_time_limit"):
                raise QueryInterrupted(None, sql, given)
            return await execute(sql, *given, **named)
        if counting is not None:
            named.setdefault("custom_time_limit", COUNTING_MS)
        try:
            return await execute(kept_count(sql), *given, **named)
        except QueryInterrupted:
            if counting is not None:
                counting.given_up = True
            raise

    # HACK: datasette 0.65 has no hook for it
    setattr(database, "execute", bounded)  # noqa: B010 - a method of another's


def on_pages(app: App, datasette: Datasette) -> App:
    """`app`, whose pages of tables are known as such while they are made."""

    async def wrapped(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        found = _PAGE.search(scope["path"]) if scope["type"] == "http" else None
        if found is None or found[1] not in our_databases(datasette):
            await app(scope, receive, send)
            return
        token = _COUNTING.set(_Counting())
        try:
            await app(scope, receive, send)
        finally:
            _COUNTING.reset(token)

    return wrapped
