"""Verifying a dossier, offline and without a database: its frame, every file, every record, its
signature, its entries in the ledger."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archive.dossier import check_records
from archive.dossier.check_records import REMEDY
from archive.dossier.check_signature import Demand, check_signature
from archive.dossier.opened import Opened, as_object, opened
from archive.dossier.package import CHECKPOINT, DIGEST, NOTES, OURS, PACKAGE, as_json, left_out
from archive.dossier.zipped import Entry, directory, local_header
from archive.errors import BadInputError
from archive.fixity.check_ledger import Trust
from archive.fixity.findings import NAMED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive.fixity.findings import Findings

_SHA256 = "sha256:"
_MOST_NAMED = 200
"""Characters of what a stranger's dossier says that are repeated."""


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What is to be verified.

    Attributes:
        trust: What the asker knows of the ledger from elsewhere.
        demand: What is asked of its signature.
        progress: Told the bytes read so far.
    """

    trust: Trust = field(default_factory=Trust)
    demand: Demand = field(default_factory=Demand)
    progress: Callable[[int], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """What a dossier says.

    Attributes:
        about: Of itself; None where it cannot be read.
        checkpoint: Of the ledger, as it stands.
    """

    about: dict[str, Any] | None = None
    checkpoint: str | None = None


def check(path: Path, asked: CheckOptions, findings: Findings) -> CheckAnswer:
    """Look at all of it.

    Args:
        path: A .wacz file.
        asked: What is asked for.
        findings: Where to.
    """
    try:
        with opened(path) as package:
            return _check(package, asked, findings)
    except BadInputError as error:
        findings.fault(path.name, str(error), REMEDY)
        return CheckAnswer()


def _check(package: Opened, asked: CheckOptions, findings: Findings) -> CheckAnswer:
    names = package.names()
    for name in sorted({name for name in names if names.count(name) > 1}):
        findings.fault(name, "stands in the zip more than once", REMEDY)
    about = _package(package, asked, findings)
    if about is None or OURS in about:
        _frame(package, findings)
    if about is None:
        return CheckAnswer()
    left = left_out(about)
    findings.notes += [
        f"left out by whoever made it: {_clipped(one, 'url')} of {_clipped(one, 'at')}: "
        f"{_clipped(one, 'why')} (record {_clipped(one, 'record')})"
        for one in left[:NAMED]
    ]
    if len(left) > NAMED:
        findings.notes.append(f"left out, too: {len(left) - NAMED} more, named in {NOTES}")
    _files(package, about, asked, findings)
    # whoever has the ledger's key asks for its word, whatever the package says that it is
    is_ours = OURS in about or asked.trust.key is not None
    # every record and proof, always: whoever forges a file mends its digest in the list beside it
    check_records.check_records(package, about, findings, is_ours=is_ours)
    if is_ours:
        check_records.check_ledger(package, about, asked.trust, findings)
    return CheckAnswer(about, _checkpoint(package))


def _clipped(one: dict[str, Any], name: str) -> str:
    return str(one.get(name))[:_MOST_NAMED]


def _checkpoint(package: Opened) -> str | None:
    try:
        return package.content(CHECKPOINT).decode("utf-8", "replace")
    except BadInputError:
        return None


# --- the frame ------------------------------------------------------------------------------------


def _frame(package: Opened, findings: Findings) -> None:
    """Every byte between and behind the files follows from these."""
    try:
        wrong = _wrong_in_frame(package)
    except (UnicodeEncodeError, OSError) as error:
        findings.fault(package.path.name, f"its frame cannot be read: {error}", REMEDY)
        return
    if wrong is not None:
        what, byte = wrong
        findings.fault(package.path.name, what, REMEDY, byte=byte)


def _wrong_in_frame(package: Opened) -> tuple[str, int] | None:
    """The first thing between or behind the files that is not as it was written, and its byte."""
    entries: list[Entry] = []
    for info in package.infos:
        offset = entries[-1].end if entries else 0
        entries.append(Entry(info.filename, info.file_size, info.CRC, offset))
    with package.path.open("rb") as file:
        for entry in entries:
            wanted = local_header(entry)
            file.seek(entry.offset)
            if file.read(len(wanted)) != wanted:
                what = f"what stands before {entry.name[:_MOST_NAMED]} is not as it was written"
                return what, entry.offset
        end = entries[-1].end if entries else 0
        file.seek(end)
        wanted = directory(entries)
        if file.read(len(wanted) + 1) != wanted:
            return "its directory is not as it was written", end
    return None


# --- the files ------------------------------------------------------------------------------------


def _package(package: Opened, asked: CheckOptions, findings: Findings) -> dict[str, Any] | None:
    """What the package says of itself, if that is what its digest was made from."""
    if not {PACKAGE, DIGEST} <= set(package.names()):
        what = f"its directory names no {PACKAGE} or no {DIGEST}"
        findings.fault(package.path.name, what, REMEDY)
        return None
    try:
        content = package.content(PACKAGE)
        about = as_object(content)
    except BadInputError as error:
        findings.fault(PACKAGE, str(error), REMEDY)
        return None
    try:
        written = package.content(DIGEST)
        digest = as_object(written)
    except BadInputError as error:
        findings.fault(DIGEST, str(error), REMEDY)
        return about
    found = f"{_SHA256}{hashlib.sha256(content).hexdigest()}"
    if digest.get("hash") != found or digest.get("path") != PACKAGE:
        findings.fault(PACKAGE, f"is not what {DIGEST} was made from", REMEDY)
    elif OURS in about and (as_json(digest) != written or digest.keys() - _DIGEST_MEMBERS):
        findings.fault(DIGEST, "is not as this program writes it", REMEDY)
    else:
        check_signature(about, digest, asked.demand, findings)
    return about


_DIGEST_MEMBERS = {"path", "hash", "signedData"}


def _files(package: Opened, about: dict[str, Any], asked: CheckOptions, findings: Findings) -> None:
    """Check that each listed file is there and has its digest, and that there is no other."""
    listed = about.get("resources")
    resources = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    if not resources:
        findings.fault(PACKAGE, "lists no files", REMEDY)
    there, seen = set(package.names()), set()
    for one in resources:
        name = str(one.get("path"))
        if name in seen:
            findings.fault(name, "is listed more than once", REMEDY)
        seen.add(name)
        if name not in there:
            findings.fault(name, "missing", REMEDY)
        else:
            _file(package, one, asked, findings)
    for name in sorted(there - seen - {PACKAGE, DIGEST}):
        findings.fault(name, f"is in the zip, but not in {PACKAGE}", REMEDY)


def _file(package: Opened, one: dict[str, Any], asked: CheckOptions, findings: Findings) -> None:
    name, digest, size = str(one["path"]), hashlib.sha256(), 0
    stated = one.get("bytes")
    try:
        for piece in package.pieces(name):
            digest.update(piece)
            size += len(piece)
            findings.checked["bytes"] += len(piece)
            asked.progress(findings.checked["bytes"])
            if isinstance(stated, int) and size > stated:
                break
    except BadInputError as error:
        findings.fault(name, str(error), REMEDY)
        return
    findings.checked["files"] += 1
    if size != stated:
        findings.fault(name, f"is not {stated} bytes long, as {PACKAGE} says", REMEDY)
    elif f"{_SHA256}{digest.hexdigest()}" != one.get("hash"):
        findings.fault(name, f"is not what {PACKAGE} says: its SHA-256 is another", REMEDY)
