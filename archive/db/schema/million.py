"""What keeps pages as quick at a million citations as at some thousand: indexes of searches
(migration m083), and counts that follow sources, captures and citations (m084);
more indexes (m085).

Counts follow `sources` and `captures` by triggers, but for new sources
(`archive.db.tables.cited_rows`). What cites a source (series, reports), and its counts, follow the
versions of a publication: `archive.db.tables.kept_rows` writes them anew with these.
"""

# ruff: noqa: S608 - names of ours alone
from archive.db.schema import mementos
from archive.db.schema.counts import COUNTED, FATES, added, taken

SEARCHING = """
-- serves: searches by language and day of cited pages; both stand behind the text, which is long
CREATE INDEX texts_by_number ON texts (id, published, language);
CREATE INDEX texts_by_day ON texts (published, id, language);
-- serves: who holds this text
DROP INDEX captures_by_text;
CREATE INDEX captures_by_text ON captures (text_id, source_id) WHERE text_id IS NOT NULL;
-- serves: searches by account, however it is written
CREATE INDEX sources_by_account ON sources (account COLLATE NOCASE) WHERE account IS NOT NULL;
-- serves: the newest version of each publication, found without its text
CREATE INDEX versions_newest ON versions (publication_id, complete, version, series, report_date)
"""

MORE_INDEXES = """
-- serves: the sentences that refer to a note, and their numbers
DROP INDEX markers_by_note;
CREATE INDEX markers_by_note ON markers (note_id, position);
-- serves: what is cited of an account, the most cited and the newest
CREATE INDEX sources_of_account ON sources (platform, account, report_count, last_cited)
    WHERE report_count > 0;
CREATE INDEX sources_of_account_newest ON sources (platform, account, first_cited_at)
    WHERE report_count > 0 AND first_cited_at IS NOT NULL;
-- serves: what died last
CREATE INDEX sources_by_death ON sources (dead_since) WHERE status = 'dead'
"""

_COLUMNS = ", ".join(f"{name} INTEGER NOT NULL" for name in COUNTED)

_TABLES = f"""
CREATE TABLE series_sources (
    source_id INTEGER NOT NULL REFERENCES sources (id),
    series TEXT NOT NULL,
    reports INTEGER NOT NULL,
    first_cited TEXT,               -- report date
    PRIMARY KEY (source_id, series)
) STRICT, WITHOUT ROWID;

CREATE TABLE series_counts (
    series TEXT PRIMARY KEY,
    {_COLUMNS}
) STRICT, WITHOUT ROWID;

CREATE TABLE year_counts (
    year TEXT PRIMARY KEY,          -- of the first citation
    {_COLUMNS}
) STRICT, WITHOUT ROWID;

CREATE TABLE source_lives (
    platform TEXT NOT NULL,
    year TEXT NOT NULL,             -- of the first citation
    compared INTEGER NOT NULL,
    last INTEGER NOT NULL,          -- hours after the first sight, as the next two; never: {{never}}
    died INTEGER NOT NULL,
    drifted INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    reports INTEGER NOT NULL,       -- of each source its own
    PRIMARY KEY (platform, year, compared, last, died, drifted)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_outcomes (
    source_id INTEGER NOT NULL REFERENCES sources (id),
    outcome TEXT NOT NULL,
    captures INTEGER NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (source_id, outcome)
) STRICT, WITHOUT ROWID;

CREATE TABLE host_outcomes (
    host TEXT NOT NULL,
    outcome TEXT NOT NULL,
    captures INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (host, outcome)
) STRICT, WITHOUT ROWID;

CREATE TABLE account_reports (
    platform TEXT NOT NULL,
    account TEXT NOT NULL,
    report TEXT NOT NULL,
    citations INTEGER NOT NULL,     -- in all versions
    report_date TEXT,               -- the newest that a version names
    PRIMARY KEY (platform, account, report)
) STRICT, WITHOUT ROWID;
-- serves: what a report cites, as it changes
CREATE INDEX account_reports_by_report ON account_reports (report);
-- serves: the newest citation of an account
CREATE INDEX account_reports_by_date ON account_reports (platform, account, report_date);

CREATE TABLE account_counts (
    platform TEXT NOT NULL,
    account TEXT NOT NULL,
    reports INTEGER NOT NULL,
    citations INTEGER NOT NULL,
    last_cited TEXT,
    PRIMARY KEY (platform, account)
) STRICT, WITHOUT ROWID;
-- serves: the most cited accounts
CREATE INDEX account_counts_by_reports ON account_counts (reports, citations)
"""

NEVER = -1_000_000_000
"""Hours of what did not happen: a key has no NULL."""
TABLES = _TABLES.format(never=NEVER)

CITING = """
FROM citations
JOIN versions ON versions.id = citations.version_id
JOIN publications ON publications.id = versions.publication_id
JOIN reports ON reports.id = publications.report_id"""

SERIES_OF = f"""
SELECT citations.source_id, reports.series, count(DISTINCT reports.id) AS reports,
    min(reports.report_date) AS first_cited
{CITING} WHERE citations.source_id IS NOT NULL AND {{chosen}} GROUP BY 1, 2
"""
ACCOUNTS_OF = f"""
SELECT sources.platform, sources.account, reports.id AS report, count(*) AS citations,
    max(versions.report_date) AS report_date
{CITING} JOIN sources ON sources.id = citations.source_id
WHERE sources.account IS NOT NULL AND {{chosen}} GROUP BY 1, 2, 3
"""

UNDATED = "undated"
YEAR = f"coalesce(substr({{row}}.first_cited, 1, 4), '{UNDATED}')"


def hours(row: str, column: str) -> str:
    """Hours from a source's first sight on."""
    return (
        f"coalesce(CAST(round(24 * (julianday({row}.{column}) - julianday({row}.first_seen_at))) "
        f"AS INTEGER), {NEVER})"
    )


def died(row: str) -> str:
    """Of what was never seen: at once."""
    never = f"iif({row}.first_seen_at IS NULL, 0, {hours(row, 'dead_since')})"
    return f"iif({row}.status = 'dead', {never}, {NEVER})"


def _life(row: str) -> str:
    return (
        f"{row}.platform, {YEAR.format(row=row)}, {row}.compared, {hours(row, 'last_seen_at')}, "
        f"{died(row)}, {hours(row, 'drifted_at')}"
    )


_LIFE = "(platform, year, compared, last, died, drifted)"


def _life_added(row: str) -> str:
    return f"""
    INSERT INTO source_lives VALUES ({_life(row)}, 1, {row}.report_count)
    ON CONFLICT DO UPDATE SET sources = sources + 1, reports = reports + excluded.reports;"""


def _life_taken(row: str) -> str:
    return f"""
    UPDATE source_lives SET sources = sources - 1, reports = reports - {row}.report_count
    WHERE {_LIFE} = ({_life(row)});
    DELETE FROM source_lives WHERE {_LIFE} = ({_life(row)}) AND sources = 0;"""


def differs(*columns: str) -> str:
    """Whether an update changed any of these."""
    return " OR ".join(f"old.{name} IS NOT new.{name}" for name in columns)


LIVED = (
    "platform", "first_cited", "compared", "status", "first_seen_at", "last_seen_at", "dead_since",
    "drifted_at", "report_count",
)  # fmt: skip
_FATE = ("status", "seen", "captures", "report_count", "first_cited")
_FARES = """old.status IS NOT new.status OR old.seen IS NOT new.seen
    OR (old.captures > 0) IS NOT (new.captures > 0)"""
_YEAR_FARES = f"""{_FARES} OR (old.report_count > 0) IS NOT (new.report_count > 0)
    OR old.first_cited IS NOT new.first_cited"""


def following(name: str, columns: tuple[str, ...], changed: str, add: str, take: str) -> list[str]:
    """Triggers that count cited sources, where `new` and `old` stand for the row."""
    updated = f"UPDATE OF {', '.join(columns)}"
    return [
        f"""
        CREATE TRIGGER sources_{name}_{kind} AFTER {event} ON sources
        WHEN {row}.report_count > 0 {f"AND ({changed})" if event == updated else ""}
        BEGIN {does.format(row=row)} END
        """
        for kind, event, row, does in (
            ("ad", "DELETE", "old", take),
            ("au_taken", updated, "old", take),
            ("au_added", updated, "new", add),
        )
    ]


_BY_YEAR = ("year_counts", ("year",))
_SERIES_MOVED = ", ".join(
    f"{name} = {name} + ({rule.format(row='new')}) - ({rule.format(row='old')})"
    for name, rule in COUNTED.items()
)
_NEW_OUTCOME = """
    INSERT INTO source_outcomes VALUES (new.source_id, new.outcome, 1, new.captured_at)
    ON CONFLICT DO UPDATE SET captures = captures + 1, last_at = max(last_at, excluded.last_at);"""
_OLD_OUTCOME = """
    UPDATE source_outcomes SET captures = captures - 1, last_at = coalesce(
        iif(last_at > old.captured_at, last_at, (SELECT max(captured_at) FROM captures
            WHERE captures.source_id = old.source_id AND +captures.outcome = old.outcome)), last_at)
    WHERE (source_id, outcome) = (old.source_id, old.outcome);
    DELETE FROM source_outcomes
    WHERE (source_id, outcome) = (old.source_id, old.outcome) AND captures = 0;"""
_HOST = "(SELECT host FROM sources WHERE id = {row}.source_id)"
_AT_HOST = f"(host, outcome) = ({_HOST}, {{row}}.outcome)"
# A newest capture that goes leaves another one the newest: of the host all are asked.
_NEWEST_OF_HOST = f"""
    UPDATE host_outcomes SET last_at = (
        SELECT max(source_outcomes.last_at) FROM sources
        CROSS JOIN source_outcomes ON source_outcomes.source_id = sources.id
        WHERE sources.host = host_outcomes.host AND source_outcomes.outcome = host_outcomes.outcome)
    WHERE {_AT_HOST.format(row="old")} AND last_at = old.last_at;"""
_OUTCOMES_OF_HOSTS = {
    "ai": f"""INSERT ON source_outcomes BEGIN
    INSERT INTO host_outcomes
    VALUES ({_HOST.format(row="new")}, new.outcome, new.captures, 1, new.last_at)
    ON CONFLICT DO UPDATE SET captures = captures + excluded.captures, sources = sources + 1,
        last_at = max(last_at, excluded.last_at); END""",
    "ad": f"""DELETE ON source_outcomes BEGIN
    UPDATE host_outcomes SET captures = captures - old.captures, sources = sources - 1
    WHERE {_AT_HOST.format(row="old")};
    DELETE FROM host_outcomes WHERE {_AT_HOST.format(row="old")} AND sources = 0;
    {_NEWEST_OF_HOST} END""",
    "au": f"""UPDATE ON source_outcomes BEGIN
    UPDATE host_outcomes SET captures = captures + new.captures - old.captures,
        last_at = max(last_at, new.last_at) WHERE {_AT_HOST.format(row="new")}; END""",
    "au_last": f"""UPDATE ON source_outcomes WHEN new.last_at < old.last_at
    BEGIN {_NEWEST_OF_HOST} END""",
}  # fmt: skip
_NAMED = "(platform, account) = ({row}.platform, {row}.account)"
_OF_ACCOUNTS = {
    "ad": f"""DELETE ON account_reports BEGIN
    UPDATE account_counts SET reports = reports - 1, citations = citations - old.citations,
        last_cited = (SELECT max(report_date) FROM account_reports
            WHERE {_NAMED.format(row="old")})
    WHERE {_NAMED.format(row="old")};
    DELETE FROM account_counts WHERE {_NAMED.format(row="old")} AND reports = 0; END""",
}

TRIGGERS = [
    *following(
        "by_year",
        _FATE,
        _YEAR_FARES,
        added(*_BY_YEAR, YEAR, "{row}"),
        taken(*_BY_YEAR, YEAR, "{row}"),
    ),
    *following(
        "lived",
        LIVED,
        differs(*LIVED),
        _life_added("{row}"),
        _life_taken("{row}"),
    ),
    f"""
    CREATE TRIGGER sources_by_series_au AFTER UPDATE OF status, seen, captures ON sources
    WHEN {_FARES} BEGIN
    UPDATE series_counts SET {_SERIES_MOVED}
    WHERE series IN (SELECT series FROM series_sources WHERE source_id = new.id); END
    """,
    f"""
    CREATE TRIGGER captures_by_end_ai AFTER INSERT ON captures WHEN new.source_id IS NOT NULL
    BEGIN {_NEW_OUTCOME} END
    """,
    f"""
    CREATE TRIGGER captures_by_end_ad AFTER DELETE ON captures WHEN old.source_id IS NOT NULL
    BEGIN {_OLD_OUTCOME} END
    """,
    *(
        f"CREATE TRIGGER captures_by_end_au_{name} "
        "AFTER UPDATE OF source_id, outcome, captured_at ON captures "
        f"WHEN {row}.source_id IS NOT NULL AND ({differs('source_id', 'outcome', 'captured_at')}) "
        f"BEGIN {does} END"
        for name, row, does in (
            ("taken", "old", _OLD_OUTCOME),
            ("added", "new", _NEW_OUTCOME),
        )
    ),
    *(
        f"CREATE TRIGGER {table}_{name} AFTER {does}"
        for table, triggers in (
            ("source_outcomes", _OUTCOMES_OF_HOSTS),
            ("account_reports", _OF_ACCOUNTS),
        )
        for name, does in triggers.items()
    ),
]

_SUMS = ", ".join(f"sum({rule.format(row='sources')}) AS {name}" for name, rule in COUNTED.items())
SERIES_COUNTS_OF = f"""
SELECT series_sources.series, {_SUMS}
FROM series_sources JOIN sources ON sources.id = series_sources.source_id
WHERE {{chosen}} GROUP BY 1
"""
ANEW = {
    "series_sources": SERIES_OF.format(chosen="1"),
    "series_counts": SERIES_COUNTS_OF.format(chosen="1"),
    "year_counts": f"""
        SELECT {YEAR.format(row="sources")} AS year, {_SUMS}
        FROM sources WHERE report_count > 0 GROUP BY 1
        """,
    "source_lives": f"""
        SELECT platform, {YEAR.format(row="sources")} AS year, compared,
            {hours("sources", "last_seen_at")} AS last, {died("sources")} AS died,
            {hours("sources", "drifted_at")} AS drifted, count(*) AS sources,
            sum(report_count) AS reports
        FROM sources WHERE report_count > 0 GROUP BY 1, 2, 3, 4, 5, 6
        """,
    "source_outcomes": """
        SELECT source_id, outcome, count(*) AS captures, max(captured_at) AS last_at
        FROM captures WHERE source_id IS NOT NULL GROUP BY 1, 2
        """,
    "host_outcomes": """
        SELECT sources.host, source_outcomes.outcome, sum(source_outcomes.captures) AS captures,
            count(*) AS sources, max(source_outcomes.last_at) AS last_at
        FROM source_outcomes JOIN sources ON sources.id = source_outcomes.source_id GROUP BY 1, 2
        """,
    "account_reports": ACCOUNTS_OF.format(chosen="1"),
    "account_counts": """
        SELECT platform, account, count(*) AS reports, sum(citations) AS citations,
            max(report_date) AS last_cited
        FROM account_reports GROUP BY 1, 2
        """,
}  # fmt: skip
"""What each table of counts holds, counted of all rows; each may rest on those before it."""

ONLY_COPIES = mementos.ONLY_COPIES.replace("sources JOIN", "sources CROSS JOIN")
"""By the time of death: what died last is asked about first."""

VIEWS = {
    "only_copies": ONLY_COPIES,
    "rot_by_year": f"SELECT year, {FATES} FROM year_counts GROUP BY year",
    "rot_by_series": f"SELECT series, {FATES} FROM series_counts GROUP BY series",
}
