"""What other archives hold (migration m002); the slow round of questions, only copies, pages handed over (m007)."""

FIRST = """
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

TABLES = """
ALTER TABLE mementos ADD COLUMN answered_at TEXT;
ALTER TABLE mementos ADD COLUMN round_due_at TEXT;
-- serves: whose turn it is on the slow round
CREATE INDEX mementos_by_round ON mementos (round_due_at) WHERE round_due_at IS NOT NULL;
UPDATE mementos SET answered_at = (
    SELECT max(checked_at) FROM memento_checks
    WHERE memento_checks.source_id = mementos.source_id AND found IS NOT NULL);
-- its turn comes at once; the answer sets the next one
UPDATE mementos SET round_due_at = checked_at WHERE outcome IN ('none', 'unanswered');
UPDATE mementos SET outcome = 'listed' WHERE outcome = 'not-kept' AND NOT EXISTS (
    SELECT 1 FROM captures WHERE captures.source_id = mementos.source_id AND via = 'wayback');

ALTER TABLE sources ADD COLUMN only_copy INTEGER NOT NULL DEFAULT 0;

CREATE TABLE submissions (
    source_id INTEGER NOT NULL,     -- no reference: a run log outlives a source that a better parser no longer reads
    submitted_at TEXT NOT NULL,
    url TEXT NOT NULL,
    job_id TEXT,                    -- the archive's number of the job; null when it took none
    outcome TEXT NOT NULL,          -- pending, saved, failed, refused
    memento_at TEXT,
    memento_url TEXT,
    detail TEXT,                    -- what went wrong
    asked_at TEXT NOT NULL,         -- when the archive last spoke of it
    run TEXT,
    PRIMARY KEY (source_id, submitted_at)
) STRICT;
-- serves: jobs to ask about, and what was handed in today
CREATE INDEX submissions_by_time ON submissions (submitted_at, outcome)
"""

# Dead; asked for elsewhere since it died, and not found there; seen here while it was there. An answer from before its death
# proves nothing of what was saved in between, silence proves nothing at all, and a good status is no good page when the
# judge never saw the source (an error page that answers 200). The `+` keeps SQLite from reading all good captures by their outcome.
ONLY_COPIES = """
    SELECT sources.url, sources.platform, sources.dead_since, sources.captures, sources.report_count,
           mementos.answered_at AS asked_at, sources.id AS source_id
    FROM sources JOIN mementos ON mementos.source_id = sources.id
    WHERE sources.status = 'dead' AND mementos.outcome = 'none' AND mementos.answered_at >= sources.dead_since
      AND EXISTS (SELECT 1 FROM verdicts WHERE verdicts.source_id = sources.id
                  AND verdicts.status IN ('alive', 'moved', 'drifted'))
      AND EXISTS (SELECT 1 FROM captures WHERE captures.source_id = sources.id
                  AND captures.via != 'wayback' AND +captures.outcome = 'ok')
    """
