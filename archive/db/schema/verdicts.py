"""The tables of link rot and content drift (migration m004), and indexes on them (m010)."""

TABLES = """
CREATE TABLE verdicts (
    source_id INTEGER NOT NULL REFERENCES sources (id),
    capture_id INTEGER NOT NULL REFERENCES captures (id),  -- the check that changed what is thought of the source
    decided_at TEXT NOT NULL,
    status TEXT NOT NULL,
    rule TEXT NOT NULL,
    drift TEXT,                     -- class of the text against the first good capture's
    since TEXT,                     -- of dead: the first check that failed
    evidence TEXT NOT NULL,
    PRIMARY KEY (source_id, capture_id)
) STRICT;
-- serves: newest verdicts, facets by status
CREATE INDEX verdicts_by_time ON verdicts (decided_at, status);
-- serves: foreign key of captures
CREATE INDEX verdicts_by_capture ON verdicts (capture_id);

CREATE TABLE events (
    id TEXT PRIMARY KEY,            -- kind and the capture or version that shows it
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,          -- the source's address, or the report's id
    source_id INTEGER REFERENCES sources (id),
    publication_id INTEGER REFERENCES publications (id),
    capture_id INTEGER NOT NULL REFERENCES captures (id),
    detail TEXT NOT NULL
) STRICT;
-- serves: the newest events, of one kind
CREATE INDEX events_by_time ON events (at, kind);
-- serves: the events of a source, replacing them
CREATE INDEX events_by_source ON events (source_id) WHERE source_id IS NOT NULL;
-- serves: the events of a publication, replacing them
CREATE INDEX events_by_publication ON events (publication_id) WHERE publication_id IS NOT NULL;
-- serves: foreign key of captures
CREATE INDEX events_by_capture ON events (capture_id);

ALTER TABLE captures ADD COLUMN drift TEXT;
ALTER TABLE captures ADD COLUMN drift_from INTEGER;
ALTER TABLE captures ADD COLUMN drift_detail TEXT;
ALTER TABLE captures ADD COLUMN clock_skew_s INTEGER;
-- serves: probes of a host
CREATE INDEX captures_by_probe ON captures (url) WHERE kind = 'probe';

ALTER TABLE sources ADD COLUMN drift TEXT;
ALTER TABLE sources ADD COLUMN dead_since TEXT;
-- serves: facets and counts by status
CREATE INDEX sources_by_status ON sources (status);
-- serves: what is known of a host (down, names that do not resolve)
CREATE INDEX sources_by_host ON sources (host);
-- what was captured before there were checks is due for its first
UPDATE sources SET next_due_at = last_captured_at WHERE captures > 0 AND next_due_at IS NULL
"""

LOST_NAMES = """
-- serves: neighbours_failures, the days on which a host's name did not resolve
CREATE INDEX captures_by_lost_name ON captures (source_id, captured_at) WHERE outcome = 'dns-failure' AND via = 'live';
-- texts are compared by another measure now: anew, with a source's next check
UPDATE captures SET drift = NULL, drift_from = NULL, drift_detail = NULL WHERE drift_from IS NOT NULL;
"""

VIEWS = {
    # Which sentences rest on a source that something happened to.
    "event_sentences": """
        SELECT events.at, events.kind, events.subject, publications.report_id AS report, notes.label AS note,
               markers.sentence, citations.url AS cited_url, events.id AS event_id, events.source_id
        FROM events
        JOIN citations ON citations.source_id = events.source_id
        JOIN notes ON notes.id = citations.note_id
        JOIN versions ON versions.id = citations.version_id
        JOIN publications ON publications.id = versions.publication_id
        LEFT JOIN markers ON markers.note_id = notes.id
        WHERE versions.version = (SELECT max(v.version) FROM versions v WHERE v.publication_id = publications.id)
        """,
    # Dead, asked for elsewhere and not found there: what is held here is all there is.
    "only_copies": """
        SELECT sources.url, sources.platform, sources.dead_since, sources.captures, sources.report_count,
               mementos.checked_at AS asked_at, sources.id AS source_id
        FROM sources JOIN mementos ON mementos.source_id = sources.id
        WHERE sources.status = 'dead' AND mementos.outcome = 'none'
          AND EXISTS (SELECT 1 FROM captures WHERE captures.source_id = sources.id
                      AND captures.via != 'wayback' AND captures.outcome = 'ok')
        """,
}


_SEEN = """
    seen AS MATERIALIZED (
        SELECT DISTINCT source_id FROM verdicts WHERE rule IN ('there', 'came-back', 'moved', 'drifted'))"""
"""Sources that were there at least once, by the rules of `archive.show.rot.SEEING`."""

_FATES = """
        count(*) AS cited, sum(sources.captures > 0) AS captured, sum(status = 'alive') AS alive,
        sum(status = 'moved') AS moved, sum(status = 'drifted') AS drifted, sum(status = 'suspect') AS suspect,
        sum(status = 'dead') AS dead, sum(status = 'blocked') AS blocked, sum(status = 'refused') AS refused,
        sum(status = 'unchecked') AS unchecked, sum(status = 'dead' OR seen.source_id IS NOT NULL) AS told,
        round(1.0 * sum(status = 'dead') / nullif(sum(status = 'dead' OR seen.source_id IS NOT NULL), 0), 4) AS share_dead,
        round(1.0 * sum(status = 'drifted') / nullif(sum(status IN ('alive', 'moved', 'drifted')), 0), 4) AS share_drifted"""

# One row for a source in each group, however many versions and notes cite it.
_CITING = """
        SELECT DISTINCT {columns}, citations.source_id
        FROM citations
        JOIN versions ON versions.id = citations.version_id
        JOIN publications ON publications.id = versions.publication_id
        JOIN reports ON reports.id = publications.report_id
        WHERE citations.source_id IS NOT NULL"""


def _by_citing(columns: str, group: str) -> str:
    return f"""
        WITH{_SEEN},
    citing AS ({_CITING.format(columns=columns)})
        SELECT {group},{_FATES}
        FROM citing JOIN sources ON sources.id = citing.source_id LEFT JOIN seen ON seen.source_id = sources.id
        GROUP BY 1
        """  # noqa: S608 - constants of this module


def _by_source(group: str) -> str:
    return f"""
        WITH{_SEEN}
        SELECT {group},{_FATES}
        FROM sources LEFT JOIN seen ON seen.source_id = sources.id
        WHERE report_count > 0 GROUP BY 1
        """  # noqa: S608 - constants of this module


# How cited sources fare, by what cites them and by where they are; `archive.show.rot` adds how long they last.
FIGURES = {
    "rot_by_report": _by_citing(
        "reports.id AS report, reports.report_date", "citing.report, citing.report_date"
    ),
    "rot_by_series": _by_citing("reports.series", "citing.series"),
    "rot_by_platform": _by_source("platform"),
    "rot_by_host": _by_source("host"),
    "rot_by_year": f"""
        WITH{_SEEN},
    citing AS (
        SELECT source_id, coalesce(substr(min(report_date), 1, 4), 'undated') AS year
        FROM ({_CITING.format(columns="reports.report_date")}) GROUP BY source_id)
        SELECT citing.year,{_FATES}
        FROM citing JOIN sources ON sources.id = citing.source_id LEFT JOIN seen ON seen.source_id = sources.id
        GROUP BY 1
        """,  # noqa: S608 - constants of this module
    # Where sources fail, and where pages were had before they failed.
    "hosts": f"""
        WITH{_SEEN}
        SELECT host, count(*) AS sources, sum(captures > 0) AS captured,
               sum(seen.source_id IS NOT NULL OR status IN ('alive', 'moved', 'drifted')) AS seen,
               sum(status = 'alive') AS alive, sum(status = 'moved') AS moved, sum(status = 'drifted') AS drifted,
               sum(status = 'suspect') AS suspect, sum(status = 'dead') AS dead,
               sum(status = 'blocked') AS blocked, sum(status = 'refused') AS refused
        FROM sources LEFT JOIN seen ON seen.source_id = sources.id GROUP BY host
        """,  # noqa: S608 - constants of this module
}
