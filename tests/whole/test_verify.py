"""`verify` finds what is not as it was kept, names it, and is quiet where all is."""

from __future__ import annotations

import contextlib
import fcntl
import gzip
import json
import os
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.fixity_samples import (
    REPORTS,
    faults,
    flip,
    ledger,
    lines,
    look,
    one_warc,
    write_lines,
)
from tests.saved import run, written

pytestmark = pytest.mark.minutes(1)

BITS = int(os.environ.get("BITS", "60"))
SEED = int(os.environ.get("SEED", "1"))
# The last two are no evidence: notes of one writer for the next, believed only while they are right
TRANSIENT = {"lock", "archive.db-shm", "archive.db-wal", "ledger.tail", "archive.db-sums"}


@pytest.fixture(scope="module")
def kept(two_runs: Path) -> Path:
    return two_runs


# --- quiet ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("deep", [False, True])
def test_an_untouched_archive_is_quiet(data: Path, deep: bool) -> None:
    answer = look(data, deep=deep)
    assert answer["ok"], answer
    assert answer["notes"] == []
    assert answer["checked"]["files"] == 2
    assert answer["checked"]["entries"] == len(lines(data))
    assert answer["checked"]["rows"] >= REPORTS
    assert not deep or answer["checked"]["records"] == REPORTS + 2


def test_verifying_writes_nothing(data: Path) -> None:
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    look(data, deep=True)
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def test_a_person_is_told_how_much_was_checked_and_how_fast(data: Path) -> None:
    result = run(data, "verify")
    assert result.exit_code == 0
    assert "checked: 2 files, 0 records" in result.stdout
    assert "--deep reads the records" in result.stdout
    assert "--deep" not in run(data, "verify", "--deep").stdout
    assert "MB/s" in result.stdout
    assert result.stdout.endswith("all is as it was kept\n")


def test_the_evidence_alone_can_be_verified_without_the_database(
    data: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "elsewhere"
    shutil.copytree(data / "warc", copy)
    answer = look(copy, deep=True)
    assert answer["ok"], answer
    assert answer["checked"]["records"] == REPORTS + 2
    flip(next(copy.glob("*.warc.gz")), 100, 1)
    assert faults(copy)


def test_an_archive_without_a_ledger_is_verified_by_its_rows(data: Path) -> None:
    for name in ("warc/ledger.jsonl", "warc/ledger.checkpoint", "ledger.key"):
        (data / name).unlink()
    answer = look(data, deep=True)
    assert answer["ok"], answer
    assert any("no ledger yet" in note for note in answer["notes"])


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    result = run(tmp_path, "verify")
    assert result.exit_code == 2
    assert "no data folder" in result.stderr


def test_files_begun_before_a_day_are_left_out_and_that_is_said(data: Path) -> None:
    result = run(data, "verify", "--since", "2999-01-01")
    assert result.exit_code == 0
    assert "checked: 0 files" in result.stdout
    assert "2 WARC files begun before 29990101 were not read" in result.stdout


# --- one bit --------------------------------------------------------------------------------------


def _is_named(fault: dict[str, object], path: Path) -> bool:
    return str(fault["file"]).endswith(path.name)


def _record_at(data: Path, path: Path, offset: int) -> str | None:
    for entry in ledger(data):
        for one in (entry, entry.get("request") or {}):
            begin = one.get("offset", -1)
            if entry.get("file") == path.name and begin <= offset < begin + one.get("length", 0):
                return str(one["record"])
    return None


def test_every_changed_bit_is_found_and_its_file_and_record_are_named(data: Path) -> None:
    chance = random.Random(SEED)
    files = [
        path for path in sorted(data.rglob("*")) if path.is_file() and path.name not in TRANSIENT
    ]
    places = {path: path.stat().st_size for path in files}
    for number in range(BITS):
        path = files[number % len(files)]
        offset, bit = chance.randrange(places[path]), chance.randrange(8)
        wanted = _record_at(data, path, offset)
        flip(path, offset, bit)
        found = [fault for fault in faults(data) if _is_named(fault, path)]
        assert found, (path.name, offset, bit)
        assert wanted is None or wanted in {fault["record"] for fault in found}, (path.name, offset)
        flip(path, offset, bit)
    assert look(data)["ok"]


def test_a_changed_bit_in_a_file_of_which_nothing_is_known_is_found(
    data: Path, tmp_path: Path
) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    path = Path(shutil.copy(one_warc(data), alone))
    chance = random.Random(SEED)
    content = gzip.decompress(path.read_bytes())
    assert look(alone)["ok"]
    for _ in range(BITS):
        offset, bit = chance.randrange(path.stat().st_size), chance.randrange(8)
        flip(path, offset, bit)
        # a few bits between two blocks of packed data mean nothing, and nobody has a digest of them
        assert faults(alone) or gzip.decompress(path.read_bytes()) == content, (offset, bit)
        flip(path, offset, bit)


# --- files ----------------------------------------------------------------------------------------


def test_a_lost_file_is_named_with_what_it_held(data: Path) -> None:
    path = one_warc(data)
    path.unlink()
    [fault] = [fault for fault in faults(data) if fault["file"].endswith(path.name)]
    assert fault["what"] == f"missing; it held {REPORTS // 2} captures"
    assert "repair --from" in fault["remedy"]


@pytest.mark.parametrize("change", [lambda b: b[:-9], lambda b: b + b"\0", lambda b: b + b[-700:]])
def test_a_file_of_another_length_is_named(data: Path, change) -> None:
    path = one_warc(data)
    path.write_bytes(change(path.read_bytes()))
    assert any(_is_named(fault, path) for fault in faults(data))


def test_a_record_packed_again_with_other_words_and_right_digests_is_found(data: Path) -> None:
    """Whoever alters a record and its digests cannot alter what the ledger has of it."""
    path = one_warc(data)
    entry = next(e for e in ledger(data) if e["kind"] == "capture" and e["file"] == path.name)
    content = path.read_bytes()
    begin, end = entry["offset"], entry["offset"] + entry["length"]
    path.write_bytes(content[:begin] + _reworded(content[begin:end]) + content[end:])
    for name in ("archive.db", "ledger.key"):
        (data / name).unlink()
    assert entry["record"] in {fault["record"] for fault in faults(data)}


def _reworded(member: bytes) -> bytes:
    import hashlib
    import re

    head, _, block = gzip.decompress(member).partition(b"\r\n\r\n")
    block = block[:-4].replace(b"the", b"teh")
    http, _, body = block.partition(b"\r\n\r\n")
    for name, content in ((b"Block", block), (b"Payload", body)):
        digest = hashlib.sha256(content).hexdigest().encode()
        head = re.sub(b"(WARC-%s-Digest: sha256:)[0-9a-f]+" % name, b"\\g<1>" + digest, head)
    assert http
    return gzip.compress(head + b"\r\n\r\n" + block + b"\r\n\r\n")


# --- the database ---------------------------------------------------------------------------------


def change(data: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(data / "archive.db")) as db:
        for name in [
            row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ]:
            db.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            assert db.execute(statement).rowcount > 0, statement
        db.commit()


def test_a_database_that_another_program_changed_is_told(data: Path) -> None:
    with contextlib.closing(sqlite3.connect(data / "archive.db")) as db, db:
        db.execute("UPDATE runs SET who = 'nobody'")
    assert any("not what the last command left" in fault["what"] for fault in faults(data))


CHANGES = {
    "captures": "UPDATE captures SET outcome = 'gone' WHERE id = (SELECT min(id) FROM captures)",
    "versions": "UPDATE versions SET title = 'X' || substr(title, 2)",
    "notes": "UPDATE notes SET label = '99' WHERE id = (SELECT max(id) FROM notes)",
    "citations": "DELETE FROM citations WHERE id = (SELECT min(id) FROM citations)",
    "sources": "UPDATE sources SET status = 'dead' WHERE id = (SELECT min(id) FROM sources)",
    "reports": "UPDATE reports SET report_date = '2026-01-01'",
    "markers": "UPDATE markers SET sentence = sentence || '.' WHERE position = 1",
}


def test_rows_that_their_records_do_not_give_are_named_where_no_digest_of_the_database_is_known(
    data: Path,
) -> None:
    for name in ("warc/ledger.jsonl", "warc/ledger.checkpoint", "ledger.key"):
        (data / name).unlink()
    change(data, *CHANGES.values())
    told = [fault["what"] for fault in faults(data, deep=True)]
    for table in CHANGES:
        assert any(text.startswith(f"table {table}, row ") for text in told), (table, told)
    assert any("outcome is not what its record gives" in text for text in told)
    assert any("a record gives it, and it is missing" in text for text in told)


def test_a_database_of_an_older_version_is_compared_once_it_is_up_to_date(data: Path) -> None:
    with written(data) as db:
        db.execute("DROP TABLE withheld")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm017_withheld'")
    for name in ("warc/ledger.jsonl", "warc/ledger.checkpoint", "ledger.key"):
        (data / name).unlink()
    answer = look(data, deep=True)
    assert answer["ok"], answer
    assert any("of an older version" in note for note in answer["notes"])


def test_a_row_without_record_and_a_record_without_row_are_named(data: Path) -> None:
    with contextlib.closing(sqlite3.connect(data / "archive.db")) as db, db:
        one, two = [row[0] for row in db.execute("SELECT record_id FROM captures LIMIT 2")]
        db.execute("UPDATE captures SET record_id = 'urn:none' WHERE record_id = ?", [one])
        db.execute("UPDATE captures SET warc_offset = 7 WHERE record_id = ?", [two])
    told = {
        (fault["record"], fault["what"].partition(":")[0].partition(" of ")[0])
        for fault in faults(data)
    }
    assert ("urn:none", "row " + str(_number(data, "urn:none"))) in told
    assert (one, "no row") in told
    assert any(record == two for record, _ in told)


def _number(data: Path, record: str) -> int:
    with contextlib.closing(sqlite3.connect(data / "archive.db")) as db:
        return int(
            db.execute("SELECT id FROM captures WHERE record_id = ?", [record]).fetchone()[0]
        )


def test_a_lost_database_is_told_and_made_anew(data: Path) -> None:
    (data / "archive.db").unlink()
    answer = look(data)
    assert any("no database here" in note for note in answer["notes"])
    assert run(data, "rebuild").exit_code == 0
    assert look(data, deep=True)["ok"]


# --- while a run goes on, and after one that broke off
# -------------------------------------------------


def test_while_a_run_holds_the_archive_what_stands_is_verified(data: Path) -> None:
    with (data / "lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = look(data)
    assert answer["ok"], answer
    assert any("a run is under way" in note for note in answer["notes"])


def test_what_a_kill_left_is_a_note_until_the_next_command_enters_it(data: Path) -> None:
    """As a power cut leaves it: the ledger ends with the beginning of the run, and the run was
    never told as done."""
    _break_off(data)
    answer = look(data)
    assert answer["ok"], answer
    assert any("are not in the ledger yet" in note for note in answer["notes"])
    assert run(data, "rebuild").exit_code == 0
    answer = look(data, deep=True)
    assert answer["ok"], answer
    assert answer["notes"] == []
    assert sum(entry["kind"] == "capture" for entry in ledger(data)) == REPORTS


def _break_off(data: Path) -> None:
    from archive.fixity.checkpoint import Checkpoint, Signer
    from archive.fixity.merkle import Tree

    all_of = lines(data)
    last = max(n for n, line in enumerate(all_of) if b'"kind":"run"' in line)
    signer = Signer.load(data / "ledger.key")
    tree = Tree(line[:-1] for line in all_of[: last + 1])
    point = Checkpoint(signer.key.name, len(tree), tree.root())
    (data / "warc" / "ledger.checkpoint").write_text(signer.sign(point), encoding="utf-8")
    write_lines(data, [*all_of[: last + 2], all_of[last + 2][:20]])
    run_id = json.loads(all_of[last])["run"]
    with written(data) as db:
        db.execute("UPDATE runs SET finished_at = NULL, outcome = NULL WHERE id = ?", [run_id])
