"""Backups by date: each whole, unchanged files linked, so many kept; half of one is never one."""

from __future__ import annotations

import shutil
from pathlib import Path

import bagit
import pytest

from archive.fixity.bag import dated_bags, dated_name, newest_bag
from archive.fixity.dated_backups import dated_backup
from archive.folder import DataFolder
from tests.fixity_samples import flip, look, one_warc
from tests.saved import rows, run

pytestmark = pytest.mark.minutes(1)


@pytest.fixture
def data(small_archive: Path, tmp_path: Path) -> Path:
    shutil.copy(small_archive / "more.warc.gz", tmp_path)
    return Path(shutil.copytree(small_archive / "data", tmp_path / "data"))


def made(data: Path, day: int, keep: int = 2) -> Path:
    at = f"2026-03-{day:02d}T05:45:00Z"
    done, bag = dated_backup(DataFolder(data), data.parent / "bags", at, keep, lambda _: None)
    assert done.problems == []
    return bag


def test_so_many_are_kept_each_of_them_valid(data: Path) -> None:
    bags = [made(data, day) for day in (1, 2, 3)]
    assert dated_bags(data.parent / "bags") == bags[1:]
    assert {path.name for path in (data.parent / "bags").iterdir()} == {b.name for b in bags[1:]}
    for bag in bags[1:]:
        assert bagit.Bag(str(bag)).validate()
        assert look(bag)["ok"]


@pytest.mark.parametrize(
    ("at", "before", "name"),
    [
        ("2026-03-01T05:45:00Z", [], "20260301T054500Z"),
        ("2026-03-01T05:45:00Z", ["20260228T054500Z"], "20260301T054500Z"),
        ("2026-03-01T05:45:00Z", ["20260301T054500Z"], "20260301T054501Z"),
        ("2026-03-01T05:45:00Z", ["20251231T235959Z", "20261231T235959Z"], "20270101T000000Z"),
        ("2026-03-01T05:45:00Z", ["99999999T999999Z"], "20260301T054500Z"),
    ],
)
def test_the_last_bag_by_name_is_the_last_that_was_made(
    at: str, before: list[str], name: str
) -> None:
    assert dated_name(at, before) == name


def test_a_clock_that_was_ahead_once_hides_no_later_backup(data: Path) -> None:
    made(data, 31)
    assert run(data, "import", data.parent / "more.warc.gz").exit_code == 0
    later = [made(data, day) for day in (1, 2)]
    assert dated_bags(data.parent / "bags") == later
    assert newest_bag(data.parent / "bags") == later[-1]


def test_what_did_not_change_is_one_file_of_all(data: Path) -> None:
    first = made(data, 1)
    assert run(data, "import", data.parent / "more.warc.gz").exit_code == 0
    second = made(data, 2)
    names = {path.name for path in (first / "data" / "warc").glob("*.warc.gz")}
    assert all((first / "data" / "warc" / n).samefile(second / "data" / "warc" / n) for n in names)
    assert not (first / "data" / "archive.db").samefile(second / "data" / "archive.db")
    assert look(first)["ok"]
    assert look(second, deep=True)["ok"]


def test_the_command_keeps_as_many_and_restore_takes_the_newest(data: Path) -> None:
    made(data, 1)
    assert run(data, "import", data.parent / "more.warc.gz").exit_code == 0
    result = run(data, "backup", data.parent / "bags", "--keep", "2")
    assert result.exit_code == 0, result.output
    assert run(data, "restore", data.parent / "bags", data.parent / "again").exit_code == 0
    assert rows(data.parent / "again", "SELECT count(*) FROM captures") == [(5,)]
    assert look(data.parent / "bags")["ok"]


def test_what_was_half_made_is_no_backup_and_is_gone_on_with(data: Path) -> None:
    bag = made(data, 1)
    half = bag.rename(bag.with_name("20260302T054500Z.making"))
    (half / "bagit.txt").unlink()
    (half / "data" / "warc" / "x.warc.gz.new.part").write_bytes(b"half")
    (half / "data" / "warc" / "stray").write_bytes(b"half")
    assert run(data, "restore", data.parent / "bags", data.parent / "again").exit_code == 2
    inode = one_warc(half / "data").stat().st_ino
    second = made(data, 3)
    assert one_warc(second / "data").stat().st_ino == inode
    assert look(second)["ok"]
    assert [path.name for path in (data.parent / "bags").iterdir()] == [second.name]


def test_a_half_made_copy_that_is_wrong_is_made_again(data: Path) -> None:
    bag = made(data, 1)
    half = bag.rename(bag.with_name("20260302T054500Z.making"))
    flip(one_warc(half / "data"), 900, 3)
    assert look(made(data, 3))["ok"]


def test_after_a_backup_with_problems_no_older_one_is_taken_away(data: Path) -> None:
    made(data, 1)
    made(data, 2)
    before = set((data / "warc").iterdir())
    assert run(data, "import", data.parent / "more.warc.gz").exit_code == 0
    [new] = [p for p in (data / "warc").glob("*.warc.gz") if p not in before]
    new.unlink()
    at = "2026-03-03T05:45:00Z"
    done, bag = dated_backup(DataFolder(data), data.parent / "bags", at, 1, lambda _: None)
    assert "missing" in done.problems[0]
    assert len(dated_bags(data.parent / "bags")) == 3
    assert bagit.Bag(str(bag)).validate()


def test_a_single_backup_is_not_made_one_of_many(data: Path) -> None:
    assert run(data, "backup", data.parent / "bag").exit_code == 0
    result = run(data, "backup", data.parent / "bag", "--keep", "3")
    assert result.exit_code == 2
    assert "no --keep" in result.output


def test_a_folder_of_backups_by_date_is_not_made_a_single_one(data: Path) -> None:
    made(data, 1)
    result = run(data, "backup", data.parent / "bags")
    assert result.exit_code == 2
    assert "holds backups by date; add one to them with --keep N" in result.output
