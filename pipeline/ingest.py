"""The way of one capture into the archive: read the previous state, decide, write once.

Crawl, import, recovery after a kill, and rebuild all come through `Archive.commit`, so that they cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive import (
    __version__,
    check_queries,
    clock,
    memento_queries,
    queries,
    urls,
    verdict_queries,
)
from archive.closing import Closing
from archive.errors import ArchiveError, ParseError
from archive.folder import DataFolder
from archive.memento_queries import PastCheck, PastCopy
from archive.records import Kind, Outcome, PayloadRef, Target, format_time
from archive.rows import CaptureUpdate, MementoCheckRow, PublicationRow
from archive.store import Store
from archive.warc.reader import read_at
from archive.warc.writer import WarcWriter
from pipeline import decide, due, judging, mementos, targets
from pipeline.checks import choose
from pipeline.parse.identity import report_id
from pipeline.process import REPOST, Limits, process
from pipeline.readback import Readback
from pipeline.reposts import completed
from pipeline.sharing import shared_text
from pipeline.sources import source_row
from pipeline.verdicts import PROBE_HOLDS, probe_place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from archive.config import Settings
    from archive.queries import PastCapture
    from archive.records import Hop, Processed, Written
    from archive.reports import CapturedContent, ParsedReport
    from archive.rows import CaptureRow, MementoRow, SourceRow, SourceVerdicts, TextRow, VersionPlan
    from pipeline.jobs.job import SpiderJob


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit did, for progress and for what to do next."""

    outcome: Outcome
    new_version: bool = False
    incomplete: bool = False
    found: tuple[Target, ...] = ()
    message: str | None = None
    clock_skew_s: int | None = None


class Archive(Closing):
    """An archive held open for writing: its WARC writer and its store."""

    def __init__(self, folder: DataFolder, settings: Settings, run: str | None) -> None:
        self.folder = folder
        self.settings = settings
        self.run = run
        self.store = Store(folder.database)
        self.db = self.store.db
        self.readback = Readback(self.db, folder.warcs)
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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # after an error something written may not be committed
        self.close() if kind is None else self.abandon()

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
        """See `pipeline.targets.target_for`."""
        return targets.target_for(self.db, url, kind, reason, step)

    def targets_due(self, now: datetime, *, job: SpiderJob) -> list[Target]:
        """See `pipeline.targets.targets_due`."""
        return targets.targets_due(self.db, now, job, self.settings.backfill_days)

    def sources_pending(self, now: datetime, limit: int) -> list[Target]:
        """See `pipeline.targets.sources_pending`."""
        return targets.sources_pending(self.db, now, limit)

    def checks_due(self, now: datetime, job: SpiderJob) -> list[Target]:
        """See `pipeline.checks.choose.targets_to_check`; what the job names, else what is due."""
        if job.urls:
            reason = check_queries.REASON
            return [targets.target_for(self.db, url, Kind.SOURCE, reason) for url in job.urls]
        return choose.targets_to_check(
            self.db, now, self.settings, limit=job.limit, all_due=job.all_due
        )

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
        """Discovery pages, robots.txt, figures and attachments, probes."""
        page = processed.page
        found: tuple[PublicationRow, ...] = ()
        if processed.discovered is not None:
            found = tuple(
                decide.found_row(f, page.context.step, page.captured_at)
                for f in processed.discovered.reports
            )
        text = decide.text_of(processed)
        known = decide.Understanding(
            content_digest=text.digest if text else None, text_id=text.id if text else None
        )
        row = decide.capture_row(processed, written, known)
        verdicts = self._probed(row, text) if page.context.kind is Kind.PROBE else ()
        self.store.save(
            CaptureUpdate(
                row, hops, failure=processed.failure, text=text, found=found, verdicts=verdicts
            )
        )
        return Committed(processed.verdict.outcome, message=processed.failure)

    def _commit_source(
        self, processed: Processed, written: Written, hops: tuple[Hop, ...]
    ) -> Committed:
        page = processed.page
        source = source_row(page.context.subject or page.context.uri_r)
        text = decide.text_of(processed)
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
                verdicts=() if copy else self._verdicts(source, row, text),
                shared=shared_text(self.db, source.id, text, processed.signature),
                source=source,
                # what another archive holds says nothing of the source as it is
                source_history=None if copy else due.source_history(decide.with_capture(past, row)),
                memento=self._memento(source.id, copy=_past_copy(row)) if copy else None,
            )
        )
        return Committed(
            processed.verdict.outcome, message=processed.failure, clock_skew_s=row.clock_skew_s
        )

    def _verdicts(
        self, source: SourceRow, row: CaptureRow, text: TextRow | None
    ) -> tuple[SourceVerdicts, ...]:
        """What is thought of the source with this capture, and of its neighbours where their host's name is gone."""
        own = judging.source_of(source)
        found = [judging.judged(self.db, own, judging.Incoming(row, text))]
        if row.outcome == Outcome.DNS_FAILURE and own.platform in judging.SITES:
            told = judging.Incoming(neighbours=(judging.as_neighbour(row),))
            others = verdict_queries.captured_on(self.db, own.host)
            found += [judging.judged(self.db, o, told) for o in others if o.id != own.id]
        return tuple(one for one in found if one is not None)

    def _probed(self, row: CaptureRow, text: TextRow | None) -> tuple[SourceVerdicts, ...]:
        """What is thought of the sources in a folder, now that it is known what their host answers to anything there."""
        probe = judging.as_probe(row, text)
        host = urls.identify(row.url).host
        beside = [
            source
            for source in verdict_queries.echoing(self.db, host, probe[0], PROBE_HOLDS)
            if source.platform in judging.SITES and probe_place(source.cited_url) == probe[0].place
        ]
        found = [judging.judged(self.db, s, judging.Incoming(probes=(probe,))) for s in beside]
        return tuple(one for one in found if one is not None)

    def _commit_memento_check(
        self, processed: Processed, written: Written, hops: tuple[Hop, ...]
    ) -> Committed:
        """What another archive answered to the question which copies of a source it holds."""
        page = processed.page
        source = source_row(page.context.subject or page.context.uri_r)
        row = decide.capture_row(processed, written, decide.Understanding())
        check = PastCheck(row.id, row.captured_at, row.url, processed.mementos, row.reason)
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
            captured = decide.captured_content(row)
            past = queries.history(self.db, publication=publication)
            update = replace(
                update,
                publication=self._stored_publication(publication),
                publication_history=due.publication_history(decide.with_capture(past, row)),
                plan=self._plan(publication, captured, None) if captured else None,
            )
        self.store.save(update)
        return Committed(processed.verdict.outcome, message=processed.failure)

    def _commit_version(
        self, processed: Processed, report: ParsedReport, written: Written, hops: tuple[Hop, ...]
    ) -> Committed:
        page = processed.page
        processed = self._completed(processed)
        publication = decide.publication_row(report)
        known = decide.Understanding(
            content_digest=processed.digest,
            complete=report.complete,
            publication_id=publication.id,
        )
        row = decide.capture_row(processed, written, known)
        captured = decide.captured_content(row)
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
                publication_history=due.publication_history(decide.with_capture(past, row)),
                aliases=decide.aliases(report, page.context.uri_r, *decide.own_address(page)),
                plan=plan,
                found=decide.cited_reports(plan, format_time(page.captured_at)),
            )
        )
        if plan.write and report.publisher != REPOST:
            self._complete_reposts(report_id(report))
        return Committed(
            processed.verdict.outcome,
            new_version=bool(plan.write),
            incomplete=not report.complete,
            message=processed.failure,
        )

    def _completed(self, processed: Processed) -> Processed:
        """A repost with its cut addresses made whole, where the page it was taken from is held."""
        report = processed.report
        if report is None or report.publisher != REPOST:
            return processed
        version = queries.newest_version(self.db, report_id(report), but=REPOST)
        if version is None:
            return processed
        return completed(processed, queries.version_content(self.db, version).notes)

    def _complete_reposts(self, report: str) -> None:
        for publication in queries.publications_by(self.db, report, REPOST):
            self.reread(publication)

    def reread(self, publication: int) -> None:
        """Make a publication's versions anew from its captures, as the present parser reads them.

        Raises:
            ArchiveError: A capture cannot be read any more; nothing is changed.
        """
        held = queries.captured_contents(self.db, publication)
        read = {c.capture_id: self._completed(self.parse_again(c.capture_id)) for c in held}
        fresh = [decide.read_again(c, read[c.capture_id]) for c in held]
        stored = [version.id for version in queries.stored_versions(self.db, publication)]
        previous = decide.Previous(fresh[:-1], [], decide.no_version, lambda capture: read[capture])
        plan = decide.plan_versions(previous, fresh[-1], read[fresh[-1].capture_id])
        self.store.replace_versions(publication, fresh, stored, plan)

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
        processed = process(self.readback.page_of(record), self.limits)
        if processed.report is None:
            raise ParseError(
                f"capture {capture_id} of {record.uri}: {processed.failure}; run isw-archive rebuild"
            )
        return processed


def _warc_info() -> dict[str, str]:
    """What each file's warcinfo adds; a file made under the test clock must never pass as evidence."""
    offset = clock.pretended()
    return {"isw-archive-test-clock-offset-s": offset} if offset else {}


def _past_copy(row: CaptureRow) -> PastCopy:
    return PastCopy(
        row.id, row.captured_at, row.outcome, row.http_status, row.final_url, row.memento_at
    )
