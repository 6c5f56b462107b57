"""What the database's file held when it was last written, page by page: a byte that changed since
is found, whatever SQLite thinks of it.

A checksum of each page lies beside the database, as ledger and tail lie beside each other: a note
of the writer to itself, in no copy, worth nothing as evidence. SQLite changes the file only where
it folds in its write-ahead log. So each page is compared before it is written over, which costs
what is written and not what is held, and gets the checksum of what stands in the log, which is held
against SQLite's own: what happens to it on its way into the file, or after, is found as well. All
others keep their checksum until somebody reads the whole file: each command up to `AT_ONCE_BYTES`,
`verify` and the fixity rounds above.

Pages that are about to change are noted as open before, with what they will hold, so that a kill or
a power cut in between leaves none that would seem damaged, and none that nobody could tell; so are
those in a log that could not be folded in whole, since somebody reads it. Litestream folds the log
in by itself: beside it nothing is noted. What was found damaged stays noted until another file
takes the database's place (`forget`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import zlib
from array import array
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.counted import counted
from archive.db.held_open import blocks, descriptor
from archive.db.write_log import PAGE_BYTES, Log, log_of
from archive.durable_writes import put, sync_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

AT_ONCE_BYTES = 256_000_000
"""A smaller database is read whole, compared and sealed by each command that writes (CRC-32 takes
3 GB/s, SHA-256 1.4), a larger one by the first of each day."""
NAMED = 3
_FORM = 2
_BLOCK_PAGES = 256
_LOOKS = 3
_PAGE_SIZE_AT = 16  # https://www.sqlite.org/fileformat2.html#page_size
_LITESTREAM = "-litestream"
"""How its own folder beside a database ends: https://litestream.io/how-it-works/"""


@dataclass(slots=True)
class Sums:
    """What was noted.

    Attributes:
        pages: CRC-32 of each page, in their order.
        open: Pages that were about to change, by their numbers from 0, with the checksum of what
            they will hold; None: what they hold now is right.
        log: The log in which the open ones stood (`Log.salt`).
        damaged: Numbers of pages that were found otherwise than noted.
        unlike: What was found of the whole, where no page could be named.
    """

    pages: array[int] = field(default_factory=lambda: array("I"))
    open: dict[int, int | None] = field(default_factory=dict)
    log: str = ""
    damaged: set[int] = field(default_factory=set)
    unlike: str | None = None

    def differing(self, found: Iterable[tuple[int, int]]) -> set[int]:
        """Numbers of pages, of those given with their checksums, that are not as noted."""
        known = len(self.pages)
        return {
            number
            for number, value in found
            if number < known and self.pages[number] != value and not self._will_hold(number, value)
        }

    def _will_hold(self, number: int, value: int) -> bool:
        return number in self.open and self.open[number] in {value, None}

    def told(self, wrong: set[int] | None = None) -> str | None:
        """What is damaged, in words: all that was found, or these pages."""
        wrong = self.damaged if wrong is None else wrong
        if not wrong:
            return self.unlike
        places = [str(number * PAGE_BYTES) for number in sorted(wrong)]
        more = f" and {len(places) - NAMED} more" if len(places) > NAMED else ""
        return (
            f"the database is not what the last command left: {counted(len(wrong), 'pieces')} of "
            f"{PAGE_BYTES // 1024} KiB changed by something else, at byte "
            f"{', '.join(places[:NAMED])}{more}"
        )


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
    sums = _load(path)
    if sums is None:
        let_go(path)
        yield
        return
    with _in_use(path):
        log = _log_of(path, is_in_use=True)
        is_noted = not (sums.open or log.pages) or _note_before(path, sums, log)
        yield
    if is_noted and (sums.open or log.pages):
        _note_after(path, sums)


@contextmanager
def _in_use(path: Path) -> Iterator[None]:
    """Have SQLite look at the log, and say in its index what of it counts: who is about to open the
    database has not yet. Whoever closes it last folds the log in."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(sqlite3.Error):  # whoever opens it next says what is wrong
            uri = f"{path.absolute().as_uri()}?mode=rw"
            db = stack.enter_context(contextlib.closing(sqlite3.connect(uri, uri=True)))
            db.execute("PRAGMA user_version").fetchone()
        yield


def _note_before(path: Path, sums: Sums, log: Log) -> bool:
    """Compare what is about to be written over, and note what it will be; whether there is a
    note from then on."""
    _settle(path, sums, log)
    known = (n for n in log.pages.keys() - log.folded - sums.open.keys() if n < len(sums.pages))
    sums.log = log.salt
    sums.damaged |= sums.differing(_summed(path, known)) | log.lost
    sums.open.update(log.pages if log.is_known else dict.fromkeys(log.pages))
    if not _keep(path, sums) and not sums.told():
        let_go(path)
        return False
    return True


def _settle(path: Path, sums: Sums, log: Log) -> None:
    """What was open and stands in its log no more was folded in by whoever was ended before he
    could say so."""
    still = log.pages.keys() if log.salt == sums.log else set[int]()
    for number, value in _summed(path, sums.open.keys() - still):
        if number >= len(sums.pages):
            continue  # the file grew by it: read, or found in the next log
        if sums.differing([(number, value)]):
            sums.damaged.add(number)
        else:
            sums.pages[number] = value
        del sums.open[number]


def _note_after(path: Path, sums: Sums) -> None:
    count, before, left = _count(path), len(sums.pages), _log_of(path).pages
    del sums.pages[count:]
    sums.pages.extend([0] * (count - before))
    unknown = {number for number in range(before, count) if sums.open.get(number) is None}
    unknown |= {n for n, value in sums.open.items() if value is None and n < count}
    for number, value in _summed(path, unknown):
        sums.pages[number] = value
    for number, wanted in sums.open.items():
        if wanted is not None and number < count and number not in left:
            sums.pages[number] = wanted
    sums.open = {number: wanted for number, wanted in sums.open.items() if number in left}
    _keep(path, sums, named=False)  # the one before says the same, and that these are open


def whole(path: Path) -> tuple[str, str | None]:
    """SHA-256 of the file, whose log is folded in, and what of it is damaged: on the way each page
    is compared, and noted where none was. The caller holds the archive.

    Raises:
        OSError: It cannot be read.
    """
    digest = hashlib.sha256()
    found = array("I", _sums_of(path, digest.update))
    if _is_left_alone(path):
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
    return digest.hexdigest(), sums.told()


def adopt(path: Path, sha256: str) -> None:
    """Note the checksums of a database that nobody has written since it was sealed, where none are;
    one that is not what was sealed is noted as that. The caller holds the archive.

    Raises:
        OSError: It cannot be read.
    """
    if _is_left_alone(path):
        return
    digest = hashlib.sha256()
    sums = Sums(array("I", _sums_of(path, digest.update)))
    if digest.hexdigest() != sha256:
        sums.unlike = "the database is not what the last command left: its SHA-256 is another"
    _keep(path, sums)


def flagged(path: Path) -> str | None:
    """What was found damaged before; nothing is read for it but the note.

    Raises:
        OSError: It cannot be read.
    """
    sums = _load(path)
    return None if sums is None else sums.told()


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
            return sums.told(wrong)
    return flagged(path)


def mend(path: Path, copy: Path) -> bool:
    """Put pages back that changed, each from a copy that has what was noted; whether the file is as
    noted then. None is where one was written over since: what it was made of was damaged. Nobody
    has the database open.

    Raises:
        OSError: One of the files cannot be read or written.
    """
    sums = _load(path)
    if sums is None or sums.unlike or sums.open or _log_of(path).pages:
        return False
    wrong = sums.differing(enumerate(_sums_of(path))) | _lacking(sums, _count(path))
    theirs = {n: value for n, value in _summed(copy, wrong) if value == sums.pages[n]}
    if not wrong or sums.damaged - wrong or wrong - theirs.keys():
        return False
    with path.open("rb+", buffering=0) as file:
        for number in theirs:
            place = number * PAGE_BYTES
            os.pwrite(file.fileno(), os.pread(descriptor(copy), PAGE_BYTES, place), place)
        os.fsync(file.fileno())
    sums.damaged = sums.differing(enumerate(_sums_of(path)))
    return _keep(path, sums) and not sums.damaged


def _compared(path: Path, sums: Sums) -> set[int]:
    log = _log_of(path)
    found = array("I", _sums_of(path))
    wrong = sums.differing(enumerate(found)) | _lacking(sums, len(found))
    return wrong - log.pages.keys()


def _lacking(sums: Sums, count: int) -> set[int]:
    """Pages behind the end of a file that is shorter than it was."""
    return set(range(count, len(sums.pages))) - sums.open.keys()


def _sums_of(path: Path, also: Callable[[bytes], object] | None = None) -> Iterator[int]:
    """Checksums of all pages; `also` is handed what is read."""
    for block in blocks(descriptor(path), _BLOCK_PAGES * PAGE_BYTES):
        if also is not None:
            also(block)
        view = memoryview(block)
        for start in range(0, len(block), PAGE_BYTES):
            yield zlib.crc32(view[start : start + PAGE_BYTES])


def _summed(path: Path, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Some pages with their checksums."""
    chosen = sorted(numbers)
    handle = descriptor(path) if chosen else -1
    for number in chosen:
        page = os.pread(handle, PAGE_BYTES, number * PAGE_BYTES)
        yield number, zlib.crc32(page)


def _log_of(path: Path, *, is_in_use: bool = False) -> Log:
    return log_of(beside(path, "-wal"), beside(path, "-shm") if is_in_use else None)


def _count(path: Path) -> int:
    return -(-path.stat().st_size // PAGE_BYTES)


# --- the note -------------------------------------------------------------------------------------


def beside(path: Path, suffix: str) -> Path:
    """A file beside the database; where that is a symbolic link, beside what it leads to."""
    real = path.resolve()
    return real.with_name(real.name + suffix)


def _is_left_alone(path: Path) -> bool:
    """Whether another program folds the log in, or has made the database, with pages of its own."""
    real = path.resolve()
    if real.with_name(f".{real.name}{_LITESTREAM}").is_dir():
        return True
    try:
        size = os.pread(descriptor(real), 2, _PAGE_SIZE_AT)
    except FileNotFoundError:
        return False
    return len(size) == 2 and int.from_bytes(size, "big") != PAGE_BYTES


def _note_file(path: Path) -> Path:
    return beside(path, "-sums")


def _load(path: Path) -> Sums | None:
    noted = _noted(path)
    return None if noted is None else _parsed(noted)


def _noted(path: Path) -> bytes | None:
    try:
        if _is_left_alone(path):
            return None
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
        if (told["form"], told["piece"]) != (_FORM, PAGE_BYTES):
            return None
        return Sums(
            array("I", body), dict(told["open"]), told["log"], set(told["damaged"]), told["unlike"]
        )
    except (ValueError, KeyError, TypeError):
        return None


def _keep(path: Path, sums: Sums, *, named: bool = True) -> bool:
    """Note it; whether the disk took it."""
    told = {
        "form": _FORM,
        "piece": PAGE_BYTES,
        "open": sorted(sums.open.items()),
        "log": sums.log,
        "damaged": sorted(sums.damaged),
        "unlike": sums.unlike,
    }
    content = json.dumps(told).encode() + b"\n" + sums.pages.tobytes()
    try:
        put(_note_file(path), _digest(content) + b"\n" + content, named=named)
    except OSError:
        return False
    return True


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
