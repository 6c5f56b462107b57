"""What publishers edited in their reports (migration m067); `pipeline.decide.edits` decides.

Rows belong to two versions and go with either; whoever writes versions writes them anew.
"""

TABLES = """
CREATE TABLE sentence_edits (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,  -- that has it first
    position INTEGER NOT NULL,
    earlier_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,  -- the one before
    since_id INTEGER REFERENCES versions (id) ON DELETE CASCADE,  -- from which on the earlier words stood
    at TEXT NOT NULL,               -- first capture of version_id
    part TEXT NOT NULL,             -- text, title, cut-off, authors, note
    kinds TEXT NOT NULL,            -- JSON
    before TEXT,                    -- null: new
    after TEXT,                     -- null: gone
    labels_before TEXT NOT NULL,    -- JSON
    labels_after TEXT NOT NULL,     -- JSON
    sources_added TEXT NOT NULL,    -- JSON
    sources_dropped TEXT NOT NULL,  -- JSON
    admission TEXT NOT NULL,        -- named, noted, silent
    said TEXT NOT NULL,             -- JSON
    id INTEGER AS (version_id * 100000 + position) VIRTUAL,
    PRIMARY KEY (version_id, position)
) STRICT, WITHOUT ROWID;
-- serves: foreign key of versions
CREATE INDEX sentence_edits_by_earlier ON sentence_edits (earlier_id);
-- serves: foreign key of versions
CREATE INDEX sentence_edits_by_since ON sentence_edits (since_id) WHERE since_id IS NOT NULL;
-- serves: the newest edits
CREATE INDEX sentence_edits_by_time ON sentence_edits (at, version_id, position);
"""

TRIGGER = """
CREATE TRIGGER versions_edits_au AFTER UPDATE OF first_captured_at ON versions
WHEN old.first_captured_at IS NOT new.first_captured_at
BEGIN
UPDATE sentence_edits SET at = new.first_captured_at WHERE version_id = new.id;
END
"""

STOOD_LEAST = "unixepoch(earlier.last_captured_at) - unixepoch(since.first_captured_at)"
STOOD_MOST = "unixepoch(edited.at) - unixepoch(since.first_captured_at)"
"""Seconds for which the earlier words were seen to stand, and until the first sight of others."""

VIEWS = {
    "corrections": f"""
        SELECT edited.at, publications.report_id AS report, versions.series, versions.report_date,
               publications.publisher, edited.kinds, edited.part, edited.before, edited.after,
               edited.admission, edited.said, edited.sources_added, edited.sources_dropped,
               edited.labels_before, edited.labels_after, since.first_captured_at AS stood_from,
               earlier.last_captured_at AS last_seen_at,
               {STOOD_LEAST} AS stood_least_s, {STOOD_MOST} AS stood_most_s,
               versions.title, publications.url, versions.publication_id, versions.version,
               earlier.version AS earlier_version, edited.version_id, edited.position,
               edited.earlier_id, edited.id
        FROM sentence_edits AS edited
        CROSS JOIN versions ON versions.id = edited.version_id
        CROSS JOIN publications ON publications.id = versions.publication_id
        CROSS JOIN versions AS earlier ON earlier.id = edited.earlier_id
        LEFT JOIN versions AS since ON since.id = edited.since_id
        """,  # noqa: S608 - constants of this module
    "correction_counts": """
        SELECT versions.series, coalesce(substr(versions.report_date, 1, 4), 'undated') AS year,
               kind.value AS kind, count(*) AS edits, count(DISTINCT edited.version_id) AS versions,
               sum(edited.admission = 'named') AS named, sum(edited.admission = 'noted') AS noted,
               sum(edited.admission = 'silent') AS silent
        FROM sentence_edits AS edited
        CROSS JOIN json_each(edited.kinds) AS kind
        JOIN versions ON versions.id = edited.version_id
        GROUP BY 1, 2, 3
        """,
}
"""`CROSS JOIN` lets SQLite go through the edits in the order of their time, and no further than
asked for."""
