"""Which modules workers load before there is a page to read, judged by the job and the tables."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

from archive import clock
from pipeline.run.job import NAMED, SpiderJob

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlite_utils

    from archive.config import Settings
    from archive.folder import DataFolder

READING = frozenset({"reports", "sources"})
"""Spiders that capture things for the first time; checks mostly find a page unchanged, and then
read nothing."""


def preload_of(job: SpiderJob) -> Sequence[str]:
    """What the workers begin with that read a job's reports: without the extraction libraries,
    unless cited pages are named."""
    from archive.urls.normal import is_report_url
    from pipeline.run.preloads import PAGES, REPORTS

    return REPORTS if all(map(is_report_url, job.urls)) else PAGES


def likely_preload(folder: DataFolder, spider: str, job: SpiderJob) -> Sequence[str]:
    """What workers load at once, because pages will have to be read: lists of reports; a report
    that is named and was never captured, and what it cites; a source that waits.

    Empty where no page may have to be read: loading takes half a second of a core, or more.
    """
    if spider not in READING or job.order is not None or job.media:
        return ()
    if job.urls and job.reason != NAMED:
        return ()
    from archive.db.database import open_readonly

    with closing(open_readonly(folder.database)) as db:
        return _likely(db, job)


def _likely(db: sqlite_utils.Database, job: SpiderJob) -> Sequence[str]:
    from pipeline.run.preloads import PAGES

    new = _is_new(db, job.urls) if job.urls else job.sources and _waits_new(db)
    if new and job.sources:
        return PAGES
    return preload_of(job) if new or job.discover else ()


def early_preload(folder: DataFolder, job: str, given: Mapping[str, Any]) -> Sequence[str]:
    """The `likely_preload` of the first spider of a `collect`, before the archive was checked: of
    all that happens until the first page is read, loading takes longest.

    Args:
        folder: The archive, as somebody left it.
        job: The name of the command's job; for others than `collect` the answer is empty.
        given: Its arguments.

    Returns:
        Empty also for an archive that cannot be read, or that must be brought up to date first.
    """
    if job != "collect" or "sources" not in given:  # a list's addresses are not known here
        return ()
    named = (given["report"],) if given["report"] else ()
    of = SpiderJob(
        data="", run="", urls=named, reason=NAMED if named else None, discover=not named,
        sources=given["sources"],
    )  # fmt: skip
    from archive.errors import ArchiveError

    try:
        return _preload(folder, of)
    except (ArchiveError, sqlite3.Error):
        return ()  # what is wrong is said by who needs it


def _preload(folder: DataFolder, job: SpiderJob) -> Sequence[str]:
    from archive.db.database import open_readonly, pending
    from archive.db.sqlite_errors import wrapped
    from pipeline.run.preloads import PAGES

    database = folder.database
    if not database.exists():
        return PAGES if job.urls and job.sources else preload_of(job)
    with wrapped(database), closing(open_readonly(database, current=False)) as db:
        return () if pending(db) else _likely(db, job)


def is_likely(folder: DataFolder, settings: Settings, job: str, given: Mapping[str, Any]) -> bool:
    """Whether a job that asks other people's servers will ask any, as far as a look tells: of a
    `check` of what is due, which asks no other archive, it does.

    Args:
        folder: The archive, as somebody left it.
        settings: Tell whether another archive is asked.
        job: Its name.
        given: Its arguments.
    """
    if job != "check" or settings.wayback or given.get("source") or given.get("early"):
        return True
    from archive.errors import ArchiveError

    try:
        return is_check_due(folder)
    except ArchiveError:
        return True  # what is wrong is said by who needs it


def begin_import(folder: DataFolder, given: Mapping[str, Any]) -> None:
    """Begin to load what the workers of an import need while other things are checked; nothing for
    files that were imported before, which are not read again.

    Args:
        folder: The archive, as somebody left it.
        given: The arguments of the job.
    """
    # dossiers are mostly taken back as they are, and text needs no worker
    files = [name for name in given.get("files", ()) if not name.lower().endswith(".zip")]
    if not given.get("text") and not _imported(folder).issuperset(files):
        from pipeline.run.preloads import REPORTS
        from pipeline.run.worker import prepare

        with suppress(OSError):  # who needs the workers tells what is wrong
            prepare(REPORTS)


def _imported(folder: DataFolder) -> set[str]:
    """Names of files that were imported; of an archive that cannot be read, or that must be brought
    up to date first, none."""
    from archive.db.database import open_readonly, pending
    from archive.db.sqlite_errors import wrapped
    from archive.db.tables import run_rows
    from archive.errors import ArchiveError

    database = folder.database
    try:
        with wrapped(database), closing(open_readonly(database, current=False)) as db:
            done = [] if pending(db) else run_rows.imports(db, "")
            return {name for files, _, _ in done for name in files}
    except ArchiveError:
        return set()


def is_check_due(folder: DataFolder) -> bool:
    """Whether any check is due.

    Raises:
        ArchiveError: The archive cannot be read.
    """
    from archive.db.database import open_readonly
    from archive.db.tables import check_rows
    from archive.model.times import format_time

    with closing(open_readonly(folder.database)) as db:
        return check_rows.is_due(db, format_time(clock.now()))


def _is_new(db: sqlite_utils.Database, urls: Sequence[str]) -> bool:
    from archive.db.tables.capture_rows import is_asked
    from archive.urls.normal import fetchable

    return any(not is_asked(db, fetchable(url)) for url in urls)


def _waits_new(db: sqlite_utils.Database) -> bool:
    from archive.db.tables.due_rows import sources_pending
    from archive.model.times import format_time

    waiting = sources_pending(db, now=format_time(clock.now()), limit=1)
    return any(not row.captures for row in waiting)
