"""What is counted as rows change is what counting them anew gives, whoever writes and in what
order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlite_utils
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.db.database import open_database
from archive.db.schema.counts import STATUSES
from tests.kept import assert_kept

HOSTS = st.sampled_from(("a.example", "b.example", "t.me"))
NUMBERS = st.integers(1, 4)

Change = Callable[[sqlite_utils.Database], None]


def said(sql: str, *values: object) -> Change:
    return lambda db: db.execute(sql, values) and None


def _source(number: int, host: str, status: str, captures: int, cited: int, seen: int) -> Change:
    """It is new, which does not count, and then fares so."""

    def change(db: sqlite_utils.Database) -> None:
        found = db.execute(
            "INSERT OR IGNORE INTO sources (id, url, cited_url, host, domain, platform) "
            "VALUES (?, ?, 'u', ?, 'd', 'web') RETURNING id",
            [number, str(number), host],
        ).fetchall()
        db.conn.executemany(
            "UPDATE sources SET status = ?, captures = ?, report_count = ?, seen = ? WHERE id = ?",
            [(status, captures, cited, seen, *row) for row in found],
        )

    return change


def _capture(number: int, kind: str, outcome: str) -> Change:
    return said(
        "INSERT OR IGNORE INTO captures (id, kind, url, captured_at, outcome, final_url, via, "
        "reason, warc_file, warc_offset, warc_length, record_id)"
        " VALUES (?, ?, 'u', '2026', ?, 'u', 'live', '', 'w', 0, 0, ?)",
        number, kind, outcome, str(number),
    )  # fmt: skip


SMALL = st.integers(0, 2)
FLAG = st.integers(0, 1)
OUTCOMES = st.sampled_from(("ok", "not-found"))
KINDS = st.sampled_from(("source", "report"))
CHANGES = st.one_of(
    st.builds(_source, NUMBERS, HOSTS, st.sampled_from(STATUSES), SMALL, SMALL, FLAG),
    st.builds(
        lambda n, status, count, cited, seen: said(
            "UPDATE sources SET status = ?, captures = ?, report_count = ?, seen = ? WHERE id = ?",
            status, count, cited, seen, n,
        ),
        NUMBERS, st.sampled_from(STATUSES), SMALL, SMALL, FLAG,
    ),
    st.builds(lambda n, host: said("UPDATE sources SET host = ? WHERE id = ?", host, n), NUMBERS,
        HOSTS),
    st.builds(lambda n: said("DELETE FROM sources WHERE id = ?", n), NUMBERS),
    st.builds(_capture, NUMBERS, KINDS, OUTCOMES),
    st.builds(lambda n, what: said("UPDATE captures SET outcome = ? WHERE id = ?", what, n),
        NUMBERS, OUTCOMES),
    st.builds(lambda n: said("DELETE FROM captures WHERE id = ?", n), NUMBERS),
)  # fmt: skip

ANEW = {
    "host_counts": f"""
        SELECT host, platform, report_count > 0, count(*), sum(captures > 0),
               sum(seen OR status IN ('alive', 'moved', 'drifted')), sum(seen OR status = 'dead'),
               {", ".join(f"sum(status = '{status}')" for status in STATUSES)}
        FROM sources WHERE report_count > 0 OR captures > 0 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """,
    "capture_counts": "SELECT kind, outcome, count(*) FROM captures GROUP BY 1, 2 ORDER BY 1, 2",
}


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> sqlite_utils.Database:
    return open_database(tmp_path_factory.mktemp("counts") / "archive.db")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(CHANGES, max_size=30))
def test_kept_counts_are_those_counted_anew(
    db: sqlite_utils.Database, changes: list[Change]
) -> None:
    assert_kept(db, changes, ANEW)


def test_an_archive_from_before_is_counted_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    before = open_database(path)
    _source(1, "a.example", "dead", 1, 1, 1)(before)
    _capture(1, "source", "ok")(before)
    kept = {table: list(before.query(f"SELECT * FROM {table}")) for table in ANEW}
    undo = (
        *(f"DROP TRIGGER {row['name']}" for row in before.query(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' "
            "AND (name LIKE '%counted%' OR sql LIKE '%seen%')")),
        "DROP VIEW hosts", "DROP VIEW rot_by_host", "DROP VIEW rot_by_platform",
        "DROP VIEW rot_by_report", "DROP VIEW rot_by_series", "DROP VIEW rot_by_year",
        "DROP TABLE host_counts", "DROP TABLE capture_counts",
        *(f"DROP INDEX {name}" for name in (
            "sources_to_capture", "sources_to_check", "sources_by_last_capture", "sources_by_wait",
            "captures_by_odd_clock", "sources_by_only_copy")),
        "CREATE INDEX sources_by_due ON sources (next_due_at)",
        "ALTER TABLE sources DROP COLUMN seen",
        "DELETE FROM _sqlite_migrations WHERE name = 'm015_kept_counts'",
    )  # fmt: skip
    for statement in undo:
        before.execute(statement)
    before.execute("INSERT INTO verdicts VALUES (1, 1, '2026', 'alive', 'there', NULL, NULL, '{}')")
    before.close()
    after = open_database(path)
    assert {table: list(after.query(f"SELECT * FROM {table}")) for table in ANEW} == kept
    assert after.execute("SELECT seen FROM sources").fetchone() == (1,)
    after.close()
