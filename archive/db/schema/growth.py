"""What keeps the day's questions as cheap as they were when there was less (migration m052).

Which sources wait to be asked about elsewhere, which hosts fail and how each day's captures ended
is kept as rows change, by triggers and partial indexes; nobody reads all sources or all captures to
find the few. Whoever changes the words that an index here is made of (outcomes that mean a page is
lost, platforms that only lead on) makes it anew in a migration: SQLite takes an index only where
the question has its very words.
"""

from archive.db.schema.counts import FATES_CITED
from archive.db.schema.memento_questions import IS_LOST, ON_ROUND, UNASKED
from archive.model.vocabulary import HOST_DOWN, RETRIEVED


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))


DOWN = f"last_outcome IN ({_listed(frozenset(HOST_DOWN))})"
"""The last try at a source says something of its host."""

_ASKED = """
-- 1: another archive was asked about it
ALTER TABLE sources ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
UPDATE sources SET asked = 1 WHERE id IN (SELECT source_id FROM mementos);
-- 1: it died after the last answer, and no copy is held
ALTER TABLE mementos ADD COLUMN died_anew INTEGER NOT NULL DEFAULT 0;
UPDATE mementos SET died_anew = 1 WHERE capture_id IS NULL AND EXISTS (
    SELECT 1 FROM sources WHERE sources.id = source_id AND dead_since > coalesce(answered_at, ''))
"""

_INDEXES = f"""
-- serves: lost sources of which no archive was asked, the newest cited first
CREATE INDEX sources_lost_unasked ON sources (last_cited DESC, id) WHERE {UNASKED} AND {IS_LOST};
-- serves: the slow round's sources of which no archive was asked, the newest cited first
CREATE INDEX sources_unasked ON sources (last_cited DESC, id) WHERE {UNASKED} AND {ON_ROUND}
    AND NOT {IS_LOST};
-- serves: the same, those that have waited longest first
CREATE INDEX sources_unasked_longest ON sources (first_captured_at, id)
    WHERE {UNASKED} AND {ON_ROUND} AND NOT {IS_LOST};
-- serves: what died after another archive answered
CREATE INDEX mementos_by_death ON mementos (source_id) WHERE died_anew = 1;
-- serves: what came of questions, counted
CREATE INDEX mementos_by_outcome ON mementos (outcome, checks);
-- serves: questions of a day
CREATE INDEX memento_checks_by_time ON memento_checks (checked_at);
-- serves: jobs to ask about
CREATE INDEX submissions_pending ON submissions (submitted_at) WHERE outcome = 'pending';

-- serves: sources of a host, and how it answered last
DROP INDEX sources_by_host;
CREATE INDEX sources_by_host ON sources (host, last_captured_at, last_outcome);
-- serves: hosts that failed of late
CREATE INDEX sources_by_failure ON sources (last_captured_at, host) WHERE {DOWN};
-- serves: what was cited in a time
CREATE INDEX sources_by_citation ON sources (first_cited_at)
    WHERE first_cited_at IS NOT NULL AND report_count > 0;
-- serves: the most cited sources
CREATE INDEX sources_by_report_count ON sources (report_count);
-- serves: the newest reports
CREATE INDEX reports_by_date ON reports (report_date, id);
-- serves: the newest versions
CREATE INDEX versions_by_time ON versions (first_captured_at);
-- serves: the newest questions
CREATE INDEX mementos_by_check ON mementos (checked_at);
-- serves: texts of a language, counted without reading them
CREATE INDEX texts_by_language ON texts (language);
-- serves: publications that a short link or a copy led to
CREATE INDEX captures_by_lead ON captures (leads_to) WHERE leads_to IS NOT NULL;
-- serves: figures of link rot, which read it alone
DROP INDEX sources_by_life;
CREATE INDEX sources_by_life ON sources (platform, host, first_seen_at, last_seen_at, drifted_at,
    compared, status, dead_since, first_cited, first_cited_at, report_count, captures)
    WHERE report_count > 0
"""

_DAYS = """
CREATE TABLE capture_days (
    day TEXT NOT NULL,
    via TEXT NOT NULL,
    platform TEXT NOT NULL,         -- of the source; empty: of no source
    domain TEXT NOT NULL,           -- of what is on no platform; else empty
    captures INTEGER NOT NULL,
    good INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (day, via, platform, domain)
) STRICT, WITHOUT ROWID
"""
_GOOD = f"{{row}}.outcome IN ({_listed(frozenset(RETRIEVED))})"
_PLACE = """
    substr({row}.captured_at, 1, 10), {row}.via,
    coalesce((SELECT platform FROM sources WHERE id = {row}.source_id), ''),
    coalesce((SELECT domain FROM sources WHERE id = {row}.source_id AND platform = 'web'), '')"""
COUNTED_ANEW = f"""
SELECT {_PLACE.format(row="captures")}, count(*), sum({_GOOD.format(row="captures")}),
    sum(warc_length)
FROM captures GROUP BY 1, 2, 3, 4
"""  # noqa: S608
_FILLED = f"INSERT INTO capture_days {COUNTED_ANEW}"


def _added(row: str) -> str:
    return f"""
    INSERT INTO capture_days
    VALUES ({_PLACE.format(row=row)}, 1, {_GOOD.format(row=row)}, {row}.warc_length)
    ON CONFLICT DO UPDATE SET captures = captures + 1, good = good + excluded.good,
        bytes = bytes + excluded.bytes;"""  # noqa: S608


def _taken(row: str) -> str:
    where = f"(day, via, platform, domain) = ({_PLACE.format(row=row)})"
    return f"""
    UPDATE capture_days SET captures = captures - 1, good = good - ({_GOOD.format(row=row)}),
        bytes = bytes - {row}.warc_length WHERE {where};
    DELETE FROM capture_days WHERE {where} AND captures = 0;"""  # noqa: S608


_DIED = """
    UPDATE mementos SET died_anew = capture_id IS NULL AND coalesce(
        (SELECT dead_since > coalesce(answered_at, '') FROM sources WHERE id = source_id), 0)
    WHERE source_id = {source};"""

TRIGGERS = [
    f"CREATE TRIGGER captures_by_day_ai AFTER INSERT ON captures BEGIN {_added('new')} END",
    f"CREATE TRIGGER captures_by_day_ad AFTER DELETE ON captures BEGIN {_taken('old')} END",
    f"""
    CREATE TRIGGER captures_by_day_au
    AFTER UPDATE OF captured_at, via, source_id, outcome, warc_length ON captures
    BEGIN {_taken("old")} {_added("new")} END
    """,
    f"""
    CREATE TRIGGER mementos_asked_ai AFTER INSERT ON mementos BEGIN
    UPDATE sources SET asked = 1 WHERE id = new.source_id AND asked = 0; {_DIED.format(source="new.source_id")} END
    """,  # noqa: S608
    """
    CREATE TRIGGER mementos_asked_ad AFTER DELETE ON mementos BEGIN
    UPDATE sources SET asked = 0 WHERE id = old.source_id; END
    """,
    f"""
    CREATE TRIGGER mementos_asked_au AFTER UPDATE OF capture_id, answered_at ON mementos
    BEGIN {_DIED.format(source="new.source_id")} END
    """,
    f"""
    CREATE TRIGGER sources_died_au AFTER UPDATE OF dead_since ON sources
    WHEN old.dead_since IS NOT new.dead_since BEGIN {_DIED.format(source="new.id")} END
    """,
]

_FATES = FATES_CITED.replace("OR seen", "OR first_seen_at IS NOT NULL")
# A source's year is kept with it; who was seen has a first sight. The index has all that is asked.
ROT_BY_YEAR = f"""
    SELECT coalesce(substr(first_cited, 1, 4), 'undated') AS year, {_FATES}
    FROM sources INDEXED BY sources_by_life WHERE report_count > 0 GROUP BY 1
    """  # noqa: S608

SCRIPTS = (_ASKED, _INDEXES, _DAYS, _FILLED)
