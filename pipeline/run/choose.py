"""Choosing what to check: what is due is read, the checks are planned, and targets are made of the
plan; also which further pages a host is asked for."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from archive.db.tables import check_rows
from archive.model.fetch import Target
from archive.model.past import EARLY
from archive.model.times import format_time
from archive.model.vocabulary import Kind
from pipeline.decide import host_questions
from pipeline.decide.checks.early import SHARE, USE, Young, look_due, plan_early
from pipeline.decide.checks.plan import Budget, Candidate, down_hosts, plan
from pipeline.read.platforms.registry import early_looks
from pipeline.run.targets import target_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import sqlite_utils

    from archive.config import Settings
    from archive.db.held import HeldInDatabase

LATELY = timedelta(days=60)
"""How far back a host's failures are looked for; every source of a host that is not dead is tried
in that time."""

UNBOUNDED = 10**9


def targets_to_check(
    db: sqlite_utils.Database,
    now: datetime,
    settings: Settings,
    *,
    limit: int | None,
    all_due: bool,
    under_way: Mapping[str, str] = MappingProxyType({}),
) -> list[Target]:
    """The checks to make now.

    Args:
        db: The archive.
        now: The moment of planning.
        settings: Give the day's budget.
        limit: At most so many.
        all_due: Without the day's budget.
        under_way: Addresses that others are asked to check already, with their domains: they are
            not chosen again, and count in the day's budget.
    """
    rows = [Candidate(*row) for row in check_rows.due(db, format_time(now))]
    due = [one for one in rows if one.cited_url not in under_way]
    down = down_hosts(check_rows.failing_lately(db, format_time(now - LATELY)))
    if all_due:
        budget = Budget(UNBOUNDED, UNBOUNDED, {})
    else:
        spent = Counter(check_rows.spent(db, format_time(now)[:10]))
        spent.update(under_way.values())
        budget = Budget(settings.checks_per_day, settings.checks_per_host_per_day, spent)
    chosen = plan(due, down, budget, now)[:limit]
    return [target_for(db, one.cited_url, Kind.SOURCE, check_rows.REASON) for one in chosen]


def targets_to_look_at_early(
    db: sqlite_utils.Database, now: datetime, settings: Settings, *, limit: int | None
) -> list[Target]:
    """The early looks to make now, within their share of the day's budget.

    Args:
        db: The archive.
        now: The moment of planning.
        settings: Give the day's budget.
        limit: At most so many.
    """
    day = format_time(now)[:10]
    early = check_rows.spent(db, day, [EARLY])
    checks = sum(check_rows.spent(db, day).values()) - sum(early.values())
    budget = Budget(
        min(settings.checks_per_day // SHARE, settings.checks_per_day - checks),
        settings.checks_per_host_per_day // SHARE,
        early,
    )
    down = down_hosts(check_rows.failing_lately(db, format_time(now - LATELY)))
    chosen = plan_early(_young(db, now), early_looks(), down, budget, now)[:limit]
    return [target_for(db, one.source.cited_url, Kind.SOURCE, EARLY) for one in chosen]


def is_early_look_due(db: sqlite_utils.Database, now: datetime) -> bool:
    """Whether any early look is due, whatever the budget."""
    hours = early_looks()
    return any(look_due(one, hours[one.platform], now) for one in _young(db, now))


def _young(db: sqlite_utils.Database, now: datetime) -> list[Young]:
    since = format_time(now - USE)
    return [Young(*row) for row in check_rows.young(db, since, early_looks())]


def probe_for(held: HeldInDatabase, cited_url: str, token: str) -> Target | None:
    """See `pipeline.decide.host_questions.probe_for`."""
    return target_asked(held.db, host_questions.probe_for(held, cited_url, token))


def control_for(held: HeldInDatabase, cited_url: str) -> Target | None:
    """See `pipeline.decide.host_questions.control_for`."""
    return target_asked(held.db, host_questions.control_for(held, cited_url))


def target_asked(db: sqlite_utils.Database, asked: host_questions.Question | None) -> Target | None:
    """The target by which a question is asked; None for no question."""
    if asked is None:
        return None
    if asked.kind is Kind.SOURCE:
        return target_for(db, asked.url, Kind.SOURCE, check_rows.REASON)
    return Target(asked.url, Kind.PROBE, "probe", subject=asked.about)
