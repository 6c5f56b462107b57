"""Having authorities stamp the newest checkpoint of the ledger (RFC 3161)."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive.errors import BadInputError
from archive.fixity.ledger import put, read
from archive.fixity.stamps import StampError, entry_of, point_path, read_stamp, request
from pipeline.run.jobs.book import Book

if TYPE_CHECKING:
    from archive.config import Settings
    from archive.fixity.state import Entry
    from archive.folder import DataFolder
    from pipeline.run.jobs.say import Say

WAIT_S = 60.0


def timestamp(folder: DataFolder, settings: Settings, say: Say) -> dict[str, Any]:
    """Ask each authority of the settings for a timestamp of the newest checkpoint; what is right is
    kept beside the ledger and entered in it.

    The archive is held meanwhile: a checkpoint is stamped that stands.

    Raises:
        BadInputError: No authority is set.
        LockedError: Another run holds the archive.
        LedgerError: The ledger is damaged.
    """
    authorities = settings.timestamp_authorities.split()
    if not authorities:
        raise BadInputError("timestamp: no authority is set; name some: timestamp_authorities")
    stamped: list[Entry] = []
    problems: list[str] = []
    with folder.locked():
        found = read(folder)
        note, size = found.note.encode(), found.checkpoint.size
        for url in authorities:
            say.progress(f"timestamp: {url}")
            asked, nonce = request(note)
            got = post(url, asked, settings)
            try:
                stamped.append(_kept(folder, url, note, size, (got, nonce)))
            except StampError as error:
                problems.append(f"{url}: {error}; it is asked again the next time")
        if stamped:
            book = Book(folder)
            book.note(*stamped)
            problems += [book.problem] if book.problem else []
    return {"ok": not problems, "size": size, "stamped": stamped, "problems": problems}


def _kept(
    folder: DataFolder, url: str, note: bytes, size: int, answer: tuple[bytes | str, int]
) -> Entry:
    got, nonce = answer
    if isinstance(got, str):
        raise StampError(got)
    stamp = read_stamp(got, note, nonce)
    folder.timestamps.mkdir(exist_ok=True)
    point = point_path(folder, size)
    path = point.with_name(f"{point.stem}.{_name(url)}.tsr")
    if path.exists():
        raise StampError("this checkpoint has its timestamp already")
    put(point, note)
    put(path, got)
    return entry_of(stamp, size, url, path.name, got)


def _name(url: str) -> str:
    """An authority's, as part of a file's: its host, and what tells two at one host apart."""
    host = urlsplit(url).hostname or ""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in ".-") else "_" for c in host)[:100]
    return f"{plain}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"


def post(url: str, body: bytes, settings: Settings) -> bytes | str:
    """Send a request behind the guard of the crawl, in a process of its own; the answer, or what
    was wrong."""
    words = {
        "url": url,
        "body": base64.b64encode(body).decode(),
        "content_type": "application/timestamp-query",
        "accept": "application/timestamp-reply",
        "user_agent": settings.user_agent,
        "allow_networks": settings.allow_networks,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "crawler.post"],
            input=json.dumps(words), capture_output=True, text=True, check=False, timeout=WAIT_S,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"no answer within {WAIT_S:.0f} seconds"
    if done.returncode:
        return f"the sender ended with code {done.returncode}"
    answer = json.loads(done.stdout)
    return str(answer["said"]) if "said" in answer else base64.b64decode(answer["body"])
