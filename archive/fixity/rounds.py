"""A fixity round: the ledger, the database and some of the WARC files are read, and the result for
each file becomes a row."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archive.fixity.expected import Expected
from archive.fixity.files import FileWatch, Seen, check_file, check_names
from archive.fixity.findings import Fault, Findings
from archive.fixity.verify import VerifyOptions, check_base
from archive.model.fixity import FixityCheck

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from archive.fixity.holding import Holding


def look_round(
    what: Holding, names: Sequence[str], progress: Callable[[int], None]
) -> tuple[Findings, list[str]]:
    """Read the ledger, the database and these WARC files; nothing is written.

    Args:
        what: Whose.
        names: Of WARC files.
        progress: Told the bytes read so far.

    Returns:
        What was found, and the files that were looked at, as `Holding.name` tells them.
    """
    folder, findings, known, seen = what.folder, Findings(), Expected(), Seen()
    check_base(what, known, findings, VerifyOptions())
    parts = (folder.ledger, folder.checkpoint, folder.ledger_key, folder.database, folder.people)
    looked = [what.name(path) for path in parts if path.exists()]
    for path in folder.warc_files():
        if path.name in names:
            check_file(path, what, known, findings, FileWatch(False, progress), seen)
            looked.append(what.name(path))
    check_names(what, known, findings)
    findings.finish()
    return findings, looked


def as_rows(
    at: str, top: Path, findings: Findings, looked: Iterable[str], open_faults: Iterable[str]
) -> list[FixityCheck]:
    """What a round found, a row for each file that is right and one for each fault.

    Args:
        at: When it began, ISO 8601.
        top: What files are named below.
        findings: Of the round.
        looked: Files that it looked at.
        open_faults: Files that were at fault before; one that is not there any more, and that
            nothing asks for, was given up.
    """
    wrong: dict[str, list[Fault]] = defaultdict(list)
    for fault in findings.faults:
        wrong[fault.file].append(fault)
    rows = [
        FixityCheck(
            at, file, "fault", _size(top / file), one.record, one.byte, one.what, one.remedy
        )
        for file, faults in wrong.items()
        for one in faults
    ]
    right = [file for file in looked if file not in wrong]
    rows += [FixityCheck(at, file, "ok", _size(top / file)) for file in right]
    gone = {f for f in open_faults if f not in {*wrong, *right} and not (top / f).exists()}
    detail = "it is not there, and nothing asks for it any more"
    return [*rows, *(FixityCheck(at, file, "given-up", 0, detail=detail) for file in sorted(gone))]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
