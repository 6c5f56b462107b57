"""The ledger: what is entered when, and that no forgery of it passes."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.config import Settings
from archive.fixity.check_ledger import Trust
from archive.fixity.checkpoint import Checkpoint, Key, Signer, open_checkpoint
from archive.fixity.ledger import canonical
from archive.fixity.merkle import Tree
from archive.folder import DataFolder
from tests.fixity_samples import (
    REPORTS,
    faults,
    ledger,
    lines,
    look,
    one_warc,
    write_lines,
)
from tests.saved import run

pytestmark = pytest.mark.minutes(1)


@pytest.fixture(scope="module")
def kept(two_runs: Path) -> Path:
    return two_runs


@pytest.fixture
def data(kept: Path, tmp_path: Path) -> Path:
    for name in ("1.warc.gz", "more.warc.gz"):
        shutil.copy(kept.parent / name, tmp_path)
    return Path(shutil.copytree(kept, tmp_path / "data"))


def kinds(data: Path) -> list[str]:
    return [entry["kind"] for entry in ledger(data)]


def note(data: Path) -> str:
    return (data / "warc" / "ledger.checkpoint").read_text(encoding="utf-8")


def point(data: Path) -> Checkpoint:
    return open_checkpoint(note(data), [Signer.load(data / "ledger.key").key])


# --- what is entered ------------------------------------------------------------------------------


def test_a_run_is_entered_from_its_beginning_to_the_digest_of_its_database(data: Path) -> None:
    one = ["run", *["capture"] * (REPORTS // 2), "file", "end", "database"]
    assert kinds(data) == ["ledger", *one, *one]
    assert point(data).size == len(lines(data))


def test_a_capture_is_entered_with_the_digest_of_its_bytes_as_they_lie_in_the_file(
    data: Path,
) -> None:
    entry = next(entry for entry in ledger(data) if entry["kind"] == "capture")
    content = (data / "warc" / entry["file"]).read_bytes()
    member = content[entry["offset"] : entry["offset"] + entry["length"]]
    assert entry["record"].encode() in gzip.decompress(member)
    from hashlib import sha256

    assert sha256(member).hexdigest() == entry["sha256"]
    assert entry["payload"].startswith("sha256:")
    assert entry["url"].startswith("https://understandingwar.org/")
    assert entry["run"] == next(e["run"] for e in ledger(data) if e["kind"] == "run")


def test_a_run_says_who_asked_for_what_with_which_program_and_settings(data: Path) -> None:
    entry = next(entry for entry in ledger(data) if entry["kind"] == "run")
    assert entry["job"] == "import"
    assert entry["arguments"] == {"files": ["0.warc.gz"], "text": False}
    assert entry["software"].startswith("isw-archive/")
    assert entry["settings"] == {"workers": "1", "contact": os.environ["ISW_ARCHIVE_CONTACT"]}
    assert Settings(timeout_s=5.0).changed() == {"timeout_s": "5.0"}


def test_every_line_is_written_in_the_one_way(data: Path) -> None:
    for line in lines(data):
        assert canonical(json.loads(line)) + b"\n" == line


def test_a_rebuild_never_rewrites_what_was_entered(data: Path) -> None:
    before = lines(data)
    (data / "archive.db").unlink()
    assert run(data, "rebuild").exit_code == 0
    assert lines(data)[: len(before)] == before
    assert kinds(data)[len(before) :] == ["written", "rebuilt", "database"]
    assert look(data, deep=True)["ok"]


def test_an_archive_of_an_older_version_gets_its_ledger_with_the_next_command(data: Path) -> None:
    for name in ("warc/ledger.jsonl", "warc/ledger.checkpoint", "ledger.key", "ledger.tail"):
        (data / name).unlink()
    assert run(data, "import", data.parent / "1.warc.gz").exit_code == 0
    assert kinds(data).count("capture") == REPORTS
    assert kinds(data).count("file") == 2
    assert look(data)["ok"]


def test_what_stands_behind_the_newest_checkpoint_is_never_believed(data: Path) -> None:
    forged = canonical({"kind": "capture", "url": "https://forged.example/"})
    write_lines(data, [*lines(data), forged + b"\n", b'{"half'])
    answer = look(data)
    assert answer["ok"]
    assert any("2 lines behind the newest checkpoint" in text for text in answer["notes"])
    assert run(data, "rebuild").exit_code == 0
    assert b"forged" not in b"".join(lines(data))


def test_losses_that_the_operator_accepts_are_entered_and_no_fault_any_more(data: Path) -> None:
    one_warc(data).unlink()
    assert run(data, "rebuild").exit_code == 1
    assert run(data, "rebuild", "--accept-loss").exit_code == 1
    entry = next(entry for entry in ledger(data) if entry["kind"] == "rebuilt")
    assert len(entry["lost"]) == REPORTS // 2
    assert faults(data) == []


def test_damage_is_entered_when_it_is_found(data: Path) -> None:
    path = one_warc(data)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert run(data, "import", data.parent / "1.warc.gz").exit_code == 1
    entry = next(entry for entry in ledger(data) if entry["kind"] == "damage")
    assert (entry["file"], entry["damage"]) == (path.name, "altered")


def test_a_lost_secret_key_is_replaced_and_that_is_entered_and_told(data: Path) -> None:
    (data / "ledger.key").unlink()
    assert run(data, "import", data.parent / "1.warc.gz").exit_code == 0
    assert kinds(data).count("key") == 1
    answer = look(data)
    assert answer["ok"]
    assert any("signed by 2 keys" in text for text in answer["notes"])


def test_nothing_is_entered_in_a_ledger_that_is_damaged_and_the_run_goes_on(data: Path) -> None:
    before = [*lines(data)[:-1], lines(data)[-1].replace(b"kind", b"mind")]
    write_lines(data, before)
    result = run(data, "import", data.parent / "more.warc.gz")
    assert result.exit_code == 1
    assert "more.warc.gz: 1 capture" in result.stderr
    assert "nothing is entered until it is mended" in result.stderr
    assert lines(data) == before


# --- forgeries ------------------------------------------------------------------------------------
# What a forger may do who can write the folder; `stolen` is our own secret key. Each has to be
# found by what the verifier has: nothing but the folder, or a key or an older checkpoint that he
# noted elsewhere.

FORGER = Signer("isw-archive/0badc0de", bytes(32))


def sign(data: Path, signer: Signer, origin: str | None = None) -> None:
    tree = Tree(line[:-1] for line in lines(data))
    found = Checkpoint(origin or signer.key.name, len(tree), tree.root())
    (data / "warc" / "ledger.checkpoint").write_text(signer.sign(found), encoding="utf-8")


def altered(data: Path) -> None:
    write_lines(
        data, [line.replace(b"understandingwar", b"understandingpeace") for line in lines(data)]
    )


def truncated(data: Path) -> None:
    write_lines(data, lines(data)[:-3])


def truncated_to_an_older_checkpoint(data: Path) -> None:
    """The forger has kept what the ledger was after the first run."""
    first = max(n for n, entry in enumerate(ledger(data)) if entry["kind"] == "run")
    write_lines(data, lines(data)[:first])
    sign(data, Signer.load(data / "ledger.key"))


def swapped(data: Path) -> None:
    all_of = lines(data)
    all_of[2], all_of[3] = all_of[3], all_of[2]
    write_lines(data, all_of)


def re_ordered(data: Path) -> None:
    write_lines(data, sorted(lines(data)))


def removed(data: Path) -> None:
    write_lines(data, [line for n, line in enumerate(lines(data)) if n != 2])


def inserted(data: Path) -> None:
    write_lines(data, [*lines(data)[:2], lines(data)[2], *lines(data)[2:]])


def written_otherwise(data: Path) -> None:
    """The same words in another form: the tree is of bytes."""
    write_lines(data, [json.dumps(entry).encode() + b"\n" for entry in ledger(data)])
    sign(data, Signer.load(data / "ledger.key"))


def re_signed(data: Path) -> None:
    altered(data)
    sign(data, FORGER, point(data).origin)


def re_chained(data: Path) -> None:
    """All of it anew, with another key from the first entry on."""
    own = str(Signer.load(data / "ledger.key").key).encode()
    altered(data)
    write_lines(data, [line.replace(own, str(FORGER.key).encode()) for line in lines(data)])
    sign(data, FORGER)


def a_key_was_added(data: Path) -> None:
    """An honest ledger, and behind it an entry that makes the forger's key its own."""
    entry = canonical(
        {"at": "2026-01-01T00:00:00Z", "key": str(FORGER.key), "kind": "key", "why": "x"}
    )
    origin = point(data).origin
    write_lines(data, [*lines(data), entry + b"\n"])
    sign(data, FORGER, origin)


def deleted(data: Path) -> None:
    (data / "warc" / "ledger.jsonl").unlink()
    (data / "warc" / "ledger.checkpoint").unlink()


def checkpoint_deleted(data: Path) -> None:
    (data / "warc" / "ledger.checkpoint").unlink()


def of_another_archive(data: Path) -> None:
    sign(data, FORGER)


ATTACKS: list[Callable[[Path], None]] = [
    altered, truncated, truncated_to_an_older_checkpoint, swapped, re_ordered, removed, inserted,
    written_otherwise, re_signed, re_chained, a_key_was_added, deleted, checkpoint_deleted,
    of_another_archive,
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.__name__)
def test_a_forged_ledger_is_found_in_the_archive_itself(
    data: Path, attack: Callable[[Path], None]
) -> None:
    attack(data)
    found = faults(data)
    assert found
    assert any("ledger" in fault["file"] or "the ledger" in fault["what"] for fault in found), found


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.__name__)
def test_a_stranger_who_noted_key_and_checkpoint_finds_it_in_a_copy_of_the_evidence(
    data: Path, attack: Callable[[Path], None]
) -> None:
    trust = Trust(Signer.load(data / "ledger.key").key, note(data))
    assert faults(data / "warc", trust=trust) == []
    attack(data)
    assert faults(data / "warc", trust=trust)


def all_anew_with_the_stolen_key(data: Path) -> None:
    altered(data)
    sign(data, Signer.load(data / "ledger.key"))


def shortened_with_the_stolen_key(data: Path) -> None:
    truncated(data)
    sign(data, Signer.load(data / "ledger.key"))


@pytest.mark.parametrize(
    ("attack", "said"),
    [(all_anew_with_the_stolen_key, "re-chained"), (shortened_with_the_stolen_key, "truncated")],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_whoever_has_our_key_cannot_undo_a_checkpoint_that_somebody_noted(
    data: Path, attack: Callable[[Path], None], said: str
) -> None:
    trust = Trust(None, note(data))
    attack(data)
    assert any(said in fault["what"] for fault in faults(data, trust=trust))


def test_an_older_checkpoint_holds_as_long_as_the_ledger_only_grew(
    data: Path, tmp_path: Path
) -> None:
    noted = tmp_path / "noted"
    noted.write_text(note(data), encoding="utf-8")
    key = str(Signer.load(data / "ledger.key").key)
    assert run(data, "rebuild").exit_code == 0
    assert Key.parse(key)
    result = run(data, "verify", "--checkpoint", noted, "--key", key)
    assert result.exit_code == 0, result.output


def test_a_table_of_runs_that_knows_more_than_the_ledger_is_a_fault(data: Path) -> None:
    """The captures of a run that was told as done are entered before that: so none may be
    missing."""
    truncated_to_an_older_checkpoint(data)
    told = [fault["what"] for fault in faults(data)]
    assert sum("the ledger does not have it" in text for text in told) == REPORTS // 2


def test_the_secret_key_is_in_no_copy_of_the_evidence(data: Path) -> None:
    # PRIVATE+KEY+name+id+key: base64 has a + of its own
    secret = (data / "ledger.key").read_bytes().split(b"+", 4)[4].strip()
    assert len(secret) > 40
    for path in (data / "warc").iterdir():
        assert secret not in path.read_bytes()
    with sqlite3.connect(data / "archive.db") as db:
        assert secret not in "".join(db.iterdump()).encode()
    assert DataFolder(data).ledger_key.stat().st_mode & 0o077 == 0
