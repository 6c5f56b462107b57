"""Our captures beside other archives' copies of the same days (migration m068)."""

TABLES = """
CREATE TABLE corroborations (
    copy_id INTEGER PRIMARY KEY REFERENCES captures (id),  -- another observer's
    own_id INTEGER NOT NULL REFERENCES captures (id),  -- ours, that says most nearly the same
    source_id INTEGER NOT NULL REFERENCES sources (id),
    observer TEXT NOT NULL,         -- host of the archive, or import
    apart_s INTEGER NOT NULL,       -- from ours to theirs
    drift TEXT NOT NULL,            -- theirs against ours; same: two observers saw the same
    distance REAL NOT NULL,
    words_added INTEGER NOT NULL,
    words_removed INTEGER NOT NULL,
    at TEXT NOT NULL                -- when the second of the two was captured here
) STRICT;
-- serves: what others saw of a source, and foreign key of sources
CREATE INDEX corroborations_by_source ON corroborations (source_id);
-- serves: foreign key of captures; what others saw when a capture of ours was made
CREATE INDEX corroborations_by_own ON corroborations (own_id);
-- serves: where observers differ
CREATE INDEX corroborations_by_drift ON corroborations (drift, at);
"""

VIEWS = {
    "two_observers": """
        SELECT sources.url, corroborations.observer, corroborations.drift = 'same' AS same, corroborations.drift,
               corroborations.distance, corroborations.apart_s, own.captured_at AS ours_at,
               strftime('%Y-%m-%dT%H:%M:%SZ', own.captured_at, corroborations.apart_s || ' seconds') AS theirs_at,
               sources.platform, sources.status,
               corroborations.at, corroborations.source_id, corroborations.own_id, corroborations.copy_id
        FROM corroborations
        CROSS JOIN sources ON sources.id = corroborations.source_id
        CROSS JOIN captures AS own ON own.id = corroborations.own_id
        """,
}
