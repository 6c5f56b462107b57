"""What each citing sentence rests on (migration m053), counted; `pipeline.decide.support` decides.

Voices change with citations and with what captures tell of a source; how their sources fare follows
`sources` by a trigger, so that no check has to count sentences anew.
"""

TABLES = """
CREATE TABLE circular_texts (
    text_id INTEGER PRIMARY KEY REFERENCES texts (id),
    names TEXT,                     -- the words that name ISW or CTP
    links TEXT                      -- the least address of theirs that it leads to
) STRICT;

CREATE TABLE sentence_support (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,      -- of the sentence's first marker
    last_position INTEGER NOT NULL, -- of its last
    sources INTEGER NOT NULL,       -- without reports and maps of the publishers
    own INTEGER NOT NULL,           -- those
    voices INTEGER NOT NULL,
    unnamed INTEGER NOT NULL,       -- sources whose account nothing tells
    platforms TEXT NOT NULL,
    circular INTEGER NOT NULL,
    alive INTEGER NOT NULL,
    drifted INTEGER NOT NULL,
    dead INTEGER NOT NULL,
    only_copies INTEGER NOT NULL,
    PRIMARY KEY (version_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE sentence_sources (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,      -- as in sentence_support
    source_id INTEGER NOT NULL REFERENCES sources (id),
    voice TEXT,                     -- null: the publishers' own
    circular TEXT NOT NULL,         -- JSON: what makes it circular, by kind
    PRIMARY KEY (version_id, position, source_id)
) STRICT, WITHOUT ROWID;
-- serves: the sentences that rest on a source, as it changes
CREATE INDEX sentence_sources_by_source ON sentence_sources (source_id);
-- serves: circular sources
CREATE INDEX sentence_sources_by_circle ON sentence_sources (version_id) WHERE circular != '{}';
"""


def _moves(column: str, rule: str) -> str:
    return f"{column} = {column} + ({rule.format(row='new')}) - ({rule.format(row='old')})"


COUNTED = {
    "alive": "{row}.status IN ('alive', 'moved')",
    "drifted": "{row}.status = 'drifted'",
    "dead": "{row}.status = 'dead'",
    "only_copies": "{row}.only_copy",
}
"""How the sources behind a sentence fare: what a source must be to be counted."""

TRIGGER = f"""
CREATE TRIGGER sources_support_au AFTER UPDATE OF status, only_copy ON sources
WHEN old.status IS NOT new.status OR old.only_copy IS NOT new.only_copy
BEGIN
UPDATE sentence_support SET {", ".join(_moves(*one) for one in COUNTED.items())}
WHERE (version_id, position) IN (
    SELECT version_id, position FROM sentence_sources WHERE source_id = new.id AND voice IS NOT NULL);
END
"""  # noqa: S608 - names of ours

ONE_VOICE = "(voices = 1 AND (unnamed = 0 OR sources = 1))"
NO_LIVE = "(sources > 0 AND dead + drifted = sources)"

_FIGURES = f"""
    count(*) AS sentences, sum(sources = 0) AS own_only, sum({ONE_VOICE}) AS one_voice,
    sum(platforms IN ('telegram', 'x', 'telegram, x')) AS telegram_x,
    sum({ONE_VOICE} AND platforms = 'telegram') AS one_channel,
    sum({NO_LIVE}) AS no_live_support, sum(only_copies > 0) AS only_copies, sum(circular > 0) AS circular,
    round(1.0 * sum({ONE_VOICE}) / nullif(sum(sources > 0), 0), 4) AS share_one_voice,
    round(1.0 * sum({NO_LIVE}) / nullif(sum(sources > 0), 0), 4) AS share_no_live_support"""


def _by(column: str, group: str) -> str:
    return f"""
        SELECT {column}, {_FIGURES}
        FROM latest_versions JOIN sentence_support ON sentence_support.version_id = latest_versions.version_id
        GROUP BY {group}
        """  # noqa: S608 - constants of this module


VIEWS = {
    "claim_support": f"""
        SELECT latest_versions.report, latest_versions.series, latest_versions.report_date,
               markers.sentence, markers.label AS note, markers.section,
               sentence_support.voices, sentence_support.sources, sentence_support.own, sentence_support.unnamed,
               sentence_support.platforms, {ONE_VOICE} AS one_voice, sentence_support.alive,
               sentence_support.drifted, sentence_support.dead, sentence_support.only_copies,
               {NO_LIVE} AS no_live_support, sentence_support.circular,
               sentence_support.version_id, sentence_support.position
        FROM latest_versions
        JOIN sentence_support ON sentence_support.version_id = latest_versions.version_id
        JOIN markers ON markers.version_id = sentence_support.version_id
             AND markers.position = sentence_support.position
        """,  # noqa: S608 - constants of this module
    "circular_sources": """
        SELECT latest_versions.report, latest_versions.report_date, markers.sentence, markers.label AS note,
               sources.url, json_extract(sentence_sources.circular, '$.names') AS names,
               json_extract(sentence_sources.circular, '$.links') AS links,
               json_extract(sentence_sources.circular, '$.copies') AS copies,
               json_extract(sentence_sources.circular, '$.after') AS after,
               sentence_sources.source_id, sentence_sources.version_id, sentence_sources.position
        FROM sentence_sources
        JOIN latest_versions ON latest_versions.version_id = sentence_sources.version_id
        JOIN markers ON markers.version_id = sentence_sources.version_id
             AND markers.position = sentence_sources.position
        JOIN sources ON sources.id = sentence_sources.source_id
        WHERE sentence_sources.circular != '{}'
        """,
    "support_by_report": _by("report, report_date", "report"),
    "support_by_series": _by("series", "series"),
    "support_by_year": _by("coalesce(substr(report_date, 1, 4), 'undated') AS year", "1"),
}
