"""The file in which the checksums of a database are noted (`archive.db.at_rest` says what they are
for): a digest of all that follows, a line of JSON, then four bytes a page."""

from __future__ import annotations

import hashlib
import json
import os
from array import array
from typing import TYPE_CHECKING

from archive.db import committed
from archive.db.companions import COMMITTED, SUMS, beside
from archive.db.held_open import descriptor
from archive.db.page_sums import Sums
from archive.db.write_log import PAGE_BYTES
from archive.durable_writes import put, sync_folder

if TYPE_CHECKING:
    from pathlib import Path

_FORM = 2
_PAGE_SIZE_AT = 16  # https://www.sqlite.org/fileformat2.html#page_size
_LITESTREAM = "-litestream"
"""How its own folder beside a database ends: https://litestream.io/how-it-works/"""


def is_left_alone(path: Path) -> bool:
    """Whether the database is none of our business: Litestream folds its log, or another program
    made it with pages of another size."""
    real = path.resolve()
    if real.with_name(f".{real.name}{_LITESTREAM}").is_dir():
        return True
    try:
        size = os.pread(descriptor(real), 2, _PAGE_SIZE_AT)
    except FileNotFoundError:
        return False
    return len(size) == 2 and int.from_bytes(size, "big") != PAGE_BYTES


def read_sums(path: Path) -> Sums | None:
    """The checksums of a database, and what was committed since; None where none are noted, or
    none that this version can read."""
    content = sums_bytes(path)
    return None if content is None else with_committed(path, content)


def sums_bytes(path: Path) -> bytes | None:
    """The file as it is; None where there is none, or none is to be kept."""
    try:
        if is_left_alone(path):
            return None
        return beside(path, SUMS).read_bytes()
    except OSError:
        return None  # as if there were none: it is made anew by the next seal


def with_committed(path: Path, content: bytes) -> Sums | None:
    """What `sums_bytes` gave, with what was committed since; None where it is damaged itself, or
    another version's."""
    sums = _parsed(content)
    if sums is not None:
        sums.committed = committed.noted(beside(path, COMMITTED))
    return sums


def _parsed(content: bytes) -> Sums | None:
    digest, _, rest = content.partition(b"\n")
    if digest != _digest(rest):
        return None
    head, _, body = rest.partition(b"\n")
    try:
        told = json.loads(head)
        if (told["form"], told["piece"]) != (_FORM, PAGE_BYTES):
            return None
        return Sums(
            array("I", body),
            dict(told["open"]),
            log=told["log"],
            damaged=set(told["damaged"]),
            unlike=told["unlike"],
        )
    except (ValueError, KeyError, TypeError):
        return None


def write_sums(path: Path, sums: Sums, *, named: bool = True) -> None:
    """Write the checksums down.

    Args:
        path: The database.
        sums: Of all its pages.
        named: As `archive.durable_writes.put` has it.

    Raises:
        OSError: The disk does not take them.
    """
    told = {
        "form": _FORM,
        "piece": PAGE_BYTES,
        "open": sorted(sums.open.items()),
        "log": sums.log,
        "damaged": sorted(sums.damaged),
        "unlike": sums.unlike,
    }
    content = json.dumps(told).encode() + b"\n" + sums.pages.tobytes()
    put(beside(path, SUMS), _digest(content) + b"\n" + content, named=named)


def keep_sums(path: Path, sums: Sums, *, named: bool = True) -> bool:
    """Write the checksums down, as `write_sums`, and say whether the disk took them."""
    try:
        write_sums(path, sums, named=named)
    except OSError:
        return False
    return True


def remove_sums(path: Path) -> None:
    """Remove the checksums, and what was noted since; a power cut does not bring them back.

    Raises:
        OSError: The disk does not let them go.
    """
    remove_committed(path)
    note = beside(path, SUMS)
    if note.exists():
        note.unlink()
        sync_folder(note.parent)


def remove_committed(path: Path) -> None:
    """Remove what was noted since the log was folded in last: the checksums hold it by now."""
    beside(path, COMMITTED).unlink(missing_ok=True)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
