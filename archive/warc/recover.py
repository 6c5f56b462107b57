"""Mending a WARC file that a crash left torn."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import TornRecordError, WarcError
from archive.warc.reader import iter_locations
from archive.warc.source import GZIP_MAGIC

if TYPE_CHECKING:
    from collections.abc import Iterator

# A gzip member as this project writes it: deflate, no flags.
_MEMBER_START = GZIP_MAGIC + b"\x08\x00"
_COPY_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Healed:
    """What became of a WARC file.

    Attributes:
        path: The file.
        length: Its bytes now; 0: nothing whole was in it, and it is gone.
        torn: Where the torn tail is now, or None when there was none.
        torn_bytes: How long that is.
    """

    path: Path
    length: int
    torn: Path | None = None
    torn_bytes: int = 0


def heal(path: Path, indexed_length: int = 0) -> Healed:
    """Move what a crash left of a record into a file beside it, and cut the WARC after its last whole record.

    Can be called again at any time, also after a crash within it. Not for a file that is being written.

    Args:
        path: A gzip WARC of this project.
        indexed_length: Bytes known to be whole records, because they are indexed; only what follows is read.

    Raises:
        WarcError: The file is no WARC, cannot be written, or is damaged before whole records, which a crash
            cannot do; it is left as it is.
    """
    path = Path(path)
    try:
        return _heal(path, indexed_length)
    except OSError as error:
        raise WarcError(
            f"WARC {path} cannot be mended: {error.strerror}; check the folder's rights and the disk's room"
        ) from error


def _heal(path: Path, indexed_length: int) -> Healed:
    size = path.stat().st_size
    if size == 0:
        path.unlink()
        return Healed(path, 0)
    start = indexed_length if 0 < indexed_length <= size else 0
    whole, problem = _whole_length(path, start)
    if problem is None:
        return Healed(path, size)
    if not isinstance(problem, TornRecordError):
        _check_is_tail(path, whole, problem)
    torn = _keep_tail(path, whole)
    if whole:
        os.truncate(path, whole)
    else:
        path.unlink()
    _sync_folder(path.parent)
    return Healed(path, whole, torn, size - whole)


def _whole_length(path: Path, start: int) -> tuple[int, WarcError | None]:
    """Where the last whole record ends, and what was wrong after it."""
    end = start
    try:
        for location in iter_locations(path, start):
            end = location.offset + location.length
    except WarcError as error:
        return end, error
    return end, None


def _check_is_tail(path: Path, offset: int, problem: WarcError) -> None:
    """Make sure that nothing whole follows `offset`: a crash leaves zeros or half a record, and only at the end."""
    with path.open("rb") as file:
        file.seek(offset)
        starts_ours = file.read(len(_MEMBER_START))
    if offset == 0 and starts_ours.strip(b"\x00") and not starts_ours.startswith(GZIP_MAGIC):
        raise problem
    for candidate in _member_starts(path, offset + 1):
        try:
            found = next(iter_locations(path, candidate), None)
        except WarcError:
            continue
        if found is not None:
            raise WarcError(
                f"WARC {path} is damaged at byte {offset}, and whole records follow at byte {candidate}; "
                "restore it from a backup"
            ) from problem


def _member_starts(path: Path, offset: int) -> Iterator[int]:
    """Places from `offset` on that look like the beginning of a gzip member."""
    overlap = len(_MEMBER_START) - 1
    with path.open("rb") as file:
        while True:
            file.seek(offset)
            piece = file.read(_COPY_BYTES)
            position = piece.find(_MEMBER_START)
            while position >= 0:
                yield offset + position
                position = piece.find(_MEMBER_START, position + 1)
            if len(piece) < _COPY_BYTES:
                return
            offset += len(piece) - overlap


def _keep_tail(path: Path, offset: int) -> Path:
    """Copy what follows `offset` into a file of its own, safe on disk."""
    with path.open("rb") as file:
        file.seek(offset)
        tail = file.read()
    number = 0
    while True:
        torn = path.with_name(f"{path.name}.torn{f'-{number}' if number else ''}")
        try:
            with torn.open("xb") as copy:
                copy.write(tail)
                copy.flush()
                os.fsync(copy.fileno())
        except FileExistsError:
            # From a run that crashed after copying, or from an earlier crash.
            if torn.read_bytes() == tail:
                return torn
            number += 1
        else:
            return torn


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
