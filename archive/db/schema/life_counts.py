"""How long cited sources last, counted as they change (migration m086): for curves from the first
sight on as for those from the citation on, and in one table in the place of four.

A curve takes no more than how many entered, ended and were seen last at each time; shares and gaps
no more than sums. What was never seen, and is not dead, is in none of it: how many sources there
are is counted elsewhere (`host_counts`, `year_counts`, `series_counts`). So a source that is cited
for the first time counts nothing here. The table follows `sources` by a trigger and, of series,
what cites them with the versions of a publication (`archive.db.tables.kept_rows`).
"""

# ruff: noqa: S608 - names of ours alone
from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.schema import million
from archive.db.schema.lasting import in_grain
from archive.db.schema.million import YEAR, differs

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.db.lean import Migrations

BEFORE = -1
"""Hours of what was all over, or seen last, before it is counted from: it is in no curve."""

TABLE = """
CREATE TABLE life_counts (
    grouped_by TEXT NOT NULL,       -- platform, year, host or series
    what TEXT NOT NULL,
    name TEXT NOT NULL,
    hours INTEGER NOT NULL,
    rot INTEGER NOT NULL,
    drift INTEGER NOT NULL,
    reference_rot INTEGER NOT NULL,
    PRIMARY KEY (grouped_by, what, name, hours)
) STRICT, WITHOUT ROWID
"""
_NONE_LEFT = "rot = 0 AND drift = 0 AND reference_rot = 0"
INDEX = f"""
-- serves: what counts nothing any more, and goes
CREATE INDEX life_counts_empty ON life_counts (rot) WHERE {_NONE_LEFT}
"""
DROP_EMPTY = f"DELETE FROM life_counts WHERE {_NONE_LEFT}"

_MATTERS = (
    "platform", "host", "first_cited", "first_cited_at", "compared", "status", "first_seen_at",
    "last_seen_at", "dead_since", "drifted_at", "report_count",
)  # fmt: skip


def _after_sight(row: str, column: str) -> str:
    """Hours from the first sight on, rounded."""
    return f"CAST(round(24 * (julianday({column}) - julianday({row}.first_seen_at))) AS INTEGER)"


def _told(row: str) -> str:
    """Whether it can be told how long a source lasts."""
    return f"({row}.first_seen_at IS NOT NULL OR {row}.status = 'dead')"


def _life(row: str, sign: int, series: str, cited: str, reports: str, rows: str) -> str:
    """All that a life is told from, and where it is counted: by what a source is, or by a series
    that cites it."""
    column = f"{row}.{{}}".format
    died = f"iif({column('first_seen_at')} IS NULL, 0, {_after_sight(row, column('dead_since'))})"
    return f"""
        SELECT {sign} AS number, {column("platform")}, {YEAR.format(row=row)} AS year,
            {column("host")}, {series} AS series, {reports} AS reports,
            {_after_sight(row, column("last_seen_at"))} AS last,
            iif({column("status")} = 'dead', {died}, NULL) AS died,
            {_after_sight(row, column("drifted_at"))} AS drifted, {column("compared")},
            coalesce({_after_sight(row, f"coalesce({cited}, {column('first_cited_at')})")}, 0)
                AS cited
        {rows} AND {_told(row)}"""


def _own(row: str, sign: int, source: str = "") -> str:
    rows = f"{source} WHERE {row}.report_count > 0"
    return _life(row, sign, "NULL", f"{row}.first_cited", f"{row}.report_count", rows)


def _in_series(row: str, sign: int, source: str, chosen: str) -> str:
    mine = "series_sources.{}".format
    rows = f"FROM series_sources {source} WHERE {chosen}"
    return _life(row, sign, mine("series"), mine("first_cited"), mine("reports"), rows)


# What can end a life; those for which it ends alike go together. `form`: 1 if it died, 2 if it
# drifted, 3 if both.
_KINDS = """SELECT 0 AS form, 1 AS of_rot, 1 AS of_drift, 1 AS of_either
    UNION ALL SELECT 1, 1, 0, 1 UNION ALL SELECT 1, 0, 1, 0
    UNION ALL SELECT 2, 1, 0, 0 UNION ALL SELECT 2, 0, 1, 1
    UNION ALL SELECT 3, 1, 0, 0 UNION ALL SELECT 3, 0, 1, 0 UNION ALL SELECT 3, 0, 0, 1"""
_FORM = "(died IS NOT NULL) + 2 * (drifted IS NOT NULL)"
_OVER = """CASE WHEN of_rot THEN died WHEN of_drift THEN drifted
    ELSE coalesce(min(died, drifted), died, drifted) END"""
_ASPECTS = """SELECT 'seen' AS aspect UNION ALL SELECT 'left' UNION ALL SELECT 'entered'
    UNION ALL SELECT 'cited' UNION ALL SELECT 'died'"""
_GROUPS = """SELECT 'platform' AS grouped_by UNION ALL SELECT 'year' UNION ALL SELECT 'host'
    UNION ALL SELECT 'series'"""
_WHAT = """CASE aspect WHEN 'seen' THEN iif(over IS NULL, 'seen censored', 'seen ended')
    WHEN 'left' THEN iif(over IS NULL, 'censored', 'ended')
    WHEN 'cited' THEN iif(over IS NULL, 'cited lasting', 'cited ended')
    WHEN 'died' THEN iif(last IS NULL, 'on arrival', 'gap') ELSE aspect END"""
# The grain keeps times in order, so that of two it is that of the lesser.
_FOLLOWED = f"iif(last IS NULL, 0, max({BEFORE}, {in_grain('coalesce(over, last)')}))"
_HOURS = f"""CASE aspect WHEN 'seen' THEN {_FOLLOWED}
    WHEN 'left' THEN {in_grain("passed")} WHEN 'entered' THEN {in_grain("entered")}
    WHEN 'died' THEN coalesce(max(0, died - last), 0) ELSE 0 END"""
_IS_COUNTED = f"""CASE aspect WHEN 'seen' THEN 1 WHEN 'cited' THEN 1
    WHEN 'died' THEN died IS NOT NULL AND NOT of_drift
    ELSE last IS NOT NULL AND passed >= 0
        AND ({in_grain("entered")} < {in_grain("passed")} OR entered = 0) END"""


# Those of a source that are counted alike come together before they are set down by each group.
def _counted(lives: list[str]) -> str:
    """How many more, or fewer, there are of all that is counted."""
    return f"""
    SELECT grouped_by, what,
        CASE grouped_by WHEN 'platform' THEN platform WHEN 'year' THEN year
            WHEN 'host' THEN host ELSE series END AS name, hours, rot, drift, reference_rot
    FROM (
        SELECT platform, year, host, series, {_WHAT} AS what, {_HOURS} AS hours,
            sum(many * of_rot) AS rot,
            sum(many * (of_drift AND compared AND last IS NOT NULL)) AS drift,
            sum(many * of_either) AS reference_rot
        FROM (
            SELECT *, iif(aspect = 'cited', number * reports, number) AS many FROM (
                SELECT *, min(max(0, -cited), passed) AS entered FROM (
                    SELECT *, coalesce(over, last) - cited AS passed FROM (
                        SELECT *, {_OVER} AS over
                        FROM ({" UNION ALL ".join(lives)}) CROSS JOIN ({_KINDS})
                        WHERE form = {_FORM} AND (last IS NOT NULL OR died IS NOT NULL))))
            CROSS JOIN ({_ASPECTS}))
        WHERE {_IS_COUNTED}
        GROUP BY 1, 2, 3, 4, 5, 6 HAVING rot OR drift OR reference_rot)
    CROSS JOIN ({_GROUPS})
    WHERE (grouped_by = 'series') = (series IS NOT NULL)"""


_SUMMED = ("rot", "drift", "reference_rot")
_ADDING = ", ".join(f"{name} = {name} + excluded.{name}" for name in _SUMMED)
_JOINED = "CROSS JOIN sources ON sources.id = series_sources.source_id"


def _put(counted: str) -> str:
    """Counts these, or takes them off."""
    return f"INSERT INTO life_counts {counted} ON CONFLICT DO UPDATE SET {_ADDING}"


def in_series(sign: int, chosen: str) -> str:
    """Counts, or takes off, what series cite.

    Args:
        sign: 1, or -1.
        chosen: Which, as a condition on `series_sources`.
    """
    return _put(_counted([_in_series("sources", sign, _JOINED, chosen)]))


_ALL = [_own("sources", 1, "FROM sources"), _in_series("sources", 1, _JOINED, "1")]
ANEW = {
    **{name: sql for name, sql in million.ANEW.items() if name != "source_lives"},
    "life_counts": f"""
        SELECT grouped_by, what, name, hours, {", ".join(f"sum({x}) AS {x}" for x in _SUMMED)}
        FROM ({_counted(_ALL)}) GROUP BY 1, 2, 3, 4
        """,
}
"""What this table and the others that follow sources hold, counted of all rows; each may rest on
those before it."""

_CITING = "series_sources.source_id = old.id"
_MOVED = [
    _own("old", -1), _in_series("old", -1, "", _CITING),
    _own("new", 1), _in_series("new", 1, "", _CITING),
]  # fmt: skip
_TRIGGERS = (
    f"""
    CREATE TRIGGER sources_life_au AFTER UPDATE OF {", ".join(_MATTERS)} ON sources
    WHEN ({_told("old")} OR {_told("new")}) AND ({differs(*_MATTERS)})
    BEGIN {_put(_counted(_MOVED))}; {DROP_EMPTY}; END
    """,
    f"""
    CREATE TRIGGER sources_life_ad AFTER DELETE ON sources WHEN {_told("old")}
    BEGIN {_put(_counted([_own("old", -1)]))}; {DROP_EMPTY}; END
    """,
)
EARLIER = ("source_lives", "host_lives", "series_lives", "cited_lives")
"""Tables in whose place this one is."""
EARLIER_TRIGGERS = (
    *(
        f"sources_{name}_{kind}"
        for name in ("lived", "lived_at_host")
        for kind in ("ad", "au_taken", "au_added")
    ),
    "sources_lived_in_series_au", "sources_lived_cited_au", "sources_lived_cited_ad",
)  # fmt: skip
"""What filled them."""


def add_to(migrations: Migrations) -> None:
    """This migration."""

    @migrations()
    def m086_life_counts(db: Database) -> None:
        """How long sources last is counted in one table, from the first sight on, too."""
        for name in EARLIER_TRIGGERS:
            db.execute(f"DROP TRIGGER {name}")
        for name in EARLIER:
            db.execute(f"DROP TABLE {name}")
        filled = f"INSERT INTO life_counts {ANEW['life_counts']}"
        for statement in (TABLE, INDEX, filled, *_TRIGGERS):
            db.execute(statement)
