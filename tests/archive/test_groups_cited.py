"""Figures of an account and a host are of what is cited; what is kept beside it counts apart."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from archive.config import Settings
from archive.show import group_reading
from archive.show.held import by_address
from pipeline.run.ingest import Archive
from tests.rot_samples import BEFORE, come, make

ANSWERED = "https://t.me/portwatch/7"
"""Kept since a cited post answers it, cited by nobody."""


def test_a_post_kept_for_its_context_is_not_counted_as_cited(tmp_path: Path) -> None:
    make(tmp_path / "data")
    with closing(sqlite3.connect(tmp_path / "data" / "archive.db")) as db:
        before = told(db)
        with Archive.open(tmp_path / "data", Settings(), run="20260402-test") as archive:
            come(archive, 40, ANSWERED, 30, BEFORE)
        kept = db.execute("SELECT report_count FROM sources WHERE url = ?", [ANSWERED]).fetchone()
        assert kept == (0,)
        assert told(db) == before


def test_what_was_cited_last_of_an_account_is_read_from_its_index(tmp_path: Path) -> None:
    make(tmp_path / "data")
    cited = f"{group_reading.ACCOUNT} AND report_count > 0"
    sql = f"EXPLAIN QUERY PLAN {group_reading.NEWEST.format(where=cited)}"
    with closing(sqlite3.connect(tmp_path / "data" / "archive.db")) as db:
        steps = db.execute(sql, {"platform": "x", "account": "y", "most": 1}).fetchall()
    [step] = [step[3] for step in steps]
    assert "INDEX sources_of_account_newest (platform=? AND account=? AND first_cit" in step


def told(db: sqlite3.Connection) -> tuple[int, int, object]:
    account = group_reading.account(db, "telegram", "portwatch")
    host = group_reading.host(db, "t.me")
    assert account is not None
    assert host is not None
    held = db.execute(by_address._ACCOUNT, ["telegram", "portwatch"]).fetchone()
    return account["count"], host["count"], held
