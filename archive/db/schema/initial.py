"""The tables, views and full-text indexes of the first release (migration m001)."""

from __future__ import annotations

TABLES = """
CREATE TABLE reports (
    id TEXT PRIMARY KEY,            -- <series>/<date>[/<edition>]
    series TEXT NOT NULL,
    report_date TEXT,               -- null when neither title, body nor address names one
    edition TEXT,
    title TEXT NOT NULL,
    url TEXT NOT NULL               -- of the publication shown
) STRICT;
-- serves: the newest reports of a series (browsing, status)
CREATE INDEX reports_by_series ON reports (series, report_date);

CREATE TABLE publications (
    id INTEGER PRIMARY KEY,         -- stable_id of the key
    report_id TEXT REFERENCES reports (id),  -- null until a capture could be read as a report
    url TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,       -- publication_key: one for http, https, www., trailing slash
    publisher TEXT NOT NULL,
    title TEXT,                     -- as discovery or the newest version names it
    found_at TEXT,                  -- first named by a discovery page; null when only captured
    found_by TEXT,
    published TEXT,                 -- as discovery says
    lastmod TEXT,                   -- newest that discovery says
    first_captured_at TEXT,
    last_captured_at TEXT,
    captures INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,  -- captures in a row, up to now, that gave no report
    next_due_at TEXT                -- null: only when discovery says it changed
) STRICT;
-- serves: what is due
CREATE INDEX publications_by_due ON publications (next_due_at);
-- serves: the publications of a report
CREATE INDEX publications_by_report ON publications (report_id);

CREATE TABLE publication_aliases (
    key TEXT PRIMARY KEY,           -- publication_key of another address of the same publication
    publication_id INTEGER NOT NULL REFERENCES publications (id)
) STRICT;

CREATE TABLE sources (
    id INTEGER PRIMARY KEY,         -- stable_id of the url
    url TEXT NOT NULL UNIQUE,       -- canonical key: what citations of one thing have in common
    cited_url TEXT NOT NULL,        -- one printed form, to be fetched; the least of them, so that order does not matter
    host TEXT NOT NULL,
    domain TEXT NOT NULL,
    platform TEXT NOT NULL,
    account TEXT,
    post_id TEXT,
    publication_key TEXT,           -- when it is a report of ISW or CTP (no reference: it may not be held)
    status TEXT NOT NULL DEFAULT 'unchecked',
    first_cited_at TEXT,            -- least first capture of a version that cites it
    last_cited TEXT,                -- newest report date that cites it
    report_count INTEGER NOT NULL DEFAULT 0,
    captures INTEGER NOT NULL DEFAULT 0,
    first_captured_at TEXT,
    last_captured_at TEXT,
    last_outcome TEXT,
    next_due_at TEXT
) STRICT;
-- serves: sources to fetch now, newest citations first
CREATE INDEX sources_by_due ON sources (next_due_at, last_cited) WHERE next_due_at IS NOT NULL;
-- serves: facets and counts by platform, account, domain
CREATE INDEX sources_by_platform ON sources (platform, account);
CREATE INDEX sources_by_domain ON sources (domain);
-- serves: report_links, the self-citation graph
CREATE INDEX sources_by_publication ON sources (publication_key) WHERE publication_key IS NOT NULL;

CREATE TABLE texts (
    id INTEGER PRIMARY KEY,         -- stable_id of all its columns
    text TEXT NOT NULL,
    title TEXT,
    author TEXT,
    site_name TEXT,
    published TEXT,
    language TEXT,
    flags TEXT NOT NULL DEFAULT '[]',
    digest TEXT NOT NULL            -- of the text alone, insensitive to white space and forms
) STRICT;
-- serves: the same text under other addresses
CREATE INDEX texts_by_digest ON texts (digest);

CREATE TABLE captures (
    id INTEGER PRIMARY KEY,         -- numbered by the writer and kept in the WARC record
    kind TEXT NOT NULL,
    url TEXT NOT NULL,              -- as fetched
    source_id INTEGER REFERENCES sources (id),
    publication_id INTEGER REFERENCES publications (id),
    captured_at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    http_status INTEGER,
    final_url TEXT NOT NULL,
    via TEXT NOT NULL,
    reason TEXT NOT NULL,
    run TEXT,
    content_type TEXT,
    payload_bytes INTEGER,
    payload_digest TEXT,            -- sha256 of the bytes as sent
    content_digest TEXT,            -- of what was understood: report content, or clean text
    text_id INTEGER REFERENCES texts (id),
    warc_file TEXT NOT NULL,
    warc_offset INTEGER NOT NULL,
    warc_length INTEGER NOT NULL,
    record_id TEXT NOT NULL UNIQUE,
    revisit_of TEXT,                -- record id of the capture that holds the payload
    tls_verified INTEGER,
    etag TEXT,
    last_modified TEXT,
    memento_at TEXT,
    origin TEXT UNIQUE,             -- record id in the file it was imported from
    complete INTEGER,               -- of a report: 0 when its note list was still empty
    evidence TEXT NOT NULL DEFAULT '{}',
    facts TEXT NOT NULL DEFAULT '{}' -- what the platform says besides the text: views, forwarded from, media
) STRICT;
-- serves: the history of a publication, and of a source
CREATE INDEX captures_by_publication ON captures (publication_id, captured_at);
CREATE INDEX captures_by_source ON captures (source_id, captured_at);
-- serves: find_payload, for revisit records
CREATE INDEX captures_by_payload ON captures (payload_digest) WHERE revisit_of IS NULL;
-- serves: validators for a conditional request; is this address held
CREATE INDEX captures_by_url ON captures (url, captured_at);
-- serves: status (failures by day) and facets
CREATE INDEX captures_by_outcome ON captures (outcome, captured_at);
-- serves: who holds this text
CREATE INDEX captures_by_text ON captures (text_id) WHERE text_id IS NOT NULL;
-- serves: which record stands here (verify, recovery)
CREATE INDEX captures_by_place ON captures (warc_file, warc_offset);

CREATE TABLE hops (
    capture_id INTEGER NOT NULL REFERENCES captures (id),
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    http_status INTEGER NOT NULL,
    warc_file TEXT NOT NULL,
    warc_offset INTEGER NOT NULL,
    warc_length INTEGER NOT NULL,
    PRIMARY KEY (capture_id, position)
) STRICT;

CREATE TABLE failures (
    capture_id INTEGER PRIMARY KEY REFERENCES captures (id),
    message TEXT NOT NULL           -- why a kept page could not be understood
) STRICT;

CREATE TABLE attachments (
    capture_id INTEGER NOT NULL REFERENCES captures (id),
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    title TEXT,
    PRIMARY KEY (capture_id, position)
) STRICT;

CREATE TABLE versions (
    id INTEGER PRIMARY KEY,         -- the capture that describes it
    publication_id INTEGER NOT NULL REFERENCES publications (id),
    report_id TEXT NOT NULL,        -- as this version names itself; the publication follows its newest
    version INTEGER NOT NULL,       -- 1, 2, … in time order
    first_captured_at TEXT NOT NULL,
    last_captured_at TEXT NOT NULL,
    captures INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    title TEXT NOT NULL,
    report_date TEXT,
    series TEXT NOT NULL,
    edition TEXT,
    doubts INTEGER NOT NULL,        -- number of quality flags
    parser TEXT NOT NULL,
    content_digest TEXT NOT NULL,
    change TEXT,                    -- null for the first
    cutoff_text TEXT,
    dateline_text TEXT,
    published_at TEXT,
    modified_at TEXT,
    authors TEXT NOT NULL,
    corrections TEXT NOT NULL,
    quality TEXT NOT NULL,
    takeaways TEXT NOT NULL,        -- from here on long: what is asked for most stands before
    links TEXT NOT NULL,
    text TEXT NOT NULL,
    sections TEXT NOT NULL
) STRICT;
-- serves: the versions of a publication
CREATE UNIQUE INDEX versions_by_publication ON versions (publication_id, version);
-- serves: status (worst quality)
CREATE INDEX versions_by_doubts ON versions (doubts) WHERE doubts > 0;

CREATE TABLE figures (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    caption TEXT,
    PRIMARY KEY (version_id, position)
) STRICT;

CREATE TABLE notes (
    id INTEGER PRIMARY KEY,         -- version_id * 100000 + position
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL              -- cited, or why it has no URL
) STRICT;
-- serves: the notes of a version, in order
CREATE UNIQUE INDEX notes_by_version ON notes (version_id, position);

CREATE TABLE citations (
    id INTEGER PRIMARY KEY,         -- note_id * 1000 + position
    note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    source_id INTEGER REFERENCES sources (id),  -- null when what is printed is no address at all
    url TEXT NOT NULL,
    as_printed TEXT NOT NULL,
    repairs TEXT NOT NULL
) STRICT;
-- serves: the URLs of a note, in order
CREATE UNIQUE INDEX citations_by_note ON citations (note_id, position);
-- serves: who cites this source
CREATE INDEX citations_by_source ON citations (source_id, version_id);
-- serves: replacing a version
CREATE INDEX citations_by_version ON citations (version_id);

CREATE TABLE markers (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    sentence TEXT NOT NULL,
    section TEXT,
    note_id INTEGER REFERENCES notes (id) ON DELETE CASCADE,  -- null when no note has this label
    PRIMARY KEY (version_id, position)
) STRICT;
-- serves: the sentences that refer to a note
CREATE INDEX markers_by_note ON markers (note_id);

CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    job TEXT NOT NULL,
    arguments TEXT NOT NULL,
    who TEXT,
    reason TEXT,
    started_at TEXT NOT NULL,
    finished_at TEXT,               -- null: running, or killed
    outcome TEXT,
    counts TEXT NOT NULL DEFAULT '{}'
) STRICT;
-- serves: the latest runs
CREATE INDEX runs_by_start ON runs (started_at);

CREATE TABLE discovery_steps (
    site TEXT NOT NULL,
    step TEXT NOT NULL,
    tried_at TEXT NOT NULL,
    ok INTEGER NOT NULL,
    last_ok_at TEXT,
    found INTEGER NOT NULL,
    detail TEXT,
    PRIMARY KEY (site, step)
) STRICT;

CREATE TABLE warc_files (
    name TEXT PRIMARY KEY,          -- of files whose records are all in the database; others are read at the next start
    last_capture_id INTEGER NOT NULL  -- so that a number is never given twice
) STRICT;
"""

VIEWS = {
    # The newest complete version of the publication shown for each report.
    "latest_versions": """
        SELECT reports.id AS report, reports.series, reports.report_date, reports.edition,
               versions.id AS version_id, versions.version, versions.title, versions.complete,
               versions.doubts, versions.first_captured_at, versions.last_captured_at, reports.url
        FROM reports
        JOIN publications ON publications.report_id = reports.id AND publications.url = reports.url
        JOIN versions ON versions.publication_id = publications.id
        WHERE versions.version = (
            SELECT v.version FROM versions v WHERE v.publication_id = publications.id
            ORDER BY v.complete DESC, v.version DESC LIMIT 1)
        """,
    # One row a citation: who cites what, where, and what we hold of it.
    "cited_sources": """
        SELECT publications.report_id AS report, versions.version, notes.label AS note,
               citations.url AS cited_url, sources.platform, sources.account, sources.domain,
               sources.status, sources.captures, sources.last_outcome, sources.id AS source_id,
               citations.version_id
        FROM citations
        JOIN notes ON notes.id = citations.note_id
        JOIN versions ON versions.id = citations.version_id
        JOIN publications ON publications.id = versions.publication_id
        LEFT JOIN sources ON sources.id = citations.source_id
        """,
    # Reports that refer to other reports: the self-citation graph.
    "report_links": """
        SELECT DISTINCT citing.report_id AS report, cited.report_id AS cites, sources.url
        FROM sources
        JOIN citations ON citations.source_id = sources.id
        JOIN versions ON versions.id = citations.version_id
        JOIN publications AS citing ON citing.id = versions.publication_id
        LEFT JOIN publication_aliases AS alias ON alias.key = sources.publication_key
        LEFT JOIN publications AS cited
            ON cited.key = sources.publication_key OR cited.id = alias.publication_id
        WHERE sources.publication_key IS NOT NULL
        """,
    # Versions after the first: what was edited after publication.
    "edits": """
        SELECT publications.report_id AS report, versions.version,
               versions.first_captured_at AS seen_at,
               json_extract(versions.change, '$.kinds') AS kinds,
               json_extract(versions.change, '$.words_added') AS words_added,
               json_extract(versions.change, '$.words_removed') AS words_removed,
               versions.corrections, publications.url, versions.id AS version_id
        FROM versions
        JOIN publications ON publications.id = versions.publication_id
        WHERE versions.change IS NOT NULL
        """,
    # Last outcome of each host: where sources fail, and how.
    "hosts": """
        SELECT host, count(*) AS sources, sum(captures > 0) AS captured,
               sum(status = 'alive') AS alive, sum(status = 'suspect') AS suspect,
               sum(status = 'blocked') AS blocked, sum(status = 'refused') AS refused
        FROM sources GROUP BY host
        """,
}

FTS = {"versions": ["title", "text"], "notes": ["text"], "texts": ["title", "text"]}
