"""A run that begins, and ends, while an archive is verified is not called damage."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.fixity import check_database
from archive.fixity import verify as steps
from archive.folder import DataFolder
from pipeline.run.jobs import verify as job
from pipeline.run.jobs.fixity_round import fixity_round
from pipeline.run.jobs.say import Say
from tests.fixity_samples import flip, look
from tests.saved import rows, run

pytestmark = pytest.mark.minutes(1)


@pytest.fixture
def data(small_archive: Path, tmp_path: Path) -> Path:
    shutil.copy(small_archive / "more.warc.gz", tmp_path)
    return Path(shutil.copytree(small_archive / "data", tmp_path / "data"))


def overtake(
    monkeypatch: pytest.MonkeyPatch, module: Any, step: str, act: Callable[[], object]
) -> None:
    """Have a run take place just before a step of verification, the first time."""
    before, waiting = getattr(module, step), [True]

    def late(*given: Any, **named: Any) -> object:
        if waiting and waiting.pop():
            act()
        return before(*given, **named)

    monkeypatch.setattr(module, step, late)


def imported(data: Path) -> Callable[[], object]:
    def act() -> None:
        assert run(data, "import", data.parent / "more.warc.gz").exit_code == 0

    return act


@pytest.mark.parametrize(
    ("module", "step", "deep"),
    [
        (steps, "check_stamps", False), (steps, "take_database", False),
        (steps, "check_rows", False), (steps, "check_stamps", True), (job, "compare", True),
    ],
)  # fmt: skip
def test_a_run_that_comes_between_is_no_damage(
    data: Path, monkeypatch: pytest.MonkeyPatch, module: Any, step: str, deep: bool
) -> None:
    overtake(monkeypatch, module, step, imported(data))
    answer = look(data, deep=deep)
    assert answer["ok"], answer["faults"]


def test_rows_that_could_not_be_read_to_the_end_are_read_again_after_a_run(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off() -> None:
        imported(data)()
        raise sqlite3.DatabaseError("database disk image is malformed")

    overtake(monkeypatch, check_database, "_check_missing", break_off)
    answer = look(data)
    assert answer["ok"], answer["faults"]
    assert answer["checked"]["rows"] == rows(data, "SELECT count(*) FROM captures")[0][0]


def test_a_fixity_round_keeps_no_fault_where_a_run_came_between(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overtake(monkeypatch, steps, "check_stamps", imported(data))
    fixity_round(DataFolder(data), None, Say(quiet=True))
    assert rows(data, "SELECT DISTINCT outcome FROM fixity_checks") == [("ok",)]


def test_damage_is_told_all_the_same(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hurt() -> None:
        imported(data)()
        flip(data / "archive.db", (data / "archive.db").stat().st_size // 2, 2)

    overtake(monkeypatch, steps, "check_stamps", hurt)
    assert {one["file"] for one in look(data)["faults"]} == {"archive.db"}
