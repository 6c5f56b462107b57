"""The table of links in cited pages' texts (migration m012)."""

TABLES = """
CREATE TABLE text_links (
    text_id INTEGER NOT NULL REFERENCES texts (id),
    url TEXT NOT NULL,              -- whole, as the page has it
    words TEXT NOT NULL,            -- what the link is set on
    position INTEGER NOT NULL,      -- its place among the text's links, from 0; the least of several captures
    PRIMARY KEY (text_id, url, words)
) STRICT, WITHOUT ROWID;
-- serves: the links of a text in their order
CREATE INDEX text_links_by_text ON text_links (text_id, position);
-- serves: the texts that lead to an address
CREATE INDEX text_links_by_url ON text_links (url)
"""
