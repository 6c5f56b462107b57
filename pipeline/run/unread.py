"""Pages that are kept but could not be read, because the workers that tried were ended.

They get no outcome, since an outcome comes from reading alone; otherwise a crawl and a rebuild
could disagree. They wait in the table `unread` and are read again at the next start.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from archive import clock
from archive.errors import BadUrlError
from archive.model.fixity import UnreadRow
from archive.model.times import format_time
from archive.model.vocabulary import Kind
from archive.urls import normal as urls
from pipeline.read.process import unprocessed
from pipeline.run.pool import WorkerDied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.errors import ArchiveError
    from archive.model.fetch import Hop, Written
    from archive.model.understood import FetchedPage, Processed
    from pipeline.read.process import Limits


@dataclass(frozen=True, slots=True)
class Unread:
    """A page in the place of what it says.

    Attributes:
        why: What became of the workers.
    """

    page: FetchedPage
    why: str


def unread_of(task: tuple[FetchedPage, Limits], error: ArchiveError) -> Processed | Unread:
    """What becomes of a page whose workers ended: if it exceeds what a page may need, that is its
    outcome; otherwise it stays unread."""
    if isinstance(error, WorkerDied):
        return Unread(task[0], str(error))
    return unprocessed(task, error)


def unread_row(unread: Unread, written: Written, hops: Sequence[Hop]) -> UnreadRow:
    """The row by which an unread page is remembered."""
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
