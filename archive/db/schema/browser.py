"""Cited pages as a browser showed them (migration m064)."""

TABLES = """
CREATE TABLE browser_pages (
    capture_id INTEGER PRIMARY KEY REFERENCES captures (id),
    source_id INTEGER NOT NULL REFERENCES sources (id),
    words INTEGER NOT NULL,             -- of the text that the browser showed
    plain_capture_id INTEGER REFERENCES captures (id),  -- the newest before it without a browser
    plain_words INTEGER,
    better INTEGER NOT NULL,            -- whether the browser showed more
    browser TEXT,
    requests INTEGER NOT NULL,
    network_bytes INTEGER NOT NULL,
    refused TEXT NOT NULL,              -- JSON: hosts that were not reached, and why
    limited_by TEXT                     -- which limit ended it before it was done
) STRICT;
-- serves: what a browser showed of a source
CREATE INDEX browser_pages_by_source ON browser_pages (source_id, capture_id);
-- serves: what is withheld with a plain capture
CREATE INDEX browser_pages_by_plain ON browser_pages (plain_capture_id)
    WHERE plain_capture_id IS NOT NULL;

CREATE TABLE browser_parts (
    capture_id INTEGER PRIMARY KEY REFERENCES captures (id),
    page_record_id TEXT NOT NULL,       -- captures.record_id of the page that it is a part of
    part TEXT NOT NULL
) STRICT;
-- serves: the picture of a page, and all that it got
CREATE INDEX browser_parts_by_page ON browser_parts (page_record_id, part)
"""
