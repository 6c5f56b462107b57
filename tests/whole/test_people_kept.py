"""What people wrote stays when the database is lost, is in backups, and ends nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from archive.db import people
from archive.model.people import Subject
from tests.fixity_samples import faults, make_archive
from tests.saved import rows, run

pytestmark = pytest.mark.minutes(1)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def data(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "data"))


def first(data: Path) -> tuple[int, str]:
    """A capture's number, and its record."""
    number, record = rows(data, "SELECT id, record_id FROM captures ORDER BY id LIMIT 1")[0]
    return int(str(number)), str(record)


def noted(data: Path) -> list[str | None]:
    """The texts of the notes on that capture."""
    about = Subject("capture", first(data)[1])
    return [row["text"] for row in people.notes_about(data / "people.db", about)]


def note(data: Path) -> None:
    result = run(data, "note", first(data)[0], "A first edition.", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["note"] == 1


def test_a_note_of_the_shell_stays_when_the_database_is_lost(data: Path) -> None:
    note(data)
    (data / "archive.db").unlink()
    assert run(data, "rebuild").exit_code == 0
    assert noted(data) == ["A first edition."]


def test_it_is_withdrawn_once(data: Path) -> None:
    note(data)
    assert run(data, "note", first(data)[1], "--withdraw", 1).exit_code == 0
    assert noted(data) == [None]
    assert run(data, "note", first(data)[1], "--withdraw", 1).exit_code == 2


@pytest.mark.parametrize(
    "words",
    [("none/such", "x"), (99, "x"), ("it",), ("it", "  "), ("https://nowhere.example/", "x")],
)
def test_a_note_on_nothing_or_of_nothing_is_wrong_use(data: Path, words: tuple[object]) -> None:
    result = run(data, "note", *(first(data)[0] if word == "it" else word for word in words))
    assert result.exit_code == 2
    assert not (data / "people.db").exists()


def test_a_backup_holds_it_and_its_verification_counts_it(data: Path, tmp_path: Path) -> None:
    note(data)
    bag = tmp_path / "bag"
    assert run(data, "backup", bag).exit_code == 0
    assert faults(bag) == []
    assert run(data, "restore", bag, tmp_path / "restored").exit_code == 0
    assert noted(tmp_path / "restored") == ["A first edition."]
    copy = bag / "data" / "people.db"
    copy.write_bytes(copy.read_bytes()[:-1] + b"!")
    assert [fault["file"] for fault in faults(bag)] == ["data/people.db"]


def test_a_damaged_one_is_said_and_the_backup_made_all_the_same(data: Path, tmp_path: Path) -> None:
    note(data)
    (data / "people.db").write_bytes(b"no database" * 100)
    bag = tmp_path / "bag"
    result = run(data, "backup", bag)
    assert result.exit_code == 1
    assert "people.db" in result.output
    assert faults(bag) == []
    assert (bag / "data" / "archive.db").exists()
    told = run(data, "status")
    assert told.exit_code == 1
    assert "people.db" in told.stdout
