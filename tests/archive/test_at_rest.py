"""A byte of the database that changed since it was written is found, also where a writer writes
over it; what SQLite wrote itself is no damage, whatever ended it."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from archive.db import at_rest, sums_file
from archive.db.integrity import require_sound
from archive.db.write_log import PAGE_BYTES
from archive.errors import DataFolderError

ROWS = 400
WORD = b"word 0200 "


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """As a writer opens it: nothing is folded in but where we say."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA wal_autocheckpoint=0")
    yield db
    with at_rest.folding(path):
        db.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database and its note; tests copy them."""
    path = tmp_path_factory.mktemp("made") / "archive.db"
    with opened(path) as db:
        db.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, x)")
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO t (x) VALUES (?)", [(f"word {n:04} " * 20,) for n in range(ROWS)]
        )
        db.execute("COMMIT")
    at_rest.whole(path)
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    for suffix in ("", "-sums"):
        shutil.copy(f"{made}{suffix}", tmp_path)
    return tmp_path / "archive.db"


def hurt(path: Path, what: bytes = WORD) -> int:
    """Change a byte of a text; where."""
    content = bytearray(path.read_bytes())
    place = content.rfind(what)
    content[place] ^= 1
    path.write_bytes(content)
    return place


def change(path: Path, sql: str) -> None:
    with opened(path) as db:
        db.execute(sql)


def piece(place: int) -> str:
    return str(place // PAGE_BYTES * PAGE_BYTES)


def test_a_byte_that_sqlite_cannot_see_is_found_with_its_place(path: Path) -> None:
    assert at_rest.damage(path) is None
    place = hurt(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    told = at_rest.damage(path) or ""
    assert "1 piece of 4 KiB" in told
    assert f"at byte {piece(place)}" in told
    assert "rebuild" in (require_sound(path) or "")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE t SET x = x || 'more' WHERE id BETWEEN 190 AND 210",
        "DELETE FROM t WHERE id BETWEEN 100 AND 300",
        "UPDATE t SET x = 'all anew'",
    ],
)
def test_what_is_written_over_is_compared_before_and_stays_told(path: Path, sql: str) -> None:
    hurt(path)
    change(path, sql)
    told = at_rest.flagged(path)
    assert told is not None
    assert "1 piece" in told
    assert at_rest.whole(path)[1] == told
    assert at_rest.damage(path) == told


def test_what_is_not_written_over_is_found_when_all_is_read(path: Path) -> None:
    place = hurt(path)
    change(path, "INSERT INTO t (x) VALUES ('one more')")
    assert at_rest.flagged(path) is None
    _, told = at_rest.whole(path)
    assert f"at byte {piece(place)}" in (told or "")
    assert at_rest.flagged(path) == told


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO t (x) SELECT x FROM t",
        "DELETE FROM t WHERE id > 10",
        "UPDATE t SET x = upper(x)",
        "CREATE TABLE more(x)",
        "VACUUM",
    ],
)
def test_what_sqlite_writes_is_no_damage(path: Path, sql: str) -> None:
    change(path, "DELETE FROM t WHERE id % 3 = 0")
    change(path, sql)
    assert at_rest.damage(path) is None
    assert at_rest.whole(path)[1] is None


def test_a_log_that_a_kill_left_is_folded_in_by_the_next_writer(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "killed" / "archive.db"
    copy.parent.mkdir()
    with opened(path) as db:
        db.execute("UPDATE t SET x = upper(x)")
        for suffix in ("", "-wal", "-sums"):
            shutil.copy(f"{path}{suffix}", f"{copy}{suffix}")
    assert at_rest.damage(copy) is None
    with opened(copy) as db:
        db.execute("INSERT INTO t (x) VALUES ('one more')")
    assert at_rest.damage(copy) is None


@pytest.mark.parametrize("is_folded", [True, False])
def test_a_kill_while_the_log_is_folded_in_leaves_no_damage(
    path: Path, monkeypatch: pytest.MonkeyPatch, is_folded: bool
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(at_rest, "_note_after", lambda *_: None)
        change(path, "UPDATE t SET x = upper(x)" if is_folded else "SELECT 1")
    assert at_rest.damage(path) is None
    change(path, "INSERT INTO t (x) VALUES ('one more')")
    assert at_rest.damage(path) is None
    hurt(path, b"one more")
    assert at_rest.damage(path) is not None


@pytest.mark.parametrize("what", [b"WORD 0200 ", b"word 0390 "])
def test_what_changes_after_a_kill_while_the_log_was_folded_in_is_found(
    path: Path, monkeypatch: pytest.MonkeyPatch, what: bytes
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(at_rest, "_note_after", lambda *_: None)
        change(path, "UPDATE t SET x = upper(x) WHERE id <= 380")
    place = hurt(path, what)
    assert f"at byte {piece(place)}" in (at_rest.damage(path) or "")
    change(path, "UPDATE t SET x = 'all anew'")
    assert "1 piece" in (at_rest.flagged(path) or "")


def test_what_changes_on_its_way_from_the_log_into_the_file_is_found(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after = at_rest._note_after

    def hurt_first(path: Path, sums: at_rest.Sums) -> None:
        hurt(path, b"WORD 0200 ")
        after(path, sums)

    with monkeypatch.context() as disk:
        disk.setattr(at_rest, "_note_after", hurt_first)
        change(path, "UPDATE t SET x = upper(x)")
    assert "1 piece" in (at_rest.damage(path) or "")
    assert "1 piece" in (at_rest.whole(path)[1] or "")


def test_what_changes_in_the_log_before_it_is_folded_in_is_found(path: Path) -> None:
    with opened(path) as db:
        db.execute("UPDATE t SET x = upper(x)")
        hurt_log(path, b"WORD 0200 ")
    assert at_rest.flagged(path) is not None
    assert at_rest.whole(path)[1] is not None


def hurt_log(path: Path, what: bytes) -> None:
    """Change a byte in the log, while SQLite has it open."""
    log = path.with_name("archive.db-wal")
    place = log.read_bytes().rfind(what)
    with log.open("rb+") as file:
        file.seek(place)
        file.write(b"w")


def test_a_writer_keeps_its_locks_while_its_files_are_read(path: Path) -> None:
    """The system drops them where any descriptor is closed; then another program takes the log away
    as it ends."""
    another = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); print(*db.execute(sys.argv[2]))"
    )
    with opened(path) as db:
        db.execute("UPDATE t SET x = upper(x)")
        with at_rest.folding(path):
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        assert at_rest.damage(path) is None
        at_rest.whole(path)
        for number in range(2):
            db.execute("INSERT INTO t (x) VALUES ('one more')")
            counted = subprocess.run(
                [sys.executable, "-c", another, path, "SELECT count(*) FROM t"],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
            assert counted.stdout == f"({ROWS + number + 1},)\n"


def test_without_checksums_it_is_held_against_its_seal(path: Path) -> None:
    sealed, _ = at_rest.whole(path)
    at_rest.forget(path)
    at_rest.adopt(path, sealed)
    assert at_rest.damage(path) is None
    at_rest.forget(path)
    hurt(path)
    at_rest.adopt(path, sealed)
    assert "SHA-256 is another" in (at_rest.damage(path) or "")
    change(path, "UPDATE t SET x = 'all anew'")
    assert at_rest.flagged(path) is not None
    assert at_rest.whole(path)[1] == at_rest.flagged(path)


@pytest.mark.parametrize("is_damaged", [True, False])
def test_a_full_disk_takes_the_note_but_not_what_it_tells_of_damage(
    path: Path, monkeypatch: pytest.MonkeyPatch, is_damaged: bool
) -> None:
    if is_damaged:
        hurt(path)
        at_rest.whole(path)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(sums_file, "put", full)
        change(path, "UPDATE t SET x = upper(x)")
    assert at_rest.is_kept(path) == is_damaged
    assert (at_rest.damage(path) is not None) == is_damaged


def test_a_file_that_lost_its_end_is_damaged(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 3 * PAGE_BYTES)
    assert "3 pieces" in (at_rest.damage(path) or "") or "4 pieces" in (at_rest.damage(path) or "")


def test_another_file_in_its_place_is_noted_anew(path: Path) -> None:
    hurt(path)
    at_rest.whole(path)
    at_rest.forget(path)
    assert not at_rest.is_kept(path)
    assert at_rest.damage(path) is None
    assert at_rest.whole(path)[1] is None
    assert at_rest.is_kept(path)


@pytest.mark.parametrize("content", [b"", b"x", b"a\nb\nc", b"\n" * 9])
def test_a_note_that_is_damaged_itself_is_none_and_sqlite_is_asked(
    path: Path, content: bytes
) -> None:
    path.with_name("archive.db-sums").write_bytes(content)
    assert not at_rest.is_kept(path)
    assert require_sound(path) is None
    at_rest.whole(path)
    assert at_rest.is_kept(path)


def test_a_note_that_could_not_be_read_while_the_file_changed_is_gone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(
            at_rest, "read_sums", lambda _: None
        )  # another user's, or another version's
        with at_rest.folding(path), closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA wal_checkpoint").fetchall()
            db.execute("UPDATE t SET x = upper(x)")
            db.commit()
    assert at_rest.damage(path) is None
    assert not at_rest.is_kept(path)


def test_something_else_in_its_place_is_named(path: Path) -> None:
    beside = path.with_name("archive.db-sums")
    beside.unlink()
    beside.mkdir()
    with pytest.raises(DataFolderError, match="db-sums"):
        require_sound(path)


def test_what_changes_while_it_is_read_is_no_damage(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared, changes = at_rest._compared, ["UPDATE t SET x = upper(x)"]

    def meanwhile(path: Path, sums: at_rest.Sums) -> set[int]:
        while changes:
            change(path, changes.pop())
        return compared(path, sums)

    monkeypatch.setattr(at_rest, "_compared", meanwhile)
    assert at_rest.damage(path) is None


# --- whoever else has the database open -----------------------------------------------------------


@pytest.fixture
def other(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program that has the database open, so that its log stays."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("SELECT count(*) FROM t").fetchone()
        yield db


def test_a_log_that_somebody_reads_stays_open_until_it_is_folded_in(
    path: Path, other: sqlite3.Connection
) -> None:
    change(path, "UPDATE t SET x = upper(x) WHERE id < 50")
    assert at_rest.damage(path) is None
    other.execute("PRAGMA wal_checkpoint(PASSIVE)")
    assert at_rest.damage(path) is None
    change(path, "INSERT INTO t (x) VALUES ('one more')")
    assert at_rest.damage(path) is None


def test_who_else_folds_in_what_we_write_does_no_damage(
    path: Path, other: sqlite3.Connection
) -> None:
    with opened(path) as db:
        db.execute("UPDATE t SET x = x || 'more' WHERE id % 3 = 0")
        other.execute("PRAGMA wal_checkpoint(PASSIVE)")
        assert at_rest.damage(path) is None
    assert (at_rest.damage(path), at_rest.flagged(path)) == (None, None)
    with at_rest.folding(path):
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert (at_rest.damage(path), at_rest.flagged(path)) == (None, None)


def test_beside_litestream_nothing_is_noted(path: Path) -> None:
    path.with_name(".archive.db-litestream").mkdir()
    change(path, "UPDATE t SET x = upper(x)")
    assert at_rest.damage(path) is None
    assert not at_rest.is_kept(path)
    assert at_rest.whole(path)[1] is None
    path.with_name(".archive.db-litestream").rmdir()
    assert not at_rest.is_kept(path)


def test_beside_another_program_damage_is_found_all_the_same(
    path: Path, other: sqlite3.Connection
) -> None:
    change(path, "UPDATE t SET x = x || 'more' WHERE id < 20")
    with at_rest.folding(path):
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    hurt(path, b"word 0390 ")
    assert at_rest.damage(path) is not None
    change(path, "UPDATE t SET x = 'all anew'")
    assert at_rest.flagged(path) is not None
