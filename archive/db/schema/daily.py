"""What each command asks before it begins, read from indexes (migration m098)."""

STARTING = """
-- serves: the newest capture by a clock that others share, of an archive of imports too
CREATE INDEX captures_by_shared_clock ON captures (id) WHERE via = 'live' AND clock_skew_s IS NOT NULL;
-- serves: versions that an older parser read; the column stands behind the text, which is long
CREATE INDEX versions_by_parser ON versions (parser, publication_id)
"""
