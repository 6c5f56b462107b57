"""`isw-archive plan`: what is due becomes jobs of the queue."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive import clock
from archive.db.database import open_readonly
from archive.db.held import HeldInDatabase
from archive.db.tables import check_rows, metric_rows
from archive.model.times import format_time
from archive.urls.normal import host, registered_domain
from pipeline.decide.batches import MOST, WITNESSES, batches, name_of, with_witnesses
from pipeline.decide.verdicts import CONTROL_HOLDS
from pipeline.run import choose
from pipeline.run.cluster.postgres import opened
from pipeline.run.cluster.questions import questions
from pipeline.run.jobs.check import mind_the_clock
from pipeline.run.targets import sources_waiting, with_previous

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    import sqlite_utils

    from archive.config import Settings
    from archive.folder import DataFolder
    from archive.model.fetch import Target
    from archive.model.understood import Processed
    from pipeline.decide.batches import Batch
    from pipeline.decide.host_questions import Question
    from pipeline.run.cluster.questions import QueuedQuestion
    from pipeline.run.cluster.queue import Job

DUE = 20_000
"""Targets of all jobs that wait: enough for five minutes of fifty workers, and 10 MB."""

AHEAD = 3
"""Jobs of one domain that may be about: one under way, one that waits, one that is over and to be
taken in. What they have waits in the archive, too; beyond it the next one's targets are found."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan did.

    Attributes:
        due: Targets that wait and that no job has, at most one job's of each domain that has no
            job waiting.
        jobs: New jobs.
        targets: In these.
        checks: Of them, sources that are looked at again.
        under_way: Targets of the jobs that were there.
        revived: Jobs put back, since their worker is gone.
        given_up: Jobs whose worker is gone, and that the next of their domain stands in for.
        stopped: Why nothing is planned, or None.
    """

    due: int
    jobs: int
    targets: int
    checks: int
    under_way: int
    revived: int
    given_up: int
    stopped: str | None = None


def plan(folder: DataFolder, settings: Settings, *, most: int = MOST) -> Planned:
    """Queue a job for each domain that has something due and no job waiting.

    The archive is only read, so this runs beside whoever writes it.

    Raises:
        ArchiveError: The queue does not answer.
        LockedError: Another plan is being made.
    """
    return asyncio.run(_plan(folder, settings, most))


async def _plan(folder: DataFolder, settings: Settings, most: int) -> Planned:
    mind_the_clock(folder)
    async with opened(settings.queue) as queue, queue.planning():
        back, given_up = await queue.revive()
        await queue.tidy()
        # before the archive is read: a job that is taken in meanwhile is then left out, not doubled
        jobs = await queue.jobs()
        resting, asked = await queue.resting(), await queue.asked()
        taken = {target.url for job in jobs for target in job.batch.targets}
        with closing(open_readonly(folder.database)) as db:
            today = metric_rows.bytes_by_url(db, clock.now())
            stopped = _over_budget(folder, settings, today)
            due = Due() if stopped else _due(db, settings, jobs, asked, AHEAD * most)
            spent = _by_name(today)
            waiting = {job.batch.domain for job in jobs if job.status == "todo"}
            queued = sum(len(job.batch.targets) for job in jobs if job.status == "todo")
            found = batches(due.targets, name_of, spent=spent, under_way=taken,
                without=resting | _full(settings, spent) | waiting, most=most)  # fmt: skip
            new = [_whole(db, batch) for batch in _first(found, queued)]
            new = with_witnesses(new, _answering(db, len(new), _busy(jobs)), name_of)
        added = [batch for batch in new if await queue.add(batch)]
        targets = [target for batch in added for target in batch.targets]
        await queue.note(due.asked({target.url for target in targets}))
        return Planned(
            due=sum(len(batch.targets) for batch in found),
            jobs=len(added),
            targets=len(targets),
            checks=sum(target.reason == check_rows.REASON for target in targets),
            under_way=len(taken),
            revived=back,
            given_up=given_up,
            stopped=stopped,
        )


@dataclass(frozen=True, slots=True)
class Due:
    """What waits, most urgent first.

    Attributes:
        targets: To be asked for.
        questions: Which of them are asked for the sake of a source that was checked, and which
            such sources have no question any more.
    """

    targets: tuple[Target, ...] = ()
    questions: tuple[QueuedQuestion, ...] = ()

    def asked(self, queued: Collection[str]) -> list[QueuedQuestion]:
        """The questions that are settled now."""
        return [one for one in self.questions if not one.url or one.url in queued]


def _first(found: Iterable[Batch], queued: int) -> Iterator[Batch]:
    """As many as there is room for, beside the targets that wait in jobs."""
    for batch in found:
        if queued >= DUE:
            return
        queued += len(batch.targets)
        yield batch


def _whole(db: sqlite_utils.Database, batch: Batch) -> Batch:
    """A batch with the previous state of each target."""
    return replace(batch, targets=tuple(with_previous(db, one) for one in batch.targets))


def _due(
    db: sqlite_utils.Database,
    settings: Settings,
    jobs: Iterable[Job],
    asked: Iterable[QueuedQuestion],
    turns: int,
) -> Due:
    """Questions first, for they make up verdicts; then checks, of which the day has so many; then
    what nobody has captured yet."""
    now = clock.now()
    under_way = [target for job in jobs for target in job.batch.targets]
    checks = {
        target.url: registered_domain(host(target.url))
        for target in under_way
        if target.reason == check_rows.REASON
    }
    found = _questions(db, asked, {target.url for target in under_way})
    wanted = [choose.target_asked(db, question) for _, question in found]
    due = choose.targets_to_check(db, now, settings, limit=None, all_due=False, under_way=checks)
    pending = sources_waiting(db, now, turns=turns, files=DUE)
    targets: dict[str, Target] = {}
    for target in (*filter(None, wanted), *due, *pending):
        targets.setdefault(target.url, target)
    return Due(tuple(targets.values()), tuple(one for one, _ in found))


def _questions(
    db: sqlite_utils.Database, asked: Iterable[QueuedQuestion], under_way: Collection[str]
) -> list[tuple[QueuedQuestion, Question | None]]:
    since = format_time(clock.now() - CONTROL_HOLDS)
    held = HeldInDatabase(db, _not_read)
    return list(questions(held, check_rows.checked(db, since), asked, under_way))


def _not_read(capture: int) -> Processed:
    raise AssertionError(f"a question about sources read capture {capture}")


def _busy(jobs: Iterable[Job]) -> set[str]:
    """Domains that jobs ask, for their pages or about their network."""
    hosts = (name for job in jobs for name in job.batch.witnesses)
    return {*(job.batch.domain for job in jobs), *(name_of(f"https://{name}/") for name in hosts)}


def _answering(db: sqlite_utils.Database, jobs: int, busy: set[str]) -> list[str]:
    """Hosts that may be asked about the workers' network, of no domain that a job asks."""
    hosts = check_rows.answering_hosts(db, WITNESSES * (jobs + len(busy)))
    return [name for name in hosts if name_of(f"https://{name}/") not in busy]


def _by_name(today: Iterable[tuple[str, int]]) -> Counter[str]:
    """Bytes of today by domain."""
    spent: Counter[str] = Counter()
    for url, size in today:
        spent[name_of(url)] += size
    return spent


def _full(settings: Settings, spent: Mapping[str, int]) -> set[str]:
    """Domains that have used up their day."""
    limit = settings.max_bytes_per_host_per_day
    return {name for name, size in spent.items() if 0 < limit <= size}


def _over_budget(
    folder: DataFolder, settings: Settings, today: Iterable[tuple[str, int]]
) -> str | None:
    """Which budget of the whole archive is spent; what is under way may still go beyond it."""
    held = sum(path.stat().st_size for path in folder.warc_files())
    if 0 < settings.max_bytes_in_all <= held:
        return f"the budget of {settings.max_bytes_in_all:,} bytes (max_bytes_in_all) is spent"
    if 0 < settings.max_bytes_per_day <= sum(size for _, size in today):
        return f"the day's budget of {settings.max_bytes_per_day:,} bytes is spent"
    return None
