"""What the lives of a group of sources come to: how many were followed so long, and how many of
these ended. Of all sources it is counted as they change; of others it follows from their cells."""

from __future__ import annotations

import json
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
    from collections.abc import Iterable, Sequence

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
_COUNTED_BY = {
    None: ("source_lives", f"'{ALL}'"),
    By.PLATFORM: ("source_lives", "platform"),
    By.YEAR: ("source_lives", "year"),
    By.HOST: ("host_lives", "host"),
    By.SERIES: ("series_lives", "series"),
}
"""Table, and what names a group."""
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
# Put together here, where it costs least, in the grain of `seen_for`; not of hosts, since few lives
# at one are alike.
_LIVES = f"""
SELECT name, told, ended, seen,
    {in_grain("hours")} AS hours, {{counts}}
FROM (
    SELECT name, {{is_told}} AS told, {{end}} IS NOT NULL AS ended, last IS NOT NULL AS seen,
        coalesce({{end}}, last) AS hours, sources, reports
    FROM (
        SELECT {{name}} AS name, nullif(last, {NEVER}) AS last, nullif(died, {NEVER}) AS died,
            nullif(drifted, {NEVER}) AS drifted, compared, sources, reports
        FROM {{lives}} WHERE {{chosen}}))
"""  # noqa: S608 - numbers of ours
_EACH = "sources, reports", ""
_TOGETHER = "sum(sources), sum(reports)", "GROUP BY 1, 2, 3, 4, 5"
_LISTED = " IN (SELECT value FROM json_each(:names))"
_GAPS = f"""
SELECT {{name}} AS name, max(0, died - last), sum(sources) FROM {{lives}}
WHERE {{chosen}} AND died != {NEVER} AND last != {NEVER} GROUP BY 1, 2
"""  # noqa: S608 - a number of ours


# The largest, or of reports the newest.
_FIRST = {
    By.HOST: """
        SELECT host FROM host_counts WHERE cited = 1
        GROUP BY host ORDER BY sum(sources) DESC, host LIMIT :most
        """,
    By.REPORT: "SELECT id FROM reports ORDER BY report_date DESC, id LIMIT :most",
}
_GROUPS = {
    By.HOST: "SELECT count(DISTINCT host) FROM host_counts WHERE cited = 1",
    By.REPORT: "SELECT count(*) FROM reports",
}
MANY = frozenset(_FIRST)
"""What there are so many groups of that not all are shown."""


def first_groups(db: Connection, by: By, most: int) -> tuple[list[str], int]:
    """The largest hosts, the newest reports; and how many others there are."""
    found = [str(row[0]) for row in db.execute(_FIRST[by], {"most": most}).fetchall()]
    return found, int(db.execute(_GROUPS[by]).fetchone()[0]) - len(found)


def tallies(
    db: Connection,
    kind: Measure,
    by: By | None,
    *,
    since: str | None,
    start: From,
    names: Sequence[str] | None = None,
) -> dict[str, Tally]:
    """What each group comes to.

    Args:
        db: An archive.
        kind: What ends a life.
        by: None: all sources, as one group `all`.
        since: Only citations by reports dated from this day on (YYYY-MM-DD).
        start: When lives begin.
        names: Of these hosts or reports alone.
    """
    if since is None and start is From.SEEN and by in _COUNTED_BY:
        return _counted(db, kind, *_COUNTED_BY[by], names)
    groups = cells(db, by, since=since, start=start, names=names)
    return {name: tally(kind, start, group) for name, group in groups.items()}


def _counted(
    db: Connection, kind: Measure, lives: str, name: str, names: Sequence[str] | None
) -> dict[str, Tally]:
    found: dict[str, Tally] = defaultdict(Tally)
    chosen = "1" if names is None else name + _LISTED
    asked = {"names": json.dumps(names)}
    parts = {"lives": lives, "name": name, "chosen": chosen}
    counts, grouped = _EACH if lives == "host_lives" else _TOGETHER
    sql = _LIVES.format(counts=counts, is_told=_TOLD[kind], end=_END[kind], **parts) + grouped
    for group, told, over, seen, hours, sources, citations in db.execute(sql, asked).fetchall():
        mine = found[group]
        mine.sources += sources
        if told:
            mine.add(sources, citations, ended=over, seen=seen)
            one = seen_for(hours, ended=bool(over)) if seen else AT_ONCE
            if one is not None:
                mine.lives[one] += sources
    if kind is not Measure.DRIFT:
        for group, gap, sources in db.execute(_GAPS.format(**parts), asked).fetchall():
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
