"""Verifying what a dossier holds: records, the index that leads to them, and the ledger's word on
them."""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import tempfile
import zlib
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.counted import counted
from archive.dossier.package import (
    BLOCKS,
    CHECKPOINT,
    INDEX,
    OURS,
    PAGES,
    PROOFS,
    WARC,
)
from archive.errors import BadInputError, LedgerError, WarcError
from archive.fixity.checkpoint import Key, open_checkpoint
from archive.fixity.ledger import parsed
from archive.fixity.merkle import verify_inclusion
from archive.warc.cdxj import cdxj_line
from archive.warc.certificates import held_in, named_in
from archive.warc.packing.origins import GZIP_MAGIC
from archive.warc.through import Wound, read_through

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.dossier.opened import Opened
    from archive.fixity.check_ledger import Trust
    from archive.fixity.checkpoint import Checkpoint
    from archive.fixity.findings import Findings
    from archive.warc.record import WarcRecord

REMEDY = "get the dossier again from whoever made it"
_WARCS = (".warc", ".warc.gz")
_FOLDER = "archive/"
_GZIP = zlib.MAX_WBITS | 16
_MOST_INDEX_BYTES = 1 << 30


@dataclass(slots=True)
class _Seen:
    """Records that were read.

    Attributes:
        digests: SHA-256 of each record's bytes as they lie there, by id.
        of: The record that each belongs to: of a request what answered it, else itself; of those
            that describe files, none.
        revisits: Record, file, byte and target of each.
        certificates: SHA-256 of those that stand there, by id of their record.
        named: SHA-256 of those that other records name.
        lines: Of the index, as they should be.
        unlike: Record, file and byte of those that are packed otherwise than ours.
    """

    digests: dict[str, str] = field(default_factory=dict)
    of: dict[str, str] = field(default_factory=dict)
    revisits: list[tuple[str, str, int, str]] = field(default_factory=list)
    certificates: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    lines: list[str] = field(default_factory=list)
    unlike: list[tuple[str, str, int]] = field(default_factory=list)


def check_records(
    package: Opened, about: dict[str, Any], findings: Findings, *, is_ours: bool
) -> None:
    """Every record: its digests, what it refers to, and that index and pages lead to it.

    Args:
        package: What is verified.
        about: What it says of itself.
        findings: Where to.
        is_ours: It is, or should be, one that this program made.
    """
    seen = _Seen()
    for info in package.infos:
        name = info.filename
        is_warc = name.startswith(_FOLDER) and name.lower().endswith(_WARCS)
        if is_warc and info.file_size == _stated(about, name):
            _warc(package, name, seen, findings)
    if not is_ours:
        return
    for record, name, byte in seen.unlike:
        what = "does not stand alone in a gzip member, as this program writes it"
        findings.fault(name, what, REMEDY, record=record, byte=byte)
    for record, name, byte, target in seen.revisits:
        if target not in seen.digests:
            what = f"refers to record {target}, which is not there"
            findings.fault(name, what, REMEDY, record=record, byte=byte)
    if lost := seen.named - set(seen.certificates.values()):
        findings.notes.append(f"{counted(len(lost), 'certificates')} of servers are not in it")
    _index(package, seen, findings)
    _proven(package, about, seen, findings)


def _stated(about: dict[str, Any], name: str) -> object:
    """How long a file should be; nobody has one of another length unpacked."""
    listed = about.get("resources")
    found = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return next((one.get("bytes") for one in found if one.get("path") == name), None)


def _warc(package: Opened, name: str, seen: _Seen, findings: Findings) -> None:
    with tempfile.TemporaryDirectory(prefix="isw-archive-verify-") as folder:
        copy = Path(folder) / name.rpartition("/")[2]
        # what breaks off is told with its digest; what came before is read all the same
        with contextlib.suppress(BadInputError), copy.open("wb") as file:
            for piece in package.pieces(name):
                file.write(piece)
        try:
            _records_of(copy, name, seen, findings)
        except (WarcError, OSError) as error:
            text = str(error).replace(str(copy), name)
            findings.fault(name, f"holds no record that can be read: {text}", REMEDY)


def _records_of(copy: Path, name: str, seen: _Seen, findings: Findings) -> None:
    for item in read_through(copy, large=True):
        if isinstance(item, Wound):
            what = f"damaged: {item.why} (to byte {item.end})"
            findings.fault(name, what, REMEDY, record=item.record_id, byte=item.start)
        else:
            _record(copy, name, item, seen, findings)


def _record(path: Path, name: str, record: WarcRecord, seen: _Seen, findings: Findings) -> None:
    findings.checked["records"] += 1
    place = record.location
    with path.open("rb") as file:
        file.seek(place.offset)
        raw = file.read(place.length)
    digest = sha256(raw).hexdigest()
    if not raw.startswith(GZIP_MAGIC):
        seen.unlike.append((record.record_id, name, place.offset))
    if record.record_id in seen.digests and record.type != "warcinfo":
        what = "the same record stands there twice"
        findings.fault(name, what, REMEDY, record=record.record_id, byte=place.offset)
    seen.digests[record.record_id] = digest
    if record.type != "warcinfo":
        is_request = record.type == "request" and record.concurrent_to
        seen.of[record.record_id] = str(record.concurrent_to if is_request else record.record_id)
    seen.named |= named_in(record)
    if certificate := held_in(record):
        seen.certificates[record.record_id] = certificate
    if record.refers_to:
        seen.revisits.append((record.record_id, name, place.offset, record.refers_to))
    moved = replace(record, location=replace(place, file=WARC.rpartition("/")[2]))
    if line := cdxj_line(moved, {"recordDigest": f"sha256:{digest}"}):
        seen.lines.append(line)


# --- index and pages ------------------------------------------------------------------------------


def _index(package: Opened, seen: _Seen, findings: Findings) -> None:
    wanted = sorted(line.encode("utf-8", "backslashreplace") for line in seen.lines)
    try:
        lines = list(_lines(package))
        *heads, rest = package.content(INDEX).split(b"\n")
    except BadInputError as error:
        findings.fault(BLOCKS, str(error), REMEDY)
        return
    if lines != wanted:
        findings.fault(BLOCKS, "does not lead to the records that are there", REMEDY)
    elif rest or not _lead(package, heads[1:]):
        findings.fault(INDEX, f"does not lead to the blocks of {BLOCKS}", REMEDY)
    addresses = {_address(line) for line in wanted}
    try:
        _, *pages = package.content(PAGES).split(b"\n")[:-1]
        named = [json.loads(line) for line in pages]
        missing = [one["url"] for one in named if one["url"] not in addresses]
    except (BadInputError, ValueError, LookupError, TypeError, RecursionError) as error:
        findings.fault(PAGES, f"is no list of pages: {error}", REMEDY)
        return
    for url in missing:
        findings.fault(PAGES, f"names a page that is not there: {url}", REMEDY)


def _lines(package: Opened) -> Iterator[bytes]:
    """The lines of the index, block by block."""
    packed, size = package.content(BLOCKS), 0
    while packed:
        unpacker = zlib.decompressobj(_GZIP)
        try:
            text = unpacker.decompress(packed, _MOST_INDEX_BYTES - size)
        except zlib.error as error:
            raise BadInputError(f"cannot be unpacked: {error}") from error
        size += len(text)
        if not unpacker.eof:
            raise BadInputError("is not whole, or too large")
        packed = unpacker.unused_data
        yield from text.split(b"\n")[:-1]


def _lead(package: Opened, heads: list[bytes]) -> bool:
    packed, end = package.content(BLOCKS), 0
    try:
        for head in heads:
            where = json.loads(head[head.index(b" {") :])
            block = packed[where["offset"] : where["offset"] + where["length"]]
            first = zlib.decompress(block, _GZIP).partition(b" {")[0]
            is_right = where["digest"] == f"sha256:{sha256(block).hexdigest()}"
            if not is_right or where["offset"] != end or first != head.partition(b" {")[0]:
                return False
            end += len(block)
    except (ValueError, LookupError, TypeError, zlib.error, RecursionError):
        return False
    return end == len(packed)


def _address(line: bytes) -> str:
    return str(json.loads(line.split(b" ", 2)[2])["url"])


# --- the ledger -----------------------------------------------------------------------------------


def _proven(package: Opened, about: dict[str, Any], seen: _Seen, findings: Findings) -> None:
    """Check that each record has its entry in the ledger, and the digest that the entry has."""
    if CHECKPOINT not in package.names():
        return
    try:
        told = dict(_entered(package.content(PROOFS)))
    except (BadInputError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return  # told by whoever checks the proofs
    late = set(_late(about))
    for record, digest in seen.digests.items():
        wanted = told.get(record)
        if wanted is not None and wanted != digest:
            what = "altered: the record's bytes are not those of its entry in the ledger"
            findings.fault(WARC, what, REMEDY, record=record)
        elif seen.certificates.get(record) in seen.named:
            continue  # its bytes are those that a record names, whose own are in the ledger
        elif wanted is None and record in seen.of and seen.of[record] not in late:
            what = "the ledger's word on this record is missing"
            findings.fault(PROOFS, what, REMEDY, record=record)


def _entered(proofs: bytes) -> Iterator[tuple[str, str]]:
    """SHA-256 of each record's bytes, as the ledger has it, by the record's id."""
    for line in proofs.split(b"\n")[:-1]:
        entry = json.loads(json.loads(line)["line"])
        yield entry["record"], entry["sha256"]
        if entry.get("request"):
            yield entry["request"]["record"], entry["request"]["sha256"]


def _late(about: dict[str, Any]) -> list[str]:
    ours = about.get(OURS)
    found = ours.get("not_in_ledger") if isinstance(ours, dict) else None
    return [str(one) for one in found] if isinstance(found, list) else []


def check_ledger(package: Opened, about: dict[str, Any], trust: Trust, findings: Findings) -> None:
    """The ledger's checkpoint, and that it vouches for every entry.

    Args:
        package: What is verified.
        about: What it says of itself.
        trust: The ledger's key, as the asker knows it; without one, the key that the dossier names.
        findings: Where to.
    """
    if CHECKPOINT not in package.names():
        if trust.key is not None:
            findings.fault(CHECKPOINT, "missing, and the ledger's key was given", REMEDY)
        else:
            findings.notes.append("there is no word of a ledger in it")
        return
    try:
        point = _checkpoint(package, about, trust, findings)
    except (BadInputError, LedgerError) as error:
        findings.fault(CHECKPOINT, str(error), REMEDY)
        return
    findings.checked["entries"] += 0
    if late := _late(about):
        text = f"{len(late)} records were not in the ledger yet when the dossier was made"
        if trust.key is None:
            findings.notes.append(text)
        else:
            findings.fault(PROOFS, text, "export the report again")
    _proofs(package, point, findings)


def _checkpoint(
    package: Opened, about: dict[str, Any], trust: Trust, findings: Findings
) -> Checkpoint:
    key = trust.key
    if key is None:
        ours = about.get(OURS)
        key = Key.parse(str(ours.get("ledger_key") if isinstance(ours, dict) else None))
        findings.notes.append(
            f"the ledger's key is taken from the dossier itself: {key}; whoever knows it from "
            "elsewhere gives --key"
        )
    try:
        note = package.content(CHECKPOINT).decode("utf-8")
    except UnicodeDecodeError as error:
        raise LedgerError("no checkpoint; it is no text") from error
    return open_checkpoint(note, [key])


def _proofs(package: Opened, point: Checkpoint, findings: Findings) -> None:
    try:
        lines = package.content(PROOFS).split(b"\n")[:-1]
    except BadInputError as error:
        findings.fault(PROOFS, str(error), REMEDY)
        return
    for number, line in enumerate(lines, 1):
        findings.checked["entries"] += 1
        try:
            one = json.loads(line)
            entry, path = one["line"].encode(), [_decoded(each) for each in one["proof"]]
            record = str(parsed(entry)["record"])
            is_right = verify_inclusion(entry, int(one["entry"]), point.size, path, point.root)
        except (ValueError, LookupError, TypeError, AttributeError, LedgerError, RecursionError):
            findings.fault(PROOFS, f"line {number} is no proof", REMEDY)
            continue
        if not is_right:
            what = "its proof does not lead to the checkpoint's root"
            findings.fault(PROOFS, what, REMEDY, record=record)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
