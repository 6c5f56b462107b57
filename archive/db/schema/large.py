"""What else keeps pages as quick at a million citations as at some thousand: a view that is read as
far as a page shows it (migration m092); what the sentences of each version rest on (m093) and how
they speak (m094), counted with the version.
"""

# ruff: noqa: S608 - names of ours alone
from archive.db.schema.counts import FATES_CITED
from archive.db.schema.support import NO_LIVE, ONE_VOICE

# Report by report from the newest on, in the order of an index: who shows the first fifty reads no
# more. A source is in the list once, however many versions and notes of the report cite it.
ROT_BY_REPORT = f"""
    SELECT reports.id AS report, reports.report_date, {FATES_CITED}
    FROM reports CROSS JOIN sources
    WHERE sources.id IN (
        SELECT citations.source_id FROM publications
        CROSS JOIN versions ON versions.publication_id = publications.id
        CROSS JOIN citations ON citations.version_id = versions.id
        WHERE publications.report_id = reports.id)
    GROUP BY reports.report_date, reports.id
    ORDER BY reports.report_date DESC, reports.id DESC
    """

# In the order in which `only_copies` is shown, where SQLite would take all that is dead.
DEATHS = """
-- serves: what died last
DROP INDEX sources_by_death;
CREATE INDEX sources_by_death ON sources (status, dead_since) WHERE status = 'dead'
"""

SUPPORT = {
    "sentences": "count(*)",
    "own_only": "sum(sources = 0)",
    "one_voice": f"sum({ONE_VOICE})",
    "telegram_x": "sum(platforms IN ('telegram', 'x', 'telegram, x'))",
    "one_channel": f"sum({ONE_VOICE} AND platforms = 'telegram')",
    "no_live_support": f"sum({NO_LIVE})",
    "only_copies": "sum(only_copies > 0)",
    "circular": "sum(circular > 0)",
    "voices_1": "sum(voices = 1)",
    "voices_2": "sum(voices = 2)",
    "voices_3": "sum(voices = 3)",
    "voices_more": "sum(voices > 3)",
}
"""Column of `version_support`: what it counts of the version's rows of `sentence_support`."""

SUPPORT_OF = f"""
SELECT version_id, {", ".join(f"{rule} AS {name}" for name, rule in SUPPORT.items())}
FROM sentence_support WHERE {{chosen}} GROUP BY version_id
"""
SUPPORT_TABLE = f"""
CREATE TABLE version_support (
    version_id INTEGER PRIMARY KEY REFERENCES versions (id) ON DELETE CASCADE,
    {", ".join(f"{name} INTEGER NOT NULL" for name in SUPPORT)}
) STRICT;
INSERT INTO version_support {SUPPORT_OF.format(chosen="1")}
"""


def _no_live(row: str) -> str:
    return f"({row}.sources > 0 AND {row}.dead + {row}.drifted = {row}.sources)"


# As the sources fare; what else a sentence rests on is written and counted for a version at once
# (`archive.db.tables.support_rows`).
SUPPORT_TRIGGER = f"""
CREATE TRIGGER sentence_support_au AFTER UPDATE OF drifted, dead, only_copies ON sentence_support
WHEN {_no_live("old")} IS NOT {_no_live("new")}
    OR (old.only_copies > 0) IS NOT (new.only_copies > 0)
BEGIN
UPDATE version_support SET
    no_live_support = no_live_support + {_no_live("new")} - {_no_live("old")},
    only_copies = only_copies + (new.only_copies > 0) - (old.only_copies > 0)
WHERE version_id = new.version_id;
END
"""

_SUMS = ", ".join(f"sum({name}) AS {name}" for name in SUPPORT if not name.startswith("voices"))


def _supported(column: str, group: str) -> str:
    return f"""
        SELECT {column}, {_SUMS},
            round(1.0 * sum(one_voice) / nullif(sum(sentences - own_only), 0), 4)
                AS share_one_voice,
            round(1.0 * sum(no_live_support) / nullif(sum(sentences - own_only), 0), 4)
                AS share_no_live_support
        FROM latest_versions
        JOIN version_support ON version_support.version_id = latest_versions.version_id
        GROUP BY {group}
        """


SUPPORT_VIEWS = {
    "support_by_report": _supported("report, report_date", "report"),
    "support_by_series": _supported("series", "series"),
    "support_by_year": _supported("coalesce(substr(report_date, 1, 4), 'undated') AS year", "1"),
}

# In place of an index with a row for each marker, which only these counts were read from.
HEDGES_OF = """
SELECT version_id, hedge, coalesce(role, '') AS role, count(*) AS markers
FROM markers WHERE hedge IS NOT NULL GROUP BY 1, 2, 3
"""
HEDGES_TABLE = f"""
CREATE TABLE version_hedges (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    hedge TEXT NOT NULL,
    role TEXT NOT NULL,             -- empty: none is named
    markers INTEGER NOT NULL,
    PRIMARY KEY (version_id, hedge, role)
) STRICT, WITHOUT ROWID;
INSERT INTO version_hedges {HEDGES_OF};
DROP INDEX markers_by_speech
"""

ANEW = {"version_support": SUPPORT_OF.format(chosen="1"), "version_hedges": HEDGES_OF}
"""What each table of counts holds, counted of all rows."""
