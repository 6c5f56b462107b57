"""What the lives of a group of sources come to: how many were followed so long, and how many of
these ended. Of all sources it is counted as they change; of others it follows from their cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from archive.db.schema.lasting import in_grain
from archive.db.schema.million import NEVER
from archive.show.lives import (
    ALL,
    AT_ONCE,
    By,
    From,
    Measure,
    cells,
    end_of,
    followed,
    is_told,
    seen_for,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.db.as_of import Connection
    from archive.show.lives import Cell
    from archive.show.survival import Followed


@dataclass(slots=True)
class Tally:
    """What a group comes to, each source looked at once.

    Attributes:
        sources: All of them.
        told: Those of which it can be told how long they last; `lasting` of these have not ended.
        on_arrival: Of those told, never seen.
        cited: Citations of those told; `cited_lasting` of those that have not ended.
        gaps: Hours from the last sight to the first check that failed, and of how many.
        lives: How many were followed so: days, whether it ended, entry.
    """

    sources: int = 0
    told: int = 0
    lasting: int = 0
    on_arrival: int = 0
    cited: int = 0
    cited_lasting: int = 0
    gaps: Counter[int] = field(default_factory=Counter)
    lives: Counter[Followed] = field(default_factory=Counter)

    def add(self, sources: int, citations: int, *, ended: bool, seen: bool) -> None:
        """Count sources of which it can be told how long they last."""
        self.told += sources
        self.cited += citations
        if not ended:
            self.lasting += sources
            self.cited_lasting += citations
        if not seen:
            self.on_arrival += sources


# Read where every citation counts and lives begin at the first sight.
_COUNTED_BY = {None: f"'{ALL}'", By.PLATFORM: "platform", By.YEAR: "year"}
_END = {
    Measure.ROT: "died",
    Measure.DRIFT: "drifted",
    Measure.REFERENCE: "coalesce(min(died, drifted), died, drifted)",
}
_TOLD = {
    Measure.ROT: "last IS NOT NULL OR died IS NOT NULL",
    Measure.DRIFT: "last IS NOT NULL AND compared",
    Measure.REFERENCE: "last IS NOT NULL OR died IS NOT NULL",
}
# Put together here, where it costs least, in the grain of `seen_for`.
_LIVES = f"""
SELECT name, told, ended, seen,
    {in_grain("hours")} AS hours, sum(sources), sum(reports)
FROM (
    SELECT name, {{is_told}} AS told, {{end}} IS NOT NULL AS ended, last IS NOT NULL AS seen,
        coalesce({{end}}, last) AS hours, sources, reports
    FROM (
        SELECT {{name}} AS name, nullif(last, {NEVER}) AS last, nullif(died, {NEVER}) AS died,
            nullif(drifted, {NEVER}) AS drifted, compared, sources, reports
        FROM source_lives))
GROUP BY 1, 2, 3, 4, 5
"""  # noqa: S608 - numbers of ours
_GAPS = f"""
SELECT {{name}} AS name, max(0, died - last), sum(sources) FROM source_lives
WHERE died != {NEVER} AND last != {NEVER} GROUP BY 1, 2
"""  # noqa: S608 - a number of ours


def tallies(
    db: Connection, kind: Measure, by: By | None, *, since: str | None, start: From
) -> dict[str, Tally]:
    """What each group comes to.

    Args:
        db: An archive.
        kind: What ends a life.
        by: None: all sources, as one group `all`.
        since: Only citations by reports dated from this day on (YYYY-MM-DD).
        start: When lives begin.
    """
    if since is None and start is From.SEEN and by in _COUNTED_BY:
        return _counted(db, kind, _COUNTED_BY[by])
    groups = cells(db, by, since=since, start=start)
    return {name: tally(kind, start, group) for name, group in groups.items()}


def _counted(db: Connection, kind: Measure, name: str) -> dict[str, Tally]:
    found: dict[str, Tally] = defaultdict(Tally)
    sql = _LIVES.format(name=name, is_told=_TOLD[kind], end=_END[kind])
    for group, told, over, seen, hours, sources, citations in db.execute(sql).fetchall():
        mine = found[group]
        mine.sources += sources
        if told:
            mine.add(sources, citations, ended=over, seen=seen)
            one = seen_for(hours, ended=bool(over)) if seen else AT_ONCE
            if one is not None:
                mine.lives[one] += sources
    if kind is not Measure.DRIFT:
        for group, gap, sources in db.execute(_GAPS.format(name=name)).fetchall():
            found[group].gaps[gap] += sources
    return dict(found)


def tally(kind: Measure, start: From, group: Iterable[Cell]) -> Tally:
    """What the cells of a group come to."""
    found = Tally()
    for cell in group:
        found.sources += cell.sources
        if not is_told(kind, cell):
            continue
        end = end_of(kind, cell)
        found.add(cell.sources, cell.citations, ended=end is not None, seen=cell.last is not None)
        if cell.last is not None and cell.died is not None:
            found.gaps[max(0, cell.died - cell.last)] += cell.sources
        one = followed(cell, end, start)
        if one is not None:
            found.lives[one] += cell.sources
    return found


def summed(groups: Iterable[Tally]) -> Tally:
    """What groups come to together."""
    found = Tally()
    for group in groups:
        for part in fields(Tally):
            mine, more = getattr(found, part.name), getattr(group, part.name)
            if isinstance(mine, Counter):
                mine.update(more)
            else:
                setattr(found, part.name, mine + more)
    return found
