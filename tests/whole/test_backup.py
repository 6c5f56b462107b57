"""Backups: whole, standard, cheap when nothing is new; and what is put back from them."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

from archive.fixity.checkpoint import Signer
from tests.fixity_samples import faults, flip, ledger, lines, look, one_warc
from tests.saved import rows, run, written

pytestmark = pytest.mark.minutes(1)

BITS = int(os.environ.get("BITS", "60"))
SEED = int(os.environ.get("SEED", "1"))


@pytest.fixture(scope="module")
def kept(small_archive: Path) -> Path:
    """An archive and its backup."""
    return small_archive


@pytest.fixture
def data(kept: Path, tmp_path: Path) -> Path:
    shutil.copy(kept / "more.warc.gz", tmp_path)
    return Path(shutil.copytree(kept / "data", tmp_path / "data"))


@pytest.fixture
def bag(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept / "bag", tmp_path / "bag"))


def more(data: Path) -> None:
    """A further run with one capture."""
    assert run(data, "import", data.parent / "more.warc.gz").exit_code == 0


# --- making them ----------------------------------------------------------------------------------


def test_a_backup_is_a_bag_that_another_program_calls_valid(bag: Path) -> None:
    assert bagit.Bag(str(bag)).validate()
    names = {path.name for path in (bag / "data" / "warc").iterdir()}
    assert {"ledger.jsonl", "ledger.checkpoint"} < names
    assert not list(bag.rglob("ledger.key"))


@pytest.mark.parametrize("deep", [False, True])
def test_a_backup_is_verified_as_the_archive_is(bag: Path, deep: bool) -> None:
    answer = look(bag, deep=deep)
    assert answer["ok"], answer
    assert answer["checked"]["entries"] > 0


def test_a_backup_is_entered_in_the_ledger(data: Path, bag: Path) -> None:
    assert ledger(data)[-2]["kind"] == "backup"
    assert ledger(data)[-2]["to"] == "bag"
    assert look(data)["ok"]


def test_only_what_is_new_is_copied(data: Path, bag: Path) -> None:
    more(data)
    old = {path.name: path.stat().st_ino for path in (bag / "data" / "warc").glob("*.warc.gz")}
    result = run(data, "backup", bag)
    assert "1 WARC files copied, 2 there already" in result.stdout
    now = {path.name: path.stat().st_ino for path in (bag / "data" / "warc").glob("*.warc.gz")}
    assert {name: now[name] for name in old} == old
    assert bagit.Bag(str(bag)).validate()
    assert look(bag, deep=True)["ok"]


def test_a_backup_of_nothing_new_reads_no_old_file(data: Path, bag: Path) -> None:
    for path in (bag / "data" / "warc").glob("*.warc.gz"):
        path.chmod(0)  # not even root's reading of it is wanted, but nothing may depend on it
    result = run(data, "backup", bag)
    assert "0 WARC files copied, 2 there already" in result.stdout


def test_what_a_backup_lost_or_holds_in_part_is_copied_again(data: Path, bag: Path) -> None:
    one, two = sorted((bag / "data" / "warc").glob("*.warc.gz"))
    one.unlink()
    two.write_bytes(two.read_bytes()[:-1])
    assert run(data, "backup", bag).exit_code == 0
    assert look(bag)["ok"]


def test_a_backup_that_was_ended_in_the_middle_is_completed(data: Path, bag: Path) -> None:
    more(data)
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        (bag / name).unlink()
    (bag / "data" / "warc" / "x.warc.gz.new.part").write_bytes(b"half")
    assert run(data, "backup", bag).exit_code == 0
    assert look(bag)["ok"]


def test_a_damaged_file_does_not_take_the_place_of_a_whole_one(data: Path, bag: Path) -> None:
    path = one_warc(data)
    flip(path, 900, 3)
    (bag / "data" / "warc" / path.name).unlink()
    result = run(data, "backup", bag)
    assert result.exit_code == 1
    assert "not copied, since it is not what it was" in result.stdout
    assert not (bag / "data" / "warc" / path.name).exists()


def test_while_a_run_goes_on_what_is_committed_is_backed_up(data: Path, tmp_path: Path) -> None:
    """Its newest file holds more than the database knows: that is left for the next backup."""
    path = one_warc(data)
    size = path.stat().st_size
    with written(data) as db:
        db.execute("UPDATE warc_files SET closed = 0, sha256 = NULL WHERE name = ?", [path.name])
    with path.open("ab") as file:
        file.write(b"\x1f\x8b half a record")
    with (data / "lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert run(data, "backup", tmp_path / "new").exit_code == 0
    assert (tmp_path / "new" / "data" / "warc" / path.name).stat().st_size == size
    assert look(tmp_path / "new", deep=True)["ok"]
    assert bagit.Bag(str(tmp_path / "new")).validate()


@pytest.mark.parametrize("where", ["data", "data/backup", "taken", "."])
def test_a_place_where_a_backup_would_mix_with_something_else_is_refused(
    data: Path, where: str
) -> None:
    (data.parent / "taken").mkdir()
    (data.parent / "taken" / "file").touch()
    assert run(data, "backup", data.parent / where).exit_code == 2


def test_every_changed_bit_of_a_backup_is_found(bag: Path) -> None:
    chance = random.Random(SEED)
    files = sorted(path for path in bag.rglob("*") if path.is_file())
    for number in range(BITS):
        path = files[number % len(files)]
        offset, bit = chance.randrange(path.stat().st_size), chance.randrange(8)
        flip(path, offset, bit)
        found = faults(bag)
        told = " ".join(fault["file"] + fault["what"] for fault in found)
        assert found, (path.name, offset, bit)
        assert path.name in told, (path.name, offset, bit, told)
        flip(path, offset, bit)
    assert look(bag)["ok"]


# --- an archive out of one ------------------------------------------------------------------------


def test_an_archive_is_restored_and_goes_on(data: Path, bag: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    assert run(data, "restore", bag, there, "--key", data / "ledger.key").exit_code == 0
    assert look(there, deep=True)["ok"]
    assert rows(there, "SELECT * FROM captures") == rows(data, "SELECT * FROM captures")
    assert ledger(there)[-2]["kind"] == "restored"
    more(there)
    assert look(there, deep=True)["ok"]


def test_the_copy_of_a_bag_by_hand_is_an_archive_and_goes_on(data: Path, tmp_path: Path) -> None:
    assert run(data, "fixity").exit_code == 0  # it seals
    assert run(data, "backup", tmp_path / "bag").exit_code == 0
    there = Path(shutil.copytree(tmp_path / "bag" / "data", tmp_path / "there"))
    shutil.copy(data / "ledger.key", there)
    assert look(there)["faults"] == []
    assert run(there, "fixity").exit_code == 0
    assert look(there)["faults"] == []


def test_without_its_key_a_restored_archive_signs_with_a_new_one_and_says_so(
    data: Path, bag: Path, tmp_path: Path
) -> None:
    assert run(data, "restore", bag, tmp_path / "there").exit_code == 0
    answer = look(tmp_path / "there")
    assert answer["ok"]
    assert any("signed by 2 keys" in note for note in answer["notes"])


def test_a_damaged_backup_is_not_restored(data: Path, bag: Path, tmp_path: Path) -> None:
    flip(one_warc(bag / "data"), 100, 1)
    result = run(data, "restore", bag, tmp_path / "there")
    assert result.exit_code == 1
    assert "not what the backup's manifest says" in result.stderr
    assert not (tmp_path / "there" / "archive.db").exists()
    assert ("it goes on" in result.stderr) == (tmp_path / "there").exists()


def test_a_restore_that_breaks_off_at_once_leaves_nothing(
    data: Path, bag: Path, tmp_path: Path
) -> None:
    for path in (bag / "data").rglob("*"):
        if path.is_file():
            flip(path, 0, 1)
    result = run(data, "restore", bag, tmp_path / "deep" / "there")
    assert result.exit_code == 1
    assert not (tmp_path / "deep" / "there").exists()


def test_nothing_is_restored_over_something(data: Path, bag: Path) -> None:
    assert run(data, "restore", bag, data).exit_code == 2
    assert run(data, "restore", data, data.parent / "there").exit_code == 2


# --- putting back ---------------------------------------------------------------------------------


def hurt_all(data: Path) -> None:
    """A bit in each file but the key, which no backup has."""
    for name in ("archive.db", "warc/ledger.jsonl", "warc/ledger.checkpoint"):
        path = data / name
        flip(path, path.stat().st_size // 2, 2)
    for path in (data / "warc").glob("*.warc.gz"):
        flip(path, path.stat().st_size // 2, 2)


def test_after_repair_from_a_backup_all_is_whole(data: Path, bag: Path) -> None:
    more(data)
    before = (rows(data, "SELECT * FROM captures"), rows(data, "SELECT id FROM runs ORDER BY id"))
    assert run(data, "backup", bag).exit_code == 0
    hurt_all(data)
    result = run(data, "repair", "--from", bag)
    assert result.exit_code == 0, result.output
    answer = look(data, deep=True)
    assert answer["ok"], answer
    assert answer["notes"] == []
    assert (
        rows(data, "SELECT * FROM captures"),
        rows(data, "SELECT id FROM runs ORDER BY id"),
    ) == before


def test_from_an_older_backup_all_is_whole_but_what_only_the_damaged_file_had(
    data: Path, bag: Path
) -> None:
    before = rows(data, "SELECT id FROM runs ORDER BY id")
    more(data)
    runs = rows(data, "SELECT id, outcome FROM runs ORDER BY id")
    assert len(runs) == len(before) + 1
    entries = lines(data)
    for name in ("archive.db", "warc/ledger.jsonl"):
        flip(data / name, 600, 2)
    result = run(data, "repair", "--from", bag)
    assert result.exit_code == 0, result.output
    assert lines(data)[: len(entries)] == entries
    assert rows(data, "SELECT id, outcome FROM runs ORDER BY id") == runs
    assert look(data, deep=True)["ok"]


def test_a_damage_that_the_backup_has_too_is_told(data: Path, bag: Path) -> None:
    for folder in (data, bag / "data"):
        flip(one_warc(folder), 3_000, 1)
    result = run(data, "repair", "--from", bag)
    assert result.exit_code == 1
    assert "does not have it right either" in result.stdout


def test_a_lost_file_comes_back(data: Path, bag: Path) -> None:
    path = one_warc(data)
    path.unlink()
    assert run(data, "repair", "--from", bag).exit_code == 0
    assert look(data, deep=True)["ok"]


def test_a_lost_ledger_comes_back(data: Path, bag: Path) -> None:
    for name in ("ledger.jsonl", "ledger.checkpoint"):
        (data / "warc" / name).unlink()
    assert run(data, "repair", "--from", bag).exit_code == 0
    assert look(data)["ok"]


def test_two_copies_that_are_damaged_in_different_records_make_a_whole_one(
    data: Path, bag: Path
) -> None:
    """Records are put back one by one where no copy has the whole file."""
    path = one_warc(data)
    one, two = [e for e in ledger(data) if e["kind"] == "capture" and e["file"] == path.name]
    flip(path, one["offset"] + 200, 1)
    flip(bag / "data" / "warc" / path.name, two["offset"] + 200, 1)
    result = run(data, "repair", "--from", bag)
    assert result.exit_code == 0, result.output
    assert f"record {one['record']} put back" in result.stdout
    assert look(data, deep=True)["ok"]


def test_the_head_of_a_file_is_put_back_where_it_makes_it_whole(data: Path, bag: Path) -> None:
    path = one_warc(data)
    one = next(e for e in ledger(data) if e["kind"] == "capture" and e["file"] == path.name)
    flip(path, 60, 1)
    flip(bag / "data" / "warc" / path.name, one["offset"] + 200, 1)
    assert run(data, "repair", "--from", bag).exit_code == 0
    assert look(data)["ok"]


def test_a_ledger_signed_by_somebody_else_is_not_put_back(data: Path, bag: Path) -> None:
    flip(data / "warc" / "ledger.checkpoint", 60, 0)
    point = bag / "data" / "warc" / "ledger.checkpoint"
    point.write_text(Signer.new().sign(_any_point()), encoding="utf-8")
    assert run(data, "repair", "--from", bag).exit_code == 1
    assert faults(data)


def _any_point():
    from archive.fixity.checkpoint import Checkpoint

    return Checkpoint("isw-archive/0badc0de", 1, bytes(32))


def test_the_archive_is_no_copy_of_itself(data: Path) -> None:
    assert run(data, "repair", "--from", data).exit_code == 2


def test_where_nothing_is_wrong_nothing_is_done(data: Path, bag: Path) -> None:
    before = lines(data)
    result = run(data, "repair", "--from", bag)
    assert result.stdout == "nothing was wrong\n"
    assert lines(data) == before


def test_ten_wounds_in_a_large_file_cost_ten_records_until_repair_brings_them_back(
    tmp_path: Path,
) -> None:
    """The others stay readable; and the ten come back from a copy that is wounded elsewhere."""
    from archive.fixity.entries import of_records
    from archive.fixity.expected import Expected, Member
    from archive.fixity.repair import Repaired, repair_file
    from archive.warc.measured import measure
    from archive.warc.through import Wound, read_through
    from tests.warc_samples import CONTEXT, exchange, only_file, writer

    with writer(tmp_path / "one") as warc:
        for number in range(1_000):
            warc.write(exchange(f"<p>{number}</p>".encode() * 20), CONTEXT)
    path = only_file(tmp_path / "one")
    whole = measure(path)
    entries = list(of_records(path, 0))
    other = Path(shutil.copy(path, tmp_path / "other.warc.gz"))
    for number in range(10):
        flip(path, entries[number * 97 + 5]["offset"] + 200, 1)
        flip(other, entries[number * 97 + 50]["offset"] + 200, 1)
    left = [item for item in read_through(path) if not isinstance(item, Wound)]
    assert len(left) == 1 + 990
    known = Expected(closed={path.name: [("the ledger", whole.size, whole.sha256)]})
    known.members[path.name] = [
        Member(e["record"], e["offset"], e["length"], e["sha256"], n) for n, e in enumerate(entries)
    ]
    done = Repaired()
    assert repair_file(path, [other], known, done)
    assert len(done.records) == 10
    assert measure(path).sha256 == whole.sha256


def test_who_may_not_write_the_archive_can_copy_and_verify_it(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    monkeypatch.setattr("archive.folder.DataFolder.locked", _raising(refused))
    monkeypatch.setattr(Signer, "load", _raising(refused))
    result = run(data, "backup", tmp_path / "copy")
    assert (result.exit_code, look(tmp_path / "copy")["faults"]) == (0, [])
    found = look(data)
    assert found["faults"] == []
    assert any("ledger.key may not be read here" in note for note in found["notes"])


def _raising(error: Exception) -> Callable[..., None]:
    def called(*_: object, **__: object) -> None:
        raise error

    return called


@pytest.mark.parametrize("words", [[], ["--keep", "2"]])
def test_where_a_backup_was_made_and_is_gone_nothing_is_written(
    data: Path, tmp_path: Path, words: list[str]
) -> None:
    """As when its disk is not mounted: the folder is there, or not even that."""
    place = tmp_path / "disk" / "isw"
    assert run(data, "backup", place, *words).exit_code == 0
    assert run(data, "backup", place, *words).exit_code == 0
    place.rename(tmp_path / "mounted elsewhere")
    for _ in range(2):
        done = run(data, "backup", place, *words)
        assert done.exit_code == 1
        assert "is its disk mounted?" in done.stderr
        assert not place.exists() or not list(place.iterdir())
        place.mkdir(exist_ok=True)
    assert run(data, "backup", place, "--anew", *words).exit_code == 0
    assert run(data, "backup", place, *words).exit_code == 0


@pytest.mark.parametrize("hurt", ["letter", "half", "none", "other"])
def test_where_it_is_not_known_whether_one_was_made_nothing_is_begun(
    data: Path, tmp_path: Path, hurt: str
) -> None:
    place, note = tmp_path / "disk" / "isw", data / "backup-places.json"
    assert run(data, "backup", place).exit_code == 0
    whole = note.read_bytes()
    damaged = {"letter": whole.replace(b"disk", b"dirk"), "half": whole[:9], "none": b""}
    place.rename(tmp_path / "mounted elsewhere")
    note.write_bytes(damaged.get(hurt, b"7"))
    refused = run(data, "backup", place)
    assert refused.exit_code == 1
    assert f"{note} is damaged" in refused.stderr
    assert not place.exists()
    (tmp_path / "mounted elsewhere").rename(place)
    told = run(data, "backup", place)
    assert told.exit_code == 1
    assert f"{note}: damaged, begun anew" in told.stdout
    assert run(data, "backup", place).exit_code == 0


def test_places_that_an_earlier_version_noted_are_known(data: Path, tmp_path: Path) -> None:
    (data / "backup-places.json").write_text(json.dumps([str(tmp_path / "gone")]))
    assert "is its disk mounted?" in run(data, "backup", tmp_path / "gone").stderr
    assert run(data, "backup", tmp_path / "other").exit_code == 0
    assert "is its disk mounted?" in run(data, "backup", tmp_path / "gone").stderr
