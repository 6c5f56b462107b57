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

from dataclasses import dataclass
from functools import partial
from statistics import median as middle
from typing import TYPE_CHECKING, Any

from archive.db.as_of import seen_as_of
from archive.db.schema.lasting import DAY_H
from archive.errors import BadInputError
from archive.show.lasting import MANY, Tally, first_groups, summed, tallies, tally
from archive.show.lives import ALL, APART, By, From, Measure, cells_of
from archive.show.survival import Estimate, Step, curve_of, median, share_after

if TYPE_CHECKING:
    import sqlite3
    from collections import Counter
    from collections.abc import Mapping

    from archive.db.as_of import Connection

HORIZONS = (30, 90, 180, 365)
"""Days after which the share that is left is told."""


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
BEGUN: dict[From, str] = {
    From.SEEN: (
        "Told to the hour for 30 days, then to the day by whose end a source had ended or was "
        "last seen."
    ),
    From.CITED: (
        "Days from the citing report's date on, not from the first sight, told to the hour for 30 "
        "days, then to the day by whose end a source was first seen, had ended or was last seen; "
        "a source counts among those at risk only from its first sight on, and what was dead "
        "whenever tried is in no curve."
    ),
}
"""What more is said of lives that begin so."""
ENDED = {Measure.ROT: "dead", Measure.DRIFT: "drifted", Measure.REFERENCE: "rotten"}
_STATE = """
SELECT (SELECT max(id) FROM main.captures), (SELECT max(rowid) FROM main.verdicts),
    (SELECT count(*) FROM main.versions)
"""


def state(connection: sqlite3.Connection) -> tuple[Any, ...]:
    """What stays equal as long as the figures do; first the moment as which the archive is seen."""
    return (seen_as_of(connection), *connection.execute(_STATE).fetchone())


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
    read = partial(tallies, db, kind, since=since, start=start)
    groups = read(by) if by else {}
    # of many groups it takes longer than to read what is counted of all
    is_counted = since is None and not seen_as_of(db)
    together = by in APART and not (by in MANY and is_counted)
    everything = summed(groups.values()) if together else read(None).get(ALL, Tally())
    if not everything.sources:
        when = f" by a report dated {since} or later" if since else ""
        raise BadInputError(
            f"report rot: no source is cited{when}; collect or import reports first"
        )
    kept = {name: group for name, group in groups.items() if group.sources >= least}
    return _in_order(kind, everything, kept)


def figures_of_first(
    db: Connection, kind: Measure, by: By, start: From, most: int, drawn: int | None = None
) -> tuple[list[Figures], int]:
    """As `figures`, where not all groups are shown; and how many are left out.

    Args:
        db: An archive.
        kind: What ends a life.
        by: What sources are grouped by.
        start: When a life begins.
        most: So many hosts, the largest, and so many reports, the newest; of others all groups.
        drawn: Behind so many no curve is drawn, and it has only the steps at which something ended,
            and the last. None: each has all.

    Raises:
        BadInputError: If no source is cited.
    """
    names, left_out = first_groups(db, by, most) if by in MANY else (None, 0)
    read = partial(tallies, db, kind, since=None, start=start)
    # as of a day all are read once, whatever is shown
    if by in APART and (names is None or seen_as_of(db)):
        groups = read(by)
        everything = summed(groups.values())
        groups = groups if names is None else {name: groups[name] for name in names}
    else:
        everything, groups = read(None).get(ALL, Tally()), read(by, names=names)
    if not everything.sources:
        raise BadInputError("report rot: no source is cited; collect or import reports first")
    return _in_order(kind, everything, groups, drawn), left_out


def _in_order(
    kind: Measure, everything: Tally, groups: Mapping[str, Tally], drawn: int | None = None
) -> list[Figures]:
    """All sources, then the groups, the largest first."""
    kept = sorted(groups.items(), key=lambda one: (-one[1].sources, one[0]))
    return [
        _figures(name, kind, group, level=drawn is None or place < drawn)
        for place, (name, group) in enumerate(((ALL, everything), *kept))
    ]


def figures_of(
    db: Connection, name: str, where: str, values: Mapping[str, Any], kind: Measure = Measure.ROT
) -> Figures:
    """The figures of some of the cited sources, as those of an account or a host.

    Args:
        db: An archive.
        name: What they are called.
        where: Which, as a condition of ours on `sources`.
        values: Of its parameters.
        kind: What ends a life.
    """
    return _figures(name, kind, tally(kind, From.SEEN, cells_of(db, where, values)))


def _figures(name: str, kind: Measure, group: Tally, *, level: bool = True) -> Figures:
    steps = curve_of(group.lives, level=level)
    return Figures(
        group=name,
        sources=group.sources,
        told=group.told,
        untold=group.sources - group.told,
        ended=group.told - group.lasting,
        on_arrival=group.on_arrival,
        share=group.lasting / group.told if group.told else None,
        cited_share=group.cited_lasting / group.cited if group.cited else None,
        gap=None if kind is Measure.DRIFT else _gap(group.gaps),
        half_life=median(steps),
        followed=steps[-1].days if steps else None,
        after={days: share_after(steps, days) for days in HORIZONS},
        curve=steps,
    )


def _gap(gaps: Counter[int]) -> float | None:
    return middle(gaps.elements()) / DAY_H if gaps else None


def half_life_told(one: Figures, *, words: bool = False) -> str | None:
    """Days with their interval.

    Where the curve stays above a half, only that it is longer than anything was followed.

    Args:
        one: Of a group.
        words: With its unit, and with what the interval is; else a heading says both.
    """
    days = one.half_life
    if one.followed is None or (days.value is None and one.followed < 1):
        return None  # longer than no day at all says nothing
    value = f"over {one.followed:.0f}" if days.value is None else f"{days.value:.0f}"
    value, interval = (f"{value} days", "95 % interval: ") if words else (value, "")
    if days.low is None:
        return value
    if days.high is None:
        return f"{value} ({interval}from {days.low:.0f})"
    return f"{value} ({interval}{days.low:.0f}-{days.high:.0f})"
