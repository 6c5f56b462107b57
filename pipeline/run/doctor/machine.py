"""What the machine brings: Python, SQLite, libraries, temporary space, open files, its clock."""

from __future__ import annotations

import os
import platform
import re
import resource
import shutil
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from archive import __version__, clock
from archive.db.database import has_full_text
from archive.db.upgrade_copies import ROOM_BYTES
from archive.model.times import format_time, shown_time
from pipeline.run.doctor.finding import Finding, Severity
from pipeline.run.jobs.session import OPEN_FILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.run.doctor.finding import Examined

PYTHON = (3, 11)
SQLITE = (3, 38, 0)
"""The first with `->>`; strict tables came with 3.37 (https://www.sqlite.org/changes.html)."""

CLOCK_OFF = timedelta(minutes=5)
"""A Date header is of the second in which a server answered; caches may make it older by
minutes."""

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


def programs() -> Iterator[Finding]:
    """This program, its Python, and the SQLite in it."""
    here = (
        f"isw-archive {__version__}, Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}"
    )
    if sys.version_info < PYTHON:
        yield Finding("python", Severity.BAD, here, "install Python 3.11 or later")
    else:
        yield Finding("python", Severity.OK, here)
    yield sqlite(sqlite3.sqlite_version_info)


def sqlite(version: tuple[int, ...]) -> Finding:
    """The SQLite library, which comes with Python and not with us."""
    said = f"SQLite {'.'.join(map(str, version))}"
    if version < SQLITE:
        return Finding(
            "sqlite", Severity.BAD, said, "3.38 or later is needed: use a newer Python or system"
        )
    if not has_full_text():
        mend = "use a Python whose SQLite has it"
        return Finding("sqlite", Severity.BAD, f"{said}, without FTS5", mend)
    return Finding("sqlite", Severity.OK, said)


def libraries() -> Iterator[Finding]:
    """What this program asks for and the environment does not hold."""
    missing = [name for name in _asked_for() if _version(name) is None]
    if missing:
        mend = "install the program anew: pip install isw-archive"
        yield Finding("libraries", Severity.BAD, f"missing: {', '.join(missing)}", mend)
        return
    told = ", ".join(
        f"{n} {_version(n)}" for n in ("scrapy", "apscheduler", "datasette", "trafilatura")
    )
    yield Finding("libraries", Severity.OK, told)


def _asked_for() -> list[str]:
    """Names of the libraries without which nothing runs; extras and other Pythons' left out."""
    try:
        lines = metadata.requires("isw-archive") or []
    except metadata.PackageNotFoundError:
        return []
    return [found[0] for line in lines if ";" not in line and (found := _NAME.match(line))]


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def temporary() -> Finding:
    """SQLite sorts there, and so do we."""
    folder = Path(os.environ.get("SQLITE_TMPDIR") or tempfile.gettempdir())
    try:
        free = shutil.disk_usage(folder).free
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Finding(
            "temporary", Severity.BAD, f"{folder}: {error.strerror}", "name another with TMPDIR"
        )
    if free < 10 * ROOM_BYTES:
        return Finding(
            "temporary", Severity.BAD, f"{folder}: {free:,} bytes free", "free space, or set TMPDIR"
        )
    return Finding("temporary", Severity.OK, f"{folder} can be written")


def open_files() -> Finding:
    """As a command that fetches needs them."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard != resource.RLIM_INFINITY and hard < OPEN_FILES:
        mend = f"raise the limit: ulimit -n {OPEN_FILES}"
        return Finding("open files", Severity.BAD, f"only {hard} may be open at once", mend)
    said = "no limit" if hard == resource.RLIM_INFINITY else f"up to {hard}"
    return Finding("open files", Severity.OK, said)


def clock_right(asked: Examined, dates: Sequence[str]) -> Finding:
    """The machine's clock against the servers' that answered.

    Args:
        asked: Holds the time by our clock.
        dates: Their `Date` headers.
    """
    if (pretended := clock.pretended_offset_s()) is not None:
        said = f"moved by {pretended} s with {clock.TEST_CLOCK}"
        return Finding(
            "clock", Severity.NOTE, said, f"unset {clock.TEST_CLOCK}, which is for tests"
        )
    theirs = [moment for date in dates if (moment := _moment(date)) is not None]
    shown = shown_time(format_time(asked.now))
    if not theirs:
        return Finding("clock", Severity.NOTE, f"{shown}; no server was asked for its time")
    off = min((asked.now - moment for moment in theirs), key=abs)
    if abs(off) > CLOCK_OFF:
        said = (
            f"{shown}; every server is at least {abs(off)} "
            f"{'behind' if off > timedelta() else 'ahead'}"
        )
        return Finding(
            "clock", Severity.BAD, said, "set the machine's clock (timedatectl set-ntp true)"
        )
    return Finding("clock", Severity.OK, f"{shown}, as servers have it")


def _moment(date: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
