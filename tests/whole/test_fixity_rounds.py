"""Fixity rounds: within a budget, the oldest first, kept in a table, an alarm while anything is
wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.fixity_samples import flip, ledger, look, one_warc
from tests.saved import rows, run

pytestmark = pytest.mark.minutes(1)


@pytest.fixture
def data(small_archive: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_archive / "data", tmp_path / "data"))


def round_of(data: Path, *words: str, budget: int = 1) -> dict[str, Any]:
    result = run(data, "fixity", "--json", *words, ISW_ARCHIVE_FIXITY_BYTES_PER_DAY=str(budget))
    answer: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == (0 if answer["ok"] else 1)
    return answer


def warcs_of(answer: dict[str, Any]) -> list[str]:
    return [name for name in answer["looked_at"] if name.endswith(".warc.gz")]


def test_a_round_reads_what_its_budget_allows_and_the_next_one_goes_on(data: Path) -> None:
    first, second = round_of(data), round_of(data)
    assert (len(warcs_of(first)), first["waiting"]) == (1, 1)
    assert {*warcs_of(first), *warcs_of(second)} == {
        f"warc/{path.name}" for path in (data / "warc").glob("*.warc.gz")
    }
    assert "warc/ledger.jsonl" in first["looked_at"]
    assert "archive.db" in first["looked_at"]


def test_what_a_round_found_is_kept_in_a_table_and_in_the_ledger(data: Path) -> None:
    round_of(data, "--all")
    found = rows(data, "SELECT DISTINCT outcome FROM fixity_checks")
    assert found == [("ok",)]
    [entry] = [one for one in ledger(data) if one["kind"] == "fixity"]
    assert (entry["wrong"], entry["files"]) == ([], 6)
    assert look(data, deep=True)["ok"]


def test_a_fault_is_an_alarm_until_the_file_is_right_again(small_archive: Path, data: Path) -> None:
    path = one_warc(data)
    flip(path, 900, 3)
    answer = round_of(data, "--all")
    assert [fault["file"] for fault in answer["faults"]] == [f"warc/{path.name}"]
    assert f"! {path}" in run(data, "status").stdout
    assert f"{path} " in run(data, "alarms").stdout.replace(":", " ")
    flip(path, 900, 3)
    assert f"! {path}" in run(data, "status").stdout
    assert round_of(data, "--all")["ok"]
    assert "none at fault" in run(data, "status", "--all").stdout


def test_what_repair_put_back_is_at_fault_no_more(small_archive: Path, data: Path) -> None:
    path = one_warc(data)
    flip(path, 900, 3)
    round_of(data, "--all")
    assert run(data, "repair", "--from", small_archive / "bag").exit_code == 0
    [last] = rows(data, f"SELECT outcome FROM newest_fixity_checks WHERE file LIKE '%{path.name}'")
    assert last == ("repaired",)
    assert "! " not in run(data, "status").stdout
    assert look(data)["ok"]


def test_checks_outlast_a_rebuild(data: Path) -> None:
    round_of(data, "--all")
    before = rows(data, "SELECT * FROM fixity_checks")
    assert run(data, "rebuild").exit_code == 0
    assert rows(data, "SELECT * FROM fixity_checks") == before != []


def test_a_missing_file_is_a_fault_of_the_next_round(data: Path) -> None:
    path = one_warc(data)
    path.unlink()
    [fault] = round_of(data)["faults"]
    assert fault["file"] == f"warc/{path.name}"
    assert fault["what"].startswith("missing")


def test_custody_tells_of_the_rounds_that_read_the_capture(data: Path) -> None:
    round_of(data, "--all")
    [[capture]] = rows(data, "SELECT id FROM captures LIMIT 1")
    assert "file read again:" in run(data, "custody", str(capture)).stdout
