"""From WARC records to rows: what recovery and rebuild have in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from archive.errors import WarcError
from archive.model.records import Hop, Written
from archive.warc.through import Wound, read_through
from pipeline.read.process import process, unprocessed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from archive.model.records import FetchedPage, Processed
    from archive.warc.reader import WarcRecord
    from pipeline.run.ingest import Archive
    from pipeline.run.pool import WorkerPool

WINDOW = 32
"""Pages under way in the pool: enough to keep its workers busy, few enough to keep memory flat."""

TOGETHER = 25
"""Captures in one transaction where all their records are on disk before. Each transaction writes the pages of every index
again and a segment of every full-text index: 25 in one save a quarter of an import's time, more save little besides."""


def take_in_groups(
    archive: Archive, understood: Iterator[Processed], take: Callable[[Processed], None]
) -> None:
    """Let `take` commit what was understood, some captures in one transaction.

    Raises:
        DataFolderError: The database cannot be written; the group under way is not in it.
    """
    going = True
    while going:
        going = False
        with archive.store.together():
            for processed in islice(understood, TOGETHER):
                going = True
                take(processed)


_NAMED = 3
"""Wounds named in one line."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What one file gave.

    Attributes:
        last_capture_id: The highest capture number in it, whether its capture was finished or not.
        torn_at: Offset of a record that is not whole, where a kill or a power cut left the file so, or None.
        damage: The other wounds in one line, or why the file could not be read at all, or None.
        wounds: Every wound: what stands around it was taken in, also a record that is there and in
            doubt (one letter altered, say), which its wound names.
    """

    captures: int
    last_capture_id: int
    torn_at: int | None = None
    damage: str | None = None
    wounds: tuple[Wound, ...] = ()


@dataclass(slots=True)
class _Reading:
    captures: int = 0
    last_capture_id: int = 0
    unreadable: str | None = None
    wounds: list[Wound] = field(default_factory=list)


def index_file(archive: Archive, path: Path, pool: WorkerPool, known: set[str]) -> Indexed:
    """Take in every finished capture of one WARC file that is not yet in the database.

    Args:
        archive: Where to.
        path: One of the archive's own files.
        pool: Where pages are processed.
        known: Record ids that are in the database.
    """
    reading = _Reading()
    waiting: list[tuple[Written, tuple[Hop, ...]]] = []

    def pages() -> Iterator[FetchedPage]:
        for record, hops in _finished(path, reading):
            if record.record_id in known:
                continue
            archive.readback.places[record.record_id] = record.location
            waiting.append((_written(record), hops))
            yield archive.readback.page_of(record)

    def take(processed: Processed) -> None:
        written, hops = waiting.pop(0)
        archive.commit(processed, written, hops)
        reading.captures += 1

    tasks = ((page, archive.limits) for page in pages())
    take_in_groups(archive, pool.map_ordered(process, tasks, WINDOW, unprocessed), take)
    return _indexed(reading)


def _indexed(reading: _Reading) -> Indexed:
    torn = next((wound.start for wound in reading.wounds if wound.is_torn), None)
    others = [str(wound) for wound in reading.wounds if wound.start != torn]
    more = len(others) - _NAMED
    named = [*others[:_NAMED], *([f"and {more} places more"] if more > 0 else [])]
    damage = reading.unreadable or "; ".join(named) or None
    captures, last = reading.captures, reading.last_capture_id
    return Indexed(captures, last, torn, damage, tuple(reading.wounds))


def _finished(path: Path, reading: _Reading) -> Iterator[tuple[WarcRecord, tuple[Hop, ...]]]:
    """The records that end a capture, each with its hops; hops without an end were cut short by a kill."""
    hops: dict[int, list[Hop]] = {}
    try:
        for record in read_through(path):
            if isinstance(record, Wound):
                reading.wounds.append(record)
                continue
            context = record.context
            if context is None:
                continue
            reading.last_capture_id = max(reading.last_capture_id, context.capture_id)
            if context.final:
                yield record, tuple(hops.pop(context.capture_id, ()))
            else:
                led_by = context.led_by or "redirect"
                hop = Hop(record.uri or "", record.http_status or 0, record.location, led_by)
                hops.setdefault(context.capture_id, []).append(hop)
    except WarcError as error:
        # not raised: other files may be under way
        reading.unreadable = str(error)


def _written(record: WarcRecord) -> Written:
    return Written(
        record_id=record.record_id,
        location=record.location,
        # a metadata record's block is our own words on a fetch that failed, not a payload
        payload_digest=None if record.type == "metadata" else record.payload_digest,
        revisit_of=record.refers_to,
    )
