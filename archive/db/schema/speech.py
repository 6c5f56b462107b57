"""How citing sentences speak (migration m042): their hedge, and who is said to say it."""

TABLES = """
ALTER TABLE markers ADD COLUMN hedge TEXT;

ALTER TABLE markers ADD COLUMN role TEXT;

-- serves: how the sentences of a series or of a version speak, counted
CREATE INDEX markers_by_speech ON markers (version_id, hedge, role)
"""
