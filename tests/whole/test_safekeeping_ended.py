"""Ledger, backup and repair ended at every place where they hand something to the disk: the next
one goes on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import bagit
import pytest

from archive.config import Settings
from archive.fixity.backup import backup
from archive.fixity.ledger import Ledger, read
from archive.folder import DataFolder
from pipeline.run.jobs.safekeeping import repair, restore
from pipeline.run.jobs.say import Say
from tests.fixity_samples import flip, look, make_archive, one_warc
from tests.saved import run

AT = "2026-03-16T00:00:00Z"
MOST = 60
"""Places in one command; more would mean that it never ends."""


class EndedError(BaseException):
    """As a kill: nothing of ours catches it."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    assert run(make_archive(folder), "backup", folder / "bag").exit_code == 0
    return folder


@pytest.fixture
def end_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Ends the command at its nth sync or rename; 0: never."""
    left = [0]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def called(*arguments: object, **more: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                raise EndedError
            return real(*arguments, **more)

        return called

    for name in ("fsync", "fdatasync"):
        monkeypatch.setattr(os, name, counted(getattr(os, name)))
    monkeypatch.setattr(Path, "replace", counted(Path.replace))

    def set_to(number: int) -> None:
        left[0] = number

    return set_to


def ended_everywhere(
    end_at: Callable[[int], None],
    prepare: Callable[[int], Path],
    act: Callable[[Path], object],
    step: int = 1,
) -> Iterator[Path]:
    """The folder after each end of the command; the last of them it reached its own end."""
    for number in range(1, MOST, step):
        folder = prepare(number)
        end_at(number)
        try:
            act(folder)
        except EndedError:
            end_at(0)
            yield folder
        else:
            end_at(0)
            yield folder
            return
    raise AssertionError("it never came to its end")


def test_a_ledger_that_was_ended_anywhere_is_whole_and_goes_on(
    tmp_path: Path, end_at: Callable[[int], None]
) -> None:
    def prepare(number: int) -> Path:
        (tmp_path / str(number) / "warc").mkdir(parents=True)
        return tmp_path / str(number)

    def act(folder: Path) -> None:
        for number in range(2):
            Ledger(DataFolder(folder), AT).append([{"kind": "backup", "number": number, "at": AT}])

    places = 0
    for folder in ended_everywhere(end_at, prepare, act):
        places += 1
        act(folder)
        found = read(DataFolder(folder))
        assert found.loose == 0
        assert found.checkpoint.size >= 3
        assert len(found.state.keys) == 1
    assert places > 6


def test_a_backup_that_was_ended_anywhere_is_completed_by_the_next(
    kept: Path, tmp_path: Path, end_at: Callable[[int], None]
) -> None:
    places = 0
    for bag in ended_everywhere(
        end_at,
        lambda number: tmp_path / str(number),
        lambda bag: backup(DataFolder(kept / "data"), bag, AT, lambda what: None),
    ):
        places += 1
        assert backup(DataFolder(kept / "data"), bag, AT, lambda what: None).problems == []
        assert look(bag)["ok"]
        assert bagit.Bag(str(bag)).validate()
    assert places > 10


def test_a_repair_that_was_ended_anywhere_is_completed_by_the_next(
    kept: Path, tmp_path: Path, end_at: Callable[[int], None]
) -> None:
    def prepare(number: int) -> Path:
        data = Path(shutil.copytree(kept / "data", tmp_path / str(number)))
        flip(one_warc(data), 2_000, 1)
        flip(data / "warc" / "ledger.jsonl", 700, 1)
        return data

    def act(data: Path) -> dict[str, object]:
        return repair(DataFolder(data), kept / "bag", Settings(workers=1), Say(quiet=True))

    places = 0
    for data in ended_everywhere(end_at, prepare, act):
        places += 1
        answer = act(data)
        assert answer["ok"], answer["faults"]
        assert look(data)["ok"]
    assert places > 5


def test_a_restore_that_was_ended_is_no_archive_and_goes_on(
    kept: Path, tmp_path: Path, end_at: Callable[[int], None]
) -> None:
    def act(there: Path) -> None:
        restore(str(kept / "bag"), DataFolder(there), None, Say())

    for there in ended_everywhere(end_at, lambda number: tmp_path / f"{number}" / "there", act, 4):
        if (there / "restoring").exists():
            refused = run(there, "import", kept / "more.warc.gz")
            assert "run that again, and it goes on" in refused.stderr
            assert refused.exit_code == 1
            act(there)
        elif not (there / "archive.db").exists():
            act(there)
        answer = look(there)
        assert answer["ok"], answer["faults"]
        assert not (there / "restoring").exists()
