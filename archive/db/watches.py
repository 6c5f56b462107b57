"""Watches in `people.db`: rows are only added, and what is removed stays as ended."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from archive.db.people import FullError, read_rows, writing
from archive.model.watches import OVER, Watch

if TYPE_CHECKING:
    from pathlib import Path

MOST_WATCHES = 100
"""Each is asked with every look for alarms."""

_OPEN = """
SELECT id, at, who, name, question FROM watches
WHERE id NOT IN (SELECT watch_id FROM unwatched) ORDER BY name, id
"""
_NAMED = f"SELECT id FROM ({_OPEN}) WHERE name = ?"  # noqa: S608 - of parts that stand here
_KEPT = frozenset({"words", "platform", "account", "host", "series", "over", "alarm"})


def all_watches(path: Path) -> list[Watch]:
    """The watches that there are, by name; none where nothing can be read."""
    return [_watch(row) for row in read_rows(path, _OPEN, [])]


def named(path: Path, name: str) -> Watch | None:
    """The watch of a name; None: there is none."""
    return next((one for one in all_watches(path) if one.name == name), None)


def add(path: Path, watch: Watch) -> bool:
    """Keep a watch; False: there is one of this name.

    Raises:
        FullError: There are too many.
        PeopleError: It cannot be kept.
    """
    question = {name: value for name, value in asdict(watch).items() if name in _KEPT}
    with writing(path) as db, db:
        db.execute("BEGIN IMMEDIATE")
        if db.execute(_NAMED, [watch.name]).fetchone():
            return False
        if len(db.execute(_OPEN).fetchall()) >= MOST_WATCHES:
            raise FullError(f"there are {MOST_WATCHES} watches already; remove one first")
        db.execute(
            "INSERT INTO watches (at, who, name, question) VALUES (?, ?, ?, ?)",
            [watch.made_at, watch.who, watch.name, json.dumps(question, ensure_ascii=False)],
        )
    return True


def remove(path: Path, name: str, *, who: str, at: str) -> bool:
    """End a watch; False: there is none of this name.

    Raises:
        PeopleError: It cannot be kept.
    """
    with writing(path) as db, db:
        db.execute("BEGIN IMMEDIATE")
        row = db.execute(_NAMED, [name]).fetchone()
        if row is None:
            return False
        db.execute("INSERT INTO unwatched VALUES (?, ?, ?)", [row[0], at, who])
    return True


def _watch(row: dict[str, Any]) -> Watch:
    asked = {name: value for name, value in json.loads(row["question"]).items() if name in _KEPT}
    over = tuple(one for one in asked.pop("over", OVER) if one in OVER)
    return Watch(name=row["name"], over=over, made_at=row["at"], who=row["who"], **asked)
