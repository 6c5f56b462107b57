"""Proofs of OpenTimestamps over checkpoints of the ledger: a calendar's promise, later a way into
a block of Bitcoin. Read and made with the library `opentimestamps` (extra `ots`).

    warc/timestamps/0000001234.checkpoint                          the checkpoint that is proven
    warc/timestamps/0000001234.cal.example-5d41402a.pending.ots    a calendar's promise
    warc/timestamps/0000001234.cal.example-5d41402a.ots            the same, with its block

Neither is ever changed: the second is written beside the first. Both are what `ots verify` of
others reads.
"""

from __future__ import annotations

import hashlib
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archive.fixity.bitcoin_headers import Header
    from archive.fixity.state import Entry

MAX_BYTES = 10_000
"""Of a calendar's answer; the library's own client takes no longer ones. They have some hundred."""
MOST_PROMISES = 8
"""Of one answer. A calendar of a pool names itself, or its two or three peers; each address that is
named is asked later, whoever's it is, so an answer may not have us ask hundreds."""
_MAX_HEIGHT = 2**31
"""A block's height; 2026 has some 930,000, and a year 52,560 more."""


class ProofError(LedgerError):
    """A proof that is none, is cut off, or is of something else."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A calendar will prove this.

    Attributes:
        calendar: Its address, as the proof names it.
        commitment: What it is asked for.
    """

    calendar: str
    commitment: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """A block of Bitcoin that the proof leads into.

    Attributes:
        height: Its number.
        root: What its header must have as Merkle root.
    """

    height: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof over a checkpoint says."""

    promises: tuple[Promise, ...]
    blocks: tuple[Block, ...]

    @property
    def height(self) -> int | None:
        """The number of the first block that the proof leads into; None: it is pending."""
        return min((one.height for one in self.blocks), default=None)


@contextmanager
def _library_errors_wrapped() -> Iterator[None]:
    """What the library says of bytes that are no proof, as our error."""
    from opentimestamps.core.serialize import DeserializationError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PendingDeprecationWarning)  # OpReverse
            yield
    except (DeserializationError, ValueError, TypeError, AssertionError, RecursionError) as error:
        reason = str(error) or type(error).__name__
        raise ProofError(f"no proof as OpenTimestamps has it: {reason}") from error


def promised(note: bytes, answer: bytes) -> bytes:
    """The proof that a calendar's answer to the SHA-256 of a checkpoint makes.

    Raises:
        ProofError: The answer is none.
    """
    from opentimestamps.core.op import OpSHA256
    from opentimestamps.core.timestamp import DetachedTimestampFile

    with _library_errors_wrapped():
        stamp = _parsed(answer, hashlib.sha256(note).digest())
        raw = _written(DetachedTimestampFile(OpSHA256(), stamp), note)
    if (found := len(read_proof(raw, note).promises)) > MOST_PROMISES:
        raise ProofError(f"it names {found} calendars; at most {MOST_PROMISES} are asked")
    return raw


def read_proof(raw: bytes, note: bytes) -> Proof:
    """What a proof says.

    Args:
        raw: The proof.
        note: The checkpoint, as it stands.

    Raises:
        ProofError: It is no proof, or of something else.
    """
    from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation

    with _library_errors_wrapped():
        all_of = list(_file(raw, note).timestamp.all_attestations())
    promises = (
        Promise(one.uri, said) for said, one in all_of if isinstance(one, PendingAttestation)
    )
    blocks = (
        Block(one.height, said)
        for said, one in all_of
        if isinstance(one, BitcoinBlockHeaderAttestation)
    )
    found = Proof(
        tuple(sorted(promises, key=lambda one: (one.calendar, one.commitment))),
        tuple(sorted(blocks, key=lambda one: (one.height, one.root))),
    )
    if any(one.height >= _MAX_HEIGHT for one in found.blocks):
        raise ProofError("it names a block that does not exist")
    if not found.promises and not found.blocks:
        raise ProofError("it has neither a calendar's promise nor a block of Bitcoin")
    return found


def upgraded(raw: bytes, note: bytes, commitment: bytes, answer: bytes) -> bytes:
    """A proof, and what the calendar answered for one of its promises.

    Raises:
        ProofError: The answer is none, or not for this.
    """
    with _library_errors_wrapped():
        kept, more = _file(raw, note), _parsed(answer, commitment)
        for one in _nodes(kept.timestamp):
            if one.msg == commitment:
                one.merge(more)
        return _written(kept, note)


def _nodes(stamp: Any) -> list[Any]:
    return [stamp, *(one for under in stamp.ops.values() for one in _nodes(under))]


def _parsed(answer: bytes, message: bytes) -> Any:
    """A calendar's answer over a message, to its last byte."""
    from opentimestamps.core.serialize import BytesDeserializationContext
    from opentimestamps.core.timestamp import Timestamp

    if len(answer) > MAX_BYTES:
        raise ValueError(f"more than {MAX_BYTES} bytes")
    context = BytesDeserializationContext(answer)
    stamp = Timestamp.deserialize(context, message)
    context.assert_eof()
    return stamp


def _file(raw: bytes, note: bytes) -> Any:
    from opentimestamps.core.op import OpSHA256
    from opentimestamps.core.serialize import BytesDeserializationContext
    from opentimestamps.core.timestamp import DetachedTimestampFile

    found = DetachedTimestampFile.deserialize(BytesDeserializationContext(raw))
    if found.file_hash_op != OpSHA256() or found.file_digest != hashlib.sha256(note).digest():
        raise ProofError("it proves something else")
    return found


def _written(proof: Any, note: bytes) -> bytes:
    """As a file has it, once read back."""
    from opentimestamps.core.serialize import BytesSerializationContext

    context = BytesSerializationContext()
    proof.serialize(context)
    raw: bytes = context.getbytes()
    read_proof(raw, note)
    return raw


def entry_of(proof: Proof, at: str, size: int, calendar: str, named: tuple[str, bytes]) -> Entry:
    """The ledger's entry of a proof: of a promise, or of the way into a block.

    Args:
        proof: What it says.
        at: When it was had, by this machine's clock.
        size: Entries that its checkpoint is over.
        calendar: That was asked, as the settings name it.
        named: The file, and what is in it.
    """
    state = (
        {"kind": "calendar"} if proof.height is None
        else {"kind": "bitcoin", "height": proof.height}
    )  # fmt: skip
    file, raw = named
    sha256 = hashlib.sha256(raw).hexdigest()
    return {**state, "at": at, "size": size, "calendar": calendar, "file": file, "sha256": sha256}


def wrong_proof(
    raw: bytes, note: bytes, entry: Entry, known: Mapping[int, Header] | None
) -> str | None:
    """Why a proof is not what its entry says, or not in the blocks that the asker knows; None where
    nothing is wrong with it, as far as can be said."""
    try:
        proof = read_proof(raw, note)
    except ProofError as error:
        return f"the proof is of no use: {error}"
    if proof.height != entry.get("height") or (proof.height is None) != (
        entry["kind"] == "calendar"
    ):
        return "altered: the proof leads into another block than the one that was entered"
    for block in proof.blocks:
        header = (known or {}).get(block.height)
        if header is not None and header.root != block.root:
            return (
                f"no proof: block {block.height} ({header.hash}) has another Merkle root than the "
                "one that it leads to"
            )
    return None


def pending_of(found: Sequence[Entry]) -> list[Entry]:
    """Promises of calendars that are not kept yet, among the ledger's entries of proofs."""
    kept = {_what(one) for one in found if one["kind"] == "bitcoin"}
    return [one for one in found if one["kind"] == "calendar" and _what(one) not in kept]


def _what(entry: Entry) -> tuple[int, str]:
    return entry["size"], entry["calendar"]


def anchoring(found: Sequence[Entry], number: int) -> list[dict[str, Any]]:
    """Of entries of stamps, the proofs that are over an entry of the ledger: complete ones first,
    the earliest block before others; promises that are not kept yet last.

    Args:
        found: Entries of stamps.
        number: The entry's.
    """
    complete = [one for one in found if one["kind"] == "bitcoin"]
    told = [
        {
            "state": "complete" if "height" in one else "pending",
            "height": one.get("height"),
            **{name: one[name] for name in ("at", "calendar", "size", "file")},
        }
        for one in (*complete, *pending_of(found))
        if one["size"] > number
    ]
    return sorted(told, key=lambda one: (one["height"] or _MAX_HEIGHT, one["size"]))
