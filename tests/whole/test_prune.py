"""`prune` takes away what nothing rests on, says so in the ledger first, and leaves the rest."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.fixity import prune as spares
from archive.fixity.copying import read_back
from archive.folder import DataFolder
from tests.fixity_samples import ledger, look, make_archive, one_warc
from tests.saved import run

pytestmark = pytest.mark.minutes(2)

COPY = "archive.db.before-m007_some_step"
OLD = datetime.now(UTC) - timedelta(days=31)


class EndedError(BaseException):
    """As a kill: nothing of ours catches it."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("prune"))


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data"))


def plant(path: Path, content: bytes, at: datetime = OLD) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def upgrade_copy(data: Path, name: str = COPY, sql: str = "") -> Path:
    copy = data / name
    with (
        closing(sqlite3.connect(data / "archive.db")) as db,
        closing(sqlite3.connect(copy)) as other,
    ):
        db.backup(other)
        other.executescript(sql)
    os.utime(copy, (OLD.timestamp(), OLD.timestamp()))
    return copy


def spare_files(data: Path) -> set[Path]:
    warc = one_warc(data)
    return {
        upgrade_copy(data),
        plant(data / "runs" / "20260101T000000Z-collect-reports.log", b"words"),
        plant(data / "warc" / f"{warc.name}.part", b"half"),
        plant(data / "warc" / f"{warc.name}.torn", warc.read_bytes()[-900:-100]),
        plant(data / "warc" / f"{warc.name}.damaged", bytes(2_000)),
    }


def staying(data: Path) -> set[Path]:
    warc = one_warc(data)
    gone = "INSERT INTO runs (id, job, arguments, started_at) VALUES ('x', 'check', '{}', 'then')"
    return {
        upgrade_copy(data, f"{COPY}.2", gone),
        plant(data / "archive.db.before-rebuild", b"knew more"),
        plant(data / "archive.db.damaged-1", b"was damaged"),
        plant(data / "warc" / f"{warc.name}.torn-1", b"bytes that stand nowhere else"),
        plant(data / "warc" / "gone.warc.gz.damaged", bytes(2_000)),
        plant(data / "warc" / f"{one_warc(data).name[:-8]}-2.warc.gz.damaged", warc.read_bytes()),
    }


def others(data: Path) -> set[Path]:
    """Neither may go nor is it in question: others' files, young ones, links."""
    link = data / f"{COPY}.3"
    link.symlink_to(data / "archive.db")
    now = datetime.now(UTC)
    return {
        link, plant(data / "notes.txt", b"mine"), plant(data / "runs" / "new.log", b"words", now),
        plant(data / "archive.db.bak", b"mine"), plant(data / "my.part", b"mine"),
        plant(data / "warc" / "young.warc.gz.part", b"half", now),
    }  # fmt: skip


def test_by_default_it_lists_and_writes_nothing(data: Path) -> None:
    may_go, stay, mine = spare_files(data), staying(data), others(data)
    before = {path: path.lstat().st_mtime_ns for path in data.rglob("*")}
    answer = json.loads(run(data, "prune", "--json").stdout)
    assert {data / one["file"] for one in answer["files"]} == may_go
    assert {data / one["file"] for one in answer["kept"]} == stay
    assert answer["bytes"] == sum(path.stat().st_size for path in may_go)
    assert answer["removed"] is False
    after = {path: path.lstat().st_mtime_ns for path in data.rglob("*")}
    assert {p: t for p, t in after.items() if not p.name.endswith(("-shm", "-wal"))} == {
        p: t for p, t in before.items() if not p.name.endswith(("-shm", "-wal"))
    }
    assert mine <= set(after)


def test_what_is_removed_stands_in_the_ledger_and_verify_is_quiet(data: Path) -> None:
    may_go, stay, mine = spare_files(data), staying(data), others(data)
    warcs = {path: path.read_bytes() for path in (data / "warc").glob("*.warc.gz")}
    copy = read_back(data / COPY)
    done = run(data, "prune", "--yes")
    assert done.exit_code == 0, done.output
    assert [path for path in may_go if path.exists()] == []
    assert [path for path in (*stay, *mine) if not path.is_symlink() and not path.exists()] == []
    assert {path: path.read_bytes() for path in warcs} == warcs
    [entry] = [one for one in ledger(data) if one["kind"] == "pruned"]
    told = {one["file"]: one["sha256"] for one in entry["files"]}
    assert {data / name for name in told} == may_go
    assert told[COPY] == copy
    found = look(data, deep=True)
    assert found["faults"] == []
    assert run(data, "prune", "--yes").output.splitlines()[-1] == "nothing to prune"
    assert len([one for one in ledger(data) if one["kind"] == "pruned"]) == 1


def test_a_kill_between_the_entry_and_the_removal_is_made_up_by_the_next(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = plant(data / "runs" / "old.log", b"words")

    def end(_: object) -> None:
        raise EndedError

    with monkeypatch.context() as patched:
        patched.setattr(spares, "remove", end)
        with pytest.raises(EndedError):
            run(data, "prune", "--yes")
    assert log.exists()
    assert look(data)["faults"] == []
    assert run(data, "prune", "--yes").exit_code == 0
    assert not log.exists()
    assert len([one for one in ledger(data) if one["kind"] == "pruned"]) == 2


def test_without_a_ledger_that_can_say_so_nothing_goes(data: Path) -> None:
    log = plant(data / "runs" / "old.log", b"words")
    (data / "warc" / "ledger.jsonl").write_bytes(b"{}\n")
    done = run(data, "prune", "--yes")
    assert done.exit_code == 1
    assert log.exists()


def test_while_a_run_holds_the_archive_nothing_goes(data: Path) -> None:
    log = plant(data / "runs" / "old.log", b"words")
    with DataFolder(data).locked():
        assert run(data, "prune", "--yes").exit_code == 3
    assert log.exists()
