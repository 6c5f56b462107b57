"""Pictures, videos and files that cited pages show (migration m055)."""

TABLES = """
CREATE TABLE media (
    id INTEGER PRIMARY KEY,         -- stable_id of the source's url and the name
    source_id INTEGER NOT NULL REFERENCES sources (id),
    name TEXT NOT NULL,             -- what it is called on its page, the same in each capture
    capture_id INTEGER NOT NULL REFERENCES captures (id),  -- the newest that shows it
    first_capture_id INTEGER NOT NULL REFERENCES captures (id),
    position INTEGER NOT NULL,      -- there, from 0
    kind TEXT NOT NULL,
    url TEXT,                       -- null where the page gives no address
    declared_width INTEGER,
    declared_height INTEGER,
    declared_bytes INTEGER,
    width INTEGER,                  -- of the file, else as declared
    height INTEGER,
    duration_s REAL,
    bytes INTEGER,
    form TEXT,                      -- by its bytes: jpeg, png, mp4
    sha256 TEXT,
    phash TEXT,                     -- perceptual hash of 256 bits
    alt TEXT,
    missing TEXT,                   -- why the page gives no address
    outcome TEXT,                   -- null: it was not asked for
    reason TEXT,                    -- why it could not be had
    file_capture_id INTEGER REFERENCES captures (id),
    tries INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source_id, name)
) STRICT;
-- serves: who shows what stands at an address
CREATE INDEX media_by_url ON media (url) WHERE url IS NOT NULL;
-- serves: what is to be fetched
CREATE INDEX media_wanted ON media (outcome, kind) WHERE outcome IS NOT 'ok' AND url IS NOT NULL;
-- serves: what a capture shows; what is withheld with it
CREATE INDEX media_by_capture ON media (capture_id);
CREATE INDEX media_by_first_capture ON media (first_capture_id);
-- serves: what a file is
CREATE INDEX media_by_file ON media (file_capture_id) WHERE file_capture_id IS NOT NULL;
-- serves: the same bytes elsewhere
CREATE INDEX media_by_digest ON media (sha256) WHERE sha256 IS NOT NULL;

CREATE TABLE media_files (
    capture_id INTEGER PRIMARY KEY REFERENCES captures (id),
    media_id INTEGER NOT NULL,      -- what it was fetched for
    url TEXT NOT NULL,              -- as asked for
    reason TEXT,
    form TEXT,
    width INTEGER,
    height INTEGER,
    size INTEGER,
    sha256 TEXT,
    phash TEXT
) STRICT;
-- serves: the files of something shown
CREATE INDEX media_files_by_media ON media_files (media_id);
CREATE INDEX media_files_by_url ON media_files (url);

CREATE TABLE media_looks (
    id INTEGER PRIMARY KEY,         -- stable_id of the sha256
    sha256 TEXT NOT NULL UNIQUE,
    phash TEXT NOT NULL,
    sketch TEXT NOT NULL,           -- 32 by 32 points of grey
    width INTEGER NOT NULL,
    height INTEGER NOT NULL
) STRICT;

CREATE TABLE media_bands (
    band INTEGER NOT NULL,
    look_id INTEGER NOT NULL REFERENCES media_looks (id),
    PRIMARY KEY (band, look_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX media_bands_by_look ON media_bands (look_id);

CREATE TABLE near_media (
    look_id INTEGER NOT NULL REFERENCES media_looks (id),   -- the lesser of the two
    other_id INTEGER NOT NULL REFERENCES media_looks (id),
    distance INTEGER NOT NULL,
    PRIMARY KEY (look_id, other_id)
) STRICT, WITHOUT ROWID;
-- serves: what a picture is near, from both sides
CREATE INDEX near_media_by_other ON near_media (other_id);

CREATE TABLE media_left (
    media_id INTEGER PRIMARY KEY,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT
"""
