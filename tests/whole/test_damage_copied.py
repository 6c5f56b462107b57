"""A database that is damaged is never made right by copying it: not into a backup and back, not by
a repair that breaks off; and one that is whole is not replaced by an older copy."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from archive.db import at_rest, people
from archive.model.people import Subject
from pipeline.run.jobs import safekeeping
from tests.fixity_samples import faults, flip, one_warc
from tests.saved import rows, run

PIECE = "1 piece of 4 KiB changed"


@pytest.fixture
def data(small_archive: Path, tmp_path: Path) -> Path:
    shutil.copy(small_archive / "more.warc.gz", tmp_path)
    return Path(shutil.copytree(small_archive / "data", tmp_path / "data"))


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    return tmp_path / "bag"


def hurt(path: Path, words: str) -> None:
    """Change a byte that SQLite cannot see."""
    flip(path, path.read_bytes().rindex(words.encode()) + 1, 0)


def hurt_a_title(data: Path) -> None:
    [(title,)] = rows(data, "SELECT title FROM versions ORDER BY id LIMIT 1")
    hurt(data / "archive.db", str(title))


@pytest.mark.parametrize("keep", [[], ["--keep", "2"]])
def test_the_copy_of_a_damaged_database_says_so_and_makes_none_whole(
    data: Path, bag: Path, tmp_path: Path, keep: list[str]
) -> None:
    hurt_a_title(data)
    assert "copied as it is" in run(data, "backup", bag, *keep).output
    [fault] = faults(bag)
    assert fault["file"] == "data/archive.db"
    assert PIECE in fault["what"]
    done = run(data, "repair", "--from", bag)
    assert done.exit_code == 1
    assert "no whole one in the other copy" in done.output
    assert PIECE in faults(data)[0]["what"]
    restored = run(data, "restore", bag, tmp_path / "restored")
    assert restored.exit_code == 1
    assert PIECE in restored.output
    for one in (data, tmp_path / "restored"):
        assert run(one, "import", tmp_path / "more.warc.gz").exit_code == 1
        assert PIECE in faults(one)[0]["what"]
        assert run(one, "rebuild").exit_code == 0
        assert faults(one) == []
    assert run(data, "backup", bag, *keep).exit_code == 0
    assert faults(bag) == []


def test_the_first_copy_of_damaged_notes_says_so_too(data: Path, bag: Path, tmp_path: Path) -> None:
    about = Subject("source", "a")
    people.note(data / "people.db", about, who="a", at="2026", text="A first edition.")
    hurt(data / "people.db", "A first edition.")
    assert run(data, "backup", bag).exit_code == 1
    assert [fault["file"] for fault in faults(bag)] == ["data/people.db"]
    assert "no whole one in the other copy" in run(data, "repair", "--from", bag).output
    restored = run(data, "restore", bag, tmp_path / "restored")
    assert restored.exit_code == 1
    assert PIECE in restored.output
    for one in (data, tmp_path / "restored"):
        assert [fault["file"] for fault in faults(one)] == ["people.db"]


@pytest.mark.parametrize(
    "end", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt]
)
def test_a_repair_that_breaks_off_hides_no_damage(
    data: Path, bag: Path, monkeypatch: pytest.MonkeyPatch, end: BaseException
) -> None:
    assert run(data, "backup", bag).exit_code == 0
    hurt_a_title(data)

    def broken_off(*_: object) -> None:
        raise end

    with monkeypatch.context() as patched:
        patched.setattr(safekeeping, "copy", broken_off)
        run(data, "repair", "--from", bag)
    assert run(data, "import", data.parent / "more.warc.gz").exit_code == 1
    assert PIECE in faults(data)[0]["what"]
    assert run(data, "repair", "--from", bag).exit_code == 0
    assert faults(data) == []


def test_nor_does_a_rebuild(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hurt_a_title(data)
    forget = at_rest.forget

    def then_ended(path: Path) -> None:
        forget(path)
        if path.resolve() == (data / "archive.db").resolve():
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(at_rest, "forget", then_ended)
        run(data, "rebuild")
    run(data, "import", data.parent / "more.warc.gz")
    assert faults(data, deep=True) == []


@pytest.mark.parametrize("hurt_one", ["ledger.key", "warc/ledger.jsonl"])
def test_a_database_that_could_not_be_entered_in_the_ledger_stays(
    data: Path, bag: Path, hurt_one: str
) -> None:
    """What it has of runs no copy has."""
    assert run(data, "backup", bag).exit_code == 0
    path = data / hurt_one
    before = path.read_bytes()
    path.write_bytes(before[:-20])
    assert run(data, "import", data.parent / "more.warc.gz").exit_code == 1
    runs = rows(data, "SELECT id FROM runs")
    if hurt_one == "ledger.key":
        path.write_bytes(before)
        assert "could not enter it in the ledger" in faults(data)[0]["what"]
    done = run(data, "repair", "--from", bag)
    assert "archive.db: put back" not in done.output
    assert rows(data, "SELECT id FROM runs") == runs
    assert faults(data) == []


def test_an_empty_database_is_not_copied(data: Path, bag: Path) -> None:
    assert run(data, "backup", bag).exit_code == 0
    before = (bag / "data" / "archive.db").read_bytes()
    (data / "archive.db").write_bytes(b"")
    done = run(data, "backup", bag)
    assert done.exit_code == 1
    assert "empty" in done.output
    assert (bag / "data" / "archive.db").read_bytes() == before


def test_a_file_that_is_damaged_in_a_backup_is_copied_again_once_it_is_taken_out(
    data: Path, bag: Path
) -> None:
    assert run(data, "backup", bag).exit_code == 0
    path = one_warc(bag / "data")
    flip(path, path.stat().st_size // 2, 0)
    found = faults(bag)
    assert {fault["file"] for fault in found} == {f"data/warc/{path.name}"}
    assert {"take the file out of the backup" in fault["remedy"] for fault in found} == {True}
    path.unlink()
    assert run(data, "backup", bag).exit_code == 0
    assert faults(bag) == []
