"""What else keeps pages as quick at a million citations as at some thousand: views that are read
as far as a page shows them (migration m092)."""

# ruff: noqa: S608 - names of ours alone
from archive.db.schema.counts import FATES_CITED

# Report by report from the newest on, in the order of an index: who shows the first fifty reads no
# more. A source is in the list once, however many versions and notes of the report cite it.
ROT_BY_REPORT = f"""
    SELECT reports.id AS report, reports.report_date, {FATES_CITED}
    FROM reports CROSS JOIN sources
    WHERE sources.id IN (
        SELECT citations.source_id FROM publications
        CROSS JOIN versions ON versions.publication_id = publications.id
        CROSS JOIN citations ON citations.version_id = versions.id
        WHERE publications.report_id = reports.id)
    GROUP BY reports.report_date, reports.id
    ORDER BY reports.report_date DESC, reports.id DESC
    """

VIEWS = {"rot_by_report": ROT_BY_REPORT}
