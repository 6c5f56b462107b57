"""What a capture changes, decided from the previous state. Pure: records in, records out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from archive.model.past import PastCapture
from archive.model.reports import CapturedContent
from archive.model.rows import (
    CaptureRow,
    PublicationRow,
    TextRow,
    VersionPlan,
    VersionRow,
    VersionTouch,
)
from archive.model.times import format_time
from archive.model.vocabulary import Via
from archive.urls import normal as urls
from archive.urls.publishers import registry as publishers
from pipeline.decide.versions import change_between, plan_runs
from pipeline.read.clocks import skew_s
from pipeline.read.content import content_of
from pipeline.read.notice import notice_digest
from pipeline.read.parse.dates import date_in_slug
from pipeline.read.parse.identity import report_id
from pipeline.read.parse.series import slug_of
from pipeline.read.process import REPOST
from pipeline.read.sources import leads_to
from pipeline.read.text.digest import text_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from archive.model.fetch import Written
    from archive.model.past import StoredVersion
    from archive.model.reports import Change, Content, ParsedReport, VersionRun
    from archive.model.sources import SourceRow
    from archive.model.understood import FetchedPage, Found, PageText, Processed, TextLink


_BESIDE_TEXTS = frozenset({"facts", "links", "media"})


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
        payload_bytes=_payload_bytes(page),
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
        clock_skew_s=_clock_skew(page),
        leads_to=leads_to(page, processed.verdict.outcome),
    )


def _payload_bytes(page: FetchedPage) -> int | None:
    """Bytes that came; None where nothing could: a failure, an answer that has no body."""
    # the record of a failure has a block of our own words, which nobody sent
    if page.error is not None or page.http_status == HTTPStatus.NOT_MODIFIED:
        return None
    return len(page.body) if page.body or page.http_status is not None else None


def _clock_skew(page: FetchedPage) -> int | None:
    """Seconds that the server's clock was behind ours; None where it does not say, or somebody else
    did the fetching."""
    if page.context.via is not Via.LIVE:
        return None
    return skew_s(page.headers.get("date"), page.captured_at)


def text_row(text: PageText) -> TextRow:
    """The row of a clean text; equal texts have one row."""
    # Counters change while the text stays, and so do the tokens in links: facts are kept with each
    # capture, links beside.
    values = {name: getattr(text, name) for name in text.__slots__ if name not in _BESIDE_TEXTS}
    values["flags"] = json.dumps(text.flags)
    values["digest"] = text_digest(text.text)
    blob = json.dumps(values, sort_keys=True, ensure_ascii=False)
    values["notice"] = notice_digest(text.text)
    return TextRow(id=urls.stable_id(hashlib.sha256(blob.encode()).hexdigest()), **values)


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
class Previous:
    """What the archive holds of a publication before this capture.

    Attributes:
        held: Its captures.
        stored: Its versions as they stand.
        read_version: Gives the content of a stored version.
        read_capture: Processes a held capture again; needed where a new version begins with an old
            capture.
    """

    held: Sequence[CapturedContent]
    stored: Sequence[StoredVersion]
    read_version: Callable[[int], Content]
    read_capture: Callable[[int], Processed]


@dataclass(frozen=True, slots=True)
class _Contents:
    """Where the content of a version comes from: this capture, a stored version, or an old capture
    read again."""

    previous: Previous
    incoming: tuple[int, Processed | None]
    keep: frozenset[int]

    def understood(self, capture_id: int) -> Processed:
        own, processed = self.incoming
        if capture_id == own and processed is not None:
            return processed
        return self.previous.read_capture(capture_id)

    def content(self, capture_id: int) -> Content:
        if capture_id in self.keep:
            return self.previous.read_version(capture_id)
        return content_of(_report(self.understood(capture_id)))

    def change(self, before: int | None, after: int) -> Change | None:
        return None if before is None else change_between(self.content(before), self.content(after))


def plan_versions(
    previous: Previous, captured: CapturedContent, processed: Processed | None
) -> VersionPlan:
    """Which versions a publication has once this capture is among its captures.

    Args:
        previous: What the archive holds of it.
        captured: The new capture.
        processed: What was read of it; None for a 304, which repeats what an earlier capture says.
    """
    stored = previous.stored
    runs = plan_runs([*previous.held, captured])
    digests = {c.capture_id: c.digest for c in (*previous.held, captured)}
    by_id = {version.id: version for version in stored}
    keep = frozenset(
        r.representative for r in runs if _is_unchanged(by_id.get(r.representative), digests)
    )
    contents = _Contents(previous, (captured.capture_id, processed), keep)
    followed = {v.id: stored[n - 1].id if n else None for n, v in enumerate(stored)}
    touch, write = [], []
    before: int | None = None
    for number, run in enumerate(runs, 1):
        own = run.representative
        if own not in keep:
            change = contents.change(before, own)
            write.append(_version_row(run, number, contents.understood(own), digests[own], change))
        else:
            same_pair = followed[own] == before and (before is None or before in keep)
            change = by_id[own].change if same_pair else contents.change(before, own)
            if not _is_stored(by_id[own], run, number, change):
                touch.append(VersionTouch(run, number, change))
        before = own
    return VersionPlan(tuple(sorted(by_id.keys() - keep)), tuple(touch), tuple(write))


def _is_unchanged(version: StoredVersion | None, digests: dict[int, str]) -> bool:
    return version is not None and digests[version.id] == version.digest


def _is_stored(version: StoredVersion, run: VersionRun, number: int, change: Change | None) -> bool:
    before = (version.version, version.captures, version.complete)
    span = (version.first_captured_at, version.last_captured_at)
    return (
        before == (number, len(run.captures), run.complete)
        and span == (run.first_captured_at, run.last_captured_at)
        and version.change == change
    )


def _version_row(
    run: VersionRun, number: int, understood: Processed, digest: str, change: Change | None
) -> VersionRow:
    report = _report(understood)
    return VersionRow(
        run=run,
        version=number,
        report_id=report_id(report),
        report=report,
        digest=digest,
        change=change,
        sources=understood.sources,
    )


def _report(understood: Processed) -> ParsedReport:
    assert understood.report is not None
    return understood.report


def own_address(page: FetchedPage) -> tuple[str, ...]:
    """The address at which the page was in the end; another archive's address is not the
    report's."""
    return () if page.context.via is Via.WAYBACK else (page.final_url,)


def text_of(processed: Processed) -> TextRow | None:
    """The row of a capture's text, if it has any."""
    return text_row(processed.text) if processed.text and processed.text.text else None


def links_of(processed: Processed) -> tuple[TextLink, ...]:
    """The links of a capture's text."""
    return processed.text.links if processed.text else ()


def with_capture(past: list[PastCapture], row: CaptureRow) -> list[PastCapture]:
    """A history with the new capture in its place."""
    new = PastCapture(
        row.id,
        row.captured_at,
        row.outcome,
        None if row.complete is None else bool(row.complete),
        row.content_digest,
        row.text_id,
    )
    return sorted([*past, new], key=lambda capture: (capture.captured_at, capture.id))


def found_row(found: Found, step: str | None, at: datetime) -> PublicationRow:
    """A publication that a discovery page names."""
    key = urls.publication_key(found.url)
    return PublicationRow(
        id=urls.stable_id(key),
        key=key,
        url=found.url,
        publisher=_publisher(found.url),
        title=found.title,
        found_at=format_time(at),
        found_by=step,
        published=found.published,
        lastmod=found.lastmod,
    )


def _publisher(url: str) -> str:
    identity = urls.identify(url)
    return publishers.NAMES.get(identity.host, identity.platform)


def led_to_report(row: CaptureRow, at: str) -> tuple[PublicationRow, ...]:
    """The report that a cited short link or copy led to: queued as if it were cited itself."""
    if row.leads_to is None or not urls.is_report_url(row.leads_to):
        return ()
    arrived = row.final_url or row.leads_to
    url = arrived if urls.is_report_url(arrived) else row.leads_to
    return (_cited_row(row.leads_to, url, at),)


def cited_reports(plan: VersionPlan, at: str) -> tuple[PublicationRow, ...]:
    """Reports that this one cites: queued, whether discovery knows them or not."""
    cited: dict[int, SourceRow] = {
        source.id: source
        for version in plan.write
        for sources in version.sources
        for source in sources
        if source is not None and source.publication_key is not None
    }
    return tuple(
        _cited_row(
            source.publication_key, urls.copied_address(source.cited_url) or source.cited_url, at
        )
        for source in cited.values()
        if source.publication_key is not None
    )


def _cited_row(key: str, url: str, at: str) -> PublicationRow:
    return PublicationRow(
        id=urls.stable_id(key),
        key=key,
        url=url,
        publisher=_publisher(key),
        found_at=at,
        found_by="cited",
        published=_slug_date(key),
    )


@lru_cache(maxsize=4_096)  # a report is cited by those of the days after it
def _slug_date(url: str) -> str | None:
    """The day in a report's address, where it names its year; lets a cited report be queued by its
    age."""
    printed = date_in_slug(slug_of(url))
    day = printed.on(printed.year) if printed and printed.year else None
    return day.isoformat() if day else None


def captured_content(row: CaptureRow) -> CapturedContent | None:
    """The capture as one of its publication's contents; None when it gave no report."""
    if row.content_digest is None:
        return None
    return CapturedContent(row.id, row.captured_at, row.content_digest, bool(row.complete))


def read_again(captured: CapturedContent, processed: Processed) -> CapturedContent:
    """A held capture as the present parser reads it."""
    return replace(
        captured, digest=processed.digest or captured.digest, complete=_report(processed).complete
    )


def no_version(version: int) -> Content:
    """Stands for `Previous.read_version` where all versions are made anew."""
    raise AssertionError(f"version {version} is asked for although all are made anew")
