"""Verifying what people wrote: the file must be, bit for bit, as it was last written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.db import at_rest
from archive.db.people_file import REMEDY, wrong_in

if TYPE_CHECKING:
    from archive.fixity.findings import Findings
    from archive.fixity.holding import Holding


def check_people(holding: Holding, findings: Findings, *, deep: bool) -> None:
    """Compare the file with its checksums. In a backup the manifest has its digest; there it is
    asked whether it was damaged when it was copied."""
    path = holding.folder.people
    try:
        if holding.bag is not None:
            wrong = at_rest.flagged(path)
        else:
            wrong = wrong_in(path, deep=deep)
            findings.checked["bytes"] += path.stat().st_size if path.is_file() else 0
    except OSError as error:
        wrong = f"cannot be read: {error_with_advice(error)}"
    if wrong is not None:
        findings.fault(holding.name(path), wrong, REMEDY)
