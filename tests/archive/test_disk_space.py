from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from archive import disk_space
from archive.advice import error_with_advice
from archive.db.database import APPLICATION_ID
from archive.db.sqlite_errors import explained
from archive.errors import DataFolderError
from archive.fixity.backup import Made, blamed, copy_database
from archive.fixity.copying import copy

FAULT = sqlite3.OperationalError("disk I/O error")


def refuse(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """No file can be made from now on."""

    def file(**_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(tempfile, "TemporaryFile", file)


def test_what_is_free_is_said_in_units_that_a_person_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = os.statvfs(tmp_path)
    fields = {name: getattr(disk, name) for name in dir(disk) if name.startswith("f_")}
    free = {"f_bavail": 3, "f_frsize": 4096, "f_files": 9, "f_favail": 9}
    held = type("Disk", (), {**fields, **free})
    monkeypatch.setattr(os, "statvfs", lambda _: held)
    assert disk_space.free_space(tmp_path / "not there yet") == f"12 kB free in {tmp_path}"
    held.f_favail = 0
    assert "no inode left" in disk_space.free_space(tmp_path)


def test_a_folder_that_can_be_written_has_no_obstacle_and_is_left_as_it_was(tmp_path: Path) -> None:
    assert disk_space.write_obstacle(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the quota is used up"),
        (errno.EFBIG, "a limit on the size of files stands in the way"),
        (errno.EROFS, "mounted read-only"),
        (errno.EIO, "the disk reports a fault"),
    ],
)
def test_what_sqlite_calls_a_fault_of_the_disk_is_called_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    refuse(monkeypatch, number)
    told = str(explained(FAULT, tmp_path / "archive.db"))
    assert words in told
    assert told.endswith("nothing kept is lost")
    assert (f" free in {tmp_path}" in told) is (number in {errno.ENOSPC, errno.EDQUOT})


def test_a_fault_that_no_try_meets_is_the_disks(tmp_path: Path) -> None:
    told = str(explained(FAULT, tmp_path / "archive.db"))
    assert "disk I/O error; the disk reports a fault" in told


def test_a_limit_on_files_is_named_where_a_small_file_still_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.disk_space.resource.getrlimit", lambda _: (1 << 30, 1 << 30))
    assert "ulimit -f" in str(explained(FAULT, tmp_path / "archive.db"))


def test_a_full_disk_says_how_much_is_free_where_the_file_is(tmp_path: Path) -> None:
    error = OSError(errno.ENOSPC, "No space left on device")
    assert error_with_advice(error).startswith(
        "the disk is full (No space left on device); free disk space"
    )
    assert f" free in {tmp_path}); free disk space" in error_with_advice(
        error, tmp_path / "x.warc.gz"
    )


def test_a_full_disk_of_a_backup_is_not_said_of_the_archive(tmp_path: Path) -> None:
    told = pytest.raises(DataFolderError, match=r"copy\.db\.part: the disk is full")
    with told, blamed(tmp_path / "copy.db.part"):
        raise sqlite3.OperationalError("database or disk is full")
    with pytest.raises(sqlite3.OperationalError), blamed(tmp_path / "copy.db.part"):
        raise sqlite3.OperationalError("no such table: captures")


def test_a_copy_that_finds_no_room_says_where_and_takes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_sync(_number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "source").write_bytes(b"bytes")
    monkeypatch.setattr(os, "fsync", refuse_sync)
    with pytest.raises(OSError, match="No space left") as told:
        copy(tmp_path / "source", tmp_path / "there" / "copy")
    assert told.value.filename == str(tmp_path / "there" / "copy.part")
    assert list((tmp_path / "there").iterdir()) == []


def test_a_database_is_copied_from_a_disk_that_became_read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "held" / "archive.db"
    source.parent.mkdir()
    with closing(sqlite3.connect(source)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
    monkeypatch.setattr("os.access", lambda *_: False)
    copy_database(source, tmp_path / "copy.db", made := Made())
    assert made.problems == []
    # SQLite would need a file beside it, and here is none and can be none
    assert list(source.parent.iterdir()) == [source]
