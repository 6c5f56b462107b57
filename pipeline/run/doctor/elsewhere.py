"""Where copies go and where a cluster meets: a folder or a store for backups, the queue, the depot;
each tried as those who use it do."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.errors import ArchiveError
from pipeline.run.bucket import Bucket, is_remote
from pipeline.run.cluster.depot import Depot
from pipeline.run.cluster.state import state
from pipeline.run.doctor.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.run.doctor.finding import Examined

_TRIAL = "isw-archive-doctor"
_OFFLINE = "not tried: it lies elsewhere, and nobody is asked"


def backups(examined: Examined, *, offline: bool) -> Iterator[Finding]:
    """Whether backups can be written where the settings say; nothing where they say nothing."""
    if examined.settings.backup_to:
        yield _place("backup_to", examined.settings.backup_to, offline=offline)


def cluster(examined: Examined, *, offline: bool) -> Iterator[Finding]:
    """Whether the queue answers and the depot takes files; nothing without a cluster."""
    settings = examined.settings
    if settings.queue:
        yield _queue(settings.queue, offline=offline)
    if settings.depot:
        found = _place("depot", settings.depot, offline=offline)
        if found.state is not Severity.BAD and not Depot.at(settings.depot).place.is_there():
            what = f"{settings.depot} is not prepared; is it mounted here?"
            found = Finding("depot", Severity.NOTE, what, "isw-archive plan, where the archive is")
        yield found


def _place(name: str, where: str, *, offline: bool) -> Finding:
    """Whether a folder or a store can be written, tried by writing."""
    try:
        if not is_remote(where):
            return _folder(name, Path(where))
        bucket = Bucket.at(where)
        if offline:
            return Finding(name, Severity.NOTE, f"{where}: {_OFFLINE}")
        bucket.put_bytes(b"", _TRIAL)
        bucket.delete([_TRIAL])
    except ArchiveError as error:
        return Finding(name, Severity.BAD, str(error), f"mend it, or the setting {name}")
    return Finding(name, Severity.OK, f"{where} can be written")


def _folder(name: str, path: Path) -> Finding:
    if not path.exists():
        what = f"{path} is not there; is its disk mounted?"
        return Finding(name, Severity.NOTE, what, "it is made by the first who writes there")
    try:
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        what = f"{path}: {error_with_advice(error, path)}"
        return Finding(name, Severity.BAD, what, f"mend that, or the setting {name}")
    return Finding(name, Severity.OK, f"{path} can be written")


def _queue(conninfo: str, *, offline: bool) -> Finding:
    if offline:
        return Finding("queue", Severity.NOTE, _OFFLINE)
    try:
        found = state(conninfo)
    except ArchiveError as error:
        return Finding("queue", Severity.BAD, str(error), "mend it, or the setting queue")
    return Finding("queue", Severity.OK, f"it answers; {found.workers} workers live")
