"""What each look at a post showed beside its words (migration m062)."""

TABLES = """
CREATE TABLE media_sets (
    id INTEGER PRIMARY KEY,         -- stable_id of the names
    names TEXT NOT NULL             -- JSON: by kind the names of what is shown
) STRICT;

CREATE TABLE media_sights (
    capture_id INTEGER PRIMARY KEY REFERENCES captures (id),
    source_id INTEGER NOT NULL REFERENCES sources (id),
    at TEXT NOT NULL,
    set_id INTEGER NOT NULL REFERENCES media_sets (id)
) STRICT;
-- serves: what a post showed, look by look
CREATE INDEX media_sights_by_source ON media_sights (source_id, at);
-- serves: what other posts showed in the same weeks
CREATE INDEX media_sights_by_time ON media_sights (at);
-- serves: foreign key of media_sets
CREATE INDEX media_sights_by_set ON media_sights (set_id)
"""
