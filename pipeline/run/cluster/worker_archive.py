"""What a worker of a cluster writes: WARC files alone, for the archive that takes them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.capture_numbers import ReservedNumbers
from archive.model.fetch import PayloadRef
from pipeline.run.ingest import Archive, Committed, Understood
from pipeline.run.unread import Unread
from pipeline.run.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import sqlite_utils

    from archive.config import Settings
    from archive.folder import DataFolder
    from archive.model.fetch import Hop, Target, Written
    from archive.model.understood import Processed
    from archive.model.vocabulary import Kind
    from pipeline.run.cluster.order import BatchOrder


class WantedByOrder(Wanted):
    """What an order of the queue names."""

    def __init__(
        self, db: sqlite_utils.Database, settings: Settings, named: Sequence[Target]
    ) -> None:
        super().__init__(db, settings)
        self._waiting = named

    def sources_pending(self, now: datetime, limit: int) -> list[Target]:
        """The targets of the order, once."""
        targets, self._waiting = self._waiting, ()
        return list(targets)


class WorkerArchive(Archive):
    """Stands, for a spider, in the place of the archive: it knows what it was told, and judges
    nothing.

    Its database stays empty. What was fetched is decided upon by whoever takes the WARC files in,
    with all that is held in view.
    """

    def __init__(
        self, folder: DataFolder, settings: Settings, run: str | None, order: BatchOrder
    ) -> None:
        super().__init__(folder, settings, run)
        self._numbers = ReservedNumbers(order.first, order.numbers)
        self._batch = order.batch
        self.wanted = WantedByOrder(self.db, settings, order.batch.targets)
        self._payloads = {
            one.previous.payload_digest: one.previous for one in order.batch.targets if one.previous
        }

    def find_payload(self, payload_digest: str) -> PayloadRef | None:
        """An earlier capture with this payload: one that the order names, or one of ours."""
        return self._payloads.get(payload_digest)

    def answering_hosts(self, count: int) -> list[str]:
        """The hosts that the order names for this; no other job asks them."""
        return list(self._batch.witnesses[:count])

    def bytes_today(self, now: datetime, kind: Kind | None = None) -> list[tuple[str, int]]:
        """What the domain had before this order; of one kind nothing is known."""
        if kind is not None:
            return []
        return [(one.url, self._batch.spent) for one in self._batch.targets[:1]]

    def take_in_all(self, captures: Sequence[Understood]) -> list[Committed | None] | None:
        """Take in nothing together: there is no transaction to share."""
        return [self.take_in(*one) for one in captures]

    def take_in(
        self, processed: Processed | Unread, written: Written, hops: Sequence[Hop] = ()
    ) -> Committed | None:
        """Keep in mind what was received; nothing is decided here."""
        if written.payload_digest and not written.revisit_of:
            page = processed.page
            self._payloads.setdefault(
                written.payload_digest,
                PayloadRef(
                    written.record_id, page.final_url, page.captured_at, written.payload_digest
                ),
            )
        return None if isinstance(processed, Unread) else Committed(processed.verdict.outcome)
