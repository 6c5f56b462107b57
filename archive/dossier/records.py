"""The records of a dossier: copied as they lie in the archive's WARC files, byte for byte."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.dossier.contents import Left, RecordStart
from archive.dossier.package import WARC, Resource
from archive.errors import WarcError
from archive.model.fetch import Location
from archive.warc.cdxj import cdxj_line
from archive.warc.certificates import places_in, records_of, shown_with
from archive.warc.record import WarcRecord, packed_bytes
from archive.warc.through import Wound, read_through

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from archive.dossier.contents import Contents

BLOCK_BYTES = 1 << 20
_NAME = WARC.rpartition("/")[2]
_SHARES = "it shares a gzip member with others"
_REPEATS = "the record whose body it repeats is lost or damaged"


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of a WARC file that go into the dossier."""

    path: Path
    offset: int
    length: int


@dataclass(slots=True)
class Records:
    """What was measured of them.

    Attributes:
        pieces: In order.
        lines: Of the index.
        finals: Ids of the records that end a capture, or a redirect before it.
        certificates: SHA-256 of the servers' certificates that are in it.
        uncertified: Records that name a certificate whose own record is lost or damaged.
        damaged: Captures that are left out since their record is damaged.
        places: Where a file has the certificates that do not stand where they are looked for.
        uris: Address and 14 digits of each record that is replayed, by its place in the archive.
    """

    pieces: list[Piece] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    finals: set[str] = field(default_factory=set)
    certificates: set[str] = field(default_factory=set)
    uncertified: int = 0
    damaged: list[Left] = field(default_factory=list)
    uris: dict[RecordStart, tuple[str, str]] = field(default_factory=dict)
    size: int = 0
    crc: int = 0
    places: Callable[[Path], Mapping[str, int]] = field(default_factory=lambda: cache(places_in))
    _sha256: hashlib._Hash = field(default_factory=hashlib.sha256)

    def take(self, path: Path, record: WarcRecord, raw: bytes) -> None:
        """A record follows."""
        place = record.location
        digest = hashlib.sha256(raw).hexdigest()
        moved = replace(record, location=Location(_NAME, self.size, len(raw)))
        if line := cdxj_line(moved, {"recordDigest": f"sha256:{digest}"}):
            self.lines.append(line)
            digits = line.split(" ", 2)[1]
            self.uris[RecordStart(path.name, place.offset)] = (record.uri or "", digits)
        if record.context is not None:
            self.finals.add(record.record_id)
        self.pieces.append(Piece(path, place.offset, len(raw)))
        self.size += len(raw)
        self.crc = zlib.crc32(raw, self.crc)
        self._sha256.update(raw)

    def resource(self) -> Resource:
        """The WARC file of the dossier."""
        pieces = tuple(self.pieces)
        return Resource(
            WARC, self.size, self.crc, self._sha256.hexdigest(), lambda: _content(pieces)
        )


def records(folder: Path, wanted: Contents) -> Records:
    """Read each record once; those that are damaged are left out and named.

    Args:
        folder: The archive's WARC files.
        wanted: What goes in.
    """
    found = Records()
    by_place = {
        RecordStart(row["warc_file"], row["warc_offset"]): row for row in wanted.captures.values()
    }
    for number, hops in wanted.hops.items():
        by_place.update(dict.fromkeys(hops, wanted.captures[number]))
    begun: set[str] = set()
    lost: set[str] = set()
    for place in wanted.places():
        path = folder / place.file
        if place.file not in begun:
            begun.add(place.file)
            _take(found, path, 0, are=("warcinfo",))
        row = by_place[place]
        why = _REPEATS if row["revisit_of"] in lost else _take(found, path, place.offset)
        if why is not None:
            lost.add(row["record_id"])
            left = Left(row["id"], row["record_id"], row["url"], row["captured_at"], why)
            found.damaged.append(left)
    return found


def _take(found: Records, path: Path, offset: int, *, are: tuple[str, ...] = ()) -> str | None:
    """The record at a place, with its request; why there is none that is whole.

    Args:
        found: Where to.
        path: A WARC file.
        offset: Where it begins.
        are: Types that are taken; none named: all are.
    """
    try:
        items = read_through(path, offset, large=True)
        first = next(items, None)
        if isinstance(first, Wound) or first is None:
            return first.why if isinstance(first, Wound) else "its record is not there"
        if are and first.type not in are:
            return None
        if not first.location.length:
            return _SHARES
        after = next(items, None)
        with path.open("rb") as file:
            _take_certificates(found, path, file.fileno(), first)
            found.take(path, first, packed_bytes(file.fileno(), first))
            if (request := _request(after, first)) is not None:
                found.take(path, request, packed_bytes(file.fileno(), request))
    except (WarcError, OSError) as error:
        return _reason_words(error, path)
    return None


def _take_certificates(found: Records, path: Path, handle: int, record: WarcRecord) -> None:
    """What a record names of the server's certificates, unless an earlier one brought it along."""
    wanted = [one for one in shown_with(record) if one.sha256 not in found.certificates]
    names = {one.sha256 for one in wanted if one.der is None}
    for name, one in records_of(path, wanted, found.places).items():
        if one.location.length:
            found.take(path, one, packed_bytes(handle, one))
            found.certificates.add(name)
    found.uncertified += not names <= found.certificates


def _reason_words(error: WarcError | OSError, path: Path) -> str:
    """Why a record cannot be had, without the folders of whoever makes the dossier."""
    if not path.exists():
        return f"its WARC file {path.name} is not there"
    text = error_with_advice(error) if isinstance(error, OSError) else str(error)
    return text.replace(str(path), path.name)


def _request(item: WarcRecord | Wound | None, of: WarcRecord) -> WarcRecord | None:
    """What follows a response, if it is its request and whole."""
    if not isinstance(item, WarcRecord) or not item.is_request_of(of.record_id):
        return None
    return item if item.mismatch is None and item.location.length else None


def _content(pieces: tuple[Piece, ...]) -> Iterator[bytes]:
    for piece in pieces:
        with piece.path.open("rb") as file:
            file.seek(piece.offset)
            left = piece.length
            while left and (block := file.read(min(BLOCK_BYTES, left))):
                left -= len(block)
                yield block
