"""Disputes of verdicts, and labels that people gave to samples of them; in `people.db`, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.db import people

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archive.model.people import Label, StoodVerdict

    Row = dict[str, Any]

MOST = 100
"""Disputes of one source."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS disputes (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, name TEXT NOT NULL,
  status TEXT NOT NULL, rule TEXT NOT NULL, decided_at TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS disputes_about ON disputes (name);
CREATE TABLE IF NOT EXISTS dispute_withdrawals (
  dispute_id INTEGER PRIMARY KEY REFERENCES disputes(id), at TEXT NOT NULL, who TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS labels (
  name TEXT NOT NULL, status TEXT NOT NULL, rule TEXT NOT NULL, decided_at TEXT NOT NULL,
  label TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL,
  PRIMARY KEY (name, status, rule, decided_at, who)
);
"""
_DISPUTES = """
SELECT disputes.*, dispute_withdrawals.at AS withdrawn_at, dispute_withdrawals.who AS withdrawn_by
FROM disputes LEFT JOIN dispute_withdrawals ON dispute_id = disputes.id
"""
_COUNT = "SELECT count(*) FROM disputes WHERE name = ?"
# who looked last is believed
_LABELS = """
SELECT name, status, rule, decided_at, label, max(at) AS at FROM labels
GROUP BY name, status, rule, decided_at ORDER BY 1, 2, 3, 4
"""


def disputes_of(path: Path, name: str) -> list[Row]:
    """What is held against verdicts on a source, oldest first."""
    return people.read_rows(path, f"{_DISPUTES} WHERE name = ? ORDER BY disputes.id", [name])


def all_disputes(path: Path) -> list[Row]:
    """The disputes of all sources."""
    return people.read_rows(path, f"{_DISPUTES} ORDER BY disputes.id", [])


def dispute(path: Path, verdict: StoodVerdict, *, who: str, at: str, reason: str) -> int:
    """Keep that somebody holds a verdict for wrong; its number.

    Raises:
        FullError: There are too many on the same source.
        PeopleError: It cannot be kept.
    """
    with people.writing(path, _SCHEMA) as db, db:
        db.execute("BEGIN IMMEDIATE")
        if db.execute(_COUNT, [verdict.name]).fetchone()[0] >= MOST:
            raise people.FullError(f"there are {MOST} disputes of this already")
        made = db.execute(
            "INSERT INTO disputes (at, who, name, status, rule, decided_at, reason) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [at, who, *verdict, reason],
        )
    return int(made.lastrowid or 0)


def withdraw(path: Path, number: int, *, who: str, at: str) -> bool:
    """Withdraw a dispute, which stays; False: there is none of this number, or it was before.

    Raises:
        PeopleError: It cannot be kept.
    """
    with people.writing(path, _SCHEMA) as db, db:
        made = db.execute(
            "INSERT OR IGNORE INTO dispute_withdrawals SELECT id, ?, ? FROM disputes WHERE id = ?",
            [at, who, number],
        )
    return made.rowcount > 0


def put_labels(path: Path, labels: Iterable[Label], *, who: str, at: str) -> int:
    """Keep labels, each instead of an earlier one of the same person; how many.

    Raises:
        PeopleError: They cannot be kept.
    """
    rows = [[*one.verdict, one.label, one.note, at, who] for one in labels]
    with people.writing(path, _SCHEMA) as db, db:
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT OR REPLACE INTO labels VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    return len(rows)


def labels(path: Path) -> list[Row]:
    """Each verdict that was labelled, with its newest label."""
    return people.read_rows(path, _LABELS, [])
