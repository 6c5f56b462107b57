"""A checksum of each page of the database's file, kept beside it: a byte that something else
changed is found, whether or not SQLite notices.

The checksums are a note of the writer to itself, as the ledger's tail is: they are no evidence, and
in no copy but that of a damaged database (`mark`). SQLite changes the file only when it folds its
write-ahead log into it. So around each folding (`folding`) the pages that the log replaces are
first compared with their checksums, and then get the checksum of what the log holds for them, which
is verified against SQLite's own. That costs what is written, not what is held. All other pages keep
their checksum until somebody reads the whole file: each command that writes, up to `AT_ONCE_BYTES`;
for a larger database `verify` and the fixity rounds.

Before a folding, the pages that it will change are noted as open, with the checksum of what they
will hold. After a kill or a power cut such a page may hold its old or its new content, and neither
is called damage. Pages stay open, too, where the log could not be folded whole because somebody is
reading it. Litestream folds the log itself: where it is used nothing is noted. A page that was
found damaged stays noted as damaged until another file takes the database's place (`forget`).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import zlib
from array import array
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.db import committed
from archive.db.companions import COMMITTED, LOG, LOG_INDEX, beside
from archive.db.held_open import blocks, descriptor
from archive.db.page_sums import Sums
from archive.db.sums_file import (
    is_left_alone,
    keep_sums,
    read_sums,
    remove_committed,
    remove_sums,
    sums_bytes,
    with_committed,
    write_sums,
)
from archive.db.write_log import PAGE_BYTES, Log, log_of
from archive.durable_writes import sync_written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

AT_ONCE_BYTES = 256_000_000
"""A smaller database is read whole, compared and sealed by each command that writes (CRC-32 takes
3 GB/s, SHA-256 1.4), a larger one by the first of each day."""
_BLOCK_PAGES = 256
_LOOKS = 3


def is_kept(path: Path) -> bool:
    """Whether checksums of this database are noted."""
    return read_sums(path) is not None


def forget(path: Path) -> None:
    """Remove the checksums because another file takes the database's place; whoever seals that one
    notes its checksums."""
    remove_sums(path)


def let_go(path: Path) -> None:
    """Remove the checksums, as far as the disk allows, because the file is about to change without
    them: left in place, they would call the change damage for whoever reads them next."""
    with contextlib.suppress(OSError):
        forget(path)


@contextmanager
def folding(path: Path) -> Iterator[None]:
    """Keep the checksums right while SQLite folds its log into the file inside the block: the pages
    to be replaced are compared before, and their new checksums noted after. The caller holds the
    archive, and no transaction is open.

    Where the disk does not take the new checksums they are removed, unless they tell of damage.
    """
    sums = read_sums(path)
    if sums is None:
        let_go(path)
        yield
        return
    with _in_use(path):
        log = _log_of(path, is_in_use=True)
        is_noted = (sums.is_settled and not log.pages) or _note_before(path, sums, log)
        yield
    if is_noted and not (sums.is_settled and not log.pages):
        _note_after(path, sums)


@contextmanager
def _in_use(path: Path) -> Iterator[None]:
    """Keep a connection open around the folding. SQLite then says in the log's index how much of
    the log counts; a caller that has yet to open the database has not made it do so. Whoever closes
    the database last folds the log."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(sqlite3.Error):  # whoever opens it next says what is wrong
            uri = f"{path.absolute().as_uri()}?mode=rw"
            db = stack.enter_context(contextlib.closing(sqlite3.connect(uri, uri=True)))
            db.execute("PRAGMA user_version").fetchone()
        yield


def _note_before(path: Path, sums: Sums, log: Log) -> bool:
    """Compare the pages that are about to be replaced, and note them as open.

    Returns: Whether checksums are kept from now on.
    """
    _settle(path, sums, log)
    known = (n for n in log.pages.keys() - log.folded - sums.open.keys() if n < len(sums.pages))
    sums.log = log.salt
    sums.damaged |= sums.differing(_summed(path, known)) | log.lost
    sums.open.update(log.pages if log.is_known else dict.fromkeys(log.pages))
    if not keep_sums(path, sums) and not sums.told():
        let_go(path)
        return False
    return True


def _settle(path: Path, sums: Sums, log: Log) -> None:
    """Close what was left open by a command that was ended after a folding: pages noted as open
    that are no longer in the log were folded into the file by then."""
    for number in sums.committed.keys() - log.pages.keys():  # somebody else folded it in
        sums.open[number] = sums.committed[number][-1]
    still = log.pages.keys() if log.salt == sums.log else set[int]()
    for number, value in _summed(path, sums.open.keys() - still):
        if number >= len(sums.pages):
            continue  # a page that the file grew by: it gets its checksum from the next log
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
    # not synced: after a power cut the earlier note serves as well, in which these pages are open
    if keep_sums(path, sums, named=False):
        remove_committed(path)


def whole(path: Path) -> tuple[str, str | None]:
    """Read the whole file, whose log is folded in: its SHA-256, and what of it is damaged. Pages
    are compared with their checksums; where none are noted, they are noted now. The caller holds
    the archive.

    Raises:
        OSError: It cannot be read.
    """
    digest = hashlib.sha256()
    found = array("I", _sums_of(path, digest.update))
    if is_left_alone(path):
        forget(path)
        return digest.hexdigest(), None
    sums = read_sums(path)
    if sums is None:
        keep_sums(path, Sums(found))
        return digest.hexdigest(), None
    wrong = sums.differing(enumerate(found)) | _lacking(sums, len(found))
    if wrong - sums.damaged:
        sums.damaged |= wrong
        keep_sums(path, sums)
    return digest.hexdigest(), sums.told()


def mark(copy: Path, told: str) -> None:
    """Note of a copy that what it was made of was damaged: whoever looks at it, or makes an archive
    of it, is told so.

    Args:
        copy: A database that nobody has open.
        told: What was found of the one it is a copy of.

    Raises:
        OSError: It cannot be read, or the disk does not take the note.
    """
    write_sums(copy, Sums(array("I", _sums_of(copy)), unlike=told))


def adopt(path: Path, sha256: str) -> None:
    """Note the checksums of a sealed database that has none. Where the file is not what was sealed,
    that is noted as damage. The caller holds the archive.

    Args:
        path: The database; nobody has written it since it was sealed.
        sha256: Its digest by the seal, in hex.

    Raises:
        OSError: It cannot be read.
    """
    if is_left_alone(path):
        return
    digest = hashlib.sha256()
    sums = Sums(array("I", _sums_of(path, digest.update)))
    if digest.hexdigest() != sha256:
        sums.unlike = "the database is not what the last command left: its SHA-256 is another"
    keep_sums(path, sums)


def flagged(path: Path) -> str | None:
    """The damage that was found before, as a sentence; only the note is read, not the database.

    Raises:
        OSError: It cannot be read.
    """
    sums = read_sums(path)
    return None if sums is None else sums.told()


def damage(path: Path) -> str | None:
    """Compare the whole file: what of it is damaged, as a sentence. None where all is as it was
    written, or no checksums are noted.

    May be asked while a run writes: where the checksums change meanwhile, it is compared anew.

    Raises:
        OSError: It cannot be read.
    """
    noted = sums_bytes(path)
    for _ in range(_LOOKS):
        sums = None if noted is None else with_committed(path, noted)
        if sums is None:
            return None
        wrong, before = sums.damaged | _compared(path, sums), noted
        if wrong == sums.damaged or (noted := sums_bytes(path)) == before:
            return sums.told(wrong)
    return flagged(path)


def mend(path: Path, copy: Path) -> bool:
    """Replace damaged pages by those of a copy that have the noted checksum. Nobody has the
    database open.

    Returns: Whether the whole file is as noted then. False, and nothing is replaced, where the copy
    lacks one of the pages, or where a damaged page was written over since: what was written was
    made of damaged content.

    Raises:
        OSError: One of the files cannot be read or written.
    """
    sums = read_sums(path)
    if sums is None or sums.unlike or not sums.is_settled or _log_of(path).pages:
        return False
    wrong = sums.differing(enumerate(_sums_of(path))) | _lacking(sums, _count(path))
    theirs = {n: value for n, value in _summed(copy, wrong) if value == sums.pages[n]}
    if not wrong or sums.damaged - wrong or wrong - theirs.keys():
        return False
    with path.open("rb+", buffering=0) as file:
        for number in theirs:
            place = number * PAGE_BYTES
            os.pwrite(file.fileno(), os.pread(descriptor(copy), PAGE_BYTES, place), place)
        sync_written(file)
    sums.damaged = sums.differing(enumerate(_sums_of(path)))
    return keep_sums(path, sums) and not sums.damaged


def _compared(path: Path, sums: Sums) -> set[int]:
    log = _log_of(path)
    found = array("I", _sums_of(path))
    wrong = sums.differing(enumerate(found)) | _lacking(sums, len(found))
    return wrong - log.pages.keys()


def _lacking(sums: Sums, count: int) -> set[int]:
    """The pages that a file lacks at its end because it is shorter than it was."""
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
    return log_of(beside(path, LOG), beside(path, LOG_INDEX) if is_in_use else None)


def _count(path: Path) -> int:
    return -(-path.stat().st_size // PAGE_BYTES)


def committed_by_us(path: Path) -> committed.Committed:
    """Notes what the one writer of a database commits."""
    return committed.Committed(beside(path, LOG), beside(path, COMMITTED))
