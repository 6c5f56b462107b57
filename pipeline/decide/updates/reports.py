"""What a capture of a report's page changes: a new version or none, and reports that it cites."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive.model.rows import CaptureUpdate
from archive.model.times import format_time
from archive.urls import normal as urls
from pipeline.decide import captures as decide
from pipeline.decide import due
from pipeline.decide.reposts import completed
from pipeline.read.parse.identity import report_id
from pipeline.read.process import REPOST

if TYPE_CHECKING:
    from archive.model.fetch import Hop, Written
    from archive.model.reports import CapturedContent, ParsedReport
    from archive.model.rows import VersionPlan
    from archive.model.understood import Processed
    from pipeline.decide.held import HeldReports


def report_update(
    held: HeldReports,
    processed: Processed,
    written: Written,
    hops: tuple[Hop, ...],
) -> CaptureUpdate:
    """What a capture of a report's address changes, whether its page could be read as a report or
    not."""
    if processed.report is not None:
        return _update_of_report(held, processed, processed.report, (written, hops))
    page = processed.page
    publication = held.publication_id(urls.publication_key(page.context.uri_r))
    same = held.unchanged(page.http_status, written.revisit_of, publication=publication)
    known = decide.Understanding(
        content_digest=same.content_digest if same else None,
        complete=same.complete if same else None,
        publication_id=publication,
    )
    row = decide.capture_row(processed, written, known)
    update = CaptureUpdate(row, hops, failure=processed.failure)
    if publication is None:
        return update
    captured = decide.captured_content(row)
    past = held.history_of_publication(publication)
    return replace(
        update,
        publication=held.publication(publication),
        publication_history=due.publication_history(decide.with_capture(past, row)),
        plan=_plan(held, publication, captured, None) if captured else None,
    )


def _update_of_report(
    held: HeldReports,
    processed: Processed,
    report: ParsedReport,
    kept: tuple[Written, tuple[Hop, ...]],
) -> CaptureUpdate:
    page, (written, hops) = processed.page, kept
    processed = with_whole_addresses(held, processed)
    publication = decide.publication_row(report)
    known = decide.Understanding(
        content_digest=processed.digest,
        complete=report.complete,
        publication_id=publication.id,
    )
    row = decide.capture_row(processed, written, known)
    captured = decide.captured_content(row)
    assert captured is not None
    plan = _plan(held, publication.id, captured, processed)
    past = held.history_of_publication(publication.id)
    return CaptureUpdate(
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


def with_whole_addresses(held: HeldReports, processed: Processed) -> Processed:
    """A repost with its cut addresses made whole, where the page it was taken from is held; all
    else as it is."""
    report = processed.report
    if report is None or report.publisher != REPOST:
        return processed
    version = held.newest_version(report_id(report), but=REPOST)
    if version is None:
        return processed
    return completed(processed, held.version_content(version).notes)


def _plan(
    held: HeldReports,
    publication: int,
    captured: CapturedContent,
    processed: Processed | None,
) -> VersionPlan:
    previous = decide.Previous(
        held.captured_contents(publication),
        held.stored_versions(publication),
        held.version_content,
        held.parse_again,
    )
    return decide.plan_versions(previous, captured, processed)
