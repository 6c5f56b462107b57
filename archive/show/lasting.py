"""What the lives of a group of sources come to: how many were followed so long, and how many of
these ended. Of all sources it is counted as they change; of others it follows from their cells."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, fields
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from archive.db.as_of import seen_as_of
from archive.db.schema.lasting import DAY_H
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
    told_hours,
)
from archive.show.survival import Lives

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archive.db.as_of import Connection
    from archive.show.lives import Cell


@dataclass(slots=True)
class Tally:
    """What a group comes to, each source looked at once.

    Attributes:
        sources: All of them.
        told: Those of which it can be told how long they last; `lasting` of these have not ended.
        on_arrival: Of those told, never seen.
        cited: Citations of those told; `cited_lasting` of those that have not ended.
        gaps: Hours from the last sight to the first check that failed, and of how many.
        lives: How long those were followed that are in the curve.
    """

    sources: int = 0
    told: int = 0
    lasting: int = 0
    on_arrival: int = 0
    cited: int = 0
    cited_lasting: int = 0
    gaps: Counter[int] = field(default_factory=Counter)
    lives: Lives = field(default_factory=Lives)

    def add(self, sources: int, citations: int, *, ended: bool, seen: bool) -> None:
        """Count sources of which it can be told how long they last."""
        self.told += sources
        self.cited += citations
        if not ended:
            self.lasting += sources
            self.cited_lasting += citations
        if not seen:
            self.on_arrival += sources


# Read where every citation counts.
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
    Measure.REFERENCE: f"CASE {NEVER} WHEN died THEN drifted WHEN drifted THEN died "
    "ELSE min(died, drifted) END",
}
_TOLD = {
    Measure.ROT: f"last != {NEVER} OR died != {NEVER}",
    Measure.DRIFT: f"last != {NEVER} AND compared",
    Measure.REFERENCE: f"last != {NEVER} OR died != {NEVER}",
}
# In the order of a tally's fields.
_SUMS = f"""
SELECT {{name}}, sum(sources), ifnull(sum(sources) FILTER (WHERE {{told}}), 0),
    ifnull(sum(sources) FILTER (WHERE ({{told}}) AND {{end}} = {NEVER}), 0),
    ifnull(sum(sources) FILTER (WHERE ({{told}}) AND last = {NEVER}), 0),
    ifnull(sum(reports) FILTER (WHERE {{told}}), 0),
    ifnull(sum(reports) FILTER (WHERE ({{told}}) AND {{end}} = {NEVER}), 0)
FROM {{lives}} WHERE {{chosen}} GROUP BY 1 HAVING count(*)
"""  # noqa: S608 - numbers of ours
# Put together here, where it costs least; not of hosts, since few lives at one are alike.
_LIVES = f"""
SELECT {{name}} AS name, {{end}} != {NEVER} AS ended,
    iif({{end}} = {NEVER}, last, {{end}}) AS hours, {{number}}
FROM {{lives}} WHERE last != {NEVER} AND ({{told}}) AND {{chosen}} {{alike}}
"""  # noqa: S608 - numbers of ours
_EACH = {"number": "sources", "alike": ""}
_TOGETHER = {"number": "sum(sources)", "alike": "GROUP BY 1, 2, 3"}
_LISTED = " IN (SELECT value FROM json_each(:names))"
_GAPS = f"""
SELECT {{name}} AS name, max(0, died - last), sum(sources) FROM {{lives}}
WHERE {{chosen}} AND died != {NEVER} AND last != {NEVER} GROUP BY 1, 2
"""  # noqa: S608 - a number of ours
_CITED = """
SELECT {name}, what, hours, {number} FROM cited_lives
WHERE grouped_by = :by AND {number} > 0 AND {chosen}
"""

# The largest, or of reports the newest; and how many there are.
_FIRST = {
    By.HOST: """
        SELECT host, count(*) OVER () FROM host_counts WHERE cited = 1
        GROUP BY host ORDER BY sum(sources) DESC, host LIMIT :most
        """,
    By.REPORT: """
        SELECT id, (SELECT count(*) FROM reports) FROM reports
        ORDER BY report_date DESC, id LIMIT :most
        """,
}
MANY = frozenset(_FIRST)
"""What there are so many groups of that not all are shown."""


# As of a day, with what this asks alone.
_HOSTS_THEN = """
SELECT host, count(*) OVER () FROM (
    SELECT host FROM sources WHERE first_cited_at IS NOT NULL LIMIT -1)
GROUP BY host ORDER BY count(*) DESC, host LIMIT :most
"""


def first_groups(db: Connection, by: By, most: int) -> tuple[list[str], int]:
    """The largest hosts, the newest reports; and how many others there are."""
    sql = _HOSTS_THEN if by is By.HOST and seen_as_of(db) else _FIRST[by]
    rows = db.execute(sql, {"most": most}).fetchall()
    return [str(name) for name, _ in rows], max((there for _, there in rows), default=0) - len(rows)


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
    # as of a day all that is kept would be counted anew for each question
    if since is not None or by not in _COUNTED_BY or seen_as_of(db):
        groups = cells(db, by, since=since, start=start, names=names)
        return {name: tally(kind, start, group) for name, group in groups.items()}
    found = _counted(db, kind, by, names)
    if start is From.SEEN:
        _count_seen(db, kind, by, names, found)
    else:
        _count_cited(db, kind, by, names, found)
    return found


def _parts(kind: Measure, by: By | None, names: Sequence[str] | None) -> dict[str, str]:
    lives, name = _COUNTED_BY[by]
    chosen = "1" if names is None else name + _LISTED
    return {
        "lives": lives, "name": name, "chosen": chosen, "end": _END[kind], "told": _TOLD[kind],
    }  # fmt: skip


def _counted(
    db: Connection, kind: Measure, by: By | None, names: Sequence[str] | None
) -> dict[str, Tally]:
    """All but how long they last."""
    parts, asked = _parts(kind, by, names), {"names": json.dumps(names)}
    rows = db.execute(_SUMS.format(**parts), asked).fetchall()
    found = {group: Tally(*sums) for group, *sums in rows}
    if kind is not Measure.DRIFT:
        for group, gap, sources in db.execute(_GAPS.format(**parts), asked).fetchall():
            found[group].gaps[gap] += sources
    return found


def _count_seen(
    db: Connection,
    kind: Measure,
    by: By | None,
    names: Sequence[str] | None,
    found: Mapping[str, Tally],
) -> None:
    """Fill in how long they last from the first sight on."""
    for mine in (one for one in found.values() if one.on_arrival):
        mine.lives.add(AT_ONCE, mine.on_arrival)
    sql = _LIVES.format(**_parts(kind, by, names), **_EACH if by is By.HOST else _TOGETHER)
    rows = db.execute(sql, {"names": json.dumps(names)}).fetchall()
    for (group, ended), alike in groupby(rows, itemgetter(0, 1)):
        lives = found[group].lives
        times, entered = lives.ended if ended else lives.censored, 0
        for _, _, hours, sources in alike:
            if hours >= 0:
                times[told_hours(hours) / DAY_H] += sources
                entered += sources
        lives.entered[0.0] += entered


def _count_cited(
    db: Connection,
    kind: Measure,
    by: By | None,
    names: Sequence[str] | None,
    found: Mapping[str, Tally],
) -> None:
    """Fill in how long they last from the citation on."""
    sql = _CITED.format(
        name=f"'{ALL}'" if by is None else "name", number=kind.replace("-", "_"),
        chosen="1" if names is None else "name" + _LISTED,
    )  # fmt: skip
    asked = {"by": by or By.PLATFORM, "names": json.dumps(names)}
    for group, what, hours, number in db.execute(sql, asked).fetchall():
        times: Counter[float] = getattr(found[group].lives, what)
        times[hours / DAY_H] += number


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
            found.lives.add(one, cell.sources)
    return found


def summed(groups: Iterable[Tally]) -> Tally:
    """What groups come to together."""
    found = Tally()
    for group in groups:
        for part in fields(Tally):
            mine, more = getattr(found, part.name), getattr(group, part.name)
            if isinstance(mine, Counter | Lives):
                mine.update(more)
            else:
                setattr(found, part.name, mine + more)
    return found
