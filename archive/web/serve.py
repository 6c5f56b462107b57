"""`isw-archive serve`: datasette over the data folder, read-only; sees what is written."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.db.database import open_readonly
from archive.db.file_access import is_frozen, is_on_read_only_disk, may_write
from archive.errors import ArchiveError, BadInputError
from archive.web.bounded_counts import count_within_bounds
from archive.web.headers import PLUGIN
from archive.web.others_folder import follow
from archive.web.table_counts import count_cheaply

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import FrameType

    import uvicorn
    from datasette.app import Datasette

    from archive.dossier.sign import Signing
    from archive.folder import DataFolder

SETTINGS: dict[str, int | bool] = {
    # A question over half a million citations takes 1 to 2 seconds on a small machine; the default
    # is 1 second.
    "sql_time_limit_ms": 5_000,
    # A facet is a help; one that takes longer is left out, and the page says so.
    "facet_time_limit_ms": 100,
    # Facets that an index counts are named in metadata.yaml; suggesting others costs every table
    # page 50 ms a column.
    "suggest_facets": False,
    "default_page_size": 50,
    # A copy of a file that is being written is torn; `isw-archive backup` makes a whole one.
    "allow_download": False,
    # Collecting goes on behind the pages: no browser should show what was.
    "default_cache_ttl": 0,
    "cache_size_kb": 32_000,
}

GOODBYE_S = 3
"""Seconds that requests under way get to end; a query ends after `sql_time_limit_ms`, the client is
gone by then."""

BACKLOG = 128
"""Connections the kernel holds while the server starts; uvicorn's own number is larger than most
kernels allow."""


@dataclass(frozen=True, slots=True)
class Writing:
    """Who may write notes and requests.

    Attributes:
        allowed: Ids of actors, as plugins of datasette name them, besides `root`.
    """

    allowed: tuple[str, ...] = ()


def serve(
    folder: DataFolder,
    host: str,
    port: int,
    writing: Writing | None = None,
    sign_key: Path | None = None,
) -> None:
    """Browse the archive until Ctrl-C or SIGTERM.

    Args:
        folder: The data folder; its database must exist.
        host: Address to listen on.
        port: Port to listen on; 0 for any free one. Which one it is, is printed.
        writing: Who may write; None: nobody.
        sign_key: PEM of the secret key that signs dossiers; None: they are not signed.

    Raises:
        DataFolderError: The database is not there, or not ours.
        BadInputError: There is no such address here, or the key is none.
        ArchiveError: The port is taken, or may not be used.
    """
    folder.require()
    open_readonly(folder.database).close()
    signing = None
    if sign_key is not None:
        from archive.dossier import sign

        signing = sign.signing(sign_key)
    with _listening(host, port) as listener, _ended_by_signal():
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}/"
        served = make_datasette(folder, writing, signing)
        asyncio.run(_run(served, listener, address, is_writable=writing is not None))


async def _run(
    datasette: Datasette, listener: socket.socket, address: str, *, is_writable: bool
) -> None:
    await datasette.invoke_startup()
    print(f"serving {address} (Ctrl-C ends it)", flush=True)  # noqa: T201 - the command's answer
    if is_writable:
        # datasette's own, as its --root prints it
        token = f"{address}-/auth-token?token={datasette._root_token}"  # noqa: SLF001 - as its own command does
        print(f"to write, open once: {token}", flush=True)  # noqa: T201 - the same
    await _server(datasette).serve(sockets=[listener])


def make_datasette(
    folder: DataFolder, writing: Writing | None = None, signing: Signing | None = None
) -> Datasette:
    """Datasette over the archive, with its settings, who may write, and what signs dossiers.

    Immutable only on a read-only disk, so that live writes are seen.
    """
    # The order matters: were handle_exception imported first, it would import the plugins, and they
    # would register it before it has its hook; every error would then be a 500 without a word.
    from datasette.app import Datasette  # isort: skip
    from datasette import handle_exception  # isort: skip

    # HACK: where rich is installed (by anything), datasette 0.65 prints every "not found" with all
    # local variables into the log, before it answers; `show_locals=True` in its handle_exception.
    handle_exception.rich = None
    shown = [str(folder.database)]
    frozen = is_on_read_only_disk(folder.database) and is_frozen(folder.database)
    config = {"writable": writing is not None, "allow": list(writing.allowed if writing else ())}
    datasette = Datasette(
        [] if frozen else shown,
        immutables=shown if frozen else [],
        settings=dict(SETTINGS),
        metadata={"plugins": {PLUGIN: config}},
    )
    if not frozen:
        database = datasette.get_database(folder.database.stem)
        count_cheaply(database)
        count_within_bounds(database)
        if not may_write(folder.database):
            follow(database, datasette)
    if signing is not None:
        from archive.web.dossier import SIGNING

        SIGNING[datasette] = signing
    return datasette


def _server(datasette: Datasette) -> uvicorn.Server:
    import uvicorn

    config = uvicorn.Config(
        datasette.app(),
        log_level="warning",
        lifespan="on",
        server_header=False,
        timeout_graceful_shutdown=GOODBYE_S,
    )
    return uvicorn.Server(config)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens.

    Made before the server, so that its port is known and nobody else can take it.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise BadInputError(f"serve: {host}: no such address here; try --host 127.0.0.1") from error
    with socket.socket(family, kind) as listener:
        # A port left by the last run is free again at once; on Linux this never takes one that is
        # in use.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
            listener.listen(BACKLOG)
        except OSError as error:
            raise ArchiveError(
                f"serve: {host} port {port}: {error.strerror}; choose another with --port (0: any "
                "free one)"
            ) from error
        yield listener


@contextmanager
def _ended_by_signal() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the server as usual: both are how it is meant to end.

    Uvicorn handles them while it serves, and raises them again when it has ended.
    """
    signals = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, _leave) for number in signals}
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(number: int, frame: FrameType | None) -> None:
    del number, frame
    sys.exit(0)
