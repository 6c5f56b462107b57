"""Verifying what others vouched for: timestamps of authorities (RFC 3161), and proofs of calendars
(OpenTimestamps), over checkpoints of this ledger."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from archive.errors import LedgerError
from archive.fixity.bitcoin_headers import MISSING, installed
from archive.fixity.checkpoint import open_checkpoint
from archive.fixity.copying import copy
from archive.fixity.findings import BACK
from archive.fixity.ledger import entries, read
from archive.fixity.ots import pending_of, wrong_proof
from archive.fixity.stamps import point_path, read_stamp, vouched
from archive.fixity.state import PROOFS, STAMPS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from archive.fixity.check_ledger import Trust
    from archive.fixity.expected import Expected
    from archive.fixity.findings import Findings
    from archive.fixity.holding import Holding
    from archive.fixity.ledger import ReadLedger
    from archive.fixity.state import Entry
    from archive.folder import DataFolder


def check_stamps(holding: Holding, known: Expected, findings: Findings, trust: Trust) -> None:
    """Check that each timestamp and proof that the ledger names is there, unaltered, and made over
    a checkpoint of this ledger. With certificates or block headers given, also that it is what it
    says.

    Args:
        holding: What is verified.
        known: Has the ledger.
        findings: Filled.
        trust: What the asker knows from elsewhere.
    """
    if known.ledger is None:
        return
    found = known.stamps
    right: list[Entry] = []
    for entry in found:
        findings.checked["proofs" if entry["kind"] in PROOFS else "timestamps"] += 1
        wrong = _wrong(holding.folder, entry, known.ledger, trust)
        if wrong is None:
            right.append(entry)
        else:
            findings.fault(holding.name(wrong[0]), wrong[1], BACK)
    findings.notes += [*_of_authorities(found, trust), *_of_calendars(found, right, trust)]


def _of_authorities(found: Sequence[Entry], trust: Trust) -> list[str]:
    unproven = sum(one["kind"] == "timestamp" for one in found)
    if not unproven or trust.authorities is not None:
        return []
    told = (
        f"{unproven} timestamps are over checkpoints of this ledger; whether they are an "
        "authority's: isw-archive verify --authorities ITS-CERTIFICATES.pem"
    )
    return [told]


def _of_calendars(found: Sequence[Entry], right: Sequence[Entry], trust: Trust) -> list[str]:
    """What is said of sound proofs: how many are pending, and which block each complete one leads
    into."""
    proofs = [one for one in found if one["kind"] in PROOFS]
    if not proofs:
        return []
    if not installed():
        return [f"{len(proofs)} proofs of calendars are as they were kept, and not read: {MISSING}"]
    pending = [one for one in pending_of(found) if one in right]
    told = [_proven(one, trust) for one in right if one["kind"] == "bitcoin"]
    if pending:
        sizes = ", ".join(str(one["size"]) for one in pending[-3:])
        told.append(
            f"{len(pending)} proofs are pending, over {sizes} entries: calendars promised them; "
            "isw-archive timestamp asks again"
        )
    return told


def _proven(entry: Entry, trust: Trust) -> str:
    size, height = entry["size"], entry["height"]
    header = (trust.headers or {}).get(height)
    if header is None:
        return (
            f"a proof over {size} entries is complete: it leads into Bitcoin's block {height}; "
            "whether that has it: isw-archive verify --block-headers FILE-WITH-IT"
        )
    return (
        f"the first {size} entries stood by {header.time}, says the header of Bitcoin's block "
        f"{height} ({header.hash})"
    )


def _wrong(
    folder: DataFolder, entry: Entry, ledger: ReadLedger, trust: Trust | None
) -> tuple[Path, str] | None:
    """The file that is wrong, and why."""
    point, path = point_path(folder, entry["size"]), folder.timestamps / entry["file"]
    for one in (point, path):
        if not one.is_file():
            return one, "missing: a timestamp of the ledger, or the checkpoint that it is over"
    raw, note = path.read_bytes(), point.read_bytes()
    try:
        said = open_checkpoint(note.decode("utf-8", "replace"), ledger.state.keys)
    except LedgerError as error:
        return point, f"altered: of the checkpoint that was stamped, {error}"
    if said.size != entry["size"] or ledger.tree.root(said.size) != said.root:
        return point, "re-chained: the ledger is not the one that was stamped"
    why = _unlike(raw, note, entry, trust)
    return None if why is None else (path, why)


def _unlike(raw: bytes, note: bytes, entry: Entry, trust: Trust | None) -> str | None:
    if hashlib.sha256(raw).hexdigest() != entry["sha256"]:
        return "altered: the timestamp is not the one that was entered"
    if entry["kind"] in PROOFS:
        headers = trust.headers if trust else None
        return wrong_proof(raw, note, entry, headers) if installed() else None
    try:
        stamp = read_stamp(raw, note)
        why = vouched(raw, note, trust.authorities) if trust and trust.authorities else None
    except LedgerError as error:
        return f"the timestamp is of no use: {error}"
    if stamp.at != entry["at"]:
        return "altered: the timestamp has another time than the one that was entered"
    return None if why is None else f"no authority's timestamp: {why}"


def put_back(folder: DataFolder, other: DataFolder) -> list[Path]:
    """Put back timestamps, proofs, and what they are over, that another copy has right; those put
    back.

    The caller holds the lock.
    """
    ledger, put = read(folder), []
    for _, entry in entries(folder):
        if entry["kind"] in STAMPS:
            wrong, theirs = (_wrong(one, entry, ledger, None) for one in (folder, other))
            if wrong is not None and theirs is None:
                names = (point_path(folder, entry["size"]).name, str(entry["file"]))
                for name in names:
                    copy(other.timestamps / name, folder.timestamps / name)
                put += [folder.timestamps / name for name in names]
    return put
