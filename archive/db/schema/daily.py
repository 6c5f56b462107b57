"""What each command asks before it begins, read from indexes (migration m098), and the reports' own
files that nobody asked for yet, noted as they come (m099).
"""

# ruff: noqa: S608 - names of ours alone

STARTING = """
-- serves: the newest capture by a clock that others share, of an archive of imports too
CREATE INDEX captures_by_shared_clock ON captures (id) WHERE via = 'live' AND clock_skew_s IS NOT NULL;
-- serves: versions that an older parser read; the column stands behind the text, which is long
CREATE INDEX versions_by_parser ON versions (parser, publication_id)
"""

FILES = {"figures": "version_id", "attachments": "capture_id"}
"""Tables that name files of reports, and the column of the capture that shows them."""

_UNASKED = """
EXISTS (SELECT 1 FROM captures WHERE id = {row}.{page} AND via = 'live')
    AND NOT EXISTS (SELECT 1 FROM captures WHERE url = {row}.url)"""

_WAITING = """
ALTER TABLE {table} ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
UPDATE {table} SET waits = 1 WHERE {of_table};
-- serves: files to ask for, and those that this address is one of
CREATE INDEX {table}_waiting ON {table} (url) WHERE waits = 1
"""

_WAITS = """
CREATE TRIGGER {table}_waiting_ai AFTER INSERT ON {table} WHEN {of_new} BEGIN
UPDATE {table} SET waits = 1 WHERE {page} = new.{page} AND position = new.position;
END
"""

ASKED = f"""
CREATE TRIGGER captures_asked_ai AFTER INSERT ON captures BEGIN
{"".join(f"UPDATE {table} SET waits = 0 WHERE url = new.url AND waits = 1;" for table in FILES)}
END
"""


def _for_each_table(sql: str) -> list[str]:
    """A template of each table of `FILES`."""
    return [
        sql.format(
            table=table,
            page=page,
            of_table=_UNASKED.format(row=table, page=page),
            of_new=_UNASKED.format(row="new", page=page),
        )
        for table, page in FILES.items()
    ]


WAITING = ";".join(_for_each_table(_WAITING))
TRIGGERS = (*_for_each_table(_WAITS), ASKED)
