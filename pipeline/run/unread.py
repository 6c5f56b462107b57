"""Pages that are kept and that no worker lived to read.

Nothing is thought of them: an outcome comes from reading alone, so that a crawl and a rebuild agree. They stand in the table
`unread` and are read again at the next start.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from archive import clock
from archive.db import queries
from archive.errors import BadUrlError, WarcError
from archive.model.fetch import Hop, Location, Written
from archive.model.fixity import UnreadRow
from archive.model.times import format_time
from archive.model.vocabulary import Kind
from archive.urls import normal as urls
from archive.warc.through import record_at
from pipeline.read.process import process, unprocessed
from pipeline.run.pool import TaskTooHeavy, WorkerDied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.errors import ArchiveError
    from archive.model.fetch import FetchedPage, Processed
    from pipeline.read.process import Limits
    from pipeline.run.ingest import Archive
    from pipeline.run.pool import WorkerPool


@dataclass(frozen=True, slots=True)
class Unread:
    """A page in the place of what it says.

    Attributes:
        why: What became of the workers.
    """

    page: FetchedPage
    why: str


def stand_in(task: tuple[FetchedPage, Limits], error: ArchiveError) -> Processed | Unread:
    """What stands for a page whose workers ended: by its own weight it is settled, by anything else it stays unread."""
    if isinstance(error, WorkerDied):
        return Unread(task[0], str(error))
    return unprocessed(task, error)


def unread_row(unread: Unread, written: Written, hops: Sequence[Hop]) -> UnreadRow:
    """What is kept in mind of it."""
    context = unread.page.context
    return UnreadRow(
        record_id=written.record_id,
        kind=context.kind,
        url=context.subject or context.uri_r,
        source_id=_source_id(unread.page),
        warc_file=written.location.file,
        warc_offset=written.location.offset,
        warc_length=written.location.length,
        payload_digest=written.payload_digest,
        revisit_of=written.revisit_of,
        hops=json.dumps([asdict(hop) for hop in hops]),
        noted_at=format_time(clock.now()),
        tries=1,
        why=unread.why,
    )


def _source_id(page: FetchedPage) -> int | None:
    if page.context.kind is not Kind.SOURCE:
        return None
    try:
        return urls.stable_id(urls.source_key(page.context.subject or page.context.uri_r))
    except BadUrlError:
        return None


def read_again(archive: Archive, pool: WorkerPool, rows: Sequence[UnreadRow]) -> int:
    """Read pages that were left unread, and take them in; says how many could be."""
    return sum(_read_one(archive, pool, row) for row in rows)


def _read_one(archive: Archive, pool: WorkerPool, row: UnreadRow) -> bool:
    if queries.capture_of_record(archive.db, row.record_id) is not None:
        # taken in since, with the file that it stands in
        with archive.store.together():
            archive.store.forget_unread(row.record_id)
        return True
    try:
        record = record_at(archive.folder.warcs / row.warc_file, row.warc_offset)
    except WarcError as error:
        archive.store.note_unread(_failed(row, str(error)))
        return False
    page = archive.readback.page_of(record)
    written = Written(
        row.record_id,
        Location(row.warc_file, row.warc_offset, row.warc_length),
        row.payload_digest,
        row.revisit_of,
    )
    task = (page, archive.limits)
    try:
        processed = pool.submit(process, *task).result()
    except TaskTooHeavy as error:
        processed = unprocessed(task, error)
    except WorkerDied as error:
        archive.store.note_unread(_failed(row, str(error)))
        return False
    with archive.store.together():
        archive.store.forget_unread(row.record_id)
        archive.commit(processed, written, _hops(row))
    return True


def _failed(row: UnreadRow, why: str) -> UnreadRow:
    return replace(row, why=why)


def _hops(row: UnreadRow) -> tuple[Hop, ...]:
    return tuple(
        Hop(**{**hop, "location": Location(**hop["location"])}) for hop in json.loads(row.hops)
    )
