"""What one WARC file says, read ahead of who writes the database: by another process, or on another
machine.

Each file's readings stand in a file of their own, in the order of its records, named after the code
that read them (`reader_key`), so that none of another version is ever taken. A page that is not in
it, for what its reading rests on stands in another file or its worker was ended, is read by the
writer itself, as without readings.
"""

from __future__ import annotations

import contextlib
import gzip
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from archive.closing import Closing
from archive.errors import ArchiveError, WarcError
from pipeline.read.process import Limits, process
from pipeline.run.jobs.index import WINDOW, clock_ahead, final_records, on_time
from pipeline.run.packed import PackingError, pack, unpack
from pipeline.run.pool import WorkerPool
from pipeline.run.preloads import PAGES
from pipeline.run.readback import Readback
from pipeline.run.reader_key import reader_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlite_utils import Database

    from archive.model.fetch import Location
    from archive.model.understood import FetchedPage, Processed
    from archive.warc.reader import WarcRecord

FOLDER = "read"
"""In the data folder, while a rebuild is under way."""
LONGEST_LINE = 64_000_000
"""Characters of one page's reading; the longest text of a page has a few million."""
_LEVEL = 6
"""Of gzip: beside the reading itself it costs nothing."""


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """One file to be read.

    Attributes:
        path: The WARC file, where the reader sees it under the same name.
        size: Its bytes: a reader that sees another file says so.
        to: Where its readings go.
        key: Of the code that is to read it.
        limits: Bounds of the work on one page.
        timeout_s: Seconds for one page.
        preload: What the processes that read begin with.
    """

    path: str
    size: int
    to: str
    key: str
    limits: Limits
    timeout_s: float
    preload: tuple[str, ...] = PAGES


def asked_of(
    path: Path, folder: Path, limits: Limits, timeout_s: float, preload: Sequence[str] = PAGES
) -> ReadRequest:
    """What is asked about a WARC file.

    Args:
        path: Of the WARC file.
        folder: Where readings go.
        limits: Bounds of the work on one page.
        timeout_s: Seconds for one page.
        preload: What its processes begin with, as `WorkerPool` has it.
    """
    path, key = path.resolve(), reader_key(limits)
    to = folder.resolve() / f"{path.name}.{key}.gz"
    return ReadRequest(
        str(path), path.stat().st_size, str(to), key, limits, timeout_s, tuple(preload)
    )


# --- reading --------------------------------------------------------------------------------------


def read_file(asked: ReadRequest) -> int:
    """Read a WARC file's pages, each in a process that is ended where it takes too much; says how
    many readings there are.

    What an earlier one has read is not read again.

    Raises:
        ArchiveError: This is another version than the one that asks, or sees another file.
    """
    path, to = Path(asked.path), Path(asked.to)
    if reader_key(asked.limits) != asked.key:
        raise ArchiveError("another version of the program, or of a library, is installed there")
    if not path.is_file() or path.stat().st_size != asked.size:
        raise ArchiveError(f"{path.parent} is not seen there as it is here")
    if to.exists():
        return 0
    beside = to.with_name(f"{to.name}.{os.getpid()}.part")
    try:
        count = _write(asked, beside)
        beside.replace(to)
    finally:
        beside.unlink(missing_ok=True)
    return count


def _write(asked: ReadRequest, beside: Path) -> int:
    count = 0
    with (
        gzip.open(beside, "wt", encoding="utf-8", compresslevel=_LEVEL) as file,
        WorkerPool(1, asked.timeout_s, preload=asked.preload) as pool,
    ):
        places: list[Location] = []

        def tasks() -> Iterator[tuple[FetchedPage, Limits]]:
            for record, page in _pages(Path(asked.path)):
                places.append(record.location)
                yield page, asked.limits

        for read in pool.map_ordered(process, tasks(), WINDOW, lambda _task, _error: None):
            place = places.pop(0)
            if read is not None:
                # the writer has the page from the WARC file, and trusts nobody else with it
                bare = replace(read, page=cast("FetchedPage", None))
                file.write(f"{place.offset} {pack(bare)}\n")
                count += 1
    return count


def _pages(path: Path) -> Iterator[tuple[WarcRecord, FetchedPage]]:
    """The pages of a file that can be read without any other file."""
    # no database: what it would be asked for is left to the writer
    readback = Readback(cast("Database", None), path.parent)
    ahead = clock_ahead(path)
    for record in final_records(path):
        readback.places[record.record_id] = record.location
        if record.type == "revisit" and record.refers_to not in readback.places:
            continue
        with contextlib.suppress(WarcError):
            yield record, on_time(readback.page_of(record), ahead)


# --- taking ---------------------------------------------------------------------------------------


class Readings(Closing):
    """The readings of one WARC file, taken in the order of its records."""

    def __init__(self, path: Path | None) -> None:
        """Open them.

        Args:
            path: The file that `read_file` wrote; None: there are none.
        """
        self._path = path
        self._lines = self._opened() if path is not None else iter(())
        self._next = next(self._lines, None)
        self.taken = 0

    def close(self) -> None:
        """Read no further; the file is closed."""
        self._lines = iter(())

    def take(self, page: FetchedPage, location: Location) -> Processed | None:
        """What was read of a page; None: the writer has to."""
        while self._next is not None and self._next[0] < location.offset:
            self._next = next(self._lines, None)
        if self._next is None or self._next[0] != location.offset:
            return None
        text, self._next = self._next[1], next(self._lines, None)
        try:
            read = replace(unpack(text), page=page)
        except (PackingError, TypeError):
            return None
        self.taken += 1
        return cast("Processed", read)

    def _opened(self) -> Iterator[tuple[int, str]]:
        """Offsets and readings, as far as they can be had: a file that breaks off ends there."""
        assert self._path is not None
        with (
            contextlib.suppress(OSError, EOFError, ValueError),
            gzip.open(self._path, "rt", encoding="utf-8") as file,
        ):
            while line := file.readline(LONGEST_LINE):
                offset, _, text = line.partition(" ")
                yield int(offset), text


def remaining(folder: Path, keep: str | None = None) -> None:
    """Remove readings: all, or those of another version than `keep`."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name.endswith((".gz", ".part")) and (keep is None or f".{keep}." not in path.name):
            path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()


def told_of(error: BaseException) -> str:
    """Why a file could not be read ahead, in one line."""
    said = str(error).strip().split("\n")[0]
    return said or type(error).__name__
