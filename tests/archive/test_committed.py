"""Who else folds in what a writer committed, while it writes or after a kill, does no damage; and
damage is told all the same."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.db import at_rest
from archive.db.committed import noted
from archive.db.companions import COMMITTED
from archive.db.store import Store
from archive.db.write_log import PAGE_BYTES
from archive.model.rows import RunRow

ROWS = 400


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database and its checksums; tests copy them."""
    path = tmp_path_factory.mktemp("made") / "archive.db"
    with closing(writer(path)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, x)")
        db.executemany(
            "INSERT INTO t (x) VALUES (?)", [(f"word {n:04} " * 20,) for n in range(ROWS)]
        )
    at_rest.whole(path)
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    copied(made, tmp_path)
    return tmp_path / "archive.db"


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    """The writer's connection; it notes what it commits where `change` says so."""
    with closing(writer(path)) as connection:
        yield connection


def writer(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA wal_autocheckpoint=0")
    return db


def copied(path: Path, to: Path) -> Path:
    """The files as they stand, as a kill leaves them; without the log's index, as after a start."""
    to.mkdir(exist_ok=True)
    for suffix in ("", "-wal", "-sums", COMMITTED):
        if (beside := Path(f"{path}{suffix}")).exists():
            shutil.copy(beside, to)
    return to / path.name


def fold(path: Path, how: str = "TRUNCATE") -> None:
    """As another program does."""
    with closing(sqlite3.connect(path)) as other:
        assert other.execute(f"PRAGMA wal_checkpoint({how})").fetchone()[0] == 0


def hurt(path: Path, what: bytes) -> str:
    """Change a byte of a text; the place of its page."""
    content = bytearray(path.read_bytes())
    place = content.rfind(what)
    content[place] ^= 1
    path.write_bytes(content)
    return str(place // PAGE_BYTES * PAGE_BYTES)


def write_on(path: Path) -> None:
    """The next writer, from its beginning to its end."""
    db = writer(path)
    db.execute("INSERT INTO t (x) VALUES ('one more')")
    with at_rest.folding(path):
        db.close()


CHANGES = (
    "UPDATE t SET x = upper(x) WHERE id % 3 = 0",
    "INSERT INTO t (x) SELECT x FROM t",
    "UPDATE t SET x = x || 'more' WHERE id BETWEEN 100 AND 300",
)


@pytest.mark.parametrize("how", ["PASSIVE", "FULL", "RESTART", "TRUNCATE"])
def test_a_log_that_another_folds_in_while_it_grows_is_no_damage(
    path: Path, db: sqlite3.Connection, how: str
) -> None:
    committed = at_rest.committed_by_us(path)
    for sql in CHANGES:
        db.execute(sql)
        committed.note()
        fold(path, how)
        assert at_rest.damage(path) is None
    with at_rest.folding(path):
        db.close()
    assert (at_rest.damage(path), at_rest.flagged(path)) == (None, None)
    assert not Path(f"{path}{COMMITTED}").exists()


@pytest.mark.parametrize("folded", [0, 1, 2, 3])
def test_nor_is_one_that_another_folds_in_after_a_kill(
    path: Path, db: sqlite3.Connection, tmp_path: Path, folded: int
) -> None:
    committed = at_rest.committed_by_us(path)
    for number, sql in enumerate(CHANGES):
        db.execute(sql)
        committed.note()
        if number < folded:  # beside the writer, and the log is written from its beginning again
            fold(path, "RESTART")
    killed = copied(path, tmp_path / "killed")
    assert at_rest.damage(killed) is None
    with closing(sqlite3.connect(killed)) as other:  # who closes it last folds its log in
        other.execute("SELECT count(*) FROM t").fetchone()
    assert not Path(f"{killed}-wal").exists()
    assert at_rest.damage(killed) is None
    write_on(killed)
    assert (at_rest.damage(killed), at_rest.whole(killed)[1]) == (None, None)
    assert not Path(f"{killed}{COMMITTED}").exists()


@pytest.mark.parametrize("what", [b"WORD 0200 ", b"word 0201 "])
@pytest.mark.parametrize("is_written_on", [True, False])
def test_damage_in_what_another_folded_in_and_beside_it_is_told(
    path: Path, db: sqlite3.Connection, tmp_path: Path, what: bytes, is_written_on: bool
) -> None:
    committed = at_rest.committed_by_us(path)
    db.execute("UPDATE t SET x = upper(x) WHERE id <= 201")
    committed.note()
    fold(path)
    killed = copied(path, tmp_path / "killed")
    place = hurt(killed, what)
    if is_written_on:
        write_on(killed)
    assert f"at byte {place}" in (at_rest.damage(killed) or "")
    assert f"at byte {place}" in (at_rest.whole(killed)[1] or "")


def test_what_was_taken_back_is_not_noted(path: Path, db: sqlite3.Connection) -> None:
    committed, notes = at_rest.committed_by_us(path), Path(f"{path}{COMMITTED}")
    db.execute("PRAGMA cache_size=2")  # so that pages are in the log before they are committed
    db.execute("BEGIN")
    db.execute("UPDATE t SET x = upper(x)")
    assert Path(f"{path}-wal").stat().st_size > 10 * PAGE_BYTES
    committed.note()
    db.execute("ROLLBACK")
    assert not notes.exists()
    db.execute("UPDATE t SET x = 'short' WHERE id = 7")
    committed.note()
    assert 0 < len(noted(notes)) < 5
    before = notes.stat().st_size
    committed.note()
    assert notes.stat().st_size == before


def test_a_note_that_a_power_cut_left_half_written_says_what_it_can(path: Path) -> None:
    notes = Path(f"{path}{COMMITTED}")
    notes.write_bytes(b"\1\0\0\0\2\0\0\0" + bytes(16) + b"\3\0")
    assert noted(notes) == {1: [2]}
    assert at_rest.damage(path) is None


def test_where_it_cannot_be_noted_nothing_is_raised(path: Path, db: sqlite3.Connection) -> None:
    Path(f"{path}{COMMITTED}").mkdir()
    committed = at_rest.committed_by_us(path)
    committed.note()
    db.execute("UPDATE t SET x = upper(x)")
    committed.note()


def test_the_store_notes_all_that_it_commits(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Store(path):
        pass
    at_rest.whole(path)
    with Store(path) as store:
        store.start_run(RunRow("r", "import", {}, "2026-03-12T10:00:00Z"))
        with store.together():
            store.db.execute("UPDATE runs SET who = 'somebody'")
        store.finish_run("r", at="2026-03-12T10:00:01Z", outcome="done", counts={})
        killed = copied(path, tmp_path / "killed")
    fold(killed)
    assert at_rest.damage(killed) is None
    with closing(sqlite3.connect(killed)) as db:
        assert db.execute("SELECT who, outcome FROM runs").fetchall() == [("somebody", "done")]
