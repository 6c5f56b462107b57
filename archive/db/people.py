"""What people wrote: requests to capture again, notes, watches; a database of its own, `people.db`.

No WARC file has it, so `rebuild` leaves it alone and a backup holds it. Rows are only added: what
was done about a request and that a note was withdrawn are rows, too. Nothing else in the archive
needs it: where it is missing or damaged, nothing is read from it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from archive.db import people_file
from archive.db.file_access import is_frozen, reading_uri
from archive.db.people_file import WAIT_S
from archive.db.sqlite_errors import meaning
from archive.errors import ArchiveError, DataFolderError
from archive.file_kinds import FILE, require_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from archive.model.people import Subject

    Row = dict[str, Any]

MOST_OPEN = 200
"""Requests that may wait; more are refused, so that no visitor fills a disk or a night."""
MOST_NOTES = 500
"""On one thing."""
SHOWN = 200
_WAIT = "another command is writing it, wait and run again"
_OF_THE_DISK = ("readonly", "full", "unable to open", "disk I/O")
"""The file itself is as it was."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS requests (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL,
  name TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS answers (
  request_id INTEGER PRIMARY KEY REFERENCES requests(id), at TEXT NOT NULL, run TEXT NOT NULL,
  outcome TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS notes (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL,
  name TEXT NOT NULL, sentence TEXT, text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS notes_about ON notes (kind, name);
CREATE TABLE IF NOT EXISTS withdrawals (
  note_id INTEGER PRIMARY KEY REFERENCES notes(id), at TEXT NOT NULL, who TEXT NOT NULL
);
"""
_WATCHES = """
CREATE TABLE IF NOT EXISTS watches (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, name TEXT NOT NULL,
  question TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS unwatched (
  watch_id INTEGER PRIMARY KEY REFERENCES watches(id), at TEXT NOT NULL, who TEXT NOT NULL
);
"""
"""Later than the others: a file that is there already gets them with the first watch."""
_REQUESTS = """
SELECT requests.*, answers.at AS done_at, run, outcome
FROM requests LEFT JOIN answers ON request_id = requests.id
"""
_OPEN = f"{_REQUESTS} WHERE request_id IS NULL ORDER BY requests.id LIMIT ?"
_ABOUT = f"{_REQUESTS} WHERE kind = ? AND name = ? ORDER BY requests.id DESC LIMIT ?"
_DONE = f"{_REQUESTS} WHERE request_id IS NOT NULL ORDER BY answers.at DESC, id DESC LIMIT ?"
_NOTES = """
SELECT notes.*, withdrawals.at AS withdrawn_at, withdrawals.who AS withdrawn_by
FROM notes LEFT JOIN withdrawals ON note_id = notes.id
WHERE kind = ? AND name = ? ORDER BY notes.id LIMIT ?
"""
_OPEN_COUNT = "SELECT count(*) FROM requests WHERE id NOT IN (SELECT request_id FROM answers)"
_NOTE_COUNT = "SELECT count(*) FROM notes WHERE kind = ? AND name = ?"


class PeopleError(DataFolderError):
    """What people write cannot be kept."""


class FullError(ArchiveError):
    """There is as much of it already as is taken."""


def open_requests(path: Path) -> list[Row]:
    """Requests that wait, the oldest first; none where nothing can be read."""
    return read_rows(path, _OPEN, [MOST_OPEN])


def done_requests(path: Path) -> list[Row]:
    """What was last done about requests, the newest first."""
    return read_rows(path, _DONE, [SHOWN])


def requests_about(path: Path, about: Subject) -> list[Row]:
    """The requests to capture something again, the newest first."""
    return read_rows(path, _ABOUT, [about.kind, about.name, SHOWN])


def notes_about(path: Path, about: Subject) -> list[Row]:
    """The notes on something, those withdrawn without their text."""
    found = read_rows(path, _NOTES, [about.kind, about.name, MOST_NOTES])
    return [{**row, "text": None} if row["withdrawn_at"] else row for row in found]


def request_capture(path: Path, about: Subject, *, who: str, at: str, reason: str) -> bool:
    """Keep a request; False where one for the same waits already, which is enough.

    Raises:
        FullError: Too many wait.
        PeopleError: It cannot be kept.
    """
    with writing(path) as db, db:
        db.execute("BEGIN IMMEDIATE")
        if db.execute(_OPEN_COUNT).fetchone()[0] >= MOST_OPEN:
            raise FullError(f"{MOST_OPEN} requests wait already; try again when they are done")
        waiting = f"{_OPEN_COUNT} AND kind = ? AND name = ?"
        if db.execute(waiting, [about.kind, about.name]).fetchone()[0]:
            return False
        db.execute(
            "INSERT INTO requests (at, who, kind, name, reason) VALUES (?, ?, ?, ?, ?)",
            [at, who, about.kind, about.name, reason],
        )
    return True


def answer(path: Path, request: int, *, run: str, at: str, outcome: str) -> None:
    """Note what was done about a request.

    Raises:
        PeopleError: It cannot be kept.
    """
    with writing(path) as db, db:
        db.execute("INSERT OR IGNORE INTO answers VALUES (?, ?, ?, ?)", [request, at, run, outcome])


def note(path: Path, about: Subject, *, who: str, at: str, text: str) -> int:
    """Keep a note; its number.

    Raises:
        FullError: There are too many on the same.
        PeopleError: It cannot be kept.
    """
    with writing(path) as db, db:
        db.execute("BEGIN IMMEDIATE")
        if db.execute(_NOTE_COUNT, [about.kind, about.name]).fetchone()[0] >= MOST_NOTES:
            raise FullError(f"there are {MOST_NOTES} notes on this already")
        made = db.execute(
            "INSERT INTO notes (at, who, kind, name, sentence, text) VALUES (?, ?, ?, ?, ?, ?)",
            [at, who, about.kind, about.name, about.sentence, text],
        )
    return int(made.lastrowid or 0)


def withdraw(path: Path, number: int, *, who: str, at: str) -> bool:
    """Withdraw a note, which stays; False: there is none of this number, or it was before.

    Raises:
        PeopleError: It cannot be kept.
    """
    with writing(path) as db, db:
        made = db.execute(
            "INSERT OR IGNORE INTO withdrawals SELECT id, ?, ? FROM notes WHERE id = ?",
            [at, who, number],
        )
    return made.rowcount > 0


def read_rows(path: Path, sql: str, values: Sequence[Any]) -> list[Row]:
    """What a question of it gives; nothing where nothing can be read."""
    if not path.is_file():
        return []
    uri = reading_uri(path, immutable=is_frozen(path))
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=WAIT_S)) as db:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(sql, values).fetchall()]
    except sqlite3.Error:
        return []


def wrong_with(path: Path) -> str | None:
    """What is wrong with a damaged one, as far as is seen at once; None where nothing is, or nobody
    wrote anything yet."""
    wrong = people_file.wrong_at_once(path)
    return None if wrong is None else f"{path}: {wrong}; {people_file.REMEDY}"


@contextmanager
def writing(path: Path, more: str = "") -> Iterator[sqlite3.Connection]:
    """The database, made where it is not there, closed at the end; SQLite's errors as ours.

    Args:
        path: The database.
        more: Tables beside the first, made where they are not there.

    Raises:
        PeopleError: It cannot be read or written.
    """
    require_kind(FILE, path)
    try:
        with people_file.opened(path, WAIT_S) as db:
            _make_tables(db)
            db.executescript(_WATCHES + more)
            yield db
    except sqlite3.Error as error:
        raise PeopleError(f"{path}: {_why(str(error), path)}") from error


def _why(text: str, path: Path) -> str:
    if "locked" in text:
        return f"{text}; {_WAIT}"
    if any(words in text for words in _OF_THE_DISK):
        return meaning(text, path)
    return f"{text}; {people_file.REMEDY}"


def _make_tables(db: sqlite3.Connection) -> None:
    if people_file.is_ours(db):
        return
    if db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        raise sqlite3.DatabaseError("a database of another program")
    made = f"PRAGMA application_id={people_file.APPLICATION_ID}"
    db.execute("PRAGMA journal_mode=WAL")
    db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} {made}; COMMIT;")
