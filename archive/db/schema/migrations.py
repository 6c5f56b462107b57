"""The tables, and how they came to be: append-only migrations, each in one transaction.

Everything here but the tables of `RUN_LOGS` is derived from the WARC files and made anew by
`isw-archive rebuild`. Ids are therefore made of what the records say (capture numbers, hashes of keys), never of the
order of insertion. Each table and column is described once, in `archive/web/metadata.yaml`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

from archive.db.folding import folding_triggers
from archive.db.schema import counts as schema_counts
from archive.db.schema import fixity as schema_fixity
from archive.db.schema import links as schema_links
from archive.db.schema import mementos as schema_mementos
from archive.db.schema import operations as schema_operations
from archive.db.schema import references as schema_references
from archive.db.schema import texts as schema_texts
from archive.db.schema import verdicts as schema_verdicts

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("isw-archive")

RUN_LOGS = frozenset(
    {"runs", "discovery_steps", "warc_files", "submissions", "unread", "damages", "alarms"}
)
"""Tables that say what we did, not what was seen; `rebuild` does not make them again."""

_INITIAL = """
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

_VIEWS = {
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

_FTS = {"versions": ["title", "text"], "notes": ["text"], "texts": ["title", "text"]}


@migrations()
def m001_initial(db: Database) -> None:
    """Tables, views and full-text indexes of the first release."""
    for statement in _statements(_INITIAL):
        db.execute(statement)
    for name, sql in _VIEWS.items():
        db.create_view(name, sql)
    for table, columns in _FTS.items():
        # Diacritics and the forms of Arabic, Persian, Hebrew and Cyrillic letters do not divide words.
        db.table(table).enable_fts(columns, tokenize="unicode61 remove_diacritics 2")
        for trigger in folding_triggers(table, tuple(columns)):
            db.execute(trigger)


_MEMENTOS = """
CREATE TABLE memento_checks (
    capture_id INTEGER PRIMARY KEY REFERENCES captures (id),  -- the answer, as it was received
    source_id INTEGER NOT NULL REFERENCES sources (id),
    checked_at TEXT NOT NULL,
    found TEXT                      -- copies to try, best first; null when there was no answer
) STRICT;
-- serves: what was asked about a source
CREATE INDEX memento_checks_by_source ON memento_checks (source_id, checked_at);

CREATE TABLE mementos (
    source_id INTEGER PRIMARY KEY REFERENCES sources (id),
    url TEXT,                       -- URI-M, as people see it; null when the archive holds none
    memento_at TEXT,
    http_status INTEGER,
    outcome TEXT NOT NULL,          -- held, not-kept, none, unanswered
    checked_at TEXT,
    checks INTEGER NOT NULL,
    capture_id INTEGER REFERENCES captures (id),  -- the copy that is held here
    next_due_at TEXT
) STRICT;
-- serves: which sources to ask about again
CREATE INDEX mementos_by_due ON mementos (next_due_at) WHERE next_due_at IS NOT NULL;
-- serves: foreign key of captures
CREATE INDEX mementos_by_capture ON mementos (capture_id) WHERE capture_id IS NOT NULL;
"""


@migrations()
def m002_mementos(db: Database) -> None:
    """What other archives hold of sources whose live page cannot be had."""
    for statement in _statements(_MEMENTOS):
        db.execute(statement)


def _statements(script: str) -> list[str]:
    """The statements of a script; `executescript` would commit the migration's transaction."""
    return [part for part in script.split(";\n") if part.strip()]


@migrations()
def m003_near_texts(db: Database) -> None:
    """The same and nearly the same text under several addresses; filled by `rebuild` for what was kept before."""
    for statement in _statements(schema_texts.TABLES):
        db.execute(statement)


@migrations()
def m004_verdicts(db: Database) -> None:
    """Link rot and content drift; verdicts on what was kept before come with its next check, or with `rebuild`."""
    for statement in _statements(schema_verdicts.TABLES):
        db.execute(statement)
    for name, sql in schema_verdicts.VIEWS.items():
        db.create_view(name, sql)


_WAYS = """
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


@migrations()
def m005_add_ways(db: Database) -> None:
    """How a chain went on, and to which source it led.

    Hops kept before were all HTTP redirects; where captures led is filled by `rebuild` for those kept before.
    """
    for statement in _statements(_WAYS):
        db.execute(statement)


@migrations()
def m007_ask_about_all(db: Database) -> None:
    """Questions about sources that are there, only copies that are sure, and what was handed to an archive."""
    for statement in _statements(schema_mementos.TABLES):
        db.execute(statement)
    db.execute("DROP VIEW only_copies")
    db.create_view("only_copies", schema_mementos.ONLY_COPIES)
    db.execute("UPDATE sources SET only_copy = 1 WHERE id IN (SELECT source_id FROM only_copies)")


@migrations()
def m008_rot_figures(db: Database) -> None:
    """Views of how cited sources fare, and `hosts`: since m015 they are made there."""
    db.execute("DROP VIEW hosts")


@migrations()
def m010_index_lost_names(db: Database) -> None:
    """The failures of a host's name, found without its other captures."""
    for statement in _statements(schema_verdicts.LOST_NAMES):
        db.execute(statement)


@migrations()
def m011_fixity(db: Database) -> None:
    """Size and digest of each WARC file, pages that could not be read yet, and what was found damaged."""
    for statement in _statements(schema_fixity.TABLES):
        db.execute(statement)


@migrations()
def m012_host_notices(db: Database) -> None:
    """What a host shows at several addresses, found by its words; for texts kept before it is filled by `rebuild`."""
    for statement in _statements(schema_texts.NOTICES):
        db.execute(statement)


@migrations()
def m013_references(db: Database) -> None:
    """Slips that were mended are named; short links and copies join the graph of reports.

    Reports are read again under a newer parser, which fills the columns for those kept before.
    """
    for statement in _statements(schema_references.REPAIRS):
        db.execute(statement)
    db.execute("DROP VIEW report_links")
    db.create_view("report_links", schema_references.REPORT_LINKS)


@migrations()
def m014_text_links(db: Database) -> None:
    """Where texts lead; filled by `rebuild` for what was kept before."""
    for statement in _statements(schema_links.TABLES):
        db.execute(statement)


@migrations()
def m015_kept_counts(db: Database) -> None:
    """Sources by host and captures by outcome are counted as they change, not when somebody asks."""
    for statement in _statements(schema_counts.TABLES):
        db.execute(statement)
    for statement in schema_counts.TRIGGERS:
        db.execute(statement)
    for name, sql in schema_counts.VIEWS.items():
        db.execute(f"DROP VIEW IF EXISTS {name}")
        db.create_view(name, sql)


@migrations()
def m030_planned_runs(db: Database) -> None:
    """What the schedule planned; runs of before were asked for."""
    for statement in _statements(schema_operations.PLANNED_RUNS):
        db.execute(statement)


@migrations()
def m031_alarms(db: Database) -> None:
    """States of alarms, and the days on which a series should have a report and has none."""
    for statement in _statements(schema_operations.ALARMS):
        db.execute(statement)
    db.create_view("missing_days", schema_operations.MISSING_DAYS)
