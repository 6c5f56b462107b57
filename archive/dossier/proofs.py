"""What the ledger says of the records in a dossier, with the proof that it does."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.dossier.package import CHECKPOINT, PROOFS, Resource
from archive.errors import LedgerError
from archive.fixity.ledger import canonical, entries, read

if TYPE_CHECKING:
    from collections.abc import Collection

    from archive.folder import DataFolder


@dataclass(frozen=True, slots=True)
class Proofs:
    """What the ledger says of some records.

    Attributes:
        files: Checkpoint and proofs; none where there is no ledger.
        key: That signed the checkpoint.
        late: Records that are not in it yet: a run goes on.
        problem: What is wrong with the ledger, if anything.
    """

    files: tuple[Resource, ...] = ()
    key: str | None = None
    late: tuple[str, ...] = ()
    problem: str | None = None

    def told(self) -> dict[str, Any]:
        """As the package says it of itself."""
        late = {"not_in_ledger": list(self.late)} if self.late else {}
        return {"ledger_key": self.key, **late} if self.files else {}


def proofs(folder: DataFolder, records: Collection[str]) -> Proofs:
    """The ledger's newest checkpoint, and each record's entry with its inclusion proof."""
    if not folder.checkpoint.exists():
        return Proofs()
    late = set(records)
    try:
        found = read(folder)
        lines = []
        for number, entry in entries(folder):
            if entry["kind"] in {"capture", "hop"} and entry["record"] in records:
                late.discard(entry["record"])
                path = [base64.b64encode(one).decode() for one in found.tree.inclusion(number)]
                line = canonical(entry).decode()
                lines.append(json.dumps({"entry": number, "line": line, "proof": path}) + "\n")
    except (LedgerError, OSError) as error:
        return Proofs(problem=f"ledger {folder.ledger}: {error}; it is left out of the dossier")
    return Proofs(
        (
            Resource.of(CHECKPOINT, found.note.encode()),
            Resource.of(PROOFS, "".join(lines).encode()),
        ),
        str(found.state.keys[-1]),
        tuple(sorted(late)),
    )
