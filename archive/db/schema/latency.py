"""What early looks and latencies are told by (migration m069): when a source was captured first,
and when what it holds was posted."""

# Of several good captures the first says it, our own before another archive's; as in
# `archive.db.tables.support_rows`.
POSTED = """
(SELECT coalesce(json_extract(held.facts, '$.posted_at'), texts.published)
 FROM captures AS held LEFT JOIN texts ON texts.id = held.text_id
 WHERE held.source_id = sources.id AND +held.outcome = 'ok'
 ORDER BY held.via = 'wayback', held.captured_at, held.id LIMIT 1)
"""

TABLES = f"""
-- serves: sources that were captured first within the last days
CREATE INDEX sources_by_first_capture ON sources (first_captured_at)
    WHERE first_captured_at IS NOT NULL;
-- ISO 8601 UTC of a post, the day of a page that declares no more
ALTER TABLE sources ADD COLUMN posted_at TEXT;
UPDATE sources SET posted_at = {POSTED} WHERE captures > 0 OR asked = 1
"""  # noqa: S608 - ours

# When a version said it: the first one when it was published, a later one when it was changed.
# Midnight is how a day alone reads.
CITED_AT = """
min(CASE WHEN versions.version = 1 AND versions.published_at NOT LIKE '%T00:00:00Z'
         THEN versions.published_at
         WHEN versions.version = 1 THEN coalesce(versions.report_date, substr(versions.published_at, 1, 10))
         ELSE coalesce(versions.modified_at, versions.first_captured_at) END)
"""

VIEWS = {
    # From the post to the first report that cites it, and on to the first good capture.
    "post_latency": f"""
        SELECT cited.url, cited.platform, cited.account, cited.host, cited.posted_at, cited.cited_at,
               cited.first_seen_at,
               CASE WHEN length(posted_at) > 10 AND length(cited_at) > 10
                    THEN round(24 * (julianday(cited_at) - julianday(posted_at)), 2) END AS hours_to_citation,
               julianday(substr(cited_at, 1, 10)) - julianday(substr(posted_at, 1, 10)) AS days_to_citation,
               CASE WHEN length(cited_at) > 10
                    THEN round(24 * (julianday(first_seen_at) - julianday(cited_at)), 2) END AS hours_to_capture,
               cited.id AS source_id
        FROM (SELECT sources.*, {CITED_AT} AS cited_at
              FROM sources JOIN citations ON citations.source_id = sources.id
              JOIN versions ON versions.id = citations.version_id
              WHERE sources.posted_at IS NOT NULL GROUP BY sources.id) AS cited
        """,  # noqa: S608 - constants of this module
    # Accounts that one sentence cites together, in the order of their posts; forwards are their
    # origin's and left out.
    "posted_first": """
        SELECT report, report_date, account, platform, posted_at,
               rank() OVER (PARTITION BY version_id, position ORDER BY posted_at) AS place,
               count(*) OVER (PARTITION BY version_id, position) AS accounts,
               source_id, version_id, position
        FROM (SELECT latest_versions.report, latest_versions.report_date, sources.account, sources.platform,
                     min(sources.posted_at) AS posted_at, sources.id AS source_id,
                     sentence_sources.version_id, sentence_sources.position
              FROM sentence_sources
              JOIN latest_versions ON latest_versions.version_id = sentence_sources.version_id
              JOIN sources ON sources.id = sentence_sources.source_id
              WHERE sources.account IS NOT NULL AND length(sources.posted_at) > 10
                AND NOT EXISTS (SELECT 1 FROM post_links WHERE post_links.source_id = sources.id
                                AND post_links.relation = 'forwards')
              GROUP BY sentence_sources.version_id, sentence_sources.position, sources.platform, sources.account)
        """,
}
