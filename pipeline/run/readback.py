"""WARC records read back, in the form that the pure stages take."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archive.db.tables import capture_rows
from archive.errors import ArchiveError, WarcError
from archive.model.body import whole_body
from archive.model.times import parse_time
from archive.model.understood import FetchedPage
from archive.warc.record import UNKNOWN_TYPE
from archive.warc.through import record_at

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import sqlite_utils

    from archive.model.body import Body
    from archive.model.fetch import Exchange, FetchContext, Location
    from archive.model.past import HeldCapture
    from archive.warc.reader import WarcRecord


@dataclass(frozen=True, slots=True)
class Readback:
    """Reads an archive's own records, and those of other people's files that refer to them.

    Attributes:
        warcs: The folder of WARC files.
        places: Records read in this session that may not be committed yet; revisits refer to them.
    """

    db: sqlite_utils.Database
    warcs: Path
    places: dict[str, Location] = field(default_factory=dict)

    def page_of(self, record: WarcRecord) -> FetchedPage:
        """A kept record as the pure stages get it; of a revisit, with the body it refers to.

        Raises:
            WarcError: The record with that body is lost or damaged.
        """
        assert record.context is not None
        page = self._page(record, record.context)
        if record.type == "revisit" and record.http_status != 304:
            return replace(page, body=self._payload_of(record.refers_to))
        return page

    def held_page(self, capture_id: int) -> FetchedPage:
        """The page of a held capture; of a 304, that of the capture which it says is unchanged.

        Raises:
            ArchiveError: There is no such capture.
            WarcError: Its record is lost or damaged.
        """
        held = capture_rows.capture(self.db, capture_id)
        if held is None:
            raise ArchiveError(
                f"capture {capture_id}: not in the database; run isw-archive rebuild"
            )
        place = held.location
        record = record_at(self.warcs / place.file, place.offset, large=True)
        if record.http_status == 304 and held.revisit_of:
            earlier = capture_rows.capture_of_record(self.db, held.revisit_of)
            if earlier is not None:
                return self.held_page(earlier.id)
        return replace(self.page_of(record), captured_at=_right_time(held))

    def exchange_of(self, held: HeldCapture) -> Exchange | None:
        """What came over the network in the end of a capture, as it was sent, in memory; None where
        no server answered.

        Raises:
            WarcError: Its record, or that with its body, is lost or damaged.
        """
        record = self.record_of(held)
        found = record.exchange()
        if found is None:
            return None
        body = whole_body(self.page_of(record).body)
        response = replace(found.response, body=body)
        return replace(found, captured_at=_right_time(held), response=response)

    @staticmethod
    def _page(record: WarcRecord, context: FetchContext) -> FetchedPage:
        assert record.uri is not None
        assert record.date is not None
        headers = record.http_headers
        if record.type == "resource":
            headers = (("content-type", record.header("content-type") or UNKNOWN_TYPE),)
        return FetchedPage(
            context=context,
            final_url=record.uri,
            captured_at=record.date,
            http_status=record.http_status,
            headers={name.lower(): value for name, value in headers},
            body=record.body,
            error=context.error,
            truncated=record.truncated,
        )

    def kept_page(self, record: WarcRecord, context: FetchContext, body: bytes) -> FetchedPage:
        """A record of somebody else's file as the pure stages get it, under our own context."""
        return replace(self._page(record, context), body=body)

    def record_of(self, held: HeldCapture) -> WarcRecord:
        """The record of a capture.

        Raises:
            WarcError: It is lost or damaged.
        """
        return record_at(self.warcs / held.location.file, held.location.offset)

    def payload_of(self, held: HeldCapture) -> bytes:
        """The body of a capture, in memory; of a revisit, that of the record it refers to.

        Raises:
            WarcError: The record with that body is lost or damaged.
        """
        if held.revisit_of:
            return whole_body(self._payload_of(held.revisit_of))
        return self.record_of(held).payload

    def _payload_of(self, record_id: str | None) -> Body:
        place = self.places.get(record_id) if record_id else None
        if place is None and record_id:
            held = capture_rows.capture_of_record(self.db, record_id)
            place = held.location if held else None
        if place is None:
            raise WarcError(f"the record whose body it repeats ({record_id}) is not held")
        return record_at(self.warcs / place.file, place.offset, large=True).body


def _right_time(held: HeldCapture) -> datetime:
    """When a capture was made, as its row says: the record has the time of our clock, and where
    that was wrong the row was put right."""
    return parse_time(held.captured_at)
