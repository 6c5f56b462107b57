"""Early looks: posts are looked at again within hours of their first capture, for most edits and
removals come early. Pure.

They come beside the checks that `schedule` plans: they move none of those, and what they find is
judged as any check is (a strike needs a day, so an early absence is no death).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.model.times import parse_time

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from pipeline.decide.checks.plan import Budget

USE = timedelta(hours=48)
"""The last look is worth something so long after the first capture; then ordinary checks come."""

MET_FROM = 0.75
"""What was captured for another reason after this share of a look's hours stands for it."""

SHARE = 2
"""One of so many of the day's checks may be an early look: young posts leave the old ones their
turn."""


@dataclass(frozen=True, slots=True)
class Young:
    """A source of a platform that is looked at early; times ISO 8601 UTC."""

    source_id: int
    cited_url: str
    host: str
    domain: str
    platform: str
    first_at: str
    last_at: str


@dataclass(frozen=True, slots=True)
class EarlyLook:
    """A look to make now.

    Attributes:
        hours: Which of the platform's.
        until: When it is of no more use: then the next one is due in its place.
    """

    source: Young
    hours: int
    until: datetime


def look_due(source: Young, hours: Iterable[int], now: datetime) -> EarlyLook | None:
    """The look that is due; None: none, or it was made.

    Only the newest whose time has come: what was missed before it is not made up.
    """
    first = parse_time(source.first_at)
    ordered = sorted(hours)
    ends = [*(first + timedelta(hours=later) for later in ordered[1:]), first + USE]
    for look, until in zip(ordered, ends, strict=False):
        if first + timedelta(hours=look) <= now < until:
            met = first + timedelta(hours=look) * MET_FROM
            return EarlyLook(source, look, until) if parse_time(source.last_at) < met else None
    return None


def plan_early(
    young: Iterable[Young],
    hours: Mapping[str, tuple[int, ...]],
    down: Collection[str],
    budget: Budget,
    now: datetime,
) -> list[EarlyLook]:
    """The early looks to make now, those that are soonest of no more use first.

    Args:
        young: Sources captured first within `USE`.
        hours: Of each platform that is looked at early.
        down: Hosts that are known to be down.
        budget: Of early looks, and how many were made today.
        now: The moment of planning.
    """
    due = [look_due(one, hours.get(one.platform, ()), now) for one in young if one.host not in down]
    left = budget.total - sum(budget.spent.values())
    domains = Counter(budget.spent)
    chosen: list[EarlyLook] = []
    for look in sorted(filter(None, due), key=lambda one: (one.until, one.source.source_id)):
        if len(chosen) >= left:
            break
        if domains[look.source.domain] < budget.per_host:
            domains[look.source.domain] += 1
            chosen.append(look)
    return chosen
