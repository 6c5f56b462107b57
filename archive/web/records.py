"""WARC records for the pages, read beside the event loop."""

from __future__ import annotations

import asyncio
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from datasette.utils.asgi import NotFound

from archive.errors import WarcError
from archive.show import reading
from archive.show.withheld import require_shown
from archive.warc.reader import MAX_RECORD_BYTES, read_at, unreadable
from archive.web.answering import UnreadableError, database_of, folder_of, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

    from archive.show.reading import Row
    from archive.warc.reader import WarcRecord

_PIECE_BYTES = 1024 * 1024
BODY_TYPES = frozenset({"response", "revisit", "resource"})
"""Records of a body; a fetch that nothing answered is a metadata record."""


async def read_record(
    database: Database, name: str, offset: int, max_bytes: int, *, large: bool = False
) -> WarcRecord:
    """A record of the WARC folder beside the database; `large` as in `iter_records`.

    Raises:
        WarcError: No such file or record there, or a name that is none of a file in that folder.
    """
    path = _path(database, name)
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(
        None, lambda: read_at(path, offset, max_bytes=max_bytes, large=large)
    )


def _path(database: Database, name: str) -> Path:
    if PurePath(name).name != name or name in {"", ".", ".."} or "\0" in name:
        raise WarcError(f"{name!r} names no file of the WARC folder; run isw-archive rebuild")
    return folder_of(database).warcs / name


@dataclass(frozen=True, slots=True)
class PackedRecord:
    """The bytes of a record as they stand in its file, packed as they are there."""

    path: Path
    offset: int
    size: int

    def __len__(self) -> int:
        return self.size

    def pieces(self, start: int = 0) -> Iterator[bytes]:
        """The bytes from one place on; fewer where the file was cut meanwhile."""
        with self.path.open("rb") as file:
            file.seek(self.offset + start)
            left = self.size - start
            while left > 0 and (piece := file.read(min(left, _PIECE_BYTES))):
                left -= len(piece)
                yield piece


async def packed_record(database: Database, name: str, offset: int, length: int) -> PackedRecord:
    """A record as it stands in its file.

    Raises:
        WarcError: No such file, or it ends before.
    """
    path = _path(database, name)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise unreadable(path, error) from error
    if size < offset + length or not length:
        raise WarcError(f"WARC {path.name} has no {length} bytes at byte {offset}")
    return PackedRecord(path, offset, length)


async def capture_of(database: Database, number: int) -> Row:
    """A capture that may be shown, as `archive.show.reading.capture` gives it.

    Raises:
        NotFound: It is not held here.
        WithheldError: It is not to be shown.
    """
    found: Row | None = await database.execute_fn(lambda db: reading.capture(db, number))
    if found is None:
        raise NotFound(f"No capture {number} is held here")
    await database.execute_fn(lambda db: require_shown(db, number))
    return found


async def record_of_body(
    request: Request, datasette: Datasette, *, large: bool = False
) -> tuple[int, WarcRecord]:
    """The number of the capture that is asked for, and the record that holds its body; `large` as
    in `iter_records`.

    Raises:
        NotFound: No body of it is held here.
        UnreadableError: Its record is lost or damaged.
        WithheldError: It is not to be shown.
    """
    database = await database_of(datasette, request)
    number = number_of(request.url_vars["capture"])
    return number, await record_of(database, number, large=large)


async def record_of(database: Database, number: int, *, large: bool = False) -> WarcRecord:
    """The record that holds the body of a capture: its own, or the one that it repeats; `large` as
    in `iter_records`.

    Raises:
        NotFound: No body of it is held here.
        UnreadableError: Its record is lost or damaged.
        WithheldError: It is not to be shown.
    """
    place = await database.execute_fn(lambda db: reading.held_record(db, number))
    if place is None:
        raise NotFound(f"No body of capture {number} is held here")
    await database.execute_fn(lambda db: require_shown(db, number))
    with record_needed(number):
        return await read_record(
            database, place["warc_file"], place["warc_offset"], MAX_RECORD_BYTES, large=large
        )


@contextmanager
def record_needed(number: int) -> Iterator[None]:
    """Where nothing can be shown without the record of a capture.

    Raises:
        UnreadableError: It is lost or damaged.
    """
    try:
        yield
    except WarcError as error:
        # not the error's words: they name a path of ours to whoever asks
        if isinstance(error.__cause__, FileNotFoundError):
            what = "is lost: its WARC file is not there"
        else:
            what = "is damaged"
        raise UnreadableError(
            f"The record of capture {number} {what}. isw-archive verify says more, and "
            "isw-archive repair --from puts back what a copy has."
        ) from error


def told_of(database: Database, error: WarcError) -> str:
    """What is wrong with a record, without the folder that it should stand in."""
    return str(error).replace(f"{folder_of(database).warcs}{os.sep}", "")
