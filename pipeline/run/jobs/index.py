"""From WARC records to rows: what recovery and rebuild have in common."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from archive.errors import TornRecordError, WarcError
from archive.model.records import Hop, Written
from archive.warc.reader import iter_records
from pipeline.read.process import process
from pipeline.run.unread import stand_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from archive.model.records import FetchedPage, Processed
    from archive.warc.reader import WarcRecord
    from pipeline.run.ingest import Archive
    from pipeline.run.pool import WorkerPool
    from pipeline.run.unread import Unread

WINDOW = 32
"""Pages under way in the pool: enough to keep its workers busy, few enough to keep memory flat."""

TOGETHER = 25
"""Captures in one transaction where all their records are on disk before. Each transaction writes the pages of every index
again and a segment of every full-text index: 25 in one save a quarter of an import's time, more save little besides."""


def take_in_groups(
    archive: Archive,
    understood: Iterator[Processed | Unread],
    take: Callable[[Processed | Unread], None],
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


@dataclass(frozen=True, slots=True)
class Indexed:
    """What one file gave.

    Attributes:
        last_capture_id: The highest capture number in it, whether its capture was finished or not.
        torn_at: Offset of a record that is not whole, or None.
        damage: What kept the rest of the file from being read, or None.
    """

    captures: int
    last_capture_id: int
    torn_at: int | None = None
    damage: str | None = None


@dataclass(slots=True)
class _Reading:
    captures: int = 0
    last_capture_id: int = 0
    torn_at: int | None = None
    damage: str | None = None


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

    def take(processed: Processed | Unread) -> None:
        written, hops = waiting.pop(0)
        reading.captures += archive.take_in(processed, written, hops) is not None

    tasks = ((page, archive.limits) for page in pages())
    take_in_groups(archive, pool.map_ordered(process, tasks, WINDOW, stand_in), take)
    return Indexed(reading.captures, reading.last_capture_id, reading.torn_at, reading.damage)


def _finished(path: Path, reading: _Reading) -> Iterator[tuple[WarcRecord, tuple[Hop, ...]]]:
    """The records that end a capture, each with its hops; hops without an end were cut short by a kill."""
    hops: dict[int, list[Hop]] = {}
    try:
        for record in iter_records(path):
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
    except TornRecordError as error:
        reading.torn_at = error.offset
    except WarcError as error:
        # not raised: what stands before the damage is under way in the pool by now
        reading.damage = str(error)


def _written(record: WarcRecord) -> Written:
    return Written(
        record_id=record.record_id,
        location=record.location,
        # a metadata record's block is our own words on a fetch that failed, not a payload
        payload_digest=None if record.type == "metadata" else record.payload_digest,
        revisit_of=record.refers_to,
    )
