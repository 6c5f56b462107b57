"""Where a disk belongs that is not mounted nothing is begun anew: what is written there is hidden
once it is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from archive import mounts
from archive.mounts import unmounted
from tests.saved import run


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place that the system's table has a disk for; none is mounted there."""
    disk = tmp_path / "a disk"
    disk.mkdir()
    table = tmp_path / "fstab"
    field = str(disk).replace(" ", r"\040")
    table.write_text(
        f"# <file system> <mount point>\n\nUUID=1 {field}/ ext4 nofail 0 2\nUUID=2 none swap sw\n"
        f"UUID=3 / ext4 defaults 0 1\n#UUID=4 {tmp_path} ext4 defaults 0 2\nUUID=5\n"
    )
    monkeypatch.setattr(mounts, "FSTAB", table)
    return disk


@pytest.mark.parametrize("below", ["", "isw/data"])
def test_no_command_begins_an_archive_where_its_disk_is_not_mounted(
    disk: Path, small_archive: Path, below: str
) -> None:
    data = disk / below
    for words in (
        ("import", small_archive / "more.warc.gz"),
        ("run-due",),
        ("restore", small_archive / "bag", data),
        ("status",),
    ):
        done = run(data, *words)
        assert done.exit_code == 1, words
        assert f"no disk is mounted at {disk}" in done.stderr, words
    assert list(disk.iterdir()) == []


def test_through_a_link_it_is_told_too(disk: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(disk / "data")
    assert unmounted(tmp_path / "link") == disk
    assert unmounted(tmp_path / "other") is None


def test_once_it_is_mounted_the_archive_begins(
    disk: Path, small_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os.path, "ismount", lambda path: str(path) in {"/", str(disk)})
    assert run(disk / "data", "import", small_archive / "more.warc.gz").exit_code == 0


def test_an_archive_that_was_begun_there_goes_on(disk: Path, small_archive: Path) -> None:
    data = Path(shutil.copytree(small_archive / "data", disk / "data"))
    assert run(data, "import", small_archive / "more.warc.gz").exit_code == 0
    assert run(data, "rebuild").exit_code == 0
    (data / "archive.db").unlink()
    assert run(data, "rebuild").exit_code == 0


def test_a_backup_begins_there_only_when_it_is_said(
    disk: Path, small_archive: Path, tmp_path: Path
) -> None:
    data = Path(shutil.copytree(small_archive / "data", tmp_path / "data"))
    refused = run(data, "backup", disk / "isw")
    assert refused.exit_code == 1
    assert f"no disk is mounted at {disk}" in refused.stderr
    assert list(disk.iterdir()) == []
    assert run(data, "backup", "--anew", disk / "isw").exit_code == 0
    assert run(data, "backup", disk / "isw").exit_code == 0


def test_where_there_is_no_table_nobody_can_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mounts, "FSTAB", tmp_path / "none")
    assert unmounted(tmp_path) is None
