"""Verifying the ledger: its tree, its signature, and what it says beside what is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.errors import LedgerError
from archive.fixity.checkpoint import Key, Signer, open_checkpoint
from archive.fixity.expected import take_ledger
from archive.fixity.findings import BACK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.fixity.bitcoin_headers import Header
    from archive.fixity.expected import Expected
    from archive.fixity.files import Seen
    from archive.fixity.findings import Findings
    from archive.fixity.holding import Holding
    from archive.fixity.ledger import ReadLedger

ADVICE = f"{BACK}; if no copy has it, publish what happened before you begin a new one"
LATER = "the next command that writes enters them"


@dataclass(frozen=True, slots=True)
class Trust:
    """What the asker knows from elsewhere.

    Attributes:
        key: Of the ledger; None: the key that the ledger itself names is taken.
        checkpoint: An older signed checkpoint, as an export, a backup or a newspaper keeps it.
        authorities: Root certificates of timestamp authorities, PEM.
        headers: Of Bitcoin's blocks, by height.
    """

    key: Key | None = None
    checkpoint: str | None = None
    authorities: bytes | None = None
    headers: Mapping[int, Header] | None = None


def check_ledger(holding: Holding, known: Expected, findings: Findings, trust: Trust) -> None:
    """Read the ledger, check it against its newest checkpoint, and that checkpoint against what is
    known from elsewhere."""
    folder = holding.folder
    name, point = holding.name(folder.ledger), holding.name(folder.checkpoint)
    if not folder.ledger.exists() and not folder.checkpoint.exists():
        _missing(holding, name, findings, trust)
        return
    try:
        found = take_ledger(known, folder, [trust.key] if trust.key else ())
    except LedgerError as error:
        is_point = str(error).startswith("the checkpoint")
        findings.fault(point if is_point else name, str(error), ADVICE)
        return
    findings.checked["entries"] += found.checkpoint.size
    findings.checked["bytes"] += found.length
    if found.loose and not holding.busy:
        findings.notes.append(
            f"{name}: {found.loose} lines behind the newest checkpoint, as a run that broke "
            f"off leaves them; {LATER}"
        )
    if len(found.state.keys) > 1:
        findings.notes.append(
            f"the ledger has been signed by {len(found.state.keys)} keys in turn; its entries of "
            "kind key say since when"
        )
    _check_key(holding, found, findings)
    if trust.checkpoint is not None:
        _check_growth(name, found, findings, trust)


def _missing(holding: Holding, name: str, findings: Findings, trust: Trust) -> None:
    if holding.folder.ledger_key.exists() or trust.key or trust.checkpoint:
        findings.fault(name, "the ledger is missing", ADVICE)
    else:
        findings.notes.append("there is no ledger yet; the next command that writes begins it")


def _check_key(holding: Holding, found: ReadLedger, findings: Findings) -> None:
    """Check that the key that signs is the one that the ledger itself names last."""
    path = holding.folder.ledger_key
    if not path.exists():
        return
    try:
        if Signer.load(path).key != found.state.keys[-1]:
            findings.fault(
                holding.name(holding.folder.checkpoint),
                "re-signed: the ledger was signed last by another key than this archive's",
                ADVICE,
            )
    except PermissionError:
        # as it should be, where its owner has others verify
        findings.notes.append(
            f"{holding.name(path)} may not be read here: whether it is the one that signed last "
            "was not looked at"
        )
    except (LedgerError, OSError) as error:
        reason = error_with_advice(error) if isinstance(error, OSError) else str(error)
        findings.fault(holding.name(path), f"the key cannot be read: {reason}")


def _check_growth(name: str, found: ReadLedger, findings: Findings, trust: Trust) -> None:
    """Check that the ledger continues an older checkpoint."""
    assert trust.checkpoint is not None
    try:
        old = open_checkpoint(trust.checkpoint, [trust.key] if trust.key else found.state.keys)
    except LedgerError as error:
        findings.fault(
            name, f"re-signed, or another ledger: of the checkpoint given, {error}", ADVICE
        )
        return
    if old.size > found.checkpoint.size:
        findings.fault(
            name,
            f"truncated: {found.checkpoint.size} entries, and the checkpoint given speaks of "
            f"{old.size}",
            ADVICE,
        )
    elif found.tree.root(old.size) != old.root:
        findings.fault(
            name,
            f"re-chained: the first {old.size} entries are not those of the checkpoint given",
            ADVICE,
        )


def check_entered(holding: Holding, known: Expected, findings: Findings, seen: Seen) -> None:
    """Check that each capture whose record was read is in the ledger, with the place where it
    stands."""
    if known.ledger is None:
        return
    late = 0
    for record, place in seen.finals.items():
        entry = known.captures.get(record)
        name = holding.name(holding.folder.warcs / place.file)
        if entry is None:
            if is_late(known, place.run):
                late += 1
                continue
            findings.fault(
                name,
                "the ledger does not have this capture",
                ADVICE,
                record=record,
                byte=place.offset,
            )
        elif entry["url"] != place.uri or entry.get("payload") != place.payload:
            findings.fault(
                name,
                "the ledger has another address or digest for this capture",
                record=record,
                byte=place.offset,
            )
    if late:
        say_late(findings, late)


def is_late(known: Expected, run: str | None) -> bool:
    """Whether the ledger may still lack a capture: its run goes on, or broke off and is not marked
    as ended yet."""
    if run is None:
        return known.state is not None and known.state.seal is None
    if known.runs is not None:
        return run not in known.runs
    return known.state is not None and run == known.state.open_run


def say_late(findings: Findings, count: int) -> None:
    """Note how many captures the ledger will have later."""
    text = f"{count} captures of a run that goes on or broke off are not in the ledger yet; {LATER}"
    if not any("are not in the ledger yet" in note for note in findings.notes):
        findings.notes.append(text)
