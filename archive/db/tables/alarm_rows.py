"""States of alarms: reading and writing. The caller of what writes holds the archive's lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.operations import Alarm, AlarmState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import sqlite_utils

RAISED, RECOVERED = "raised", "recovered"


def states(db: sqlite_utils.Database) -> list[AlarmState]:
    """All of them, in their order."""
    rows = db.execute(
        "SELECT id, alarm, state, at, text, remedy, noticed_at FROM alarms ORDER BY id"
    ).fetchall()
    return [
        AlarmState(Alarm(alarm, text, remedy), state == RAISED, at, number, noticed is not None)
        for number, alarm, state, at, text, remedy, noticed in rows
    ]


def keep(db: sqlite_utils.Database, changed: Iterable[AlarmState]) -> None:
    """Add states, in their order."""
    with db.atomic():
        for state in changed:
            word = RAISED if state.raised else RECOVERED
            db.execute(
                "INSERT INTO alarms (alarm, state, at, text, remedy) VALUES (?, ?, ?, ?, ?)",
                [state.alarm.name, word, state.at, state.alarm.text, state.alarm.remedy],
            )


def note_told(db: sqlite_utils.Database, told: Sequence[AlarmState], at: str) -> None:
    """Remember that notices were sent."""
    with db.atomic():
        for state in told:
            db.execute("UPDATE alarms SET noticed_at = ? WHERE id = ?", [at, state.id])
