"""Records of running unattended: planned runs, alarms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

QUEUED = "queued"
"""The outcome, in `runs`, of a planned run that has not begun."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A run that the schedule made, as the database has it.

    Attributes:
        name: Of its rhythm.
        moment: For which it was planned, UTC.
        end: `runs.outcome`; None while it runs.
    """

    name: str
    moment: datetime
    end: str | None


@dataclass(frozen=True, slots=True)
class QueuedRun:
    """A planned run to be noted before its process begins.

    Attributes:
        id: Of the run; its process is told.
        arguments: Its words on the command line.
    """

    id: str
    job: str
    arguments: tuple[str, ...]
    planned_as: str
    planned_for: datetime
    queued_at: datetime


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that needs a person.

    Attributes:
        name: Its key: a kind, or a kind and a subject (`silent/iran-update`). One state is kept for
            each.
        text: What is wrong, a sentence.
        remedy: What to do about it.
    """

    name: str
    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class AlarmState:
    """A row of `alarms`: the alarm was raised, or recovered.

    Attributes:
        id: None before it is kept.
        noticed: Whether a notice of it was sent.
    """

    alarm: Alarm
    raised: bool
    at: str
    id: int | None = None
    noticed: bool = False
