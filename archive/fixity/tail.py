"""Where the ledger ends, noted for its next writer, who would otherwise have to read all its
entries.

It is a note of the writer to itself and no evidence: it lies beside the database, is in no copy,
and `verify` does not look at it. It counts only while ledger and checkpoint are those that it was
made of; otherwise all entries are read again. A bit that a disk turned leaves a file its time: a
checksum tells it, of a ledger that is read at once; of a larger one `verify` and the fixity rounds.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.errors import LedgerError
from archive.fixity.merkle import Edge
from archive.fixity.state import LedgerState

if TYPE_CHECKING:
    from pathlib import Path

    from archive.folder import DataFolder

FORM = 2
AT_ONCE_BYTES = 256_000_000
"""A larger ledger is not summed by each command: CRC-32 takes 3 GB/s, a disk less."""
_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Tail:
    """What the next entry depends on.

    Attributes:
        edge: Of the tree of all entries.
        note: The newest checkpoint, signed.
        crc32: Of the ledger's bytes.
    """

    edge: Edge
    state: LedgerState
    note: str
    crc32: int


def write_tail(folder: DataFolder, tail: Tail) -> None:
    """Write the note; where that fails, the next writer only takes longer."""
    stat = folder.ledger.stat()
    content = {
        "form": FORM,
        "length": stat.st_size,
        "mtime_ns": stat.st_mtime_ns,
        "note": tail.note,
        "crc32": tail.crc32,
        "edge": tail.edge.noted(),
        "state": tail.state.noted(),
    }
    text = json.dumps(content, sort_keys=True)
    draft = folder.ledger_tail.with_name(f"{folder.ledger_tail.name}.new")
    try:
        draft.write_text(f"{_digest(text)}\n{text}\n", encoding="ascii")
        draft.replace(folder.ledger_tail)
    except OSError:
        draft.unlink(missing_ok=True)


def read_tail(folder: DataFolder, note: str) -> Tail | None:
    """What was noted, if it is still so.

    Args:
        folder: Whose.
        note: The newest checkpoint as it stands.
    """
    try:
        content = _noted(folder)
        stat = folder.ledger.stat()
        there = (FORM, stat.st_size, stat.st_mtime_ns, note)
        if tuple(content.get(name) for name in ("form", "length", "mtime_ns", "note")) != there:
            return None
        crc32 = int(content["crc32"])
        if stat.st_size <= AT_ONCE_BYTES and crc32_of(folder.ledger) != crc32:
            return None
        return Tail(Edge.of(content["edge"]), LedgerState.of(content["state"]), note, crc32)
    except (OSError, ValueError, KeyError, TypeError, LedgerError):
        return None


def crc32_of(path: Path) -> int:
    """CRC-32 of a file.

    Raises:
        OSError: It cannot be read.
    """
    value = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            value = zlib.crc32(block, value)
    return value


def last_note(folder: DataFolder) -> str | None:
    """The newest checkpoint that was noted, whatever became of the ledger; None where none is."""
    try:
        note = _noted(folder).get("note")
    except (OSError, ValueError):
        return None
    return note if isinstance(note, str) else None


def last_length(folder: DataFolder, note: str) -> int:
    """The bytes that a ledger with this checkpoint has; 0 where they were not noted."""
    try:
        content = _noted(folder)
    except (OSError, ValueError):
        return 0
    length = content.get("length")
    return length if content.get("note") == note and isinstance(length, int) else 0


def _noted(folder: DataFolder) -> dict[str, Any]:
    digest, _, text = folder.ledger_tail.read_text(encoding="ascii").rstrip("\n").partition("\n")
    content: dict[str, Any] = json.loads(text) if digest == _digest(text) else {}
    return content


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
