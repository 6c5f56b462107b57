"""Who is behind an account (migration m054): the number that its platform gives it.

It is among the facts of a capture, so that what was kept before has it once it is read again.
"""

TABLES = """
ALTER TABLE captures ADD COLUMN account_id TEXT AS (json_extract(facts, '$.account_id')) VIRTUAL;

-- serves: who was seen behind the account of a source; other names of the same account
CREATE INDEX captures_by_account ON captures (source_id, account_id) WHERE account_id IS NOT NULL;
CREATE INDEX captures_by_account_id ON captures (account_id) WHERE account_id IS NOT NULL;

CREATE TABLE account_ids (
    platform TEXT NOT NULL,
    account TEXT NOT NULL,
    account_id TEXT NOT NULL,       -- seen at that address, by a capture of the page itself
    PRIMARY KEY (platform, account, account_id)
) STRICT, WITHOUT ROWID
"""

# An account may have thousands of sources: whether its address was ever another's is asked with
# each capture.
_KEEP = """
INSERT OR IGNORE INTO account_ids SELECT platform, account, new.account_id FROM sources
    WHERE sources.id = new.source_id AND account IS NOT NULL;
END
"""
_WHEN = "WHEN new.account_id IS NOT NULL AND new.via != 'wayback' BEGIN"
TRIGGERS = (
    f"CREATE TRIGGER account_ids_kept AFTER INSERT ON captures {_WHEN} {_KEEP}",
    f"CREATE TRIGGER account_ids_again AFTER UPDATE OF facts ON captures {_WHEN} {_KEEP}",
)

VIEWS = {
    # What each capture says of who is behind the account.
    "account_looks": """
        SELECT sources.platform, sources.account, captures.account_id, captured_at,
               json_extract(facts, '$.account_name') AS name,
               json_extract(facts, '$.subscribers') AS subscribers,
               json_extract(facts, '$.account_about') AS about,
               captures.id AS capture_id, sources.id AS source_id
        FROM captures JOIN sources ON sources.id = captures.source_id
        WHERE account_id IS NOT NULL AND sources.account IS NOT NULL
        """,
    # One row an address and who held it: several rows of one number are its names, several of one
    # address its owners.
    "accounts": """
        SELECT platform, account, account_id, min(captured_at) AS first_seen_at,
               max(captured_at) AS last_seen_at, count(*) AS captures
        FROM account_looks GROUP BY platform, account, account_id
        """,
}
