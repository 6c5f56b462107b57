"""`isw-archive doctor`: what stands in the way of running unattended, and what mends it. Nothing is
kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.run.doctor.browser import browser
from pipeline.run.doctor.elsewhere import backups, cluster
from pipeline.run.doctor.finding import Finding, Severity
from pipeline.run.doctor.machine import clock_right, libraries, open_files, programs, temporary
from pipeline.run.doctor.network import proxy, sites
from pipeline.run.doctor.place import (
    calendars,
    configuration,
    data_folder,
    database,
    disk,
    lock,
    notices,
    people,
)
from pipeline.run.doctor.videos import videos

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.run.doctor.finding import Examined

__all__ = ["Finding", "Severity", "examine"]


def examine(asked: Examined, *, offline: bool = False) -> Iterator[Finding]:
    """Every check, one finding or more each, in the order in which a person would mend them.

    Args:
        asked: The archive, its settings, and where they came from.
        offline: Ask nobody.
    """
    yield configuration(asked)
    yield from programs()
    yield from libraries()
    yield data_folder(asked)
    yield from disk(asked)
    yield temporary()
    yield open_files()
    yield lock(asked)
    yield database(asked)
    yield from people(asked)
    yield notices(asked)
    yield from calendars(asked)
    yield from backups(asked, offline=offline)
    yield from cluster(asked, offline=offline)
    yield from browser(asked)
    yield from videos(asked)
    found = proxy()
    yield found
    answers = [] if offline else list(sites(asked))
    yield from (finding for finding, _ in answers)
    yield clock_right(asked, [date for _, date in answers if date])
