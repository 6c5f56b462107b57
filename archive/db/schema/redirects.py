"""How a chain of redirects went on, and to which source it led (migration m005)."""

from __future__ import annotations

TABLES = """
ALTER TABLE hops ADD COLUMN led_by TEXT NOT NULL DEFAULT 'redirect';

ALTER TABLE captures ADD COLUMN leads_to TEXT;
-- serves: source_targets
CREATE INDEX captures_by_target ON captures (source_id, leads_to) WHERE leads_to IS NOT NULL;

CREATE VIEW source_targets AS
SELECT sources.url, captures.leads_to AS target_url, sources.platform, count(*) AS captures,
       max(captures.captured_at) AS last_captured_at, sources.report_count,
       target.report_count AS target_report_count, sources.id AS source_id, target.id AS target_source_id
FROM captures
JOIN sources ON sources.id = captures.source_id
LEFT JOIN sources AS target ON target.url = captures.leads_to
WHERE captures.leads_to IS NOT NULL
GROUP BY sources.id, captures.leads_to
"""
