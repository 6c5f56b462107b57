"""Importing saved copies: WARC and WACZ files, kept as captures of their own time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archive import clock
from archive.db import queries
from archive.errors import BadUrlError, TornRecordError, WarcError
from archive.model.records import Exchange, FetchContext, HttpMessage, Kind, Outcome, Via
from archive.urls import normal as urls
from archive.warc.digests import sha256_digest
from archive.warc.reader import iter_records
from archive.warc.wacz import warcs_in
from pipeline.read.process import process
from pipeline.run.ingest import Archive
from pipeline.run.jobs.foreign import (
    Sorting,
    is_report,
    key_of,
    origin_of,
    place_of,
    truncation,
    unusable,
)
from pipeline.run.jobs.index import WINDOW, take_in_groups
from pipeline.run.jobs.say import printable
from pipeline.run.pool import REPORTS, WorkerPool
from pipeline.run.unread import Unread, stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from archive.model.records import FetchedPage, Processed, Written
    from archive.warc.reader import WarcRecord
    from pipeline.run.jobs.session import Session


_RESPONSES = frozenset({"response", "revisit"})


@dataclass(slots=True)
class _Import:
    """One import under way."""

    archive: Archive
    pool: WorkerPool
    session: Session
    known: dict[str, str]
    now: datetime
    waiting: list[Written] = field(default_factory=list)


def import_files(session: Session, files: Sequence[Path]) -> None:
    """Import WARC or WACZ files: reports first, then the pages that reports held here cite.

    Every file is tried; one that cannot be read becomes a problem and the others go on.
    """
    settings = session.settings
    archive = Archive(session.folder, settings, session.run)
    finished = False
    try:
        with WorkerPool(settings.workers, settings.extract_timeout_s, preload=REPORTS) as pool:
            job = _Import(archive, pool, session, queries.imported_records(archive.db), clock.now())
            for path in files:
                _import_one(job, path)
        finished = True
    finally:
        if finished:
            archive.close()
        else:
            archive.abandon()


def _import_one(job: _Import, path: Path) -> None:
    session = job.session
    before = dict(session.counts)
    sorting = Sorting(path)
    for warc in _members(sorting):
        _import_warc(job, warc, sorting)
    counts = session.counts
    new = {k: v - before.get(k, 0) for k, v in counts.items() if v != before.get(k, 0)}
    if new:
        session.say.line(f"{path.name}: " + ", ".join(f"{n} {name}" for name, n in new.items()))
    if sorting.stopped is not None:
        session.problem(_stopped(sorting, sorting.stopped))
    if left_out := sorting.complaint():
        session.problem(left_out)
    elif sorting.stopped is None and not new.get("captures") and not new.get("already held"):
        session.problem(
            f"{path}: holds nothing of ours ({new.get('not ours', 0)} responses): none at an address of an ISW or CTP "
            "report, none cited by a report held; import the reports first"
        )


def _stopped(sorting: Sorting, error: WarcError) -> str:
    """One line on a file that could not be read to its end."""
    kept = f"what stands before it is kept: captures {sorting.taken}"
    if isinstance(error, TornRecordError):
        return (
            f"{sorting.path}: ends in the middle of a record at byte {error.offset}; "
            f"{kept if sorting.taken else 'nothing before it is ours'}; get a whole copy and import it again"
        )
    # a WARC from a WACZ has a name of our own on disk, which says nothing to the user
    text = str(error).replace(str(sorting.reading), str(sorting.path))
    return f"{text}; {kept}" if sorting.taken else text


def _members(sorting: Sorting) -> Iterator[Path]:
    """The WARC files to read: the file itself, or what a WACZ holds."""
    if sorting.path.suffix.lower() != ".wacz":
        yield sorting.path
        return
    try:
        yield from (member.path for member in warcs_in(sorting.path))
    except WarcError as error:
        sorting.stopped = error


def _import_warc(job: _Import, path: Path, sorting: Sorting) -> None:
    """Reports first; then it is known what they cite; and revisits when what they refer to is held."""
    sorting.others, sorting.revisits, sorting.reading = set(), set(), path
    _take_in(job, _reports(job, path, sorting), sorting)
    if sorting.others:
        _take_in(job, _cited(job, path, sorting), sorting)
    if sorting.revisits:
        _take_in(job, _revisits(path, sorting), sorting)


def _responses(path: Path, sorting: Sorting) -> Iterator[WarcRecord]:
    """All that can be read; nothing is raised, for what stands before the damage is under way by then."""
    try:
        yield from iter_records(path, types=_RESPONSES)
    except WarcError as error:
        sorting.stopped = error


def _reports(job: _Import, path: Path, sorting: Sorting) -> Iterator[tuple[WarcRecord, Kind]]:
    """The responses at report addresses; the others are noted for a second look."""
    for record in _responses(path, sorting):
        if record.http_status is None:
            if is_report(record.uri):
                sorting.leave_out(record, "without an HTTP response")
        elif origin_of(record, job.known) in job.known:
            job.session.count("already held")
        elif why := unusable(record, job.now):
            sorting.leave_out(record, why)
        elif not is_report(record.uri):
            sorting.others.add(key_of(record))
        elif record.type == "revisit":
            sorting.revisits.add(key_of(record))
        else:
            yield record, Kind.REPORT


def _cited(job: _Import, path: Path, sorting: Sorting) -> Iterator[tuple[WarcRecord, Kind]]:
    """Of the other responses, those that a report held here cites."""
    for record in _responses(path, sorting):
        if key_of(record) not in sorting.others:
            continue
        sorting.others.discard(key_of(record))
        if not _is_cited(job, record.uri):
            job.session.count("not ours")
        elif record.type == "revisit":
            sorting.revisits.add(key_of(record))
        else:
            yield record, Kind.SOURCE


def _revisits(path: Path, sorting: Sorting) -> Iterator[tuple[WarcRecord, Kind]]:
    """The records that repeat an earlier payload."""
    for record in _responses(path, sorting):
        if key_of(record) in sorting.revisits:
            sorting.revisits.discard(key_of(record))
            yield record, Kind.REPORT if is_report(record.uri) else Kind.SOURCE


def _is_cited(job: _Import, url: str | None) -> bool:
    if url is None:
        return False
    try:
        return queries.is_cited(job.archive.db, urls.stable_id(urls.source_key(url)))
    except BadUrlError:
        return False


def _take_in(job: _Import, records: Iterator[tuple[WarcRecord, Kind]], sorting: Sorting) -> None:
    def take(processed: Processed | Unread) -> None:
        done = job.archive.take_in(processed, job.waiting.pop(0))
        sorting.taken += 1
        if isinstance(processed, Unread) or done is None:
            job.session.left_unread(processed.page.context.uri_r)
        else:
            _account(job, processed, done.message)

    tasks = ((page, job.archive.limits) for page in _kept(job, records, sorting))
    take_in_groups(job.archive, job.pool.map_ordered(process, tasks, WINDOW, stand_in), take)


def _kept(
    job: _Import, records: Iterator[tuple[WarcRecord, Kind]], sorting: Sorting
) -> Iterator[FetchedPage]:
    """Copies each record into our own WARC, before anything looks at it."""
    for record, kind in records:
        body = job.archive.readback.foreign_body(record)
        if body is None:
            sorting.leave_out(
                record,
                "revisits of pages not held; import the file that holds them, then this again",
            )
        else:
            yield _keep(job, record, kind, printable(sorting.path.name), body)


def _keep(job: _Import, record: WarcRecord, kind: Kind, name: str, body: bytes) -> FetchedPage:
    archive = job.archive
    assert record.uri is not None
    assert record.date is not None
    origin = origin_of(record, job.known)
    context = FetchContext(
        capture_id=archive.next_capture_id(),
        kind=kind,
        uri_r=record.uri,
        via=Via.IMPORT,
        reason=f"import: {name}",
        origin=origin,
        run=job.session.run,
    )
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
    job.waiting.append(written)
    job.known[origin] = place_of(record)
    page = archive.readback.kept_page(record, context, body)
    return replace(page, truncated=exchange.truncated)


def _account(job: _Import, processed: Processed, message: str | None) -> None:
    session = job.session
    session.count("captures")
    session.count(
        "reports"
        if processed.report
        else f"{processed.page.context.kind} {processed.verdict.outcome}"
    )
    session.say.progress(f"import: {session.counts['captures']} captures")
    if message is not None:
        text = f"{processed.page.final_url}: {message}; kept as capture {processed.page.context.capture_id}"
        if processed.verdict.outcome is Outcome.OK:
            session.problem(text)
        else:
            session.say.line(text)
