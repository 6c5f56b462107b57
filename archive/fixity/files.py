"""Verifying WARC files: the size and SHA-256 of each; each record where that is asked for, or where
the file is not right."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from archive.advice import error_with_advice
from archive.counted import counted
from archive.errors import WarcError
from archive.fixity.findings import REMAKE
from archive.warc.certificates import held_in, named_in
from archive.warc.measured import is_held
from archive.warc.packing.origins import GZIP_MAGIC
from archive.warc.through import Wound, read_through

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive.fixity.expected import Expected, Member
    from archive.fixity.findings import Findings
    from archive.fixity.holding import Holding
    from archive.warc.record import WarcRecord

BLOCK_BYTES = 1 << 20
_GZIP_HEAD = 10
OURS = "isw-archive-"
"""How the names of the WARC files begin that `archive.warc.writer` writes."""
LATER = "the next command that writes takes it in"


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record as it was found."""

    file: str
    offset: int
    length: int
    uri: str | None
    payload: str | None
    run: str | None


@dataclass(slots=True)
class Seen:
    """Records that were read.

    Attributes:
        records: Ids of all records, and what payloads they hold.
        finals: Those that end a capture, by id.
        revisits: Record, file and offset of each revisit, and the record that it refers to.
        files: That were read through.
        places: Where their records begin, and how long they are, by file; 0 where several share a
            gzip member.
    """

    records: set[str] = field(default_factory=set)
    finals: dict[str, FoundRecord] = field(default_factory=dict)
    revisits: list[tuple[str, str, int, str]] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    places: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileWatch:
    """How files are looked at.

    Attributes:
        deep: Every record is read, too.
        progress: Told the bytes read so far of all files.
    """

    deep: bool
    progress: Callable[[int], None]


def check_file(
    path: Path, holding: Holding, known: Expected, findings: Findings, watch: FileWatch, seen: Seen
) -> None:
    """Verify one WARC file: size, digest, and its records where they are read."""
    name = holding.name(path)
    try:
        size, digest = _digest(path, findings, watch)
    except FileNotFoundError:
        return  # taken away since it was listed; one that should be there is told as missing
    except OSError as error:
        findings.fault(name, f"cannot be read: {error_with_advice(error)}")
        return
    findings.checked["files"] += 1
    claims = known.closed.get(path.name, [])
    wrong = [who for who, was, sha256 in claims if was not in {None, size} or sha256 != digest]
    if wrong and len(wrong) < len(claims):
        findings.fault(
            name, f"its SHA-256 is not what {wrong[0]} says, but what others say", REMAKE
        )
    elif wrong:
        _say_altered(path, name, known, findings, seen, size)
    elif watch.deep or not claims:
        is_open = not claims
        faults = len(findings.faults)
        _check_records(path, name, known, findings, seen, is_open=is_open)
        if is_open and len(findings.faults) == faults:
            _check_members(path, name, known, findings)
            _check_packing(path, name, seen, findings)


def _digest(path: Path, findings: Findings, watch: FileWatch) -> tuple[int, str]:
    found, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            found.update(block)
            size += len(block)
            findings.checked["bytes"] += len(block)
            watch.progress(findings.checked["bytes"])
    return size, found.hexdigest()


def _say_altered(
    path: Path, name: str, known: Expected, findings: Findings, seen: Seen, size: int
) -> None:
    """Name the damaged records of a closed file that is not what it was, or at least the file."""
    claims = known.closed[path.name]
    was = next((was for _, was, _ in claims if was is not None), size)
    before = len(findings.faults)
    _check_records(path, name, known, findings, seen, is_open=False)
    _check_members(path, name, known, findings)
    if size != was:
        findings.fault(name, f"its length changed after it was closed: {size} bytes, it was {was}")
    elif len(findings.faults) == before:
        findings.fault(name, "altered after it was closed: its SHA-256 is another")


def _check_records(
    path: Path, name: str, known: Expected, findings: Findings, seen: Seen, *, is_open: bool
) -> None:
    """Every record of a file."""
    seen.files.add(path.name)
    committed = known.committed.get(path.name, 0)
    by_offset = {member.offset: member for member in known.members.get(path.name, ())}
    named: set[str] = set()
    held: set[str | None] = set()
    try:
        for item in read_through(path, large=True):
            if not isinstance(item, Wound):
                _note(item, seen, findings)
                named |= named_in(item)
                held.add(held_in(item))
            elif is_open and item.is_torn and item.start >= committed:
                if not is_held(path):
                    findings.notes.append(
                        f"{name} ends in half a record, as a run that broke off leaves it; {LATER}"
                    )
            else:
                member = by_offset.get(item.start)
                record = item.record_id or (member.record if member else None)
                kind = "missing" if item.is_blank else "damaged"
                what = f"{kind}: {item.why} (to byte {item.end})"
                findings.fault(name, what, record=record, byte=item.start)
    except (WarcError, OSError) as error:
        findings.fault(name, f"holds no record that can be read: {error}")
    if lost := named - held:
        told = f"{counted(len(lost), 'certificates')} of servers, which its records name"
        findings.notes.append(f"{name} does not have {told}: damaged, or lost")


def _note(record: WarcRecord, seen: Seen, findings: Findings) -> None:
    findings.checked["records"] += 1
    place = record.location
    seen.records.add(record.record_id)
    seen.places.setdefault(place.file, []).append((place.offset, place.length))
    if record.refers_to:
        told = (record.record_id, place.file, place.offset, record.refers_to)
        seen.revisits.append(told)
    context = record.context
    if context is not None and context.final and record.mismatch is None:
        payload = None if record.type == "metadata" else record.payload_digest
        seen.finals[record.record_id] = FoundRecord(
            place.file, place.offset, place.length, record.uri, payload, context.run
        )


def _check_members(path: Path, name: str, known: Expected, findings: Findings) -> None:
    """Check the bytes of each record that the ledger has."""
    told = {fault.byte for fault in findings.faults if fault.file == name}
    with path.open("rb") as file:
        for member in known.members.get(path.name, ()):
            file.seek(member.offset)
            what = _unlike(file.read(member.length), member)
            if what and member.offset not in told and member.record not in known.lost:
                findings.fault(name, what, record=member.record, byte=member.offset)


def _unlike(raw: bytes, member: Member) -> str | None:
    """In what way the bytes at a record's place are not those that the ledger has."""
    if hashlib.sha256(raw).hexdigest() == member.sha256:
        return None
    entry = f"entry {member.entry} of the ledger"
    if not raw:
        return f"missing: the file ends before the record of {entry}"
    if not any(raw):
        return f"missing: nothing but zero bytes where the record of {entry} stood"
    if len(raw) < member.length:
        return f"cut off: the file ends within the record of {entry}"
    return f"altered: the record's bytes are not those of {entry}"


def _check_packing(path: Path, name: str, seen: Seen, findings: Findings) -> None:
    """Check, in a file whose digest is not known yet, the parts of gzip members that readers
    ignore: their heads are all alike, and each end states the length that the member unpacks to.

    Their heads are all alike, and at its end each says how long it is unpacked.
    """
    places = [place for place in seen.places.get(path.name, ()) if place[1]]
    with path.open("rb") as file:
        heads = [_head(file, offset) for offset, _ in places]
        if not path.name.startswith(OURS) or not all(h.startswith(GZIP_MAGIC) for h in heads):
            return
        usual = Counter(heads).most_common(1)[0][0] if heads else b""
        for (offset, length), head in zip(places, heads, strict=True):
            if head != usual:
                findings.fault(
                    name, "altered: a gzip member begins otherwise than it did", byte=offset
                )
            elif not _is_sound(file, offset, offset + length):
                findings.fault(
                    name, "altered: a gzip member ends otherwise than it did", byte=offset
                )


def _is_sound(file: BinaryIO, start: int, end: int) -> bool:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    file.seek(start)
    left = end - start
    try:
        while left > 0 and not unpacker.eof:
            block = file.read(min(BLOCK_BYTES, left))
            left -= len(block)
            while block and not unpacker.eof:
                unpacker.decompress(block, BLOCK_BYTES)
                block = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof and not unpacker.unused_data and not left


def _head(file: BinaryIO, offset: int) -> bytes:
    file.seek(offset)
    return file.read(_GZIP_HEAD)


def check_names(holding: Holding, known: Expected, findings: Findings) -> None:
    """Find files that are missing, and files that nobody knows."""
    there = {path.name for path in holding.folder.warc_files()}
    warcs = holding.folder.warcs
    for name in sorted(known.names() - there):
        lost = len([m for m in known.members.get(name, ()) if m.record in known.captures])
        held = f"; it held {lost} captures" if lost else ""
        findings.fault(holding.name(warcs / name), f"missing{held}")
    findings.notes += holding.folder.odd_entries()
    findings.notes += [
        f"{holding.name(path)} was set aside; look at it, then take it away"
        for path in sorted([*warcs.glob("*.torn*"), *warcs.glob("*.damaged")])
    ]


def check_revisits(holding: Holding, known: Expected, findings: Findings, seen: Seen) -> None:
    """Check that the record which each revisit refers to is there."""
    for record, file, offset, target in seen.revisits:
        if target not in seen.records and target not in known.lost:
            findings.fault(
                holding.name(holding.folder.warcs / file),
                f"refers to record {target}, which is not there",
                record=record,
                byte=offset,
            )
