"""Copies of data and indexes that are dropped, since others hold the same.

Migration m080: captures of sources in the index of publications, and one index twice. m081: links
of texts three times over; a table without rowid stands whole in each of its indexes. m078: an index
that another begins with, and rows of indexes that nobody asks for. m089: large numbers of texts
in the index of their words, where each word of a text has the text's number. m090: addresses in
indexes that find few rows by them, or none; what a report cites, in an index beside a table that
can be in that order itself.
"""

from archive.db.folding import folding_triggers
from archive.db.schema import media as schema_media

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

_TEXTS_FTS = """
-- serves: cited pages found by their words
CREATE VIRTUAL TABLE texts_fts USING fts5 (
    title, text, content=[texts], content_rowid=first_capture_id,
    tokenize='unicode61 remove_diacritics 2')
"""
SMALL_NUMBERS = (
    *(f"DROP TRIGGER texts_{when}" for when in ("ai", "ad", "au")),
    "DROP TABLE texts_fts",
    # A capture shows one text, so that no two are the same.
    "ALTER TABLE texts ADD COLUMN first_capture_id INTEGER",
    "UPDATE texts SET first_capture_id = (SELECT min(id) FROM captures WHERE text_id = texts.id)",
    "DROP INDEX texts_by_number",
    """-- serves: what was found by its words, by language and day; both stand behind the text, which is long
CREATE INDEX texts_by_number ON texts (first_capture_id, published, language)""",
    "DROP INDEX texts_by_day",
    "CREATE INDEX texts_by_day ON texts (published, id, first_capture_id, language)",
    _TEXTS_FTS,
    """INSERT INTO texts_fts (rowid, title, text)
    SELECT first_capture_id, fold(title), fold(text) FROM texts
    WHERE first_capture_id IS NOT NULL ORDER BY first_capture_id""",
    *folding_triggers(
        "texts", ("title", "text"), rowid="first_capture_id", made_of=("first_capture_id",)
    ),
)

# A key's columns are declared first: a check by SQLite 3.40 takes others for them where they are not.
INDEXED_ONCE = """
CREATE TABLE shorter_links (
    text_id INTEGER NOT NULL REFERENCES texts (id),
    position INTEGER NOT NULL,      -- its place among the text's links, from 0; the least of several captures
    url_id INTEGER NOT NULL,        -- stable_id of the url
    words TEXT NOT NULL,            -- what the link is set on; with url once a text
    url TEXT NOT NULL,              -- whole, as the page has it
    PRIMARY KEY (text_id, position, url_id, words)
) STRICT, WITHOUT ROWID;
INSERT INTO shorter_links SELECT text_id, position, stable_id(url), words, url FROM text_links;
DROP TABLE text_links;
ALTER TABLE shorter_links RENAME TO text_links;
-- serves: the texts that lead to an address
CREATE INDEX text_links_by_url ON text_links (url_id);
-- the same text under other addresses stands in source_texts
DROP INDEX texts_by_digest;

CREATE TABLE reports_accounts (
    platform TEXT NOT NULL,
    account TEXT NOT NULL,
    report TEXT NOT NULL,
    citations INTEGER NOT NULL,     -- in all versions
    report_date TEXT,               -- the newest that a version names
    PRIMARY KEY (report, platform, account)
) STRICT, WITHOUT ROWID;
INSERT INTO reports_accounts SELECT * FROM account_reports;
DROP TABLE account_reports;
ALTER TABLE reports_accounts RENAME TO account_reports;
-- serves: the newest citation of an account
CREATE INDEX account_reports_by_date ON account_reports (platform, account, report_date)
"""
_MEDIA, *_INDEXES = schema_media.TABLES.partition(";\n\nCREATE TABLE media_files")[0].split(";\n")
# The number of what is shown is made of source and name: these need no index to be there once.
MEDIA = (
    "ALTER TABLE media RENAME TO longer_media",
    _MEDIA.replace(",\n    UNIQUE (source_id, name)", ""),
    "INSERT INTO media SELECT * FROM longer_media",
    "DROP TABLE longer_media",
    "-- serves: what a source shows\nCREATE INDEX media_by_source ON media (source_id, position)",
    *_INDEXES,
)

NOT_ROW_BY_ROW = (
    "sources_counted_ai", "sources_by_year_ai", "sources_lived_ai", "series_sources_ai",
    "series_sources_ad", "account_reports_ai",
)  # fmt: skip
"""Triggers of archives of before m077."""
