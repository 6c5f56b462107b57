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
