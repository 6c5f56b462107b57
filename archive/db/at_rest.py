"""What the database's file held when it was last written, piece by piece: a byte that changed since
is found, whatever SQLite thinks of it.

A checksum of each piece lies beside the database, as ledger and tail lie beside each other: a note
of the writer to itself, in no copy, worth nothing as evidence. SQLite changes the file only where
it folds in its write-ahead log, and the log names the pages. So each piece is compared before it is
written over, which costs what is written and not what is held; all others keep their checksum until
somebody reads the whole file: each command up to `AT_ONCE_BYTES`, `verify` and the fixity rounds
above.

Pieces that are about to change are noted as open before, so that a kill or a power cut in between
leaves none that would seem damaged; so are those in a log that could not be folded in whole, since
somebody reads it. Litestream folds the log in by itself: beside it nothing is noted. What was found
damaged stays noted until another file takes the database's place (`forget`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import struct
import zlib
from array import array
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.counted import counted
from archive.durable_writes import put, sync_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

PIECE_BYTES = 16_384
"""Four pages: a byte of checksum for 4 kB of database, and 1.5 MB of them for 6 GB."""
AT_ONCE_BYTES = 256_000_000
"""A smaller database is read whole, compared and sealed by each command that writes (CRC-32 takes
3 GB/s, SHA-256 1.4), a larger one by the first of each day."""
NAMED = 3
_FORM = 1
_BLOCK_PIECES = 64
_LOOKS = 3
# https://www.sqlite.org/fileformat2.html#walformat
_LOG_HEADER = struct.Struct(">8xI4x8s8x")
_FRAME_HEADER = struct.Struct(">I4x8s8x")
# https://www.sqlite.org/walformat.html#the_wal_index_file_format, `nBackfill`
_BACKFILL, _BACKFILL_AT = struct.Struct("=I"), 96
_LITESTREAM = "-litestream"
"""How its own folder beside a database ends: https://litestream.io/how-it-works/"""


@dataclass(slots=True)
class Sums:
    """What was noted.

    Attributes:
        pieces: CRC-32 of each piece, in their order.
        open: Numbers of pieces that were about to change; what they hold now is right.
        damaged: Numbers of pieces that were found otherwise than noted.
    """

    pieces: array[int] = field(default_factory=lambda: array("I"))
    open: set[int] = field(default_factory=set)
    damaged: set[int] = field(default_factory=set)

    def differing(self, found: Iterable[tuple[int, int]]) -> set[int]:
        """Numbers of pieces, of those given with their checksums, that are not as noted."""
        known = len(self.pieces)
        return {
            number
            for number, value in found
            if number < known and number not in self.open and self.pieces[number] != value
        }


@dataclass(slots=True)
class Log:
    """A write-ahead log.

    Attributes:
        pieces: Numbers of the pieces that its pages stand in; maybe of some more.
        folded: Of these, those of pages that may have been folded in already.
    """

    pieces: set[int] = field(default_factory=set)
    folded: set[int] = field(default_factory=set)


def is_kept(path: Path) -> bool:
    """Whether checksums of this database are noted."""
    return _load(path) is not None


def forget(path: Path) -> None:
    """Another file is about to take this one's place; whoever seals it notes its checksums."""
    note = _note_file(path)
    if note.exists():
        note.unlink()
        sync_folder(note.parent)


def let_go(path: Path) -> None:
    """Have no note from now on, since the file is about to change without one; as far as the disk
    lets it go. One that somebody else can read, or another version, would call the change damage.
    """
    with contextlib.suppress(OSError):
        forget(path)


@contextmanager
def folding(path: Path) -> Iterator[None]:
    """Around whatever lets SQLite fold its log into the file: what is written over is compared
    before, and noted anew after. The caller holds the archive, and no transaction is open.

    Where the disk does not take the note there is none from then on, unless it tells of damage.
    """
    sums, log = _load(path), _log_of(path)
    if sums is None:
        let_go(path)
    if sums is None or not (sums.open or log.pieces):
        yield
        return
    known = (n for n in log.pieces - log.folded if n < len(sums.pieces))
    sums.damaged |= sums.differing(_summed(path, known))
    sums.open |= log.pieces
    if not _keep(path, sums) and not sums.damaged:
        let_go(path)
        yield
        return
    yield
    _note_anew(path, sums)


def _note_anew(path: Path, sums: Sums) -> None:
    count = _count(path)
    before = len(sums.pieces)
    del sums.pieces[count:]
    sums.pieces.extend([0] * (count - before))
    numbers = {number for number in sums.open if number < count} | set(range(before, count))
    for number, value in _summed(path, numbers):
        sums.pieces[number] = value
    sums.open = _log_of(path).pieces
    _keep(path, sums, named=False)  # the one before says the same, and that these are open


def whole(path: Path) -> tuple[str, str | None]:
    """SHA-256 of the file, whose log is folded in, and what of it is damaged: on the way each piece
    is compared, and noted where none was. The caller holds the archive.

    Raises:
        OSError: It cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        found = array("I", _sums_of(file, digest.update))
    if _is_folded_by_litestream(path):
        forget(path)
        return digest.hexdigest(), None
    sums = _load(path)
    if sums is None:
        _keep(path, Sums(found))
        return digest.hexdigest(), None
    wrong = sums.differing(enumerate(found)) | _lacking(sums, len(found))
    if wrong - sums.damaged:
        sums.damaged |= wrong
        _keep(path, sums)
    return digest.hexdigest(), _told(sums.damaged)


def flagged(path: Path) -> str | None:
    """What was found damaged before; nothing is read for it but the note.

    Raises:
        OSError: It cannot be read.
    """
    sums = _load(path)
    return None if sums is None else _told(sums.damaged)


def damage(path: Path) -> str | None:
    """What of the file is not as it was last written; None where all is, or none was noted.

    Also while a run writes: what changes meanwhile is no damage.

    Raises:
        OSError: It cannot be read.
    """
    noted = _noted(path)
    for _ in range(_LOOKS):
        sums = None if noted is None else _parsed(noted)
        if sums is None:
            return None
        wrong, before = sums.damaged | _compared(path, sums), noted
        if wrong == sums.damaged or (noted := _noted(path)) == before:
            return _told(wrong)
    return flagged(path)


def _told(wrong: set[int]) -> str | None:
    if not wrong:
        return None
    places = [str(number * PIECE_BYTES) for number in sorted(wrong)]
    more = f" and {len(places) - NAMED} more" if len(places) > NAMED else ""
    return (
        f"the database is not what the last command left: {counted(len(wrong), 'pieces')} of "
        f"{PIECE_BYTES // 1024} KiB changed by something else, at byte "
        f"{', '.join(places[:NAMED])}{more}"
    )


def _compared(path: Path, sums: Sums) -> set[int]:
    log = _log_of(path)
    with path.open("rb") as file:
        found = array("I", _sums_of(file))
    return (sums.differing(enumerate(found)) | _lacking(sums, len(found))) - log.pieces


def _lacking(sums: Sums, count: int) -> set[int]:
    """Pieces behind the end of a file that is shorter than it was."""
    return set(range(count, len(sums.pieces))) - sums.open


def _sums_of(file: BinaryIO, also: Callable[[bytes], object] | None = None) -> Iterator[int]:
    """Checksums of all pieces; `also` is handed what is read."""
    while block := file.read(_BLOCK_PIECES * PIECE_BYTES):
        if also is not None:
            also(block)
        view = memoryview(block)
        for start in range(0, len(block), PIECE_BYTES):
            yield zlib.crc32(view[start : start + PIECE_BYTES])


def _summed(path: Path, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Some pieces with their checksums."""
    with path.open("rb") as file:
        for number in sorted(numbers):
            piece = os.pread(file.fileno(), PIECE_BYTES, number * PIECE_BYTES)
            yield number, zlib.crc32(piece)


def _log_of(path: Path) -> Log:
    found = Log()
    try:
        file = beside(path, "-wal").open("rb")
    except FileNotFoundError:
        return found
    with file:
        handle = file.fileno()
        head = os.pread(handle, _LOG_HEADER.size, 0)
        if len(head) < _LOG_HEADER.size:
            return found
        page, salt = _LOG_HEADER.unpack(head)
        place, folded = _LOG_HEADER.size, _folded(path)
        while len(head := os.pread(handle, _FRAME_HEADER.size, place)) == _FRAME_HEADER.size:
            number, mark = _FRAME_HEADER.unpack(head)
            if mark != salt:
                break  # what stands behind was folded in before
            first = (number - 1) * page
            pieces = range(first // PIECE_BYTES, (first + page - 1) // PIECE_BYTES + 1)
            found.pieces.update(pieces)
            if folded > 0:
                found.folded.update(pieces)
                folded -= 1
            place += _FRAME_HEADER.size + page
    return found


def _folded(path: Path) -> int:
    """How many pages of the log stand in the file already, by the word of who folded them in."""
    try:
        with beside(path, "-shm").open("rb") as file:
            found = os.pread(file.fileno(), _BACKFILL.size, _BACKFILL_AT)
    except OSError:
        return 0
    return int(_BACKFILL.unpack(found)[0]) if len(found) == _BACKFILL.size else 0


def _count(path: Path) -> int:
    return -(-path.stat().st_size // PIECE_BYTES)


# --- the note -------------------------------------------------------------------------------------


def beside(path: Path, suffix: str) -> Path:
    """A file beside the database; where that is a symbolic link, beside what it leads to."""
    real = path.resolve()
    return real.with_name(real.name + suffix)


def _is_folded_by_litestream(path: Path) -> bool:
    real = path.resolve()
    return real.with_name(f".{real.name}{_LITESTREAM}").is_dir()


def _note_file(path: Path) -> Path:
    return beside(path, "-sums")


def _load(path: Path) -> Sums | None:
    noted = _noted(path)
    return None if noted is None else _parsed(noted)


def _noted(path: Path) -> bytes | None:
    if _is_folded_by_litestream(path):
        return None
    try:
        return _note_file(path).read_bytes()
    except OSError:
        return None  # as if there were none: it is made anew by the next seal


def _parsed(noted: bytes) -> Sums | None:
    """The checksums; None where they are damaged themselves, or another version's."""
    digest, _, content = noted.partition(b"\n")
    if digest != _digest(content):
        return None
    head, _, body = content.partition(b"\n")
    try:
        told = json.loads(head)
        if (told["form"], told["piece"]) != (_FORM, PIECE_BYTES):
            return None
        return Sums(array("I", body), set(told["open"]), set(told["damaged"]))
    except (ValueError, KeyError, TypeError):
        return None


def _keep(path: Path, sums: Sums, *, named: bool = True) -> bool:
    """Note it; whether the disk took it."""
    told = {
        "form": _FORM,
        "piece": PIECE_BYTES,
        "open": sorted(sums.open),
        "damaged": sorted(sums.damaged),
    }
    content = json.dumps(told).encode() + b"\n" + sums.pieces.tobytes()
    try:
        put(_note_file(path), _digest(content) + b"\n" + content, named=named)
    except OSError:
        return False
    return True


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
