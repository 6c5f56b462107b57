"""Copies of data and indexes that are dropped, since others hold the same.

Migration m080: captures of sources in the index of publications, and one index twice. m081: links
of texts three times over; a table without rowid stands whole in each of its indexes. m078: an index
that another begins with, and rows of indexes that nobody asks for.
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

PREFIXES = """
-- sources_of_account begins with the same
DROP INDEX sources_by_platform;
DROP INDEX sources_of_account;
-- serves: sources of a platform and of an account, what is cited of it, the most cited
CREATE INDEX sources_of_account ON sources (platform, account, report_count, last_cited);
DROP INDEX sources_of_account_newest;
-- serves: what is cited of an account, the newest
CREATE INDEX sources_of_account_newest ON sources (platform, account, first_cited_at)
    WHERE report_count > 0 AND first_cited_at IS NOT NULL AND account IS NOT NULL;
DROP INDEX captures_by_payload;
-- serves: earlier captures of a payload; what brought none has none
CREATE INDEX captures_by_payload ON captures (payload_digest)
    WHERE revisit_of IS NULL AND payload_digest IS NOT NULL
"""

NOT_ROW_BY_ROW = (
    "sources_counted_ai", "sources_by_year_ai", "sources_lived_ai", "series_sources_ai",
    "series_sources_ad", "account_reports_ai",
)  # fmt: skip
"""Triggers of archives of before m077."""
