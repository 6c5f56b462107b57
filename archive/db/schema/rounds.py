"""The table of what fixity rounds found, and the newest word on each file (migration m046)."""

TABLES = """
-- What a fixity round found of each file that it read; of a file with faults a row a fault.
CREATE TABLE fixity_checks (
    id INTEGER PRIMARY KEY,
    round INTEGER NOT NULL,         -- 1, 2, …: two may begin within a second
    at TEXT NOT NULL,               -- when the round began
    file TEXT NOT NULL,             -- below the data folder
    outcome TEXT NOT NULL,          -- ok, fault, repaired, given-up
    bytes INTEGER NOT NULL,         -- of the file
    record_id TEXT,                 -- of the record at fault; null: the file, or not known
    first_byte INTEGER,             -- where in the file; null: not known
    detail TEXT,
    remedy TEXT
) STRICT;
-- serves: the newest word on each file
CREATE INDEX fixity_checks_by_file ON fixity_checks (file, round);
"""

NEWEST = """
SELECT id, file, round, at, outcome, bytes, record_id, first_byte, detail, remedy FROM fixity_checks AS one
WHERE round = (SELECT max(round) FROM fixity_checks AS other WHERE other.file = one.file)
"""
