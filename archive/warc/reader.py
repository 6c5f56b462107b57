"""Reading WARC files: ours and other people's, whole and torn, without trusting them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import TornRecordError, WarcError
from archive.model.body import LARGE_BYTES
from archive.model.fetch import Location
from archive.warc.bodies import MAX_HEAD_BYTES, Measured, measured
from archive.warc.http import first_header, parse_lines
from archive.warc.packing.arc import arc_headers
from archive.warc.packing.sniff import describe
from archive.warc.packing.source import (
    CutError,
    DamagedError,
    Form,
    OddError,
    Source,
    begins_record,
)
from archive.warc.record import WarcRecord, body_start, build_record, head_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from archive.model.fetch import Headers
    from archive.warc.packing.sniff import Other
    from archive.warc.record import RecordHead

__all__ = ["MAX_RECORD_BYTES", "WarcRecord", "iter_records", "read_at"]

# Twice the largest body that settings keep by default; larger records (other people's) are given
# cut.
MAX_RECORD_BYTES = 64 * 1024 * 1024
# A number with more digits than this is no length of anything.
_MAX_LENGTH_DIGITS = 15


def iter_records(
    path: Path,
    start: int = 0,
    *,
    max_bytes: int = MAX_RECORD_BYTES,
    types: Collection[str] | None = None,
    large: bool = False,
) -> Iterator[WarcRecord]:
    """The records of a WARC file, in order.

    Args:
        path: WARC 1.0 or 1.1, gzip or plain, whatever its name.
        start: Offset of the first record wanted, as a `Location` gives it.
        max_bytes: Of a record larger than this, the first `max_bytes` of its block are given, and
            `cut` is True.
        types: Record types wanted; None for all. The others are stepped over.
        large: Of a large record the body is not read into memory; see `WarcRecord.body`.

    Raises:
        TornRecordError: The file ends in the middle of a record; all whole ones were given before.
        WarcError: It cannot be opened, is no WARC, or is damaged within.
    """
    for headers, block, location, cut in _iter_parts(path, start, Wanted(max_bytes, types, large)):
        if block is not None:
            yield build_record(headers, block, location, cut=cut)


def iter_heads(path: Path) -> Iterator[RecordHead]:
    """What the WARC headers of the records say, in the order of the file; blocks are stepped over,
    their digests unchecked.

    Raises:
        WarcError: As `iter_records`.
    """
    for headers, _, _, _ in _iter_parts(path, 0, Wanted(0, frozenset())):
        yield head_of(headers)


def _iter_parts(
    path: Path, start: int, wanted: Wanted
) -> Iterator[tuple[Headers, bytes | Measured | None, Location, bool]]:
    path = Path(path)
    try:
        other = describe(path) if start == 0 else None
        source = Source(path, start)
    except OSError as error:
        raise unreadable(path, error) from error
    with source:
        if other is not None and source.form is not Form.ZSTD:
            raise no_warc(path, other)
        offset = start
        try:
            while True:
                offset, is_alone = source.place()
                if source.ended():
                    return
                headers, block, cut = next_parts(source, wanted, (offset, is_alone))
                end, ends_alone = source.place()
                # the checksum that vouches for it stands at the end of its member
                if source.compressed and not ends_alone and not begins_record(source.next_start()):
                    raise DamagedError("its gzip member goes on with what is no record")
                length = end - offset if is_alone and ends_alone else 0
                yield headers, block, Location(path.name, offset, length), cut
        except CutError as error:
            raise TornRecordError(
                f"WARC {path} ends in the middle of the record at byte {offset}; "
                "the records before it are whole",
                offset,
            ) from error
        except (DamagedError, OSError) as error:
            raise WarcError(
                f"WARC {path} is damaged at byte {offset} ({error}); restore it from a copy"
            ) from error


def unreadable(path: Path, error: OSError) -> WarcError:
    """The error for a file that the system does not let us read."""
    return WarcError(f"WARC {path} cannot be read: {error.strerror}; check the path and its rights")


def no_warc(path: Path, other: Other) -> WarcError:
    """The error for a file that is something else than a WARC."""
    hint = ", or --text for a report as plain text" if other.what.endswith(" text") else ""
    return WarcError(f"{path} is no WARC: {other.what}; give a WARC, ARC or WACZ file{hint}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader wants of records.

    Attributes:
        max_bytes: Of a block at most.
        types: Of records; None for all.
        large: Large blocks are measured, not kept.
    """

    max_bytes: int
    types: Collection[str] | None
    large: bool = False


def next_parts(
    source: Source, wanted: Wanted, place: tuple[int, bool]
) -> tuple[Headers, bytes | Measured | None, bool]:
    """WARC headers, block (None when the type is not wanted) and whether the block was cut.

    Args:
        source: Where the record comes next.
        wanted: What of it is wanted.
        place: What `Source.place` said before anything of it was looked at.

    Raises:
        CutError, DamagedError: The file ends within the record, or is damaged; `OddError` where it
            unpacks well but is no record.
    """
    offset, is_alone = place
    headers = _next_headers(source)
    length = (first_header(headers, "content-length") or "").strip()
    if not (length.isascii() and length.isdigit() and len(length) <= _MAX_LENGTH_DIGITS):
        raise OddError("no Content-Length")
    size, most = int(length), wanted.max_bytes
    kind = (first_header(headers, "warc-type") or "").lower()
    block: bytes | Measured | None = None
    if wanted.types is not None and kind not in wanted.types:
        source.skip(size)
    else:
        if wanted.large and is_alone and size > LARGE_BYTES:
            block = measured(source, headers, (offset, size), body_start)
        if block is None:
            block = source.take(min(size, most))
        if isinstance(block, bytes):
            block += source.take(max(0, min(size, most) - len(block)))
            source.skip(size - len(block))
    source.skip_line_ends()
    return headers, block, size > most and not isinstance(block, Measured)


def _next_headers(source: Source) -> Headers:
    if (line := source.take_arc_line()) is not None:
        return arc_headers(line)
    first, headers = parse_lines(source.take_head(MAX_HEAD_BYTES), "utf-8")
    if not first.upper().startswith("WARC/"):
        raise OddError("no WARC header")
    return headers


def read_at(
    path: Path, offset: int, *, max_bytes: int = MAX_RECORD_BYTES, large: bool = False
) -> WarcRecord:
    """The record that begins at `offset`; `max_bytes` and `large` as in `iter_records`.

    Raises:
        TornRecordError: The file ends in the middle of it.
        WarcError: There is no file, or no record begins there.
    """
    for record in iter_records(path, offset, max_bytes=max_bytes, large=large):
        return record
    raise WarcError(f"WARC {path} has no record at byte {offset}; is it the right file?")
