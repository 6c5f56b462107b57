"""Backups in a store that speaks S3: a bag by its date, closed files once, each read back; and an
archive out of one. The store is on loopback."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import Result

from archive.errors import ArchiveError
from archive.folder import DataFolder
from pipeline.run.bucket import Bucket
from pipeline.run.jobs.remote_backup import remote_backup
from tests.crash.damage import leave_open
from tests.fixity_samples import look, one_warc
from tests.object_store import KEYS, Store, served
from tests.saved import rows, run

pytestmark = pytest.mark.minutes(1)

PLACE = "s3://archive/isw"


@pytest.fixture
def data(small_archive: Path, tmp_path: Path) -> Path:
    shutil.copy(small_archive / "more.warc.gz", tmp_path)
    return Path(shutil.copytree(small_archive / "data", tmp_path / "data"))


@pytest.fixture(scope="module")
def server() -> Iterator[Store]:
    with served() as store:
        yield store


@pytest.fixture
def store(server: Store) -> Iterator[Store]:
    server.objects.clear()
    with patch.dict(os.environ, {**KEYS, "AWS_ENDPOINT_URL": server.url}):
        yield server


def backed_up(data: Path, day: int = 1, keep: int = 2) -> None:
    at = f"2026-03-{day:02d}T05:45:00Z"
    made, _ = remote_backup(DataFolder(data), Bucket.at(PLACE), at, keep, lambda _: None)
    assert made.problems == []


def restored(data: Path, name: str = "again") -> Result:
    return run(data, "restore", PLACE, data.parent / name)


def test_a_backup_in_a_store_becomes_an_archive_again(data: Path, store: Store) -> None:
    result = run(data, "backup", PLACE, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["copied"] == 2
    assert restored(data).exit_code == 0
    assert look(data.parent / "again", deep=True)["ok"]
    names = {path.name for path in (data / "warc").iterdir()}
    assert {path.name for path in (data.parent / "again" / "warc").iterdir()} == names
    assert not (data / "backup.making").exists()


def test_a_bag_names_what_lies_beside_it_as_the_standard_has_it(data: Path, store: Store) -> None:
    backed_up(data)
    fetch = store.objects["isw/bags/20260301T054500Z/fetch.txt"].decode().splitlines()
    manifest = store.objects["isw/bags/20260301T054500Z/manifest-sha256.txt"].decode().splitlines()
    sums = dict(reversed(line.split("  ", 1)) for line in manifest)
    assert len(fetch) == 2
    for url, size, name in (line.split(" ") for line in fetch):
        content = store.objects[url.removeprefix("s3://archive/")]
        assert (len(content), hashlib.sha256(content).hexdigest()) == (int(size), sums[name])


def test_closed_files_are_uploaded_once_and_nothing_new_takes_only_the_rest(
    data: Path, store: Store
) -> None:
    backed_up(data, 1)
    before = [key for key in store.objects if key.startswith("isw/warc/")]
    with patch.object(Bucket, "sha256", autospec=True, side_effect=Bucket.sha256) as read:
        result = run(data, "backup", PLACE, "--keep", "2", "--json")
    answer = json.loads(result.stdout)
    assert (answer["copied"], answer["kept"]) == (0, 2)
    assert not [one for one in read.call_args_list if one.args[1].startswith("warc/")]
    assert [key for key in store.objects if key.startswith("isw/warc/")] == before


def test_so_many_bags_are_kept_and_the_files_of_all(data: Path, store: Store) -> None:
    for day in (1, 2, 3):
        backed_up(data, day)
    assert store.bags() == ["20260302T054500Z", "20260303T054500Z"]
    assert not [key for key in store.objects if "20260301" in key]


def test_half_a_bag_is_none_and_is_taken_away_by_the_next(data: Path, store: Store) -> None:
    backed_up(data, 1)
    del store.objects["isw/bags/20260301T054500Z/bagit.txt"]
    assert restored(data).exit_code == 2
    backed_up(data, 2)
    assert store.bags() == ["20260302T054500Z"]
    assert not [key for key in store.objects if "20260301" in key]


@pytest.mark.parametrize("what", ["archive.db", "manifest-sha256.txt", ".warc.gz"])
def test_what_was_altered_in_the_store_is_not_taken(data: Path, store: Store, what: str) -> None:
    backed_up(data)
    [key, *_] = [key for key in store.objects if key.endswith(what)]
    content = bytearray(store.objects[key])
    content[len(content) // 2] ^= 1
    store.objects[key] = bytes(content)
    result = restored(data)
    assert result.exit_code == 1
    assert not (data.parent / "again" / "archive.db").exists()


@pytest.mark.parametrize("deep", [(), ("--deep",)])
def test_a_backup_is_verified_in_its_store(data: Path, store: Store, deep: tuple[str, ...]) -> None:
    backed_up(data)
    before = dict(store.objects)
    result = run(data, "verify", *deep, PLACE, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["faults"] == []
    assert told["checked"]["files"] > 4
    assert "bags/20260301T054500Z: the newest backup there" in told["notes"][0]
    assert told["checkpoint"] == (data / "warc" / "ledger.checkpoint").read_text(encoding="utf-8")
    assert store.objects == before


@pytest.mark.parametrize("what", ["archive.db", "ledger.jsonl", "manifest-sha256.txt", ".warc.gz"])
def test_what_was_altered_or_lost_in_the_store_is_named(
    data: Path, store: Store, what: str
) -> None:
    backed_up(data)
    [key, *_] = [key for key in store.objects if key.endswith(what)]
    content = bytearray(store.objects.pop(key))
    lost = run(data, "verify", PLACE)
    assert lost.exit_code == 1
    assert what in lost.stdout
    content[len(content) // 2] ^= 1
    store.objects[key] = bytes(content)
    altered = run(data, "verify", PLACE)
    assert altered.exit_code == 1
    assert what in altered.stdout
    assert "Traceback" not in lost.output + altered.output


def test_a_closed_file_that_was_altered_in_the_store_is_put_right_as_it_is_told(
    data: Path, store: Store
) -> None:
    """A later backup does not read it, and says so."""
    assert "not read again" not in run(data, "backup", PLACE).stdout
    key = f"isw/warc/{one_warc(data).name}"
    store.objects[key] = bytes(len(store.objects[key]))
    told = run(data, "backup", PLACE).stdout
    assert f"not read again: WARC files that were there already; isw-archive verify {PLACE}" in told
    assert "take the object out of the store" in run(data, "verify", PLACE).stdout
    del store.objects[key]
    assert run(data, "backup", PLACE).exit_code == 0
    assert run(data, "verify", PLACE).exit_code == 0


def test_what_is_put_beside_a_bag_in_the_store_is_named_and_not_fetched(
    data: Path, store: Store, tmp_path: Path
) -> None:
    backed_up(data)
    store.objects["isw/bags/20260301T054500Z/data/more.txt"] = b"x"
    result = run(data, "verify", PLACE)
    assert result.exit_code == 1
    assert "data/more.txt: not in the bag's manifest" in result.stdout


def test_where_no_backup_is_nothing_is_verified(data: Path, store: Store) -> None:
    assert run(data, "verify", PLACE).exit_code == 2
    backed_up(data)
    assert run(data, "verify", "--require-signature", PLACE).exit_code == 2


def test_what_the_store_does_not_give_back_as_it_was_is_said(data: Path, store: Store) -> None:
    with patch.object(Bucket, "sha256", return_value="0" * 64):
        made, _ = remote_backup(
            DataFolder(data), Bucket.at(PLACE), "2026-03-01T05:45:00Z", 1, lambda _: None
        )
    assert "not what was sent" in made.problems[0]
    assert store.bags() == []


def test_a_damaged_file_is_not_uploaded(data: Path, store: Store) -> None:
    path = one_warc(data)
    path.write_bytes(path.read_bytes()[:-1])
    result = run(data, "backup", PLACE)
    assert result.exit_code == 1
    assert "not copied, since it is not what it was" in result.stdout
    assert f"isw/warc/{path.name}" not in store.objects


@pytest.mark.parametrize("is_gone", [True, False])
def test_nor_is_one_that_was_left_open_and_is_gone_or_lost_its_end(
    data: Path, store: Store, is_gone: bool
) -> None:
    path = leave_open(data, one_warc(data))
    path.unlink() if is_gone else os.truncate(path, path.stat().st_size - 1)
    result = run(data, "backup", PLACE)
    assert result.exit_code == 1
    told = "missing" if is_gone else "not copied, since it is not what it was"
    assert f"{path}: {told}" in result.stdout
    assert not any(key.endswith(path.name) for key in store.objects)


def test_where_the_ledger_lost_its_checkpoint_that_is_said_and_no_bag_is_taken_away(
    data: Path, store: Store
) -> None:
    assert run(data, "backup", PLACE).exit_code == 0
    (data / "warc" / "ledger.checkpoint").unlink()
    (data / "warc" / "ledger.jsonl").unlink()
    result = run(data, "backup", PLACE)
    assert result.exit_code == 1
    assert "not copied" in result.stdout
    assert any(key.endswith("/ledger.jsonl") for key in store.objects)


def test_what_damage_left_is_in_the_backup(data: Path, store: Store) -> None:
    (data / "warc" / "x.warc.gz.torn").write_bytes(b"half a record")
    assert run(data, "backup", PLACE).exit_code == 0
    assert restored(data).exit_code == 0
    assert (data.parent / "again" / "warc" / "x.warc.gz.torn").read_bytes() == b"half a record"


def test_a_store_that_refuses_is_told_in_one_line(data: Path, store: Store) -> None:
    result = run(data, "backup", "s3://nobodys/isw")
    assert result.exit_code == 1
    assert "AWS_ENDPOINT_URL" in result.output
    assert "Traceback" not in result.output
    assert "a-secret-of-nobody" not in result.output


@pytest.mark.parametrize("place", ["ftp://host/x", "s3://", "s3://UPPER/x", ""])
def test_what_is_no_place_is_wrong_use(data: Path, place: str) -> None:
    assert run(data, "backup", place).exit_code == 2


def test_rows_outlast_a_store(data: Path, store: Store) -> None:
    backed_up(data)
    assert restored(data).exit_code == 0
    asked = "SELECT id, url, payload_digest FROM captures ORDER BY id"
    assert rows(data.parent / "again", asked) == rows(data, asked)


def test_a_bucket_out_of_reach_is_an_error_of_ours(data: Path, store: Store) -> None:
    with (
        patch.dict(os.environ, {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}),
        patch("pipeline.run.bucket.RETRIES", 0),
        pytest.raises(ArchiveError, match="AWS_ENDPOINT_URL"),
    ):
        Bucket.at(PLACE).sizes("")
