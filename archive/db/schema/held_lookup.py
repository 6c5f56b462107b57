"""Indexes for the question whether an address is held, whichever way it was met (migration
m057)."""

TABLES = """
-- serves: what was reached through an address, such as a short link
CREATE INDEX hops_by_url ON hops (url);
-- serves: the sources that were seen to lead to an address
CREATE INDEX captures_by_leads ON captures (leads_to) WHERE leads_to IS NOT NULL;
-- serves: the source that another archive's address is a copy of
CREATE INDEX mementos_by_url ON mementos (url) WHERE url IS NOT NULL
"""
