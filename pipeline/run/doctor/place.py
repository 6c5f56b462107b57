"""What lies where: the configuration, the data folder, its disk, its lock, its database."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import fields
from importlib.util import find_spec
from typing import TYPE_CHECKING

from archive.advice import advice
from archive.config import ENV_PREFIX, Settings, lacks_contact
from archive.db.database import open_readonly, pending
from archive.db.people_file import REMEDY, wrong_at_once
from archive.db.tables import metric_rows
from archive.errors import ArchiveError
from archive.fixity.bitcoin_headers import installed
from archive.show.space import LOW_DAYS, forecast, human_bytes
from pipeline.run.doctor.finding import Finding, Severity
from pipeline.run.jobs.session import ENV_RUN
from pipeline.run.notices import ENV_URLS, urls_from
from pipeline.run.submit import ACCESS_KEY, SECRET_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.run.doctor.finding import Examined


_LONG_DAYS = 3653
"""Nobody plans for more."""
_ENV_BESIDE = frozenset({f"{ENV_PREFIX}DATA", ENV_URLS, ENV_RUN, ACCESS_KEY, SECRET_KEY})
"""What is read from the environment alone."""


def configuration(asked: Examined) -> Finding:
    """Whether live use has what it asks for; what is wrong with a value was said before this."""
    said = (
        f"{asked.config}"
        if asked.config.exists()
        else f"{asked.config} is not there; defaults are used"
    )
    given = sorted(name for name in os.environ if name.startswith(ENV_PREFIX))
    if given:
        said += f"; from the environment: {', '.join(given)}"
    if lack := lacks_contact(asked.settings):
        mend = "isw-archive init --contact mailto:you@your.organisation"
        if asked.config.exists():
            mend = f"set contact in {asked.config}: an address of your own"
        return Finding("configuration", Severity.BAD, f"{said}; {lack}", mend)
    if strange := [name for name in given if not _is_read(name)]:
        mend = f"nothing reads {', '.join(strange)}: docs/reference.md lists the names"
        return Finding("configuration", Severity.NOTE, said, mend)
    return Finding("configuration", Severity.OK, f"{said}; contact {asked.settings.contact}")


def _is_read(name: str) -> bool:
    """Whether a variable with our beginning means anything: one that is misspelt is obeyed by
    nobody, and no command stops for it, for another version may know it."""
    rest = name.removeprefix(ENV_PREFIX)
    settings = {field.name.upper() for field in fields(Settings)}
    return rest in settings or name in _ENV_BESIDE or rest.startswith("TEST_")


def data_folder(asked: Examined) -> Finding:
    """Whether it can be written, tried by writing."""
    root = asked.folder.root
    there = root if root.exists() else _nearest(root)
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        mend = f"change the owner or mode of {there}, or name another folder with --data"
        if error.errno not in {errno.EACCES, errno.EPERM}:
            mend = advice(error)
        return Finding("data folder", Severity.BAD, f"{root}: {error.strerror}", mend)
    for path in (asked.folder.warcs, asked.folder.database):
        if path.exists() and not os.access(path, os.W_OK):
            mend = f"give it to the user that runs isw-archive (chown), who is number {os.getuid()}"
            return Finding("data folder", Severity.BAD, f"{path} cannot be written", mend)
    said = (
        f"{root} can be written" if root.exists() else f"{root} is not there yet, and can be made"
    )
    return Finding("data folder", Severity.OK, said)


def _nearest(path: Path) -> Path:
    """The nearest folder above that exists."""
    return next(parent for parent in path.absolute().parents if parent.exists())


def _lasting(days: float) -> str:
    return "over ten years" if days > _LONG_DAYS else f"{days:,.0f} days"


def disk(asked: Examined) -> Iterator[Finding]:
    """Room, room for names, and how long both last at the pace of late."""
    there = _nearest(asked.folder.database)
    free = shutil.disk_usage(there).free
    fore = forecast(asked.folder, asked.now, asked.settings.max_bytes_in_all)
    said = f"{human_bytes(free)} free"
    if fore.days_left is not None and fore.bytes_per_day is not None:
        daily = human_bytes(fore.bytes_per_day)
        said += f"; {daily} a day of late, which lasts {_lasting(fore.days_left)}"
    low = fore.is_low
    mend = "free space, or move the data folder to a larger disk (max_bytes_per_day sets a pace)"
    if low:
        said += f"; fewer than {LOW_DAYS} days or 1 GB are low"
    yield Finding("disk", Severity.BAD if low else Severity.OK, said, mend if low else "")
    names = os.statvfs(there)
    if names.f_files and names.f_favail < 1_000:
        said = f"room for {names.f_favail} more files"
        yield Finding(
            "disk", Severity.BAD, said, "the disk is out of inodes: delete small files elsewhere"
        )


def lock(asked: Examined) -> Finding:
    """Whether a run holds the archive now; nothing is taken away from it."""
    path = asked.folder.root / "lock"
    if not path.exists():
        return Finding("lock", Severity.OK, "no run has been here")
    try:
        with path.open("r", encoding="utf-8", errors="replace") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = path.read_text(encoding="utf-8", errors="replace").strip() or "unknown"
        return Finding("lock", Severity.NOTE, f"a run holds the archive (process {holder})")
    except OSError as error:
        return Finding(
            "lock", Severity.BAD, f"{path}: {error.strerror}", "change its owner or mode"
        )
    return Finding("lock", Severity.OK, "free")


def database(asked: Examined) -> Finding:
    """Whether the database opens, and is of this version."""
    path = asked.folder.database
    if not path.exists():
        return Finding("database", Severity.OK, "none yet; the first collect or import makes it")
    try:
        with closing(open_readonly(path, current=False)) as db:
            waiting = pending(db)
            is_made = db["captures"].exists()
            held = metric_rows.captures_held(db) if is_made else 0
    except (ArchiveError, sqlite3.DatabaseError) as error:
        return Finding(
            "database", Severity.BAD, str(error), "isw-archive rebuild, once that is mended"
        )
    if not is_made:
        said = "it has no tables yet: a command makes it, or broke off as it did"
        return Finding("database", Severity.NOTE, said, "the next command makes them")
    if waiting:
        said = (
            f"{held} captures; of an older version ({waiting[0]} and {len(waiting) - 1} more "
            "to come)"
        )
        return Finding(
            "database", Severity.NOTE, said, "the next command copies it and brings it up to date"
        )
    return Finding("database", Severity.OK, f"{held} captures, of this version")


def people(asked: Examined) -> Iterator[Finding]:
    """Whether what people wrote is what was written; nothing where it is, or nobody wrote."""
    if (wrong := wrong_at_once(asked.folder.people)) is not None:
        yield Finding("people", Severity.BAD, f"{asked.folder.people}: {wrong}", REMEDY)


def calendars(asked: Examined) -> Iterator[Finding]:
    """Whether what the calendars of the settings need is installed; nothing where none is named."""
    count = len(asked.settings.timestamp_calendars.split())
    if count and installed():
        yield Finding("calendars", Severity.OK, f"{count} to be asked for proofs")
    elif count:
        said = f"{count} are named, but OpenTimestamps is not installed"
        yield Finding("calendars", Severity.BAD, said, "pip install 'isw-archive[ots]'")


def notices(asked: Examined) -> Finding:
    """Whether alarms can reach anybody."""
    count = len(urls_from(os.environ))
    if not count:
        mend = f"set {ENV_URLS} in the environment; see docs/operating.md"
        return Finding("alarms", Severity.NOTE, "nobody is told of them", mend)
    if find_spec("apprise") is None:
        mend = "pip install 'isw-archive[alarms]'"
        return Finding(
            "alarms", Severity.BAD, f"{count} addresses, but Apprise is not installed", mend
        )
    return Finding("alarms", Severity.OK, f"{count} addresses; try them: isw-archive alarms --test")
