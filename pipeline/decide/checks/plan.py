"""Which of the checks that are due are made now: within the day's budget, most overdue first, hosts
that are down left alone. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.model.times import parse_time
from archive.model.vocabulary import HOST_DOWN, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

DOWN_SOURCES = 2
"""A host is known to be down when so many of its sources, the newest checked, failed in a row."""

CANARY_SHARE = 4
CANARY_LEAST = timedelta(hours=20)
CANARY_MOST = timedelta(days=7)
"""One source of a host that is down is tried after a quarter of the time it has been down, between
daily and weekly."""

_SUSPECT_FIRST = 4.0
"""A check that may decide over death counts as so many times as overdue as one that most likely
finds all well."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that was tried before; times ISO 8601 UTC."""

    source_id: int
    cited_url: str
    host: str
    domain: str
    due_at: str
    last_at: str
    status: str


@dataclass(frozen=True, slots=True)
class Budget:
    """Checks that may still be made today.

    Attributes:
        total: In all.
        per_host: Of one registered domain.
        spent: Made today already, by registered domain.
    """

    total: int
    per_host: int
    spent: Mapping[str, int]


def plan(
    due: Iterable[Candidate], down: Mapping[str, tuple[str, str]], budget: Budget, now: datetime
) -> list[Candidate]:
    """The checks to make now, in their order.

    Args:
        due: Sources whose time has come.
        down: From `down_hosts`.
        budget: Of the day.
        now: The moment of planning.
    """
    left = budget.total - sum(budget.spent.values())
    hosts = Counter(budget.spent)
    chosen: list[Candidate] = []
    canaries: set[str] = set()
    for candidate in sorted(due, key=lambda one: (-_urgency(one, now), one.source_id)):
        if len(chosen) >= left:
            break
        if hosts[candidate.domain] >= budget.per_host:
            continue
        if candidate.host in down:
            if candidate.host in canaries or not _canary_is_due(*down[candidate.host], now):
                continue
            canaries.add(candidate.host)
        hosts[candidate.domain] += 1
        chosen.append(candidate)
    return chosen


def down_hosts(newest_first: Sequence[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    """Hosts known to be down.

    Args:
        newest_first: Host, last outcome and its time of sources of late, newest first; of each host
            at least as far back as its newest that did not fail.

    Returns:
        For each host: since when its sources failed in a row, and when one was tried last.
    """
    streaks: dict[str, list[str]] = defaultdict(list)
    ended: set[str] = set()
    for host, outcome, at in newest_first:
        if host in ended:
            continue
        if outcome in HOST_DOWN:
            streaks[host].append(at)
        else:
            ended.add(host)
    return {
        host: (times[-1], times[0]) for host, times in streaks.items() if len(times) >= DOWN_SOURCES
    }


def _canary_is_due(since: str, last: str, now: datetime) -> bool:
    gap = (parse_time(last) - parse_time(since)) / CANARY_SHARE
    return now - parse_time(last) >= max(CANARY_LEAST, min(gap, CANARY_MOST))


def _urgency(candidate: Candidate, now: datetime) -> float:
    """How late, as a share of the wait it was given; grows without bound, so that none is passed
    over for ever."""
    due = parse_time(candidate.due_at)
    wait = max((due - parse_time(candidate.last_at)).total_seconds(), 3600.0)
    late = (now - due).total_seconds() / wait
    return late * _SUSPECT_FIRST + 1 if candidate.status == Status.SUSPECT else late
