"""What keeps pages as quick at a million citations as at some thousand (migrations m083 to m086)."""

SEARCHING = """
-- serves: searches by language and day of cited pages; both stand behind the text, which is long
CREATE INDEX texts_by_number ON texts (id, published, language);
CREATE INDEX texts_by_day ON texts (published, id, language);
-- serves: who holds this text
DROP INDEX captures_by_text;
CREATE INDEX captures_by_text ON captures (text_id, source_id) WHERE text_id IS NOT NULL;
-- serves: searches by account, however it is written
CREATE INDEX sources_by_account ON sources (account COLLATE NOCASE) WHERE account IS NOT NULL;
-- serves: the newest version of each publication, found without its text
CREATE INDEX versions_newest ON versions (publication_id, complete, version, series, report_date)
"""
