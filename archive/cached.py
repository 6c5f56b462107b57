"""What took long to work out and depends on nothing of an archive's, kept for the next process.

It is kept in a folder of the user's own, may be lost or damaged at any time, and is never synced:
what cannot be read whole, belongs to something else or is not ours alone to write counts as not
there. Contains no business logic.
"""

from __future__ import annotations

import os
import stat
import struct
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from isal import isal_zlib

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = "isw-archive"
MARK_BYTES = 32
"""A SHA-256 digest of what it was made of."""

_GZIP = 31  # with a header and a checksum of what was packed
_LEVEL = 1  # unpacks as fast as any; 68 MB of numbers become 9.8 MB, at level 3 9.1
_SIZES = struct.Struct("<QQ")
_COUNT = struct.Struct("<I")
_PARTS_AT_MOST = 64
_FREE_AT_LEAST = 1 << 30
"""Bytes free on its disk: where room is short it is wanted for captures."""
_DRAFT_S = 600.0
"""A draft that is older was left behind by a process that was ended."""
# the stubs of isal 1.9 declare an exception where there is a class of exceptions
_BROKEN = cast("type[Exception]", isal_zlib.error)


class _Unusable(Exception):
    """A file that does not hold what it should."""


def cached(name: str, mark: bytes) -> list[bytes] | None:
    """The parts that were kept; None where there is nothing of use.

    Args:
        name: What it is: the file's name.
        mark: A digest of what it is made of; what was made of something else is not there.
    """
    folder = _folder()
    if folder is None:
        return None
    with suppress(OSError, _BROKEN, _Unusable, struct.error):
        handle = os.open(folder / name, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(handle, "rb") as file:  # noqa: PTH123 - who may write it is asked of the open file
            if _is_ours(os.fstat(handle), stat.S_ISREG):
                return _parts(file.read(), mark)
    return None


def cache(name: str, mark: bytes, parts: Sequence[bytes | memoryview]) -> None:
    """Keep it, where that can be done.

    Args:
        name: As in `cached`, which gives the parts again.
        mark: Likewise.
        parts: Their bytes.
    """
    folder = _folder()
    if folder is None:
        return
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        room = os.statvfs(folder)
        if _is_ours(folder.stat(), stat.S_ISDIR) and room.f_bavail * room.f_frsize > _FREE_AT_LEAST:
            _put(folder / name, _packed(mark, parts))


def _folder() -> Path | None:
    """The folder for this user's cached files, as systemd says, or the XDG base directories, or the
    home folder."""
    given = os.environ.get("CACHE_DIRECTORY", "").partition(":")[0]
    if given:
        return Path(given)
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if not base.is_absolute():
        try:
            base = Path.home() / ".cache"
        except RuntimeError:  # a user without a home
            return None
    return base / FOLDER if base.is_absolute() else None


def _is_ours(seen: os.stat_result, kind: Any) -> bool:
    """Whether it is of this kind, and nobody else may write to it."""
    others = stat.S_IWGRP | stat.S_IWOTH
    return bool(kind(seen.st_mode)) and seen.st_uid == os.geteuid() and not seen.st_mode & others


def _put(path: Path, content: bytes) -> None:
    """Write it under its name, whole or cut off by the end of the machine.

    Raises:
        OSError: It cannot be written, or somebody else writes it.
    """
    draft = path.with_name(f"{path.name}.new")
    with suppress(FileNotFoundError):
        if draft.stat().st_mtime < time.time() - _DRAFT_S:
            draft.unlink()
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - only one may have made it
            file.write(content)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _packed(mark: bytes, parts: Sequence[bytes | memoryview]) -> bytes:
    wholes = [memoryview(part).cast("B") for part in parts]
    packed = [isal_zlib.compress(whole, _LEVEL, _GZIP) for whole in wholes]
    sizes = [_SIZES.pack(len(one), len(whole)) for one, whole in zip(packed, wholes, strict=True)]
    return b"".join((mark, _COUNT.pack(len(packed)), *sizes, *packed))


def _parts(content: bytes, mark: bytes) -> list[bytes]:
    """What was packed.

    Raises:
        _Unusable: It was made of something else, or is damaged.
        isal_zlib.error: It is damaged.
        struct.error: It is cut off.
    """
    if not content.startswith(mark) or len(mark) != MARK_BYTES:
        raise _Unusable
    (count,) = _COUNT.unpack_from(content, MARK_BYTES)
    if count > _PARTS_AT_MOST:
        raise _Unusable
    at = MARK_BYTES + _COUNT.size
    sizes = [_SIZES.unpack_from(content, at + number * _SIZES.size) for number in range(count)]
    at += count * _SIZES.size
    found = []
    for packed, whole in sizes:
        found.append(_unpacked(memoryview(content)[at : at + packed], whole))
        at += packed
    return found


def _unpacked(packed: memoryview, size: int) -> bytes:
    unpacker = isal_zlib.decompressobj(_GZIP)
    whole: bytes = unpacker.decompress(packed, size + 1)
    if len(whole) != size or not unpacker.eof or unpacker.unused_data:
        raise _Unusable
    return whole
