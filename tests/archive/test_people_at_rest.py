"""A byte of what people wrote that changed is told, and no writer makes it right; what writers
did themselves is no damage, whatever ended them, and however many there are."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.db import at_rest, people, people_file, sums_file
from archive.db.people import PeopleError, wrong_with
from archive.db.people_file import wrong_in
from archive.model.people import Subject
from tests.fixity_samples import flip

AT = "2026-03-04T00:00:00Z"
ON = Subject("report", "iran-update/2026-03-03", "A depot burned.")
LIKE = ("ana", ON.kind, ON.name, ON.sentence)
NOTES = 60
DRAWN = random.Random(20)


def note(path: Path, text: str = "It was another depot.") -> int:
    return people.note(path, ON, who="ana", at=AT, text=text)


def texts(path: Path) -> list[str]:
    return [row["text"] for row in people.notes_about(path, ON)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "people.db"
    note(path, "Word 000 " * 60)
    with people.writing(path) as db, db:
        more = [(AT, *LIKE, f"Word {number:03} " * 60) for number in range(1, NOTES)]
        db.executemany("INSERT INTO notes VALUES (NULL, ?, ?, ?, ?, ?, ?)", more)
    people.request_capture(path, ON, who="bo", at=AT, reason="it may be back")
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    for suffix in ("", "-sums"):
        shutil.copy(f"{made}{suffix}", tmp_path)
    return tmp_path / "people.db"


def in_text(path: Path) -> int:
    """Where a letter of a note stands."""
    return path.read_bytes().rfind(b"Word 030 ") + 1


def test_what_was_written_is_whole_and_noted(path: Path) -> None:
    assert at_rest.is_kept(path)
    assert wrong_with(path) is None
    note(path)
    assert wrong_with(path) is None
    assert at_rest.damage(path) is None


@pytest.mark.parametrize(
    "place",
    [None, 0, 17, 18, 19, 24, 47, 56, 63, 68, 95, 99, *(DRAWN.random() for _ in range(20))],
)
def test_a_byte_is_told_before_and_after_it_was_written_to(path: Path, place: float | None) -> None:
    size = path.stat().st_size
    where = in_text(path) if place is None else int(place * size if 0 < place < 1 else place)
    flip(path, where, DRAWN.randrange(8))
    assert wrong_with(path) is not None
    assert wrong_in(path, deep=False) is not None
    for _ in range(2):
        with contextlib.suppress(PeopleError):  # SQLite refuses what it cannot read
            note(path, "written since")
        people_file.note_first(path)
        assert wrong_with(path) is not None
        assert wrong_in(path, deep=True) is not None


def test_it_is_told_in_the_words_of_the_database(path: Path) -> None:
    place = in_text(path)
    flip(path, place, 0)
    told = wrong_with(path) or ""
    assert "not what the last command left: 1 piece of 4 KiB changed by something else" in told
    assert f"at byte {place // 4096 * 4096}" in told
    assert "repair --from BACKUP" in told


def test_of_a_large_one_what_a_writer_met_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_file, "QUICK_CHECK_BYTES", 1)
    flip(path, path.read_bytes().rfind(b"Word 059 ") + 1, 0)
    assert wrong_with(path) is None
    people.withdraw(path, NOTES, who="bo", at=AT)
    note(path)
    assert wrong_with(path) is not None


def ended_at(path: Path, moment: int) -> bool:
    """Note something in a process that ends itself, as a kill does, before or after a step of it;
    False: it had fewer steps."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    left = [moment]

    def step() -> None:
        left[0] -= 1
        if left[0] < 0:
            os._exit(9)

    def around(module: object, name: str) -> None:
        whole = getattr(module, name)

        def stepped(*args: object, **more: object) -> object:
            step()
            result = whole(*args, **more)
            step()
            return result

        setattr(module, name, stepped)

    try:
        around(sums_file, "put")
        for name in ("_note_before", "_note_after", "_log_of", "forget", "whole"):
            around(at_rest, name)
        around(people_file, "_close")
        around(people, "_make_tables")
        note(path, "cut off")
    finally:
        os._exit(0)


@pytest.mark.parametrize("is_new", [False, True])
def test_a_kill_at_any_moment_is_no_damage_and_hides_none(
    path: Path, tmp_path: Path, *, is_new: bool
) -> None:
    moments = 0
    while moments < 99:
        folder = tmp_path / str(moments)
        folder.mkdir()
        one = folder / "people.db"
        for suffix in () if is_new else ("", "-sums"):
            shutil.copy(f"{path}{suffix}", f"{one}{suffix}")
        if not ended_at(one, moments):
            break
        assert wrong_with(one) is None, moments
        note(one, "after it")
        assert wrong_with(one) is None, moments
        assert at_rest.is_kept(one)
        assert texts(one)[-1] == "after it"
        flip(one, one.read_bytes().rfind(b"after it"), 0)
        assert wrong_with(one) is not None, moments
        moments += 1
    assert 9 < moments < 99


def test_several_write_at_once_and_all_of_it_is_right(path: Path) -> None:
    children = []
    for writer in range(3):
        if child := os.fork():
            children.append(child)
            continue
        try:
            for number in range(6):
                note(path, f"writer {writer}, {number}")
            os._exit(0)
        finally:
            os._exit(1)
    seen = {wrong_with(path) for _ in range(5)}
    for number in range(6):
        note(path, f"here, {number}")
        seen.add(wrong_with(path))
    assert {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children} == {0}
    assert seen | {wrong_with(path)} == {None}
    assert len(texts(path)) == NOTES + 24
    flip(path, path.read_bytes().rfind(b"writer 1, 3"), 0)
    assert wrong_with(path) is not None


def test_who_reads_meanwhile_keeps_the_log_and_nothing_is_wrong(path: Path) -> None:
    uri = f"{path.as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM notes").fetchone()
        note(path, "while it was read")
        note(path, "and again")
        assert wrong_with(path) is None
    note(path, "after")
    assert wrong_with(path) is None
    assert texts(path)[-3:] == ["while it was read", "and again", "after"]
    flip(path, path.read_bytes().rfind(b"while it was"), 0)
    assert wrong_with(path) is not None


@pytest.mark.parametrize("first", [note, people_file.note_first])
def test_one_of_an_earlier_version_is_noted_without_an_alarm(path: Path, first: object) -> None:
    (path.parent / "people.db-sums").unlink()
    assert wrong_with(path) is None
    assert callable(first)
    first(path)
    assert at_rest.is_kept(path)
    assert wrong_with(path) is None
    flip(path, in_text(path), 0)
    assert wrong_with(path) is not None


def test_what_sqlite_finds_damaged_is_not_noted_as_right(path: Path) -> None:
    (path.parent / "people.db-sums").unlink()
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    people_file.note_first(path)
    assert not at_rest.is_kept(path)
    assert wrong_with(path) is not None


def test_one_that_is_lost_is_told_until_another_is_begun(path: Path) -> None:
    path.unlink()
    assert "missing" in (wrong_with(path) or "")
    note(path)
    assert wrong_with(path) is None


def test_one_that_was_emptied_is_told_also_after_it_was_written_to(path: Path) -> None:
    path.write_bytes(b"")
    assert wrong_with(path) is not None
    note(path)
    assert wrong_with(path) is not None


def test_who_looks_after_a_writer_was_ended_does_no_damage(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """He folds in what was committed, before its checksums could be noted."""
    killed, close = tmp_path / "killed", people_file._close

    def ended(db: sqlite3.Connection, of: Path) -> None:
        shutil.copytree(of.parent, killed)
        close(db, of)

    monkeypatch.setattr(people_file, "_close", ended)
    note(path, "the last one")
    monkeypatch.undo()
    with closing(sqlite3.connect(killed / path.name)) as db:
        db.execute("SELECT count(*) FROM notes").fetchone()
    assert not (killed / "people.db-wal").exists()
    assert wrong_in(killed / path.name, deep=True) is None
    assert texts(killed / path.name)[-1] == "the last one"
    note(killed / path.name, "and on")
    assert wrong_in(killed / path.name, deep=True) is None
    assert sorted(one.name for one in killed.iterdir()) == ["people.db", "people.db-sums"]
