"""Taking back the captures of a dossier of ours: its records are kept as they are, with their own
ids and numbers.

So a dossier that is imported into an empty folder gives the captures that it was made of, and an
archive that has them already holds nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.counted import counted
from archive.db.tables import capture_rows
from archive.errors import WarcError
from archive.fixity.findings import Findings
from archive.warc.certificates import held_in, shown_with
from archive.warc.packing.wacz import unpacked
from archive.warc.record import packed_bytes
from archive.warc.through import Wound, read_through
from pipeline.run.ingest import Archive
from pipeline.run.jobs.index import index_file
from pipeline.run.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive.warc.record import WarcRecord
    from pipeline.run.jobs.index import Hops
    from pipeline.run.jobs.session import Session

NAMED = 3
"""Faults of a dossier named in one line."""

Chain = tuple[str | None, int]
"""What the records of one capture have in common: run and number."""


@dataclass(slots=True)
class Copying:
    """One dossier under way.

    Attributes:
        wanted: Captures that are not held.
        held: How many are.
        twins: Captures that were imported here, too, by record: each, and what it repeats.
        repeated: Records whose bodies are those of wanted ones.
        names: WARC files written.
        shown: Certificates of servers in the file under way, by SHA-256.
    """

    wanted: set[Chain] = field(default_factory=set)
    held: int = 0
    twins: dict[str, tuple[Chain, str | None]] = field(default_factory=dict)
    repeated: set[str | None] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    shown: dict[str, WarcRecord] = field(default_factory=dict)


def take_back(session: Session, path: Path) -> bool:
    """Take in what a dossier holds and this archive does not; False where it is not whole, which is
    said.

    Args:
        session: The job.
        path: A dossier that says of itself that it is ours.
    """
    from archive.dossier.check import CheckOptions, check  # with the certificates' library: 60 ms

    findings = Findings()
    check(path, CheckOptions(), findings)
    if findings.faults:
        told = "; ".join(str(fault) for fault in findings.faults[:NAMED])
        session.problem(f"{path}: not as it was made: {told}; it is read as another program's")
        return False
    copying = Copying()
    with Archive(session.folder, session.settings, session.run) as archive:
        with unpacked(path) as package:
            for member in package.members:
                _choose(archive, member.path, copying)
            leave_out_twins(copying)
            for member in package.members:
                _copy(archive, member.path, copying)
        captures = _index(session, archive, copying)
    _tell(session, path, captures, copying.held)
    return True


def _choose(archive: Archive, path: Path, copying: Copying) -> None:
    """Which captures are not held here."""
    for record in _records(path):
        context = record.context
        if context is None or not context.final:
            continue
        like = capture_rows.captures_like(archive.db, record.record_id, context.capture_id)
        chain, origin = (context.run, context.capture_id), context.origin
        if any(one.record_id == record.record_id for one in like):
            copying.held += 1
        elif origin is not None and capture_rows.capture_of_origin(archive.db, origin) is not None:
            copying.twins[record.record_id] = chain, record.refers_to
        else:
            copying.wanted.add(chain)
            copying.repeated.add(record.refers_to)


def leave_out_twins(copying: Copying) -> None:
    """Leave out captures that this archive imported itself, too, unless others repeat them."""
    twins = copying.twins
    while needed := copying.repeated & twins.keys():
        for name in needed:
            chain, repeats = twins.pop(str(name))
            copying.wanted.add(chain)
            copying.repeated.add(repeats)
    copying.held += len(twins)


def _copy(archive: Archive, path: Path, copying: Copying) -> None:
    """Write the records of what is wanted, each with its request, and each file's warcinfo."""
    if not copying.wanted:
        return
    together: list[WarcRecord] = []
    copying.shown.clear()
    with path.open("rb") as file:
        handle = file.fileno()
        for record in _records(path):
            if together and record.is_request_of(together[0].record_id):
                together.append(record)
                continue
            if (name := held_in(record)) is not None:
                copying.shown[name] = record
            _write(archive, handle, together, copying)
            together = [record] if _is_wanted(record, copying) else []
        _write(archive, handle, together, copying)
    archive.writer.sync()


def _is_wanted(record: WarcRecord, copying: Copying) -> bool:
    context = record.context
    if context is None:
        return record.type == "warcinfo"
    return (context.run, context.capture_id) in copying.wanted


def _write(archive: Archive, handle: int, together: list[WarcRecord], copying: Copying) -> None:
    if not together:
        return
    named = {
        name: copying.shown[name]
        for name in _certificates_named(together[0])
        if name in copying.shown
    }
    shown = {name: packed_bytes(handle, one) for name, one in named.items()}
    place = archive.writer.copy([packed_bytes(handle, one) for one in together], shown)
    if place.file not in copying.names:
        copying.names.append(place.file)


def _certificates_named(record: WarcRecord) -> list[str]:
    return [one.sha256 for one in shown_with(record) if one.der is None]


def _records(path: Path) -> Iterator[WarcRecord]:
    for item in read_through(path):
        if isinstance(item, Wound):
            raise WarcError(f"{item}; the dossier was whole a moment ago: import it again")
        yield item


def _index(session: Session, archive: Archive, copying: Copying) -> int:
    """Make the rows of the records, as `rebuild` makes them."""
    captures = 0
    hops: Hops = {}
    settings = session.settings
    with WorkerPool(settings.workers, settings.extract_timeout_s) as pool:
        for name in copying.names:
            indexed = index_file(archive, session.folder.warcs / name, pool, hops)
            captures += indexed.captures
            for one in indexed.bodiless:
                session.problem(f"{name}: record {one.record_id} cannot be read: {one.why}")
    return captures


def _tell(session: Session, path: Path, captures: int, held: int) -> None:
    if captures:
        session.count("captures", captures)
    if held:
        session.count("already held", held)
    counts = {"captures": captures, "already held": held}
    said = ", ".join(counted(count, name) for name, count in counts.items() if count)
    session.say.line(f"{path.name}: a dossier of this program: {said or 'nothing in it'}")
