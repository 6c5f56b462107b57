"""Checks of sources that were captured before, and the account of what is thought of one of
them."""

from __future__ import annotations

import json
import os
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from archive import clock
from archive.counted import counted
from archive.db.database import open_readonly
from archive.db.tables import check_rows, memento_rows, verdict_rows
from archive.errors import ArchiveError, BadInputError
from archive.model.times import format_time, parse_time, shown_time
from archive.show.text_diff import text_diff
from archive.urls import normal as urls
from pipeline.read.clocks import MAX_CLOCK_SKEW_S
from pipeline.run.jobs.crawl import job_of, run_spider
from pipeline.run.preload_choice import is_check_due
from pipeline.run.submit import keys_from

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import sqlite_utils

    from archive.folder import DataFolder
    from archive.model.past import Checked, JudgedSource
    from pipeline.run.job import SpiderJob
    from pipeline.run.jobs.session import Session

CLOCK_TOLERANCE = timedelta(minutes=10)
"""A clock that is set right by the network moves by seconds; by more than this it jumped."""


NO_NETWORK = (
    "no network: none of the hosts that answered of late could be reached; nothing that failed was "
    "counted; check the connection or http_proxy/https_proxy"
)


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What `check` was asked for.

    Attributes:
        source: Only this one.
        limit: At most so many.
        all_due: Whatever the day's budget.
        elsewhere: No source is checked, for others do that: only other archives are asked.
    """

    source: str | None = None
    limit: int | None = None
    all_due: bool = False
    elsewhere: bool = False


def check(session: Session, asked: CheckRequest, config: Path | None) -> None:
    """Make the checks that are due, or that of one source; then ask other archives.

    A limit of 0 asks nobody, other archives neither.

    Raises:
        ArchiveError: The clock is earlier than the newest capture.
    """
    source, limit = asked.source, asked.limit
    if limit == 0:
        session.say.line("check --limit 0: nobody was asked")
        return
    mind_the_clock(session.folder)
    job = replace(
        job_of(session, config),
        urls=(source,) if source else (),
        discover=False,
        limit=limit,
        all_due=asked.all_due,
    )
    if not asked.elsewhere and not _checked(session, job):
        return
    if session.settings.wayback and source is None:
        run_spider(session, "mementos", replace(job, in_turn=True))
        if session.settings.submit_per_day:
            try:
                submit(session, limit=limit, config=config)
            except BadInputError as error:  # the checks were made all the same
                session.problem(str(error))


def look_early(session: Session, *, limit: int | None, config: Path | None) -> None:
    """Make the early looks that are due.

    Raises:
        BadInputError: The setting `early_looks` says that none are made.
        ArchiveError: As `check`.
    """
    if session.settings.early_looks != "on":
        raise BadInputError("check --early: early looks are off; set early_looks to on")
    mind_the_clock(session.folder)
    job = replace(
        job_of(session, config),
        discover=False,
        limit=limit,
        early=True,
    )
    if not run_spider(session, "checks", job).network:
        session.problem(NO_NETWORK)


def _checked(session: Session, job: SpiderJob) -> bool:
    """Make the checks. Returns whether they came to their end; where none is due, no spider is
    run."""
    if not job.urls and not is_check_due(session.folder):
        return True
    result = run_spider(session, "checks", job)
    if not result.network:
        session.problem(NO_NETWORK)
        return False
    return result.finished and not result.stopped


def submit(session: Session, *, limit: int | None, config: Path | None) -> None:
    """Hand cited pages of which the Wayback holds no copy to its Save Page Now.

    Raises:
        BadInputError: The settings or the environment do not allow it; keys are never read from
            elsewhere.
    """
    settings = session.settings
    if not settings.submit_per_day or not settings.wayback:
        raise BadInputError(
            "submit: nothing is handed to anybody; set submit_per_day (and wayback) to allow it"
        )
    keys_from(os.environ, settings.wayback)
    job = replace(
        job_of(session, config),
        discover=False,
        limit=limit,
    )
    run_spider(session, "submissions", job)


def mind_the_clock(folder: DataFolder) -> None:
    """Refuse to check anything under a clock that is behind.

    Raises:
        ArchiveError: It is earlier than the newest capture.
    """
    with closing(open_readonly(folder.database)) as db:
        newest = check_rows.newest_capture(db, MAX_CLOCK_SKEW_S)
    if newest is not None and clock.now() < parse_time(newest) - CLOCK_TOLERANCE:
        raise ArchiveError(
            f"check: the clock says {shown_time(format_time(clock.now()))}, but a capture was made "
            f"at {shown_time(newest)}; set the machine's clock; nothing was checked"
        )


def known_source(folder: DataFolder, url: str) -> str:
    """The address under which a source is fetched.

    Raises:
        BadInputError: `url` is none, or no source of this archive.
    """
    folder.require()
    with closing(open_readonly(folder.database)) as db:
        return _source(db, url).cited_url


def _source(db: sqlite_utils.Database, url: str) -> JudgedSource:
    keys = [urls.source_key(url), urls.fetchable(url)]
    found = verdict_rows.source_named(db, keys)
    if found is None:
        raise BadInputError(
            f"check --source {url}: no report held cites it; capture it with isw-archive recrawl, "
            "or look it up in the table sources"
        )
    return found


def explained(folder: DataFolder, url: str) -> dict[str, Any]:
    """What is thought of a source, and why: its attempts, its verdicts with their rules, its copies
    elsewhere, and when it is due.

    Raises:
        BadInputError: As `known_source`.
    """
    folder.require()
    with closing(open_readonly(folder.database)) as db:
        source = _source(db, url)
        verdicts = verdict_rows.verdicts(db, source.id)
        return {
            "url": source.url,
            "cited_url": source.cited_url,
            **verdict_rows.standing(db, source.id),
            "attempts": [_attempt_told(one) for one in verdict_rows.attempts(db, source.id)],
            "verdicts": [{**one, "evidence": json.loads(one["evidence"])} for one in verdicts],
            "mementos": memento_rows.known(db, source.id),
        }


def _attempt_told(checked: Checked) -> dict[str, Any]:
    attempt = checked.attempt
    return {
        "capture_id": attempt.capture_id, "at": attempt.at, "outcome": str(attempt.outcome),
        "http_status": attempt.http_status, "url": attempt.url, "final_url": attempt.final_url,
        "rule": attempt.rule,
        "marker": attempt.marker, "drift": str(attempt.drift.drift) if attempt.drift else None,
        "distance": attempt.drift.distance if attempt.drift else None,
        "clock_skew_s": attempt.clock_skew_s,
    }  # fmt: skip


def _why_none(held: Sequence[Checked], status: str) -> str:
    """Why there are not two texts to compare, and which command says more."""
    if not held:
        return f"no capture of it has a text (status {status}); see check --source URL --explain"
    return (
        f"its text was captured once, on {_moment(held[0])}, and no capture after it has a text to "
        f"compare (status {status}); see check --source URL --explain"
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in a source's text.

    Attributes:
        lines: As `archive.show.text_diff.text_diff`; empty: the texts are equal.
        compared: Which texts these are, and what came later, for people.
    """

    lines: list[str]
    compared: str


def difference(folder: DataFolder, url: str) -> Difference:
    """What changed in a source's text between its first good capture and the newest one with a
    text.

    Raises:
        BadInputError: As `known_source`, or there are not two texts.
    """
    folder.require()
    with closing(open_readonly(folder.database)) as db:
        source = _source(db, url)
        all_of = verdict_rows.attempts(db, source.id)
        held = [one for one in all_of if one.text_id is not None]
        compared = [one for one in held if one.drift_from is not None]
        before = verdict_rows.reading(db, compared[-1].drift_from or 0) if compared else None
        now = verdict_rows.reading(db, compared[-1].text_id or 0) if compared else None
        status = verdict_rows.standing(db, source.id)["status"]
    if before is None or now is None:
        raise BadInputError(f"check --diff {url}: {_why_none(held, status)}")
    return Difference(text_diff(before, now), _compared(all_of, compared[-1], status))


def _compared(all_of: Sequence[Checked], newest: Checked, status: str) -> str:
    first = next((one for one in all_of if one.text_id == newest.drift_from), None)
    at = f" ({_moment(first)})" if first else ""
    told = f"its first text{at} beside its newest ({_moment(newest)})"
    later = sum(one.attempt.at > newest.attempt.at for one in all_of)
    if not later:
        return told
    none = f"{counted(later, 'captures after it')} {'has' if later == 1 else 'have'} no text"
    return f"{told}; {none} to compare (status {status})"


def _moment(one: Checked) -> str:
    return one.attempt.at[:16].replace("T", " ")
