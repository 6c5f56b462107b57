"""Having authorities stamp the newest checkpoint of the ledger (RFC 3161), and calendars promise a
proof of it (OpenTimestamps)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.durable_writes import put
from archive.errors import BadInputError
from archive.fixity.ledger import read
from archive.fixity.stamps import StampError, entry_of, point_path, read_stamp, request
from pipeline.run.jobs.ledger_keeper import LedgerKeeper
from pipeline.run.jobs.opentimestamps import ask_calendars
from pipeline.run.jobs.sending import name_of, send_timestamp_request

if TYPE_CHECKING:
    from archive.config import Settings
    from archive.fixity.state import Entry
    from archive.folder import DataFolder
    from pipeline.run.jobs.say import Say


def timestamp(folder: DataFolder, settings: Settings, say: Say) -> dict[str, Any]:
    """Ask each authority of the settings for a timestamp of the newest checkpoint, and each
    calendar for a proof, also those that were promised before; what is right is kept beside the
    ledger and entered in it.

    The archive is held meanwhile: a checkpoint is stamped that stands.

    Raises:
        BadInputError: No authority and no calendar is set.
        LockedError: Another run holds the archive.
        LedgerError: The ledger is damaged.
    """
    if not settings.timestamp_authorities.split() and not settings.timestamp_calendars:
        raise BadInputError(
            "timestamp: no authority and no calendar is set; name some: timestamp_authorities, "
            "timestamp_calendars"
        )
    with folder.locked():
        found = read(folder)
        note, size = found.note.encode(), found.checkpoint.size
        stamped, problems = _ask_authorities(folder, settings, (note, size), say)
        came = ask_calendars(folder, settings, (note, size), say)
        problems += came.problems
        if stamped or came.entries:
            book = LedgerKeeper(folder)
            book.note(*stamped, *came.entries)
            problems += [text for text in (book.problem, book.damage) if text]
    return {
        "ok": not problems,
        "size": size,
        "stamped": stamped,
        "proofs": came.entries,
        "pending": came.pending,
        "problems": problems,
    }


def _ask_authorities(
    folder: DataFolder, settings: Settings, point: tuple[bytes, int], say: Say
) -> tuple[list[Entry], list[str]]:
    """The timestamps that came, and what went wrong."""
    note, size = point
    stamped: list[Entry] = []
    problems: list[str] = []
    for url in settings.timestamp_authorities.split():
        say.progress(f"timestamp: {url}")
        asked, nonce = request(note)
        got = send_timestamp_request(url, asked, settings)
        try:
            stamped.append(_kept(folder, url, note, size, (got, nonce)))
        except StampError as error:
            problems.append(f"{url}: {error}; it is asked again the next time")
    return stamped, problems


def _kept(
    folder: DataFolder, url: str, note: bytes, size: int, answer: tuple[bytes | str, int]
) -> Entry:
    got, nonce = answer
    if isinstance(got, str):
        raise StampError(got)
    stamp = read_stamp(got, note, nonce)
    folder.timestamps.mkdir(exist_ok=True)
    point = point_path(folder, size)
    path = point.with_name(f"{point.stem}.{name_of(url)}.tsr")
    if path.exists():
        raise StampError("this checkpoint has its timestamp already")
    put(point, note)
    put(path, got)
    return entry_of(stamp, size, url, path.name, got)
