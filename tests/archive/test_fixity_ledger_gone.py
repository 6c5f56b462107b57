"""A ledger that is gone, or lacks its end: what is told, and what is put back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.errors import LedgerError
from archive.fixity.ledger import Ledger, newest, parsed, read
from archive.fixity.ledger_quick_check import ledger_quick_check
from archive.fixity.repair import Repaired, repair_ledger
from archive.folder import DataFolder
from pipeline.run.jobs.ledger_keeper import LedgerKeeper

AT = "2026-04-01T00:00:00Z"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Three entries, each signed for."""
    folder = DataFolder(tmp_path / "data")
    folder.warcs.mkdir(parents=True)
    for what in ("first", "second"):
        enter(folder, what)
    return folder


def enter(folder: DataFolder, what: str) -> None:
    Ledger(folder, AT).append([{"kind": "note", "at": AT, "what": what}])


def copy_of(folder: DataFolder) -> DataFolder:
    """As a backup has it: no key, and no note of the writer to itself."""
    root = folder.root.with_name("copy")
    shutil.copytree(folder.warcs, root / "warc")
    return DataFolder(root)


def take_away(folder: DataFolder) -> None:
    folder.ledger.unlink()
    folder.checkpoint.unlink()


def cut(folder: DataFolder, nbytes: int) -> None:
    folder.ledger.write_bytes(folder.ledger.read_bytes()[:-nbytes])


def replaced_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def test_a_ledger_as_it_was_left_is_no_alarm(folder: DataFolder) -> None:
    assert ledger_quick_check(folder) is None


def test_an_archive_without_a_ledger_yet_is_no_alarm(tmp_path: Path) -> None:
    assert ledger_quick_check(DataFolder(tmp_path / "data")) is None


@pytest.mark.parametrize(
    ("hurt", "said"),
    [
        (take_away, "ledger.jsonl is missing"),
        (lambda folder: folder.ledger.unlink(), "ledger.jsonl is missing"),
        (lambda folder: folder.checkpoint.unlink(), "ledger.checkpoint is missing"),
        (lambda folder: cut(folder, 5), "ledger.jsonl is shorter than it was: 5 bytes"),
        (lambda folder: folder.ledger.write_bytes(b""), "ledger.jsonl is shorter than it was"),
        (lambda folder: folder.checkpoint.write_bytes(b""), "is no checkpoint"),
        (lambda folder: folder.checkpoint.write_bytes(b"one line\n"), "is no checkpoint"),
        (lambda folder: folder.checkpoint.write_bytes(b"\xff\n3\n\n"), "is no checkpoint"),
    ],
)
def test_one_look_tells_that_ledger_or_checkpoint_is_gone_or_short(
    folder: DataFolder, hurt: Callable[[DataFolder], object], said: str
) -> None:
    hurt(folder)
    assert said in (ledger_quick_check(folder) or "")


@pytest.mark.parametrize("content", [b"", b"one line\n", b"two\nlines\n", b"\xff\n3\n\n"])
def test_what_is_no_checkpoint_is_not_given_as_one(folder: DataFolder, content: bytes) -> None:
    folder.checkpoint.write_bytes(content)
    assert newest(folder) is None


def test_a_ledger_that_is_begun_anew_names_the_one_before(folder: DataFolder) -> None:
    before = newest(folder)
    take_away(folder)
    told = LedgerKeeper(folder).problem or ""
    assert "was begun anew" in told
    assert "had 3 entries and the root" in told
    assert parsed(folder.ledger.read_bytes().splitlines()[0])["after"] == before
    assert LedgerKeeper(folder).problem is None  # told once


def test_the_first_ledger_of_an_archive_follows_none(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.warcs.mkdir(parents=True)
    assert LedgerKeeper(folder).problem is None
    assert "after" not in parsed(folder.ledger.read_bytes().splitlines()[0])


@pytest.mark.parametrize("name", ["ledger", "checkpoint", "ledger_key"])
def test_the_file_that_cannot_be_read_is_the_one_that_is_named(
    folder: DataFolder, name: str
) -> None:
    path: Path = getattr(folder, name)
    replaced_by_a_folder(path)
    folder.ledger_tail.unlink()
    with pytest.raises(LedgerError, match=f"{path.name}.*directory") as told:
        Ledger(folder, AT)
    assert str(told.value).count(str(folder.root)) == 1


def longer_than_its_copy(folder: DataFolder) -> DataFolder:
    other = copy_of(folder)
    enter(folder, "third")
    return other


@pytest.mark.parametrize("nbytes", [1, 5, 20])
def test_a_torn_last_entry_costs_at_most_itself_and_that_is_told(
    folder: DataFolder, nbytes: int
) -> None:
    other, done = longer_than_its_copy(folder), Repaired()
    root = (newest(folder) or "").split("\n")[2]
    cut(folder, nbytes)
    repair_ledger(folder, other, done)
    assert done.files == ["ledger.jsonl"]
    whole = nbytes == 1  # the end of the line alone: the entry is there
    assert read(folder).checkpoint.size == (4 if whole else 3)
    assert [root in line and "of 4 entries 3 are left" in line for line in done.problems] == (
        [] if whole else [True]
    )


def test_entries_that_nobody_has_any_more_are_told_and_their_root_is_named(
    folder: DataFolder,
) -> None:
    other, done = longer_than_its_copy(folder), Repaired()
    root = (newest(folder) or "").split("\n")[2]
    folder.ledger.write_bytes(b"")
    repair_ledger(folder, other, done)
    assert read(folder).checkpoint.size == 3
    (line,) = done.problems
    assert root in line


def test_a_whole_copy_puts_a_torn_ledger_back_without_a_word(folder: DataFolder) -> None:
    other, done = copy_of(folder), Repaired()
    cut(folder, 20)
    repair_ledger(folder, other, done)
    assert (done.files, done.problems) == (["ledger.jsonl"], [])


def test_an_entry_that_was_altered_is_not_taken_for_a_torn_one(folder: DataFolder) -> None:
    other, done = longer_than_its_copy(folder), Repaired()
    folder.ledger.write_bytes(folder.ledger.read_bytes().replace(b'"third"', b'"thirt"'))
    repair_ledger(folder, other, done)
    assert not done.files
    assert "look for a newer copy" in done.problems[0]


@pytest.mark.parametrize("damage", [b"\0", b"\n\n{}\n"])
def test_entries_behind_the_copy_stay_where_damage_joined_or_cut_lines_that_it_has(
    folder: DataFolder, damage: bytes
) -> None:
    other, done = longer_than_its_copy(folder), Repaired()
    before = folder.ledger.read_bytes()
    folder.ledger.write_bytes(before.replace(b"\n", damage, 1))
    repair_ledger(folder, other, done)
    assert (done.files, done.problems) == (["ledger.jsonl"], [])
    assert folder.ledger.read_bytes() == before
