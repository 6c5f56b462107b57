"""What the ledger's writer notes for the next one.

The entries are the same as without it, and it is never believed against the ledger.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from archive.fixity import ledger as ledgers
from archive.fixity import tail
from archive.fixity.ledger import Ledger, read
from archive.folder import DataFolder
from pipeline.run.jobs import ledger_keeper
from tests.fixity_samples import faults, ledger, lines, write_lines

pytestmark = pytest.mark.minutes(1)
AT = "2026-04-01T00:00:00Z"


@pytest.fixture(scope="module")
def kept(two_runs: Path) -> Path:
    return two_runs


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> DataFolder:
    return DataFolder(Path(shutil.copytree(kept, tmp_path / "data")))


def noted(folder: DataFolder) -> tail.Tail | None:
    """As its own writer would find it: copied files have other times."""
    Ledger(folder, AT).append([{"kind": "note", "at": AT}])
    return tail.read_tail(folder, folder.checkpoint.read_text())


def test_the_note_is_what_reading_all_entries_gives(folder: DataFolder) -> None:
    found, one = read(folder), noted(folder)
    found = read(folder)
    assert one is not None
    assert (len(one.edge), one.edge.root()) == (len(found.tree), found.tree.root())
    assert one.state == found.state


def test_with_the_note_no_entry_is_read_again(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted(folder)
    before = lines(folder.root)
    monkeypatch.setattr(ledgers, "read", lambda *_: pytest.fail("all entries were read"))
    Ledger(folder, AT).append([{"kind": "note", "at": AT, "what": "more"}])
    monkeypatch.undo()
    assert lines(folder.root)[:-1] == before
    assert read(folder).checkpoint.size == len(before) + 1


@pytest.mark.parametrize("how", ["gone", "torn", "altered", "older"])
def test_a_note_that_is_not_right_is_no_note(folder: DataFolder, how: str) -> None:
    noted(folder)
    path = folder.ledger_tail
    text = path.read_text()
    if how == "gone":
        path.unlink()
    elif how == "torn":
        path.write_text(text[: len(text) // 2])
    elif how == "altered":
        path.write_text(text.replace('"open_run"', '"Open_run"'))
    else:
        Ledger(folder, AT).append([{"kind": "note", "at": AT}])
        path.write_text(text)
    assert tail.read_tail(folder, folder.checkpoint.read_text()) is None
    Ledger(folder, AT).append([{"kind": "note", "at": AT, "what": "more"}])
    assert json.loads(lines(folder.root)[-1])["what"] == "more"
    assert read(folder).checkpoint.size == len(lines(folder.root))


def test_a_ledger_that_was_altered_is_read_whole_and_refused(folder: DataFolder) -> None:
    noted(folder)
    altered = lines(folder.root)
    altered[1] = altered[1].replace(b'"at":"2', b'"at":"1', 1)
    write_lines(folder.root, altered)
    with pytest.raises(ledgers.LedgerError):
        Ledger(folder, AT)


def test_a_bit_that_a_disk_turned_is_seen_and_nothing_is_entered_behind_it(
    folder: DataFolder,
) -> None:
    """The file's time stays, and so does its length."""
    noted(folder)
    then, content = folder.ledger.stat(), bytearray(folder.ledger.read_bytes())
    content[len(content) // 2] ^= 1
    folder.ledger.write_bytes(content)
    os.utime(folder.ledger, ns=(then.st_atime_ns, then.st_mtime_ns))
    with pytest.raises(ledgers.LedgerError):
        Ledger(folder, AT)
    assert folder.ledger.read_bytes() == content


def test_a_large_database_is_sealed_once_a_day(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_keeper, "AT_ONCE_BYTES", 1)
    monkeypatch.setenv("ISW_ARCHIVE_TEST_CLOCK_OFFSET_S", str(10 * 365 * 86_400))
    before = [entry["kind"] for entry in ledger(folder.root)].count("database")
    for _ in range(2):
        ledger_keeper.LedgerKeeper(folder).end("one", "ok", {})
    kinds = [entry["kind"] for entry in ledger(folder.root)][-3:]
    assert kinds == ["database", "end", "written"]
    assert [entry["kind"] for entry in ledger(folder.root)].count("database") == before + 1
    # the archive is as it was: unsealed is told, and is no fault
    assert faults(folder.root) == []
