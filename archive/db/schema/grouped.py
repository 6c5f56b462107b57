"""How long cited sources were followed, counted by host and by series (migration m101) as
`source_lives` counts it by platform and year; and texts in the index of a source's captures.

Until m086 (`archive.db.schema.life_counts`): it counts them all in one table.
"""

# ruff: noqa: S608 - names of ours alone
from archive.db.schema import lasting
from archive.db.schema.million import LIVED, differs, following

CAPTURES = """
DROP INDEX captures_by_source;
-- serves: the captures of a source by time, of one second by number, and the texts that it showed
CREATE INDEX captures_by_source ON captures (source_id, captured_at, id, text_id);
-- of indexes that would do SQLite takes the newest: those of a few captures come after it
DROP INDEX captures_by_target;
DROP INDEX captures_by_lost_name;
DROP INDEX captures_by_account;
-- serves: where the address of a source leads
CREATE INDEX captures_by_target ON captures (source_id, leads_to) WHERE leads_to IS NOT NULL;
-- serves: when a host's name was lost
CREATE INDEX captures_by_lost_name ON captures (source_id, captured_at)
    WHERE outcome = 'dns-failure' AND via = 'live';
-- serves: the accounts that a source was seen to be of
CREATE INDEX captures_by_account ON captures (source_id, account_id)
    WHERE account_id IS NOT NULL
"""

_TABLE = """
CREATE TABLE {name}_lives (
    {name} TEXT NOT NULL,
    compared INTEGER NOT NULL,
    last INTEGER NOT NULL,          -- hours after the first sight, as in source_lives
    died INTEGER NOT NULL,
    drifted INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    reports INTEGER NOT NULL,       -- of each source its own
    PRIMARY KEY ({name}, compared, last, died, drifted)
) STRICT, WITHOUT ROWID
"""


def _life(row: str) -> dict[str, str]:
    """Column of these tables: its value for a row of `sources`."""
    return {
        name: rule for name, rule in lasting.key(row).items() if name not in {"platform", "year"}
    }


_COLUMNS = ", ".join(_life("row"))
_VALUES = ", ".join(_life("{row}").values())
_SUMMED = ", ".join(f"{rule} AS {name}" for name, rule in _life("sources").items())
ADDING = "sources = sources + excluded.sources, reports = reports + excluded.reports"

SERIES_LIVES_OF = f"""
SELECT series_sources.series, {_SUMMED},
    count(*) AS sources, sum(series_sources.reports) AS reports
FROM series_sources JOIN sources ON sources.id = series_sources.source_id
WHERE {{chosen}} GROUP BY 1, 2, 3, 4, 5
"""
ANEW = {
    **lasting.ANEW,
    "host_lives": f"""
        SELECT host, {_SUMMED}, count(*) AS sources, sum(report_count) AS reports
        FROM sources WHERE report_count > 0 GROUP BY 1, 2, 3, 4, 5
        """,
    "series_lives": SERIES_LIVES_OF.format(chosen="1"),
}
"""What these tables and those before them hold, counted of all rows."""

_AT_HOST = f"(host, {_COLUMNS}) = ({{row}}.host, {_VALUES})"
_ADDED = f"""
    INSERT INTO host_lives VALUES ({{row}}.host, {_VALUES}, 1, {{row}}.report_count)
    ON CONFLICT DO UPDATE SET {ADDING};"""
_TAKEN = f"""
    UPDATE host_lives SET sources = sources - 1, reports = reports - {{row}}.report_count
    WHERE {_AT_HOST};
    DELETE FROM host_lives WHERE {_AT_HOST} AND sources = 0;"""
_HOST_LIVED = ("host", *(name for name in LIVED if name not in {"platform", "first_cited"}))
_SERIES_LIVED = tuple(name for name in _HOST_LIVED if name not in {"host", "report_count"})

_OF_SERIES = "series IN (SELECT series FROM series_sources WHERE source_id = old.id)"
_IN_SERIES = f"({_COLUMNS}) = ({_VALUES.format(row='old')})"
_SERIES_TRIGGER = f"""
CREATE TRIGGER sources_lived_in_series_au AFTER UPDATE OF {", ".join(_SERIES_LIVED)} ON sources
WHEN {differs(*_SERIES_LIVED)} BEGIN
UPDATE series_lives SET sources = sources - 1, reports = reports - (
    SELECT mine.reports FROM series_sources AS mine
    WHERE mine.source_id = old.id AND mine.series = series_lives.series)
WHERE {_OF_SERIES} AND {_IN_SERIES};
DELETE FROM series_lives WHERE {_OF_SERIES} AND {_IN_SERIES} AND sources = 0;
INSERT INTO series_lives
SELECT series, {_VALUES.format(row="new")}, 1, reports FROM series_sources WHERE source_id = new.id
ON CONFLICT DO UPDATE SET {ADDING}; END
"""

STATEMENTS = [
    *CAPTURES.strip().split(";\n"),
    *(_TABLE.format(name=name) for name in ("host", "series")),
    *(f"INSERT INTO {name} {ANEW[name]}" for name in ("host_lives", "series_lives")),
    *following("lived_at_host", _HOST_LIVED, differs(*_HOST_LIVED), _ADDED, _TAKEN),
    _SERIES_TRIGGER,
]
