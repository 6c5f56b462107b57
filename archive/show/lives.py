"""How long cited sources were followed, read for figures of link rot: those of a group that were
followed alike are one cell, so that half a million sources become some thousand rows. What lives of
a group come to, with them or with what is counted as sources change: `archive.show.lasting`."""

from __future__ import annotations

import json
from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from archive.db.as_of import seen_as_of
from archive.db.schema.lasting import DAY_H, HOURLY_H
from archive.show.survival import Followed, Life

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archive.db.as_of import Connection

ALL = "all"


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


class Cell(NamedTuple):
    """Sources of a group that were followed alike; times are hours after they were first seen.

    Attributes:
        last: When they were last seen; None when they never were.
        died: The first of the checks that proved them dead; None while they are not. Of what was
            never seen: 0.
        drifted: The first check that found another text.
        compared: Whether their texts could be compared.
        cited: When the first of the reports that count cited them; before 0 as a rule. None where
            nobody asked, or where they were never seen.
        sources: How many they are.
        citations: How many reports cite them, each source with its own.
    """

    last: int | None
    died: int | None
    drifted: int | None
    compared: bool
    cited: int | None
    sources: int
    citations: int


_NAMES = {
    None: f"'{ALL}'",
    By.PLATFORM: "sources.platform",
    By.HOST: "sources.host",
    By.YEAR: "coalesce(substr(first_cited, 1, 4), 'undated')",
    By.SERIES: "reports.series",
    By.REPORT: "reports.id",
}
_CITING = {By.SERIES, By.REPORT}
"""Groups of what cites: a source can be in several."""
APART = {By.PLATFORM, By.HOST, By.YEAR}
"""Groups of which each source is in one."""

# What is kept with each source says it all where every citation counts; one index has all of it.
_KEPT = """
SELECT {name} AS name, first_seen_at, last_seen_at, drifted_at, compared, status, dead_since,
    {cited_at} AS cited_at, report_count AS reports
FROM sources {index} WHERE {cited}
"""
_CITED_AT = "coalesce(first_cited, first_cited_at)"
_BY_SERIES = """
SELECT series_sources.series AS name, first_seen_at, last_seen_at, drifted_at, compared, status,
    dead_since, coalesce(series_sources.first_cited, first_cited_at) AS cited_at,
    series_sources.reports
FROM series_sources CROSS JOIN sources ON sources.id = series_sources.source_id
"""
_BY_CITATIONS = """
WITH citing AS (
    SELECT citations.source_id, {group} AS name, min(reports.report_date) AS first_cited,
        count(DISTINCT reports.id) AS reports
    FROM citations
    JOIN versions ON versions.id = citations.version_id
    JOIN publications ON publications.id = versions.publication_id
    JOIN reports ON reports.id = publications.report_id
    WHERE citations.source_id IS NOT NULL
        AND (:since IS NULL OR reports.report_date >= :since)
    GROUP BY 1, 2)
SELECT {name} AS name, first_seen_at, last_seen_at, drifted_at, compared, status, dead_since,
    coalesce(citing.first_cited, first_cited_at) AS cited_at, citing.reports
FROM citing JOIN sources ON sources.id = citing.source_id
"""
_AT_HOSTS = " AND host IN (SELECT value FROM json_each(:names))"
# From the reports on: of all that is cited theirs is little.
_BY_REPORTS = """
WITH citing AS MATERIALIZED (
    SELECT citations.source_id, reports.id AS name, min(reports.report_date) AS first_cited
    FROM json_each(:names) AS chosen CROSS JOIN reports ON reports.id = chosen.value
    CROSS JOIN publications ON publications.report_id = reports.id
    CROSS JOIN versions ON versions.publication_id = publications.id
    CROSS JOIN citations ON citations.version_id = versions.id
    WHERE citations.source_id IS NOT NULL
        AND (:since IS NULL OR reports.report_date >= :since)
    GROUP BY 1, 2)
SELECT citing.name AS name, first_seen_at, last_seen_at, drifted_at, compared, status, dead_since,
    coalesce(citing.first_cited, first_cited_at) AS cited_at, 1 AS reports
FROM citing CROSS JOIN sources ON sources.id = citing.source_id
"""
# To the hour: a curve has as many steps as there are different lives.
_CELLS = """
SELECT name, {last} AS last,
    CASE WHEN status = 'dead' THEN CASE WHEN first_seen_at IS NULL THEN 0 ELSE {died} END END,
    {drifted} AS drifted, compared, {cited} AS cited, count(*), sum(reports)
FROM ({rows}) GROUP BY 1, 2, 3, 4, 5, 6
"""


def _hours(column: str) -> str:
    return f"CAST(round(24 * (julianday({column}) - julianday(first_seen_at))) AS INTEGER)"


def cells(
    db: Connection,
    by: By | None,
    *,
    since: str | None = None,
    start: From = From.SEEN,
    names: Sequence[str] | None = None,
) -> dict[str, list[Cell]]:
    """The cells of each group.

    Args:
        db: An archive.
        by: None: all sources, as one group `all`.
        since: Only citations by reports dated from this day on (YYYY-MM-DD).
        start: When lives begin; when they were cited is read only where it matters.
        names: Of these groups alone, of `HOST` and `REPORT`.
    """
    name = _NAMES[by]
    if by is By.REPORT and names is not None:
        rows = _BY_REPORTS
    elif by is By.SERIES and since is None:
        rows = _BY_SERIES
    elif by in _CITING:
        rows = _BY_CITATIONS.format(group=name, name="citing.name")
    elif since is not None:
        # not of some hosts alone: who asks for a day has all
        kept = name.replace("first_cited", "citing.first_cited")
        rows = _BY_CITATIONS.format(group="NULL", name=kept)
    else:
        index = "INDEXED BY sources_by_life" if _is_indexed(db) else ""
        rows = _KEPT.format(
            name=name, index=index, cited="first_cited_at IS NOT NULL" if seen_as_of(db) else
            "report_count > 0", cited_at=_CITED_AT if start is From.CITED else "NULL",
        )  # fmt: skip
        if by is By.HOST and names is not None:
            rows += _AT_HOSTS
    sql = _CELLS.format(
        rows=_once(db, rows), last=_hours("last_seen_at"), died=_hours("dead_since"),
        drifted=_hours("drifted_at"),
        cited=_hours("cited_at") if start is From.CITED else "NULL",
    )  # fmt: skip
    asked = {"since": since, "names": json.dumps(names)}
    return _grouped(db.execute(sql, asked).fetchall())


def _once(db: Connection, rows: str) -> str:
    """As of a day, what follows from all that was known then is worked out once a row: without a
    limit SQLite would do it in each place that names it."""
    return f"{rows} LIMIT -1" if seen_as_of(db) else rows


def _is_indexed(db: Connection) -> bool:
    """Whether lives can be read from their index: not as of a day, nor while the first import, or
    what a kill left of it, has yet to make it (`archive.db.deferred_indexes`)."""
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = 'sources_by_life'"
    return not seen_as_of(db) and db.execute(sql).fetchone() is not None


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(Cell._make(row[1:]))
    return dict(found)


def cells_of(db: Connection, where: str, values: Mapping[str, Any]) -> list[Cell]:
    """The cells of some of the cited sources.

    Args:
        db: An archive.
        where: Which, as a condition of ours on `sources`.
        values: Of its parameters.
    """
    # by the index of what `where` names: that of lives would be read whole
    cited = "first_cited_at IS NOT NULL" if seen_as_of(db) else "+report_count > 0"
    kept = _KEPT.format(name=_NAMES[None], index="", cited=cited, cited_at="NULL")
    rows = _once(db, f"{kept} AND {where}")
    sql = _CELLS.format(
        rows=rows, last=_hours("last_seen_at"), died=_hours("dead_since"),
        drifted=_hours("drifted_at"), cited="NULL",
    )  # fmt: skip
    return [Cell(*rest) for _, *rest in db.execute(sql, values).fetchall()]


def is_told(kind: Measure, cell: Cell) -> bool:
    """Whether it can be told how long a source lasts."""
    if kind is Measure.DRIFT:
        return cell.last is not None and bool(cell.compared)
    return cell.last is not None or cell.died is not None


def end_of(kind: Measure, cell: Cell) -> int | None:
    """When a source's life ended, in hours after it was first seen; None while it has not."""
    if kind is Measure.ROT or cell.drifted is None:
        return None if kind is Measure.DRIFT else cell.died
    if kind is Measure.DRIFT or cell.died is None:
        return cell.drifted
    return min(cell.drifted, cell.died)


def life(kind: Measure, cell: Cell, start: From = From.SEEN) -> Life | None:
    """How long sources were followed; None when that cannot be told.

    Args:
        kind: What ends it.
        cell: What is known of them.
        start: When it begins.
    """
    found = followed(cell, end_of(kind, cell), start) if is_told(kind, cell) else None
    return None if found is None else Life(*found, number=cell.sources)


AT_ONCE: Followed = (0.0, True, 0.0)
"""Dead whenever it was tried."""


def told_hours(hours: int) -> int:
    """A time in the units in which lives are counted."""
    # by the end of this day: within 90 days ended what had by the hour
    return hours if hours < HOURLY_H else -(-hours // DAY_H) * DAY_H


def seen_for(hours: int, *, ended: bool) -> Followed | None:
    """A life from the first sight on, in that grain; None where all that is known of it was
    before."""
    return None if hours < 0 else (told_hours(hours) / DAY_H, ended, 0.0)


def followed(cell: Cell, end: int | None, start: From) -> Followed | None:
    """A life that ended at `end`, if it did; None where all that is known of it was before.

    From the citation on its entry, too, is in the grain in which lives are told.
    """
    if cell.last is None:
        return AT_ONCE if start is From.SEEN else None
    hours = cell.last if end is None else end
    if start is From.SEEN:
        return seen_for(hours, ended=end is not None)
    begun = cell.cited or 0
    hours -= begun
    if hours < 0:  # all that is known of it was before it was cited
        return None
    entry = min(max(0, -begun), hours)
    return told_hours(hours) / DAY_H, end is not None, told_hours(entry) / DAY_H
