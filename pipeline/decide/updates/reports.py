"""A report's page: a new version or none, and what it says of other reports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive.db import queries, version_queries
from archive.model.records import format_time
from archive.model.rows import CaptureUpdate
from archive.urls import normal as urls
from pipeline.decide import captures as decide
from pipeline.decide import due
from pipeline.decide.reposts import completed
from pipeline.read.parse.identity import report_id
from pipeline.read.process import REPOST

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlite_utils

    from archive.model.records import Hop, Processed, Written
    from archive.model.reports import CapturedContent, ParsedReport
    from archive.model.rows import VersionPlan

    ParseAgain = Callable[[int], Processed]
    """Reads a held capture, by its number, from its WARC record."""


def report_update(
    db: sqlite_utils.Database,
    processed: Processed,
    written: Written,
    hops: tuple[Hop, ...],
    parse_again: ParseAgain,
) -> CaptureUpdate:
    """What a capture of a report's address changes, whether its page could be read as a report or not."""
    if processed.report is not None:
        return _read(db, processed, processed.report, (written, hops), parse_again)
    page = processed.page
    publication = version_queries.publication_id(db, urls.publication_key(page.context.uri_r))
    same = queries.unchanged(db, page.http_status, written.revisit_of)
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
    past = queries.history(db, publication=publication)
    return replace(
        update,
        publication=version_queries.publication(db, publication),
        publication_history=due.publication_history(decide.with_capture(past, row)),
        plan=_plan(db, publication, captured, None, parse_again) if captured else None,
    )


def _read(
    db: sqlite_utils.Database,
    processed: Processed,
    report: ParsedReport,
    kept: tuple[Written, tuple[Hop, ...]],
    parse_again: ParseAgain,
) -> CaptureUpdate:
    page, (written, hops) = processed.page, kept
    processed = whole(db, processed)
    publication = decide.publication_row(report)
    known = decide.Understanding(
        content_digest=processed.digest,
        complete=report.complete,
        publication_id=publication.id,
    )
    row = decide.capture_row(processed, written, known)
    captured = decide.captured_content(row)
    assert captured is not None
    plan = _plan(db, publication.id, captured, processed, parse_again)
    past = queries.history(db, publication=publication.id)
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


def whole(db: sqlite_utils.Database, processed: Processed) -> Processed:
    """A repost with its cut addresses made whole, where the page it was taken from is held; all else as it is."""
    report = processed.report
    if report is None or report.publisher != REPOST:
        return processed
    version = version_queries.newest_version(db, report_id(report), but=REPOST)
    if version is None:
        return processed
    return completed(processed, version_queries.version_content(db, version).notes)


def _plan(
    db: sqlite_utils.Database,
    publication: int,
    captured: CapturedContent,
    processed: Processed | None,
    parse_again: ParseAgain,
) -> VersionPlan:
    previous = decide.Previous(
        version_queries.captured_contents(db, publication),
        version_queries.stored_versions(db, publication),
        lambda version: version_queries.version_content(db, version),
        parse_again,
    )
    return decide.plan_versions(previous, captured, processed)
