"""Running a spider: the events that it sends are counted, and told to the user."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archive.counted import counted
from archive.model.vocabulary import Outcome
from pipeline.run import preload_choice
from pipeline.run.job import SpiderJob
from pipeline.run.spider_events import (
    Captured,
    CitedLeft,
    CrawlEnded,
    LeftUnread,
    MementosAsked,
    OverBudget,
    PagesSubmitted,
    StepEnded,
    from_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pipeline.run.jobs.session import Session
    from pipeline.run.jobs.spider_process import SpiderProcess
    from pipeline.run.spider_events import Event

LOG_TAIL_LINES = 3

HOSTS_NAMED = 3
"""Of those that made a run wait; the table `captures` knows the others."""


@dataclass(slots=True)
class SpiderResult:
    """How a spider ended.

    Attributes:
        finished: It said so itself; False after a crash or a kill.
        network: False when no site could be reached at all.
        stopped: Something ended it that would end every other crawl, too; it was said.
        counts: Captures by outcome and the like.
        lost: Discovery steps that failed; said at the end, for without network the one line on that
            is enough.
        reports: Outcomes of the reports captured, by address.
    """

    finished: bool = False
    network: bool = True
    stopped: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    reports: dict[str, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)


def job_of(session: Session, config: Path | None) -> SpiderJob:
    """What every spider of a run is told in the same way: the archive, its configuration, and the
    run."""
    return SpiderJob(
        data=str(session.folder.root.absolute()),
        run=session.run,
        config=str(config.absolute()) if config else None,
    )


def run_spider(session: Session, name: str, job: SpiderJob) -> SpiderResult:
    """Run one spider to its end, in the session's process for spiders, and pass on what it tells.

    What a killed spider wrote without committing it is taken in before this returns.
    """
    work = session.folder.root / "runs"
    work.mkdir(exist_ok=True)
    told = work / f"{session.run}-{name}.json"
    job.write(told)
    result = SpiderResult()
    try:
        spiders = _begin(
            session, name, told, preload_choice.likely_preload(session.folder, name, job)
        )
        _follow(session, spiders, result)
    finally:
        told.unlink(missing_ok=True)
    for text in result.lost if result.network else ():
        session.say.failure(text)
    code = None
    if not (result.finished and spiders.free):
        session.crawling = None
        code = spiders.end()
    if not result.finished:
        session.problem(
            f"spider {name} ended with code {code} before it was done; "
            f"{spiders.log}: {_tail(spiders.log)}"
        )
        session.recover()
    return result


def _begin(session: Session, name: str, told: Path, preload: Sequence[str]) -> SpiderProcess:
    """Have the session's process begin to run the spider."""
    session.begin_crawling(name)
    assert session.crawling is not None
    session.crawling.run(name, told, preload)
    return session.crawling


def _follow(session: Session, spiders: SpiderProcess, result: SpiderResult) -> None:
    try:
        for line in spiders.lines():
            _on_line(session, result, line)
    except BaseException:
        session.crawling = None
        spiders.stop()
        raise


def _tail(log: Path) -> str:
    """The last of what a spider logged; nothing when it logged nothing."""
    if not log.exists():
        return ""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return " | ".join(lines[-LOG_TAIL_LINES:])


def _on_line(session: Session, result: SpiderResult, line: str) -> None:
    event = from_line(line)
    if event is None:
        session.say.line(line.rstrip())
    else:
        _HANDLERS[type(event)](session, result, event)


def _on_done(session: Session, result: SpiderResult, event: CrawlEnded) -> None:
    _on_left(session, event.left)
    result.finished = True
    result.network = event.network
    result.counts = event.counts
    if event.error:
        result.stopped = True
        session.problem(f"the crawl stopped: {event.error}")


def _on_unread(session: Session, result: SpiderResult, event: LeftUnread) -> None:
    session.left_unread(event.url)


def _on_left(session: Session, left: dict[str, int]) -> None:
    """Pages that were not asked for: no failure of the run, since they stay due."""
    if not left:
        return
    session.count("left for the next run", sum(left.values()))
    hosts = ", ".join(list(left)[:HOSTS_NAMED]) + (" and others" if len(left) > HOSTS_NAMED else "")
    session.say.failure(
        f"{counted(sum(left.values()), 'pages')} left for the next run: {hosts} asked us to wait, "
        "or did not answer"
    )


def _on_cited_left(session: Session, result: SpiderResult, event: CitedLeft) -> None:
    """Old reports that others cite, beyond what one run takes: no failure of the run, since they
    stay due."""
    named = ", ".join(event.urls) + (" and others" if event.count > len(event.urls) else "")
    session.count("cited reports left", event.count)
    waiting = counted(event.count, "older reports that others cite")
    session.say.line(f"{waiting} left for the next run (cited_reports_per_run): {named}")


def _on_over_budget(session: Session, result: SpiderResult, event: OverBudget) -> None:
    """Pages that a host's budget holds back: no failure of the run, since they stay due."""
    session.count("left for tomorrow", sum(event.left.values()))
    named = [f"{host} {count}" for host, count in list(event.left.items())[:HOSTS_NAMED]]
    hosts = ", ".join(named) + (" and others" if len(event.left) > HOSTS_NAMED else "")
    session.say.failure(
        f"{counted(sum(event.left.values()), 'pages')} left for tomorrow: {hosts}; each host has "
        f"{event.limit:,} bytes a day (max_bytes_per_host_per_day). The first is {event.first}; "
        "isw-archive recrawl takes what it is told"
    )


def _on_capture(session: Session, result: SpiderResult, event: Captured) -> None:
    if event.kind == "report":
        result.reports[event.url] = event.outcome
    session.count(f"{event.kind} {event.outcome}")
    done = sum(session.counts.values())
    session.say.progress(f"{counted(done, 'captures')}; {event.kind} {event.outcome} {event.url}")
    if event.kind == "report" and event.detail:
        # some details begin with the address themselves
        text = f"{event.url}: {event.detail.removeprefix(event.url + ': ')}"
        if event.outcome == Outcome.OK:
            session.problem(f"{text}; kept, but not read as a report")
        else:
            session.say.line(text)


def _on_discovery(session: Session, result: SpiderResult, event: StepEnded) -> None:
    text = f"discovery {event.site} {event.step}: {event.count} found"
    if event.ok:
        # that nothing changed is no sign that a step is broken
        session.say.line(f"{text}; {event.detail}" if event.detail else text)
    else:
        result.lost.append(f"{text}; {event.detail or 'failed'}")


def _on_mementos(session: Session, result: SpiderResult, event: MementosAsked) -> None:
    """What another archive answered: silence is no failure of the run, since it is asked again."""
    text = (
        f"another archive was asked about {counted(event.asked, 'sources')}: "
        f"{counted(event.held, 'copies')} kept here, {event.listed} only named, none of "
        f"{event.none}"
    )
    if event.detail:
        session.say.failure(f"{text}; left alone for this run: {event.detail}")
    elif event.asked:
        session.say.line(text)


def _on_submissions(session: Session, result: SpiderResult, event: PagesSubmitted) -> None:
    """What became of pages that were handed in: that the service is down is no failure of the run,
    since they are handed in another day; wrong keys need a person."""
    for name, number in (("saved", event.saved), ("failed", event.failed)):
        if number:
            session.count(f"submission {name}", number)
    text = (
        f"submissions: {counted(event.handed_in, 'pages')} handed in, {event.saved} saved, "
        f"{event.failed} not, {event.pending} under way"
    )
    if event.problem:
        session.problem(f"{text}; {event.detail}")
    elif event.detail:
        session.say.failure(f"{text}; {event.detail}")
    elif event.handed_in or event.saved or event.failed:
        session.say.line(text)


_HANDLERS: dict[type[Event], Callable[[Session, SpiderResult, Any], None]] = {
    Captured: _on_capture,
    LeftUnread: _on_unread,
    StepEnded: _on_discovery,
    MementosAsked: _on_mementos,
    PagesSubmitted: _on_submissions,
    CitedLeft: _on_cited_left,
    OverBudget: _on_over_budget,
    CrawlEnded: _on_done,
}
"""What is done on which event."""
