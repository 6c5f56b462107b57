"""A schedule over a folder of its own: a clock that tests move, a runner that only notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from archive.db.database import open_readonly
from archive.folder import DataFolder
from pipeline.decide.rhythm import End, Rhythm
from pipeline.run.process import Ended
from pipeline.run.schedule import Scheduler

NEW_YORK = ZoneInfo("America/New_York")
EVENING = Rhythm("evening", ("collect",), (time(19, 15),), NEW_YORK)
NIGHT = Rhythm("night", ("check", "--all-due"), (time(3, 30),), NEW_YORK)
BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Fake:
    """Runs nothing; notes what it was told, and ends as told."""

    clock: list[datetime]
    ends: list[Ended | type[BaseException]] = field(default_factory=list)
    ran: list[tuple[datetime, tuple[str, ...]]] = field(default_factory=list)
    stopping: bool = False

    def run(self, arguments: Sequence[str], run: str | None = None) -> Ended:
        self.ran.append((self.clock[0], tuple(arguments)))
        end = self.ends.pop(0) if self.ends else Ended(End.DONE)
        if isinstance(end, type):
            raise end
        return end


@dataclass
class World:
    folder: DataFolder
    clock: list[datetime]
    fake: Fake
    scheduler: Scheduler

    def rows(
        self, sql: str = "SELECT planned_as, outcome FROM runs ORDER BY queued_at, rowid"
    ) -> list:
        db = open_readonly(self.folder.database)
        try:
            return db.execute(sql).fetchall()
        finally:
            db.close()


def make_world(tmp_path: Path) -> World:
    """An archive below `tmp_path` with two rhythms, whose clock stands at `BEGIN`."""
    clock = [BEGIN]
    fake = Fake(clock)
    folder = DataFolder(tmp_path / "data")
    scheduler = Scheduler(folder, (EVENING, NIGHT), fake, now=lambda: clock[0])
    return World(folder, clock, fake, scheduler)
