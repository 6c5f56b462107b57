"""Importing saved copies: WARC, ARC and WACZ files, kept as captures of their own time.

Each file is read twice: in a first pass the reports of all files are taken in; then it is known
what they cite, and a second pass takes that in. A file that holds nothing else is read once.
Redirects and revisits are taken in once what they lead to, or repeat, is known: after their file,
or at the end.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archive import clock
from archive.counted import counted
from archive.db.tables import capture_rows
from archive.db.tables.capture_rows import ImportedRecords
from archive.dossier.opened import is_ours
from archive.errors import WarcError
from archive.model.vocabulary import Kind, Outcome
from archive.warc.packing.wacz import unpacked
from archive.warc.record import NO_CAPTURE
from archive.warc.through import Wound, read_through
from pipeline.read.process import process
from pipeline.run.ingest import Archive
from pipeline.run.jobs.index import WINDOW, take_in_groups
from pipeline.run.jobs.intake.again import take_back
from pipeline.run.jobs.intake.foreign import (
    ADDRESSED,
    Sorting,
    unusable,
)
from pipeline.run.jobs.intake.keeping import Keeper, WantedRecord
from pipeline.run.jobs.intake.names import origin_of
from pipeline.run.jobs.intake.ours import is_report, is_wanted
from pipeline.run.jobs.intake.redirects import Trails, target_of
from pipeline.run.jobs.intake.request_methods import NOT_A_GET, is_among, other_methods
from pipeline.run.jobs.intake.segments import NUMBER, Segments
from pipeline.run.originals import Originals
from pipeline.run.pool import WorkerPool
from pipeline.run.preloads import REPORTS
from pipeline.run.unread import Unread, unread_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from archive.model.understood import Processed
    from archive.warc.reader import WarcRecord
    from pipeline.run.jobs.session import Session

NO_ORIGINAL = "revisits of pages not held; import the file that holds them, then this again"
NO_BLOCK = "revisits without a block that repeat no payload"
# Redirects with a larger body are not held until their target is known; they are kept as they are.
_HELD_BYTES = 1024 * 1024


@dataclass(slots=True)
class _Import:
    """One import under way.

    Attributes:
        segments: What continues records that were written in parts.
        waiting: Revisits, redirects that lead on, and first parts, until what they need is known.
    """

    archive: Archive
    pool: WorkerPool
    session: Session
    known: ImportedRecords
    now: datetime
    keeper: Keeper
    trails: Trails
    originals: Originals
    segments: Segments = field(default_factory=Segments)
    waiting: list[tuple[Sorting, WarcRecord, Kind]] = field(default_factory=list)


def import_files(session: Session, files: Sequence[Path]) -> None:
    """Import WARC, ARC or WACZ files: reports first, then the pages that reports held here cite.

    Every file is tried; one that cannot be read becomes a problem and the others go on. Dossiers of
    our own come before them, record by record as they are; one that is not whole is read as if
    somebody else had made it.
    """
    dossiers = [path for path in files if is_ours(path)]
    whole = [path for path in dossiers if take_back(session, path)]
    files = [path for path in files if path not in whole]
    if files:
        _import_others(session, files)


def _import_others(session: Session, files: Sequence[Path]) -> None:
    """What other programs saved."""
    settings = session.settings
    with (
        Archive(session.folder, settings, session.run) as archive,
        archive.store.filled(),
        WorkerPool(settings.workers, settings.extract_timeout_s, preload=REPORTS) as pool,
    ):
        originals = Originals(archive.readback)
        known = ImportedRecords(archive.db)
        keeper = Keeper(archive, originals, known, session.run)
        trails = Trails()
        job = _Import(archive, pool, session, known, clock.now(), keeper, trails, originals)
        _import_all(job, [Sorting(path) for path in files])


def _import_all(job: _Import, sortings: list[Sorting]) -> None:
    for sorting in sortings:
        with _members(sorting, first=True) as members:
            for path in members:
                sorting.reading = path
                sorting.others_asked[path.name] = other_methods(path)
                _take_in(job, _reports(job, path, sorting))
    _settle(job, last=False)
    job.trails.want(lambda url: is_wanted(job.archive.db, url))
    for sorting in sortings:
        if not _says_more(job, sorting):
            continue
        with _members(sorting) as members:
            for path in members:
                sorting.reading = path
                _take_in(job, _cited(job, path, sorting))
            _settle(job, last=False)
            if members != [sorting.path]:
                job.trails.forget(members)
                job.originals.forget(members)
    _settle(job, last=True)
    for sorting in sortings:
        _tell(job, sorting)


def _says_more(job: _Import, sorting: Sorting) -> bool:
    """Whether a second reading of a file can find anything: a record that was left for it, or one
    that a redirect or a revisit of ours needs."""
    return bool(sorting.others or job.trails.wanted or job.originals.named)


@contextmanager
def _members(sorting: Sorting, *, first: bool = False) -> Iterator[list[Path]]:
    """The WARC files to read: the file itself, or what a WACZ holds, unpacked until the block
    ends."""
    if sorting.path.suffix.lower() != ".wacz":
        yield [sorting.path]
        return
    with ExitStack() as stack:
        found: list[Path] = []
        try:
            package = stack.enter_context(unpacked(sorting.path))
            found = [member.path for member in package.members]
            if first:
                sorting.stopped += package.problems
        except WarcError as error:
            if first:
                sorting.stopped.append(str(error))
        yield found


# --- sorting --------------------------------------------------------------------------------------


def _records(path: Path, sorting: Sorting, *, first: bool) -> Iterator[tuple[int, WarcRecord]]:
    """All records that could be captures, numbered; what is damaged is noted once."""
    try:
        for number, item in enumerate(read_through(path)):
            if isinstance(item, Wound):
                # a record that can be read nevertheless is looked at by itself
                if first and not item.is_record:
                    sorting.note_wound(item)
            elif item.type not in NO_CAPTURE:
                yield number, item
    except WarcError as error:
        # not raised: what stands before it is under way, and other files follow
        if first:
            sorting.stopped.append(sorting.own_name(str(error)))


def _reports(job: _Import, path: Path, sorting: Sorting) -> Iterator[WantedRecord]:
    """The responses at report addresses; the others are noted for a second look."""
    for number, record in _records(path, sorting, first=True):
        if not _is_other(sorting, path, record):
            job.trails.note(record)
        if record.type == "revisit":
            job.originals.want(record)
        job.segments.note(record)
        if record.type == "continuation":  # what it continues may come later
            sorting.others.add((path.name, number))
        elif record.uri is None:
            if record.type in ADDRESSED:
                sorting.leave_out(record, "without an address")
        elif is_report(record.uri):
            yield from _sorted(job, record, sorting, Kind.REPORT)
        else:
            sorting.others.add((path.name, number))


def _cited(job: _Import, path: Path, sorting: Sorting) -> Iterator[WantedRecord]:
    """Of the other records, those that a report held here cites."""
    for number, record in _records(path, sorting, first=False):
        if not _is_other(sorting, path, record):
            job.trails.offer(record, path)
            job.originals.offer(record, path)
        if (path.name, number) not in sorting.others:
            continue
        if job.segments.is_used(record):
            sorting.joined += 1
            job.session.count("continuations joined")
            continue
        if record.uri is None:
            sorting.leave_out(record, "without an address")
        elif is_wanted(job.archive.db, record.uri):
            yield from _sorted(job, record, sorting, Kind.SOURCE)
        else:
            sorting.not_ours += 1
            job.session.count("not cited")


def _is_own(job: _Import, record: WarcRecord) -> bool:
    """Whether a record says that it is one of this archive, and such a one is held here; an altered
    one is no other capture."""
    context = record.context
    if context is None:
        return False
    if not context.final:
        return capture_rows.holds_chain(job.archive.db, context.capture_id, context.uri_r)
    return capture_rows.capture_of_record(job.archive.db, record.record_id) is not None


def _is_other(sorting: Sorting, path: Path, record: WarcRecord) -> bool:
    """Whether something else than GET was asked."""
    return is_among(record, sorting.others_asked.get(path.name, frozenset()))


def _sorted(
    job: _Import, record: WarcRecord, sorting: Sorting, kind: Kind
) -> Iterator[WantedRecord]:
    """Deal with a record at an address of ours: take it in, keep it waiting, or leave it out with a
    reason."""
    if origin_of(record, job.known) in job.known or _is_own(job, record):
        sorting.held += 1
        job.session.count("already held")
    elif why := unusable(record, job.now):
        sorting.leave_out(record, why)
    elif sorting.reading is not None and _is_other(sorting, sorting.reading, record):
        sorting.leave_out(record, NOT_A_GET)
    else:
        sorting.doubt(record)
        yield from _now_or_later(job, record, sorting, kind)


def _now_or_later(
    job: _Import, record: WarcRecord, sorting: Sorting, kind: Kind
) -> Iterator[WantedRecord]:
    """Take a record in; revisits, redirects that lead on, and parts wait for what they need."""
    if record.header(NUMBER) is not None:
        job.waiting.append((sorting, record, kind))
        return
    if (record.type == "revisit" and record.http_status != 304) or (
        target_of(record) is not None and len(record.block) <= _HELD_BYTES
    ):
        job.waiting.append((sorting, record, kind))
    else:
        yield WantedRecord(sorting, record, kind)


# --- taking in ------------------------------------------------------------------------------------


def _settle(job: _Import, *, last: bool) -> None:
    """Take in what waited and is complete now; in the last call, all the rest as far as it can
    be."""
    count = -1
    while job.waiting and len(job.waiting) != count:
        count = len(job.waiting)
        _take_in(job, _complete(job, last=False))
    if last:
        _take_in(job, _complete(job, last=True))


def _complete(job: _Import, *, last: bool) -> Iterator[WantedRecord]:
    waiting, job.waiting = job.waiting, []
    # by now every file has been read once, so that all parts are known
    for sorting, part, kind in waiting:
        record = job.segments.joined(part)
        wanted = WantedRecord(sorting, record, kind)
        is_revisit = record.type == "revisit"
        if origin_of(record, job.known) in job.known:
            sorting.held += 1
            job.session.count("already held")
            continue
        if is_revisit and not _repeats_payload(record):
            sorting.leave_out(record, NO_BLOCK)
            continue
        if is_revisit:
            wanted = replace(wanted, original=job.originals.find(record, thorough=last))
        chain = tuple(job.trails.chain(record))
        if is_revisit and wanted.original is None:
            if last:
                sorting.leave_out(record, NO_ORIGINAL)
            else:
                job.waiting.append((sorting, record, kind))
        elif chain or last or target_of(record) is None:
            yield replace(wanted, chain=chain)
        else:
            job.waiting.append((sorting, record, kind))


def _repeats_payload(revisit: WarcRecord) -> bool:
    """Whether a revisit says that the payload was the same; without a block, one of another profile
    says nothing."""
    return revisit.http_status is not None or "identical-payload" in (revisit.profile or "")


def _take_in(job: _Import, wanted: Iterator[WantedRecord]) -> None:
    def take(processed: Processed | Unread) -> None:
        sorting, written, hops = job.keeper.waiting.pop(0)
        done = job.archive.take_in(processed, written, hops)
        sorting.taken += 1
        if isinstance(processed, Unread):
            job.session.left_unread(processed.page.context.uri_r, processed.why)
        elif done is None:
            job.session.left_unread(processed.page.context.uri_r)
        else:
            _account(job, processed, done.message)

    tasks = ((job.keeper.keep(one), job.archive.limits) for one in wanted)
    take_in_groups(job.archive, job.pool.map_ordered(process, tasks, WINDOW, unread_of), take)


# --- what is said ---------------------------------------------------------------------------------


def _account(job: _Import, processed: Processed, message: str | None) -> None:
    session = job.session
    session.count("captures")
    session.count(
        "reports"
        if processed.report
        else f"{processed.page.context.kind} {processed.verdict.outcome}"
    )
    session.say.progress(f"import: {counted(session.counts['captures'], 'captures')}")
    if message is not None:
        text = (
            f"{processed.page.final_url}: {message}; kept as capture "
            f"{processed.page.context.capture_id}"
        )
        if processed.verdict.outcome is Outcome.OK:
            session.problem(text)
        else:
            session.say.line(text)


def _is_used(job: _Import, sorting: Sorting) -> bool:
    """Whether redirects or revisits in other files needed something in this one."""
    return sorting.path in job.originals.used | job.keeper.used


def _tell(job: _Import, sorting: Sorting) -> None:
    """Report what became of one file."""
    session = job.session
    counts = {
        "captures": sorting.taken,
        "already held": sorting.held,
        "not cited": sorting.not_ours,
        "continuations joined": sorting.joined,
        "left out": sum(sorting.left_out.values()),
    }
    if any(counts.values()):
        said = ", ".join(counted(count, name) for name, count in counts.items() if count)
        session.say.line(f"{sorting.path.name}: {said}")
    if damage := sorting.damage():
        session.problem(damage)
    if doubts := sorting.doubts():
        session.problem(doubts)
    if left_out := sorting.complaint():
        session.count("left out", counts["left out"])
        session.problem(left_out)
    elif damage is None and not sorting.taken and not sorting.held and not _is_used(job, sorting):
        session.problem(
            f"{sorting.path}: nothing to keep: none of its "
            f"{counted(sorting.not_ours, 'responses')} is at an address of an ISW or CTP report, "
            "or at one that a report held here cites; import the reports first"
        )
