"""What was mended in notes and markers, and which reports cite which.

Reports cite one another through short links and other archives' copies, too.
"""

REPAIRS = """
ALTER TABLE notes ADD COLUMN repairs TEXT NOT NULL DEFAULT '[]';

ALTER TABLE markers ADD COLUMN repairs TEXT NOT NULL DEFAULT '[]'
"""

REPORT_LINKS = """
    SELECT DISTINCT citing.report_id AS report, cited.report_id AS cites, sources.url
    FROM (
        SELECT id, url, publication_key AS target FROM sources WHERE publication_key IS NOT NULL
        UNION
        SELECT sources.id, sources.url, captures.leads_to FROM captures
        JOIN sources ON sources.id = captures.source_id
        WHERE captures.leads_to IS NOT NULL AND sources.publication_key IS NULL
              AND (captures.leads_to IN (SELECT key FROM publications)
                   OR captures.leads_to IN (SELECT key FROM publication_aliases))
    ) AS sources
    JOIN citations ON citations.source_id = sources.id
    JOIN versions ON versions.id = citations.version_id
    JOIN publications AS citing ON citing.id = versions.publication_id
    LEFT JOIN publication_aliases AS alias ON alias.key = sources.target
    LEFT JOIN publications AS cited ON cited.key = sources.target OR cited.id = alias.publication_id
"""
