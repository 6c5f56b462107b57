"""What a capture changes, decided from the previous state. Pure: records in, records out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from archive import urls
from archive.errors import BadUrlError
from archive.records import Outcome, format_time
from archive.rows import (
    CaptureRow,
    PublicationRow,
    SourceRow,
    TextRow,
    VersionPlan,
    VersionRow,
    VersionTouch,
)
from pipeline.parse.identity import report_id
from pipeline.process import REPOST
from pipeline.text.digest import text_digest
from pipeline.versions import compare, content_of, plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archive.queries import StoredVersion
    from archive.records import (
        CapturedContent,
        Change,
        Content,
        PageText,
        ParsedReport,
        Processed,
        VersionRun,
        Written,
    )


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a capture's row says beyond its fetch."""

    content_digest: str | None = None
    text_id: int | None = None
    complete: bool | None = None
    source_id: int | None = None
    publication_id: int | None = None


def capture_row(processed: Processed, written: Written, known: Understanding) -> CaptureRow:
    """The row of a capture."""
    page = processed.page
    context = page.context
    headers = page.headers
    return CaptureRow(
        id=context.capture_id,
        kind=context.kind,
        url=context.uri_r,
        source_id=known.source_id,
        publication_id=known.publication_id,
        captured_at=format_time(page.captured_at),
        outcome=processed.verdict.outcome,
        http_status=page.http_status,
        final_url=page.final_url,
        via=context.via,
        reason=context.reason,
        run=context.run,
        content_type=headers.get("content-type"),
        payload_bytes=None if page.http_status in {None, 304} else len(page.body),
        payload_digest=written.payload_digest,
        content_digest=known.content_digest,
        text_id=known.text_id,
        warc_file=written.location.file,
        warc_offset=written.location.offset,
        warc_length=written.location.length,
        record_id=written.record_id,
        revisit_of=written.revisit_of,
        tls_verified=context.tls_verified,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        memento_at=context.memento_at,
        origin=context.origin,
        complete=known.complete,
        evidence=json.dumps(processed.verdict.evidence, ensure_ascii=False, sort_keys=True),
        facts=json.dumps(dict(processed.text.facts if processed.text else ()), ensure_ascii=False),
    )


def text_row(text: PageText) -> TextRow:
    """The row of a clean text; equal texts have one row."""
    values = asdict(text)
    del values["facts"]  # counters change while the text stays; they are kept with each capture
    values["flags"] = json.dumps(text.flags)
    values["digest"] = text_digest(text.text)
    blob = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return TextRow(id=urls.stable_id(hashlib.sha256(blob.encode()).hexdigest()), **values)


def source_row(cited_url: str) -> SourceRow:
    """The source that a URL points to.

    Raises:
        BadUrlError: It is no address at all.
    """
    identity = urls.identify(cited_url)
    key = urls.publication_key(cited_url) if urls.is_report_url(cited_url) else None
    return SourceRow(
        id=urls.stable_id(identity.key),
        url=identity.key,
        cited_url=urls.fetchable(cited_url),
        host=identity.host,
        domain=identity.domain,
        platform=identity.platform,
        account=identity.account,
        post_id=identity.post_id,
        publication_key=key,
    )


def publication_row(report: ParsedReport) -> PublicationRow:
    """The publication that a parsed page declares itself to be."""
    key = publication_key(report)
    return PublicationRow(
        id=urls.stable_id(key),
        key=key,
        url=report.url,
        publisher=report.publisher,
        title=report.title,
        published=report.report_date,
    )


def publication_key(report: ParsedReport) -> str:
    """What two captures of one publication have in common.

    A repost has a name of its own (its address with a fragment), which no page can have.
    """
    return report.url if report.publisher == REPOST else urls.publication_key(report.url)


def aliases(report: ParsedReport, *fetched: str) -> tuple[str, ...]:
    """Keys of the other addresses of this publication."""
    own = publication_key(report)
    others = report.aliases if report.publisher == REPOST else (*report.aliases, *fetched)
    keys = {urls.publication_key(url) for url in others}
    return tuple(sorted(keys - {own}))


@dataclass(frozen=True, slots=True)
class Incoming:
    """The capture being taken in, as one of a publication's contents."""

    captured: CapturedContent
    report: ParsedReport | None


def plan_versions(
    held: Sequence[CapturedContent],
    stored: Sequence[StoredVersion],
    incoming: Incoming,
    read_version: Callable[[int], Content],
    read_capture: Callable[[int], ParsedReport],
) -> VersionPlan:
    """How a publication's versions stand once this capture is among them.

    Args:
        held: The captures already held.
        stored: The versions as they stand.
        incoming: The new capture.
        read_version: Gives the content of a stored version.
        read_capture: Parses a held capture again; needed where a new version begins with an old capture.
    """
    runs = plan([*held, incoming.captured])
    digests = {c.capture_id: c.digest for c in (*held, incoming.captured)}
    by_id = {version.id: version for version in stored}
    keep = {r.representative for r in runs if _stands(by_id.get(r.representative), digests)}
    before = {v.id: (stored[n - 1].id if n else None) for n, v in enumerate(stored)}

    def report_of(capture_id: int) -> ParsedReport:
        if capture_id == incoming.captured.capture_id and incoming.report is not None:
            return incoming.report
        return read_capture(capture_id)

    def content(capture_id: int) -> Content:
        return read_version(capture_id) if capture_id in keep else content_of(report_of(capture_id))

    touch, write = [], []
    for number, run in enumerate(runs, 1):
        previous = runs[number - 2].representative if number > 1 else None
        own = run.representative
        if own in keep and before[own] == previous and (previous is None or previous in keep):
            change = by_id[own].change
        else:
            change = _change(content, previous, own)
        if own in keep:
            if not _same(by_id[own], run, number, change):
                touch.append(VersionTouch(run, number, change))
        else:
            write.append(_version_row(run, number, report_of(own), digests[own], change))
    return VersionPlan(tuple(sorted(by_id.keys() - keep)), tuple(touch), tuple(write))


def _stands(version: StoredVersion | None, digests: dict[int, str]) -> bool:
    return version is not None and digests[version.id] == version.digest


def _same(version: StoredVersion, run: VersionRun, number: int, change: Change | None) -> bool:
    return (version.version, version.captures, version.first_captured_at, version.last_captured_at) == (
        number, len(run.captures), run.first_captured_at, run.last_captured_at,
    ) and version.change == change  # fmt: skip


def _change(content: Callable[[int], Content], before: int | None, after: int) -> Change | None:
    return None if before is None else compare(content(before), content(after))


def _version_row(
    run: VersionRun, number: int, report: ParsedReport, digest: str, change: Change | None
) -> VersionRow:
    return VersionRow(
        run=run,
        version=number,
        report_id=report_id(report),
        report=report,
        digest=digest,
        change=change,
        sources=tuple(tuple(_source_or_none(u.url) for u in note.urls) for note in report.notes),
    )


def _source_or_none(url: str) -> SourceRow | None:
    try:
        return source_row(url)
    except BadUrlError:
        return None


def gave_report(outcome: Outcome) -> bool:
    """True for outcomes after which the publication's content is known."""
    return outcome in {Outcome.OK, Outcome.NOT_MODIFIED, Outcome.TRUNCATED}
