"""From WARC records to rows: what recovery and rebuild have in common."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from archive.db.tables import capture_rows
from archive.errors import WarcError
from archive.model.fetch import Hop, Written
from archive.model.vocabulary import Via
from archive.numbers import of_record
from archive.warc.through import Wound, read_through
from pipeline.read.clocks import contradiction
from pipeline.read.process import process
from pipeline.run.unread import stand_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import timedelta
    from pathlib import Path

    from archive.model.fetch import FetchedPage, Location, Processed
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


Hops = dict[tuple[str | None, int], list[Hop]]
"""Hops on the way to captures that have not ended yet, by run and capture number."""


@dataclass(frozen=True, slots=True)
class Doubled:
    """A capture whose number another one had: two writers of an older version counted from the same database."""

    number: int
    location: Location


@dataclass(frozen=True, slots=True)
class Bodiless:
    """A revisit whose body stands in a record that is lost."""

    location: Location
    why: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """What one file gave.

    Attributes:
        last_capture_id: The highest capture number in it, whether its capture was finished or not.
        unreadable: Why nothing, or nothing more, could be read of it, or None.
        wounds: Where it is damaged; what stands around them was taken in.
        doubled: Captures that got another number.
        bodiless: Captures that could not be taken in, since what they repeat is lost.
        ahead: By how much our clock was ahead of every server's; the captures have the servers' time. None: it was right.
    """

    captures: int
    last_capture_id: int
    unreadable: str | None = None
    wounds: tuple[Wound, ...] = ()
    doubled: tuple[Doubled, ...] = ()
    bodiless: tuple[Bodiless, ...] = ()
    ahead: timedelta | None = None


@dataclass(slots=True)
class _Reading:
    captures: int = 0
    last_capture_id: int = 0
    unreadable: str | None = None
    wounds: list[Wound] = field(default_factory=list)
    doubled: list[Doubled] = field(default_factory=list)
    bodiless: list[Bodiless] = field(default_factory=list)
    given: set[int] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    ahead: timedelta | None = None


def index_file(
    archive: Archive, path: Path, pool: WorkerPool, known: set[str], hops: Hops
) -> Indexed:
    """Take in every finished capture of one WARC file that is not yet in the database.

    Args:
        archive: Where to.
        path: One of the archive's own files.
        pool: Where pages are processed.
        known: Record ids that are in the database.
        hops: Of captures that have not ended yet; to be handed on to the next file, where some may end.
    """
    reading = _Reading(ahead=_ahead(path))
    waiting: list[tuple[Written, tuple[Hop, ...]]] = []

    def pages() -> Iterator[FetchedPage]:
        for record, way in _finished(path, reading, hops):
            if record.record_id in known or _is_repeated(record, reading):
                continue
            held = capture_rows.captures_like(archive.db, record.record_id, _number(record))
            if any(one.record_id == record.record_id for one in held):
                continue
            archive.readback.places[record.record_id] = record.location
            page = _page(archive, record, reading, is_given=bool(held))
            if page is not None:
                waiting.append((_written(record), way))
                yield page

    def take(processed: Processed | Unread) -> None:
        written, hops = waiting.pop(0)
        reading.captures += archive.take_in(processed, written, hops) is not None

    tasks = ((page, archive.limits) for page in pages())
    take_in_groups(archive, pool.map_ordered(process, tasks, WINDOW, stand_in), take)
    return Indexed(
        reading.captures,
        reading.last_capture_id,
        reading.unreadable,
        tuple(reading.wounds),
        tuple(reading.doubled),
        tuple(reading.bodiless),
        reading.ahead,
    )


def _ahead(path: Path) -> timedelta | None:
    """By how much our clock was ahead when the file was written, where every server that says its time says so."""
    try:
        return contradiction(one for one in read_through(path) if not isinstance(one, Wound))
    except WarcError:
        return None  # what can be read of it is told by whoever reads all


def _finished(
    path: Path, reading: _Reading, hops: Hops
) -> Iterator[tuple[WarcRecord, tuple[Hop, ...]]]:
    """The records that end a capture, each with its hops; hops without an end were cut short by a kill.

    A record that is not what its digest says is evidence of nothing, and is passed over: its wound names it.
    """
    try:
        for record in read_through(path):
            if isinstance(record, Wound):
                reading.wounds.append(record)
                continue
            context = record.context
            if context is None or record.mismatch is not None:
                continue
            reading.last_capture_id = max(reading.last_capture_id, context.capture_id)
            capture = (context.run, context.capture_id)
            if context.final:
                yield record, tuple(hops.pop(capture, ()))
            else:
                led_by = context.led_by or "redirect"
                hop = Hop(record.uri or "", record.http_status or 0, record.location, led_by)
                hops.setdefault(capture, []).append(hop)
    except WarcError as error:
        # not raised: other files may be under way
        reading.unreadable = str(error)


def _page(
    archive: Archive, record: WarcRecord, reading: _Reading, *, is_given: bool
) -> FetchedPage | None:
    """What was fetched; None for a revisit whose body stands in a record that is lost: nothing can be read of it.

    Args:
        archive: Where to.
        record: One that ends a capture.
        reading: What the file gave so far.
        is_given: The database has another capture with this one's number.
    """
    try:
        page = archive.readback.page_of(record)
    except WarcError as error:
        reading.bodiless.append(Bodiless(record.location, str(error)))
        return None
    if reading.ahead is not None and page.context.via is not Via.IMPORT:
        page = replace(page, captured_at=page.captured_at - reading.ahead)
    number = _number(record)
    if is_given or number in reading.given:
        reading.doubled.append(Doubled(number, record.location))
        number = of_record(page.captured_at, record.record_id)
        while _is_given(archive, reading, number, record.record_id):
            number += 1
        page = replace(page, context=replace(page.context, capture_id=number))
    reading.given.add(number)
    return page


def _number(record: WarcRecord) -> int:
    assert record.context is not None
    return record.context.capture_id


def _is_repeated(record: WarcRecord, reading: _Reading) -> bool:
    """Whether this file had the record before: somebody put a copy of a record beside it."""
    repeated = record.record_id in reading.taken
    reading.taken.add(record.record_id)
    return repeated


def _is_given(archive: Archive, reading: _Reading, number: int, record_id: str) -> bool:
    if number in reading.given:
        return True
    held = capture_rows.capture(archive.db, number)
    return held is not None and held.record_id != record_id


def _written(record: WarcRecord) -> Written:
    return Written(
        record_id=record.record_id,
        location=record.location,
        # a metadata record's block is our own words on a fetch that failed, not a payload
        payload_digest=None if record.type == "metadata" else record.payload_digest,
        revisit_of=record.refers_to,
    )
