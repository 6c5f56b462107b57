"""What the lives of a group of sources come to: how many were followed so long, and how many of
these ended. Of all sources it is counted as they change; of others it follows from their cells."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, fields
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from archive.db.as_of import seen_as_of
from archive.db.schema.lasting import DAY_H
from archive.db.schema.life_counts import BEFORE
from archive.show.lives import (
    ALL,
    By,
    From,
    Measure,
    cells,
    end_of,
    followed,
    is_told,
)
from archive.show.survival import Lives

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
_GROUPS = {
    None: ("year_counts", f"'{ALL}'", "1"),
    By.PLATFORM: ("host_counts", "platform", "cited = 1"),
    By.YEAR: ("year_counts", "year", "1"),
    By.HOST: ("host_counts", "host", "cited = 1"),
    By.SERIES: ("series_counts", "series", "1"),
}
"""Table of how many sources there are, what names a group in it, which of its rows count."""
_SOURCES = "SELECT {name}, sum(sources) FROM {counts} WHERE {which} AND {chosen} GROUP BY 1"
_HOURS = """
SELECT name, what, hours, {number} AS number FROM life_counts
WHERE grouped_by = :by AND what IN (SELECT value FROM json_each(:what)) AND {number} > 0
    AND {chosen}
"""
_TOGETHER = f"""
SELECT '{ALL}' AS name, what, hours, sum({{number}}) AS number FROM life_counts
WHERE grouped_by = :by AND what IN (SELECT value FROM json_each(:what)) AND {{number}} > 0
GROUP BY what, hours
"""  # noqa: S608 - a word of ours
# All times of a group in one row: they are many, and a row each takes five times as long.
_LIVES = """
SELECT name, what, sum(number), count(*), group_concat(hours), group_concat(number) FROM ({rows})
GROUP BY what, name
"""
_LISTED = " IN (SELECT value FROM json_each(:names))"
_SUMS = "SELECT name, what, sum(number) FROM ({rows}) GROUP BY what, name"
_SEEN = ("seen ended", "seen censored")
_READ = {
    From.SEEN: ((*_SEEN, "gap"), ("on arrival", "cited ended", "cited lasting")),
    From.CITED: (
        ("entered", "ended", "censored", "gap"),
        (*_SEEN, "on arrival", "cited ended", "cited lasting"),
    ),
}
"""What is read of lives with its times, and what without."""

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
    if since is not None or by not in _GROUPS or seen_as_of(db):
        groups = cells(db, by, since=since, start=start, names=names)
        return {name: tally(kind, start, group) for name, group in groups.items()}
    found = _sources(db, by, names)
    timed, summed = _READ[start]
    read = partial(_rows, db, kind, by, names)
    sums = ((*row, ()) for row in read(_SUMS, summed))
    for group, what, number, times in chain(_apart(read(_LIVES, timed)), sums):
        if group in found:  # else it was cited first since
            _count(found[group], what, number, times)
    return found


def _sources(db: Connection, by: By | None, names: Sequence[str] | None) -> dict[str, Tally]:
    """How many sources each group has."""
    counts, name, which = _GROUPS[by]
    chosen = "1" if names is None else name + _LISTED
    sql = _SOURCES.format(counts=counts, name=name, which=which, chosen=chosen)
    rows = db.execute(sql, {"names": json.dumps(names)}).fetchall()
    return {group: Tally(sources) for group, sources in rows if sources}


def _rows(
    db: Connection,
    kind: Measure,
    by: By | None,
    names: Sequence[str] | None,
    sql: str,
    what: Sequence[str],
) -> list[tuple[Any, ...]]:
    """What is counted of lives, by group."""
    rows = (_HOURS if by else _TOGETHER).format(
        number=kind.replace("-", "_"), chosen="1" if names is None else f"name {_LISTED}"
    )
    asked = {
        "by": by or By.PLATFORM, "names": json.dumps(names), "what": json.dumps(what)
    }  # fmt: skip
    return db.execute(sql.format(rows=rows), asked).fetchall()


def _apart(
    rows: Sequence[tuple[Any, ...]],
) -> Iterator[tuple[str, str, int, Iterable[tuple[int, int]]]]:
    """Group, what of its lives, how many in all; and at which hours how many."""
    hours, numbers = (json.loads(f"[{','.join(row[place] for row in rows)}]") for place in (4, 5))
    first = 0
    for group, what, number, times, *_ in rows:
        here = slice(first, first + times)
        yield group, what, number, zip(hours[here], numbers[here], strict=True)
        first = here.stop


def _count(mine: Tally, what: str, number: int, times: Iterable[tuple[int, int]]) -> None:
    """Count what is told of lives, each once: how many, and when, where that is wanted."""
    match what:
        case "seen ended" | "seen censored":
            mine.told += number
            mine.lasting += number * (what == "seen censored")
            followed = {hours / DAY_H: sources for hours, sources in times if hours != BEFORE}
            dict.update(mine.lives.ended if what == "seen ended" else mine.lives.censored, followed)
            if followed:
                mine.lives.entered[0.0] += sum(followed.values())
        case "cited ended" | "cited lasting":
            mine.cited += number
            mine.cited_lasting += number * (what == "cited lasting")
        case "on arrival":
            mine.on_arrival += number
        case "gap":
            dict.update(mine.gaps, times)
        case _:
            found: Counter[float] = getattr(mine.lives, what)
            dict.update(found, {hours / DAY_H: many for hours, many in times})


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
