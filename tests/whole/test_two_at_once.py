"""Two commands at the same moment in one place: one waits or is refused, and neither does by what
the other has changed meanwhile."""

from __future__ import annotations

import fcntl
import gzip
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import Result

from archive.alone import alone
from archive.config import Settings
from archive.dataset import make as dataset
from archive.db import database
from archive.db.database import open_readonly, pending
from archive.errors import DataFolderError, LockedError
from archive.fixity.backup import backup
from archive.fixity.bag import dated_bags, reading
from archive.fixity.dated_backups import dated_backup
from archive.folder import DataFolder
from archive.model.operations import Alarm
from pipeline.run import alarm_round
from pipeline.run.bucket import Bucket
from pipeline.run.jobs import fixity_round
from pipeline.run.jobs.remote_backup import remote_backup
from pipeline.run.jobs.safekeeping import restore
from pipeline.run.jobs.say import Say
from tests.fixity_samples import flip, look, one_warc
from tests.object_store import KEYS, served
from tests.saved import rows, run

pytestmark = pytest.mark.minutes(1)

OLD = Path(__file__).parent.parent / "fixtures" / "archives" / "m014_text_links.db.gz"
"""An archive of an earlier schema."""
AT = "2026-03-20T12:00:00Z"


@pytest.fixture
def data(small_archive: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_archive / "data", tmp_path / "data"))


class Meanwhile:
    """What another command does, once, when the first is heard of; and what came of it."""

    def __init__(self, act: Callable[[], Result]) -> None:
        self._act = act
        self.results: list[Result] = []

    def __call__(self, _: str = "") -> None:
        if not self.results:
            self.results.append(self._act())


# --- restores -------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["restore", "import", "status", "rebuild"])
def test_into_a_folder_that_is_being_restored_nobody_else_comes(
    small_archive: Path, tmp_path: Path, words: str
) -> None:
    there, bag = tmp_path / "there", small_archive / "bag"
    others = {"restore": (bag, there), "import": (small_archive / "more.warc.gz",)}
    other = Meanwhile(lambda: run(there, words, *others.get(words, ())))
    with patch.object(Say, "progress", lambda _, text: other(text)):
        answer = restore(str(bag), DataFolder(there), None, Say())
    [refused] = other.results
    assert (refused.exit_code, "wait for it to end" in refused.stderr) == (3, True)
    assert answer["ok"]
    assert look(there)["ok"]


def test_where_a_restore_ended_meanwhile_the_next_takes_nothing_for_its_own(
    small_archive: Path, tmp_path: Path
) -> None:
    there, bag = tmp_path / "there", small_archive / "bag"
    locked = DataFolder.locked
    other = Meanwhile(lambda: run(there, "restore", bag, there))

    def late(folder: DataFolder, **how: bool) -> object:
        with patch.object(DataFolder, "locked", locked):
            other()
        return locked(folder, **how)

    with patch.object(DataFolder, "locked", late):
        refused = run(there, "restore", bag, there)
    assert other.results[0].exit_code == 0
    assert (refused.exit_code, "not empty" in refused.stderr) == (2, True)
    assert look(there)["ok"]


def test_a_restore_that_is_refused_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert run(tmp_path, "restore", tmp_path / "none", tmp_path / "there").exit_code == 2
    assert not (tmp_path / "there").exists()


def test_what_broke_off_while_the_lock_was_waited_for_is_not_written_to(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.make()
    folder.restoring.touch()
    with pytest.raises(DataFolderError, match="broke off"), folder.locked():
        pass


# --- the lock -------------------------------------------------------------------------------------


def test_a_lock_names_nobody_who_holds_it_no_more(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    with folder.locked():
        assert folder.lock.read_text() == str(os.getpid())
        assert folder.is_held()
    assert folder.lock.read_text() == ""


def test_who_looks_whether_an_archive_is_held_is_not_taken_for_its_holder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the last holder lives on, as the daemon does."""
    folder = DataFolder(tmp_path)
    with folder.locked():
        pass
    with folder.lock.open("rb") as seen:
        fcntl.flock(seen, fcntl.LOCK_SH)
        monkeypatch.setattr("time.sleep", lambda _: fcntl.flock(seen, fcntl.LOCK_UN))
        with folder.locked(wait=False) as handle:
            assert handle


def test_a_lock_that_was_taken_away_is_not_held(tmp_path: Path) -> None:
    """As by a restore that came to nothing: others would open another."""
    folder = DataFolder(tmp_path)
    flock, gone = fcntl.flock, iter([True])

    def late(file: object, how: int) -> None:
        if next(gone, False):
            folder.lock.unlink()
        flock(file, how)  # type: ignore[arg-type]

    with patch("fcntl.flock", late), folder.locked():
        assert folder.lock.exists()
        assert folder.is_held()


# --- upgrades -------------------------------------------------------------------------------------


def test_an_upgrade_is_alone_in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    apply, asked = database.migrations.apply, []

    def watched(db: object) -> None:
        with pytest.raises(LockedError), alone(tmp_path, "held"):
            pass
        asked.append(db)
        apply(db)  # type: ignore[arg-type]

    monkeypatch.setattr(database.migrations, "apply", watched)
    open_readonly(path).close()
    assert len(asked) == 1


@pytest.mark.parametrize("opened", ["open_readonly", "open_database"])
def test_what_another_brought_up_to_date_meanwhile_is_not_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: str
) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    in_turn, applied = database.in_turn, []
    apply = database.migrations.apply

    def noted(db: object) -> None:
        applied.append(db)
        apply(db)  # type: ignore[arg-type]

    @contextmanager
    def late(folder: Path) -> Iterator[None]:
        if not applied:
            monkeypatch.setattr(database, "in_turn", in_turn)
            open_readonly(path).close()
        with in_turn(folder):
            yield

    monkeypatch.setattr(database.migrations, "apply", noted)
    monkeypatch.setattr(database, "in_turn", late)
    with closing(getattr(database, opened)(path)) as db:
        assert not pending(db)
    assert len(applied) == 1


def test_a_database_that_is_being_made_is_not_called_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.db"
    path.touch()
    in_turn = database.in_turn

    @contextmanager
    def late(folder: Path) -> Iterator[None]:
        monkeypatch.setattr(database, "in_turn", in_turn)
        database.open_database(path).close()
        with in_turn(folder):
            yield

    monkeypatch.setattr(database, "in_turn", late)
    open_readonly(path).close()


# --- backups --------------------------------------------------------------------------------------


def test_into_one_backup_one_command_copies_at_a_time(data: Path, tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    other = Meanwhile(lambda: run(data, "backup", bag))
    made = backup(DataFolder(data), bag, AT, other)
    [refused] = other.results
    assert (refused.exit_code, "wait for it" in refused.stderr) == (3, True)
    assert made.problems == []
    assert look(bag)["ok"]


def test_into_a_store_an_archive_is_copied_once_at_a_time(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served() as store:
        for name, value in {**KEYS, "AWS_ENDPOINT_URL": store.url}.items():
            monkeypatch.setenv(name, value)
        other = Meanwhile(lambda: run(data, "backup", "s3://archive/isw"))
        bucket = Bucket.at("s3://archive/isw")
        made, _ = remote_backup(DataFolder(data), bucket, AT, 1, other)
        [refused] = other.results
        assert (refused.exit_code, "wait for it" in refused.stderr) == (3, True)
        assert made.problems == []
        assert run(data, "verify", "s3://archive/isw").exit_code == 0
    assert not (data / "backup.making").exists()


@pytest.mark.parametrize("words", ["verify", "restore", "repair"])
def test_a_backup_that_is_being_made_is_not_read(
    data: Path, small_archive: Path, tmp_path: Path, words: str
) -> None:
    """Half of it would be the one before, and be called damaged."""
    bag = Path(shutil.copytree(small_archive / "bag", tmp_path / "bag"))
    given = {"verify": (bag,), "restore": (bag, tmp_path / "there"), "repair": ("--from", bag)}
    with alone(bag, "held"):
        refused = run(data, words, *given[words])
    assert (refused.exit_code, "wait for it" in refused.stderr) == (3, True)
    assert not (tmp_path / "there").exists()


def test_a_backup_that_is_read_is_not_taken_away(data: Path, tmp_path: Path) -> None:
    root, folder = tmp_path / "dated", DataFolder(data)

    def made(hour: int, keep: int) -> Path:
        at = f"2026-03-20T{hour}:00:00Z"
        return dated_backup(folder, root, at, keep, lambda _: None)[1]

    first, second = made(12, 2), made(13, 2)
    with reading(first):
        third = made(14, 1)
    assert dated_bags(root) == [first, third]
    assert not second.exists()


# --- datasets, fixity rounds ----------------------------------------------------------------------


def test_a_dataset_takes_its_place_alone(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = tmp_path / "dataset"
    assert run(data, "export", "--dataset", into).exit_code == 0
    turn = dataset.in_turn

    @contextmanager
    def late(folder: Path) -> Iterator[None]:
        with turn(folder):
            with pytest.raises(LockedError), alone(folder, "held"):
                pass
            yield

    monkeypatch.setattr(dataset, "in_turn", late)
    assert run(data, "export", "--dataset", into).exit_code == 0
    assert [path.name for path in tmp_path.iterdir() if "dataset" in path.name] == ["dataset"]


def test_a_round_says_nothing_of_what_was_put_back_meanwhile(
    data: Path, small_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurt = one_warc(data)
    flip(hurt, 2_000, 1)
    look_round = fixity_round.look_round

    def late(*given: Any) -> Any:
        found = look_round(*given)
        assert run(data, "repair", "--from", small_archive / "bag").exit_code == 0
        return found

    monkeypatch.setattr(fixity_round, "look_round", late)
    fixity_round.fixity_round(DataFolder(data), None, Say(quiet=True))
    sql = f"SELECT outcome FROM newest_fixity_checks WHERE file = 'warc/{hurt.name}'"
    assert rows(data, sql) == [("repaired",)]


# --- alarms ---------------------------------------------------------------------------------------


def test_an_alarm_that_two_looks_see_is_kept_once(data: Path) -> None:
    folder, seen = DataFolder(data), [Alarm("space", "little room", "free some")]
    locked, other = DataFolder.locked, []

    def keep() -> None:
        alarm_round.keep_and_tell(folder, Settings(), {}, seen)

    def late(folder: DataFolder, **how: bool) -> object:
        if not other:
            other.append(1)
            keep()
        return locked(folder, **how)

    with patch.object(DataFolder, "locked", late):
        keep()
    assert rows(data, "SELECT alarm, state FROM alarms") == [("space", "raised")]
