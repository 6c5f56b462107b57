"""The ledger: a file of entries, one line of canonical JSON each, and beside it the newest signed
checkpoint.

Entries are only appended, and a checkpoint is signed once they are on the disk. Lines behind the
newest checkpoint were never vouched for: the next writer drops them and makes them again.
"""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.durable_writes import put
from archive.errors import LedgerError
from archive.fixity import tail
from archive.fixity.checkpoint import Checkpoint, Signer, open_checkpoint
from archive.fixity.merkle import Edge, Tree
from archive.fixity.state import LedgerState
from archive.fixity.tail import Tail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from archive.fixity.checkpoint import Key
    from archive.fixity.state import Entry
    from archive.folder import DataFolder

VERSION = 1
CHUNK_LINES = 2_000
_UNBORN_LINES = 2
"""The first entry and a torn line behind it: there cannot be more before the first signature."""


def canonical(entry: Entry) -> bytes:
    """The one way to write an entry: ASCII, names sorted, no white space, no fractions (as RFC 8785
    but for escapes)."""
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def parsed(line: bytes) -> Entry:
    """The entry in a line.

    Raises:
        LedgerError: It is none, or not written as `canonical` writes it.
    """
    try:
        entry = json.loads(line)
        is_same = isinstance(entry, dict) and canonical(entry) == line
    except (ValueError, RecursionError):
        is_same = False
    if not is_same or not isinstance(entry.get("kind"), str):
        raise LedgerError("no entry, or not written as this program writes it")
    return dict(entry)


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a ledger without their ends; the last one keeps what is torn: `b""` when nothing
    is.

    Raises:
        OSError: It cannot be read.
    """
    rest = b""
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield line[:-1]
            else:
                rest = line
    yield rest


@dataclass(slots=True)
class ReadLedger:
    """A ledger as read.

    Attributes:
        checkpoint: The newest.
        note: Its text, signed.
        tree: Of all entries up to the checkpoint.
        length: Bytes of these entries.
        loose: Whole lines behind the checkpoint.
    """

    checkpoint: Checkpoint
    note: str
    tree: Tree
    state: LedgerState
    length: int
    loose: int = 0


def _unheard(_number: int, _entry: Entry) -> None:
    """Stands for `take` where nobody asks for the entries."""


def read(
    folder: DataFolder,
    keys: Iterable[Key] = (),
    take: Callable[[int, Entry], None] = _unheard,
) -> ReadLedger:
    """Read the ledger up to its newest checkpoint, and check it against that.

    Args:
        folder: Whose.
        keys: Those believed; none: the keys that the ledger names itself.
        take: Handed each entry with its number (from 0) while reading, before it is known whether
            the ledger is right: what it gathered counts once this returns.

    Raises:
        LedgerError: It is missing, or not as it was written.
    """
    tree, state = Tree(), LedgerState()
    odd: LedgerError | None = None
    length = loose = 0
    try:
        note = _note_of(folder)
        size = _claimed_size(note)
        for number, line in enumerate(lines_of(folder.ledger), 1):
            if number > size:
                loose += bool(line)
                continue
            tree.append(line)
            length += len(line) + 1
            odd = odd or _taken(state, line, number, take)
    except OSError as error:
        path = error.filename or folder.ledger
        raise LedgerError(f"{path} cannot be read: {error_with_advice(error)}") from error
    if odd is not None and not state.keys:
        raise odd
    # a checkpoint that is not right itself says nothing of lines
    checkpoint = open_checkpoint(note, keys or state.keys)
    if odd is not None:
        raise odd
    return _matched(folder, ReadLedger(checkpoint, note, tree, state, length, loose))


def _matched(folder: DataFolder, found: ReadLedger) -> ReadLedger:
    """The ledger, if its checkpoint vouches for it."""
    checkpoint, tree, state, length = found.checkpoint, found.tree, found.state, found.length
    size = checkpoint.size
    if len(tree) < size or folder.ledger.stat().st_size < length:
        raise LedgerError(f"it has {len(tree)} entries, and its checkpoint vouches for {size}")
    if tree.root(size) != checkpoint.root:
        raise LedgerError(
            "an entry is not what it was: their tree has another root than the checkpoint says"
        )
    if checkpoint.origin != state.keys[0].name:
        raise LedgerError("the checkpoint is that of another ledger")
    return found


def _note_of(folder: DataFolder) -> str:
    try:
        return folder.checkpoint.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise LedgerError("the checkpoint is missing") from error
    except UnicodeDecodeError as error:
        raise LedgerError("the checkpoint is not one of a ledger of this program") from error


def _taken(
    state: LedgerState, line: bytes, number: int, take: Callable[[int, Entry], None]
) -> LedgerError | None:
    """Take an entry; what is wrong with it."""
    try:
        entry = parsed(line)
        state.take(entry)
    except LedgerError as error:
        return LedgerError(f"line {number}: {error}")
    take(number - 1, entry)
    return None


def _claimed_size(note: str) -> int:
    """How many entries a checkpoint claims; whether the claim is right is seen when it is
    opened."""
    lines = note.split("\n")
    if len(lines) < 3 or not (lines[1].isascii() and lines[1].isdigit() and len(lines[1]) < 18):
        raise LedgerError("the checkpoint is not one of a ledger of this program")
    return int(lines[1])


def entries(folder: DataFolder) -> Iterator[tuple[int, Entry]]:
    """Number (from 0) and content of each entry up to the newest checkpoint.

    Raises:
        LedgerError: A line is none.
        OSError: It cannot be read.
    """
    size = _claimed_size(folder.checkpoint.read_text(encoding="utf-8"))
    for number, line in enumerate(lines_of(folder.ledger)):
        if number >= size:
            return
        yield number, parsed(line)


def newest(folder: DataFolder) -> str | None:
    """The newest checkpoint as it stands; None where there is no ledger yet, or where what stands
    there is no checkpoint."""
    try:
        note = _note_of(folder)
        _claimed_size(note)
    except (OSError, LedgerError):
        return None
    return note


class Ledger:
    """A ledger open for appending; the caller holds the archive's lock."""

    def __init__(self, folder: DataFolder, at: str) -> None:
        """Open it; begin it where there is none.

        Args:
            folder: Whose.
            at: ISO 8601, for what has to be entered at once.

        Raises:
            LedgerError: It is damaged: nothing may be vouched for anew before it is mended.
        """
        self._folder = folder
        self.gone: str | None = None
        """The newest checkpoint of a ledger that stood here and is gone; this one follows it."""
        try:
            if self._is_unborn():
                self.gone = tail.last_note(folder)
                self._begin(at)
            self._go_on(tail.read_tail(folder, _note_of(folder)))
            self._signer = self._own_key(at)
        except OSError as error:
            raise LedgerError(_where(error, folder.ledger)) from error

    def _go_on(self, noted: Tail | None) -> None:
        """Find where the last writer ended: by its own note, or else by reading all entries."""
        if noted is None:
            found = read(self._folder)
            os.truncate(self._folder.ledger, found.length)
            crc32 = tail.crc32_of(self._folder.ledger)
            noted = Tail(found.tree.edge(), found.state, found.note, crc32)
        self.edge, self.state, self.note = noted.edge, noted.state, noted.note
        self._crc32 = noted.crc32

    def append(self, new: Iterable[Entry]) -> bool:
        """Enter, have the disk hold it, sign for it; whether there was anything to enter.

        Raises:
            LedgerError: The disk does not take it; what was entered before stands.
        """
        try:
            added = self._write(new)
            if added:
                self._sign()
        except OSError as error:
            raise LedgerError(_where(error, self._folder.ledger)) from error
        return added > 0

    def _write(self, new: Iterable[Entry]) -> int:
        added, lines = 0, bytearray()
        with self._folder.ledger.open("ab") as file:
            for entry in new:
                line = canonical(entry)
                self.edge.append(line)
                self.state.take(entry)
                lines += line + b"\n"
                added += 1
                if added % CHUNK_LINES == 0:
                    self._put(file, lines)
            self._put(file, lines)
            file.flush()
            os.fdatasync(file.fileno())
        return added

    def _put(self, file: BinaryIO, lines: bytearray) -> None:
        file.write(lines)
        self._crc32 = zlib.crc32(lines, self._crc32)
        lines.clear()

    def _sign(self) -> None:
        point = Checkpoint(self.state.keys[0].name, len(self.edge), self.edge.root())
        self.note = self._signer.sign(point)
        put(self._folder.checkpoint, self.note.encode())
        tail.write_tail(self._folder, Tail(self.edge, self.state, self.note, self._crc32))

    def _is_unborn(self) -> bool:
        """Whether there is no ledger yet, or only the first line of one that a kill or a power cut
        stopped before it was signed."""
        if self._folder.checkpoint.exists():
            return False
        if not self._folder.ledger.exists():
            return True
        return sum(1 for _ in lines_of(self._folder.ledger)) <= _UNBORN_LINES

    def _begin(self, at: str) -> None:
        folder = self._folder
        if folder.ledger_key.exists():
            self._signer = Signer.load(folder.ledger_key)
        else:
            self._signer = Signer.new()
            self._signer.keep(folder.ledger_key)
        self.edge, self.state, self._crc32 = Edge(), LedgerState(), 0
        folder.ledger.unlink(missing_ok=True)
        first = {"kind": "ledger", "at": at, "key": str(self._signer.key), "version": VERSION}
        self._write([first if self.gone is None else {**first, "after": self.gone}])
        self._sign()

    def _own_key(self, at: str) -> Signer:
        """The key that signs from now on. Where the old one is lost, a new one is made, and the
        ledger says so."""
        path = self._folder.ledger_key
        if path.exists():
            signer = Signer.load(path)
            if signer.key != self.state.keys[-1]:
                raise LedgerError(f"it was signed last by another key than {path}")
            return signer
        self._signer = signer = Signer.new()
        signer.keep(path)
        why = "the secret key before it is not here"
        self.append([{"kind": "key", "at": at, "key": str(signer.key), "why": why}])
        return signer


def _where(error: OSError, path: Path) -> str:
    """What happened to which of the files: the key and the checkpoint are files of their own."""
    return f"{error.filename or path}: {error_with_advice(error, path)}"
