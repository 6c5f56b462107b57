"""An archive in a folder that whoever serves it may not write: its owner writes it meanwhile.

Without a log beside it SQLite can open such a database only as one that never changes, and of one
that does it reads half of the old and half of the new. So it is looked at before each question, and
opened anew where it changed; with a log, as any other.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.db.file_access import is_frozen, reading_uri

if TYPE_CHECKING:
    from collections.abc import Callable

    from datasette.app import Datasette
    from datasette.database import Database

State = tuple[bool, int, int, int]
"""Whether nobody can be writing now; which file it is then, its size and when it was written."""


def follow(database: Database, served: Datasette) -> None:
    """Have a database of datasette opened anew whenever its file changed."""
    path, held = Path(str(database.path)), threading.local()

    def connection() -> sqlite3.Connection:
        state = _state(path)
        if getattr(held, "state", None) != state:
            if (old := getattr(held, "connection", None)) is not None:
                old.close()
            held.connection = _opened(path, immutable=state[0])
            served._prepare_connection(held.connection, database.name)  # noqa: SLF001 - its own way
            held.state = state
        found: sqlite3.Connection = held.connection
        return found

    async def execute_fn(fn: Callable[[sqlite3.Connection], Any]) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(served.executor, lambda: fn(connection()))

    # HACK: datasette 0.65 opens a file once, for good
    setattr(database, "execute_fn", execute_fn)  # noqa: B010 - a method of another's


def _state(path: Path) -> State:
    if not is_frozen(path):
        return (False, path.stat().st_ino, 0, 0)
    found = path.stat()
    return (True, found.st_ino, found.st_size, found.st_mtime_ns)


def _opened(path: Path, *, immutable: bool) -> sqlite3.Connection:
    uri = reading_uri(path, immutable=immutable)
    return sqlite3.connect(uri, uri=True, check_same_thread=False)
