"""The one writer of the database: each capture is one transaction, in which all that is derived
from it is brought up to date, too."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from archive.closing import Closing
from archive.db.at_rest import committed_by_us, is_kept
from archive.db.database import (
    UNSYNCED,
    close_database,
    fold_long_log,
    open_database,
    unlogged,
)
from archive.db.deferred_indexes import indexes_deferred
from archive.db.sqlite_errors import wrapped
from archive.db.tables import (
    browser_rows,
    cited_rows,
    fixity_rows,
    fulltext_rows,
    latency_rows,
    media_rows,
    memento_rows,
    publication_rows,
    related_rows,
    report_rows,
    run_rows,
    sight_rows,
    step_rows,
    submission_rows,
    support_rows,
    text_rows,
    verdict_rows,
    video_rows,
)
from archive.model.flat import values_of
from archive.model.rows import CaptureRow, TextRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import sqlite_utils

    from archive.model.due import Submission
    from archive.model.fetch import Location
    from archive.model.fixity import Damage, UnreadRow, WarcFile
    from archive.model.media import NearVideo, VideoLook
    from archive.model.reports import CapturedContent
    from archive.model.rows import CaptureUpdate, RunRow, VersionPlan

_CAPTURE_COLUMNS = tuple(field.name for field in fields(CaptureRow))
_TEXT_COLUMNS = tuple(field.name for field in fields(TextRow))


def _insert(table: str, columns: tuple[str, ...], *, ignore: bool = False) -> str:
    marks = ", ".join(f":{name}" for name in columns)
    verb = "INSERT OR IGNORE" if ignore else "INSERT"
    return f"{verb} INTO {table} ({', '.join(columns)}) VALUES ({marks})"


_INSERT_CAPTURE = _insert("captures", _CAPTURE_COLUMNS)
_INSERT_TEXT = _insert("texts", _TEXT_COLUMNS, ignore=True)

_INSERT_HOP = """
INSERT INTO hops (
    capture_id, position, url, http_status, warc_file, warc_offset, warc_length, led_by
) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""


def _nothing() -> None:
    """Stands for `before_commit` where no WARC file is written that would have to be waited for."""


class Store(Closing):
    """Writes the archive's database; the caller holds the folder's lock."""

    def __init__(self, path: Path, before_commit: Callable[[], None] = _nothing) -> None:
        """Open the database, migrated.

        Args:
            path: The database.
            before_commit: Called at the end of each transaction on captures, before it is
                committed: it brings their WARC records onto the disk. If it raises, the transaction
                is undone.

        Raises:
            DataFolderError: See `open_database`.
        """
        self.path = path
        self._before_commit = before_commit
        self.db: sqlite_utils.Database = open_database(path)
        self._unindexed: set[int] = set()
        self._log_bytes = 0
        self._folds = is_kept(path)  # otherwise SQLite folds its log by itself
        self._committed = committed_by_us(path)

    def close(self) -> None:
        """Close the connection; SQLite folds the write-ahead log in."""
        close_database(self.db, self.path)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of all that is saved inside the block. The captures' WARC records
        stand already, so that a transaction that is undone loses nothing.

        Inside another block it is a part of that one's transaction, without a savepoint: SQLite
        would copy each page that a savepoint touches into a temporary file, ten times the bytes
        that are kept. What fails inside must therefore end the outermost block, as all that is
        raised here does.

        Raises:
            DataFolderError: As `save`; what was saved inside is undone, and recovery takes it in
                from the WARC files.
            WarcError: The disk does not take the records.
        """
        if self.db.conn.in_transaction:
            with wrapped(self.path):
                yield
            return
        try:
            with wrapped(self.path), self.db.atomic():
                yield
                self._index(set(self._unindexed))
                self._before_commit()
            if self._folds:
                self._committed.note()
                with wrapped(self.path):
                    self._log_bytes = fold_long_log(self.db, self.path, self._log_bytes)
        finally:
            self._unindexed.clear()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """What speaks of no capture; inside another it is a part of that."""
        with wrapped(self.path), self.db.atomic():
            yield
        if self._folds and not self.db.conn.in_transaction:
            self._committed.note()

    def _index(self, versions: set[int]) -> None:
        """Enter the words of these versions into the full-text index."""
        fulltext_rows.index(self.db, versions)
        self._unindexed -= versions

    def _apply(self, publication: int, plan: VersionPlan) -> set[int]:
        # deleting a version takes its words out of the index, so they must be in it
        self._index(self._unindexed & set(plan.delete))
        fresh = report_rows.apply(self.db, publication, plan)
        self._unindexed |= {row.run.representative for row in plan.write}
        return fresh

    @contextmanager
    def in_bulk(self) -> Iterator[None]:
        """Save many groups of captures inside the block. SQLite's journal of a single statement
        stays in memory meanwhile, which takes a sixth of the time of its temporary file, where
        sorts of large tables go. Not inside a transaction."""
        self.db.execute("PRAGMA temp_store=MEMORY")
        try:
            yield
        finally:
            self.db.execute("PRAGMA temp_store=DEFAULT")

    @contextmanager
    def filled(self, *, for_good: bool = True) -> Iterator[None]:
        """Fill an empty database inside the block: indexes are made at its end
        (`archive.db.deferred_indexes`).

        Args:
            for_good: What is written stays, whatever comes. False: after a break-off the database
                is made anew, so that it needs neither log nor syncs until it is full.
        """
        with (
            wrapped(self.path),
            nullcontext() if for_good else unlogged(self.db),
            indexes_deferred(self.db),
        ):
            yield

    def save(self, update: CaptureUpdate) -> set[int]:
        """Write one capture and all that follows from it, or nothing.

        Returns: The sources that a version of it cites and nobody cited or captured before.

        Raises:
            DataFolderError: Disk full, database locked or damaged.
            WarcError: The disk does not take the record.
        """
        with self.together():
            self._save_subjects(update)
            self._save_capture(update)
            media_rows.save(self.db, update)
            browser_rows.save(self.db, update)
            related_rows.save(self.db, update)
            latency_rows.save(self.db, update)
            memento_rows.save(self.db, update)
            if update.shared is not None:
                text_rows.share(self.db, update.shared)
            for verdicts in update.verdicts:
                verdict_rows.put(self.db, verdicts)
            sight_rows.save(self.db, update)
            memento_rows.refresh_only_copies(self.db, update)
            if update.plan is not None and update.publication is not None:
                return self._apply(update.publication.id, update.plan)
            return set()

    def replace_versions(
        self,
        publication: int,
        captured: Sequence[CapturedContent],
        old: Sequence[int],
        plan: VersionPlan,
    ) -> None:
        """Put versions that another parser reads in place of the old ones, in one transaction.

        Raises:
            DataFolderError: Disk full, database locked or damaged.
        """
        with self.together():
            self.db.conn.executemany(
                "UPDATE captures SET content_digest = ?, complete = ? WHERE id = ?",
                [(c.digest, c.complete, c.capture_id) for c in captured],
            )
            self._apply(publication, replace(plan, delete=tuple(old)))

    def _save_subjects(self, update: CaptureUpdate) -> None:
        """Write what the capture's row refers to: its publication or source, and its text."""
        for found in update.found:
            publication_rows.merge(self.db, found)
        if update.publication is not None:
            publication_rows.merge(self.db, update.publication)
            if update.publication_history is not None:
                publication_rows.touch(self.db, update.publication.id, update.publication_history)
            publication_rows.name(self.db, update.publication.id, update.aliases)
        if update.source is not None:
            cited_rows.merge(self.db, [update.source])
        if update.text is not None:
            self.db.execute(_INSERT_TEXT, values_of(update.text))
            text_rows.add_links(self.db, update.text.id, update.links)
            if update.naming is not None:
                support_rows.name(self.db, update.text.id, update.naming)

    def _save_capture(self, update: CaptureUpdate) -> None:
        capture = update.capture
        self.db.execute(_INSERT_CAPTURE, values_of(capture))
        for position, hop in enumerate(update.hops):
            place = hop.location
            self.db.execute(
                _INSERT_HOP,
                [
                    capture.id,
                    position,
                    hop.url,
                    hop.http_status,
                    place.file,
                    place.offset,
                    place.length,
                    hop.led_by,
                ],
            )
        if update.failure is not None:
            self.db.execute("INSERT INTO failures VALUES (?, ?)", [capture.id, update.failure])
        self.db.conn.executemany(
            "INSERT INTO attachments (capture_id, position, url, title) VALUES (?, ?, ?, ?)",
            [(capture.id, n, a.url, a.title) for n, a in enumerate(update.attachments)],
        )

    # --- run logs ---------------------------------------------------------------------------------

    def start_run(self, row: RunRow) -> None:
        """Record that a job begins, also one that was queued before."""
        with self._transaction():
            run_rows.start(self.db, row)

    def finish_run(self, run: str, *, at: str, outcome: str, counts: dict[str, int]) -> None:
        """Record how a job ended, and have the disk hold that and all that was committed before."""
        with self._lasting(), self._transaction():
            run_rows.finish(self.db, run, at=at, outcome=outcome, counts=counts)

    @contextmanager
    def _lasting(self) -> Iterator[None]:
        """Have the disk itself hold what is committed inside the block, and all that was committed
        before it. Without effect while the database is filled without syncs (`filled`)."""
        if self.db.execute("PRAGMA synchronous").fetchone()[0] == UNSYNCED:
            yield
            return
        self.db.execute("PRAGMA synchronous=FULL")
        try:
            yield
        finally:
            self.db.execute("PRAGMA synchronous=NORMAL")

    def close_killed_runs(self, at: str) -> int:
        """Mark the runs that never finished as killed: the archive's lock says that none of them is
        alive. Returns how many."""
        with self._transaction():
            return run_rows.close_killed(self.db, at)

    def enter_runs(self, rows: Sequence[tuple[object, ...]]) -> None:
        """Add the runs that are not there yet, as the ledger has them
        (`archive.fixity.entries.runs_of`)."""
        with self._transaction():
            run_rows.enter(self.db, rows)

    def withhold(self, rows: Sequence[tuple[object, ...]]) -> None:
        """Hide exactly these captures (each as record id, capture number, time, who, and reason);
        those that were hidden before and are not among them are shown again."""
        with self._transaction():
            self.db.execute("DELETE FROM withheld")
            self.db.conn.executemany("INSERT INTO withheld VALUES (?, ?, ?, ?, ?)", rows)

    def record_step(
        self, site: str, step: str, *, at: str, ok: bool, found: int, detail: str | None
    ) -> None:
        """Record how one discovery step did."""
        with self._transaction():
            step_rows.record(self.db, (site, step), at=at, ok=ok, found=found, detail=detail)

    def copy_run_logs(self, other: Path) -> None:
        """Take over the run logs of another database of this archive; they cannot be made from the
        WARC files."""
        with wrapped(self.path):
            self.db.execute("ATTACH DATABASE ? AS old", [str(other)])
            with self.db.atomic():
                run_rows.copy_logs(self.db)
            self.db.execute("DETACH DATABASE old")

    def record_submission(self, row: Submission) -> None:
        """Record that a page was handed to an archive, or what became of it."""
        with self._transaction():
            submission_rows.record(self.db, row)

    def leave_media(self, media: int, reason: str, at: str) -> None:
        """Record why something that a page shows was not fetched."""
        with self._transaction():
            media_rows.leave(self.db, media, reason, at)

    def leave_media_kinds(self, kinds: Iterable[str], reason: str, at: str) -> None:
        """Record the same of all that is of other kinds than these."""
        with self._transaction():
            media_rows.leave_kinds(self.db, kinds, reason, at)

    # --- files, unread pages, damages -------------------------------------------------------------

    def put_video(
        self,
        look: VideoLook,
        at: str,
        *,
        bands: Iterable[int] = (),
        near: Iterable[NearVideo] = (),
        problem: str | None = None,
    ) -> None:
        """Record what a video looks like, and which it is near."""
        with self._transaction():
            video_rows.put(self.db, look, at, bands=bands, near=near, problem=problem)

    def note_open(self, name: str, size: int, last_capture_id: int) -> None:
        """See `archive.db.tables.fixity_rows.note_open`; within the transaction that speaks of the
        file's records."""
        fixity_rows.note_open(self.db, name, size, last_capture_id)

    def close_warc(self, file: WarcFile, last_capture_id: int) -> None:
        """Record that every record of this file is in the database; its bytes are on the disk
        already."""
        with self._lasting(), self._transaction():
            fixity_rows.close_file(self.db, file, last_capture_id)

    def note_unread(self, row: UnreadRow) -> None:
        """Record a page that was kept and could not be read yet; its WARC record is on the disk by
        then."""
        with self.together():
            fixity_rows.note_unread(self.db, row)

    def forget_unread(self, record_id: str) -> None:
        """Forget an unread page, now that it was read; within the transaction that takes it in."""
        fixity_rows.forget_unread(self.db, record_id)

    def move(self, record_id: str, place: Location, hops: Sequence[Location]) -> None:
        """Record that a capture's record, and those of its redirects, now stand elsewhere."""
        with self.together():
            fixity_rows.move(self.db, record_id, place, hops)

    def forget_altered(self, warc_file: str) -> None:
        """Record that a closed file is again what it was when it was closed."""
        with self._transaction():
            fixity_rows.forget_altered(self.db, warc_file)

    def note_damages(self, damages: Sequence[Damage]) -> None:
        """Record what was found damaged."""
        with self._transaction():
            fixity_rows.note_damages(self.db, damages)
