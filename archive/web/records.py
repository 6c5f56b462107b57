"""WARC records for the pages, read beside the event loop."""

from __future__ import annotations

import asyncio
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from datasette.utils.asgi import NotFound

from archive.errors import WarcError
from archive.show import reading
from archive.show.withheld import require_shown
from archive.warc.reader import MAX_RECORD_BYTES, read_at
from archive.web.answering import database_of, number_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

    from archive.warc.reader import WarcRecord

BODY_TYPES = frozenset({"response", "revisit", "resource"})
"""Records of a body; a fetch that nothing answered is a metadata record."""


async def read_record(database: Database, name: str, offset: int, max_bytes: int) -> WarcRecord:
    """A record of the WARC folder beside the database.

    Raises:
        WarcError: No such file or record there, or a name that is none of a file in that folder.
    """
    if PurePath(name).name != name or name in {"", ".", ".."} or "\0" in name:
        raise WarcError(f"{name!r} names no file of the WARC folder; run isw-archive rebuild")
    path = Path(str(database.path)).parent / "warc" / name
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, lambda: read_at(path, offset, max_bytes=max_bytes))


async def record_of_body(request: Request, datasette: Datasette) -> tuple[int, WarcRecord]:
    """The number of the capture that is asked for, and the record that holds its body.

    Raises:
        NotFound: No body of it is held here, or its record cannot be read.
        WithheldError: It is not to be shown.
    """
    database = await database_of(datasette, request)
    number = number_of(request.url_vars["capture"])
    place = await database.execute_fn(lambda db: reading.held_record(db, number))
    if place is None:
        raise NotFound(f"No body of capture {number} is held here")
    await database.execute_fn(lambda db: require_shown(db, number))
    try:
        record = await read_record(
            database, place["warc_file"], place["warc_offset"], MAX_RECORD_BYTES
        )
    except WarcError as error:
        raise NotFound(f"Capture {number}: {error}") from error
    return number, record
