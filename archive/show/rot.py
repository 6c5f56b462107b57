"""Figures of link rot and content drift, by what cites the sources and by where they are.

What is counted, and from when to when:

- A life begins when the source was first seen: before that nobody looked, and what died then would
  not be known to have lived. Or it begins when it was cited; then it counts among those at risk
  only from its first sight on (left truncation).
- Rot: it ends with the first of the failing checks that proved it dead (`verdicts.since`); the true
  moment lies between the last time it was seen and that check, `Figures.gap` says how far apart
  these are. What came back is not dead.
- Drift: it ends with the first verdict `drifted`. Only sources whose text could be compared are in
  it.
- Reference rot: it ends with either. A source without a text to compare is in it, too, and can only
  die.
- Whatever has not ended is censored when it was last seen, not when it was last tried: a wall, a
  refusal or a failure of the network tells nothing. For drift, death censors.
- Dead whenever it was tried (dead on arrival): an end at day 0 of rot, counted apart as well, not
  in drift. Of lives that begin with the citation it is in no curve, since when it died cannot be
  told.
- Never seen and not dead (blocked, refused, suspect, never tried): in no curve; counted as untold.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median as middle
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from archive.db.schema.counts import SEEING
from archive.errors import BadInputError
from archive.model.vocabulary import Status
from archive.show.survival import Estimate, Life, Step, curve, median, share_after

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

HORIZONS = (30, 90, 180, 365)
"""Days after which the share that is left is told."""
DAY_S = 86_400
ALL = "all"
UNDATED = "undated"


class Measure(StrEnum):
    """What ends a source's life."""

    ROT = "rot"
    DRIFT = "drift"
    REFERENCE = "reference-rot"
    """Either (Klein et al. 2014)."""


class From(StrEnum):
    """When a source's life begins."""

    SEEN = "first-seen"
    CITED = "citation"


class By(StrEnum):
    """What sources are grouped by."""

    REPORT = "report"
    SERIES = "series"
    PLATFORM = "platform"
    HOST = "host"
    YEAR = "year"
    """Of the first citation."""


class Connection(Protocol):
    """A connection to an archive: of `sqlite3`, as datasette has it, or of `sqlite_utils`."""

    def execute(self, sql: str, parameters: Any = ..., /) -> sqlite3.Cursor:
        """Run a statement."""


@dataclass(slots=True)
class Followed:
    """What is known of one source; times are seconds since 1970."""

    first_seen: int | None = None
    last_seen: int | None = None
    died: int | None = None
    drifted: int | None = None
    compared: bool = False


class Cited(NamedTuple):
    """A source, and a report that cites it; there may be half a million of them."""

    source_id: int
    platform: str
    host: str
    report: str
    series: str
    date: str | None
    at: int | None
    """Seconds since 1970 of the report's date; without one, of the first capture that showed that
    anybody cites it."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Rot or drift of one group of sources.

    Attributes:
        sources: All in the group, each once.
        told: Of these, seen at least once, or dead.
        untold: Of these, not: whether they last cannot be told.
        ended: Dead, or drifted.
        on_arrival: Of the ended: dead whenever tried.
        share: Not ended, of those told; each source counts once. None when nothing is told.
        cited_share: The same, each source counting once for each report that cites it.
        gap: Of the dead that were seen before: median days between their last sight and the first
            check that failed.
        half_life: Days until half have ended.
        followed: Days that the longest life was followed; past them no curve goes.
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
    gap: float | None
    half_life: Estimate
    followed: float | None
    after: dict[int, Estimate]
    curve: tuple[Step, ...]


COUNTED: dict[Measure, str] = {
    Measure.ROT: (
        "Cited sources that could be seen or were proved dead; days from when each was first seen "
        "to the first of the checks that proved it dead; those not dead are censored when last "
        "seen; dead whenever tried: day 0."
    ),
    Measure.DRIFT: (
        "Cited sources whose text could be compared; days from when each was first seen to the "
        "first check that found another text; the others, and the dead, are censored when last "
        "seen."
    ),
    Measure.REFERENCE: (
        "Cited sources that could be seen or were proved dead; days from when each was first seen "
        "to the first check that proved it dead or found another text, whichever came first; the "
        "others are censored when last seen. A source without a text to compare can only die."
    ),
}
FROM_CITATION = (
    "Days from the citing report's date on, not from the first sight; a source counts among those "
    "at risk only from its first sight on, and what was dead whenever tried is in no curve."
)
ENDED = {Measure.ROT: "dead", Measure.DRIFT: "drifted", Measure.REFERENCE: "rotten"}
_VERDICTS = """
SELECT source_id, strftime('%s', decided_at) + 0, status, rule, drift, strftime('%s', since) + 0
FROM verdicts ORDER BY source_id, decided_at, capture_id
"""

# Only changes are kept as verdicts: a capture is judged like the one before it until the next
# verdict.
_LAST_SEEN = """
WITH told AS (
    SELECT source_id, decided_at, rule, lead(decided_at) OVER (
        PARTITION BY source_id ORDER BY decided_at, capture_id) AS until
    FROM verdicts)
SELECT told.source_id, strftime('%s', max(coalesce(captures.captured_at, told.decided_at))) + 0
FROM told LEFT JOIN captures
    ON captures.source_id = told.source_id AND captures.via != 'wayback'
    AND captures.captured_at >= told.decided_at
    AND (told.until IS NULL OR captures.captured_at < told.until)
WHERE told.rule IN (SELECT value FROM json_each(?))
GROUP BY told.source_id
"""

_CITED = """
SELECT DISTINCT sources.id, sources.platform, sources.host, reports.id, reports.series,
    reports.report_date,
       strftime('%s', coalesce(reports.report_date, sources.first_cited_at)) + 0
FROM citations
JOIN sources ON sources.id = citations.source_id
JOIN versions ON versions.id = citations.version_id
JOIN publications ON publications.id = versions.publication_id
JOIN reports ON reports.id = publications.report_id
WHERE :since IS NULL OR reports.report_date >= :since
"""


_STATE = """
SELECT (SELECT max(id) FROM captures), (SELECT max(rowid) FROM verdicts), (SELECT count(*) FROM
    versions)
"""


def state(connection: sqlite3.Connection) -> tuple[Any, ...]:
    """What stays equal as long as the figures do."""
    return tuple(connection.execute(_STATE).fetchone())


def figures(
    db: Connection,
    kind: Measure = Measure.ROT,
    by: By | None = None,
    *,
    since: str | None = None,
    least: int = 1,
    start: From = From.SEEN,
) -> list[Figures]:
    """The figures of all cited sources, then of each group, the largest first.

    Args:
        db: An archive.
        kind: What ends a life.
        by: None: no groups.
        since: Only citations by reports dated from this day on (YYYY-MM-DD).
        least: Leave out groups with fewer sources.
        start: When a life begins.

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
    found = [_figures(name, kind, start, rows, known) for name, rows in groups.items()]
    kept = [one for one in found if one.sources >= least]
    kept.sort(key=lambda one: (-one.sources, one.group))
    return [_figures(ALL, kind, start, citations, known), *kept]


def followed(db: Connection) -> dict[int, Followed]:
    """What the verdicts say of each source that has one."""
    known: dict[int, Followed] = defaultdict(Followed)
    for source, at, status, rule, drift, since in db.execute(_VERDICTS).fetchall():
        one = known[source]
        one.died = (at if since is None else since) if status == Status.DEAD else None
        one.compared = one.compared or drift is not None
        if rule in SEEING:
            one.first_seen = at if one.first_seen is None else one.first_seen
        if status == Status.DRIFTED and one.drifted is None:
            one.drifted = at
    for source, at in db.execute(_LAST_SEEN, [json.dumps(SEEING)]).fetchall():
        known[source].last_seen = at
    return dict(known)


def is_told(kind: Measure, one: Followed) -> bool:
    """Whether it can be told how long a source lasts."""
    seen = one.first_seen is not None and one.last_seen is not None
    return seen and one.compared if kind is Measure.DRIFT else seen or one.died is not None


def end_of(kind: Measure, one: Followed) -> int | None:
    """When a source's life ended, in seconds since 1970; None while it has not."""
    drifted = None if kind is Measure.ROT else one.drifted
    died = None if kind is Measure.DRIFT else one.died
    return min((at for at in (drifted, died) if at is not None), default=None)


def life(kind: Measure, one: Followed, cited: int | None = None) -> Life | None:
    """How long a source was followed; None when that cannot be told.

    Args:
        kind: What ends it.
        one: What is known of it.
        cited: When it was cited (seconds since 1970), where its life begins then; else it begins
            with its first sight.
    """
    if not is_told(kind, one):
        return None
    if one.first_seen is None or one.last_seen is None:
        return Life(0.0, ended=True) if cited is None else None
    end = end_of(kind, one)
    begun = one.first_seen if cited is None else cited
    days = _days(begun, one.last_seen if end is None else end)
    if days < 0:  # all that is known of it was before it was cited
        return None
    return Life(
        days, ended=end is not None, entry=min(max(0.0, _days(begun, one.first_seen)), days)
    )


def _days(start: int, end: int) -> float:
    return (end - start) / DAY_S


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
    gaps: list[float] = field(default_factory=list)
    told: int = 0
    ended: int = 0
    arrivals: int = 0
    cited: int = 0
    cited_left: int = 0


@dataclass(slots=True)
class _Citing:
    """Of one source in a group: how many reports cite it, and when the first of them did."""

    reports: int = 0
    begun: int | None = None


def _citing(rows: Iterable[Cited]) -> dict[int, _Citing]:
    found: dict[int, _Citing] = defaultdict(_Citing)
    for row in rows:
        one = found[row.source_id]
        one.reports += 1
        if row.at is not None:
            one.begun = row.at if one.begun is None else min(one.begun, row.at)
    return found


def _tally(
    kind: Measure, start: From, citing: Mapping[int, _Citing], known: Mapping[int, Followed]
) -> _Tally:
    tally = _Tally()
    for source, citations in citing.items():
        one = known.get(source)
        if one is None or not is_told(kind, one):
            continue
        ended = end_of(kind, one) is not None
        tally.told += 1
        tally.ended += ended
        tally.arrivals += one.first_seen is None
        tally.cited += citations.reports
        tally.cited_left += 0 if ended else citations.reports
        if one.died is not None and one.last_seen is not None and kind is not Measure.DRIFT:
            tally.gaps.append(max(0.0, _days(one.last_seen, one.died)))
        lived = life(kind, one, citations.begun if start is From.CITED else None)
        if lived is not None:
            tally.lives.append(lived)
    return tally


def _figures(
    name: str, kind: Measure, start: From, rows: list[Cited], known: Mapping[int, Followed]
) -> Figures:
    citing = _citing(rows)
    tally = _tally(kind, start, citing, known)
    steps = curve(tally.lives)
    return Figures(
        group=name,
        sources=len(citing),
        told=tally.told,
        untold=len(citing) - tally.told,
        ended=tally.ended,
        on_arrival=tally.arrivals,
        share=(tally.told - tally.ended) / tally.told if tally.told else None,
        cited_share=tally.cited_left / tally.cited if tally.cited else None,
        gap=middle(tally.gaps) if tally.gaps else None,
        half_life=median(steps),
        followed=steps[-1].days if steps else None,
        after={days: share_after(steps, days) for days in HORIZONS},
        curve=steps,
    )


def half_life_told(one: Figures) -> str | None:
    """Days with their interval.

    Where the curve stays above a half, only that it is longer than anything was followed.
    """
    days = one.half_life
    if one.followed is None:
        return None
    value = f"over {one.followed:.0f}" if days.value is None else f"{days.value:.0f}"
    if days.low is None:
        return value
    return f"{value} ({days.low:.0f}-{'' if days.high is None else f'{days.high:.0f}'})"
