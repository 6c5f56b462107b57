"""The PostgreSQL of a cluster: the libraries that reach it (extra `cluster`), its connection
string, and the tables of its queue.

Where the database is and who may use it is libpq's: a connection string without a password, and
`PGPASSWORD` or a passfile.
"""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING, Any

from archive.errors import ArchiveError, BadInputError
from pipeline.run.cluster import shared_pace
from pipeline.run.cluster.queue import CONNECT_S, Queue

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# One transaction; two who come at the same time do not make a table twice.
_OWN_TABLES = """
SELECT pg_advisory_xact_lock(8214550);
CREATE TABLE IF NOT EXISTS isw_archive_numbers (id int PRIMARY KEY, last bigint NOT NULL);
INSERT INTO isw_archive_numbers VALUES (1, 0) ON CONFLICT DO NOTHING;
CREATE TABLE IF NOT EXISTS isw_archive_hosts (domain text PRIMARY KEY, until timestamptz NOT NULL);
CREATE TABLE IF NOT EXISTS isw_archive_questions (
    about text NOT NULL, since text NOT NULL, url text NOT NULL, role text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (about, since, url));
"""


@contextlib.asynccontextmanager
async def opened(conninfo: str) -> AsyncIterator[Queue]:
    """The queue in a PostgreSQL database, made where there is none.

    Args:
        conninfo: libpq's words, or a URL; no password.

    Raises:
        BadInputError: The extra is not installed, or a password stands in the words.
        ArchiveError: PostgreSQL does not answer, or refuses.
    """
    procrastinate, psycopg = libraries()
    require_no_password(psycopg, conninfo)
    connector = procrastinate.PsycopgConnector(
        conninfo=conninfo, kwargs={"connect_timeout": CONNECT_S}, timeout=CONNECT_S
    )
    app = procrastinate.App(connector=connector)
    try:
        # the pool would try again for half a minute
        async with await psycopg.AsyncConnection.connect(conninfo, connect_timeout=CONNECT_S):
            pass
        async with app.open_async():
            await _prepared(app)
            yield Queue(app)
    except (procrastinate.exceptions.ConnectorException, psycopg.Error) as error:
        cause = error.__cause__ or error
        said = str(cause).strip().split("\n", maxsplit=1)[0] or type(cause).__name__
        raise ArchiveError(
            f"queue: {said}; check that PostgreSQL runs, the setting queue, and PGPASSWORD"
        ) from error


def libraries() -> tuple[Any, Any]:
    """Procrastinate and psycopg.

    Raises:
        BadInputError: They are not installed.
    """
    # what goes wrong is said by us, in one line
    for name in ("procrastinate", "psycopg.pool"):
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    try:
        import procrastinate
        import psycopg
    except ImportError as error:
        raise BadInputError(
            "the queue needs what is not installed: pip install 'isw-archive[cluster]'"
        ) from error
    return procrastinate, psycopg


def require_no_password(psycopg: Any, conninfo: str) -> None:
    """Refuse what is no connection string, or holds a password.

    Raises:
        BadInputError: It is, or does.
    """
    try:
        words = psycopg.conninfo.conninfo_to_dict(conninfo)
    except psycopg.ProgrammingError as error:
        raise BadInputError(f"setting queue: no connection string; {error}".strip()) from None
    if words.get("password"):
        raise BadInputError("setting queue: holds a password; put that into PGPASSWORD alone")


async def _prepared(app: Any) -> None:
    """The tables, made once; several may try at the same time."""
    from procrastinate.exceptions import ConnectorException

    if not await app.check_connection_async():
        try:
            await app.schema_manager.apply_schema_async()
        except ConnectorException:
            if not await app.check_connection_async():
                raise
    await app.connector.execute_query_async(_OWN_TABLES + shared_pace.TABLE)
