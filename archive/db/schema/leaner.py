"""What indexes need not hold (migration m080): captures of sources in that of publications, and one
index twice."""

TABLES = """
DROP INDEX captures_by_publication;
-- serves: the history of a publication; nine captures in ten are of none
CREATE INDEX captures_by_publication ON captures (publication_id, captured_at)
    WHERE publication_id IS NOT NULL;
-- the same as captures_by_lead
DROP INDEX captures_by_leads
"""
