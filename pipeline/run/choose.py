"""Reads what is due, plans, and makes targets of it; and tells which host to probe."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.db import check_queries, host_queries, verdict_queries
from archive.model.fetch import Target
from archive.model.times import format_time, parse_time
from archive.model.vocabulary import Kind
from archive.urls import normal as urls
from pipeline.decide.checks.plan import Budget, Candidate, down_hosts, plan
from pipeline.decide.judging import SITES
from pipeline.decide.verdicts import CONTROL_HOLDS, front_page, probe_place, sibling, wants_probe
from pipeline.run.targets import target_for

if TYPE_CHECKING:
    from datetime import datetime

    import sqlite_utils

    from archive.config import Settings
    from archive.model.past import Checked
    from archive.model.rot import Attempt

LATELY = timedelta(days=60)
"""How far back a host's failures are looked for; every source of a host that is not dead is tried in that time."""

UNBOUNDED = 10**9


def targets_to_check(
    db: sqlite_utils.Database,
    now: datetime,
    settings: Settings,
    *,
    limit: int | None,
    all_due: bool,
) -> list[Target]:
    """The checks to make now.

    Args:
        db: The archive.
        now: The moment of planning.
        settings: Give the day's budget.
        limit: At most so many.
        all_due: Without the day's budget.
    """
    due = [Candidate(*row) for row in check_queries.due(db, format_time(now))]
    down = down_hosts(check_queries.lately(db, format_time(now - LATELY)))
    if all_due:
        budget = Budget(UNBOUNDED, UNBOUNDED, {})
    else:
        spent = check_queries.spent(db, format_time(now)[:10])
        budget = Budget(settings.checks_per_day, settings.checks_per_host_per_day, spent)
    chosen = plan(due, down, budget, now)[:limit]
    return [target_for(db, one.cited_url, Kind.SOURCE, check_queries.REASON) for one in chosen]


def probe_for(db: sqlite_utils.Database, cited_url: str, token: str) -> Target | None:
    """The probe that could change what is thought of a source's newest capture; None when none could.

    Args:
        db: The archive.
        cited_url: The source as fetched.
        token: Random letters that no address has.
    """
    source = verdict_queries.source(db, urls.stable_id(urls.source_key(cited_url)))
    if source is None or source.platform not in SITES:
        return None
    checked = verdict_queries.attempts(db, source.id)
    probes = [p for p, _ in verdict_queries.probes(db, probe_place(source.cited_url))]
    attempts = [_counted(db, one) for one in (checked[0], *checked[1:][-1:])]
    middle = [one.attempt for one in checked[1:-1]]
    if not wants_probe(source.cited_url, [attempts[0], *middle, *attempts[1:]], probes):
        return None
    url = sibling(source.cited_url, token)
    return Target(url, Kind.PROBE, "probe", subject=source.cited_url)


def control_for(db: sqlite_utils.Database, cited_url: str) -> Target | None:
    """A page that tells whether a source's host shows everybody what it showed here; None where that is known, or no matter.

    Another page of the host that is known to be good, looked at before its time; where none is, the host's front page.
    """
    source = verdict_queries.source(db, urls.stable_id(urls.source_key(cited_url)))
    if source is None or source.platform not in SITES:
        return None
    at = host_queries.unproved_since(db, source.id)
    if at is None:
        return None
    front = front_page(source.cited_url)
    if host_queries.asked_front(db, front, at, CONTROL_HOLDS):
        return None
    known = host_queries.known_good(db, source, format_time(parse_time(at) - CONTROL_HOLDS))
    if known is not None:
        return target_for(db, known, Kind.SOURCE, check_queries.REASON)
    return Target(front, Kind.PROBE, "probe", subject=source.cited_url)


def _counted(db: sqlite_utils.Database, checked: Checked) -> Attempt:
    said = None if checked.text_id is None else verdict_queries.reading(db, checked.text_id)
    return replace(checked.attempt, words=len(said.text.split()) if said else 0)
