"""Timestamps (RFC 3161) of checkpoints of the ledger: what others vouch for, kept beside it.

    warc/timestamps/0000001234.checkpoint                   the signed checkpoint that was stamped
    warc/timestamps/0000001234.tsa.example-5d41402a.tsr     an authority's answer over its SHA-256

Each answer is an entry of the ledger, too, with its SHA-256: one that is lost or altered is found
without any certificate, one that was forged with those of the authorities.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.errors import BadInputError, LedgerError
from archive.fixity.copying import copy
from archive.fixity.findings import BACK
from archive.fixity.ledger import entries, read
from archive.fixity.note import opened
from archive.model.times import format_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from archive.fixity.findings import Findings
    from archive.fixity.holding import Holding
    from archive.fixity.known import Expected
    from archive.fixity.ledger import Read
    from archive.fixity.state import Entry
    from archive.folder import DataFolder


class StampError(LedgerError):
    """An answer of an authority that is none, or not for what it was asked."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an answer says.

    Attributes:
        at: The authority's time, ISO 8601.
        serial: The answer's number.
        sha256: What it vouches for.
    """

    at: str
    serial: int
    sha256: bytes


def point_path(folder: DataFolder, size: int) -> Path:
    """Where the checkpoint of so many entries is kept, once it is stamped."""
    return folder.timestamps / f"{size:010d}.checkpoint"


def request(note: bytes) -> tuple[bytes, int]:
    """What an authority is sent to stamp a checkpoint, and the nonce in it."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    made = TimestampRequestBuilder().data(note).hash_algorithm(HashAlgorithm.SHA256).build()
    return made.as_bytes(), int(made.nonce or 0)


def read_stamp(raw: bytes, note: bytes, nonce: int | None = None) -> Stamp:
    """An answer over a checkpoint.

    Args:
        raw: The answer.
        note: The checkpoint, as it stands.
        nonce: Of the request, where it is known; an old answer to another one is then none.

    Raises:
        StampError: It is no answer, refuses, or is over something else.
    """
    from rfc3161_client import PKIStatus, decode_timestamp_response

    try:
        found = decode_timestamp_response(raw)
        if PKIStatus(found.status) not in {PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS}:
            raise StampError("the authority refused")
        info = found.tst_info
        stamp = Stamp(format_time(info.gen_time), info.serial_number, info.message_imprint.message)
    except ValueError as error:
        raise StampError(f"no answer as RFC 3161 has it: {error}") from error
    if stamp.sha256 != hashlib.sha256(note).digest():
        raise StampError("it stamps something else")
    if nonce is not None and info.nonce != nonce:
        raise StampError("it answers another request")
    return stamp


def vouched(raw: bytes, note: bytes, pem: bytes) -> str | None:
    """Why an answer cannot be trusted by these certificates; None where it can.

    Args:
        raw: The answer.
        note: The checkpoint, as it stands.
        pem: The roots that the asker trusts.

    Raises:
        BadInputError: They are no certificates.
    """
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    try:
        roots = load_pem_x509_certificates(pem)
    except ValueError as error:
        raise BadInputError(f"--authorities: no certificates in PEM: {error}") from error
    try:
        VerifierBuilder(roots=roots).build().verify_message(decode_timestamp_response(raw), note)
    except (VerificationError, ValueError) as error:
        return str(error)
    return None


def entry_of(stamp: Stamp, size: int, authority: str, file: str, raw: bytes) -> Entry:
    """The ledger's entry of an answer."""
    return {
        "kind": "timestamp",
        "at": stamp.at,
        "size": size,
        "authority": authority,
        "file": file,
        "serial": str(stamp.serial),
        "sha256": hashlib.sha256(raw).hexdigest(),
    }


def covering(found: Sequence[Entry], number: int) -> list[dict[str, Any]]:
    """Of entries of timestamps, those that vouch for an entry of the ledger, the earliest first."""
    names = ("at", "authority", "size", "file")
    told = [{name: one[name] for name in names} for one in found if one["size"] > number]
    return sorted(told, key=lambda one: str(one["at"]))


def check_stamps(
    holding: Holding, known: Expected, findings: Findings, pem: bytes | None = None
) -> None:
    """Each timestamp that the ledger speaks of is there, unaltered, and over a checkpoint of this
    ledger; and by the certificates given, if any, one of an authority.

    Args:
        holding: What is verified.
        known: Has the ledger.
        findings: Filled.
        pem: Roots that the asker trusts; None: he names none.
    """
    if known.ledger is None:
        return
    unproven = 0
    for _, entry in entries(holding.folder):
        if entry["kind"] != "timestamp":
            continue
        findings.checked["timestamps"] += 1
        wrong = _wrong(holding.folder, entry, known.ledger, pem)
        if wrong is not None:
            findings.fault(holding.name(wrong[0]), wrong[1], BACK)
        unproven += pem is None
    if unproven:
        findings.notes.append(
            f"{unproven} timestamps are over checkpoints of this ledger; whether they are an "
            "authority's: isw-archive verify --authorities ITS-CERTIFICATES.pem"
        )


def _wrong(
    folder: DataFolder, entry: Entry, ledger: Read, pem: bytes | None
) -> tuple[Path, str] | None:
    """The file that is wrong, and why."""
    point, path = point_path(folder, entry["size"]), folder.timestamps / entry["file"]
    for one in (point, path):
        if not one.is_file():
            return one, "missing: a timestamp of the ledger, or the checkpoint that it is over"
    raw, note = path.read_bytes(), point.read_bytes()
    try:
        said = opened(note.decode("utf-8", "replace"), ledger.state.keys)
    except LedgerError as error:
        return point, f"altered: of the checkpoint that was stamped, {error}"
    if said.size != entry["size"] or ledger.tree.root(said.size) != said.root:
        return point, "re-chained: the ledger is not the one that was stamped"
    why = _unlike(raw, note, entry, pem)
    return None if why is None else (path, why)


def _unlike(raw: bytes, note: bytes, entry: Entry, pem: bytes | None) -> str | None:
    if hashlib.sha256(raw).hexdigest() != entry["sha256"]:
        return "altered: the timestamp is not the one that was entered"
    try:
        stamp = read_stamp(raw, note)
        why = vouched(raw, note, pem) if pem else None
    except LedgerError as error:
        return f"the timestamp is of no use: {error}"
    if stamp.at != entry["at"]:
        return "altered: the timestamp has another time than the one that was entered"
    return None if why is None else f"no authority's timestamp: {why}"


def put_back(folder: DataFolder, other: DataFolder) -> list[Path]:
    """Put back timestamps, and what they are over, that another copy has right; those put back.

    The caller holds the lock.
    """
    ledger, put = read(folder), []
    for _, entry in entries(folder):
        if entry["kind"] == "timestamp":
            wrong, theirs = (_wrong(one, entry, ledger, None) for one in (folder, other))
            if wrong is not None and theirs is None:
                names = (point_path(folder, entry["size"]).name, str(entry["file"]))
                for name in names:
                    copy(other.timestamps / name, folder.timestamps / name)
                put += [folder.timestamps / name for name in names]
    return put
