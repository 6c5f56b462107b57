"""What early looks are planned by (migration m069)."""

INDEX = """
-- serves: sources that were captured first within the last days
CREATE INDEX sources_by_first_capture ON sources (first_captured_at)
    WHERE first_captured_at IS NOT NULL
"""
