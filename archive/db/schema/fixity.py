"""The tables of what is accounted for byte by byte, and of what went wrong (migrations m011, m017)."""

TABLES = """
-- 0: being written, or left open by a kill
ALTER TABLE warc_files ADD COLUMN closed INTEGER NOT NULL DEFAULT 1;
-- bytes that are known to be on the disk; null: not measured yet
ALTER TABLE warc_files ADD COLUMN size INTEGER;
-- of all of them, once the file is closed
ALTER TABLE warc_files ADD COLUMN sha256 TEXT;
-- a later change of the file is looked into
ALTER TABLE warc_files ADD COLUMN mtime_ns INTEGER;

-- Captures whose record is kept and whose page nobody could read yet, since the worker processes that read it ended.
CREATE TABLE unread (
    record_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    source_id INTEGER,              -- of a cited page, so that it is not fetched again meanwhile
    warc_file TEXT NOT NULL,
    warc_offset INTEGER NOT NULL,
    warc_length INTEGER NOT NULL,
    payload_digest TEXT,
    revisit_of TEXT,
    hops TEXT NOT NULL,             -- JSON: the redirects on the way, as rows of hops
    noted_at TEXT NOT NULL,
    tries INTEGER NOT NULL,         -- runs that tried to read it
    why TEXT NOT NULL
) STRICT;

-- What was found damaged, cut off or lost, and what it cost.
CREATE TABLE damages (
    id INTEGER PRIMARY KEY,
    found_at TEXT NOT NULL,
    kind TEXT NOT NULL,             -- wound, altered, torn-tail, no-warc, renumbered, doubled
    warc_file TEXT NOT NULL,
    first_byte INTEGER NOT NULL,    -- -1: all of the file
    end_byte INTEGER NOT NULL,
    captures TEXT NOT NULL,         -- JSON: numbers of the captures whose record it was; null: not known
    kept_as TEXT,                   -- where the bytes are now, if they were moved
    detail TEXT NOT NULL,
    UNIQUE (warc_file, first_byte, end_byte, kind)
) STRICT;
"""

WITHHELD = """
-- Captures that pages and exports do not show; their bytes stay, and the ledger has who, when and why.
CREATE TABLE withheld (
    record_id TEXT PRIMARY KEY,
    capture_id INTEGER NOT NULL,    -- no reference: a rebuild makes the captures after it
    at TEXT NOT NULL,
    who TEXT,
    reason TEXT NOT NULL
) STRICT
"""
