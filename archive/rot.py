"""Figures of link rot and content drift, by what cites the sources and by where they are.

What is counted, and from when to when:

- A life begins when the source was first seen, not when it was cited: before that nobody looked.
- Rot: it ends with the first of the failing checks that proved it dead (`verdicts.since`); the true moment lies between
  the last time it was seen and that check. What came back is not dead.
- Drift: it ends with the first verdict `drifted`. Only sources whose text could be compared are in it.
- Whatever has not ended is censored when it was last seen, not when it was last tried: a wall, a refusal or a failure of
  the network tells nothing. For drift, death censors.
- Dead whenever it was tried (dead on arrival): an end at day 0 of rot, counted apart as well, not in drift.
- Never seen and not dead (blocked, refused, suspect, never tried): in no curve; counted as untold.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from archive.errors import BadInputError
from archive.judging import Status
from archive.records import parse_time
from archive.survival import Estimate, Life, Step, curve, median, share_after

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlite_utils

HORIZONS = (30, 90, 180, 365)
"""Days after which the share that is left is told."""
DAY_S = 86_400
ALL = "all"
UNDATED = "undated"
SEEING = ("there", "came-back", "moved", "drifted")
"""Rules of verdicts by which a source was seen (`pipeline.verdicts.RULES`); all others are absence or no proof."""


class Kind(StrEnum):
    """What ends a source's life."""

    ROT = "rot"
    DRIFT = "drift"


class By(StrEnum):
    """What sources are grouped by."""

    REPORT = "report"
    SERIES = "series"
    PLATFORM = "platform"
    HOST = "host"
    YEAR = "year"
    """Of the first citation."""


@dataclass(slots=True)
class Followed:
    """What is known of one source; times are ISO 8601 UTC."""

    first_seen: str | None = None
    last_seen: str | None = None
    died: str | None = None
    drifted: str | None = None
    compared: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """A source, and a report that cites it."""

    source_id: int
    platform: str
    host: str
    report: str
    series: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Rot or drift of one group of sources.

    Attributes:
        sources: All in the group, each once.
        told: Of these, in the curve.
        untold: Of these, not in it: whether they last cannot be told.
        ended: Dead, or drifted.
        on_arrival: Of the ended: dead whenever tried.
        share: Not ended, of those told; each source counts once. None when nothing is told.
        cited_share: The same, each source counting once for each report that cites it.
        half_life: Days until half have ended.
        after: Share left after 30, 90, 180, 365 days.
    """

    group: str
    sources: int
    told: int
    untold: int
    ended: int
    on_arrival: int
    share: float | None
    cited_share: float | None
    half_life: Estimate
    after: dict[int, Estimate]
    curve: tuple[Step, ...]


_VERDICTS = """
SELECT source_id, decided_at, status, rule, drift, since FROM verdicts ORDER BY source_id, decided_at, capture_id
"""

# Only changes are kept as verdicts: a capture is judged like the one before it until the next verdict.
_LAST_SEEN = """
WITH told AS (
    SELECT source_id, decided_at, rule, lead(decided_at) OVER (
        PARTITION BY source_id ORDER BY decided_at, capture_id) AS until
    FROM verdicts)
SELECT told.source_id, max(coalesce(captures.captured_at, told.decided_at))
FROM told LEFT JOIN captures
    ON captures.source_id = told.source_id AND captures.via != 'wayback'
    AND captures.captured_at >= told.decided_at
    AND (told.until IS NULL OR captures.captured_at < told.until)
WHERE told.rule IN (SELECT value FROM json_each(?))
GROUP BY told.source_id
"""

_CITED = """
SELECT DISTINCT sources.id, sources.platform, sources.host, reports.id, reports.series, reports.report_date
FROM citations
JOIN sources ON sources.id = citations.source_id
JOIN versions ON versions.id = citations.version_id
JOIN publications ON publications.id = versions.publication_id
JOIN reports ON reports.id = publications.report_id
WHERE :since IS NULL OR reports.report_date >= :since
ORDER BY sources.id, reports.id
"""


def figures(
    db: sqlite_utils.Database,
    kind: Kind = Kind.ROT,
    by: By | None = None,
    *,
    since: str | None = None,
    least: int = 1,
) -> list[Figures]:
    """The figures of all cited sources, then of each group, the largest first.

    Args:
        db: An archive.
        kind: What ends a life.
        by: None: no groups.
        since: Only citations by reports dated from this day on (YYYY-MM-DD).
        least: Leave out groups with fewer sources.

    Raises:
        BadInputError: If no source is cited (since that day).
    """
    citations = [Cited(*row) for row in db.execute(_CITED, {"since": since}).fetchall()]
    if not citations:
        when = f" by a report dated {since} or later" if since else ""
        raise BadInputError(
            f"report rot: no source is cited{when}; collect or import reports first"
        )
    known = followed(db)
    groups = _grouped(citations, by) if by else {}
    found = [_figures(name, kind, rows, known) for name, rows in groups.items()]
    kept = [one for one in found if one.sources >= least]
    kept.sort(key=lambda one: (-one.sources, one.group))
    return [_figures(ALL, kind, citations, known), *kept]


def followed(db: sqlite_utils.Database) -> dict[int, Followed]:
    """What the verdicts say of each source that has one."""
    known: dict[int, Followed] = defaultdict(Followed)
    for source, at, status, rule, drift, since in db.execute(_VERDICTS).fetchall():
        one = known[source]
        one.died = (since or at) if status == Status.DEAD else None
        one.compared = one.compared or drift is not None
        if rule in SEEING:
            one.first_seen = one.first_seen or at
        if status == Status.DRIFTED:
            one.drifted = one.drifted or at
    for source, at in db.execute(_LAST_SEEN, [json.dumps(SEEING)]).fetchall():
        known[source].last_seen = at
    return dict(known)


def life(kind: Kind, one: Followed) -> Life | None:
    """How long a source was followed; None when that cannot be told."""
    if one.first_seen is None or one.last_seen is None:
        return Life(0.0, ended=True) if kind is Kind.ROT and one.died else None
    if kind is Kind.DRIFT and not one.compared:
        return None
    end = one.died if kind is Kind.ROT else one.drifted
    return Life(_days(one.first_seen, end or one.last_seen), ended=end is not None)


def _days(start: str, end: str) -> float:
    passed = parse_time(end) - parse_time(start)
    return max(0.0, passed.total_seconds() / DAY_S)


def _grouped(citations: Iterable[Cited], by: By) -> dict[str, list[Cited]]:
    first: dict[int, str] = {}
    for row in citations:
        if row.date:
            first[row.source_id] = min(row.date, first.get(row.source_id, row.date))
    groups: dict[str, list[Cited]] = defaultdict(list)
    for row in citations:
        year = first.get(row.source_id, UNDATED)
        name = year.split("-")[0] if by is By.YEAR else str(getattr(row, by))
        groups[name].append(row)
    return groups


@dataclass(slots=True)
class _Tally:
    lives: list[Life] = field(default_factory=list)
    arrivals: int = 0
    cited: int = 0
    cited_left: int = 0


def _figures(name: str, kind: Kind, rows: list[Cited], known: dict[int, Followed]) -> Figures:
    reports: dict[int, int] = defaultdict(int)
    for row in rows:
        reports[row.source_id] += 1
    tally = _Tally()
    for source, weight in reports.items():
        one = known.get(source, Followed())
        lived = life(kind, one)
        if lived is None:
            continue
        tally.lives.append(lived)
        tally.arrivals += one.first_seen is None
        tally.cited += weight
        tally.cited_left += 0 if lived.ended else weight
    told, ended = len(tally.lives), sum(one.ended for one in tally.lives)
    steps = curve(tally.lives)
    return Figures(
        group=name,
        sources=len(reports),
        told=told,
        untold=len(reports) - told,
        ended=ended,
        on_arrival=tally.arrivals,
        share=(told - ended) / told if told else None,
        cited_share=tally.cited_left / tally.cited if tally.cited else None,
        half_life=median(steps),
        after={days: share_after(steps, days) for days in HORIZONS},
        curve=steps,
    )
