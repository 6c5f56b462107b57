"""Mending a WARC file that a crash left torn."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.durable_writes import sync_folder, sync_written, write_all
from archive.errors import WarcError
from archive.warc.packing.origins import GZIP_MAGIC
from archive.warc.through import Wound, read_through

if TYPE_CHECKING:
    from typing import BinaryIO

_SNIFF_BYTES = 4096
_PIECE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class CutFile:
    """What became of a WARC file.

    Attributes:
        path: The file.
        length: Its bytes now; 0: nothing whole was in it, and it is gone.
        torn: Where the torn tail is now, or None when there was none.
        torn_bytes: How long that is.
        why: What was wrong with it.
        wounds: Damage before whole records, which no crash of ours makes. It stays where it is:
            nothing behind it moves, and the records around it are read by `read_through`.
    """

    path: Path
    length: int
    torn: Path | None = None
    torn_bytes: int = 0
    why: str | None = None
    wounds: tuple[Wound, ...] = ()


def cut_torn_tail(path: Path, indexed_length: int = 0) -> CutFile:
    """Move what a crash left of a record into a file beside it, and cut the WARC after its last
    whole record.

    Can be called again at any time, also after a crash within it. When it returns, the disk itself
    holds the file.

    Args:
        path: A gzip WARC of this project.
        indexed_length: Bytes known to be whole records, because they are indexed; only what follows
            is read.

    Raises:
        WarcError: The file is no WARC, cannot be written, or is being written by another process;
            it is left as it is.
    """
    path = Path(path)
    try:
        with path.open("rb+") as file:
            _hold(file, path)
            cut = _cut(path, indexed_length)
            sync_written(file)
        sync_folder(path.parent)
        return cut
    except OSError as error:
        raise WarcError(
            f"WARC {path} cannot be mended: {error_with_advice(error, path)}"
        ) from error


def _hold(file: BinaryIO, path: Path) -> None:
    """Make sure that nobody writes the file meanwhile."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise WarcError(
            f"WARC {path} is being written by another process; wait for it to end"
        ) from error


def _cut(path: Path, indexed_length: int) -> CutFile:
    size = path.stat().st_size
    if size == 0:
        path.unlink()
        return CutFile(path, 0)
    start = indexed_length if 0 < indexed_length <= size else 0
    wounds = _wounds(path, start)
    tail = wounds.pop() if wounds and wounds[-1].at_end else None
    if tail is None:
        return CutFile(path, size, wounds=tuple(wounds))
    torn = _keep_tail(path, tail.start)
    if tail.start:
        os.truncate(path, tail.start)
    else:
        path.unlink()
    return CutFile(path, tail.start, torn, size - tail.start, tail.why, tuple(wounds))


def _wounds(path: Path, start: int) -> list[Wound]:
    """What is damaged from `start` on; records that were read nevertheless stay where they are."""
    try:
        found = [item for item in read_through(path, start, large=True) if isinstance(item, Wound)]
    except WarcError:
        if not _may_be_ours(path):
            raise
        return [Wound(path, 0, path.stat().st_size, "no whole record", at_end=True)]
    return [replace(wound, at_end=wound.at_end and wound.record_id is None) for wound in found]


def _may_be_ours(path: Path) -> bool:
    """Whether a file without any record may be the first record of ours, torn: half of it, or
    zeros."""
    with path.open("rb") as file:
        start = file.read(_SNIFF_BYTES)
    return not start.strip(b"\x00") or start.startswith(GZIP_MAGIC)


def _keep_tail(path: Path, offset: int) -> Path:
    """Copy what follows `offset` into a file of its own, safe on disk."""
    for number in count():
        torn = path.with_name(f"{path.name}.torn{f'-{number}' if number else ''}")
        # what is there of it is from a run that was killed as it copied
        if not torn.exists() or _is_begun(torn, path, offset):
            _copy_tail(path, offset, torn)
            return torn
    raise AssertionError


def _is_begun(torn: Path, path: Path, offset: int) -> bool:
    """Whether a file has what follows `offset` in another, or the beginning of it."""
    with torn.open("rb") as copy, path.open("rb") as file:
        file.seek(offset)
        while piece := copy.read(_PIECE_BYTES):
            if file.read(len(piece)) != piece:
                return False
    return True


def _copy_tail(path: Path, offset: int, torn: Path) -> None:
    with path.open("rb") as file, torn.open("wb", buffering=0) as copy:
        file.seek(offset)
        try:
            while piece := file.read(_PIECE_BYTES):
                write_all(copy.write, piece)
            sync_written(copy)
        except OSError:
            torn.unlink()  # a full disk needs the room
            raise


def set_aside(path: Path) -> Path:
    """Rename a file that holds no record at all, so that it is in nobody's way; its new place.

    Raises:
        WarcError: It cannot be renamed.
    """
    aside = path.with_name(f"{path.name}.damaged")
    try:
        path.rename(aside)
        sync_folder(path.parent)
    except OSError as error:
        raise WarcError(
            f"WARC {path} cannot be set aside: {error_with_advice(error, path)}"
        ) from error
    return aside
