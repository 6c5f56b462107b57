"""Lists of addresses in `people.db`: what somebody wanted captured without a report that cites it.

An address stays in its list for good; what came of it stands in the archive. How far a list is, is
kept once a run, so that nothing has to be counted to show it.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from archive.db.people import SHOWN, FullError, read_rows, writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Row = dict[str, Any]

MOST_LISTS = 1_000

_TABLES = """
CREATE TABLE IF NOT EXISTS lists (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, at TEXT NOT NULL, who TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS listed (
  list_id INTEGER NOT NULL REFERENCES lists(id), key TEXT NOT NULL, url TEXT NOT NULL,
  PRIMARY KEY (list_id, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS list_states (
  list_id INTEGER NOT NULL REFERENCES lists(id), at TEXT NOT NULL, run TEXT NOT NULL,
  addresses INTEGER NOT NULL, held INTEGER NOT NULL, failed INTEGER NOT NULL,
  waiting INTEGER NOT NULL, PRIMARY KEY (list_id, at, run)
) WITHOUT ROWID;
"""
"""Later than the others: a file that is there already gets them with the first list."""
_STATES = """
SELECT lists.name, lists.at, lists.who, list_states.at AS state_at, run, addresses, held, failed,
       waiting
FROM lists LEFT JOIN list_states ON list_states.list_id = lists.id AND list_states.at = (
    SELECT max(at) FROM list_states WHERE list_id = lists.id)
ORDER BY lists.id DESC LIMIT ?
"""
_ADDRESSES = """
SELECT key, url FROM listed JOIN lists ON lists.id = list_id WHERE name = ? AND key > ?
ORDER BY key LIMIT ?
"""
_PORTION = 10_000


@dataclass(frozen=True, slots=True)
class ListState:
    """How far a list is.

    Attributes:
        addresses: In it, each once.
        held: There is a good capture since it was made.
        failed: Looked at since then, and not had.
        waiting: Not looked at yet.
    """

    addresses: int
    held: int
    failed: int
    waiting: int


def keep(path: Path, name: str, addresses: Mapping[str, str], *, who: str, at: str) -> str:
    """Add addresses to a list, which is made where there is none of this name; when it was made.

    Args:
        path: The database.
        name: Of the list.
        addresses: By the key under which each is one.
        who: Gives it.
        at: ISO 8601.

    Raises:
        FullError: There are too many lists.
        PeopleError: It cannot be kept.
    """
    with writing(path, _TABLES) as db, db:
        db.execute("BEGIN IMMEDIATE")
        found = db.execute("SELECT id, at FROM lists WHERE name = ?", [name]).fetchone()
        if found is None:
            if db.execute("SELECT count(*) FROM lists").fetchone()[0] >= MOST_LISTS:
                raise FullError(
                    f"there are {MOST_LISTS} lists already; add to one of them (--list)"
                )
            made = db.execute("INSERT INTO lists (name, at, who) VALUES (?, ?, ?)", [name, at, who])
            found = (made.lastrowid, at)
        rows = ((found[0], key, url) for key, url in addresses.items())
        db.executemany("INSERT OR IGNORE INTO listed VALUES (?, ?, ?)", rows)
    return str(found[1])


def addresses(path: Path, name: str) -> Iterator[tuple[str, str]]:
    """Keys and addresses of a list, by key; none where nothing can be read."""
    last = ""
    while found := read_rows(path, _ADDRESSES, [name, last, _PORTION]):
        yield from ((row["key"], row["url"]) for row in found)
        last = found[-1]["key"]


def note_state(path: Path, name: str, state: ListState, *, run: str, at: str) -> None:
    """Keep how far a list is after a run, or in the middle of it.

    Raises:
        PeopleError: It cannot be kept.
    """
    with writing(path, _TABLES) as db, db:
        db.execute(
            "INSERT OR REPLACE INTO list_states "
            "SELECT id, ?, ?, ?, ?, ?, ? FROM lists WHERE name = ?",
            [at, run, *astuple(state), name],
        )


def all_lists(path: Path) -> list[Row]:
    """The lists, the newest first, each as its last run left it; none where nothing can be read."""
    return read_rows(path, _STATES, [SHOWN])
