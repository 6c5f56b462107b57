"""Between the moment in which a command writes the database and that in which it seals it the
command may be killed, or somebody reads what is in the log: neither is damage."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.db import at_rest
from archive.model.operations import Alarm
from pipeline.run import alarm_round
from pipeline.run.jobs.ledger_keeper import LedgerKeeper
from tests.fixity_samples import ledger, look, one_warc
from tests.saved import rows, run


@pytest.fixture
def data(small_archive: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_archive / "data", tmp_path / "data"))


def ended(data: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    """A command that comes to its end but for the seal."""
    with monkeypatch.context() as patched:
        patched.setattr(LedgerKeeper, "_seal", lambda *_: iter(()))
        assert run(data, *words).exit_code in {0, 1}


def capture(data: Path) -> str:
    with closing(sqlite3.connect(f"file:{data}/archive.db?mode=ro", uri=True)) as db:
        return str(db.execute("SELECT min(id) FROM captures").fetchone()[0])


def test_a_capture_is_withheld(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended(data, monkeypatch, "withhold", capture(data), "--reason", "names a witness")
    assert look(data)["faults"] == []


@pytest.mark.parametrize("word", ["fixity", "rebuild"])
def test_a_command_that_is_no_run(data: Path, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    ended(data, monkeypatch, word)
    assert look(data)["faults"] == []


def test_an_alarm_is_noted(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raised = [Alarm("space", "little room", "free some")]
    monkeypatch.setattr(alarm_round, "look", lambda *_: raised)
    ended(data, monkeypatch, "alarms", "--notify")
    assert rows(data, "SELECT count(*) FROM alarms") != [(0,)]
    assert look(data)["faults"] == []


def test_a_run_ends_before_it_is_entered(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(one_warc(data), (0, 0))  # what it looks into before it begins
    with monkeypatch.context() as patched:
        patched.setattr(LedgerKeeper, "begin", _killed)
        run(data, "import", one_warc(data))
    assert look(data)["faults"] == []


def test_what_a_killed_run_kept_is_entered_once_it_is_taken_in(
    data: Path, small_archive: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(data, tmp_path / "other"))
    run(other, "import", small_archive / "more.warc.gz")
    [left] = {path.name for path in (other / "warc").glob("*.warc.gz")} - {
        path.name for path in (data / "warc").glob("*.warc.gz")
    }
    shutil.copy(other / "warc" / left, data / "warc" / left)
    before = len(ledger(data))
    assert run(data, "backup", tmp_path / "bag").exit_code == 0
    assert [entry["kind"] for entry in ledger(data)[before:]] == ["backup", "database"]
    assert look(data)["faults"] == []
    assert "1 already held" in run(data, "import", small_archive / "more.warc.gz").stdout
    assert left in {entry["file"] for entry in ledger(data) if entry["kind"] == "capture"}
    assert look(data)["faults"] == []


@pytest.mark.parametrize("words", [["import"], ["fixity"], ["backup"]])
def test_what_changed_while_there_were_no_checksums_is_never_sealed(
    data: Path, tmp_path: Path, small_archive: Path, words: list[str]
) -> None:
    """They are lost, or an earlier version noted none; the seal still tells."""
    others = {"import": [small_archive / "more.warc.gz"], "backup": [tmp_path / "bag"]}
    at_rest.forget(data / "archive.db")
    assert run(data, "fixity").exit_code == 0
    assert look(data)["faults"] == []
    at_rest.forget(data / "archive.db")
    hurt_a_text(data)
    for _ in range(2):
        done = run(data, *words, *others.get(words[0], []))
        assert "SHA-256 is another" in done.output
        assert done.exit_code == 1
    assert "SHA-256 is another" in " ".join(fault["what"] for fault in look(data)["faults"])
    assert run(data, "rebuild").exit_code == 0
    assert look(data)["faults"] == []


def hurt_a_text(data: Path) -> None:
    """Change a byte that SQLite cannot see."""
    database = data / "archive.db"
    content = bytearray(database.read_bytes())
    [(text,)] = rows(data, "SELECT text FROM notes ORDER BY id DESC LIMIT 1")
    content[content.rindex(str(text).encode())] ^= 1
    database.write_bytes(content)


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture
def linked(data: Path, tmp_path: Path) -> Iterator[Path]:
    """The archive, its database behind a link, while somebody reads it."""
    (tmp_path / "disk").mkdir()
    for path in data.glob("archive.db*"):
        path.replace(tmp_path / "disk" / path.name)
    (data / "archive.db").symlink_to(tmp_path / "disk" / "archive.db")
    uri = f"file:{data}/archive.db?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as db:
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM captures").fetchone()
        yield data


def test_what_stands_in_the_log_of_a_linked_database_is_seen(
    linked: Path, small_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.db.database.BUSY_TIMEOUT_MS", 0)  # the reader is not waited for
    assert run(linked, "import", small_archive / "more.warc.gz").exit_code == 0
    assert (linked.parent / "disk" / "archive.db-wal").stat().st_size
    found = look(linked)
    assert found["faults"] == []
    assert any("not sealed" in note for note in found["notes"])
