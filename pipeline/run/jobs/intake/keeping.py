"""Records of other people's files, copied into our own WARC file before anything reads them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archive.errors import WarcError
from archive.model.fetch import Exchange, FetchContext, Hop, HttpMessage
from archive.model.vocabulary import Via
from archive.warc.digests import sha256_digest
from archive.warc.record import UNKNOWN_TYPE
from archive.warc.through import record_at
from pipeline.run.jobs.intake.foreign import truncation
from pipeline.run.jobs.intake.names import chain_origin, origin_of, place_of
from pipeline.run.jobs.say import printable
from pipeline.run.originals import repeated

if TYPE_CHECKING:
    from pathlib import Path

    from archive.db.tables.capture_rows import ImportedRecords
    from archive.model.fetch import Written
    from archive.model.understood import FetchedPage
    from archive.model.vocabulary import Kind
    from archive.warc.reader import WarcRecord
    from pipeline.run.ingest import Archive
    from pipeline.run.jobs.intake.foreign import Sorting
    from pipeline.run.jobs.intake.redirects import Copy
    from pipeline.run.originals import Original, Originals


@dataclass(frozen=True, slots=True)
class WantedRecord:
    """A record to be taken in.

    Attributes:
        sorting: Its file.
        original: What it repeats, for a revisit.
        chain: The records that it leads to, for a redirect; the page is the last.
    """

    sorting: Sorting
    record: WarcRecord
    kind: Kind
    original: Original | None = None
    chain: tuple[Copy, ...] = ()


@dataclass(slots=True)
class Keeper:
    """Writes what an import takes in.

    Attributes:
        known: Names of what was imported, each with its address and time; added to.
        waiting: What was written and is not committed, in order.
        used: WARCs that redirects in others led to.
    """

    archive: Archive
    originals: Originals
    known: ImportedRecords
    run: str | None
    waiting: list[tuple[Sorting, Written, tuple[Hop, ...]]] = field(default_factory=list)
    used: set[Path] = field(default_factory=set)

    def keep(self, wanted: WantedRecord) -> FetchedPage:
        """Write a record, or a redirect with all that it leads to, as one capture; the page to be
        read.

        Raises:
            WarcError: The disk does not take it.
        """
        start = _complete(wanted.record, wanted.original)
        pages = self._pages(wanted)
        origin = chain_origin(start) if pages else origin_of(start, self.known)
        context = self._context(wanted, start, origin)
        hops: list[Hop] = []
        for number, record in enumerate([start, *pages][:-1]):
            on_the_way = replace(context, hop=number, final=False)
            written, _ = self._write(record, on_the_way)
            hops.append(Hop(record.uri or "", record.http_status or 0, written.location))
        last = pages[-1] if pages else start
        context = replace(context, hop=len(hops))
        written, exchange = self._write(last, context)
        self.waiting.append((wanted.sorting, written, tuple(hops)))
        self.known[origin] = place_of(start)
        page = self.archive.readback.kept_page(last, context, last.payload)
        return replace(page, truncated=exchange.truncated)

    def _context(self, wanted: WantedRecord, start: WarcRecord, origin: str) -> FetchContext:
        assert start.uri is not None
        return FetchContext(
            capture_id=self.archive.next_capture_id(),
            kind=wanted.kind,
            uri_r=start.uri,
            via=Via.IMPORT,
            reason=f"import: {printable(wanted.sorting.path.name)}",
            origin=origin,
            run=self.run,
        )

    def _pages(self, wanted: WantedRecord) -> list[WarcRecord]:
        """What a redirect leads to; nothing where a part of the chain cannot be read."""
        found: list[WarcRecord] = []
        for copy in wanted.chain:
            try:
                record = record_at(copy.path, copy.offset)
            except WarcError:
                return []
            original = self.originals.find(record) if record.type == "revisit" else None
            if record.type == "revisit" and original is None:
                return []
            found.append(_complete(record, original))
            self.used.add(copy.path)
        return found

    def _write(self, record: WarcRecord, context: FetchContext) -> tuple[Written, Exchange]:
        assert record.uri is not None
        assert record.date is not None
        archive, body = self.archive, record.payload
        if record.type == "resource":
            return self._write_resource(record, context)
        revisit = archive.find_payload(sha256_digest(body)) if body else None
        exchange = Exchange(
            uri=record.uri,
            captured_at=record.date,
            response=HttpMessage(record.http_start_line or "", record.http_headers, body),
            ip_address=record.ip_address,
            truncated=truncation(record),
        )
        written = archive.writer.write(exchange, context, revisit)
        archive.readback.places[written.record_id] = written.location
        self.originals.keep(record, written.record_id)
        return written, exchange

    def _write_resource(
        self, record: WarcRecord, context: FetchContext
    ) -> tuple[Written, Exchange]:
        """What somebody kept of an address without the server's words about it; none are made
        up."""
        assert record.uri is not None
        assert record.date is not None
        exchange = Exchange(
            uri=record.uri,
            captured_at=record.date,
            response=HttpMessage("", (), record.payload),
            truncated=record.truncated,
        )
        content_type = record.header("content-type") or UNKNOWN_TYPE
        written = self.archive.writer.write_resource(exchange, context, content_type)
        self.archive.readback.places[written.record_id] = written.location
        self.originals.keep(record, written.record_id)
        return written, exchange


def _complete(record: WarcRecord, original: Original | None) -> WarcRecord:
    """A revisit with what it repeats; any other record as it is."""
    if original is None:
        return record
    line, headers = repeated(record, original)
    return replace(
        record,
        http_start_line=line,
        http_headers=headers,
        http_status=record.http_status or original.http_status,
        payload=original.body,
    )
