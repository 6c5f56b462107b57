"""The way of one capture into the archive: read the previous state, decide, write once.

Crawl, import, recovery after a kill, and rebuild all come through `Archive.commit`, so that they
cannot differ.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive import SOFTWARE, clock
from archive.capture_numbers import CaptureNumbers
from archive.closing import Closing
from archive.db.held import HeldInDatabase
from archive.db.store import Store
from archive.db.tables import (
    capture_rows,
    check_rows,
    media_rows,
    metric_rows,
    version_rows,
)
from archive.errors import ParseError, WarcError, WarcWriteError
from archive.folder import DataFolder
from archive.model.times import format_time
from archive.model.vocabulary import Kind, Outcome
from archive.warc.writer import WarcWriter
from pipeline.decide import captures as decide
from pipeline.decide.media import AGAIN, KINDS
from pipeline.decide.updates.browsed import browser_update
from pipeline.decide.updates.media import media_update
from pipeline.decide.updates.others import other_update
from pipeline.decide.updates.reports import report_update, with_whole_addresses
from pipeline.decide.updates.sources import memento_check_update, source_update
from pipeline.read import mementos
from pipeline.read.parse.identity import report_id
from pipeline.read.process import REPOST, Limits, process
from pipeline.run import corroboration, edits, support
from pipeline.run.readback import Readback
from pipeline.run.unread import Unread, unread_row
from pipeline.run.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from archive.config import Settings
    from archive.model.fetch import Exchange, Hop, PayloadRef, Target, Written
    from archive.model.rows import CaptureUpdate
    from archive.model.understood import Processed


Understood = tuple["Processed | Unread", "Written", "Sequence[Hop]"]
"""A capture whose records are written: what was read of it (or why it could not be), where they
stand, and its redirects."""

_UPDATES: dict[
    Kind,
    Callable[[HeldInDatabase, Processed, Written, tuple[Hop, ...]], CaptureUpdate],
] = {
    Kind.REPORT: report_update,
    Kind.SOURCE: source_update,
    Kind.MEDIA: media_update,
    Kind.BROWSER: browser_update,
}


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit did, for progress and for what to do next."""

    outcome: Outcome
    new_version: bool = False
    incomplete: bool = False
    found: tuple[Target, ...] = ()
    message: str | None = None
    clock_skew_s: int | None = None


class Archive(Closing):
    """An archive held open for writing: its WARC writer and its store.

    Attributes:
        wanted: Says what is to be captured.
    """

    def __init__(self, folder: DataFolder, settings: Settings, run: str | None) -> None:
        self.folder = folder
        self.settings = settings
        self.run = run
        self.store = Store(folder.database, self._secure)
        self.db = self.store.db
        self.held = HeldInDatabase(self.db, self.parse_again)
        self.wanted = Wanted(self.db, settings)
        self.readback = Readback(self.db, folder.warcs)
        last = capture_rows.last_capture_id(self.db)
        self._numbers = CaptureNumbers(last, clock.now, even=bool(settings.queue))
        self._writer: WarcWriter | None = None

    @classmethod
    def open(cls, data: Path, settings: Settings, *, run: str | None) -> Archive:
        """The archive in the folder `data`, made where there is none.

        Raises:
            DataFolderError: Not ours, of a newer version, not writable.
        """
        folder = DataFolder(data)
        folder.make()
        return cls(folder, settings, run)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # after an error something written may not be committed
        self.close() if kind is None else self.abandon()

    @property
    def limits(self) -> Limits:
        """Bounds for `process`."""
        return Limits(self.settings.max_bytes, self.settings.extract_max_bytes)

    @property
    def writer(self) -> WarcWriter:
        """The WARC writer. Its file is begun with the first record, so that a run that keeps
        nothing leaves no file."""
        if self._writer is None:
            self._writer = WarcWriter(
                self.folder.warcs,
                software=SOFTWARE,
                max_bytes=self.settings.warc_max_bytes,
                info=_warc_info(self.settings),
                now=clock.now,
            )
        return self._writer

    def close(self) -> None:
        """Close the WARC files, then the database.

        Call it only when every record written was committed; otherwise use `abandon`.
        """
        if self._writer is not None:
            self._writer.close()
            for file in self._writer.closed:
                self.store.close_warc(file, self._numbers.last)
            self._writer = None
        self.store.close()

    def abandon(self) -> None:
        """Close without claiming that all was committed: the next start looks for records without
        rows."""
        if self._writer is not None:
            self._writer.close()
        self.store.close()

    def _secure(self) -> None:
        """Before a transaction is committed, bring the WARC records that it is about onto the
        disk."""
        if self._writer is None:
            return
        self._writer.sync()
        if self._writer.name is not None:
            self.store.note_open(self._writer.name, self._writer.size, self._numbers.last)

    def next_capture_id(self) -> int:
        """A number never given before."""
        return self._numbers.next()

    # --- what a crawl asks and tells --------------------------------------------------------------

    def leave_media(self, media: int, reason: str, at: datetime) -> None:
        """Record why a picture, video or file that a page shows was not fetched."""
        self.store.leave_media(media, reason, format_time(at))

    def leave_kinds(self, at: datetime) -> None:
        """Record of the kinds that the setting `media` leaves out that it does."""
        value = self.settings.media
        self.store.leave_media_kinds(KINDS[value], f"media = {value}; {AGAIN}", format_time(at))

    def find_payload(self, payload_digest: str) -> PayloadRef | None:
        """An earlier capture with this payload."""
        return capture_rows.payload_ref(self.db, payload_digest)

    def robots_txt(self, url: str, since: datetime) -> Exchange | None:
        """The newest answer of a server, with its body, to our request for a robots.txt; None where
        there is none since then, or its record cannot be read."""
        held = capture_rows.newest_robots(self.db, url, format_time(since))
        try:
            return self.readback.exchange_of(held) if held else None
        except WarcError:
            return None  # it is fetched again; `verify` reports the damage

    def answering_hosts(self, count: int) -> list[str]:
        """Hosts that answered of late, the likeliest to answer first."""
        return check_rows.answering_hosts(self.db, count)

    def bytes_today(self, now: datetime, kind: Kind | None = None) -> list[tuple[str, int]]:
        """URL and bytes of WARC records of each capture of this day (UTC), of one kind or of
        all."""
        return metric_rows.bytes_by_url(self.db, now, kind)

    def media_bytes(self) -> int:
        """Bytes of the records of all files fetched because pages show them."""
        return media_rows.bytes_of_all(self.db)

    def record_step(
        self, site: str, step: str, *, at: datetime, ok: bool, found: int, detail: str | None
    ) -> None:
        """Record how a discovery step did."""
        self.store.record_step(site, step, at=format_time(at), ok=ok, found=found, detail=detail)

    # --- taking in --------------------------------------------------------------------------------

    def commit(self, processed: Processed, written: Written, hops: Sequence[Hop] = ()) -> Committed:
        """Write one capture and all that follows from it, in one transaction.

        Raises:
            DataFolderError: The database cannot be written; the WARC record stands, and recovery
                takes it in later.
        """
        self._numbers.heard(processed.page.context.capture_id)
        update = self._update(processed, written, tuple(hops))
        with self.store.together():
            fresh = self.store.save(update)
            support.follow(self.db, update, fresh)
            edits.follow(self.db, update)
            corroboration.follow(self.db, update)
        report = processed.report if processed.page.context.kind is Kind.REPORT else None
        new_version = report is not None and update.plan is not None and bool(update.plan.write)
        if report is not None and new_version and report.publisher != REPOST:
            self._complete_reposts(report_id(report))
        return Committed(
            processed.verdict.outcome,
            new_version=new_version,
            incomplete=report is not None and not report.complete,
            message=processed.failure,
            clock_skew_s=update.capture.clock_skew_s,
        )

    def take_in(
        self, processed: Processed | Unread, written: Written, hops: Sequence[Hop] = ()
    ) -> Committed | None:
        """Commit what was read. A page that no worker could read is only noted as unread, for the
        next start to read again; so is one that cannot be compared with earlier captures because
        the record of one of them is damaged.

        Returns:
            None for a page left unread.

        Raises:
            DataFolderError: As `commit`.
        """
        if isinstance(processed, Unread):
            self._numbers.heard(processed.page.context.capture_id)
            self.store.note_unread(unread_row(processed, written, hops))
            return None
        try:
            return self.commit(processed, written, hops)
        except WarcWriteError:
            raise
        except WarcError as error:
            self.store.note_unread(unread_row(Unread(processed.page, str(error)), written, hops))
            return None

    def take_in_all(self, captures: Sequence[Understood]) -> list[Committed | None] | None:
        """Do `take_in` for several captures in one transaction, so that the disk is waited for
        once.

        Returns:
            None where one of them failed: then none is taken in.
        """
        try:
            with self.store.together():
                return [self.take_in(*one) for one in captures]
        except Exception:  # noqa: BLE001 - taken in one by one, the one at fault raises it again
            return None

    def _update(
        self, processed: Processed, written: Written, hops: tuple[Hop, ...]
    ) -> CaptureUpdate:
        context = processed.page.context
        others = memento_check_update if context.step == mementos.STEP else other_update
        return _UPDATES.get(context.kind, others)(self.held, processed, written, hops)

    def _complete_reposts(self, report: str) -> None:
        for publication in version_rows.publications_by(self.db, report, REPOST):
            self.reread(publication)

    def reread(self, publication: int) -> None:
        """Make a publication's versions anew from its captures, as the present parser reads them.

        Raises:
            ArchiveError: A capture cannot be read any more; nothing is changed.
        """
        held = version_rows.captured_contents(self.db, publication)
        read = {
            c.capture_id: with_whole_addresses(self.held, self.parse_again(c.capture_id))
            for c in held
        }
        fresh = [decide.read_again(c, read[c.capture_id]) for c in held]
        stored = [version.id for version in version_rows.stored_versions(self.db, publication)]
        previous = decide.Previous(fresh[:-1], [], decide.no_version, lambda capture: read[capture])
        plan = decide.plan_versions(previous, fresh[-1], read[fresh[-1].capture_id])
        with self.store.together():
            self.store.replace_versions(publication, fresh, stored, plan)
            support.follow_versions(self.db, plan)
            edits.follow_versions(self.db, publication, plan)

    # --- reading back -----------------------------------------------------------------------------

    def parse_again(self, capture_id: int) -> Processed:
        """A held capture, read from its WARC record and parsed by the present parser.

        Raises:
            ArchiveError: There is no such capture.
            WarcError: Its record is lost or damaged.
            ParseError: It was a report once and is none for the present parser.
        """
        page = self.readback.held_page(capture_id)
        processed = process(page, self.limits)
        if processed.report is None:
            raise ParseError(
                f"capture {capture_id} of {page.final_url}: {processed.failure}; run isw-archive "
                "rebuild"
            )
        return processed


def _warc_info(settings: Settings) -> dict[str, str]:
    """What each file's warcinfo adds: the settings that shaped the crawl.

    A file made under the test clock says so, and must never pass as evidence.
    """
    offset = clock.pretended_offset_s()
    info = {"isw-archive-test-clock-offset-s": offset} if offset else {}
    changed = settings.changed()
    return {**info, "isw-archive-settings": json.dumps(changed)} if changed else info
