"""Reading a WARC file through to its end, whatever is damaged in it.

    for item in read_through(path):
        match item:
            case Wound():
                ...  # told: path, byte range, why
            case WarcRecord():
                ...  # taken in; item.mismatch says why it is in doubt

Damage costs the records that it touches. Behind it the next record is looked for: in a file of gzip
members the next member that begins a record, elsewhere the next line `WARC/1.1` with a header after
it and another record, or the end, after its block.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import WarcError
from archive.model.fetch import Location
from archive.warc.bodies import Measured
from archive.warc.digests import digest_matches
from archive.warc.http import first_header
from archive.warc.packing.origins import MAGIC_BYTES, form_of
from archive.warc.packing.resync import PAGE_BYTES, Members
from archive.warc.packing.sniff import Other, describe
from archive.warc.packing.source import (
    CutError,
    DamagedError,
    Form,
    OddError,
    Source,
    begins_record,
)
from archive.warc.reader import MAX_RECORD_BYTES, Wanted, next_parts, no_warc, unreadable
from archive.warc.record import WarcRecord, build_record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from archive.model.fetch import Headers

# Bytes that tries behind damage may read again, as multiples of the file's length, and besides:
# real damage needs less than one (a record is tried once), and a file made to cost more is read on
# from where a try broke off.
_RETRIES = 2
_RETRY_BYTES = 64 * 1024 * 1024
_BLANK = "nothing but zero bytes"
_CUT = "the file ends within a record"
_NO_END = "its end is missing"
_DAMAGED = "what follows its block cannot be unpacked"
_RAGGED = "its Content-Length is too small, or what follows it is no record"


@dataclass(frozen=True, slots=True)
class Wound:
    """A place in a WARC file that is not as it was written.

    Attributes:
        path: The file.
        start: Offset of its first byte: where the record begins that is damaged.
        end: Offset after its last byte: where the next record begins, or the file's length.
        why: In a few words: `digest mismatch: …`, `the file ends within a record`,
            `no gzip member`, …
        at_end: Nothing whole follows: it reaches to the end of the file.
        record_id: Of the record that stands there and was read nevertheless (it is given next, with
            `mismatch`); None where nothing could be read.
    """

    path: Path
    start: int
    end: int
    why: str
    at_end: bool = False
    record_id: str | None = None

    @property
    def is_record(self) -> bool:
        """It is one record, whole by its length, that its digest or its header contradicts."""
        return self.record_id is not None and self.why != _RAGGED

    @property
    def is_blank(self) -> bool:
        """Nothing was ever written there, or it was taken out: a hole in the file."""
        return self.why == _BLANK

    @property
    def is_torn(self) -> bool:
        """As a kill or a power cut leaves a file: it ends within a record, or in zeros."""
        return self.at_end and self.why in {_CUT, _BLANK}

    def __str__(self) -> str:
        """One line for a person."""
        return f"WARC {self.path} is damaged at byte {self.start} (to byte {self.end}: {self.why})"


def read_through(
    path: Path,
    start: int = 0,
    *,
    max_bytes: int = MAX_RECORD_BYTES,
    types: Collection[str] | None = None,
    large: bool = False,
) -> Iterator[WarcRecord | Wound]:
    """The records of a WARC file in order, and between them the wounds: what is damaged, with its
    byte range.

    Time is linear in the file's length, also for zeros, garbage and files made to cost more. A
    record whose digests do not hold, or whose length is less than what stands there, is given after
    its wound, with `mismatch`.

    Args:
        path: WARC 1.0 or 1.1, gzip or plain, whatever its name.
        start: Offset of the first record wanted, as a `Location` gives it.
        max_bytes: Of a larger record the beginning is given, as by `iter_records`; its digests are
            not checked.
        types: Record types wanted; None for all. The others are stepped over, their digests
            unchecked.
        large: Large blocks are read through, however large, and not kept; see `WarcRecord.body`.

    Raises:
        WarcError: It cannot be opened, or is no WARC: no record is found in it.
    """
    path = Path(path)
    source, other = _opened(path, start)
    with source:
        reading = _Reading(path, source, Wanted(max_bytes, types, large))
        # what a file without any record has is no wound
        before: list[WarcRecord | Wound] = []
        for item in reading.items():
            if other is None or reading.found:
                yield from before
                before.clear()
                yield item
            else:
                before.append(item)
        if other is not None and not reading.found:
            raise no_warc(path, other)
        yield from before


def _opened(path: Path, start: int) -> tuple[Source, Other | None]:
    """A file to be read, and what it is where its first bytes are those of no WARC."""
    try:
        if path.exists() and not path.is_file():
            # to open a named pipe is to wait for ever
            raise WarcError(f"WARC {path} cannot be read: it is no file; take it away")
        other = describe(path) if start == 0 else None
        if other is not None and other.certain:
            raise no_warc(path, other)
        return Source(path, start, form=_form_of(path) if other is not None else None), other
    except OSError as error:
        raise unreadable(path, error) from error


def _form_of(path: Path) -> Form | None:
    """How a file with a damaged beginning is packed; None: as its first bytes say."""
    with path.open("rb") as file:
        if form_of(file.read(MAGIC_BYTES)) is not Form.PLAIN:
            return None
        has_members = Members(file.fileno(), Form.GZIP).first_from(0) is not None
    return Form.GZIP if has_members else None


@dataclass(frozen=True, slots=True)
class _Found:
    """A record as it stands in the file, whole as far as its length says."""

    headers: Headers
    block: bytes | Measured | None
    cut: bool
    location: Location
    end: int
    is_alone: bool
    """It begins a gzip member, or the file has none."""
    is_ragged: bool
    """Something that is no record follows its block."""

    @property
    def offset(self) -> int:
        return self.location.offset

    @property
    def is_proven(self) -> bool:
        """Whether its block has the digest that its header gives."""
        digest = first_header(self.headers, "warc-block-digest")
        if digest is None or self.block is None or self.cut:
            return False
        if isinstance(self.block, Measured):
            return self.block.is_proven
        return digest_matches(digest, self.block) is True


class _Reading:
    """One file being read through.

    Attributes:
        found: Records that were whole.
    """

    def __init__(self, path: Path, source: Source, wanted: Wanted) -> None:
        self._path = path
        self._source = source
        self._members = Members(source.fileno(), source.form) if source.compressed else None
        self._wanted = wanted
        self.found = 0
        # The wound under way: where it begins, and why.
        self._wound: tuple[int, str] | None = None
        # The record with which it begins, when no more than its length may be wrong.
        self._held: _Found | None = None
        self._spent = 0

    def items(self) -> Iterator[WarcRecord | Wound]:
        """Everything, to the end."""
        while True:
            offset, is_alone = self._source.place()
            try:
                if self._source.ended():
                    break
                found = self._next_record(offset, is_alone=is_alone)
            except (CutError, DamagedError, OSError) as error:
                self._open(offset, _why(error))
                self._resync(offset, is_odd=isinstance(error, OddError))
            else:
                yield from self._taken(found)
        yield from self._close(self._source.size(), at_end=True)

    def _next_record(self, offset: int, *, is_alone: bool) -> _Found:
        source = self._source
        headers, block, cut = next_parts(source, self._wanted, (offset, is_alone))
        end, ends_alone = source.place()
        after = b"" if ends_alone and source.compressed else source.next_start()
        length = end - offset if is_alone and ends_alone else 0
        place = Location(self._path.name, offset, length)
        is_ragged = not begins_record(after)
        return _Found(headers, block, cut, place, end, is_alone, is_ragged)

    def _taken(self, found: _Found) -> Iterator[WarcRecord | Wound]:
        """What to give of a record that was read."""
        if not found.is_ragged:
            yield from self._close(found.offset)
            yield from self._given(found)
        elif not self._source.compressed:
            yield from self._ragged(found)
            self._next_line(found.end if found.is_proven else found.offset)
        elif self._skipped():
            yield from self._ragged(self._with_length(found))
        else:
            self._open(found.offset, _DAMAGED)
            self._next_member(found.offset)

    def _ragged(self, found: _Found) -> Iterator[WarcRecord | Wound]:
        """What to give of a record before something that is no record."""
        if found.is_proven:
            yield from self._close(found.offset)
            yield from self._given(found)
            self._open(max(found.end, found.offset + 1), "no WARC header")
        elif self._wound is None or (found.is_alone and self._source.compressed):
            # else it is likely an example of a record, in the text of a page that is damaged
            yield from self._close(found.offset)
            self._open(found.offset, _RAGGED)
            self._held = found

    def _with_length(self, found: _Found) -> _Found:
        """A record together with the rest of its gzip member, which holds no other."""
        end, ends_alone = self._source.place()
        length = end - found.offset if found.is_alone and ends_alone else 0
        return replace(found, location=replace(found.location, length=length))

    def _open(self, start: int, why: str) -> None:
        """A wound begins, unless one is under way."""
        if self._wound is None:
            self._wound = start, why

    def _close(self, end: int, *, at_end: bool = False) -> Iterator[WarcRecord | Wound]:
        """The wound under way ends."""
        if self._wound is None:
            return
        (start, why), held = self._wound, self._held
        self._wound, self._held = None, None
        # both within one gzip member: the member is named
        end = end if end > start else max(start, self._source.reached)
        if self._source.is_blank(start, end):
            why = _BLANK
        elif why == _NO_END and at_end:
            why = _CUT
        if held is None or held.block is None or held.end > end:
            yield Wound(self._path, start, end, why, at_end)
            return
        if not self._source.compressed:
            held = replace(held, location=replace(held.location, length=end - start))
        record = _built(held)
        yield Wound(self._path, start, end, why, at_end, record.record_id)
        yield replace(record, mismatch=why)

    def _given(self, found: _Found) -> Iterator[WarcRecord | Wound]:
        """A whole record; one with a digest that does not hold comes after its wound."""
        self.found += 1
        if found.block is None:
            return
        record = _built(found)
        if problem := _problem(record):
            end = found.end if found.end > found.offset else self._source.reached
            yield Wound(self._path, found.offset, end, problem, record_id=record.record_id)
            record = replace(record, mismatch=problem)
        yield record

    def _resync(self, offset: int, *, is_odd: bool) -> None:
        """Go to where the next record may begin, or to the file's end.

        Args:
            offset: Where the record begins that cannot be read.
            is_odd: The bytes unpack well: what follows them can be unpacked, too.
        """
        if not self._source.compressed:
            self._next_line(offset)
        elif not (is_odd and self._skipped()):
            self._next_member(offset)

    def _next_member(self, offset: int) -> None:
        # the whole member is damaged, not only a length in it
        self._held = None
        assert self._members is not None
        place = self._members.first_from(self._beyond(offset))
        self._source.seek(self._source.size() if place is None else place)

    def _next_line(self, offset: int) -> None:
        place = self._beyond(offset)
        while place < (size := self._source.size()):
            self._source.seek(place)
            if self._skipped():
                return
            place = self._source.reached + PAGE_BYTES
        self._source.seek(size)

    def _skipped(self) -> bool:
        try:
            self._source.skip_to_record()
        except (CutError, DamagedError, OSError):
            return False
        return True

    def _beyond(self, offset: int) -> int:
        """The place to go on looking from: behind the record's first byte, as long as what is read
        again is bounded."""
        reached = self._source.reached
        self._spent += max(0, reached - offset)
        enough = self._spent > _RETRIES * self._source.size() + _RETRY_BYTES
        return max(offset + 1, reached) if enough else offset + 1


def _built(found: _Found) -> WarcRecord:
    assert found.block is not None
    return build_record(found.headers, found.block, found.location, cut=found.cut)


def _problem(record: WarcRecord) -> str | None:
    """What speaks against a record that is whole by its length."""
    if not record.type:
        return "no WARC-Type"
    problems = () if record.cut else record.digest_problems()
    return f"digest mismatch: {'; '.join(problems)}" if problems else None


def _why(error: Exception) -> str:
    if isinstance(error, CutError):
        return _NO_END
    if isinstance(error, OSError):
        return f"the disk does not give it: {error.strerror}"
    return str(error)


def record_at(path: Path, offset: int, *, large: bool = False) -> WarcRecord:
    """The record that begins at `offset`, as it was written: its digests hold. `large` as in
    `read_through`.

    Raises:
        WarcError: There is no file, or what stands there is damaged or altered.
    """
    found = next(read_through(path, offset, large=large), None)
    if found is None:
        raise WarcError(f"WARC {path} has no record at byte {offset}; is it the right file?")
    if isinstance(found, Wound):
        raise WarcError(f"{found}; restore it from a copy")
    return found
