"""Reads pages again that no worker lived to read."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.db.tables import capture_rows
from archive.errors import WarcError
from archive.model.fetch import Hop, Location, Written
from archive.warc.through import record_at
from pipeline.read.process import process, unprocessed
from pipeline.run.pool import TaskTooHeavy, WorkerDied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.fixity import UnreadRow
    from pipeline.run.ingest import Archive
    from pipeline.run.pool import WorkerPool


def read_again(archive: Archive, pool: WorkerPool, rows: Sequence[UnreadRow]) -> int:
    """Read pages that were left unread, and take them in; says how many could be."""
    return sum(_read_one(archive, pool, row) for row in rows)


def _read_one(archive: Archive, pool: WorkerPool, row: UnreadRow) -> bool:
    if capture_rows.capture_of_record(archive.db, row.record_id) is not None:
        # taken in since, with the file that it stands in
        with archive.store.together():
            archive.store.forget_unread(row.record_id)
        return True
    try:
        path = archive.folder.warcs / row.warc_file
        record = record_at(path, row.warc_offset, large=True)
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
