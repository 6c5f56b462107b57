"""Certificates that servers showed, as records keep them: each once a file, in a metadata record of
its own that stands before the first answer it was shown with, and is named there by its SHA-256.

A record of November 2026 and before has them itself, DER in base64; both forms are read.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from archive.errors import WarcError
from archive.warc.record import CERTIFICATE_HEADER, CERTIFICATE_URI
from archive.warc.through import Wound, read_through, record_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from archive.warc.record import WarcRecord

_NAME = re.compile(r"sha256:(?P<sha256>[0-9a-f]{64})(?: at (?P<offset>[0-9]{1,15}))?")


@dataclass(frozen=True, slots=True)
class Shown:
    """One certificate that a record names.

    Attributes:
        sha256: Of its DER, in hex, by which logs of certificates (RFC 6962) find it.
        der: None where the record has only its name.
        offset: Where its record stood in the file when it was written.
    """

    sha256: str
    der: bytes | None = None
    offset: int | None = None


def name_of(sha256: str, offset: int) -> str:
    """The header's value that names a certificate whose record stands at `offset`."""
    return f"sha256:{sha256} at {offset}"


def der_of(text: str) -> bytes:
    """The bytes of a certificate in base64; what is no base64 as it stands."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return text.encode("utf-8", "replace")


def shown_with(record: WarcRecord) -> tuple[Shown, ...]:
    """The certificates that a record names or has itself, in the order in which they came."""
    return tuple(map(_named_shown, record.headers(CERTIFICATE_HEADER)))


def named_in(record: WarcRecord) -> frozenset[str]:
    """SHA-256 of those that a record only names."""
    return frozenset(one.sha256 for one in shown_with(record) if one.der is None)


def held_in(record: WarcRecord) -> str | None:
    """SHA-256 of the certificate that a record was written for; None for all other records, and
    where its bytes are not those that its address names."""
    if record.type != "metadata" or not (record.uri or "").startswith(CERTIFICATE_URI):
        return None
    digest = sha256(record.block).hexdigest()
    return digest if record.uri == CERTIFICATE_URI + digest and record.mismatch is None else None


def records_of(
    path: Path,
    wanted: Iterable[Shown],
    places: Callable[[Path], Mapping[str, int]] | None = None,
) -> dict[str, WarcRecord]:
    """The records of certificates in a file, by SHA-256; those that are lost or damaged are not
    among them.

    They are looked for where they stood when the file was written; where that is not right (the
    records came from another file, or one is lost) all of it is read.

    Args:
        path: The file of the record that names them.
        wanted: What it names.
        places: As `places_in`, for whoever asks of many records: a file is to be read once.
    """
    names = {one.sha256: one.offset for one in wanted if one.der is None}
    found = {name: record for name, at in names.items() if (record := _record_at(path, name, at))}
    if missing := names.keys() - found.keys():
        stand = (places or places_in)(path)
        found |= {name: one for name in missing if (one := _record_at(path, name, stand.get(name)))}
    return found


def places_in(path: Path) -> dict[str, int]:
    """Where a file has the records of certificates, by SHA-256; it is read to its end, or to where
    it cannot be read."""
    found: dict[str, int] = {}
    try:
        for item in read_through(path, types={"metadata"}):
            if not isinstance(item, Wound) and (name := held_in(item)) is not None:
                found.setdefault(name, item.location.offset)
    except WarcError:
        pass  # those found before are right
    return found


def chain_of(path: Path, record: WarcRecord) -> tuple[Shown, ...]:
    """The certificates shown with an answer, with their bytes wherever those are held.

    Args:
        path: The file of the record.
        record: Of the answer.
    """
    chain = shown_with(record)
    held = records_of(path, chain)
    return tuple(
        Shown(one.sha256, held[one.sha256].block, one.offset)
        if one.der is None and one.sha256 in held
        else one
        for one in chain
    )


def _named_shown(text: str) -> Shown:
    if named := _NAME.fullmatch(text.strip()):
        return Shown(named["sha256"], None, int(named["offset"]) if named["offset"] else None)
    der = der_of(text)
    return Shown(sha256(der).hexdigest(), der)


def _record_at(path: Path, name: str, offset: int | None) -> WarcRecord | None:
    """The record of a certificate, if it stands there and is whole."""
    if offset is None:
        return None
    try:
        record = record_at(path, offset)
    except WarcError:
        return None
    return record if held_in(record) == name else None
