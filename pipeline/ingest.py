"""The way of one capture into the archive: read the previous state, decide, write once.

Crawl, import, recovery after a kill, and rebuild all come through `Archive.commit`, so that they cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from archive import __version__, clock, memento_queries, queries, urls
from archive.errors import ArchiveError, BadUrlError, ParseError
from archive.folder import DataFolder
from archive.memento_queries import PastCheck, PastCopy
from archive.records import (
    CapturedContent,
    FetchContext,
    FetchedPage,
    Kind,
    Outcome,
    ParsedReport,
    PayloadRef,
    Target,
    Via,
    format_time,
)
from archive.rows import CaptureUpdate, MementoCheckRow, PublicationRow
from archive.store import Store
from archive.warc.reader import read_at
from archive.warc.writer import WarcWriter
from pipeline import decide, due, mementos
from pipeline.parse.dates import date_in_slug
from pipeline.parse.series import slug_of
from pipeline.platforms import fetch_url
from pipeline.process import Limits, process
from pipeline.sharing import shared_text
from pipeline.sources import source_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from archive.config import Settings
    from archive.queries import HeldCapture, PastCapture
    from archive.records import Found, Hop, Location, Processed, Written
    from archive.rows import CaptureRow, MementoRow, SourceRow, TextRow, VersionPlan
    from archive.warc.reader import WarcRecord
    from pipeline.jobs.job import SpiderJob


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit did, for progress and for what to do next."""

    outcome: Outcome
    new_version: bool = False
    incomplete: bool = False
    found: tuple[Target, ...] = ()
    message: str | None = None


class Archive:
    """An archive held open for writing: its WARC writer and its store."""

    def __init__(self, folder: DataFolder, settings: Settings, run: str | None) -> None:
        self.folder = folder
        self.settings = settings
        self.run = run
        self.store = Store(folder.database)
        self.db = self.store.db
        self.places: dict[str, Location] = {}
        """Records read in this session that may not be committed yet; revisits refer to them."""
        self._last_id = queries.last_capture_id(self.db)
        self._writer: WarcWriter | None = None

    @classmethod
    def open(cls, data: Path, settings: Settings, *, run: str | None) -> Archive:
        """The archive in the folder `data`, made where there is none.

        Raises:
            DataFolderError: Not ours, of a newer version, not writable.
        """
        folder = DataFolder(data)
        folder.make()
        return cls(folder, settings, run)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def limits(self) -> Limits:
        """Bounds for `process`."""
        return Limits(self.settings.max_bytes, self.settings.extract_max_bytes)

    @property
    def writer(self) -> WarcWriter:
        """The WARC writer; a file is begun with the first record, so a run that keeps nothing leaves none."""
        if self._writer is None:
            self._writer = WarcWriter(
                self.folder.warcs,
                software=f"isw-archive/{__version__}",
                max_bytes=self.settings.warc_max_bytes,
                info=_warc_info(),
                now=clock.now,
            )
        return self._writer

    def close(self) -> None:
        """Close the WARC files, then the database.

        Call it only when every record written was committed; otherwise use `abandon`.
        """
        if self._writer is not None:
            self._writer.close()
            for name in self._writer.files:
                self.store.close_warc(name, self._last_id)
            self._writer = None
        self.store.close()

    def abandon(self) -> None:
        """Close without saying that all is committed: the next start looks through the files."""
        if self._writer is not None:
            self._writer.close()
        self.store.close()

    def next_capture_id(self) -> int:
        """A number never given before."""
        self._last_id += 1
        return self._last_id

    # --- what to capture --------------------------------------------------------------------------

    def target_for(self, url: str, kind: Kind, reason: str, step: str | None = None) -> Target:
        """A target with the previous state that travels along.

        Raises:
            BadUrlError: `url` is no http(s) address.
        """
        address = urls.fetchable(url)
        fetched = fetch_url(urls.identify(address)) if kind is Kind.SOURCE else address
        held = queries.validators(self.db, fetched)
        return Target(
            url=fetched,
            kind=kind,
            reason=reason,
            etag=held.etag if held else None,
            last_modified=held.last_modified if held else None,
            previous=held.payload if held else None,
            step=step,
            subject=address if fetched != address else None,
        )

    def targets_due(self, now: datetime, *, job: SpiderJob) -> list[Target]:
        """Reports to capture now: what the job names, else what is due, newest first."""
        if job.urls:
            reason = job.reason or "named"
            return [
                self.target_for(u, Kind.REPORT if urls.is_report_url(u) else Kind.SOURCE, reason)
                for u in job.urls
            ]
        since = job.since or format_time(now - timedelta(days=self.settings.backfill_days))[:10]
        rows = queries.publications_due(
            self.db, now=format_time(now), young=format_time(now - due.YOUNG), since=since
        )
        wanted = (row for row in rows if _wanted(row, job))
        return [self.target_for(row.url, Kind.REPORT, row.reason) for row in wanted]

    def sources_pending(self, now: datetime, limit: int) -> list[Target]:
        """Sources to capture now, newest citations first, spread over hosts; then the reports' own files."""
        rows = queries.sources_pending(self.db, now=format_time(now), limit=limit)
        cited = [
            replace(
                self.target_for(row.cited_url, Kind.SOURCE, "again" if row.captures else "cited"),
                cited_at=row.cited_at,
            )
            for row in rows
        ]
        return [*cited, *self._files_pending(limit - len(cited))]

    def _files_pending(self, limit: int) -> list[Target]:
        pending = queries.files_pending(self.db, limit=max(0, limit))
        # asked for under the address as printed, so that figure and capture find each other
        return [Target(url, Kind.FILE, "shown in a report") for url in pending if _is_address(url)]

    def find_payload(self, payload_digest: str) -> PayloadRef | None:
        """An earlier capture with this payload."""
        return queries.payload_ref(self.db, payload_digest)

    def discovery_health(
        self, step: str, site: str, *, ok: bool, count: int, detail: str | None, at: datetime
    ) -> None:
        """Record how a discovery step did."""
        self.store.record_step(site, step, at=format_time(at), ok=ok, found=count, detail=detail)

    # --- taking in --------------------------------------------------------------------------------

    def commit(self, processed: Processed, written: Written, hops: Sequence[Hop] = ()) -> Committed:
        """Take one capture in: one transaction.

        Raises:
            DataFolderError: The database cannot be written; the WARC record stands, and recovery takes it in later.
        """
        kind = processed.page.context.kind
        self._last_id = max(self._last_id, processed.page.context.capture_id)
        if kind is Kind.REPORT:
            return self._commit_report(processed, written, tuple(hops))
        if kind is Kind.SOURCE:
            return self._commit_source(processed, written, tuple(hops))
        if processed.page.context.step == mementos.STEP:
            return self._commit_memento_check(processed, written, tuple(hops))
        return self._commit_other(processed, written, tuple(hops))

    def _commit_other(
        self, processed: Processed, written: Written, hops: tuple[Hop, ...]
    ) -> Committed:
        """Discovery pages, robots.txt, figures and attachments."""
        page = processed.page
        found: tuple[PublicationRow, ...] = ()
        if processed.discovered is not None:
            found = tuple(
                _found_row(f, page.context.step, page.captured_at)
                for f in processed.discovered.reports
            )
        text = _text_of(processed)
        known = decide.Understanding(
            content_digest=text.digest if text else None, text_id=text.id if text else None
        )
        row = decide.capture_row(processed, written, known)
        self.store.save(CaptureUpdate(row, hops, failure=processed.failure, text=text, found=found))
        return Committed(processed.verdict.outcome, message=processed.failure)

    def _commit_source(
        self, processed: Processed, written: Written, hops: tuple[Hop, ...]
    ) -> Committed:
        page = processed.page
        source = source_row(page.context.subject or page.context.uri_r)
        text = _text_of(processed)
        same = self._unchanged(written) if page.http_status == 304 else None
        known = decide.Understanding(
            content_digest=text.digest if text else (same.content_digest if same else None),
            text_id=text.id if text else (same.text_id if same else None),
            source_id=source.id,
        )
        row = decide.capture_row(processed, written, known)
        copy = mementos.is_copy(page)
        if copy:
            row = replace(row, memento_at=mementos.copied_at(page))
        past = queries.history(self.db, source=source.id)
        self.store.save(
            CaptureUpdate(
                row,
                hops,
                failure=processed.failure,
                text=text,
                shared=shared_text(self.db, source.id, text, processed.signature),
                source=source,
                # what another archive holds says nothing of the source as it is
                source_history=None if copy else due.source_history(_with(past, row)),
                memento=self._memento(source.id, copy=_past_copy(row)) if copy else None,
            )
        )
        return Committed(processed.verdict.outcome, message=processed.failure)

    def _commit_memento_check(
        self, processed: Processed, written: Written, hops: tuple[Hop, ...]
    ) -> Committed:
        """What another archive answered to the question which copies of a source it holds."""
        page = processed.page
        source = source_row(page.context.subject or page.context.uri_r)
        row = decide.capture_row(processed, written, decide.Understanding())
        check = PastCheck(row.id, row.captured_at, row.url, processed.mementos)
        found = memento_queries.found_text(processed.mementos)
        self.store.save(
            CaptureUpdate(
                row,
                hops,
                failure=processed.failure,
                source=source,
                memento_check=MementoCheckRow(row.id, source.id, row.captured_at, found),
                memento=self._memento(source.id, check=check),
            )
        )
        return Committed(processed.verdict.outcome, message=processed.failure)

    def _memento(
        self, source: int, *, check: PastCheck | None = None, copy: PastCopy | None = None
    ) -> MementoRow:
        """What is known of a source's copies once this is known, too; the order in which it came does not matter."""
        checks = [*memento_queries.checks(self.db, source), *([check] if check else [])]
        copies = [*memento_queries.copies(self.db, source), *([copy] if copy else [])]
        return mementos.sum_up(
            source,
            sorted(checks, key=lambda c: (c.checked_at, c.capture_id)),
            sorted(copies, key=lambda c: (c.captured_at, c.capture_id)),
        )

    def _commit_report(
        self, processed: Processed, written: Written, hops: tuple[Hop, ...]
    ) -> Committed:
        page = processed.page
        if processed.report is not None:
            return self._commit_version(processed, processed.report, written, hops)
        key = urls.publication_key(page.context.uri_r)
        publication = queries.publication_id(self.db, key)
        same = self._unchanged(written) if page.http_status == 304 else None
        known = decide.Understanding(
            content_digest=same.content_digest if same else None,
            complete=same.complete if same else None,
            publication_id=publication,
        )
        row = decide.capture_row(processed, written, known)
        update = CaptureUpdate(row, hops, failure=processed.failure)
        if publication is not None:
            captured = self._captured(row)
            past = queries.history(self.db, publication=publication)
            update = replace(
                update,
                publication=self._stored_publication(publication),
                publication_history=due.publication_history(_with(past, row)),
                plan=self._plan(publication, captured, None) if captured else None,
            )
        self.store.save(update)
        return Committed(processed.verdict.outcome, message=processed.failure)

    def _commit_version(
        self, processed: Processed, report: ParsedReport, written: Written, hops: tuple[Hop, ...]
    ) -> Committed:
        page = processed.page
        publication = decide.publication_row(report)
        known = decide.Understanding(
            content_digest=processed.digest,
            complete=report.complete,
            publication_id=publication.id,
        )
        row = decide.capture_row(processed, written, known)
        captured = self._captured(row)
        assert captured is not None
        plan = self._plan(publication.id, captured, processed)
        past = queries.history(self.db, publication=publication.id)
        self.store.save(
            CaptureUpdate(
                row,
                hops,
                failure=processed.failure,
                attachments=report.attachments,
                publication=publication,
                publication_history=due.publication_history(_with(past, row)),
                aliases=decide.aliases(report, page.context.uri_r, *_own_address(page)),
                plan=plan,
                found=self._cited_reports(plan, format_time(page.captured_at)),
            )
        )
        return Committed(
            processed.verdict.outcome,
            new_version=bool(plan.write),
            incomplete=not report.complete,
            message=processed.failure,
        )

    def _plan(
        self, publication: int, captured: CapturedContent, processed: Processed | None
    ) -> VersionPlan:
        previous = decide.Previous(
            queries.captured_contents(self.db, publication),
            queries.stored_versions(self.db, publication),
            lambda version: queries.version_content(self.db, version),
            self.parse_again,
        )
        return decide.plan_versions(previous, captured, processed)

    def _cited_reports(self, plan: VersionPlan, at: str) -> tuple[PublicationRow, ...]:
        """Reports that this one cites: queued, whether discovery knows them or not."""
        cited: dict[int, SourceRow] = {
            source.id: source
            for version in plan.write
            for sources in version.sources
            for source in sources
            if source is not None and source.publication_key is not None
        }
        return tuple(_cited_row(source, at) for source in cited.values())

    def _captured(self, row: CaptureRow) -> CapturedContent | None:
        if row.content_digest is None:
            return None
        return CapturedContent(row.id, row.captured_at, row.content_digest, bool(row.complete))

    def _unchanged(self, written: Written) -> PastCapture | None:
        """The capture that a 304 says is still right."""
        return (
            queries.past_capture_of_record(self.db, written.revisit_of)
            if written.revisit_of
            else None
        )

    def _stored_publication(self, publication: int) -> PublicationRow:
        row = self.db.execute(
            "SELECT id, key, url, publisher FROM publications WHERE id = ?", [publication]
        ).fetchone()
        return PublicationRow(*row)

    # --- reading back -----------------------------------------------------------------------------

    def page_of(self, record: WarcRecord) -> FetchedPage:
        """A kept record as the pure stages get it; of a revisit, with the body it refers to."""
        assert record.context is not None
        page = self._page(record, record.context)
        if record.type == "revisit" and record.http_status != 304:
            return replace(page, body=self._payload_of(record.refers_to))
        return page

    @staticmethod
    def _page(record: WarcRecord, context: FetchContext) -> FetchedPage:
        assert record.uri is not None
        assert record.date is not None
        headers = record.http_headers
        if record.type == "resource":
            headers = (("content-type", record.header("content-type") or ""),)
        return FetchedPage(
            context=context,
            final_url=record.uri,
            captured_at=record.date,
            http_status=record.http_status,
            headers={name.lower(): value for name, value in headers},
            body=record.payload,
            error=context.error,
            truncated=record.truncated,
        )

    def kept_page(self, record: WarcRecord, context: FetchContext, body: bytes) -> FetchedPage:
        """A record of somebody else's file as the pure stages get it, under our own context."""
        return replace(self._page(record, context), body=body)

    def foreign_body(self, record: WarcRecord) -> bytes | None:
        """The body of a record in somebody else's file; of a revisit, that of the record it refers to.

        Returns:
            None for a revisit of a record that is not held: its own block has no body, and none is made up.
        """
        if record.type != "revisit" or record.http_status == 304:
            return record.payload
        held = self._revisited(record)
        if held is None:
            return None
        if held.revisit_of:
            return self._payload_of(held.revisit_of)
        return read_at(self.folder.warcs / held.location.file, held.location.offset).payload

    def _revisited(self, record: WarcRecord) -> HeldCapture | None:
        """What was imported of the record that a revisit in somebody else's file stands for."""
        held = queries.capture_of_origin(self.db, record.refers_to) if record.refers_to else None
        if held is None and record.refers_to_uri and record.refers_to_date:
            at = format_time(record.refers_to_date)
            held = queries.capture_at(self.db, record.refers_to_uri, at)
        if held is None and record.payload_digest:
            earlier = queries.payload_ref(self.db, record.payload_digest)
            held = queries.capture_of_record(self.db, earlier.record_id) if earlier else None
        return held

    def parse_again(self, capture_id: int) -> Processed:
        """A held capture, read from its WARC record and parsed by the present parser.

        Raises:
            ParseError: It was a report once and is none for the present parser.
        """
        held = queries.capture(self.db, capture_id)
        if held is None:
            raise ArchiveError(
                f"capture {capture_id}: not in the database; run isw-archive rebuild"
            )
        record = read_at(self.folder.warcs / held.location.file, held.location.offset)
        if record.http_status == 304 and held.revisit_of:
            earlier = queries.capture_of_record(self.db, held.revisit_of)
            if earlier is not None:
                return self.parse_again(earlier.id)
        processed = process(self.page_of(record), self.limits)
        if processed.report is None:
            raise ParseError(
                f"capture {capture_id} of {record.uri}: {processed.failure}; run isw-archive rebuild"
            )
        return processed

    def _payload_of(self, record_id: str | None) -> bytes:
        place = self.places.get(record_id) if record_id else None
        if place is None and record_id:
            held = queries.capture_of_record(self.db, record_id)
            place = held.location if held else None
        if place is None:
            return b""
        return read_at(self.folder.warcs / place.file, place.offset).payload


def _own_address(page: FetchedPage) -> tuple[str, ...]:
    """Where the page stood in the end; of another archive's copy, that archive's address is none of the report's."""
    return () if page.context.via is Via.WAYBACK else (page.final_url,)


def _text_of(processed: Processed) -> TextRow | None:
    return decide.text_row(processed.text) if processed.text and processed.text.text else None


def _is_address(url: str) -> bool:
    try:
        urls.fetchable(url)
    except BadUrlError:
        return False
    return True


def _warc_info() -> dict[str, str]:
    """What each file's warcinfo adds; a file made under the test clock must never pass as evidence."""
    offset = clock.pretended()
    return {"isw-archive-test-clock-offset-s": offset} if offset else {}


def _with(past: list[PastCapture], row: CaptureRow) -> list[PastCapture]:
    """A history with the new capture in its place."""
    new = queries.PastCapture(
        row.id,
        row.captured_at,
        row.outcome,
        None if row.complete is None else bool(row.complete),
        row.content_digest,
        row.text_id,
    )
    return sorted([*past, new], key=lambda capture: (capture.captured_at, capture.id))


def _past_copy(row: CaptureRow) -> PastCopy:
    return PastCopy(
        row.id, row.captured_at, row.outcome, row.http_status, row.final_url, row.memento_at
    )


def _found_row(found: Found, step: str | None, at: datetime) -> PublicationRow:
    key = urls.publication_key(found.url)
    return PublicationRow(
        id=urls.stable_id(key),
        key=key,
        url=found.url,
        publisher=urls.identify(found.url).platform,
        title=found.title,
        found_at=format_time(at),
        found_by=step,
        published=found.published,
        lastmod=found.lastmod,
    )


def _cited_row(source: SourceRow, at: str) -> PublicationRow:
    assert source.publication_key is not None
    return PublicationRow(
        id=urls.stable_id(source.publication_key),
        key=source.publication_key,
        url=source.cited_url,
        publisher=source.platform,
        found_at=at,
        found_by="cited",
        published=_slug_date(source.cited_url),
    )


def _slug_date(url: str) -> str | None:
    """The day in a report's address, where it names its year; lets a cited report be queued by its age."""
    printed = date_in_slug(slug_of(url))
    day = printed.on(printed.year) if printed and printed.year else None
    return day.isoformat() if day else None


def _wanted(row: queries.DuePublication, job: SpiderJob) -> bool:
    """Whether a due publication is in the job's range, as far as is known before it is read."""
    if job.series and row.series and row.series != job.series:
        return False
    if row.date is None:
        return True
    return (job.since or "") <= row.date <= (job.until or "9999")
