"""The main job: capture reports that are new or due, then the sources that they cite, then other
archives' copies of lost sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive.model.vocabulary import RETRIEVED
from pipeline.run.job import NAMED, SpiderJob
from pipeline.run.jobs.crawl import job_of, run_spider

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.run.jobs.session import Session


NO_NETWORK = (
    "no network: none of the sites could be reached; check the connection or http_proxy/https_proxy"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `collect` was asked for; see its help."""

    series: str | None = None
    publisher: str | None = None
    since: str | None = None
    until: str | None = None
    report: str | None = None
    sources: bool = True


def collect(session: Session, wanted: Wanted, config: Path | None) -> None:
    """Discover and capture reports, then what they cite."""
    job = replace(
        job_of(session, config),
        series=wanted.series,
        publisher=wanted.publisher,
        since=wanted.since,
        until=wanted.until,
        urls=(wanted.report,) if wanted.report else (),
        reason=NAMED if wanted.report else None,
        discover=wanted.report is None,
        sources=wanted.sources,
    )
    _crawl(session, job)


def recrawl(
    session: Session,
    urls: tuple[str, ...],
    reason: str,
    config: Path | None,
    *,
    media: bool = False,
) -> bool:
    """Capture these addresses again, now, and with `media` what they show.

    Returns: False where it was ended before it was done.
    """
    job = replace(
        job_of(session, config),
        urls=urls,
        reason=f"recrawl: {reason}",
        discover=False,
    )
    done = _crawl(session, job)
    if done:
        browse(session, job)
    if done and media:
        result = run_spider(session, "sources", replace(job, media=True))
        done = result.finished and result.network and not result.stopped
        if done:
            fetch_videos(session, replace(job, media=True))
    return done


def capture_named(
    session: Session, urls: tuple[str, ...], reason: str, config: Path | None
) -> bool:
    """Capture what a document refers to, or what a list names. Other archives are asked only about
    what reports cite (`memento_rows.ASKABLE`).

    Returns: False where it was ended before it was done.
    """
    job = replace(
        job_of(session, config),
        urls=urls,
        reason=reason,
        discover=False,
    )
    return _crawl(session, job)


def _crawl(session: Session, job: SpiderJob) -> bool:
    """Run a spider. Returns whether it came to its end: the network worked, and nobody stopped
    it."""
    result = run_spider(session, "reports", job)
    if not result.network:
        session.problem(NO_NETWORK)
        return False
    if result.stopped:
        return False
    for url, outcome in result.reports.items() if job.reason == NAMED else ():
        if outcome not in RETRIEVED:
            session.problem(
                f"{url}: {outcome}; check the address and the connection "
                "(http_proxy/https_proxy), then run again"
            )
            return result.finished
    if job.sources and result.finished:
        _capture_cited(session, job)
    if job.discover:
        _warn_of_drops(session)
    return result.finished


def browse(session: Session, job: SpiderJob) -> None:
    """Look in a browser at pages of hosts that a rule names, after their plain captures."""
    if session.settings.browser_hosts:
        run_spider(session, "browser", job)


def fetch_videos(session: Session, job: SpiderJob) -> None:
    """Have yt-dlp fetch what only players have, on hosts that a rule names."""
    settings = session.settings
    if settings.ytdlp_hosts and settings.media == "videos":
        run_spider(session, "videos", job)


def _capture_cited(session: Session, job: SpiderJob) -> None:
    """Capture what the reports cite, and other archives' copies of what is lost."""
    result = run_spider(session, "sources", job)
    if not result.network:
        session.problem(NO_NETWORK)
    elif not result.stopped:
        browse(session, job)
        fetch_videos(session, job)
        if session.settings.wayback:
            run_spider(session, "mementos", job)


def _warn_of_drops(session: Session) -> None:
    """Report what needs a person: discovery steps that used to work, and reports with suddenly few
    notes."""
    from archive.db.database import open_readonly
    from archive.db.tables import step_rows
    from archive.show.alarms import sudden_drops

    db = open_readonly(session.folder.database)
    try:
        for site, step, detail in step_rows.dead_steps(db):
            session.problems.append(f"discovery {site} {step}: {detail}")  # said when it failed
        for text in sudden_drops(db):
            session.problem(text)
    finally:
        db.close()
