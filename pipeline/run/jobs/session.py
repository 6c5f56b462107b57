"""What every writing job begins and ends with: the lock, recovery, the run's row."""

from __future__ import annotations

import getpass
import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archive import clock
from archive.db.store import Store
from archive.folder import DataFolder
from archive.model.records import format_time
from archive.model.rows import RunRow
from pipeline.run.jobs.recover import recover
from pipeline.run.jobs.reparse import reparse_stale

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive.config import Settings
    from pipeline.run.jobs.say import Say


@dataclass(slots=True)
class Session:
    """A job under way.

    Attributes:
        counts: What it did, shown at the end and kept in `runs`.
        problems: What needs a person; any makes the exit code 1.
    """

    folder: DataFolder
    settings: Settings
    run: str
    say: Say
    counts: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def count(self, name: str, by: int = 1) -> None:
        """Add to a count."""
        self.counts[name] = self.counts.get(name, 0) + by

    def left_unread(self, url: str) -> None:
        """Count, and say, a page that is kept and that no worker lived to read."""
        self.count("unread")
        self.say.failure(
            f"{url}: kept, but not read, since its worker processes ended; the next run reads it"
        )

    def problem(self, text: str) -> None:
        """Note, and say, what needs a person."""
        self.problems.append(text)
        self.say.failure(text)


@contextmanager
def session(
    data: Path,
    settings: Settings,
    say: Say,
    job: str,
    arguments: dict[str, Any],
    reason: str | None = None,
) -> Iterator[Session]:
    """Hold the archive for one job.

    Raises:
        LockedError: Another run holds it.
        DataFolderError: The folder cannot be used.
    """
    folder = DataFolder(data)
    folder.make()
    with folder.locked():
        started = clock.now()
        run = f"{started:%Y%m%dT%H%M%SZ}-{job}-{secrets.token_hex(3)}"
        found = recover(folder, settings)
        if found.captures:
            say.line(f"recovered {found.captures} captures of a run that broke off")
        reparse_stale(folder, settings, say)
        with Store(folder.database) as store:
            store.close_killed_runs(format_time(started))
            store.start_run(
                RunRow(run, job, arguments, format_time(started), who=_who(), reason=reason)
            )
        current = Session(folder, settings, run, say)
        outcome = "failed"
        try:
            yield current
            outcome = "problems" if current.problems else "done"
        finally:
            with Store(folder.database) as store:
                store.finish_run(
                    run, at=format_time(clock.now()), outcome=outcome, counts=current.counts
                )


def _who() -> str | None:
    """The system's name for who asks; kept with the run."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None
