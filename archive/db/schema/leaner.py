"""What need not stand twice.

Migration m080: captures of sources in the index of publications, and one index twice. m081: links
of texts three times over; a table without rowid stands whole in each of its indexes.
"""

INDEXES = """
DROP INDEX captures_by_publication;
-- serves: the history of a publication; nine captures in ten are of none
CREATE INDEX captures_by_publication ON captures (publication_id, captured_at)
    WHERE publication_id IS NOT NULL;
-- the same as captures_by_lead
DROP INDEX captures_by_leads
"""

LINKS = """
CREATE TABLE leaner_links (
    text_id INTEGER NOT NULL REFERENCES texts (id),
    position INTEGER NOT NULL,      -- its place among the text's links, from 0; the least of several captures
    url TEXT NOT NULL,              -- whole, as the page has it
    words TEXT NOT NULL,            -- what the link is set on; with url once a text
    PRIMARY KEY (text_id, position, url, words)
) STRICT, WITHOUT ROWID;
INSERT INTO leaner_links SELECT text_id, position, url, words FROM text_links;
DROP TABLE text_links;
ALTER TABLE leaner_links RENAME TO text_links;
-- serves: the texts that lead to an address
CREATE INDEX text_links_by_url ON text_links (url)
"""

NOT_ROW_BY_ROW = (
    "sources_counted_ai", "sources_by_year_ai", "sources_lived_ai", "series_sources_ai",
    "series_sources_ad",
)  # fmt: skip
"""Triggers of archives of before m077."""
