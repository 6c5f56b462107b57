"""From WARC records to rows: what recovery and rebuild have in common."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from archive.capture_numbers import is_number, of_record
from archive.db.tables import capture_rows, fixity_rows
from archive.errors import BadUrlError, WarcError
from archive.model.fetch import Hop, Written
from archive.model.vocabulary import Via
from archive.warc.through import Wound, read_through
from pipeline.read.clocks import contradiction
from pipeline.read.process import process
from pipeline.run.unread import unread_of
from pipeline.run.worker import seldom_collected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import timedelta
    from pathlib import Path

    from archive.db.store import Store
    from archive.db.tables.fixity_rows import Places
    from archive.model.fetch import Location
    from archive.model.past import HeldCapture
    from archive.model.understood import FetchedPage, Processed
    from archive.warc.reader import WarcRecord
    from pipeline.read.process import Limits
    from pipeline.run.ingest import Archive
    from pipeline.run.pool import WorkerPool
    from pipeline.run.unread import Unread

WINDOW = 32
"""Pages under way in the pool: enough to keep its workers busy, few enough to keep memory flat."""

TOGETHER = 100
"""Captures in one transaction where all their records are on disk before. Each transaction writes
the pages of every index again and a segment of every full-text index: 100 in one save a tenth of
what the database takes with 25."""


def take_in_groups(
    archive: Archive,
    understood: Iterator[Processed | Unread],
    take: Callable[[Processed | Unread], None],
) -> None:
    """Have `take` commit captures, several in one transaction.

    Raises:
        DataFolderError: The database cannot be written; the group under way is not in it.
    """
    going = True
    with seldom_collected(), archive.store.in_bulk():
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
    """A capture whose number another one has as well: two writers of an older version counted on
    from the same database."""

    number: int
    location: Location


@dataclass(frozen=True, slots=True)
class Bodiless:
    """A capture that cannot become a row: a revisit whose body is in a lost record, or a stranger's
    record without an address."""

    record_id: str
    location: Location
    why: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """What one file gave.

    Attributes:
        last_capture_id: The highest capture number in it, whether its capture was finished or not.
        unreadable: Why nothing, or nothing more, could be read of it, or None.
        wounds: Where it is damaged; what stands around them was taken in.
        seen: The records that end captures, and the wounds between them, in the order of the file.
        moved: How many of them stood elsewhere than the tables said, who know better now.
        doubled: Captures that got another number.
        bodiless: Captures that could not be taken in, since what they repeat is lost.
        ahead: By how much our clock was ahead of every server's; the captures have the servers'
            time. None: it was right.
    """

    captures: int
    last_capture_id: int
    unreadable: str | None = None
    wounds: tuple[Wound, ...] = ()
    seen: tuple[str | Wound, ...] = ()
    moved: int = 0
    doubled: tuple[Doubled, ...] = ()
    bodiless: tuple[Bodiless, ...] = ()
    ahead: timedelta | None = None


@dataclass(slots=True)
class _Reading:
    captures: int = 0
    last_capture_id: int = 0
    unreadable: str | None = None
    wounds: list[Wound] = field(default_factory=list)
    seen: list[str | Wound] = field(default_factory=list)
    moved: int = 0
    doubled: list[Doubled] = field(default_factory=list)
    bodiless: list[Bodiless] = field(default_factory=list)
    given: set[int] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)
    ahead: timedelta | None = None

    def indexed(self) -> Indexed:
        return Indexed(
            self.captures,
            self.last_capture_id,
            self.unreadable,
            tuple(self.wounds),
            tuple(self.seen),
            self.moved,
            tuple(self.doubled),
            tuple(self.bodiless),
            self.ahead,
        )


def index_file(
    archive: Archive,
    path: Path,
    pool: WorkerPool,
    hops: Hops,
    known: Callable[[FetchedPage, Location], Processed | None] | None = None,
) -> Indexed:
    """Take in every finished capture of one WARC file that is not in the database yet, and correct
    the places of those that are.

    Args:
        archive: Where to.
        path: One of the archive's own files.
        pool: Where pages are processed.
        hops: Of captures that have not ended yet; to be handed on to the next file, where some may
            end.
        known: What was read of a page before, in the order of the file; None for one that is yet to
            be read.
    """
    reading = _Reading(ahead=clock_ahead(path))
    waiting: list[tuple[Written, tuple[Hop, ...]]] = []

    def pages() -> Iterator[FetchedPage]:
        for record, way in _finished(path, reading, hops):
            held = capture_rows.captures_like(archive.db, record.record_id, _number(record))
            if _is_held(archive, record, way, held, reading):
                continue
            archive.readback.places[record.record_id] = record.location
            page = _page(archive, record, reading, is_given=bool(held))
            if page is not None:
                waiting.append((_written(record), way))
                yield page

    def take(processed: Processed | Unread) -> None:
        written, hops = waiting.pop(0)
        try:
            reading.captures += archive.take_in(processed, written, hops) is not None
        except BadUrlError as error:  # before anything of it was written
            reading.bodiless.append(Bodiless(written.record_id, written.location, str(error)))

    def known_of(page: FetchedPage, _limits: Limits) -> Processed | None:
        return known(page, waiting[-1][0].location) if known is not None else None

    tasks = ((page, archive.limits) for page in pages())
    understood = pool.map_ordered(process, tasks, WINDOW, unread_of, known_of)
    take_in_groups(archive, understood, take)
    return reading.indexed()


def look_through(store: Store, path: Path, known: Places) -> Indexed:
    """Find damage in a file whose captures are in the database already, and correct their places.

    Args:
        store: Where to.
        path: One of the archive's own files.
        known: Where the database says that records stand in it.
    """
    reading = _Reading()
    for record, way in _finished(path, reading, {}):
        reading.seen.append(record.record_id)
        place = known.get(record.record_id)
        if place is not None and record.record_id not in reading.taken:
            reading.taken.add(record.record_id)
            reading.moved += correct_place(store, record, way, place.offset)
    return reading.indexed()


def clock_ahead(path: Path) -> timedelta | None:
    """How far our clock was ahead when the file was written, if every server that states its time
    says so."""
    try:
        return contradiction(
            one for one in read_through(path, large=True) if not isinstance(one, Wound)
        )
    except WarcError:
        return None  # what can be read of it is told by whoever reads all


def final_records(path: Path) -> Iterator[WarcRecord]:
    """The records of a file that end captures, in its order."""
    return (record for record, _ in _finished(path, _Reading(), {}))


def _finished(
    path: Path, reading: _Reading, hops: Hops
) -> Iterator[tuple[WarcRecord, tuple[Hop, ...]]]:
    """The records that end a capture, each with its hops; hops without an end were cut short by a
    kill.

    A record that is not what its digest says is evidence of nothing, and is passed over: its wound
    names it.
    """
    try:
        for record in read_through(path, large=True):
            if isinstance(record, Wound):
                reading.wounds.append(record)
                reading.seen.append(record)
                continue
            context = record.context
            if context is None or record.mismatch is not None:
                continue
            if is_number(context.capture_id):
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
    """What was fetched; None for a revisit whose body stands in a record that is lost: nothing can
    be read of it.

    Args:
        archive: Where to.
        record: One that ends a capture.
        reading: What the file gave so far.
        is_given: The database has another capture with this one's number.
    """
    try:
        page = archive.readback.page_of(record)
    except WarcError as error:
        reading.bodiless.append(Bodiless(record.record_id, record.location, str(error)))
        return None
    page = on_time(page, reading.ahead)
    if _is_import_of_held(archive, page.context.origin, reading):
        page = replace(page, context=replace(page.context, origin=None))
    number = _number(record)
    if is_given or number in reading.given or not is_number(number):
        reading.doubled.append(Doubled(number, record.location))
        number = of_record(page.captured_at, record.record_id)
        while _is_given(archive, reading, number, record.record_id):
            number += 1
        page = replace(page, context=replace(page.context, capture_id=number))
    reading.given.add(number)
    return page


def on_time(page: FetchedPage, ahead: timedelta | None) -> FetchedPage:
    """A page of a file whose clock was ahead, with the time that the servers said."""
    if ahead is None or page.context.via is Via.IMPORT:
        return page
    return replace(page, captured_at=page.captured_at - ahead)


def _is_held(
    archive: Archive,
    record: WarcRecord,
    way: Sequence[Hop],
    held: list[HeldCapture],
    reading: _Reading,
) -> bool:
    """Whether a record was taken in before, from this file or from a copy of it that somebody put
    beside it.

    Where it does not stand where the tables say, they are corrected: bytes may have been put before
    it, or its file may have another name now.
    """
    reading.seen.append(record.record_id)
    if record.record_id in reading.taken:
        return True
    reading.taken.add(record.record_id)
    same = next((one for one in held if one.record_id == record.record_id), None)
    if same is None:
        return False
    if same.location.file == record.location.file:
        reading.moved += correct_place(archive.store, record, way, same.location.offset)
    elif not _is_in_place(archive, same):
        archive.store.move(record.record_id, record.location, [hop.location for hop in way])
        reading.moved += 1
    return True


def _is_import_of_held(archive: Archive, origin: str | None, reading: _Reading) -> bool:
    """Whether another capture was imported from the same record: somebody put the files of two
    archives together."""
    if origin is None:
        return False
    if origin in reading.origins:  # it may not be committed yet
        return True
    reading.origins.add(origin)
    return capture_rows.capture_of_origin(archive.db, origin) is not None


def correct_place(store: Store, record: WarcRecord, way: Sequence[Hop], offset: int) -> bool:
    """Correct the tables where a record, or a redirect on the way to it, stands elsewhere in its
    file. Returns whether it did."""
    hops = [hop.location for hop in way]
    held = fixity_rows.places_of_hops(store.db, record.record_id) if hops else []
    # hops that stand in an earlier file were not found here
    if offset == record.location.offset and (held == hops or len(held) != len(hops)):
        return False
    store.move(record.record_id, record.location, hops)
    return True


def _is_in_place(archive: Archive, held: HeldCapture) -> bool:
    """Whether a record still stands where the tables say."""
    try:
        return archive.readback.record_of(held).record_id == held.record_id
    except WarcError:
        return False


def _number(record: WarcRecord) -> int:
    assert record.context is not None
    return record.context.capture_id


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
