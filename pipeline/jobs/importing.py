"""Importing saved copies: WARC and WACZ files, kept as captures of their own time."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive import queries, urls
from archive.errors import BadInputError, BadUrlError, TornRecordError, WarcError
from archive.records import Exchange, FetchContext, HttpMessage, Kind, Outcome, Via
from archive.warc.digests import sha256_digest
from archive.warc.reader import iter_records
from archive.warc.wacz import warcs_in
from pipeline.ingest import Archive
from pipeline.jobs.index import WINDOW
from pipeline.pool import WorkerPool
from pipeline.process import process, unprocessed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from archive.records import FetchedPage, Processed, Written
    from archive.warc.reader import WarcRecord
    from pipeline.jobs.session import Session


_RESPONSES = frozenset({"response", "revisit"})


@dataclass(slots=True)
class _Import:
    """One import under way."""

    archive: Archive
    pool: WorkerPool
    session: Session
    known: set[str]
    waiting: list[Written] = field(default_factory=list)


def import_files(session: Session, files: Sequence[Path]) -> None:
    """Import WARC or WACZ files: reports first, then the pages that reports held here cite.

    Every file is tried; one that cannot be read becomes a problem and the others go on.
    """
    settings = session.settings
    archive = Archive(session.folder, settings, session.run)
    finished = False
    try:
        with WorkerPool(settings.workers, settings.extract_timeout_s) as pool:
            job = _Import(archive, pool, session, queries.known_origins(archive.db))
            for path in files:
                _import_one(job, path)
        finished = True
    finally:
        if finished:
            archive.close()
        else:
            archive.abandon()


def _import_one(job: _Import, path: Path) -> None:
    before = dict(job.session.counts)
    try:
        for warc in _members(path):
            _import_warc(job, warc, path.name)
    except TornRecordError as error:
        job.session.problem(
            f"{path}: ends in the middle of a record at byte {error.offset}; what stands before it is kept; "
            "get a whole copy and import it again"
        )
    except (WarcError, BadInputError) as error:
        job.session.problem(str(error))
        return
    counts = job.session.counts
    new = {k: v - before.get(k, 0) for k, v in counts.items() if v != before.get(k, 0)}
    if not new.get("captures") and not new.get("already held"):
        job.session.problem(
            f"{path}: holds nothing of ours ({new.get('not ours', 0)} responses): none at an address of an ISW or CTP "
            "report, none cited by a report held; import the reports first"
        )
    said = ", ".join(f"{count} {name}" for name, count in new.items()) or "nothing"
    job.session.say.line(f"{path.name}: {said}")


def _members(path: Path) -> Iterator[Path]:
    if path.suffix.lower() == ".wacz":
        yield from (member.path for member in warcs_in(path))
    else:
        yield path


def _import_warc(job: _Import, path: Path, name: str) -> None:
    torn: TornRecordError | None = None
    others: set[str] = set()
    try:
        _take_in(job, _reports(job, path, others), name)
    except TornRecordError as error:
        torn = error
    if others:
        # only now is it known what the reports in this file cite
        with contextlib.suppress(TornRecordError):
            _take_in(job, _cited(job, path, others), name)
    if torn is not None:
        raise torn


def _reports(job: _Import, path: Path, others: set[str]) -> Iterator[tuple[WarcRecord, Kind]]:
    """The responses at report addresses; the others' ids are noted for a second look."""
    for record in iter_records(path, types=_RESPONSES):
        if record.http_status is None:
            continue
        if _origin(record) in job.known:
            job.session.count("already held")
        elif record.uri is None or record.date is None or record.cut:
            job.session.count("damaged")
        elif _is_report(record.uri):
            yield record, Kind.REPORT
        else:
            others.add(_origin(record))


def _cited(job: _Import, path: Path, others: set[str]) -> Iterator[tuple[WarcRecord, Kind]]:
    """Of the other responses, those that a report held here cites."""
    for record in iter_records(path, types=_RESPONSES):
        if _origin(record) not in others:
            continue
        if _is_cited(job, record.uri):
            yield record, Kind.SOURCE
        else:
            job.session.count("not ours")


def _origin(record: WarcRecord) -> str:
    """What tells this record from all others; some tools write no record ids."""
    return record.record_id or f"{record.uri} {record.date} {record.payload_digest}"


def _is_report(url: str | None) -> bool:
    if url is None:
        return False
    try:
        return urls.is_report_url(url)
    except BadUrlError:
        return False


def _is_cited(job: _Import, url: str | None) -> bool:
    if url is None:
        return False
    try:
        return queries.is_cited(job.archive.db, urls.stable_id(urls.source_key(url)))
    except BadUrlError:
        return False


def _take_in(job: _Import, records: Iterator[tuple[WarcRecord, Kind]], name: str) -> None:
    tasks = ((_keep(job, record, kind, name), job.archive.limits) for record, kind in records)
    for processed in job.pool.map_ordered(process, tasks, WINDOW, unprocessed):
        done = job.archive.commit(processed, job.waiting.pop(0))
        _account(job, processed, done.message)


def _keep(job: _Import, record: WarcRecord, kind: Kind, name: str) -> FetchedPage:
    """Write a copy of the record into our own WARC, before anything looks at it."""
    archive = job.archive
    assert record.uri is not None
    assert record.date is not None
    context = FetchContext(
        capture_id=archive.next_capture_id(),
        kind=kind,
        uri_r=record.uri,
        via=Via.IMPORT,
        reason=f"import: {name}",
        origin=_origin(record),
        run=job.session.run,
    )
    body = archive.foreign_body(record)
    revisit = archive.find_payload(sha256_digest(body))
    exchange = Exchange(
        uri=record.uri,
        captured_at=record.date,
        response=HttpMessage(record.http_start_line or "", record.http_headers, body),
        ip_address=record.ip_address,
        truncated=record.truncated,
    )
    written = archive.writer.write(exchange, context, revisit)
    archive.places[written.record_id] = written.location
    job.waiting.append(written)
    job.known.add(_origin(record))
    return archive.kept_page(record, context, body)


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
