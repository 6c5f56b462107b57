"""What people write: kept in a file of its own, read wherever it is whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from archive.alone import in_turn
from archive.db import people, people_file
from archive.errors import BadInputError, DataFolderError
from archive.model.people import (
    LONGEST_NOTE,
    LONGEST_REASON,
    REPORT,
    SOURCE,
    Subject,
    checked,
)
from archive.show.people_reading import sentence_meant

HERE = Subject("source", "https://news.example/a")
ON = Subject("report", "iran-update/2026-03-03", "A depot burned.")
AT = "2026-03-04T00:00:00Z"


def ask(path: Path, about: Subject = HERE, reason: str = "it may be back") -> bool:
    return people.request_capture(path, about, who="ana", at=AT, reason=reason)


def test_a_request_waits_until_it_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    assert people.open_requests(path) == []
    assert ask(path)
    [waiting] = people.open_requests(path)
    assert (waiting["name"], waiting["who"], waiting["reason"]) == (
        HERE.name,
        "ana",
        "it may be back",
    )
    people.answer(path, waiting["id"], run="r1", at=AT, outcome="ok")
    assert people.open_requests(path) == []
    assert [(r["run"], r["outcome"]) for r in people.done_requests(path)] == [("r1", "ok")]


def test_who_comes_while_another_makes_it_waits_for_its_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "people.db"

    @contextmanager
    def late(folder: Path) -> Iterator[None]:
        monkeypatch.setattr(people_file, "in_turn", in_turn)
        assert ask(path, ON)
        with in_turn(folder):
            yield

    monkeypatch.setattr(people_file, "in_turn", late)
    assert ask(path)
    assert len(people.open_requests(path)) == 2


def test_one_that_another_writes_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "people.db"
    ask(path)
    monkeypatch.setattr(people, "WAIT_S", 0)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(people.PeopleError, match="wait and run again"):
            ask(path, ON)


def test_the_same_is_asked_for_once_while_it_waits(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    assert ask(path)
    assert not ask(path, reason="again")
    people.answer(path, 1, run="r1", at=AT, outcome="ok")
    assert ask(path)


def test_no_more_wait_than_a_night_can_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_OPEN", 1)
    path = tmp_path / "people.db"
    ask(path)
    with pytest.raises(people.FullError):
        ask(path, ON)


def test_a_note_is_withdrawn_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    number = people.note(path, ON, who="ana", at=AT, text="The depot was another.")
    assert people.notes_about(path, ON)[0]["sentence"] == ON.sentence
    assert people.withdraw(path, number, who="bo", at=AT)
    assert not people.withdraw(path, number, who="bo", at=AT)
    [note] = people.notes_about(path, ON)
    assert (note["text"], note["withdrawn_by"]) == (None, "bo")
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT text FROM notes").fetchall() == [("The depot was another.",)]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(2_000)])
def test_a_damaged_file_shows_nothing_and_ends_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "people.db"
    path.write_bytes(content)
    assert people.open_requests(path) == people.notes_about(path, HERE) == []


def test_into_a_damaged_file_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    path.write_bytes(b"no database" * 100)
    with pytest.raises(DataFolderError, match="BACKUP"):
        ask(path)
    assert path.read_bytes() == b"no database" * 100


def test_into_another_programs_database_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE theirs (x)")
    with pytest.raises(people.PeopleError, match="another program"):
        ask(path)


@pytest.mark.parametrize(
    ("text", "longest"),
    [("  ", 9), ("x" * 10, 9), ("a\0b", 99), ("a\x1bb", 99), ("a\nb", LONGEST_REASON),
     ("a\ud800", 99), ("a\tb", LONGEST_NOTE)],
)  # fmt: skip
def test_words_that_are_none_are_refused(text: str, longest: int) -> None:
    with pytest.raises(BadInputError):
        checked(text, longest, "note")


def test_a_note_has_lines_and_any_script() -> None:
    text = " \u05d0\u05d1\r\n\u0441\u043a\u043b\u0430\u0434 "
    assert checked(text, LONGEST_NOTE, "note") == text.strip().replace("\r\n", "\n")


@pytest.fixture
def sentences() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE versions (id INTEGER, report_id TEXT)")
        db.execute("CREATE TABLE markers (version_id INTEGER, position INTEGER, sentence TEXT)")
        db.execute("INSERT INTO versions VALUES (1, 'r'), (2, 'r'), (3, 'other')")
        some = [(1, "A depot burned."), (1, "A depot"), (2, "A depot burned."), (3, "Rain fell.")]
        for place, (version, text) in enumerate(some):
            db.execute("INSERT INTO markers VALUES (?, ?, ?)", [version, place, text])
        yield db


@pytest.mark.parametrize(
    ("words", "found"), [(" burned ", "A depot burned."), ("A depot", "A depot")]
)
def test_a_sentence_is_named_by_words_of_it_or_all_of_it(
    sentences: sqlite3.Connection, words: str, found: str
) -> None:
    about = sentence_meant(sentences, Subject(REPORT, "r"), words)
    assert about == Subject(REPORT, "r", found)


@pytest.mark.parametrize(
    ("kind", "words", "why"),
    [
        (REPORT, "depot", "give more words"),
        (REPORT, "Rain", "no citing sentence"),
        (REPORT, "  ", "no citing sentence"),
        (SOURCE, "depot", "no report"),
    ],
)
def test_words_of_no_sentence_or_of_several_name_none(
    sentences: sqlite3.Connection, kind: str, words: str, why: str
) -> None:
    with pytest.raises(BadInputError, match=why):
        sentence_meant(sentences, Subject(kind, "r"), words)


@pytest.mark.parametrize(
    ("pragma", "said"),
    [
        ("max_page_count=1", "free disk space"),  # what SQLite says of a full disk
        ("query_only=1", "check the folder's owner and mode"),
    ],
)
def test_a_disk_that_takes_no_note_is_not_told_as_a_damaged_file(
    tmp_path: Path, pragma: str, said: str
) -> None:
    path = tmp_path / "people.db"
    with people.writing(path):
        pass

    def write() -> None:
        many = [(number,) for number in range(9_000)]
        with people.writing(path) as db:
            db.execute(f"PRAGMA {pragma}")
            db.executemany("INSERT INTO withdrawals VALUES (?, '', '')", many)

    with pytest.raises(people.PeopleError, match=said) as told:
        write()
    assert "repair" not in str(told.value)
