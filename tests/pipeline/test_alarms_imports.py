"""An import that did not end well is an alarm until the same files go in well."""

from __future__ import annotations

import json
from pathlib import Path

import sqlite_utils

from archive.db.database import open_database
from archive.db.tables import run_rows
from pipeline.run import alarm_round


def imported(db: sqlite_utils.Database, number: int, files: list[str], outcome: str) -> None:
    at = f"2026-03-1{number}T00:00:00Z"
    db["runs"].insert(
        {"id": f"import-{number}", "job": "import", "arguments": json.dumps({"files": files}),
         "started_at": at, "finished_at": at, "outcome": outcome}
    )  # fmt: skip


def test_an_import_that_met_problems_needs_a_person_until_it_did_well(tmp_path: Path) -> None:
    def told() -> list[str]:
        return [files for files, _, _ in alarm_round.unfinished(run_rows.imports(db, "2026-03-12"))]

    db = open_database(tmp_path / "archive.db")
    imported(db, 1, ["long-ago.warc"], "problems")
    imported(db, 3, ["a.warc", "\udcff.warc"], "problems")
    imported(db, 4, ["b", "c", "d", "e"], "killed")
    imported(db, 5, ["f"], "done")
    assert told() == ["a.warc, ?.warc", "b, c, d and 1 more"]
    imported(db, 6, ["a.warc", "\udcff.warc"], "done")
    assert told() == ["b, c, d and 1 more"]
    db.close()
