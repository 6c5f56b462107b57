"""Audit of a document: it is read, what it refers to is captured and judged.

The document is no report: nothing of it is stored but the captures of what it refers to, each with
the reason `audit: NAME`, which stands in the WARC records, so that a rebuild makes the same rows.
"""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from archive import clock
from archive.db.database import open_readonly
from archive.db.tables import audit_rows
from archive.errors import BadInputError, BadUrlError, WarcError
from archive.model.times import format_time
from archive.show.audit.judged import judged
from archive.urls.normal import fetchable, identify
from archive.urls.pasted import pasted_address
from archive.warc.decode import UndecodableBodyError, decoded_body
from archive.warc.through import record_at
from pipeline.read.documents.read import read_document
from pipeline.run.documents import MOST_BYTES, bytes_of, in_a_worker
from pipeline.run.jobs.collect import capture_named

if TYPE_CHECKING:
    import sqlite_utils

    from archive.config import Settings
    from archive.db.tables.audit_rows import HeldDocument
    from archive.folder import DataFolder
    from archive.model.documents import ReadDocument
    from archive.show.audit.judged import Audit
    from pipeline.run.jobs.session import Session

FRESH = timedelta(days=1)
"""What was looked at within a day is not fetched again for an audit."""
LONGEST_NAME = 120
"""Of a document, in the reason that each capture keeps."""


def address_of(given: str) -> str | None:
    """The address that was given; None: it is a file.

    A file of that name comes before an address without scheme.
    """
    if "://" not in given and Path(given).exists():
        return None
    return pasted_address(given)


def audit_held(folder: DataFolder, settings: Settings, given: str, root: str) -> Audit:
    """What is held of what a document refers to; nothing is fetched.

    Raises:
        BadInputError: The document is not held, or cannot be read.
    """
    address = address_of(given)
    with closing(open_readonly(folder.database)) as db:
        found = _held_document(folder, settings, db, address) if address else _file(settings, given)
        return judged(db.conn, given, found, root)


def audit(session: Session, given: str, root: str, config: Path | None) -> Audit:
    """Capture what a document refers to, and say what came of it.

    Raises:
        BadInputError: The document could not be had, or cannot be read.
    """
    folder, settings, address = session.folder, session.settings, address_of(given)
    if address:
        reason = f"audit: {given[:LONGEST_NAME]}, the document itself"
        _capture(session, [address], reason, config)
        with closing(open_readonly(folder.database)) as db:
            document = _held_document(folder, settings, db, address)
    else:
        document = _file(settings, given)
    name = given if address else Path(given).name
    urls = [cited.url for reference in document.references for cited in reference.urls]
    session.count("references", len(document.references))
    _capture(session, urls, f"audit: {name[:LONGEST_NAME]}", config)
    with closing(open_readonly(folder.database)) as db:
        return judged(db.conn, given, document, root)


def _capture(session: Session, urls: list[str], reason: str, config: Path | None) -> None:
    """Fetch what was not looked at of late, each address once."""
    since = format_time(clock.now() - FRESH)
    wanted: dict[str, str] = {}
    with closing(open_readonly(session.folder.database)) as db:
        for url in urls:
            key = _key(url)
            if key is not None and (audit_rows.looked_at(db, key) or "") < since:
                wanted.setdefault(key, url)
    if wanted:
        capture_named(session, tuple(wanted.values()), reason, config)


def _key(url: str) -> str | None:
    """The key by which two spellings of an address are one; None: it cannot be fetched."""
    try:
        fetchable(url)
        return identify(url).key
    except BadUrlError:
        return None


def _file(settings: Settings, given: str) -> ReadDocument:
    path = Path(given)
    body = bytes_of(path)
    return in_a_worker(settings, given, read_document, body, path.name)


def capture_one(session: Session, address: str, reason: str, config: Path | None) -> None:
    """Fetch one address, unless it was looked at within a day."""
    _capture(session, [address], reason, config)


def held_body(
    folder: DataFolder, db: sqlite_utils.Database, address: str
) -> tuple[bytes, HeldDocument]:
    """The newest good capture of an address, content-decoded, and where it stands.

    Raises:
        BadInputError: There is none, or its record cannot be read.
    """
    found = audit_rows.newest(db, identify(address).key)
    if found is None:
        raise BadInputError(
            f"{address}: no good capture of the document is held; check the address, or save it "
            "and name the file"
        )
    try:
        record = record_at(folder.warcs / found.warc_file, found.warc_offset)
        body = decoded_body(record.payload, record.http_headers, MOST_BYTES)
    except (WarcError, UndecodableBodyError) as error:
        raise BadInputError(f"{address}: its capture cannot be read: {error}") from error
    return body, found


def _held_document(
    folder: DataFolder, settings: Settings, db: sqlite_utils.Database, address: str
) -> ReadDocument:
    """The document of an address, from its newest good capture."""
    body, found = held_body(folder, db, address)
    task = (body, address, found.final_url, found.content_type)
    return in_a_worker(settings, address, read_document, *task)
