"""Importing reposts and pasted reports: each report found is kept as it stands, as a publication of
its own."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive.counted import counted
from archive.db.tables.capture_rows import ImportedRecords
from archive.errors import BadInputError
from archive.model.fetch import Exchange, FetchContext, HttpMessage
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind, Via
from archive.urls.publishers.registry import at_home
from pipeline.read.plaintext.frontmatter import read_front_matter
from pipeline.read.plaintext.incoming import decode
from pipeline.read.plaintext.reading import TextReport, read_text
from pipeline.read.process import process
from pipeline.run.ingest import Archive
from pipeline.run.jobs.say import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.run.jobs.session import Session

CONTENT_TYPE = "text/plain; charset=utf-8"

_ANCHOR_TOKENS = re.compile(r"(#_(?:edn|ftn))[0-9a-f]{16,40}")

# A day begins fourteen hours earlier in the east than in UTC, in which files' times are.
_ZONES = timedelta(hours=14)


def import_texts(session: Session, files: Sequence[Path]) -> None:
    """Import plain-text files; one that cannot be read becomes a problem and the others go on."""
    with Archive(session.folder, session.settings, session.run) as archive:
        known = ImportedRecords(archive.db)
        for path in files:
            _import_one(session, archive, path, known)


def _import_one(session: Session, archive: Archive, path: Path, known: ImportedRecords) -> None:
    saved_at = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(microsecond=0)
    try:
        found = read_text(decode(path.read_bytes(), path.name), path.name)
    except BadInputError as error:
        session.problem(str(error))
        return
    for one in found:
        body = one.text.encode()
        origin = f"text:sha256:{hashlib.sha256(body).hexdigest()}"
        if origin in known:
            session.count("already held")
            continue
        known[origin] = path.name
        _keep(session, archive, one, (path.name, origin, _time_of(one, saved_at)))


def _time_of(one: TextReport, saved_at: datetime) -> datetime:
    """When a text stood like this, as it says itself; otherwise its file's time, which is that of
    its last copy."""
    stated = one.stated_at
    return stated if stated is not None and stated <= saved_at + _ZONES else saved_at


def _digest(text: str) -> str:
    """What two saved texts of one page have in common: CTP names its anchors anew for every
    visitor, on both its hosts.

    What a saver wrote above the text is left out, too.
    """
    lines = text.split("\n")
    own = "\n".join(lines[read_front_matter(lines).end :]).strip()
    plain = at_home(_ANCHOR_TOKENS.sub(r"\1", own))
    return hashlib.sha256(plain.encode()).hexdigest()


def _keep(
    session: Session, archive: Archive, one: TextReport, where: tuple[str, str, datetime]
) -> None:
    name, origin, saved_at = where
    digest = _digest(one.text)
    url = at_home(one.report.url)
    address = f"{url}#repost-{digest[:12]}" if url else f"urn:sha256:{digest}"
    context = FetchContext(
        capture_id=archive.next_capture_id(),
        kind=Kind.REPORT,
        uri_r=address,
        via=Via.IMPORT,
        reason=f"import: {printable(name)}",
        origin=origin,
        run=session.run,
    )
    body = one.text.encode()
    exchange = Exchange(address, saved_at, HttpMessage("", (), body))
    written = archive.writer.write_resource(exchange, context, CONTENT_TYPE)
    page = FetchedPage(context, address, saved_at, None, {"content-type": CONTENT_TYPE}, body)
    done = archive.commit(process(page, archive.limits), written)
    session.count("captures")
    session.count("reports")
    _say_kept(session, name, one, done.message)


def _say_kept(session: Session, name: str, one: TextReport, failure: str | None) -> None:
    """What a report of a file is, and what it lacks; `failure`: why it is kept but not read."""
    lines = f"lines {one.first_line} to {one.last_line}"
    session.say.line(
        f"{name}: {one.report.title!r}, {lines}, {counted(len(one.report.notes), 'notes')}"
    )
    if one.missing_notes:
        session.say.line(f"{name}: {lines}: notes missing: {', '.join(one.missing_notes)}")
    if one.cut_urls:
        session.say.line(
            f"{name}: {lines}: {counted(len(one.cut_urls), 'addresses')} cut; kept as printed"
        )
    if failure is not None:
        session.problem(f"{name}: {lines}: {failure}")
