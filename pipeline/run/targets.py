"""What is to be captured: addresses with the previous state that travels along."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.db import queries
from archive.errors import BadUrlError
from archive.model.fetch import Target
from archive.model.times import format_time
from archive.model.vocabulary import Kind
from archive.urls import normal as urls
from pipeline.decide import due
from pipeline.read.platforms.views import fetch_url

if TYPE_CHECKING:
    from datetime import datetime

    import sqlite_utils

    from pipeline.run.job import SpiderJob


def target_for(
    db: sqlite_utils.Database, url: str, kind: Kind, reason: str, step: str | None = None
) -> Target:
    """A target with the previous state that travels along.

    Raises:
        BadUrlError: `url` is no address; of another kind than a source, no http(s) address.
    """
    identity = urls.identify(url) if kind is Kind.SOURCE else None
    address = identity.url if identity else urls.fetchable(url)
    # a script's route is nothing that a server sees
    fetched = (fetch_url(identity) if identity else address).partition("#")[0]
    source = urls.stable_id(identity.key) if identity else None
    held = queries.validators(db, fetched, kind, source)
    return Target(
        url=fetched,
        kind=kind,
        reason=reason,
        etag=held.etag if held else None,
        last_modified=held.last_modified if held else None,
        previous=held.payload if held else None,
        step=step,
        subject=address if fetched != address else None,
    )


def targets_due(
    db: sqlite_utils.Database, now: datetime, job: SpiderJob, backfill_days: int
) -> list[Target]:
    """Reports to capture now: what the job names, else what is due, newest first."""
    if job.urls:
        return [target_for(db, url, _kind(url), job.reason or "named") for url in job.urls]
    since = job.since or format_time(now - timedelta(days=backfill_days))[:10]
    rows = queries.publications_due(
        db, now=format_time(now), young=format_time(now - due.YOUNG), since=since
    )
    wanted = (row for row in rows if _wanted(row, job))
    return [target_for(db, row.url, Kind.REPORT, row.reason) for row in wanted]


def _kind(url: str) -> Kind:
    return Kind.REPORT if urls.is_report_url(url) else Kind.SOURCE


def _wanted(row: queries.DuePublication, job: SpiderJob) -> bool:
    """Whether a due publication is in the job's range, as far as is known before it is read."""
    if job.series and row.series and row.series != job.series:
        return False
    if row.date is None:
        return True
    return (job.since or "") <= row.date <= (job.until or "9999")


def sources_pending(db: sqlite_utils.Database, now: datetime, limit: int) -> list[Target]:
    """Sources to capture now, newest citations first, spread over hosts; then the reports' own files."""
    rows = queries.sources_pending(db, now=format_time(now), limit=limit)
    cited = [
        replace(
            target_for(db, row.cited_url, Kind.SOURCE, "again" if row.captures else "cited"),
            cited_at=row.cited_at,
        )
        for row in rows
    ]
    files = _files_pending(db, limit - len(cited))
    # a picture that is cited, too, is fetched once
    asked = {target.url for target in cited}
    return [*cited, *(file for file in files if file.url not in asked)]


def _files_pending(db: sqlite_utils.Database, limit: int) -> list[Target]:
    pending = queries.files_pending(db, limit=max(0, limit))
    # asked for under the address as printed, so that figure and capture find each other
    return [Target(url, Kind.FILE, "shown in a report") for url in pending if _is_address(url)]


def _is_address(url: str) -> bool:
    try:
        urls.fetchable(url)
    except BadUrlError:
        return False
    return True
