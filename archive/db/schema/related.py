"""What posts refer to (migration m070): the posts they answer, quote, hand on; parts of albums."""

TABLES = """
CREATE TABLE post_links (
    source_id INTEGER NOT NULL REFERENCES sources (id),
    relation TEXT NOT NULL,         -- replies-to, quotes, forwards, album
    other_id INTEGER NOT NULL,      -- stable_id of its url (no reference: it may not be held)
    url TEXT NOT NULL,              -- as sources.url would have it
    platform TEXT NOT NULL,
    account TEXT,
    post_id TEXT,                   -- null: only the account is named
    capture_id INTEGER NOT NULL REFERENCES captures (id),  -- the first that shows it
    wanted INTEGER NOT NULL,        -- 1: nobody has tried to capture it
    PRIMARY KEY (source_id, relation, other_id)
) STRICT, WITHOUT ROWID;
-- serves: what refers to a post
CREATE INDEX post_links_by_other ON post_links (other_id);
-- serves: what is withheld with a capture
CREATE INDEX post_links_by_capture ON post_links (capture_id);
-- serves: posts to capture for those that refer to them
CREATE INDEX post_links_wanted ON post_links (other_id, source_id) WHERE wanted = 1
"""

VIEWS = {
    "post_context": """
        SELECT sources.url, post_links.relation, post_links.url AS other_url,
               sources.report_count AS cited_by, others.report_count AS other_cited_by,
               others.status AS other_status, post_links.platform, post_links.account,
               post_links.source_id, others.id AS other_source_id, post_links.capture_id
        FROM post_links JOIN sources ON sources.id = post_links.source_id
        LEFT JOIN sources AS others ON others.id = post_links.other_id
        """,
}
