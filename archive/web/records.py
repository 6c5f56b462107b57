"""WARC records for the pages, read beside the event loop."""

from __future__ import annotations

import asyncio
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from archive.errors import WarcError
from archive.warc.reader import read_at

if TYPE_CHECKING:
    from datasette.database import Database

    from archive.warc.reader import WarcRecord


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
