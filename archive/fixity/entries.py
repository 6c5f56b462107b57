"""The entries of the ledger, made of records and rows."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING

from archive.errors import WarcError
from archive.model.times import format_time
from archive.warc.through import Wound, read_through

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import sqlite_utils

    from archive.db.tables.fixity_rows import Measured
    from archive.fixity.state import Entry, LedgerState
    from archive.model.fetch import Location
    from archive.model.fixity import Damage
    from archive.warc.record import WarcRecord

_VERDICTS = """
SELECT sources.url, verdicts.decided_at, verdicts.status, verdicts.rule, verdicts.drift,
    verdicts.since
FROM verdicts JOIN sources ON sources.id = verdicts.source_id
WHERE verdicts.capture_id = ? ORDER BY sources.url
"""


def of_records(path: Path, start: int) -> Iterator[Entry]:
    """Entries of the captures that begin at `start` or later in a WARC file; damaged records have
    none.

    The request of a capture stands in its entry.

    Raises:
        WarcError: It cannot be read, or holds no record.
    """
    if start >= path.stat().st_size:
        return
    waiting: Entry | None = None
    with path.open("rb") as file:
        handle = file.fileno()
        for item in read_through(path, start, large=True):
            if isinstance(item, Wound) or item.mismatch is not None:
                continue
            if waiting is not None and item.is_request_of(waiting["record"]):
                waiting["request"] = _placed(handle, item)
                waiting["end"] = _end(item.location)
                continue
            if waiting is not None:
                yield waiting
            waiting = _of_record(handle, item)
    if waiting is not None:
        yield waiting


def _of_record(handle: int, record: WarcRecord) -> Entry | None:
    context = record.context
    if context is None:
        return None
    found: Entry = {
        "kind": "capture" if context.final else "hop",
        "at": format_time(record.date) if record.date else None,
        "capture": context.capture_id,
        "url": record.uri,
        "for": context.kind.value,
        "via": context.via.value,
        "reason": context.reason,
        "run": context.run,
        "type": record.type,
        "file": record.location.file,
        "end": _end(record.location),
        **_placed(handle, record),
    }
    if record.type != "metadata":
        found |= {"status": record.http_status, "payload": record.payload_digest}
    if record.refers_to:
        found["revisit_of"] = record.refers_to
    return found


def _placed(handle: int, record: WarcRecord) -> Entry:
    place = record.location
    raw = os.pread(handle, place.length, place.offset)
    return {
        "record": record.record_id,
        "offset": place.offset,
        "length": place.length,
        "sha256": hashlib.sha256(raw).hexdigest(),
    }


def _end(place: Location) -> int:
    return place.offset + place.length


def of_file(file: Measured) -> Entry:
    """The entry of a closed WARC file."""
    return {"kind": "file", "file": file.name, "size": file.size, "sha256": file.sha256}


def of_damage(damage: Damage) -> Entry:
    """The entry of something found damaged."""
    return {
        "kind": "damage",
        "at": damage.found_at,
        "damage": damage.kind,
        "file": damage.warc_file,
        "first_byte": damage.first_byte,
        "end_byte": damage.end_byte,
        "detail": damage.detail,
        "captures": list(damage.captures or ()),
        "kept_as": damage.kept_as,
    }


def of_verdicts(db: sqlite_utils.Database, capture: int) -> list[Entry]:
    """What was thought of sources from this capture on."""
    names = ("source", "at", "status", "rule", "drift", "since")
    rows = db.execute(_VERDICTS, [capture]).fetchall()
    return [
        {"kind": "verdict", "capture": capture, **dict(zip(names, row, strict=True))}
        for row in rows
    ]


def missing(
    state: LedgerState, paths: Iterable[Path], known: Iterable[Measured], db: sqlite_utils.Database
) -> Iterator[Entry]:
    """The captures that WARC files hold and the ledger lacks, in the order of the files; then the
    files that were closed.

    Args:
        state: The ledger's; may change while the entries are taken.
        paths: WARC files; one that cannot be read is passed over, its damage is entered as such.
        known: What the database knows of them.
        db: Tells the verdicts that captures led to.
    """
    closed = {file.name: file for file in known if file.closed and file.sha256}
    for path in paths:
        if path.name in state.files:
            continue
        try:
            for entry in of_records(path, state.covered.get(path.name, 0)):
                # of a run that broke off: entered with its verdicts once the capture has its row
                if path.name not in closed and not _is_taken_in(db, entry):
                    break
                yield entry
                if entry["kind"] == "capture":
                    yield from of_verdicts(db, entry["capture"])
        except (WarcError, OSError):
            continue
        if path.name in closed:
            yield of_file(closed[path.name])


def _is_taken_in(db: sqlite_utils.Database, entry: Entry) -> bool:
    sql = "SELECT 1 FROM captures WHERE id = ? UNION ALL SELECT 1 FROM unread WHERE record_id = ?"
    return db.execute(sql, [entry["capture"], entry["record"]]).fetchone() is not None


def withheld_of(entries: Iterable[Entry]) -> list[tuple[object, ...]]:
    """Rows of the table of withheld captures, as the ledger has them: record id, capture number,
    time, who, reason."""
    found: dict[str, tuple[object, ...]] = {}
    for entry in entries:
        if entry["kind"] == "withheld":
            told = (entry["capture"], entry["at"], entry["who"], entry["reason"])
            found[entry["record"]] = (entry["record"], *told)
        elif entry["kind"] == "shown":
            found.pop(entry["record"], None)
    return list(found.values())


def runs_of(entries: Iterable[Entry]) -> list[tuple[object, ...]]:
    """Rows of the table of runs, as the ledger has them: id, job, arguments, who, reason, began,
    ended, outcome, counts."""
    began: dict[str, Entry] = {}
    ended: dict[str, Entry] = {}
    for entry in entries:
        if entry["kind"] in {"run", "end"}:
            (began if entry["kind"] == "run" else ended)[entry["run"]] = entry
    found: list[tuple[object, ...]] = []
    for run, one in began.items():
        end = ended.get(run, {})
        told = (end.get("at"), end.get("outcome"), json.dumps(end.get("counts", {})))
        who = (one["who"], one["reason"], one["at"])
        found.append((run, one["job"], json.dumps(one["arguments"]), *who, *told))
    return found
