"""Counts that are kept as rows change, so that nobody counts millions of rows anew (migration m015).

`host_counts` follows `sources`, `capture_counts` follows `captures`, both by triggers: whoever
changes a row, they are right within the same transaction. New sources are counted by who writes
them, all of a version at once (`archive.db.tables.cited_rows`): they are a third of all rows, and
SQLite notes for each row of a table with a trigger what it would need to take it back.
"""

from archive.model.vocabulary import SEEING

STATUSES = ("alive", "moved", "drifted", "suspect", "dead", "blocked", "refused", "unchecked")

COUNTED = {
    "sources": "1",
    "captured": "{row}.captures > 0",
    "seen": "{row}.seen OR {row}.status IN ('alive', 'moved', 'drifted')",
    "told": "{row}.seen OR {row}.status = 'dead'",
    **{status: f"{{row}}.status = '{status}'" for status in STATUSES},
}
"""Column of `host_counts`: what a source must be to be counted in it."""

ADDING = ", ".join(f"{name} = {name} + excluded.{name}" for name in COUNTED)
"""Where a row of counts is there already: its columns, each with what is new."""

NEW = frozenset({"sources", "unchecked"})
"""What a source counts for that is cited for the first time, and of which nothing else is known."""

_PLACE = ("host", "platform", "cited")
_OF = "{row}.host, {row}.platform, {row}.report_count > 0"


def values(row: str) -> str:
    """What a source counts for, as the columns of a SELECT."""
    return ", ".join(rule.format(row=row) for rule in COUNTED.values())


def _added(row: str) -> str:
    return added("host_counts", _PLACE, _OF.format(row=row), row)


def added(table: str, place: tuple[str, ...], of: str, row: str) -> str:
    """Counts a source where it belongs.

    Args:
        table: With the columns of `COUNTED` behind those of `place`, which are its key.
        place: Names of columns.
        of: Their values, as SQL.
        row: Name of the row of `sources`: `new` or `old`.
    """
    return f"""
    INSERT INTO {table} ({", ".join([*place, *COUNTED])})
    VALUES ({of}, {values(row)})
    ON CONFLICT DO UPDATE SET {ADDING};"""  # noqa: S608 - names of ours


def _taken(row: str) -> str:
    return taken("host_counts", _PLACE, _OF.format(row=row), row)


def taken(table: str, place: tuple[str, ...], of: str, row: str) -> str:
    """Takes it off again; what counts nothing any more is no row."""
    taking = ", ".join(
        f"{name} = {name} - ({rule.format(row=row)})" for name, rule in COUNTED.items()
    )
    where = f"({', '.join(place)}) = ({of})" if len(place) > 1 else f"{place[0]} = {of}"
    return f"""
    UPDATE {table} SET {taking} WHERE {where};
    DELETE FROM {table} WHERE {where} AND sources = 0;"""  # noqa: S608 - names of ours


def _is_counted(row: str) -> str:
    """A source is written before the citation that brings it: till then it is not counted."""
    return f"({row}.report_count > 0 OR {row}.captures > 0)"


# A trigger costs only where what it counts by has changed: most captures of a source change nothing.
_CHANGED = """
    old.status IS NOT new.status OR old.seen IS NOT new.seen OR (old.captures > 0) IS NOT (new.captures > 0)
    OR (old.report_count > 0) IS NOT (new.report_count > 0)
    OR old.host IS NOT new.host OR old.platform IS NOT new.platform"""

COUNTED_ANEW = f"""
SELECT host, platform, report_count > 0 AS cited,
    {", ".join(f"sum({rule.format(row='sources')}) AS {name}" for name, rule in COUNTED.items())}
FROM sources WHERE {_is_counted("sources")} GROUP BY 1, 2, 3
"""  # noqa: S608 - names of ours

TABLES = f"""
ALTER TABLE sources ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
UPDATE sources SET seen = 1 WHERE id IN (
    SELECT source_id FROM verdicts WHERE rule IN {SEEING});

CREATE TABLE host_counts (
    host TEXT NOT NULL,
    platform TEXT NOT NULL,
    cited INTEGER NOT NULL,         -- 0: only captured, cited by no version that is held
    {", ".join(f"{name} INTEGER NOT NULL" for name in COUNTED)},
    PRIMARY KEY (host, platform, cited)
) STRICT, WITHOUT ROWID;
INSERT INTO host_counts
{COUNTED_ANEW};

CREATE TABLE capture_counts (
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL,
    captures INTEGER NOT NULL,
    PRIMARY KEY (kind, outcome)
) STRICT, WITHOUT ROWID;
INSERT INTO capture_counts SELECT kind, outcome, count(*) FROM captures GROUP BY 1, 2;

DROP INDEX sources_by_due;
-- serves: sources that nobody could capture yet, newest citations first
CREATE INDEX sources_to_capture ON sources (next_due_at, last_cited)
    WHERE captures = 0 AND next_due_at IS NOT NULL;
-- serves: checks that are due, the most overdue first
CREATE INDEX sources_to_check ON sources (next_due_at, id)
    WHERE captures > 0 AND next_due_at IS NOT NULL;
-- serves: hosts that answered of late, hosts that are down, what today's checks came to
CREATE INDEX sources_by_last_capture ON sources (last_captured_at, host, last_outcome)
    WHERE last_captured_at IS NOT NULL;
-- serves: how long citations wait for their first capture, in order
CREATE INDEX sources_by_wait ON sources ((julianday(first_captured_at) - julianday(first_cited_at)))
    WHERE first_captured_at >= first_cited_at;
-- serves: runs under a clock of ours that was wrong
CREATE INDEX captures_by_odd_clock ON captures (warc_file, run)
    WHERE via <> 'import' AND (abs(clock_skew_s) > 86400 OR captured_at < '1991-08-06');
-- serves: what is left nowhere else
CREATE INDEX sources_by_only_copy ON sources (id) WHERE only_copy = 1
"""  # noqa: S608 - names of ours

_OF_SOURCES = "UPDATE OF host, platform, report_count, captures, status, seen"

TRIGGERS = [
    *(
        f"""
        CREATE TRIGGER sources_counted_{name} AFTER {event} ON sources
        WHEN {_is_counted(row)} {f"AND ({_CHANGED})" if event == _OF_SOURCES else ""}
        BEGIN {does(row)} END
        """
        for name, event, row, does in (
            ("ad", "DELETE", "old", _taken),
            ("au_taken", _OF_SOURCES, "old", _taken),
            ("au_added", _OF_SOURCES, "new", _added),
        )
    ),
    """
    CREATE TRIGGER captures_counted_ai AFTER INSERT ON captures BEGIN
    INSERT INTO capture_counts VALUES (new.kind, new.outcome, 1)
    ON CONFLICT DO UPDATE SET captures = captures + 1; END
    """,
    """
    CREATE TRIGGER captures_counted_ad AFTER DELETE ON captures BEGIN
    UPDATE capture_counts SET captures = captures - 1 WHERE kind = old.kind AND outcome = old.outcome;
    DELETE FROM capture_counts WHERE kind = old.kind AND outcome = old.outcome AND captures = 0; END
    """,
    """
    CREATE TRIGGER captures_counted_au AFTER UPDATE OF kind, outcome ON captures
    WHEN old.kind IS NOT new.kind OR old.outcome IS NOT new.outcome BEGIN
    UPDATE capture_counts SET captures = captures - 1 WHERE kind = old.kind AND outcome = old.outcome;
    DELETE FROM capture_counts WHERE kind = old.kind AND outcome = old.outcome AND captures = 0;
    INSERT INTO capture_counts VALUES (new.kind, new.outcome, 1)
    ON CONFLICT DO UPDATE SET captures = captures + 1; END
    """,
]

FATES = """
    sum(sources) AS cited, sum(captured) AS captured, sum(alive) AS alive, sum(moved) AS moved,
    sum(drifted) AS drifted, sum(suspect) AS suspect, sum(dead) AS dead, sum(blocked) AS blocked,
    sum(refused) AS refused, sum(unchecked) AS unchecked, sum(told) AS told,
    round(1.0 * sum(dead) / nullif(sum(told), 0), 4) AS share_dead,
    round(1.0 * sum(drifted) / nullif(sum(alive + moved + drifted), 0), 4) AS share_drifted"""

# One row for a source in each group, however many versions and notes cite it.
_CITING = """
    SELECT DISTINCT {columns}, citations.source_id
    FROM citations
    JOIN versions ON versions.id = citations.version_id
    JOIN publications ON publications.id = versions.publication_id
    JOIN reports ON reports.id = publications.report_id
    WHERE citations.source_id IS NOT NULL"""

FATES_CITED = """
    count(*) AS cited, sum(sources.captures > 0) AS captured, sum(status = 'alive') AS alive,
    sum(status = 'moved') AS moved, sum(status = 'drifted') AS drifted,
    sum(status = 'suspect') AS suspect, sum(status = 'dead') AS dead,
    sum(status = 'blocked') AS blocked, sum(status = 'refused') AS refused,
    sum(status = 'unchecked') AS unchecked, sum(status = 'dead' OR seen) AS told,
    round(1.0 * sum(status = 'dead') / nullif(sum(status = 'dead' OR seen), 0), 4) AS share_dead,
    round(1.0 * sum(status = 'drifted')
          / nullif(sum(status IN ('alive', 'moved', 'drifted')), 0), 4) AS share_drifted"""


def _by_citing(columns: str, group: str) -> str:
    return f"""
        WITH citing AS ({_CITING.format(columns=columns)})
        SELECT {group}, {FATES_CITED}
        FROM citing JOIN sources ON sources.id = citing.source_id GROUP BY 1
        """  # noqa: S608 - constants of this module


# How cited sources fare, by what cites them and by where they are; `archive.show.rot` adds how
# long they last.
VIEWS = {
    "rot_by_report": _by_citing(
        "reports.id AS report, reports.report_date", "citing.report, citing.report_date"
    ),
    "rot_by_series": _by_citing("reports.series", "citing.series"),
    "rot_by_year": f"""
        WITH citing AS (
            SELECT source_id, coalesce(substr(min(report_date), 1, 4), 'undated') AS year
            FROM ({_CITING.format(columns="reports.report_date")}) GROUP BY source_id)
        SELECT citing.year, {FATES_CITED}
        FROM citing JOIN sources ON sources.id = citing.source_id GROUP BY 1
        """,  # noqa: S608 - constants of this module
    "rot_by_platform": f"""
        SELECT platform, {FATES}
        FROM host_counts WHERE host_counts.cited = 1 GROUP BY platform
        """,  # noqa: S608 - constants of this module
    "rot_by_host": f"""
        SELECT host, {FATES}
        FROM host_counts WHERE host_counts.cited = 1 GROUP BY host
        """,  # noqa: S608 - constants of this module
    # Where sources fail, and where pages were had before they failed.
    "hosts": """
        SELECT host, sum(sources) AS sources, sum(captured) AS captured, sum(seen) AS seen,
               sum(alive) AS alive, sum(moved) AS moved, sum(drifted) AS drifted, sum(suspect) AS suspect,
               sum(dead) AS dead, sum(blocked) AS blocked, sum(refused) AS refused
        FROM host_counts GROUP BY host
        """,
}

ROWS_KEPT = {"captures": "SELECT coalesce(sum(captures), 0) FROM capture_counts"}
"""How many rows tables have, where it is kept."""
