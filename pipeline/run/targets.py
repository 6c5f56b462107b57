"""What is to be captured: what waits is read from the tables, and made into targets
(`pipeline.decide.targets`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.db.tables import capture_rows, check_rows, due_rows, related_rows
from archive.model.related import CONTEXT
from archive.model.times import format_time
from archive.model.vocabulary import Kind
from pipeline.decide import due
from pipeline.decide.targets import Range, files_to_fetch, kind_named, place_of, target_of

if TYPE_CHECKING:
    from datetime import datetime

    import sqlite_utils

    from archive.model.fetch import Target
    from pipeline.run.job import SpiderJob


def target_for(
    db: sqlite_utils.Database, url: str, kind: Kind, reason: str, step: str | None = None
) -> Target:
    """The target of a URL, with what is known of its last capture (for a conditional request).

    Raises:
        BadUrlError: As `pipeline.decide.targets.place_of`.
    """
    place = place_of(url, kind)
    return target_of(
        place, capture_rows.validators(db, place.fetched, kind, place.source), reason, step
    )


def targets_due(
    db: sqlite_utils.Database, now: datetime, job: SpiderJob, backfill_days: int
) -> list[Target]:
    """Reports to capture now: those that the job names, otherwise what is due, newest first."""
    if job.urls:
        return [target_for(db, url, kind_named(url), job.reason or "named") for url in job.urls]
    since = job.since or format_time(now - timedelta(days=backfill_days))[:10]
    rows = due_rows.publications_due(
        db, now=format_time(now), young=format_time(now - due.YOUNG), since=since
    )
    asked = Range(job.series, job.since, job.until)
    return [target_for(db, row.url, Kind.REPORT, row.reason) for row in rows if asked.may_hold(row)]


def sources_pending(db: sqlite_utils.Database, now: datetime, limit: int) -> list[Target]:
    """Sources to capture now, newest citations first, spread over hosts; then the reports' own
    files."""
    rows = due_rows.sources_pending(db, now=format_time(now), limit=limit)
    cited = [
        replace(
            target_for(db, row.cited_url, Kind.SOURCE, "again" if row.captures else "cited"),
            cited_at=row.cited_at,
        )
        for row in rows
    ]
    files = due_rows.files_pending(db, limit=max(0, limit - len(cited)))
    return [*cited, *files_to_fetch(files, cited)]


def context_wanted(
    db: sqlite_utils.Database, now: datetime, per_day: int, limit: int
) -> list[Target]:
    """Posts to capture because cited ones refer to them, within the day's budget; never what those
    refer to in turn.

    Args:
        db: The archive.
        now: The moment of planning.
        per_day: The setting `context_per_day`.
        limit: At most so many.
    """
    spent = check_rows.spent(db, format_time(now)[:10], [CONTEXT])
    left = max(0, min(limit, per_day - sum(spent.values())))
    return [target_for(db, url, Kind.SOURCE, CONTEXT) for url in related_rows.wanted(db, left)]


def sources_waiting(
    db: sqlite_utils.Database, now: datetime, *, turns: int, files: int
) -> list[Target]:
    """What `sources_pending` has, of all domains at once and without the previous state, which a
    question each would give: `with_previous` adds it to those that are chosen.

    Args:
        db: The archive.
        now: The moment.
        turns: At most so many of each domain.
        files: At most so many of the reports' own.
    """
    rows = due_rows.sources_pending(db, now=format_time(now), limit=-1, turns=turns)
    cited = [
        replace(
            target_of(
                place_of(row.cited_url, Kind.SOURCE), None, "again" if row.captures else "cited"
            ),
            cited_at=row.cited_at,
        )
        for row in rows
    ]
    return [*cited, *files_to_fetch(due_rows.files_pending(db, limit=files), cited)]


def with_previous(db: sqlite_utils.Database, target: Target) -> Target:
    """A source's target with its previous state; any other as it is."""
    if target.kind is not Kind.SOURCE:
        return target
    found = target_for(db, target.subject or target.url, target.kind, target.reason)
    return replace(found, cited_at=target.cited_at)
