"""`isw-archive index`: WARC files that workers handed over become part of the archive.

They are put among the archive's own files and taken in like what a killed run left. So there is no
second way in, and after a kill at any moment the next command goes on.
"""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.db.database import open_readonly
from archive.db.tables import fixity_rows
from archive.errors import ArchiveError
from pipeline.run.cluster.depot import WORDS, Depot, LostError
from pipeline.run.cluster.postgres import opened
from pipeline.run.cluster.state import state

if TYPE_CHECKING:
    from archive.config import Settings
    from archive.folder import DataFolder
    from pipeline.run.jobs.session import Session


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was taken in.

    Attributes:
        files: New WARC files.
        jobs: Jobs that are over, and were removed from the queue.
    """

    files: int
    jobs: int


def index(session: Session) -> TakenIn:
    """Take in what lies in the depot and is not held yet.

    Raises:
        ArchiveError: The depot or the queue does not answer; what was taken in before stays.
    """
    return asyncio.run(_index(session))


async def _index(session: Session) -> TakenIn:
    async with opened(session.settings.queue) as queue:
        # before the depot is listed: all that these jobs handed over is in it then
        over = [job for job in await queue.jobs() if job.is_over]
        files, is_all = taken(session, is_due=any(job.status == "succeeded" for job in over))
        session.recover("workers")
        if not is_all:
            return TakenIn(files, 0)
        await queue.forget([job.id for job in over])
        return TakenIn(files, len(over))


def has_work(folder: DataFolder, settings: Settings) -> bool:
    """Whether `index` would do anything: looked at without the archive's lock.

    Raises:
        ArchiveError: The depot or the queue does not answer.
    """
    return bool(_names(_closed(folder), Depot.at(settings.depot)) or state(settings.queue).over)


def _closed(folder: DataFolder) -> set[str]:
    with closing(open_readonly(folder.database)) as db:
        return set(fixity_rows.closed_names(db))


def _names(known: set[str], depot: Depot) -> list[str]:
    """Files in the depot that the archive has not taken in."""
    return [name for name in depot.names() if name not in known]


def taken(session: Session, *, is_due: bool) -> tuple[int, bool]:
    """Copy new files to the archive's own.

    Args:
        session: Holds the archive.
        is_due: Whether a job is over that may have handed something over.

    Returns:
        How many, and whether that is all that will come. What is lost or damaged will not: the jobs
        that named it are let go, so that it is due again.
    """
    depot = Depot.at(session.settings.depot)
    folder = session.folder
    files, is_all = 0, not is_due or depot.place.is_there()
    if not is_all:
        session.problem(
            f"depot {session.settings.depot}: it is not there, though jobs are done; is it "
            "mounted? Nothing is taken in, and the jobs stay"
        )
    for name in _names(_closed(folder), depot):
        if (folder.warcs / name).exists():
            continue
        try:
            depot.take(name, folder.warcs)
            files += 1
        except LostError as error:
            session.problem(
                f"{error}; what it held is captured again; take away {WORDS}{name}.json, or put "
                "the file back"
            )
        except ArchiveError as error:
            session.problem(str(error))
            is_all = False
    session.count("files taken in", files)
    return files, is_all
