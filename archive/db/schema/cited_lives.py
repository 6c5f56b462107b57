"""How long cited sources last from the citation on, counted as they change; and an index of what
was captured by others (migration m096).

A life is then three times (citation, first sight, end), of which hardly two are alike; but a curve
takes no more than how many entered, ended and were seen last at each time, and these are counted by
themselves, in the grain of `source_lives`. A source that was never seen is in none of it. Until
m086 (`archive.db.schema.life_counts`): it counts lives from the first sight on, too.
"""

# ruff: noqa: S608 - names of ours alone
from archive.db.schema import grouped
from archive.db.schema.lasting import in_grain
from archive.db.schema.million import YEAR, differs

BROUGHT = """
-- serves: what was brought in later, as of a day: all else is known when it is captured
CREATE INDEX captures_brought ON captures (captured_at, run) WHERE via <> 'live'
"""
TABLE = """
CREATE TABLE cited_lives (
    grouped_by TEXT NOT NULL,       -- platform, year, host or series
    name TEXT NOT NULL,
    what TEXT NOT NULL,             -- entered, ended or censored
    hours INTEGER NOT NULL,         -- after the citation
    rot INTEGER NOT NULL,
    drift INTEGER NOT NULL,
    reference_rot INTEGER NOT NULL,
    PRIMARY KEY (grouped_by, name, what, hours)
) STRICT, WITHOUT ROWID
"""
_NONE_LEFT = "rot = 0 AND drift = 0 AND reference_rot = 0"
INDEX = f"""
-- serves: what counts nothing any more, and goes
CREATE INDEX cited_lives_empty ON cited_lives (rot) WHERE {_NONE_LEFT}
"""
DROP_EMPTY = f"DELETE FROM cited_lives WHERE {_NONE_LEFT}"


def _after_sight(row: str, column: str) -> str:
    """Hours from the first sight on, rounded as those of `source_lives`."""
    return f"CAST(round(24 * (julianday({column}) - julianday({row}.first_seen_at))) AS INTEGER)"


def _life(row: str, sign: int, series: str, cited: str, rows: str) -> str:
    """All that a life is told from, and where it is counted: by what a source is, or by a series
    that cites it."""
    column = f"{row}.{{}}".format
    return f"""
        SELECT {sign} AS number, {column("platform")}, {YEAR.format(row=row)} AS year,
            {column("host")}, {series} AS series,
            {_after_sight(row, column("last_seen_at"))} AS last,
            iif({column("status")} = 'dead', {_after_sight(row, column("dead_since"))}, NULL)
                AS died,
            {_after_sight(row, column("drifted_at"))} AS drifted, {column("compared")},
            coalesce({_after_sight(row, f"coalesce({cited}, {column('first_cited_at')})")}, 0)
                AS cited
        {rows} AND {column("first_seen_at")} IS NOT NULL"""


def _own(row: str, sign: int, source: str = "") -> str:
    rows = f"{source} WHERE {row}.report_count > 0"
    return _life(row, sign, "NULL", f"{row}.first_cited", rows)


def _in_series(row: str, sign: int, source: str, chosen: str) -> str:
    rows = f"FROM series_sources {source} WHERE {chosen}"
    return _life(row, sign, "series_sources.series", "series_sources.first_cited", rows)


_KINDS = "SELECT 'rot' AS kind UNION ALL SELECT 'drift' UNION ALL SELECT 'reference'"
_GROUPS = (
    "SELECT 'platform' AS grouped_by UNION ALL SELECT 'year' UNION ALL SELECT 'host' "
    "UNION ALL SELECT 'series'"
)


# Those of a source that are counted alike come together before they are set down by each group.
def _counted(lives: list[str]) -> str:
    """How many more, or fewer, entered, ended and were seen last at each time."""
    return f"""
    SELECT grouped_by,
        CASE grouped_by WHEN 'platform' THEN platform WHEN 'year' THEN year
            WHEN 'host' THEN host ELSE series END AS name, what, hours, rot, drift, reference_rot
    FROM (
        SELECT platform, year, host, series,
            CASE what WHEN 'entered' THEN what ELSE iif(over IS NULL, 'censored', 'ended') END
                AS what,
            iif(what = 'entered', {in_grain("entered")}, {in_grain("passed")}) AS hours,
            sum(number * (kind = 'rot')) AS rot, sum(number * (kind = 'drift')) AS drift,
            sum(number * (kind = 'reference')) AS reference_rot
        FROM (
            SELECT *, min(max(0, -cited), passed) AS entered FROM (
                SELECT *, coalesce(over, last) - cited AS passed FROM (
                    SELECT *, CASE kind WHEN 'rot' THEN died WHEN 'drift' THEN drifted
                        ELSE coalesce(min(died, drifted), died, drifted) END AS over
                    FROM ({" UNION ALL ".join(lives)}) CROSS JOIN ({_KINDS})
                    WHERE last IS NOT NULL AND (compared OR kind != 'drift')))
            WHERE passed >= 0)
        CROSS JOIN (SELECT 'entered' AS what UNION ALL SELECT 'left')
        WHERE {in_grain("entered")} < {in_grain("passed")} OR entered = 0
        GROUP BY 1, 2, 3, 4, 5, 6 HAVING rot OR drift OR reference_rot)
    CROSS JOIN ({_GROUPS})
    WHERE (grouped_by = 'series') = (series IS NOT NULL)"""


_ADDING = ", ".join(
    f"{name} = {name} + excluded.{name}" for name in ("rot", "drift", "reference_rot")
)
_JOINED = "CROSS JOIN sources ON sources.id = series_sources.source_id"


def put(counted: str) -> str:
    """Counts these, or takes them off."""
    return f"INSERT INTO cited_lives {counted} ON CONFLICT DO UPDATE SET {_ADDING}"


_ALL = [_own("sources", 1, "FROM sources"), _in_series("sources", 1, _JOINED, "1")]
ANEW = {
    **grouped.ANEW,
    "cited_lives": f"""
        SELECT grouped_by, name, what, hours, sum(rot) AS rot, sum(drift) AS drift,
            sum(reference_rot) AS reference_rot
        FROM ({_counted(_ALL)}) GROUP BY 1, 2, 3, 4
        """,
}
"""What this table and those before it hold, counted of all rows."""

_MATTERS = (
    "platform", "host", "first_cited", "first_cited_at", "compared", "status", "first_seen_at",
    "last_seen_at", "dead_since", "drifted_at", "report_count",
)  # fmt: skip
_EITHER_SEEN = "(old.first_seen_at IS NOT NULL OR new.first_seen_at IS NOT NULL)"
_CITING = "series_sources.source_id = old.id"
_MOVED = [
    _own("old", -1), _in_series("old", -1, "", _CITING),
    _own("new", 1), _in_series("new", 1, "", _CITING),
]  # fmt: skip
_TRIGGERS = (
    f"""
    CREATE TRIGGER sources_lived_cited_au AFTER UPDATE OF {", ".join(_MATTERS)} ON sources
    WHEN {_EITHER_SEEN} AND ({differs(*_MATTERS)})
    BEGIN {put(_counted(_MOVED))}; {DROP_EMPTY}; END
    """,
    f"""
    CREATE TRIGGER sources_lived_cited_ad AFTER DELETE ON sources
    WHEN old.first_seen_at IS NOT NULL
    BEGIN {put(_counted([_own("old", -1)]))};
    {DROP_EMPTY}; END
    """,
)

STATEMENTS = [BROUGHT, TABLE, INDEX, f"INSERT INTO cited_lives {ANEW['cited_lives']}", *_TRIGGERS]
