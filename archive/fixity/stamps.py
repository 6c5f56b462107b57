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
from archive.model.times import format_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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
    """The file for the checkpoint of so many entries, once it is stamped."""
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
    """The ledger's entry of an authority's answer."""
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
    """Timestamps that vouch for an entry of the ledger, the earliest first, among the ledger's
    entries of timestamps."""
    names = ("at", "authority", "size", "file")
    told = [
        {name: one[name] for name in names}
        for one in found
        if one["kind"] == "timestamp" and one["size"] > number
    ]
    return sorted(told, key=lambda one: str(one["at"]))
