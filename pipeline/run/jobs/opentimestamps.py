"""Asking calendars of OpenTimestamps to promise a proof for the newest checkpoint, and later for
the proofs that they promised."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from archive import clock
from archive.durable_writes import put
from archive.errors import LedgerError
from archive.fixity.bitcoin_headers import MISSING, installed
from archive.fixity.ledger import entries
from archive.fixity.ots import (
    ProofError,
    entry_of,
    pending_of,
    promised,
    read_proof,
    upgraded,
)
from archive.fixity.stamps import point_path
from archive.model.times import format_time
from pipeline.run.jobs.sending import name_of, send

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive.config import Settings
    from archive.fixity.ots import Promise
    from archive.fixity.state import Entry
    from archive.folder import DataFolder
    from pipeline.run.jobs.say import Say

FORMS = ("application/x-www-form-urlencoded", "application/vnd.opentimestamps.v1")
NOT_YET = "HTTP status 404"
"""What a calendar answers until Bitcoin has a block over what it promised."""
ASKED_A_RUN = 100
"""Promises that one run asks about, the newest first: a block takes hours, and what waits for
longer than so many days is likely lost."""


@dataclass(slots=True)
class CalendarAnswers:
    """What came of asking calendars.

    Attributes:
        entries: For the ledger.
        pending: Promises that are not kept yet, as far as is known.
        problems: What went wrong.
        silent: Calendars that did not answer right; this run asks them for no more old promises.
    """

    entries: list[Entry] = field(default_factory=list)
    pending: int = 0
    problems: list[str] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)


def ask_calendars(
    folder: DataFolder, settings: Settings, point: tuple[bytes, int], say: Say
) -> CalendarAnswers:
    """Ask for what was promised; then have the newest checkpoint promised by each calendar of the
    settings.

    The caller holds the lock, and enters the entries.

    Args:
        folder: The archive's.
        settings: Name the calendars.
        point: The newest checkpoint, and over how many entries it is.
        say: Told of progress.
    """
    done = CalendarAnswers()
    found = [one for _, one in entries(folder) if one["kind"] in {"calendar", "bitcoin"}]
    pending = pending_of(found)
    calendars = settings.timestamp_calendars.split()
    if (pending or calendars) and not installed():
        done.problems.append(MISSING)
        return done
    done.pending = max(0, len(pending) - ASKED_A_RUN)
    for entry in reversed(pending[-ASKED_A_RUN:]):
        if entry["calendar"] in done.silent:
            done.pending += 1
            continue
        say.progress(f"timestamp: {entry['calendar']}, for what it promised")
        _take(done, entry["calendar"], partial(_asked_again, folder, settings, entry))
    for url in calendars:
        say.progress(f"timestamp: {url}")
        _take(done, url, partial(_submitted, folder, settings, url, point))
    return done


def _take(done: CalendarAnswers, url: str, step: Callable[[], Entry | None]) -> None:
    """One step with one calendar; if it fails, the steps with other calendars go on."""
    try:
        entry = step()
    except (LedgerError, OSError) as error:
        done.problems.append(f"{url}: {error}; it is asked again the next time")
        done.silent.add(url)
        return
    done.pending += entry is None or entry["kind"] == "calendar"
    done.entries += [] if entry is None else [entry]


def _submitted(folder: DataFolder, settings: Settings, url: str, point: tuple[bytes, int]) -> Entry:
    """A calendar's promise for a checkpoint. A promise that an earlier run kept but could not enter
    any more is replaced.

    Raises:
        ProofError: It does not answer right.
    """
    note, size = point
    kept = point_path(folder, size)
    path = kept.with_name(f"{kept.stem}.{name_of(url)}.pending.ots")
    got = send(f"{url.rstrip('/')}/digest", settings, FORMS, hashlib.sha256(note).digest())
    if isinstance(got, str):
        raise ProofError(got)
    raw = promised(note, got)
    folder.timestamps.mkdir(exist_ok=True)
    put(kept, note)
    return _kept(path, raw, note, (size, url))


def _asked_again(folder: DataFolder, settings: Settings, entry: Entry) -> Entry | None:
    """The way into a block that a calendar promised; None: there is no block yet.

    Raises:
        ProofError: What is kept, or what it answers, is no proof.
        OSError: What is kept cannot be read.
    """
    kept = point_path(folder, entry["size"])
    raw, note = (folder.timestamps / entry["file"]).read_bytes(), kept.read_bytes()
    for promise in read_proof(raw, note).promises:
        got = send(_address(promise), settings, FORMS)
        if got == NOT_YET:
            continue
        if isinstance(got, str):
            raise ProofError(got)
        raw = upgraded(raw, note, promise.commitment, got)
    if read_proof(raw, note).height is None:
        return None
    path = kept.with_name(f"{kept.stem}.{name_of(entry['calendar'])}.ots")
    return _kept(path, raw, note, (entry["size"], entry["calendar"]))


def _address(promise: Promise) -> str:
    return f"{promise.calendar.rstrip('/')}/timestamp/{promise.commitment.hex()}"


def _kept(path: Path, raw: bytes, note: bytes, of: tuple[int, str]) -> Entry:
    put(path, raw)
    return entry_of(read_proof(raw, note), format_time(clock.now()), *of, (path.name, raw))
