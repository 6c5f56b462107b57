"""What figures of link rot rest on, kept with each source (migration m050).

It is decided with the verdicts (`pipeline.decide.followed`) and with the citations; nobody reads
all verdicts and captures anew to draw a curve.
"""

from archive.model.vocabulary import SEEING

TABLES = """
ALTER TABLE sources ADD COLUMN first_seen_at TEXT;
ALTER TABLE sources ADD COLUMN last_seen_at TEXT;
ALTER TABLE sources ADD COLUMN drifted_at TEXT;
ALTER TABLE sources ADD COLUMN compared INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN first_cited TEXT
"""

# Of archives from before. Only changes are kept as verdicts: a capture is judged like the one
# before it until the next verdict.
FOLLOWED = f"""
UPDATE sources SET (first_seen_at, drifted_at, compared) = (
    SELECT min(decided_at) FILTER (WHERE rule IN {SEEING}),
           min(decided_at) FILTER (WHERE status = 'drifted'), count(drift) > 0
    FROM verdicts WHERE verdicts.source_id = sources.id);
WITH told AS (
    SELECT source_id, decided_at, rule, lead(decided_at) OVER (
        PARTITION BY source_id ORDER BY decided_at, capture_id) AS until
    FROM verdicts),
seen AS (
    SELECT told.source_id, max(coalesce(captures.captured_at, told.decided_at)) AS at
    FROM told LEFT JOIN captures
        ON captures.source_id = told.source_id AND captures.via != 'wayback'
        AND captures.captured_at >= told.decided_at
        AND (told.until IS NULL OR captures.captured_at < told.until)
    WHERE told.rule IN {SEEING} GROUP BY 1)
UPDATE sources SET last_seen_at = (SELECT at FROM seen WHERE seen.source_id = sources.id)
"""  # noqa: S608 - names of ours

CITED = """
UPDATE sources SET first_cited = (
    SELECT min(versions.report_date) FROM citations JOIN versions
    ON versions.id = citations.version_id WHERE citations.source_id = sources.id)
"""

INDEX = """
-- serves: figures of link rot, which read it alone
CREATE INDEX sources_by_life ON sources (platform, host, first_seen_at, last_seen_at, drifted_at,
    compared, status, dead_since, first_cited, first_cited_at, report_count)
    WHERE report_count > 0
"""
