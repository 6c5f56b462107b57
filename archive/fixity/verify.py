"""Verifying a copy of an archive, offline: its files, its records, its ledger, its database."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archive.errors import DataFolderError
from archive.fixity.check_bag import check_bag
from archive.fixity.check_database import check_rows, check_seal
from archive.fixity.check_ledger import Trust, check_entered, check_ledger
from archive.fixity.check_people import check_people
from archive.fixity.check_stamps import check_stamps
from archive.fixity.expected import Expected, begin, take_database
from archive.fixity.files import OURS, FileWatch, Seen, check_file, check_names, check_revisits
from archive.fixity.findings import BACK, COPY_AGAIN, REMAKE, Fault, Findings

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.fixity.holding import Holding

_DAY_DIGITS = 8
_WARC = ".warc.gz"


def _nobody(_: int) -> None:
    """Stands for `progress` where nobody asks for it."""


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What is to be verified.

    Attributes:
        deep: Every record is read, too, and each row compared with it.
        since: `YYYYMMDD`; WARC files that were begun before are not read. None: all are.
        trust: What the asker knows from elsewhere.
        progress: Told the bytes read so far.
    """

    deep: bool = False
    since: str | None = None
    trust: Trust = field(default_factory=Trust)
    progress: Callable[[int], None] = _nobody


def verify(
    holding: Holding,
    options: VerifyOptions,
    known: Expected | None = None,
    seen: Seen | None = None,
) -> Findings:
    """Look at everything that is asked for; nothing is written.

    Args:
        holding: What to look at.
        options: What is asked for.
        known: Filled with what is known of the files beforehand.
        seen: Filled with the records that were read.

    Raises:
        DataFolderError: The folder of WARC files cannot be read.
    """
    findings, known, seen = Findings(), known or Expected(), seen or Seen()
    if holding.bag is not None:
        check_bag(holding.bag, known, findings, progress=options.progress)
    readable = check_base(holding, known, findings, options)
    _warcs(holding, known, findings, options, seen)
    check_entered(holding, known, findings, seen)
    if readable:
        _rows(holding, known, findings, seen)
    findings.finish()
    if holding.bag is not None:
        findings.faults = [_in_a_bag(fault) for fault in findings.faults]
    return findings


def _in_a_bag(fault: Fault) -> Fault:
    """Nothing is repaired in a backup: what is wrong there is copied again."""
    is_copied_again = fault.remedy == BACK and fault.file.endswith(_WARC)
    return replace(fault, remedy=COPY_AGAIN) if is_copied_again else fault


def check_base(
    holding: Holding, known: Expected, findings: Findings, options: VerifyOptions
) -> bool:
    """Check what vouches for the WARC files: the ledger, its timestamps, the database as a file;
    and what people wrote.

    Returns: Whether the database's rows can be asked.
    """
    begin(known, holding)
    check_ledger(holding, known, findings, options.trust)
    check_stamps(holding, known, findings, options.trust)
    check_people(holding, findings, deep=options.deep)
    return _database(holding, known, findings, options)


def _database(
    holding: Holding, known: Expected, findings: Findings, options: VerifyOptions
) -> bool:
    """Check the database as a file.

    Returns: Whether its rows can be asked.
    """
    path = holding.folder.database
    if not path.exists():
        if known.state is not None and known.state.seal is not None and path.parent.is_dir():
            findings.notes.append(f"no database here; {REMAKE}")
        return False
    if not check_seal(holding, known, findings, deep=options.deep):
        return False
    try:
        take_database(known, holding)
    except sqlite3.DatabaseError as error:
        findings.fault(holding.name(path), f"the database is damaged: {error}", REMAKE)
        return False
    return True


def _warcs(
    holding: Holding, known: Expected, findings: Findings, options: VerifyOptions, seen: Seen
) -> None:
    watch = FileWatch(options.deep, options.progress)
    paths = holding.folder.warc_files()
    left = [path for path in paths if options.since and _day(path.name) < options.since]
    for path in paths:
        if path not in left:
            check_file(path, holding, known, findings, watch, seen)
    check_names(holding, known, findings)
    if left:
        findings.notes.append(f"{len(left)} WARC files begun before {options.since} were not read")
    elif options.deep:
        check_revisits(holding, known, findings, seen)


def _day(name: str) -> str:
    """When a file was begun, by its name: `YYYYMMDD`; of others the end of time."""
    digits = name.removeprefix(OURS)[:_DAY_DIGITS]
    return digits if name.startswith(OURS) and digits.isdigit() else "9" * _DAY_DIGITS


def _rows(holding: Holding, known: Expected, findings: Findings, seen: Seen) -> None:
    try:
        check_rows(holding, known, findings, seen)
    except (sqlite3.DatabaseError, DataFolderError) as error:
        name = holding.name(holding.folder.database)
        findings.fault(name, f"the database is damaged: {error}", REMAKE)
